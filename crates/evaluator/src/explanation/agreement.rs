//! Whether this organization decides as AWS said it did.

use super::denial::Blame;
use super::words::gate_noun;
use crate::evaluation::{Decision, Evaluation, Gate, GateOutcome, GateTrace};

/// How what AWS said compares with what is decided here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Whether both name the same cause.
    pub agrees: bool,
    /// What AWS said, and what is decided here, in one or two sentences.
    pub text: String,
}

/// Compares what AWS blames for a denial with what is decided here.
#[must_use]
pub fn agreement(blame: Option<&Blame>, evaluation: &Evaluation) -> Agreement {
    let said = said(blame);
    if evaluation.decision() == Decision::Allowed {
        let missing = blame
            .and_then(|blame| blame.gate)
            .map_or("a policy that AWS knows is missing here, or a key of the request", |gate| {
                missing(gate, blame.is_some_and(|blame| blame.explicit))
            });
        let text = format!("{said}. Here it is allowed: {missing}.");
        return Agreement { agrees: false, text };
    }
    let Some((blame, gate)) = blame.and_then(|blame| Some((blame, blame.gate?))) else {
        let agrees = blame.is_none_or(|blame| {
            blame.explicit == (evaluation.decision() == Decision::ExplicitDeny)
        });
        let here = here(evaluation);
        return Agreement { agrees, text: format!("{said}. Here it is denied too: {here}.") };
    };
    match evaluation.gate(gate) {
        Some(trace) if outcome_agrees(trace, blame) => same_gate(&said, blame, trace, evaluation),
        _ => {
            let here = here(evaluation);
            let text = format!("{said}. Here it is denied for another reason: {here}.");
            Agreement { agrees: false, text }
        }
    }
}

fn outcome_agrees(trace: &GateTrace, blame: &Blame) -> bool {
    trace.blocks && (trace.outcome == GateOutcome::ExplicitDeny) == blame.explicit
}

/// The gate is the same; the policy that AWS names has to be among those that deny here.
fn same_gate(said: &str, blame: &Blame, trace: &GateTrace, evaluation: &Evaluation) -> Agreement {
    let denies = |arn: &str| {
        let policies = trace.levels.iter().flat_map(|level| &level.policies);
        let mut named = policies.filter(|policy| policy.policy.arn() == Some(arn));
        named.any(|policy| policy.statements.iter().any(super::denies))
    };
    if let Some(arn) = blame.policy_arn.as_deref().filter(|arn| !denies(arn)) {
        let name = arn.rsplit('/').next().unwrap_or(arn);
        let here = here(evaluation);
        let text = format!("{said}. Here {here}, but the policy `{name}` does not deny it.");
        return Agreement { agrees: false, text };
    }
    let others = evaluation.gates.iter().filter(|gate| gate.blocks).count().saturating_sub(1);
    let text = match others {
        0 => format!("{said}, and so does this scenario."),
        1 => format!("{said}, and so does this scenario, where one more kind of policy denies it."),
        more => format!(
            "{said}, and so does this scenario, where {more} more kinds of policies deny it."
        ),
    };
    Agreement { agrees: true, text }
}

fn said(blame: Option<&Blame>) -> String {
    match blame {
        None => "AWS does not say which policy denied it".to_owned(),
        Some(Blame { gate: None, .. }) => "AWS speaks of an explicit deny".to_owned(),
        Some(Blame { explicit: true, gate: Some(gate), .. }) => {
            format!("AWS says that {} denies it explicitly", one(*gate))
        }
        Some(Blame { explicit: false, gate: Some(gate), .. }) => {
            format!("AWS says that no {} allows it", gate_noun(*gate))
        }
    }
}

fn one(gate: Gate) -> String {
    let article = if gate == Gate::IdentityPolicy { "an" } else { "a" };
    format!("{article} {}", gate_noun(gate))
}

fn here(evaluation: &Evaluation) -> String {
    super::words::reason(evaluation.reason)
}

/// Where to look for what this scenario does not know.
fn missing(gate: Gate, explicit: bool) -> &'static str {
    match (gate, explicit) {
        (Gate::ServiceControlPolicy | Gate::ResourceControlPolicy, true) => {
            "the policy that denied it is not attached here, or hangs on a key that the question does not have"
        }
        (Gate::ServiceControlPolicy | Gate::ResourceControlPolicy, false) => {
            "some level of the real organization allows less than here"
        }
        (Gate::VpcEndpointPolicy, _) => "the question does not come through a VPC endpoint",
        (Gate::SessionPolicy, _) => "the question has no session policy of that kind",
        (Gate::PermissionsBoundary, _) => "the caller's permissions boundary is another one here",
        (_, true) => {
            "the statement that denied it is missing here, or hangs on a key that the question does not have"
        }
        (_, false) => "something grants it here that AWS does not have",
    }
}
