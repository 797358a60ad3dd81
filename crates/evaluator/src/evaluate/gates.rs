//! The gates: which policies apply to a request, and what each kind of policy says, taken alone.

use std::sync::{Arc, LazyLock};

use super::recorder::Recorder;
use super::statement::read_statement;
use crate::evaluation::{Gate, GateOutcome, Grant, NotApplicable, Reason};
use crate::facts::{Caller, Facts};
use crate::few::sort_few;
use crate::organization::{Membership, OrganizationSettings};
use crate::policy::{Effect, Policy};
use crate::request::{Request, RequestResource};

/// What one gate says, taken alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    NotApplicable,
    Allow(Option<Grant>),
    ImplicitDeny,
    ExplicitDeny,
}

impl Outcome {
    pub(super) fn allows(self) -> bool {
        matches!(self, Self::Allow(_))
    }

    /// The same for the trace, which also says why a gate does not apply.
    pub(super) fn traced(self, noted: GateOutcome) -> GateOutcome {
        match self {
            Self::NotApplicable => noted,
            Self::Allow(grant) => GateOutcome::Allow(grant),
            Self::ImplicitDeny => GateOutcome::ImplicitDeny,
            Self::ExplicitDeny => GateOutcome::ExplicitDeny,
        }
    }
}

/// A matching Deny was found and only the decision was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Denied {
    pub gate: Gate,
}

/// What every gate says.
pub(super) struct Gates {
    scp: Outcome,
    rcp: Outcome,
    vpc_endpoint: Outcome,
    boundary: Outcome,
    session: Outcome,
    pub resource: Outcome,
    identity: Outcome,
}

impl Gates {
    pub(super) fn read<R: Recorder>(facts: &Facts<'_>, recorder: &mut R) -> Result<Self, Denied> {
        Ok(Self {
            scp: service_control_policies(facts, recorder)?,
            rcp: resource_control_policies(facts, recorder)?,
            vpc_endpoint: vpc_endpoint_policy(facts, recorder)?,
            boundary: permissions_boundary(facts, recorder)?,
            session: session_policies(facts, recorder)?,
            resource: resource_policy(facts, recorder)?,
            identity: identity_policies(facts, recorder)?,
        })
    }

    pub(super) fn get(&self, gate: Gate) -> Outcome {
        match gate {
            Gate::ServiceControlPolicy => self.scp,
            Gate::ResourceControlPolicy => self.rcp,
            Gate::VpcEndpointPolicy => self.vpc_endpoint,
            Gate::PermissionsBoundary => self.boundary,
            Gate::SessionPolicy => self.session,
            Gate::ResourcePolicy => self.resource,
            Gate::IdentityPolicy => self.identity,
        }
    }

    /// A matching Deny decides; with several, the first in the order in which AWS reports them.
    pub(super) fn explicit_deny(&self) -> Option<Reason> {
        Gate::ALL
            .into_iter()
            .find(|gate| self.get(*gate) == Outcome::ExplicitDeny)
            .map(Reason::ExplicitDeny)
    }

    /// Whether identity policies grant. The root user needs none: full access is inherent.
    pub(super) fn identity_grants(&self) -> bool {
        matches!(self.identity, Outcome::Allow(_) | Outcome::NotApplicable)
    }
}

/// SCPs limit the principals of member accounts, root users included.
fn service_control_policies<R: Recorder>(
    facts: &Facts<'_>,
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    recorder.gate(Gate::ServiceControlPolicy);
    let exempt = of_no_account(facts)
        .or_else(|| {
            let enabled = |settings: &OrganizationSettings| settings.service_control_policies;
            exempt_account(facts, facts.caller_account, enabled)
        })
        .or_else(|| service_linked(facts));
    if let Some(reason) = exempt {
        return Ok(not_applicable(recorder, reason));
    }
    levels(facts, Gate::ServiceControlPolicy, facts.caller_account, recorder)
}

/// Callers of no account are not principals of the organization.
fn of_no_account(facts: &Facts<'_>) -> Option<NotApplicable> {
    match facts.caller {
        Caller::Service => Some(NotApplicable::ServicePrincipal),
        Caller::Anonymous => Some(NotApplicable::AnonymousCaller),
        Caller::Federated => Some(NotApplicable::FederatedCaller),
        _ => None,
    }
}

/// Why no SCP reaches this caller, wherever in the tree its account stands.
pub(super) fn reaches_nobody(facts: &Facts<'_>) -> Option<NotApplicable> {
    of_no_account(facts).or_else(|| service_linked(facts))
}

