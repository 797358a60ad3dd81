//! Every cause of a denial, not only the one that AWS names.

use std::sync::Arc;

use super::words;
use crate::evaluation::{
    Decision, Evaluation, Gate, GateOutcome, GateTrace, LevelTrace, Reason, StatementResult,
};
use crate::organization::{Organization, TargetIndex};
use crate::policy::{Effect, Policy};
use crate::request::Request;

/// One thing that denies a request. All causes must go before it is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The gate at which the request fails.
    pub gate: Gate,
    /// The level of the tree, for SCPs and RCPs.
    pub target: Option<TargetIndex>,
    /// The policy that denies; none where an `Allow` is missing.
    pub policy: Option<Arc<Policy>>,
    /// The denying statement, by its place in `policy.document.statements`.
    pub statement: Option<usize>,
    /// One sentence.
    pub text: String,
}

/// Every cause of a denial, in the order in which AWS asks the gates; empty where the request is allowed.
#[must_use]
pub fn causes(
    organization: &Organization,
    request: &Request,
    evaluation: &Evaluation,
) -> Vec<Cause> {
    if evaluation.decision() == Decision::Allowed {
        return Vec::new();
    }
    let blocking = evaluation.gates.iter().filter(|gate| gate.blocks);
    let mut causes: Vec<Cause> =
        blocking.flat_map(|gate| gate_causes(organization, request, gate)).collect();
    // What no policy can allow has no gate of its own: it fails where the resource's policy is asked.
    if matches!(evaluation.reason, Reason::RootUserCannotAssumeRole | Reason::OtherPartition) {
        let gate = Gate::ResourcePolicy;
        let text = words::reason(evaluation.reason);
        causes.push(Cause { gate, target: None, policy: None, statement: None, text });
    }
    causes
}

fn gate_causes(organization: &Organization, request: &Request, gate: &GateTrace) -> Vec<Cause> {
    if gate.levels.is_empty() {
        let text = missing(organization, request, gate.gate, None);
        return vec![Cause { gate: gate.gate, target: None, policy: None, statement: None, text }];
    }
    gate.levels
        .iter()
        .flat_map(|level| level_causes(organization, request, gate.gate, level))
        .collect()
}

fn level_causes(
    organization: &Organization,
    request: &Request,
    gate: Gate,
    level: &LevelTrace,
) -> Vec<Cause> {
    let denying = level.policies.iter().flat_map(|policy| {
        policy.statements.iter().enumerate().filter_map(move |(index, statement)| {
            let applies = matches!(statement.result, StatementResult::Applies(_));
            (statement.effect == Effect::Deny && applies).then(|| {
                let text = denied(organization, request, level.target, &policy.policy, index);
                Cause {
                    gate,
                    target: level.target,
                    policy: Some(Arc::clone(&policy.policy)),
                    statement: Some(index),
                    text,
                }
            })
        })
    });
    let mut causes: Vec<Cause> = denying.collect();
    if level.outcome == GateOutcome::ImplicitDeny {
        let text = missing(organization, request, gate, level.target);
        causes.push(Cause { gate, target: level.target, policy: None, statement: None, text });
    }
    causes
}

fn denied(
    organization: &Organization,
    request: &Request,
    target: Option<TargetIndex>,
    policy: &Policy,
    statement: usize,
) -> String {
    let action = request.action.as_str();
    let place = target
        .map(|target| format!(" at {}", words::target(organization, target)))
        .unwrap_or_default();
    let sid = policy.document.statements.get(statement).map(|statement| match &statement.sid {
        Some(sid) if !sid.is_empty() => format!("statement `{sid}`"),
        _ => format!("statement {}", statement.index + 1),
    });
    format!(
        "{} of the {} `{}`{place} denies {action}",
        sid.unwrap_or_else(|| "a statement".to_owned()),
        policy.document.policy_type.name(),
        policy.name
    )
}

fn missing(
    organization: &Organization,
    request: &Request,
    gate: Gate,
    target: Option<TargetIndex>,
) -> String {
    let action = request.action.as_str();
    match (gate, target) {
        (Gate::ServiceControlPolicy, Some(target)) => {
            format!(
                "no service control policy at {} allows {action}",
                words::target(organization, target)
            )
        }
        (Gate::SessionPolicy, _) if request.session_policies.is_empty() => {
            "a federated user's session without session policies has no permissions".to_owned()
        }
        _ => format!("no {} allows {action}", words::gate_noun(gate)),
    }
}
