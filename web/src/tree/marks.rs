//! The answer to the question, painted on the tree: what each level on the way says, where the request fails, and what
//! SCPs would leave of it elsewhere.

use std::collections::BTreeMap;

use iam_evaluator::{Gate, GateOutcome, GateTrace, LevelTrace, TargetKind, survey};
use iam_scenario::{Answer, Compiled, Decision};

/// Marks by the ids of root, OUs and accounts. Where no SCP can reach the caller, only the way has any.
pub type Marks = BTreeMap<String, Mark>;

/// What one level says to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What its SCPs and RCPs say: the worse of the two. None where none of them is asked here.
    pub outcome: Option<GateOutcome>,
    /// Whether the request fails here.
    pub blocks: bool,
    /// At the caller's account: the decision.
    pub verdict: Option<Decision>,
    /// Whether it is off the way: then the outcome tells what would be if the caller's account stood there. At an OU it is
    /// what its own SCPs say; at an account, what those of all levels down to it leave together.
    pub elsewhere: bool,
}

impl Mark {
    /// In words, for those who do not see the sign.
    pub fn words(&self) -> String {
        let outcome = self.outcome.map(|outcome| match outcome {
            GateOutcome::Allow(_) if self.elsewhere => "SCPs would leave this here",
            GateOutcome::ImplicitDeny if self.elsewhere => "SCPs would not allow this here",
            GateOutcome::ExplicitDeny if self.elsewhere => "SCPs would deny this here",
            GateOutcome::NotApplicable(_) if self.elsewhere => "no SCP would reach the caller here",
            GateOutcome::Allow(_) => "allows this",
            GateOutcome::ImplicitDeny => "does not allow this",
            GateOutcome::ExplicitDeny => "denies this",
            GateOutcome::NotApplicable(_) => "does not concern this",
        });
        let verdict = self.verdict.map(|verdict| match verdict {
            Decision::Allowed => "the caller: allowed",
            Decision::ExplicitDeny => "the caller: denied explicitly",
            Decision::ImplicitDeny => "the caller: denied implicitly",
        });
        let parts: Vec<&str> = outcome.into_iter().chain(verdict).collect();
        parts.join(", ")
    }
}

/// Marks every level that the answer speaks of.
pub fn marks(compiled: &Compiled, answer: &Answer) -> Marks {
    let mut marks = Marks::new();
    let gates = [Gate::ServiceControlPolicy, Gate::ResourceControlPolicy];
    for trace in gates.iter().filter_map(|gate| answer.evaluation.gate(*gate)) {
        for level in &trace.levels {
            mark_level(&mut marks, compiled, trace, level);
        }
    }
    if let Some(account) = answer.request.principal.account() {
        let mark = marks.entry(account.to_string()).or_insert(Mark {
            outcome: None,
            blocks: false,
            verdict: None,
            elsewhere: false,
        });
        mark.verdict = Some(answer.decision());
    }
    mark_elsewhere(&mut marks, compiled, answer);
    marks
}

/// Marks what is not on the way: what would be if the caller's account stood there.
fn mark_elsewhere(marks: &mut Marks, compiled: &Compiled, answer: &Answer) {
    let organization = compiled.organization();
    for surveyed in survey(organization, &answer.request) {
        let Some(target) = organization.target(surveyed.target) else { continue };
        let outcome = match target.kind {
            TargetKind::Account => surveyed.together,
            _ => surveyed.level,
        };
        let there =
            || Mark { outcome: Some(outcome), blocks: false, verdict: None, elsewhere: true };
        marks.entry(target.id.to_string()).or_insert_with(there);
    }
}

fn mark_level(marks: &mut Marks, compiled: &Compiled, trace: &GateTrace, level: &LevelTrace) {
    let Some(target) = level.target.and_then(|target| compiled.organization().target(target))
    else {
        return;
    };
    let denies = matches!(level.outcome, GateOutcome::ImplicitDeny | GateOutcome::ExplicitDeny);
    let new = Mark {
        outcome: Some(level.outcome),
        blocks: trace.blocks && denies,
        verdict: None,
        elsewhere: false,
    };
    let mark = marks.entry(target.id.to_string()).or_insert(new);
    if mark.outcome.map_or(0, weight) < weight(level.outcome) {
        mark.outcome = new.outcome;
    }
    mark.blocks |= new.blocks;
}

fn weight(outcome: GateOutcome) -> u8 {
    match outcome {
        GateOutcome::NotApplicable(_) => 1,
        GateOutcome::Allow(_) => 2,
        GateOutcome::ImplicitDeny => 3,
        GateOutcome::ExplicitDeny => 4,
    }
}
