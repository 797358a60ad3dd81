//! The words for each part of a trace.

use crate::evaluation::{
    ClauseTrace, Decision, Evaluation, Gate, Grant, NotApplicable, Reason, StatementResult,
    StatementTrace,
};
use crate::organization::{Organization, TargetIndex, TargetKind};
use crate::policy::{Effect, Statement};
use crate::request::Request;

/// The decision as a headline: "Allowed", "Denied explicitly", "Denied implicitly".
#[must_use]
pub fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "Allowed",
        Decision::ExplicitDeny => "Denied explicitly",
        Decision::ImplicitDeny => "Denied implicitly",
    }
}

/// What is said of another action that the same call needs.
///
/// ```
/// use iam_evaluator::{Decision, explanation};
/// let words = explanation::also_needed("iam:PassRole", Decision::ImplicitDeny);
/// assert_eq!(words, "The same call also needs `iam:PassRole`: denied implicitly");
/// ```
#[must_use]
pub fn also_needed(action: &str, of_it: Decision) -> String {
    format!("The same call also needs `{action}`: {}", decision(of_it).to_ascii_lowercase())
}

/// How many errors and warnings a scenario has, in words.
///
/// ```
/// use iam_evaluator::explanation;
/// assert_eq!(explanation::tally(2, 1), "2 errors, 1 warning");
/// assert_eq!(explanation::tally(0, 0), "AWS would take everything as it is");
/// ```
#[must_use]
pub fn tally(errors: usize, warnings: usize) -> String {
    let counted = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    match (errors, warnings) {
        (0, 0) => "AWS would take everything as it is".to_owned(),
        (0, _) => counted(warnings, "warning"),
        (_, 0) => counted(errors, "error"),
        _ => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

/// The gate as a headline.
#[must_use]
pub fn gate(gate: Gate) -> &'static str {
    match gate {
        Gate::ServiceControlPolicy => "Service control policies (SCPs)",
        Gate::ResourceControlPolicy => "Resource control policies (RCPs)",
        Gate::VpcEndpointPolicy => "VPC endpoint policy",
        Gate::PermissionsBoundary => "Permissions boundary",
        Gate::SessionPolicy => "Session policies",
        Gate::ResourcePolicy => "Resource-based policy",
        Gate::IdentityPolicy => "Identity-based policies",
    }
}

/// The gate's policies in a sentence, in the singular.
pub(super) fn gate_noun(gate: Gate) -> &'static str {
    match gate {
        Gate::ServiceControlPolicy => "service control policy",
        Gate::ResourceControlPolicy => "resource control policy",
        Gate::VpcEndpointPolicy => "VPC endpoint policy",
        Gate::PermissionsBoundary => "permissions boundary",
        Gate::SessionPolicy => "session policy",
        Gate::ResourcePolicy => "resource-based policy",
        Gate::IdentityPolicy => "identity-based policy",
    }
}

/// How a resource's policy names the caller.
#[must_use]
pub fn grant(grant: Grant) -> &'static str {
    match grant {
        Grant::Account => "names the caller's account, whose identity-based policies decide",
        Grant::ViaUser => {
            "names the user who made the session; boundary and session policies still limit it"
        }
        Grant::ViaRole => "names the role; boundary and session policies still limit the session",
        Grant::Service => "names the service",
        Grant::Federated => "names the identity provider",
        Grant::Direct => "names the caller directly; within the account nothing else is needed",
    }
}

/// Why a gate does not concern a request.
#[must_use]
pub fn not_applicable(gate: Gate, reason: NotApplicable) -> &'static str {
    match (reason, gate) {
        (NotApplicable::NoOrganization, Gate::ResourceControlPolicy) => {
            "the resource's account is in no organization"
        }
        (NotApplicable::NoOrganization, _) => "the caller's account is in no organization",
        (NotApplicable::PolicyTypeNotEnabled, _) => {
            "this type of policy is not enabled on the root"
        }
        (NotApplicable::ManagementAccount, Gate::ResourceControlPolicy) => {
            "resources of the management account are never limited by RCPs"
        }
        (NotApplicable::ManagementAccount, _) => "the management account is never limited by SCPs",
        (NotApplicable::ServiceLinkedRole, _) => {
            "service-linked roles are never limited by SCPs or RCPs"
        }
        (NotApplicable::ServicePrincipal, Gate::ServiceControlPolicy) => {
            "a service that acts for itself is not limited by SCPs"
        }
        (NotApplicable::ServicePrincipal, _) => {
            "a service that acts for itself has no identity-based policies"
        }
        (NotApplicable::AnonymousCaller, Gate::ServiceControlPolicy) => {
            "an anonymous caller belongs to no account, so no SCP reaches it"
        }
        (NotApplicable::AnonymousCaller, _) => "an anonymous caller has no identity-based policies",
        (NotApplicable::FederatedCaller, Gate::ServiceControlPolicy) => {
            "whom an identity provider vouches for belongs to no account yet, so no SCP reaches it"
        }
        (NotApplicable::FederatedCaller, _) => {
            "whom an identity provider vouches for has no identity-based policies"
        }
        (NotApplicable::ServiceNotSupported, _) => {
            "RCPs have no effect on this service's resources"
        }
        (NotApplicable::NoResource, Gate::ResourceControlPolicy) => {
            "the request names no resource that RCPs could protect"
        }
        (NotApplicable::NoResource, _) => "the request names no resource",
        (NotApplicable::RetireGrant, _) => "kms:RetireGrant is never limited by RCPs",
        (NotApplicable::NotSet, Gate::VpcEndpointPolicy) => {
            "the request came through no VPC endpoint with a policy"
        }
        (NotApplicable::NotSet, Gate::PermissionsBoundary) => {
            "the caller has no permissions boundary"
        }
        (NotApplicable::NotSet, Gate::SessionPolicy) => {
            "the session was made without session policies"
        }
        (NotApplicable::NotSet, Gate::ResourcePolicy) => "the resource has no policy of its own",
        (NotApplicable::NotSet, _) => "nothing of this kind is set",
        (NotApplicable::RootUser, _) => {
            "the root user has full access to its account without any policy"
        }
        (NotApplicable::BucketOwnerRootUser, _) => {
            "the root user of the bucket's owner can always repair the bucket policy"
        }
    }
}

