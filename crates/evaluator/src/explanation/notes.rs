//! What AWS checks besides policies, where it could make the answer another one.
//!
//! Follows the IAM User Guide, "Compare AWS STS credentials" and "IAM and AWS STS quotas" (unmodifiable entities), the
//! Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", the AWS KMS Developer Guide, "Grants in AWS
//! KMS", and the AWS Organizations User Guide, "Resource control policies (RCPs)" and "Delegated administrator for AWS Organizations".

use crate::condition::ConditionKey;
use crate::evaluation::{Decision, Evaluation, Gate, Reason, StatementResult};
use crate::organization::Organization;
use crate::policy::Effect;
use crate::principal::PrincipalEntry;
use crate::request::{Request, RequestPrincipal, RequestResource};

/// What no policy says and a scenario does not hold: one sentence each, only where it concerns this request.
///
/// ```
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource, evaluate, explanation};
/// let organization = Organization::standalone().build();
/// let root = RequestPrincipal::parse("arn:aws:iam::111122223333:root")?;
/// let role = "arn:aws:iam::111122223333:role/aws-service-role/ec2.amazonaws.com/AWSServiceRoleForEC2";
/// let request = Request::new(root, Action::parse("iam:DeleteRole")?, RequestResource::parse(role)?);
/// let evaluation = evaluate(&organization, &request);
/// assert_eq!(explanation::notes(&organization, &request, &evaluation).len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn notes(
    organization: &Organization,
    request: &Request,
    evaluation: &Evaluation,
) -> Vec<&'static str> {
    let allowed = evaluation.decision() == Decision::Allowed;
    let notes = match (allowed, request.action.prefix()) {
        (true, "iam") => vec![protected(request), no_iam(request)],
        (_, "sts") => vec![no_sts(request), session_token(request), unsigned(request)],
        (true, "s3") => vec![public(request, evaluation)],
        (true, "organizations") => vec![member(organization, request)],
        (false, "kms") => vec![grantable(request, evaluation), spared(request, evaluation)],
        (false, "s3") => vec![by_acl(request, evaluation)],
        _ => Vec::new(),
    };
    notes.into_iter().flatten().chain(no_session(request)).collect()
}

/// Session policies and tags belong to sessions: another caller cannot have them, so they do not count.
fn no_session(request: &Request) -> Option<&'static str> {
    let has_session = matches!(
        request.principal,
        RequestPrincipal::AssumedRole { .. }
            | RequestPrincipal::FederatedUser { .. }
            | RequestPrincipal::RootUser { .. }
    );
    let passed = !request.session_policies.is_empty() || !request.session_tags.is_empty();
    (passed && !has_session).then_some(
        "only sessions have session policies and session tags: those of this request do not count",
    )
}

/// AWS's own policies and the roles that AWS keeps cannot be changed, though they can be read and passed.
fn protected(request: &Request) -> Option<&'static str> {
    let arn = request.resource.arn().filter(|arn| arn.service == "iam")?;
    let kept = arn.account == "aws"
        || arn.resource.starts_with("role/aws-service-role/")
        || arn.resource.starts_with("role/aws-reserved/sso.amazonaws.com/");
    let harmless =
        ["get", "list", "generate", "simulate", "passrole", "createservice", "deleteservice"];
    // Tagging and attaching change other things than the policy that is attached.
    let attaches =
        request.action.name().starts_with("attach") || request.action.name().starts_with("detach");
    let reads = harmless.iter().any(|start| request.action.name().starts_with(start));
    (kept && !reads && !(arn.account == "aws" && attaches)).then_some(
        "IAM refuses to change AWS managed policies, service-linked roles and the roles of IAM Identity Center, \
         whatever policies say",
    )
}

/// Temporary credentials of a user reach IAM with MFA only, those of a federated user not at all.
fn no_iam(request: &Request) -> Option<&'static str> {
    match &request.principal {
        RequestPrincipal::FederatedUser { .. } => Some(
            "credentials of `sts:GetFederationToken` reach IAM through the console only, not through CLI and API",
        ),
        RequestPrincipal::User(_)
            if has_token(request) && !says(request, "aws:MultiFactorAuthPresent", "true") =>
        {
            Some(
                "credentials of `sts:GetSessionToken` reach IAM only where they were made with MFA",
            )
        }
        _ => None,
    }
}

fn no_sts(request: &Request) -> Option<&'static str> {
    let asks_itself = request.action.is("sts:getcalleridentity");
    match &request.principal {
        RequestPrincipal::FederatedUser { .. } if !asks_itself => Some(
            "credentials of `sts:GetFederationToken` call no operation of STS but `GetCallerIdentity`",
        ),
        RequestPrincipal::User(_)
            if has_token(request) && !asks_itself && !request.action.is("sts:assumerole") =>
        {
            Some(
                "credentials of `sts:GetSessionToken` call no operation of STS but `AssumeRole` and `GetCallerIdentity`",
            )
        }
        _ => None,
    }
}

