//! The decision as a function of the unknown keys: the boxes of `evaluate.rs`, over functions instead of truth values.

use super::diagram::{Diagram, Function, TooLarge};
use super::{Dependency, Example, Judgement, Question, hangs_on_conditions};
use crate::condition::holds::holds;
use crate::evaluate::names_caller;
use crate::evaluation::{
    Decision, Evaluation, Gate, GateOutcome, GateTrace, Grant, LevelTrace, NotApplicable, Reason,
    StatementTrace,
};
use crate::facts::{Caller, Facts, Found};
use crate::few::sort_few;
use crate::policy::{Effect, Statement};

/// Judges the question: which decisions are possible, with an example of each.
pub(super) fn solve(question: &Question, evaluation: &Evaluation, facts: &Facts<'_>) -> Judgement {
    let mut solver = Solver { question, facts, diagram: Diagram::default() };
    solver.solve(evaluation).unwrap_or_else(|TooLarge| Judgement {
        depends_on: question.variables.iter().map(dependency).collect(),
        ..Judgement::default()
    })
}

fn dependency(variable: &super::Variable) -> Dependency {
    Dependency { key: variable.key.clone(), choices: variable.choices.clone() }
}

struct Solver<'a> {
    question: &'a Question,
    facts: &'a Facts<'a>,
    diagram: Diagram,
}

/// What a gate says: that it denies, and that it allows; for resource policies by the way in which the caller is named.
struct GateFunctions {
    denies: Function,
    allows: Function,
    allows_via: Function,
    allows_directly: Function,
}

