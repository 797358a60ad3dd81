//! Short words for the parts of a trace, where a sentence would be too long.

use super::words;
use crate::evaluation::{Gate, GateOutcome, GateTrace, LevelTrace};
use crate::policy::Statement;

/// The gate in a word or two: "SCPs", "IAM".
#[must_use]
pub fn short_gate(gate: Gate) -> &'static str {
    match gate {
        Gate::ServiceControlPolicy => "SCPs",
        Gate::ResourceControlPolicy => "RCPs",
        Gate::VpcEndpointPolicy => "VPC endpoint",
        Gate::PermissionsBoundary => "Boundary",
        Gate::SessionPolicy => "Session",
        Gate::ResourcePolicy => "Resource policy",
        Gate::IdentityPolicy => "IAM",
    }
}

/// What a gate says to the request, read behind its name: "denies it".
#[must_use]
pub fn gate_outcome(trace: &GateTrace) -> &'static str {
    let tree = matches!(trace.gate, Gate::ServiceControlPolicy | Gate::ResourceControlPolicy);
    let grants = matches!(trace.gate, Gate::IdentityPolicy | Gate::ResourcePolicy);
    match trace.outcome {
        GateOutcome::NotApplicable(reason) => words::not_applicable(trace.gate, reason),
        GateOutcome::Allow(Some(grant)) => words::grant(grant),
        GateOutcome::Allow(None) if tree => "every level leaves it",
        GateOutcome::Allow(None) if grants => "grant it",
        GateOutcome::Allow(None) => "leaves it",
        GateOutcome::ImplicitDeny if !trace.blocks => "no grant here, and none is needed",
        GateOutcome::ImplicitDeny if tree => "not every level leaves it",
        GateOutcome::ImplicitDeny if grants => "no grant here",
        GateOutcome::ImplicitDeny => "does not leave it",
        GateOutcome::ExplicitDeny => "a Deny applies",
    }
}

/// What one level of the tree says to the request, read behind its name.
#[must_use]
pub fn level_outcome(level: &LevelTrace) -> &'static str {
    match level.outcome {
        GateOutcome::NotApplicable(_) => "does not concern the request",
        GateOutcome::Allow(_) => "leaves it",
        GateOutcome::ImplicitDeny => "does not leave it: nothing here allows it",
        GateOutcome::ExplicitDeny => "denies it",
    }
}

/// A statement by its `Sid`, else by its place: "statement 2".
#[must_use]
pub fn statement_name(statement: &Statement) -> String {
    match &statement.sid {
        Some(sid) if !sid.is_empty() => sid.to_string(),
        _ => format!("statement {}", statement.index + 1),
    }
}

/// What it means that a decision depends on keys which the request does not have.
#[must_use]
pub fn missing_keys() -> &'static str {
    "The decision hangs on keys that the request does not have. With these values it would be:"
}

/// The heading above several causes of a denial.
#[must_use]
pub fn causes_heading(count: usize) -> String {
    format!("{count} causes; it stays denied until each of them is gone")
}

/// What to say of a policy that took part although AWS would refuse to save it.
#[must_use]
pub fn broken_policy(name: &str) -> String {
    format!(
        "AWS would not save `{name}` as it stands: what cannot be understood in it does not count here."
    )
}