/// What the SCPs of one level say, taken alone.
pub(super) fn level_says<R: Recorder>(
    facts: &Facts<'_>,
    policies_of_level: &[Arc<Policy>],
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    policies(facts, Gate::ServiceControlPolicy, policies_of_level, recorder)
}

/// RCPs limit access to the resources of member accounts, whoever asks.
fn resource_control_policies<R: Recorder>(
    facts: &Facts<'_>,
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    recorder.gate(Gate::ResourceControlPolicy);
    let request = facts.request;
    let exempt = exempt_account(facts, facts.resource_account, |settings| {
        settings.resource_control_policies
    })
    .or_else(|| service_linked(facts))
    .or_else(|| is_service_linked_role(request).then_some(NotApplicable::ServiceLinkedRole))
    .or_else(|| (request.resource == RequestResource::None).then_some(NotApplicable::NoResource))
    .or_else(|| request.action.is("kms:retiregrant").then_some(NotApplicable::RetireGrant))
    .or_else(|| {
        (!rcp_supports(request.action.prefix())).then_some(NotApplicable::ServiceNotSupported)
    });
    if let Some(reason) = exempt {
        return Ok(not_applicable(recorder, reason));
    }
    levels(facts, Gate::ResourceControlPolicy, facts.resource_account, recorder)
}

/// The services whose resources RCPs can limit, as of autumn 2026, in the order of their names.
static RCP_SERVICES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut services: Vec<&str> = include_str!("../../data/rcp-services.txt").lines().collect();
    sort_few(&mut services);
    services
});

pub(crate) fn rcp_supports(prefix: &str) -> bool {
    RCP_SERVICES.binary_search(&prefix).is_ok()
}

fn service_linked(facts: &Facts<'_>) -> Option<NotApplicable> {
    facts.is_service_linked_role().then_some(NotApplicable::ServiceLinkedRole)
}

/// Assuming a service-linked role is not affected by RCPs.
fn is_service_linked_role(request: &Request) -> bool {
    let arn = request.resource.arn().filter(|arn| arn.service == "iam");
    arn.is_some_and(|arn| arn.resource.starts_with("role/aws-service-role/"))
}

/// Why the organization's policies do not reach this account.
fn exempt_account(
    facts: &Facts<'_>,
    membership: Option<&Membership>,
    enabled: fn(&OrganizationSettings) -> bool,
) -> Option<NotApplicable> {
    let Some((settings, membership)) = facts
        .organization
        .settings()
        .zip(membership.filter(|membership| membership.target().is_some()))
    else {
        return Some(NotApplicable::NoOrganization);
    };
    if Some(membership.account().id) == settings.management_account {
        return Some(NotApplicable::ManagementAccount);
    }
    (!enabled(settings)).then_some(NotApplicable::PolicyTypeNotEnabled)
}

/// Every level from the root to the account must allow; a Deny at any of them decides.
fn levels<R: Recorder>(
    facts: &Facts<'_>,
    gate: Gate,
    membership: Option<&Membership>,
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    let mut outcome = Outcome::Allow(None);
    for index in facts.levels_of(membership).unwrap_or_default() {
        let Some(target) = facts.organization.target(*index) else { continue };
        recorder.level(Some(*index));
        let level = match gate {
            Gate::ServiceControlPolicy => {
                level_says(facts, &target.policies.service_control_policies, recorder)?
            }
            // `RCPFullAWSAccess` is on every target and cannot be detached, so only a Deny counts.
            _ => match policies(facts, gate, &target.policies.resource_control_policies, recorder)?
            {
                Outcome::ExplicitDeny => Outcome::ExplicitDeny,
                _ => Outcome::Allow(None),
            },
        };
        recorder.level_outcome(level);
        outcome = worse(outcome, level);
    }
    recorder.gate_outcome(outcome);
    Ok(outcome)
}

fn worse(left: Outcome, right: Outcome) -> Outcome {
    let rank = |outcome| match outcome {
        Outcome::NotApplicable | Outcome::Allow(_) => 0,
        Outcome::ImplicitDeny => 1,
        Outcome::ExplicitDeny => 2,
    };
    if rank(right) > rank(left) { right } else { left }
}

/// The endpoint's policy is asked only when the request came through an endpoint.
fn vpc_endpoint_policy<R: Recorder>(
    facts: &Facts<'_>,
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    recorder.gate(Gate::VpcEndpointPolicy);
    match &facts.request.vpc_endpoint_policy {
        None => Ok(not_applicable(recorder, NotApplicable::NotSet)),
        Some(policy) => {
            one_level(facts, Gate::VpcEndpointPolicy, std::slice::from_ref(policy), recorder)
        }
    }
}

