//! Changes that might flip a decision, read off its trace; the least first.

use std::sync::Arc;

use iam_evaluator::{
    ConditionKey, Effect, Gate, LevelTrace, Policy, PolicyOrigin, PolicyTrace, RequestPrincipal,
    StatementResult, StatementTrace, TargetKind, UnknownKeys, explanation, judge,
};
use serde_json::{Value, json};

use super::{Candidate, Change, statement};
use crate::compile::identity_of;
use crate::{Action, Answer, Compiled, Decision, Identity, PolicyPlace, PolicyText, built_in};

/// Lists what to try for an answer.
pub(super) fn candidates(
    compiled: &Compiled,
    answer: &Answer,
    index: Option<usize>,
) -> Vec<Candidate> {
    let mut finder = Finder {
        compiled,
        answer,
        index,
        denied: answer.decision() != Decision::Allowed,
        context: Vec::new(),
        attachments: Vec::new(),
        statements: Vec::new(),
        moves: Vec::new(),
    };
    finder.contexts();
    let denied = finder.denied;
    for gate in answer.evaluation.gates.iter().filter(|gate| gate.blocks || !denied) {
        for level in &gate.levels {
            finder.level(gate.gate, level);
        }
        if denied {
            finder.grant(gate.gate);
        }
    }
    if !denied {
        finder.denials();
    }
    finder.moves();
    let Finder { context, attachments, statements, moves, .. } = finder;
    context.into_iter().chain(attachments).chain(statements).chain(moves).collect()
}

pub(super) struct Finder<'a> {
    pub compiled: &'a Compiled,
    pub answer: &'a Answer,
    /// The request's place in the document, if it is there.
    pub index: Option<usize>,
    denied: bool,
    context: Vec<Candidate>,
    attachments: Vec<Candidate>,
    pub statements: Vec<Candidate>,
    moves: Vec<Candidate>,
}

pub(super) fn edit(action: Action, label: String) -> Candidate {
    Candidate { change: Change::Edit(action), label }
}

