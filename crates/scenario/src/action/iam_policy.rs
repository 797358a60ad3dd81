//! Managed and inline policies of IAM, and permissions boundaries.

use std::sync::Arc;

use super::edit::{self, check_iam_name};
use crate::{
    Account, Document, Exception, Identity, InlinePolicy, ManagedPolicy, PolicyText, built_in,
    names,
};

pub(super) fn create(
    document: &mut Document,
    account: &str,
    name: &str,
    path: &str,
    text: &PolicyText,
) -> Result<(), Exception> {
    check_iam_name(name, path, 128)?;
    let account = edit::account_mut(document, account)?;
    check_new(account, name, None)?;
    let policy =
        ManagedPolicy { name: name.to_owned(), path: path.to_owned(), document: text.clone() };
    account.managed_policies.push(Arc::new(policy));
    Ok(())
}

pub(super) fn rename(document: &mut Document, arn: &str, name: &str) -> Result<(), Exception> {
    check_iam_name(name, "/", 128)?;
    let account = owner_mut(document, arn)?;
    let policy = account.managed_policy(arn).ok_or_else(|| not_found(arn))?;
    check_new(account, name, Some(&policy.name))?;
    let new_arn = names::iam_arn(&account.id, "policy", &policy.path, name);
    for_each_use(account, arn, |used| new_arn.clone_into(used));
    policy_mut(document, arn)?.name = name.to_owned();
    Ok(())
}

pub(super) fn delete(document: &mut Document, arn: &str) -> Result<(), Exception> {
    let account = owner_mut(document, arn)?;
    let name = account.managed_policy(arn).ok_or_else(|| not_found(arn))?.name.clone();
    let mut used = false;
    for_each_use(account, arn, |_| used = true);
    if used {
        return Err(Exception::new(
            "DeleteConflict",
            "Cannot delete a policy attached to entities.",
        ));
    }
    account.managed_policies.retain(|policy| policy.name != name);
    Ok(())
}

pub(super) fn attach(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    arn: &str,
) -> Result<(), Exception> {
    let account = edit::account_mut(document, account)?;
    check_exists(account, arn)?;
    let attached = edit::identity_mut(account, identity)?.attached_policies;
    if attached.iter().any(|attached| attached == arn) {
        return Ok(()); // As AWS does.
    }
    // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>, default quotas.
    let (limit, quota) = match identity {
        Identity::User(_) => (10, "PoliciesPerUser"),
        Identity::Group(_) => (20, "PoliciesPerGroup"),
        Identity::Role(_) => (10, "PoliciesPerRole"),
    };
    if attached.len() >= limit {
        return Err(Exception::new(
            "LimitExceeded",
            format!("Cannot exceed quota for {quota}: {limit}"),
        ));
    }
    attached.push(arn.to_owned());
    Ok(())
}

pub(super) fn detach(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    arn: &str,
) -> Result<(), Exception> {
    let attached =
        edit::identity_mut(edit::account_mut(document, account)?, identity)?.attached_policies;
    if !attached.iter().any(|attached| attached == arn) {
        return Err(Exception::no_such_entity(format!("Policy {arn} was not found.")));
    }
    attached.retain(|attached| attached != arn);
    Ok(())
}

pub(super) fn bound(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    arn: Option<&str>,
) -> Result<(), Exception> {
    let account = edit::account_mut(document, account)?;
    if let Some(arn) = arn {
        check_exists(account, arn)?;
    }
    match edit::identity_mut(account, identity)?.permissions_boundary {
        Some(boundary) => {
            *boundary = arn.map(str::to_owned);
            Ok(())
        }
        None => Err(Exception::new("InvalidInput", "A group can't have a permissions boundary.")),
    }
}

pub(super) fn embed(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    name: &str,
    text: &PolicyText,
) -> Result<(), Exception> {
    check_iam_name(name, "/", 128)?;
    let policies =
        edit::identity_mut(edit::account_mut(document, account)?, identity)?.inline_policies;
    check_new_inline(policies, name)?;
    policies.push(Arc::new(InlinePolicy { name: name.to_owned(), document: text.clone() }));
    Ok(())
}

pub(super) fn rename_inline(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    name: &str,
    new_name: &str,
) -> Result<(), Exception> {
    check_iam_name(new_name, "/", 128)?;
    let policies =
        edit::identity_mut(edit::account_mut(document, account)?, identity)?.inline_policies;
    if name != new_name {
        check_new_inline(policies, new_name)?;
    }
    let found = policies
        .iter_mut()
        .find(|policy| policy.name == name)
        .ok_or_else(|| no_inline(identity, name))?;
    Arc::make_mut(found).name = new_name.to_owned();
    Ok(())
}

