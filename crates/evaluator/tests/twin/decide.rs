//! The decision (3.2 to 3.11), as the pseudocode has it.

use serde_json::{Value, json};

use crate::twin::context::{context, identity, owner};
use crate::twin::model::{Answer, Attached, Caller, Question, World};
use crate::twin::statement::{Asked, Class, Kind, matching};

/// Services whose resources RCPs reach, as far as the generator speaks of them.
const RCP_SERVICES: [&str; 4] = ["s3", "sqs", "kms", "sts"];

pub fn decide(world: &World, question: &Question) -> Answer {
    let caller = &question.caller;
    if question.action == "sts:GetCallerIdentity" && *caller != Caller::Anonymous {
        return Answer::Allowed;
    }
    let identity = identity(world, caller);
    let boundary = identity.and_then(|identity| identity.boundary.as_ref());
    let asked = Asked {
        world,
        question,
        context: context(world, question),
        has_boundary: boundary.is_some(),
    };
    let scps = scp_levels(world, caller);
    let rcps = rcp_levels(world, question);
    let policies: Vec<&Value> = identity.iter().flat_map(|identity| &identity.policies).collect();
    let session: &[Value] = if may_have_session(caller) { &question.session_policies } else { &[] };
    let resource_policy = resource_policy(world, question);
    let matching = |policies: &[&Value], effect, kind| {
        matching(policies.iter().copied(), effect, kind, &asked)
    };
    let session: Vec<&Value> = session.iter().collect();
    let boundary: Vec<&Value> = boundary.into_iter().collect();
    let endpoint: Vec<&Value> = question.endpoint_policy.iter().collect();
    let resource: Vec<&Value> = resource_policy.iter().collect();

    let denies = |policies: &[&Value], kind| !matching(policies, "Deny", kind).is_empty();
    let allows = |policies: &[&Value], kind| !matching(policies, "Allow", kind).is_empty();
    let scps: Vec<Vec<&Value>> = scps.iter().map(|level| level.scps.iter().collect()).collect();
    let mut rcps = rcps.iter().flat_map(|level| &level.rcps);
    let explicit = scps.iter().any(|level| denies(level, Kind::Scp))
        || rcps.any(|rcp| denies(&[rcp], Kind::Rcp))
        || denies(&endpoint, Kind::Resource)
        || denies(&boundary, Kind::Identity)
        || denies(&session, Kind::Session)
        || denies(&policies, Kind::Identity)
        || (denies(&resource, Kind::Resource) && !is_rescue(world, question));
    if explicit {
        return Answer::ExplicitDeny;
    }
    let organization = scps.iter().all(|level| allows(level, Kind::Scp));
    let through = endpoint.is_empty() || allows(&endpoint, Kind::Resource);
    let granted = matching(&resource, "Allow", Kind::Resource);
    let own = Own {
        identity: allows(&policies, Kind::Identity),
        boundary: boundary.is_empty() || allows(&boundary, Kind::Identity),
        session: allows(&session, Kind::Session),
        has_session: !session.is_empty(),
    };
    if organization && through && is_granted(world, question, &granted, &own) {
        Answer::Allowed
    } else {
        Answer::ImplicitDeny
    }
}

/// What the caller's own policies allow.
struct Own {
    identity: bool,
    boundary: bool,
    session: bool,
    has_session: bool,
}

fn is_granted(world: &World, question: &Question, granted: &[Class], own: &Own) -> bool {
    let caller = &question.caller;
    if let Caller::Service(_) | Caller::Anonymous = caller {
        return !granted.is_empty();
    }
    let is_root = matches!(caller, Caller::Root { .. });
    if is_root && question.action == "sts:AssumeRole" {
        return false;
    }
    let session = match caller {
        Caller::Federated { .. } => own.has_session && own.session,
        _ => !own.has_session || own.session,
    };
    let identity = is_root || own.identity;
    let owner = owner(world, question);
    if owner.as_deref() != caller.account() {
        return identity && own.boundary && session && !granted.is_empty();
    }
    let has = |class| granted.contains(&class);
    let identity = identity && (!needs_account_grant(question) || has(Class::Account));
    let limited = identity || has(Class::ViaRole) || has(Class::ViaUser);
    has(Class::Direct) || (limited && own.boundary && session)
}