/// What decided the request, in one sentence.
#[must_use]
pub fn reason(reason: Reason) -> String {
    match reason {
        Reason::GetCallerIdentity => {
            "every authenticated caller may ask who it is, whatever policies say".to_owned()
        }
        Reason::IdentityPolicy => {
            "IAM grants it, and every level of the organization leaves it".to_owned()
        }
        Reason::ResourcePolicy(how) => {
            format!("the resource-based policy grants it: it {}", grant(how))
        }
        Reason::BothAccounts => {
            "the caller's account and the resource's account both grant it".to_owned()
        }
        Reason::RootUser => {
            "the root user may do everything that the organization leaves".to_owned()
        }
        Reason::ExplicitDeny(gate) => {
            format!("a {} denies it, and no Allow overrides a Deny", gate_noun(gate))
        }
        Reason::ImplicitDeny(Gate::ServiceControlPolicy) => {
            "a level of the organization has no service control policy that allows it".to_owned()
        }
        Reason::ImplicitDeny(gate) => format!("no {} allows it", gate_noun(gate)),
        Reason::RootUserCannotAssumeRole => "the root user cannot assume roles".to_owned(),
        Reason::OtherPartition => "access does not cross partitions".to_owned(),
    }
}

/// A target by kind and name: "the OU Dev".
#[must_use]
pub fn target(organization: &Organization, index: TargetIndex) -> String {
    match organization.target(index) {
        None => "a target".to_owned(),
        Some(target) => match target.kind {
            TargetKind::Root => "the root".to_owned(),
            TargetKind::OrganizationalUnit => format!("the OU {}", target.name),
            TargetKind::Account => format!("the account {} ({})", target.name, target.id),
        },
    }
}

/// Whether a statement applies, and otherwise which element does not fit, in one sentence.
#[must_use]
pub fn statement(request: &Request, statement: &Statement, trace: &StatementTrace) -> String {
    let (action, resource) = (request.action.as_str(), request.resource.as_str());
    let element = |negated: bool, plain: &'static str| match negated {
        true => format!("`Not{plain}` names"),
        false => format!("`{plain}` does not name"),
    };
    match trace.result {
        // How it names the caller matters to a grant alone: a Deny denies either way.
        StatementResult::Applies(Some(how)) if trace.effect == Effect::Allow => {
            format!("applies: it {}", grant(how))
        }
        StatementResult::Applies(_) => "applies".to_owned(),
        StatementResult::PrincipalDiffers => {
            let negated = statement.principal.as_ref().is_some_and(|element| element.negated);
            format!("does not apply: {} {}", element(negated, "Principal"), request.principal)
        }
        StatementResult::ActionDiffers => {
            format!("does not apply: {} {action}", element(statement.action.negated, "Action"))
        }
        StatementResult::ResourceDiffers => {
            let negated = statement.resource.as_ref().is_some_and(|element| element.negated);
            format!("does not apply: {} {resource}", element(negated, "Resource"))
        }
        StatementResult::ConditionFails(index) => {
            let failing = statement.conditions.get(index).zip(trace.conditions.get(index));
            let why = failing.map(|(written, read)| clause(written, read));
            format!(
                "does not apply: {}",
                why.unwrap_or_else(|| "its condition does not hold".to_owned())
            )
        }
    }
}

/// How one clause of a condition was read, in one sentence.
#[must_use]
pub fn clause(written: &crate::ConditionClause, read: &ClauseTrace) -> String {
    let list = |values: &mut dyn Iterator<Item = &str>| {
        values.map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
    };
    let wanted = list(&mut written.values.iter().map(|value| &*value.text));
    let found = match &*read.found {
        [] => "the request has no such key".to_owned(),
        values @ [_, _, ..] if written.key.is_tag() && written.operator.set.is_none() => format!(
            "the tags whose keys differ in letter case only say {}, and AWS does not say which counts",
            list(&mut values.iter().map(|value| &**value))
        ),
        values => format!("the request has {}", list(&mut values.iter().map(|value| &**value))),
    };
    let verb = if read.holds { "holds" } else { "does not hold" };
    format!("`{}` on `{}` with {wanted} {verb}: {found}", written.operator, written.key)
}

/// The whole answer in one line: "Denied explicitly: …".
#[must_use]
pub fn summary(evaluation: &Evaluation) -> String {
    format!("{}: {}", decision(evaluation.decision()), reason(evaluation.reason))
}

/// The heading of the single changes that would flip an answer.
#[must_use]
pub fn flips_heading(now: Decision) -> &'static str {
    match now {
        Decision::Allowed => "What would deny it",
        Decision::ExplicitDeny | Decision::ImplicitDeny => "What would allow it",
    }
}

/// What to say where no single change flips an answer.
#[must_use]
pub fn no_flip() -> &'static str {
    "No single change does: several causes must go together."
}
