//! "Verify on AWS": the call of IAM's policy simulator for a question.
//!
//! Follows the IAM API Reference, `SimulateCustomPolicy`: the SCPs of each level from the root to the account, the
//! caller's policies and boundary, the resource's policy and the request's context go along as text. What the simulator
//! does not take, such as RCPs, is said beside it.

mod shell;
#[cfg(test)]
mod tests;

use iam_evaluator::{
    ConditionKey, Gate, GateOutcome, NotApplicable, Policy, RequestPrincipal, Test, key_values,
};
use serde_json::{Value, json};

use crate::{Answer, Compiled};
use shell::Command;

/// A call of the policy simulator, and what it cannot do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    /// The command for a shell. It prints `allowed`, `explicitDeny` or `implicitDeny`.
    pub command: String,
    /// What the simulator leaves out, one sentence each.
    pub notes: Vec<String>,
}

/// Stands in where a caller needs no policies: the simulator wants at least one.
const ALLOW_ALL: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

/// Stands in where there is no policy, for the simulator wants at least one: it allows what every caller may do anyway.
const ALLOW_NOTHING: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}}"#;

impl Simulation {
    /// Makes the call for an answer: the policies are those of its trace.
    pub fn new(compiled: &Compiled, answer: &Answer) -> Simulation {
        let mut maker = Maker { compiled, answer, notes: Vec::new(), policies: Vec::new() };
        let mut command = Command::new("aws iam simulate-custom-policy");
        maker.identity(&mut command);
        maker.boundary(&mut command);
        maker.levels(&mut command);
        command.words("--action-names", [answer.request.action.as_str().to_owned()]);
        maker.resource(&mut command);
        maker.context(&mut command);
        command.words("--query", ["EvaluationResults[0].EvalDecision".to_owned()]);
        command.words("--output", ["text".to_owned()]);
        maker.limits();
        Simulation { command: command.text(), notes: maker.notes }
    }
}

struct Maker<'a> {
    compiled: &'a Compiled,
    answer: &'a Answer,
    notes: Vec<String>,
    policies: Vec<&'a Policy>,
}

impl<'a> Maker<'a> {
    fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    fn outcome(&self, gate: Gate) -> Option<GateOutcome> {
        Some(self.answer.evaluation.gate(gate)?.outcome)
    }

    /// The policies of a gate, level by level.
    fn gate(&mut self, gate: Gate) -> Vec<Vec<String>> {
        let answer = self.answer;
        let levels = answer.evaluation.gate(gate).map(|gate| &*gate.levels).unwrap_or_default();
        let texts = levels.iter().map(|level| {
            let policies = level.policies.iter().map(|trace| &*trace.policy);
            policies.filter_map(|policy| self.document(policy)).collect()
        });
        texts.collect()
    }

    /// The text on one line; none where AWS would not read it.
    fn document(&mut self, policy: &'a Policy) -> Option<String> {
        let text = serde_json::from_str::<Value>(&policy.document.text).map(|it| it.to_string());
        match text {
            Ok(text) => {
                self.policies.push(policy);
                Some(text)
            }
            Err(_) => {
                self.note(format!("`{}` is left out: its text is not valid JSON.", policy.name));
                None
            }
        }
    }

    fn identity(&mut self, command: &mut Command) {
        let mut policies: Vec<String> = self.gate(Gate::IdentityPolicy).concat();
        if policies.is_empty() {
            let root = matches!(self.answer.request.principal, RequestPrincipal::RootUser { .. });
            policies.push(if root { ALLOW_ALL } else { ALLOW_NOTHING }.to_owned());
        }
        command.words("--policy-input-list", policies);
    }

    fn boundary(&mut self, command: &mut Command) {
        let boundary = self.gate(Gate::PermissionsBoundary).concat();
        if !boundary.is_empty() {
            command.words("--permissions-boundary-policy-input-list", boundary);
        }
    }

    /// One entry for each level, the root first and the account last.
    fn levels(&mut self, command: &mut Command) {
        let levels = self.gate(Gate::ServiceControlPolicy);
        if levels.is_empty() {
            return;
        }
        let empty = levels.iter().any(Vec::is_empty);
        let entries = levels.iter().map(|level| {
            let policies = if level.is_empty() { &vec![ALLOW_NOTHING.to_owned()] } else { level };
            json!({ "ServiceControlPolicyInputList": policies })
        });
        let list = Value::Array(entries.collect()).to_string();
        command.words("--ordered-organization-policy-input-list", [list]);
        if empty {
            self.note("A level without an SCP is written as one that allows nothing: the simulator wants at least one at each level.");
        }
    }