/// The levels whose SCPs bind the caller.
fn scp_levels<'a>(world: &'a World, caller: &Caller) -> Vec<&'a Attached> {
    let Some(account) = caller.account().and_then(|id| world.account(id)) else { return vec![] };
    let enabled = world.organization.as_ref().is_some_and(|settings| settings.scps);
    if !enabled || world.is_management(account.id) || is_service_linked(world, caller) {
        return vec![];
    }
    with_account(world.path(account), &account.attached)
}

/// The levels whose RCPs protect the resource.
fn rcp_levels<'a>(world: &'a World, question: &Question) -> Vec<&'a Attached> {
    let owner = owner(world, question).filter(|_| question.resource != "*");
    let Some(account) = owner.and_then(|id| world.account(&id)) else { return vec![] };
    let enabled = world.organization.as_ref().is_some_and(|settings| settings.rcps);
    let action = question.action.to_ascii_lowercase();
    let service = action.split(':').next().unwrap();
    let reached = RCP_SERVICES.contains(&service)
        && question.action != "kms:RetireGrant"
        && !question.resource.contains(":role/aws-service-role/");
    if !enabled
        || !reached
        || world.is_management(account.id)
        || is_service_linked(world, &question.caller)
    {
        return vec![];
    }
    with_account(world.path(account), &account.attached)
}

fn with_account<'a>(path: &'a [Attached], own: &'a Attached) -> Vec<&'a Attached> {
    if path.is_empty() { vec![] } else { path.iter().chain([own]).collect() }
}

/// Known by its path; where the role is not listed, by the name that only such roles bear.
fn is_service_linked(world: &World, caller: &Caller) -> bool {
    let Caller::Session { role, .. } = caller else { return false };
    match identity(world, caller) {
        Some(listed) => listed.arn.contains(":role/aws-service-role/"),
        None => role.starts_with("AWSServiceRoleFor"),
    }
}

/// Role sessions and federated sessions have session policies, and an `AssumeRoot` session has its task's.
fn may_have_session(caller: &Caller) -> bool {
    !matches!(caller, Caller::User { .. } | Caller::Service(_) | Caller::Anonymous)
}

fn is_key(question: &Question) -> bool {
    question.action.starts_with("kms:") && question.resource.contains(":key/")
}

fn is_role(question: &Question) -> bool {
    question.resource.starts_with("arn:aws:iam:") && question.resource.contains(":role/")
}

/// Keys and roles: identity policies count only where the resource's policy names the account.
fn needs_account_grant(question: &Question) -> bool {
    is_key(question) || (is_role(question) && question.action.starts_with("sts:"))
}

fn resource_policy(world: &World, question: &Question) -> Option<Value> {
    if question.resource == "*" {
        return None;
    }
    if is_role(question) {
        // A trust policy speaks of assuming the role and of nothing else.
        if !question.action.starts_with("sts:") {
            return None;
        }
        let roles = world.accounts.iter().flat_map(|account| &account.roles);
        let listed = || roles.into_iter().find(|role| role.arn == question.resource)?.trust.clone();
        return question.resource_policy.clone().or_else(listed);
    }
    let listed = world.listed(question.resource).and_then(|(_, resource)| resource.policy.clone());
    let policy = question.resource_policy.clone().or(listed);
    match policy {
        None if is_key(question) => Some(default_key_policy(&owner(world, question)?)),
        policy => policy,
    }
}

fn default_key_policy(owner: &str) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "AWS": owner }, "Action": "kms:*", "Resource": "*" }] })
}

/// The root user of the bucket's owner can always repair the bucket policy: what that denies does not count.
fn is_rescue(world: &World, question: &Question) -> bool {
    let repairs = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];
    let is_owner = owner(world, question).as_deref() == question.caller.account();
    matches!(question.caller, Caller::Root { .. }) && is_owner && repairs.contains(&question.action)
}
