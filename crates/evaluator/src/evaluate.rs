//! The decision, box by box.
//!
//! Follows the IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access", and
//! "Cross-account policy evaluation logic":
//!
//! ```text
//! any matching Deny, in any policy that applies ────────────────► explicit deny
//! RCPs of the resource's account:    an Allow at every level, or ► implicit deny
//! SCPs of the caller's account:      an Allow at every level, or ► implicit deny
//! VPC endpoint policy:               an Allow, or ───────────────► implicit deny
//! the grant: resource policy or identity policies in one account,
//!            both of them across accounts; an Allow, or ─────────► implicit deny
//! permissions boundary, then session policies: an Allow, or ─────► implicit deny
//!                                                                 otherwise allowed
//! ```
//!
//! Each gate is a function of its own in `evaluate/gates.rs`; how a statement is read is in `evaluate/statement.rs`.

mod gates;
mod recorder;
mod statement;
mod survey;

pub(crate) use gates::rcp_supports;
use gates::{Gates, Outcome};
use recorder::{DecisionOnly, Recorder, Trace};
pub(crate) use statement::names_caller;
pub use survey::{Surveyed, survey};

use crate::evaluation::{Decision, Evaluation, Gate, Grant, Reason};
use crate::facts::{Caller, Facts};
use crate::organization::Organization;
use crate::request::Request;

/// Decides a request and keeps the complete trace.
///
/// ```
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource, evaluate};
/// let organization = Organization::standalone().build();
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("sts:GetCallerIdentity")?, RequestResource::None);
/// assert_eq!(evaluate(&organization, &request).decision().as_str(), "allowed");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn evaluate(organization: &Organization, request: &Request) -> Evaluation {
    let facts = Facts::gather(organization, request);
    let mut trace = Trace::default();
    let reason = authorize(&facts, &mut trace);
    Evaluation { reason, gates: trace.finish(reason), cross_account: !facts.same_account() }
}

/// Decides a request without keeping a trace: the same answer as [`evaluate()`], sooner.
#[must_use]
pub fn decide(organization: &Organization, request: &Request) -> Decision {
    authorize(&Facts::gather(organization, request), &mut DecisionOnly).decision()
}

fn authorize<R: Recorder>(facts: &Facts<'_>, recorder: &mut R) -> Reason {
    if is_get_caller_identity(facts) {
        return Reason::GetCallerIdentity;
    }
    let gates = match Gates::read(facts, recorder) {
        Ok(gates) => gates,
        Err(denied) => return Reason::ExplicitDeny(denied.gate),
    };
    let reason = gates
        .explicit_deny()
        .or_else(|| guardrails(&gates))
        .unwrap_or_else(|| grant(facts, &gates));
    recorder.blocks(|gate| blocks(facts, &gates, gate));
    reason
}

/// Every authenticated caller may ask who it is, whatever policies say.
fn is_get_caller_identity(facts: &Facts<'_>) -> bool {
    facts.request.action.is("sts:getcalleridentity")
        && !matches!(facts.caller, Caller::Anonymous | Caller::Federated)
}

/// What the organization and the network leave: each of these gates must allow where it applies.
fn guardrails(gates: &Gates) -> Option<Reason> {
    [Gate::ResourceControlPolicy, Gate::ServiceControlPolicy, Gate::VpcEndpointPolicy]
        .into_iter()
        .find(|gate| gates.get(*gate) == Outcome::ImplicitDeny)
        .map(Reason::ImplicitDeny)
}

/// What the accounts grant.
fn grant(facts: &Facts<'_>, gates: &Gates) -> Reason {
    match facts.caller {
        caller if caller.is_of_no_account() => resource_grant_alone(gates),
        Caller::RootUser if facts.request.action.is("sts:assumerole") => {
            Reason::RootUserCannotAssumeRole
        }
        _ if facts.one_account_decides() => same_account(facts, gates),
        _ => cross_account(facts, gates),
    }
}

/// A service principal, a federated identity or an anonymous caller has nothing of its own: the resource must grant.
fn resource_grant_alone(gates: &Gates) -> Reason {
    match gates.resource {
        Outcome::Allow(Some(grant)) => Reason::ResourcePolicy(grant),
        _ => Reason::ImplicitDeny(Gate::ResourcePolicy),
    }
}

/// Within one account, the resource's policy or the caller's identity policies grant.
fn same_account(facts: &Facts<'_>, gates: &Gates) -> Reason {
    if gates.resource == Outcome::Allow(Some(Grant::Direct)) {
        return Reason::ResourcePolicy(Grant::Direct);
    }
    let via = match gates.resource {
        Outcome::Allow(Some(grant @ (Grant::ViaRole | Grant::ViaUser))) => Some(grant),
        _ => None,
    };
    if via.is_none() {
        // For KMS keys and role trust the resource's policy must at least let the account decide.
        if facts.needs_account_grant() && !gates.resource.allows() {
            return Reason::ImplicitDeny(Gate::ResourcePolicy);
        }
        if !gates.identity_grants() {
            return Reason::ImplicitDeny(Gate::IdentityPolicy);
        }
    }
    limits(gates).unwrap_or(match (via, facts.caller) {
        (Some(grant), _) => Reason::ResourcePolicy(grant),
        (None, Caller::RootUser) => Reason::RootUser,
        (None, _) => Reason::IdentityPolicy,
    })
}

/// Across accounts, the caller's account and the resource's account must both grant.
fn cross_account(facts: &Facts<'_>, gates: &Gates) -> Reason {
    if facts.crosses_partitions() {
        return Reason::OtherPartition;
    }
    if !gates.identity_grants() {
        return Reason::ImplicitDeny(Gate::IdentityPolicy);
    }
    if !gates.resource.allows() {
        return Reason::ImplicitDeny(Gate::ResourcePolicy);
    }
    limits(gates).unwrap_or(Reason::BothAccounts)
}

/// Permissions boundary and session policies grant nothing: they cap what the rest grants.
fn limits(gates: &Gates) -> Option<Reason> {
    [Gate::PermissionsBoundary, Gate::SessionPolicy]
        .into_iter()
        .find(|gate| gates.get(*gate) == Outcome::ImplicitDeny)
        .map(Reason::ImplicitDeny)
}

/// Whether the request fails at this gate: for the explanation, which names every cause and not only the first.
fn blocks(facts: &Facts<'_>, gates: &Gates, gate: Gate) -> bool {
    let outcome = gates.get(gate);
    if outcome == Outcome::ExplicitDeny {
        return true;
    }
    let one_account = facts.one_account_decides();
    let direct = one_account && gates.resource == Outcome::Allow(Some(Grant::Direct));
    let via = matches!(gates.resource, Outcome::Allow(Some(Grant::ViaRole | Grant::ViaUser)));
    let alone = facts.caller.is_of_no_account();
    match gate {
        Gate::ResourceControlPolicy | Gate::ServiceControlPolicy | Gate::VpcEndpointPolicy => {
            outcome == Outcome::ImplicitDeny
        }
        Gate::PermissionsBoundary | Gate::SessionPolicy => {
            outcome == Outcome::ImplicitDeny && !direct
        }
        Gate::IdentityPolicy if alone || direct || (one_account && via) => false,
        Gate::IdentityPolicy => !gates.identity_grants(),
        Gate::ResourcePolicy if alone || !one_account => !gates.resource.allows(),
        Gate::ResourcePolicy => facts.needs_account_grant() && !gates.resource.allows(),
    }
}
