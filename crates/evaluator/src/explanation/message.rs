//! The sentence that AWS would answer.
//!
//! Follows the IAM User Guide, "Troubleshoot access denied error messages": who, what, on which resource, and the one
//! type of policy that AWS names.

use super::words::gate_noun;
use crate::evaluation::{Evaluation, Gate, Grant, Reason, StatementResult};
use crate::organization::Organization;
use crate::policy::Effect;
use crate::request::{Request, RequestPrincipal};

/// The sentence that AWS would answer to a denied request. AWS answers an allowed one with the result itself, so for
/// that the same form says what allows it.
///
/// ```
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource, evaluate, explanation};
/// let organization = Organization::standalone().build();
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("ec2:DescribeInstances")?, RequestResource::None);
/// let evaluation = evaluate(&organization, &request);
/// assert_eq!(
///     explanation::message(&organization, &request, &evaluation),
///     "User: arn:aws:iam::111122223333:user/John is not authorized to perform: ec2:DescribeInstances on resource: * \
///      because no identity-based policy allows the ec2:DescribeInstances action",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn message(organization: &Organization, request: &Request, evaluation: &Evaluation) -> String {
    let action = request.action.as_str();
    let context = match evaluation.reason {
        // STS does not know yet who asks, so it names nobody.
        Reason::ExplicitDeny(_) | Reason::ImplicitDeny(_)
            if matches!(request.principal, RequestPrincipal::Federated(_)) =>
        {
            return format!("Not authorized to perform {action}");
        }
        Reason::RootUserCannotAssumeRole => {
            return "Roles may not be assumed by root accounts.".to_owned();
        }
        Reason::ExplicitDeny(gate) => {
            let arn = denying_arn(organization, request, evaluation, gate);
            let arn = arn.map(|arn| format!(": {arn}")).unwrap_or_default();
            format!("with an explicit deny in {}{arn}", with_article(gate, request))
        }
        Reason::ImplicitDeny(gate) => {
            format!("because no {} allows the {action} action", noun(gate, request))
        }
        Reason::OtherPartition => {
            format!("because no {} allows the {action} action", noun(Gate::ResourcePolicy, request))
        }
        Reason::GetCallerIdentity => "because every authenticated caller may perform it".to_owned(),
        Reason::RootUser => "because the root user has full access to its account".to_owned(),
        Reason::IdentityPolicy => allowed_by(Gate::IdentityPolicy, request),
        Reason::BothAccounts => format!(
            "because an identity-based policy and {} allow the {action} action",
            with_article(Gate::ResourcePolicy, request)
        ),
        Reason::ResourcePolicy(
            Grant::Account
            | Grant::ViaUser
            | Grant::ViaRole
            | Grant::Service
            | Grant::Federated
            | Grant::Direct,
        ) => allowed_by(Gate::ResourcePolicy, request),
    };
    let verb = match evaluation.reason.decision() {
        crate::Decision::Allowed => "is authorized",
        crate::Decision::ExplicitDeny | crate::Decision::ImplicitDeny => "is not authorized",
    };
    let (principal, resource) = (&request.principal, request.resource.as_str());
    format!("User: {principal} {verb} to perform: {action} on resource: {resource} {context}")
}

fn allowed_by(gate: Gate, request: &Request) -> String {
    format!("because {} allows the {} action", with_article(gate, request), request.action.as_str())
}

/// AWS names the ARN of one denying policy where it has one, and where caller and policy belong together.
fn denying_arn<'e>(
    organization: &Organization,
    request: &Request,
    evaluation: &'e Evaluation,
    gate: Gate,
) -> Option<&'e str> {
    if gate == Gate::ResourceControlPolicy {
        organization.account(request.principal.account()?)?.target()?;
    }
    let levels = &evaluation.gate(gate)?.levels;
    let denying = levels.iter().flat_map(|level| &level.policies).find(|policy| {
        policy.statements.iter().any(|statement| {
            statement.effect == Effect::Deny
                && matches!(statement.result, StatementResult::Applies(_))
        })
    });
    denying?.policy.arn()
}

/// What AWS calls the gate's policies in its messages.
fn noun(gate: Gate, request: &Request) -> &'static str {
    match gate {
        Gate::ResourcePolicy if assumes_role(request) => "role trust policy",
        _ => gate_noun(gate),
    }
}

fn with_article(gate: Gate, request: &Request) -> String {
    let noun = noun(gate, request);
    let article = match gate {
        Gate::ResourcePolicy if assumes_role(request) => "the",
        Gate::IdentityPolicy => "an",
        _ => "a",
    };
    format!("{article} {noun}")
}

fn assumes_role(request: &Request) -> bool {
    request.action.prefix() == "sts"
        && request.resource.arn().is_some_and(|arn| arn.service == "iam")
}