    /// Resource, its owner, its policy, and the caller that the policy's `Principal` is compared with.
    fn resource(&mut self, command: &mut Command) {
        let request = &self.answer.request;
        let resource = request.resource.as_str();
        if resource != "*" {
            command.words("--resource-arns", [resource.to_owned()]);
        }
        let owner = self.value("aws:ResourceAccount");
        let unowned = resource.split(':').nth(4).is_some_and(str::is_empty);
        if let Some(owner) = owner.filter(|_| unowned) {
            command.words("--resource-owner", [format!("arn:aws:iam::{owner}:root")]);
        }
        let policy = self.gate(Gate::ResourcePolicy).concat();
        let is_user = matches!(request.principal, RequestPrincipal::User(_));
        match (policy.into_iter().next(), is_user) {
            (Some(policy), true) => command.words("--resource-policy", [policy]),
            (Some(_), false) => self.note("The resource-based policy is left out: the simulator compares its Principal with IAM users alone."),
            (None, _) => {}
        }
        if is_user {
            command.words("--caller-arn", [request.principal.to_string()]);
        }
    }

    /// Every key that a policy asks for or the question gives, with the value it has here.
    fn context(&mut self, command: &mut Command) {
        let mut keys: Vec<(ConditionKey, &str)> = Vec::new();
        let mut add = |key: &ConditionKey, kind: &'static str| match keys
            .iter_mut()
            .find(|(known, _)| known == key)
        {
            Some((_, known)) if *known == "string" => *known = kind,
            Some(_) => {}
            None => keys.push((key.clone(), kind)),
        };
        let statements = self.policies.iter().flat_map(|policy| &policy.document.statements);
        for statement in statements {
            for clause in &statement.conditions {
                let listed = clause.operator.set.is_some();
                add(&clause.key, kind(clause.operator.test, listed));
            }
            let resources = statement.resource.iter().flat_map(|element| &element.patterns);
            for variable in resources.flat_map(|pattern| pattern.value.variables()) {
                add(&variable.key, "string");
            }
        }
        let request = &self.answer.request;
        for (key, _) in request.context.iter() {
            add(key, "string");
        }
        let entries = keys.into_iter().filter_map(|(key, kind)| {
            let values = key_values(self.compiled.organization(), request, &key);
            let many = if values.len() > 1 && !kind.ends_with("List") { "List" } else { "" };
            (!values.is_empty()).then(|| {
                json!({ "ContextKeyName": key.as_str(), "ContextKeyValues": values, "ContextKeyType": format!("{kind}{many}") })
            })
        });
        let entries: Vec<Value> = entries.collect();
        if !entries.is_empty() {
            command.words("--context-entries", [Value::Array(entries).to_string()]);
        }
    }

    fn value(&self, key: &str) -> Option<String> {
        let organization = self.compiled.organization();
        let values = key_values(organization, &self.answer.request, &ConditionKey::new(key));
        values.into_iter().next().map(String::from)
    }

    /// What the simulator does not know, where it matters to this question.
    fn limits(&mut self) {
        let applies =
            |gate| !matches!(self.outcome(gate), None | Some(GateOutcome::NotApplicable(_)));
        let (rcp, endpoint, session) = (
            applies(Gate::ResourceControlPolicy),
            applies(Gate::VpcEndpointPolicy),
            applies(Gate::SessionPolicy),
        );
        if rcp {
            self.note("The simulator does not know RCPs: what they deny here, it does not.");
        }
        if endpoint {
            self.note("The simulator does not know VPC endpoint policies.");
        }
        if session {
            self.note("The simulator does not take session policies.");
        }
        let caller = match &self.answer.request.principal {
            RequestPrincipal::User(_) => "",
            RequestPrincipal::AssumedRole { .. } => {
                "The simulator cannot take a role's session as the caller: its policies go along, its ARN does not."
            }
            RequestPrincipal::RootUser { .. } => {
                "The simulator does not know the root user: a policy that allows everything stands in for it."
            }
            RequestPrincipal::FederatedUser { .. } => {
                "The simulator cannot take a federated user as the caller."
            }
            RequestPrincipal::Federated(_) => {
                "The simulator does not know identity providers: what it prints says nothing about this question."
            }
            RequestPrincipal::Service(_) => {
                "The simulator cannot take a service as the caller: what it prints says nothing about this question."
            }
            RequestPrincipal::Anonymous => {
                "The simulator cannot take an anonymous caller: what it prints says nothing about this question."
            }
        };
        if !caller.is_empty() {
            self.note(caller);
        }
        if self.outcome(Gate::ServiceControlPolicy)
            == Some(GateOutcome::NotApplicable(NotApplicable::ManagementAccount))
        {
            self.note("No SCP goes along: none limits the management account.");
        }
        if self.answer.evaluation.cross_account {
            self.note("Caller and resource are of different accounts: AWS decides such a request in both, the simulator in one.");
        }
    }
}

/// The simulator's word for the type of a key, from the operator that reads it.
fn kind(test: Test, listed: bool) -> &'static str {
    match (test, listed) {
        (Test::Numeric(_), false) => "numeric",
        (Test::Numeric(_), true) => "numericList",
        (Test::Date(_), false) => "date",
        (Test::Date(_), true) => "dateList",
        (Test::Bool, false) => "boolean",
        (Test::Bool, true) => "booleanList",
        (Test::IpAddress, false) => "ip",
        (Test::IpAddress, true) => "ipList",
        (Test::BinaryEquals, false) => "binary",
        (Test::BinaryEquals, true) => "binaryList",
        (_, false) => "string",
        (_, true) => "stringList",
    }
}
