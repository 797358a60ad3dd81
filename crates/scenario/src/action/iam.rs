//! Users, groups and roles of an account.

use std::sync::Arc;

use serde_json::json;

use super::edit::{self, check_iam_name, no_identity};
use crate::{Account, Document, Exception, Group, Identity, Pairs, PolicyText, Role, User, names};

/// How many groups a user can be in. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const GROUPS_PER_USER: usize = 10;

pub(super) fn create(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    path: &str,
) -> Result<(), Exception> {
    check_iam_name(identity.name(), path, longest_name(identity))?;
    let account = edit::account_mut(document, account)?;
    check_new(account, identity, None)?;
    let (name, path) = (identity.name().to_owned(), path.to_owned());
    match identity {
        Identity::User(_) => account.users.push(Arc::new(User { name, path, ..User::default() })),
        Identity::Group(_) => {
            account.groups.push(Arc::new(Group { name, path, ..Group::default() }))
        }
        Identity::Role(_) => {
            let trust_policy = trust_of_own_account(&account.id);
            account.roles.push(Arc::new(Role { name, path, trust_policy, ..Role::default() }));
        }
    }
    Ok(())
}

pub(super) fn rename(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    name: &str,
) -> Result<(), Exception> {
    check_iam_name(name, "/", longest_name(identity))?;
    let account = edit::account_mut(document, account)?;
    check_new(account, &identity.renamed(name), Some(identity.name()))?;
    *edit::identity_mut(account, identity)?.name = name.to_owned();
    if let Identity::Group(old) = identity {
        for user in account.users.iter_mut().filter(|user| user.groups.contains(old)) {
            let groups = &mut Arc::make_mut(user).groups;
            groups
                .iter_mut()
                .filter(|group| *group == old)
                .for_each(|group| name.clone_into(group));
        }
        return Ok(());
    }
    let account = account.id.clone();
    follow_in_requests(document, &account, identity, name);
    Ok(())
}

/// Gives a user or group another path, as `UpdateUser` and `UpdateGroup` do; a role keeps the one it was created with.
pub(super) fn set_path(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    path: &str,
) -> Result<(), Exception> {
    check_iam_name(identity.name(), path, longest_name(identity))?;
    if matches!(identity, Identity::Role(_)) {
        let message = "A role keeps the path that it was created with: UpdateRole has no NewPath.";
        return Err(Exception::new("ValidationError", message));
    }
    let account = edit::account_mut(document, account)?;
    let old = std::mem::replace(edit::identity_mut(account, identity)?.path, path.to_owned());
    let arn = |path: &str| names::iam_arn(&account.id, identity.kind(), path, identity.name());
    let (before, after) = (arn(&old), arn(path));
    for request in document.requests.iter_mut().filter(|request| request.principal == before) {
        Arc::make_mut(request).principal.clone_from(&after);
    }
    Ok(())
}

pub(super) fn delete(
    document: &mut Document,
    account: &str,
    identity: &Identity,
) -> Result<(), Exception> {
    let account = edit::account_mut(document, account)?;
    edit::identity_mut(account, identity)?;
    match identity {
        Identity::User(name) => account.users.retain(|user| user.name != *name),
        Identity::Role(name) => account.roles.retain(|role| role.name != *name),
        Identity::Group(name) => {
            account.groups.retain(|group| group.name != *name);
            for user in account.users.iter_mut().filter(|user| user.groups.contains(name)) {
                Arc::make_mut(user).groups.retain(|group| group != name);
            }
        }
    }
    Ok(())
}

pub(super) fn tag(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    tags: &Pairs<String>,
) -> Result<(), Exception> {
    match edit::identity_mut(edit::account_mut(document, account)?, identity)?.tags {
        Some(old) => {
            check_tags(identity, tags)?;
            *old = tags.clone();
            Ok(())
        }
        None => Err(Exception::new("InvalidInput", "A group can't be tagged.")),
    }
}