impl Finder<'_> {
    /// Values of one condition key under which the decision is another one, found by judging that key as unknown.
    fn contexts(&mut self) {
        let wanted: &[iam_evaluator::Decision] = match self.denied {
            true => &[iam_evaluator::Decision::Allowed],
            false => {
                &[iam_evaluator::Decision::ExplicitDeny, iam_evaluator::Decision::ImplicitDeny]
            }
        };
        for key in self.keys() {
            let unknown = UnknownKeys::Only(vec![key.clone()]);
            let judgement = judge(self.compiled.organization(), &self.answer.request, &unknown);
            let Some(example) = wanted.iter().find_map(|decision| judgement.example(*decision))
            else {
                continue;
            };
            let Some((_, values)) = example.context.first() else { continue };
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            let label = match &*values {
                [] => format!("Ask without `{key}`"),
                values => format!("Ask with `{key}` = {}", values.join(", ")),
            };
            let change = Change::Context { key: key.to_string(), values };
            self.context.push(Candidate { change, label });
        }
    }

    /// The keys of every condition that was read.
    fn keys(&self) -> Vec<ConditionKey> {
        let mut keys: Vec<ConditionKey> = Vec::new();
        for (policy, read) in self.policies() {
            let written = policy.document.statements.iter().zip(read);
            for (statement, _) in written.filter(|(_, read)| !read.conditions.is_empty()) {
                for clause in &statement.conditions {
                    if !keys.contains(&clause.key) {
                        keys.push(clause.key.clone());
                    }
                }
            }
        }
        keys
    }

    fn policies(&self) -> impl Iterator<Item = (&Policy, &[StatementTrace])> {
        let levels = self.answer.evaluation.gates.iter().flat_map(|gate| &gate.levels);
        levels.flat_map(|level| &level.policies).map(|it| (&*it.policy, &*it.statements))
    }

    /// What decides at a level can go: the Deny that matches, or (to deny) the Allow.
    fn level(&mut self, gate: Gate, level: &LevelTrace) {
        let deciding = if self.denied { Effect::Deny } else { Effect::Allow };
        for trace in &level.policies {
            let mut decides = false;
            for (index, read) in trace.statements.iter().enumerate() {
                if read.effect == deciding && matches!(read.result, StatementResult::Applies(_)) {
                    decides = true;
                    self.remove_statement(&trace.policy, index);
                }
            }
            if decides {
                self.detach(gate, level, trace);
            }
        }
        if let (Gate::ServiceControlPolicy, Some(target)) = (gate, level.target) {
            self.service_control_policies(level, target);
        }
    }

    fn remove_statement(&mut self, policy: &Policy, index: usize) {
        let Some(place) = self.compiled.place_of(policy, self.index) else { return };
        let Some(text) = statement::without(&policy.document, index) else {
            return self.remove_policy(&place);
        };
        let name = match policy.document.statements.get(index) {
            Some(statement) => match &statement.sid {
                Some(sid) if !sid.is_empty() => format!("the statement `{sid}`"),
                _ => format!("statement {}", statement.index + 1),
            },
            None => return,
        };
        let label = format!("Remove {name} from {}", policy.name);
        let text = PolicyText::new(text);
        let action = Action::RewritePolicyText { place, text, label: label.clone() };
        self.statements.push(edit(action, label));
    }

    fn detach(&mut self, gate: Gate, level: &LevelTrace, trace: &PolicyTrace) {
        let policy = &trace.policy;
        let action = match (&policy.origin, gate) {
            (PolicyOrigin::Organizations { id, .. }, _) => {
                let target =
                    level.target.and_then(|index| self.compiled.organization().target(index));
                let Some(target) = target else { return };
                Action::DetachPolicy { policy: id.to_string(), target: target.id.to_string() }
            }
            (PolicyOrigin::Managed { .. }, Gate::PermissionsBoundary) => {
                let Some((account, identity)) = self.caller() else { return };
                Action::SetPermissionsBoundary { account, identity, policy_arn: None }
            }
            (PolicyOrigin::Managed { arn }, Gate::IdentityPolicy) => {
                let Some((account, identity)) = self.holder_of(arn) else { return };
                let policy_arn = arn.to_string();
                Action::DetachManagedPolicy { account, identity, policy_arn }
            }
            (PolicyOrigin::Inline { identity }, _) => {
                let Some((account, identity)) = identity_of(identity) else { return };
                let name = policy.name.to_string();
                Action::DeleteInlinePolicy { account, identity, name }
            }
            _ => return,
        };
        let label = action.label(self.compiled.document());
        self.attachments.push(edit(action, label));
    }

    /// A level at which no SCP allows can get one that does.
    fn service_control_policies(&mut self, level: &LevelTrace, target: iam_evaluator::TargetIndex) {
        let organization = self.compiled.organization();
        let Some(found) = organization.target(target) else { return };
        let wanted = if self.denied { "Allow" } else { "Deny" };
        let place = explanation::target(organization, target);
        if self.denied {
            let action = Action::AttachPolicy {
                policy: built_in::FULL_AWS_ACCESS.to_owned(),
                target: found.id.to_string(),
            };
            self.attachments.push(edit(action, format!("Attach FullAWSAccess to {place}")));
        }
        // An allow is taken away where it concerns the fewest others: at the account itself.
        if !self.denied && found.kind != TargetKind::Account {
            return;
        }
        let asked = &self.answer.request.action;
        let added = json!({ "Effect": wanted, "Action": asked.as_str(), "Resource": "*" });
        for trace in &level.policies {
            self.add_statement(&trace.policy, &added, &format!("{wanted} {}", asked.as_str()));
        }
    }

    pub fn add_statement(&mut self, policy: &Policy, added: &Value, what: &str) {
        let Some(place) = self.compiled.place_of(policy, self.index) else { return };
        let is_aws = match &place {
            PolicyPlace::Organization { policy } => built_in::organization_policy(policy).is_some(),
            PolicyPlace::Managed { arn } => built_in::is_aws_managed(arn),
            _ => false,
        };
        if is_aws {
            return;
        }
        let Some(text) = statement::with(&policy.document, added) else { return };
        let label = format!("{what} in {}", policy.name);
        let text = PolicyText::new(text);
        let action = Action::RewritePolicyText { place, text, label: label.clone() };
        self.statements.push(edit(action, label));
    }

    /// Where a grant is missing, it can be given.
    fn grant(&mut self, gate: Gate) {
        let request = &self.answer.request;
        let (asked, resource) = (request.action.as_str(), request.resource.as_str());
        let added = json!({ "Effect": "Allow", "Action": asked, "Resource": resource });
        let what = format!("Allow {asked}");
        let trace = self.answer.evaluation.gate(gate);
        let held =
            trace.into_iter().flat_map(|trace| &trace.levels).flat_map(|level| &level.policies);
        let held: Vec<Arc<Policy>> = held.map(|trace| Arc::clone(&trace.policy)).collect();
        match gate {
            Gate::IdentityPolicy => {
                if let Some((account, identity)) = self.caller() {
                    let name = asked.replace(':', "-");
                    let document = PolicyText::pretty(
                        &json!({ "Version": "2012-10-17", "Statement": [added] }),
                    );
                    let label = format!("{what} in a new inline policy of {}", identity.name());
                    let action = Action::CreateInlinePolicy { account, identity, name, document };
                    self.statements.push(edit(action, label));
                }
                held.iter().for_each(|policy| self.add_statement(policy, &added, &what));
            }
            Gate::PermissionsBoundary => {
                held.iter().for_each(|policy| self.add_statement(policy, &added, &what));
                if let Some((account, identity)) = self.caller() {
                    let action =
                        Action::SetPermissionsBoundary { account, identity, policy_arn: None };
                    let label = action.label(self.compiled.document());
                    self.attachments.push(edit(action, label));
                }
            }
            Gate::ResourcePolicy => self.resource_grant(&held),
            Gate::SessionPolicy | Gate::VpcEndpointPolicy => self.passed_grant(gate, &held),
            Gate::ServiceControlPolicy | Gate::ResourceControlPolicy => {}
        }
    }

    /// The caller's account could stand elsewhere in the tree, and so could the account of the resource.
    fn moves(&mut self) {
        const MOST: usize = 8;
        let document = self.compiled.document();
        let Some(organization) = document.organization() else { return };
        let caller = self.answer.request.principal.account().map(|id| id.to_string());
        let owner = self.owner().filter(|owner| Some(owner) != caller.as_ref());
        for account in caller.into_iter().chain(owner) {
            let Some(here) = document.parent(&account).map(|unit| unit.id.clone()) else {
                continue;
            };
            for unit in organization.root.walk().filter(|unit| unit.id != here).take(MOST) {
                let action = Action::MoveAccount { id: account.clone(), parent: unit.id.clone() };
                let label = action.label(document);
                self.moves.push(edit(action, label));
            }
        }
    }

    /// The user or role that asks.
    pub fn caller(&self) -> Option<(String, Identity)> {
        match &self.answer.request.principal {
            RequestPrincipal::User(user) => {
                Some((user.account.to_string(), Identity::User(user.name.to_string())))
            }
            RequestPrincipal::AssumedRole { role, .. } => {
                Some((role.account.to_string(), Identity::Role(role.name.to_string())))
            }
            _ => None,
        }
    }

    /// Who holds a managed policy that counts for the caller: itself, or one of its groups.
    fn holder_of(&self, arn: &str) -> Option<(String, Identity)> {
        let (id, identity) = self.caller()?;
        let account = self.compiled.document().account(&id)?;
        let holds = |attached: &[String]| attached.iter().any(|known| known == arn);
        match &identity {
            Identity::User(name) => {
                let user = account.user(name)?;
                if holds(&user.attached_policies) {
                    return Some((id, identity));
                }
                let mut groups = user.groups.iter().filter_map(|name| account.group(name));
                let group = groups.find(|group| holds(&group.attached_policies))?;
                Some((id, Identity::Group(group.name.clone())))
            }
            Identity::Role(_) | Identity::Group(_) => Some((id, identity)),
        }
    }
}