/// `GetSessionToken` authenticates, and authentication is nothing that policies control.
fn session_token(request: &Request) -> Option<&'static str> {
    let long_term =
        matches!(request.principal, RequestPrincipal::User(_) | RequestPrincipal::RootUser { .. })
            && !has_token(request);
    (request.action.is("sts:getsessiontoken")).then_some(match long_term {
        true => "no policy controls `sts:GetSessionToken`: AWS answers every user who calls it with long-term credentials",
        false => "`sts:GetSessionToken` cannot be called with temporary credentials, whatever policies say",
    })
}

fn unsigned(request: &Request) -> Option<&'static str> {
    let is_anonymous = request.principal == RequestPrincipal::Anonymous;
    (is_anonymous && request.action.is("sts:assumerole"))
        .then_some("`sts:AssumeRole` must be signed: AWS does not answer an anonymous caller")
}

fn has_token(request: &Request) -> bool {
    let key = ConditionKey::new("aws:TokenIssueTime");
    request.context.get(&key).is_some_and(|values| !values.is_empty())
}

fn says(request: &Request, key: &str, wanted: &str) -> bool {
    let values = request.context.get(&ConditionKey::new(key));
    values.is_some_and(|values| values.iter().any(|value| value.eq_ignore_ascii_case(wanted)))
}

/// A bucket policy that lets everybody in is public, and S3 blocks that unless the owner said otherwise.
fn public(request: &Request, evaluation: &Evaluation) -> Option<&'static str> {
    let outsider =
        evaluation.cross_account && !matches!(request.principal, RequestPrincipal::Service(_));
    let levels = &evaluation.gate(Gate::ResourcePolicy)?.levels;
    let mut grants = levels
        .iter()
        .flat_map(|level| &level.policies)
        .flat_map(|policy| policy.policy.document.statements.iter().zip(&policy.statements));
    let to_everybody = grants.any(|(written, read)| {
        read.effect == Effect::Allow
            && matches!(read.result, StatementResult::Applies(_))
            && written.conditions.is_empty()
            && written.principal.as_ref().is_some_and(|element| {
                element.entries.iter().any(|entry| entry.value == PrincipalEntry::Everyone)
            })
    });
    (outsider && to_everybody).then_some(
        "S3 Block Public Access, which is on for new buckets, keeps other accounts and anonymous callers out of a bucket \
         with a public policy such as this one",
    )
}

/// Most operations of Organizations are answered to the management account and to delegated administrators only.
fn member(organization: &Organization, request: &Request) -> Option<&'static str> {
    let own = [
        "describeorganization",
        "leaveorganization",
        "accepthandshake",
        "declinehandshake",
        "describehandshake",
        "listhandshakesforaccount",
        "createorganization",
    ];
    let account = request.principal.account()?;
    let settings = organization.settings()?;
    let is_member = organization.account(account)?.target().is_some()
        && settings.management_account != Some(account);
    (is_member && request.resource == RequestResource::None && !own.contains(&request.action.name())).then_some(
        "AWS Organizations answers this to the management account and to delegated administrators only",
    )
}

fn grantable(request: &Request, evaluation: &Evaluation) -> Option<&'static str> {
    let is_key = request.resource.arn().is_some_and(|arn| arn.resource.starts_with("key/"));
    let missing = matches!(
        evaluation.reason,
        Reason::ImplicitDeny(Gate::IdentityPolicy | Gate::ResourcePolicy)
    );
    (is_key && missing)
        .then_some("a KMS grant on the key could allow it; grants are not part of a scenario")
}

/// A scenario takes every key for a customer managed one.
fn spared(request: &Request, evaluation: &Evaluation) -> Option<&'static str> {
    let is_key = request.resource.arn().is_some_and(|arn| arn.resource.starts_with("key/"));
    let by_rcp = evaluation.reason == Reason::ExplicitDeny(Gate::ResourceControlPolicy);
    (is_key && by_rcp).then_some(
        "resource control policies spare AWS managed keys; a scenario takes every key for a customer managed one",
    )
}

fn by_acl(request: &Request, evaluation: &Evaluation) -> Option<&'static str> {
    let missing = evaluation.reason == Reason::ImplicitDeny(Gate::ResourcePolicy);
    let named = request.resource != RequestResource::None;
    (missing && named && evaluation.cross_account).then_some(
        "an ACL could allow it where the bucket has ACLs enabled, which new buckets have not; ACLs are not part of a \
         scenario",
    )
}