/// What IAM demands of tags: 50 at most, keys that differ by more than case, and none of AWS's own.
fn check_tags(identity: &Identity, tags: &Pairs<String>) -> Result<(), Exception> {
    if tags.len() > 50 {
        let kind = if matches!(identity, Identity::User(_)) { "User" } else { "Role" };
        let message = format!("Cannot exceed quota for TagsPer{kind}: 50");
        return Err(Exception::new("LimitExceeded", message));
    }
    for (index, (key, value)) in tags.iter().enumerate() {
        if key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256 {
            let message =
                "A tag's key has 1 to 128 characters, and its value no more than 256 characters.";
            return Err(Exception::new("ValidationError", message));
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            let message = "Tag keys that begin with aws: are reserved for AWS.";
            return Err(Exception::new("InvalidInput", message));
        }
        if tags.iter().take(index).any(|(other, _)| other.eq_ignore_ascii_case(key)) {
            let message =
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(Exception::new("InvalidInput", message));
        }
    }
    Ok(())
}

pub(super) fn add_to_group(
    document: &mut Document,
    account: &str,
    user: &str,
    group: &str,
) -> Result<(), Exception> {
    let account = edit::account_mut(document, account)?;
    if account.group(group).is_none() {
        return Err(no_identity(&Identity::Group(group.to_owned())));
    }
    let groups = &mut user_mut(account, user)?.groups;
    if groups.iter().any(|name| name == group) {
        return Ok(()); // As AWS does.
    }
    if groups.len() >= GROUPS_PER_USER {
        return Err(Exception::new(
            "LimitExceeded",
            format!("Cannot exceed quota for GroupsPerUser: {GROUPS_PER_USER}"),
        ));
    }
    groups.push(group.to_owned());
    Ok(())
}

pub(super) fn remove_from_group(
    document: &mut Document,
    account: &str,
    user: &str,
    group: &str,
) -> Result<(), Exception> {
    let user = user_mut(edit::account_mut(document, account)?, user)?;
    if !user.groups.iter().any(|name| name == group) {
        return Err(no_identity(&Identity::Group(group.to_owned())));
    }
    user.groups.retain(|name| name != group);
    Ok(())
}

fn user_mut<'a>(account: &'a mut Account, name: &str) -> Result<&'a mut User, Exception> {
    let found = account.users.iter_mut().find(|user| user.name == name).map(Arc::make_mut);
    found.ok_or_else(|| no_identity(&Identity::User(name.to_owned())))
}

fn longest_name(identity: &Identity) -> usize {
    match identity {
        Identity::Group(_) => 128,
        Identity::User(_) | Identity::Role(_) => 64,
    }
}

/// Checks that nothing of that kind has this name, in upper or lower case, but perhaps the one that is renamed.
fn check_new(account: &Account, identity: &Identity, old: Option<&str>) -> Result<(), Exception> {
    let taken =
        |name: &String| name.eq_ignore_ascii_case(identity.name()) && old != Some(name.as_str());
    let (exists, kind) = match identity {
        Identity::User(_) => (account.users.iter().any(|user| taken(&user.name)), "User"),
        Identity::Group(_) => (account.groups.iter().any(|group| taken(&group.name)), "Group"),
        Identity::Role(_) => (account.roles.iter().any(|role| taken(&role.name)), "Role"),
    };
    match exists {
        true => Err(Exception::new(
            "EntityAlreadyExists",
            format!("{kind} with name {} already exists.", identity.name()),
        )),
        false => Ok(()),
    }
}

/// Lets the requests of the scenario follow a user or role to its new name; it has the new one already.
fn follow_in_requests(document: &mut Document, account: &str, identity: &Identity, name: &str) {
    let path = document.account(account).and_then(|account| match identity {
        Identity::User(_) => account.user(name).map(|user| user.path.clone()),
        _ => account.role(name).map(|role| role.path.clone()),
    });
    let path = path.unwrap_or_default();
    let arn = |name: &str| names::iam_arn(account, identity.kind(), &path, name);
    let session = |name: &str| format!("arn:aws:sts::{account}:assumed-role/{name}/");
    for request in &mut document.requests {
        let renamed = match request.principal.strip_prefix(&session(identity.name())) {
            Some(rest) if matches!(identity, Identity::Role(_)) => session(name) + rest,
            _ if request.principal == arn(identity.name()) => arn(name),
            _ => continue,
        };
        Arc::make_mut(request).principal = renamed;
    }
}

fn trust_of_own_account(account: &str) -> PolicyText {
    PolicyText::pretty(&json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
            "Action": "sts:AssumeRole"
        }]
    }))
}