fn permissions_boundary<R: Recorder>(
    facts: &Facts<'_>,
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    recorder.gate(Gate::PermissionsBoundary);
    match facts.permissions_boundary() {
        None => Ok(not_applicable(recorder, NotApplicable::NotSet)),
        Some(policy) => {
            one_level(facts, Gate::PermissionsBoundary, std::slice::from_ref(policy), recorder)
        }
    }
}

/// A role session without session policies has all of the role's permissions; a federated user's session without
/// them has none.
fn session_policies<R: Recorder>(facts: &Facts<'_>, recorder: &mut R) -> Result<Outcome, Denied> {
    recorder.gate(Gate::SessionPolicy);
    let needs_policies = matches!(facts.caller, Caller::FederatedUser(_));
    let has_session = needs_policies || matches!(facts.caller, Caller::Role(_) | Caller::RootUser);
    if !has_session || (facts.request.session_policies.is_empty() && !needs_policies) {
        return Ok(not_applicable(recorder, NotApplicable::NotSet));
    }
    one_level(facts, Gate::SessionPolicy, &facts.request.session_policies, recorder)
}

fn resource_policy<R: Recorder>(facts: &Facts<'_>, recorder: &mut R) -> Result<Outcome, Denied> {
    recorder.gate(Gate::ResourcePolicy);
    if facts.request.resource == RequestResource::None {
        return Ok(not_applicable(recorder, NotApplicable::NoResource));
    }
    match facts.resource_policy() {
        Some(policy) => {
            let policy = std::slice::from_ref(policy);
            let outcome = one_level(facts, Gate::ResourcePolicy, policy, recorder)?;
            // Without a grant of its own the policy has no say here, whatever it denies.
            if facts.is_bucket_rescue() && !outcome.allows() {
                return Ok(not_applicable(recorder, NotApplicable::BucketOwnerRootUser));
            }
            Ok(outcome)
        }
        None => Ok(not_applicable(recorder, NotApplicable::NotSet)),
    }
}

fn identity_policies<R: Recorder>(facts: &Facts<'_>, recorder: &mut R) -> Result<Outcome, Denied> {
    recorder.gate(Gate::IdentityPolicy);
    let exempt = match facts.caller {
        Caller::RootUser => NotApplicable::RootUser,
        Caller::Service => NotApplicable::ServicePrincipal,
        Caller::Anonymous => NotApplicable::AnonymousCaller,
        Caller::Federated => NotApplicable::FederatedCaller,
        Caller::User(_) | Caller::Role(_) | Caller::FederatedUser(_) => {
            return one_level(facts, Gate::IdentityPolicy, facts.identity_policies(), recorder);
        }
    };
    Ok(not_applicable(recorder, exempt))
}

fn not_applicable<R: Recorder>(recorder: &mut R, reason: NotApplicable) -> Outcome {
    recorder.not_applicable(reason);
    Outcome::NotApplicable
}

/// A gate whose policies form one set.
fn one_level<R: Recorder>(
    facts: &Facts<'_>,
    gate: Gate,
    set: &[Arc<Policy>],
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    recorder.level(None);
    let outcome = policies(facts, gate, set, recorder)?;
    recorder.level_outcome(outcome);
    recorder.gate_outcome(outcome);
    Ok(outcome)
}

/// The policies of one set: a Deny of any of them decides, an Allow of any of them is enough.
fn policies<R: Recorder>(
    facts: &Facts<'_>,
    gate: Gate,
    set: &[Arc<Policy>],
    recorder: &mut R,
) -> Result<Outcome, Denied> {
    let mut outcome = Outcome::ImplicitDeny;
    for policy in set {
        recorder.policy(policy);
        for statement in &policy.document.statements {
            // A further Allow changes nothing, save that a resource policy may name the caller more directly.
            if R::DECISION_ONLY
                && statement.effect == Effect::Allow
                && outcome.allows()
                && gate != Gate::ResourcePolicy
            {
                continue;
            }
            let Some(grant) = read_statement(facts, statement, recorder) else { continue };
            if statement.effect == Effect::Deny
                && gate == Gate::ResourcePolicy
                && facts.is_bucket_rescue()
            {
                continue;
            }
            if statement.effect == Effect::Deny {
                recorder.explicit_deny(gate)?;
                outcome = Outcome::ExplicitDeny;
            } else if let Outcome::ImplicitDeny = outcome {
                outcome = Outcome::Allow(grant);
            } else if let Outcome::Allow(known) = outcome {
                outcome = Outcome::Allow(known.max(grant));
            }
        }
    }
    Ok(outcome)
}
