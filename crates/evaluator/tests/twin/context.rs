//! The request context (2.5, 2.6): what the question brings along over what follows from the world.

use crate::twin::condition::Context;
use crate::twin::model::{Caller, Identity, ORGANIZATION, Question, World};

/// The owner of the resource: by its ARN, else by who lists it, else as the question says, else the caller.
pub fn owner(world: &World, question: &Question) -> Option<String> {
    let by_arn = question.resource.split(':').nth(4).filter(|account| !account.is_empty());
    let by_list = || world.listed(question.resource).map(|(account, _)| account.id);
    let owner = by_arn.or_else(by_list).or(question.owner).or(question.caller.account());
    owner.map(str::to_owned)
}

/// The listed user or role behind a caller.
pub fn identity<'a>(world: &'a World, caller: &Caller) -> Option<&'a Identity> {
    let account = world.account(caller.account()?)?;
    match caller {
        Caller::User { arn, .. } => account.users.iter().find(|user| user.arn == *arn),
        Caller::Session { role, .. } => account.roles.iter().find(|listed| listed.name == *role),
        // A session of the user of its name, else of the only user.
        Caller::Federated { name, .. } => {
            let named = account.users.iter().find(|user| user.name == *name);
            named.or(match account.users.as_slice() {
                [only] => Some(only),
                _ => None,
            })
        }
        Caller::Root { .. } | Caller::Service(_) | Caller::Anonymous => None,
    }
}

/// `aws:PrincipalArn`: for a session the role, not the session.
pub fn principal_arn(world: &World, caller: &Caller) -> Option<String> {
    match caller {
        Caller::Session { account, role, .. } => {
            let unlisted = || format!("arn:aws:iam::{account}:role/{role}");
            Some(identity(world, caller).map_or_else(unlisted, |role| role.arn.clone()))
        }
        Caller::Service(_) | Caller::Anonymous => None,
        named => Some(named.text()),
    }
}

pub fn context(world: &World, question: &Question) -> Context {
    let mut context = if question.derive { derived(world, question) } else { Context::new() };
    for (key, values) in &question.context {
        context
            .insert(key.to_ascii_lowercase(), values.iter().map(|it| (*it).to_owned()).collect());
    }
    context.retain(|_, values| !values.is_empty());
    context
}

fn derived(world: &World, question: &Question) -> Context {
    let mut context = Context::new();
    let mut set = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            context.insert(key.to_ascii_lowercase(), vec![value]);
        }
    };
    let caller = &question.caller;
    let account = caller.account();
    let principal_type = match caller {
        Caller::Root { .. } => Some("Account"),
        Caller::User { .. } => Some("User"),
        Caller::Session { .. } => Some("AssumedRole"),
        Caller::Federated { .. } => Some("FederatedUser"),
        Caller::Anonymous => Some("Anonymous"),
        Caller::Service(_) => None,
    };
    let anonymous = (*caller == Caller::Anonymous).then_some("anonymous");
    let service = match caller {
        Caller::Service(name) => Some(*name),
        _ => None,
    };
    set("aws:PrincipalArn", principal_arn(world, caller));
    set("aws:PrincipalAccount", account.or(anonymous).map(str::to_owned));
    set("aws:PrincipalType", principal_type.map(str::to_owned));
    if let Caller::User { arn, .. } = caller {
        set("aws:username", arn.rsplit('/').next().map(str::to_owned));
    }
    let signed = anonymous.is_none();
    // A root user with session policies is an `AssumeRoot` session with its task.
    let assumed_root =
        matches!(caller, Caller::Root { .. }) && !question.session_policies.is_empty();
    set("aws:AssumedRoot", assumed_root.then(|| "true".to_owned()));
    set("aws:PrincipalIsAWSService", signed.then(|| service.is_some().to_string()));
    set("aws:PrincipalServiceName", service.map(str::to_owned));
    let member =
        |id: Option<&str>| id.filter(|id| world.is_member(id)).map(|_| ORGANIZATION.to_owned());
    let path = |id: Option<&str>| id.and_then(|id| world.org_path(id));
    let owner = owner(world, question);
    set("aws:PrincipalOrgID", member(account));
    set("aws:PrincipalOrgPaths", path(account));
    set("aws:ResourceOrgID", member(owner.as_deref()));
    set("aws:ResourceOrgPaths", path(owner.as_deref()));
    set("aws:ResourceAccount", owner);
    set("aws:SecureTransport", Some("true".to_owned()));
    set("aws:ViaAWSService", Some("false".to_owned()));
    // Session tags stand before the tags of the role or of the federating user.
    for (key, value) in identity(world, caller).iter().flat_map(|identity| &identity.tags) {
        set(&format!("aws:PrincipalTag/{key}"), Some((*value).to_owned()));
    }
    if let Caller::Session { .. } | Caller::Federated { .. } = caller {
        for (key, value) in &question.session_tags {
            set(&format!("aws:PrincipalTag/{key}"), Some((*value).to_owned()));
        }
    }
    // Tags of a bucket are no keys unless the bucket has attribute-based access control switched on.
    let roles = world.accounts.iter().flat_map(|account| &account.roles);
    let role = roles.into_iter().find(|role| role.arn == question.resource);
    let listed = world.listed(question.resource).map(|(_, resource)| &resource.tags);
    let is_s3 = question.resource.starts_with("arn:aws:s3:");
    for (key, value) in
        role.map(|role| &role.tags).or(listed).filter(|_| !is_s3).iter().copied().flatten()
    {
        set(&format!("aws:ResourceTag/{key}"), Some((*value).to_owned()));
    }
    context
}