pub(super) fn delete_inline(
    document: &mut Document,
    account: &str,
    identity: &Identity,
    name: &str,
) -> Result<(), Exception> {
    let policies =
        edit::identity_mut(edit::account_mut(document, account)?, identity)?.inline_policies;
    if !policies.iter().any(|policy| policy.name == name) {
        return Err(no_inline(identity, name));
    }
    policies.retain(|policy| policy.name != name);
    Ok(())
}

pub(super) fn policy_mut<'a>(
    document: &'a mut Document,
    arn: &str,
) -> Result<&'a mut ManagedPolicy, Exception> {
    let account = owner_mut(document, arn)?;
    let name = account.managed_policy(arn).ok_or_else(|| not_found(arn))?.name.clone();
    let found = account.managed_policies.iter_mut().find(|policy| policy.name == name);
    found.map(Arc::make_mut).ok_or_else(|| not_found(arn))
}

/// Reaches the account to which a customer managed policy belongs.
fn owner_mut<'a>(document: &'a mut Document, arn: &str) -> Result<&'a mut Account, Exception> {
    if built_in::is_aws_managed(arn) {
        return Err(Exception::new(
            "AccessDenied",
            format!("{arn} is managed by AWS and can't be changed."),
        ));
    }
    let id = arn
        .strip_prefix("arn:aws:iam::")
        .and_then(|rest| rest.split(':').next())
        .unwrap_or_default();
    document.account(id).ok_or_else(|| not_found(arn))?;
    edit::account_mut(document, id)
}

/// Meets every attachment and boundary of the account that names a managed policy. Only those identities are copied.
fn for_each_use(account: &mut Account, arn: &str, mut change: impl FnMut(&mut String)) {
    let uses = |attached: &[String], boundary: Option<&String>| {
        attached.iter().chain(boundary).any(|used| used == arn)
    };
    let mut meet = |attached: &mut Vec<String>, boundary: &mut Option<String>| {
        attached.iter_mut().chain(boundary).filter(|used| *used == arn).for_each(&mut change);
    };
    for user in account
        .users
        .iter_mut()
        .filter(|user| uses(&user.attached_policies, user.permissions_boundary.as_ref()))
    {
        let user = Arc::make_mut(user);
        meet(&mut user.attached_policies, &mut user.permissions_boundary);
    }
    for group in account.groups.iter_mut().filter(|group| uses(&group.attached_policies, None)) {
        meet(&mut Arc::make_mut(group).attached_policies, &mut None);
    }
    for role in account
        .roles
        .iter_mut()
        .filter(|role| uses(&role.attached_policies, role.permissions_boundary.as_ref()))
    {
        let role = Arc::make_mut(role);
        meet(&mut role.attached_policies, &mut role.permissions_boundary);
    }
}

fn check_exists(account: &Account, arn: &str) -> Result<(), Exception> {
    match account.managed_policy(arn).is_some() || built_in::is_aws_managed(arn) {
        true => Ok(()),
        false => Err(not_found(arn)),
    }
}

fn check_new(account: &Account, name: &str, old: Option<&str>) -> Result<(), Exception> {
    let taken = |policy: &Arc<ManagedPolicy>| {
        policy.name.eq_ignore_ascii_case(name) && old != Some(policy.name.as_str())
    };
    match account.managed_policies.iter().any(taken) {
        true => Err(Exception::new(
            "EntityAlreadyExists",
            format!("A policy called {name} already exists. Duplicate names are not allowed."),
        )),
        false => Ok(()),
    }
}

fn check_new_inline(policies: &[Arc<InlinePolicy>], name: &str) -> Result<(), Exception> {
    match policies.iter().any(|policy| policy.name == name) {
        true => Err(Exception::new(
            "EntityAlreadyExists",
            format!("A policy called {name} already exists."),
        )),
        false => Ok(()),
    }
}

fn not_found(arn: &str) -> Exception {
    Exception::no_such_entity(format!("Policy {arn} does not exist or is not attachable."))
}

fn no_inline(identity: &Identity, name: &str) -> Exception {
    Exception::no_such_entity(format!(
        "The {} policy with name {name} cannot be found.",
        identity.kind()
    ))
}