impl Solver<'_> {
    fn solve(&mut self, evaluation: &Evaluation) -> Result<Judgement, TooLarge> {
        let (allowed, denied) = self.decision(evaluation)?;
        let implicit = self.diagram.or(allowed, denied)?;
        let implicit = self.diagram.not(implicit)?;
        let mut support = Vec::new();
        let mut examples = Vec::new();
        for (decision, function) in [
            (Decision::Allowed, allowed),
            (Decision::ExplicitDeny, denied),
            (Decision::ImplicitDeny, implicit),
        ] {
            self.diagram.support(function, &mut support);
            examples.extend(self.example(decision, function));
        }
        sort_few(&mut support);
        let variables = support.iter().filter_map(|at| self.question.variables.get(*at));
        Ok(Judgement {
            examples,
            depends_on: variables.map(dependency).collect(),
            depends_on_resource: false,
            exact: self.question.complete,
        })
    }

    fn example(&self, decision: Decision, function: Function) -> Option<Example> {
        let witness = self.diagram.witness(function)?;
        let context = witness.into_iter().filter_map(|(variable, choice)| {
            let variable = self.question.variables.get(variable)?;
            Some((variable.key.clone(), variable.choices.get(choice)?.clone()))
        });
        Some(Example { decision, resource: None, context: context.collect() })
    }

    /// When the request is allowed, and when it is denied explicitly.
    fn decision(&mut self, evaluation: &Evaluation) -> Result<(Function, Function), TooLarge> {
        match evaluation.reason {
            Reason::GetCallerIdentity => return Ok((Function::TRUE, Function::FALSE)),
            Reason::RootUserCannotAssumeRole | Reason::OtherPartition => {
                let (_, denied) = self.gates(evaluation)?;
                return Ok((Function::FALSE, denied));
            }
            _ => {}
        }
        let (gates, denied) = self.gates(evaluation)?;
        let of = |gate: Gate| {
            gates.iter().find(|(known, _)| *known == gate).map(|(_, functions)| functions)
        };
        let allows = |gate| of(gate).map_or(Function::TRUE, |functions| functions.allows);
        let grants = match of(Gate::ResourcePolicy) {
            None => (Function::FALSE, Function::FALSE, Function::FALSE),
            Some(functions) => (functions.allows, functions.allows_via, functions.allows_directly),
        };
        let mut allowed = self.grant(&allows, grants)?;
        for gate in
            [Gate::ResourceControlPolicy, Gate::ServiceControlPolicy, Gate::VpcEndpointPolicy]
        {
            allowed = self.diagram.and(allowed, allows(gate))?;
        }
        let not_denied = self.diagram.not(denied)?;
        Ok((self.diagram.and(allowed, not_denied)?, denied))
    }

    /// What the accounts grant: see `evaluate.rs`.
    fn grant(
        &mut self,
        allows: &dyn Fn(Gate) -> Function,
        (resource, via, directly): (Function, Function, Function),
    ) -> Result<Function, TooLarge> {
        if self.facts.caller.is_of_no_account() {
            return Ok(resource);
        }
        if matches!(self.facts.caller, Caller::RootUser)
            && self.facts.request.action.is("sts:assumerole")
        {
            return Ok(Function::FALSE);
        }
        let limits =
            self.diagram.and(allows(Gate::PermissionsBoundary), allows(Gate::SessionPolicy))?;
        let identity = allows(Gate::IdentityPolicy);
        if !self.facts.one_account_decides() {
            if self.facts.crosses_partitions() {
                return Ok(Function::FALSE);
            }
            let both = self.diagram.and(identity, resource)?;
            return self.diagram.and(both, limits);
        }
        let identity = match self.facts.needs_account_grant() {
            true => self.diagram.and(identity, resource)?,
            false => identity,
        };
        let granted = self.diagram.or(via, identity)?;
        let granted = self.diagram.and(granted, limits)?;
        self.diagram.or(directly, granted)
    }

    /// Every gate that applies, and when any of them denies.
    fn gates(
        &mut self,
        evaluation: &Evaluation,
    ) -> Result<(Vec<(Gate, GateFunctions)>, Function), TooLarge> {
        let mut gates = Vec::with_capacity(evaluation.gates.len());
        let mut denied = Function::FALSE;
        for trace in &evaluation.gates {
            // A bucket policy that the owner's root user need not heed may allow all the same.
            let unheeded = matches!(
                trace.outcome,
                GateOutcome::NotApplicable(reason) if reason != NotApplicable::BucketOwnerRootUser
            );
            if unheeded {
                continue;
            }
            let functions = self.gate(trace)?;
            denied = self.diagram.or(denied, functions.denies)?;
            gates.push((trace.gate, functions));
        }
        Ok((gates, denied))
    }

    /// Every level must allow; any of them denies.
    fn gate(&mut self, trace: &GateTrace) -> Result<GateFunctions, TooLarge> {
        let mut gate = GateFunctions {
            denies: Function::FALSE,
            allows: Function::TRUE,
            allows_via: Function::TRUE,
            allows_directly: Function::TRUE,
        };
        for level in &trace.levels {
            let mut level = self.level(level)?;
            if trace.gate == Gate::ResourceControlPolicy {
                level.allows = Function::TRUE;
            }
            if trace.gate == Gate::ResourcePolicy && self.facts.is_bucket_rescue() {
                level.denies = Function::FALSE;
            }
            gate.denies = self.diagram.or(gate.denies, level.denies)?;
            gate.allows = self.diagram.and(gate.allows, level.allows)?;
            gate.allows_via = self.diagram.and(gate.allows_via, level.allows_via)?;
            gate.allows_directly = self.diagram.and(gate.allows_directly, level.allows_directly)?;
        }
        Ok(gate)
    }

    fn level(&mut self, trace: &LevelTrace) -> Result<GateFunctions, TooLarge> {
        let mut level = GateFunctions {
            denies: Function::FALSE,
            allows: Function::FALSE,
            allows_via: Function::FALSE,
            allows_directly: Function::FALSE,
        };
        for policy in &trace.policies {
            for (written, read) in policy.policy.document.statements.iter().zip(&policy.statements)
            {
                let applies = self.statement(written, read)?;
                if written.effect == Effect::Deny {
                    level.denies = self.diagram.or(level.denies, applies)?;
                    continue;
                }
                level.allows = self.diagram.or(level.allows, applies)?;
                match self.grant_of(written) {
                    Some(Grant::ViaRole | Grant::ViaUser) => {
                        level.allows_via = self.diagram.or(level.allows_via, applies)?;
                    }
                    Some(Grant::Direct) => {
                        level.allows_directly = self.diagram.or(level.allows_directly, applies)?;
                    }
                    Some(Grant::Account | Grant::Service | Grant::Federated) | None => {}
                }
            }
        }
        Ok(level)
    }

    fn grant_of(&self, statement: &Statement) -> Option<Grant> {
        names_caller(self.facts, statement.principal.as_ref()?, statement.effect)
    }

    /// When a statement applies: all its clauses hold.
    fn statement(
        &mut self,
        written: &Statement,
        read: &StatementTrace,
    ) -> Result<Function, TooLarge> {
        if !hangs_on_conditions(read.result) {
            return Ok(Function::FALSE);
        }
        let mut applies = Function::TRUE;
        for (clause, read) in written.conditions.iter().zip(&read.conditions) {
            let holds = match self.question.place(&clause.key) {
                None => Function::constant(read.holds),
                Some((place, variable)) => {
                    let chosen = variable
                        .choices
                        .iter()
                        .map(|values| holds(clause, &Found::Given(values), self.facts));
                    let chosen: Vec<bool> = chosen.collect();
                    self.diagram.choice(place, &chosen)?
                }
            };
            applies = self.diagram.and(applies, holds)?;
        }
        Ok(applies)
    }
}
