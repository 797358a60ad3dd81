//! What must hold in the IAM of an account: names, paths, and references to groups and managed policies.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Outcome, once, require};
use crate::document::{Account, InlinePolicy};
use crate::{built_in, names};

pub(super) fn check(account: &Account, place: &str) -> Outcome {
    let mut seen = HashSet::new();
    for (index, policy) in account.managed_policies.iter().enumerate() {
        check_named(&policy.name, &policy.path, 128, &mut seen, || {
            format!("{place}.managedPolicies[{index}]")
        })?;
    }
    let mut seen = HashSet::new();
    for (index, group) in account.groups.iter().enumerate() {
        let place = || format!("{place}.groups[{index}]");
        check_named(&group.name, &group.path, 128, &mut seen, place)?;
        check_policies(account, &group.attached_policies, &group.inline_policies, None, place)?;
    }
    let mut seen = HashSet::new();
    for (index, role) in account.roles.iter().enumerate() {
        let place = || format!("{place}.roles[{index}]");
        check_named(&role.name, &role.path, 64, &mut seen, place)?;
        let boundary = role.permissions_boundary.as_deref();
        check_policies(account, &role.attached_policies, &role.inline_policies, boundary, place)?;
    }
    check_users(account, place)?;
    let mut seen = HashSet::new();
    for (index, resource) in account.resources.iter().enumerate() {
        let place = || format!("{place}.resources[{index}].arn");
        let arn = resource.arn.as_str();
        require(arn.starts_with("arn:"), place, || {
            format!("`{arn}` is not an ARN, which begins with `arn:`")
        })?;
        once(&mut seen, arn, place, || format!("the resource `{arn}` is listed twice"))?;
    }
    Ok(())
}

fn check_users(account: &Account, place: &str) -> Outcome {
    let mut seen = HashSet::new();
    for (index, user) in account.users.iter().enumerate() {
        let place = || format!("{place}.users[{index}]");
        check_named(&user.name, &user.path, 64, &mut seen, place)?;
        let boundary = user.permissions_boundary.as_deref();
        check_policies(account, &user.attached_policies, &user.inline_policies, boundary, place)?;
        let mut groups = HashSet::new();
        for (index, group) in user.groups.iter().enumerate() {
            let place = || format!("{}.groups[{index}]", place());
            require(account.group(group).is_some(), place, || {
                format!("there is no group `{group}` in this account")
            })?;
            once(&mut groups, group, place, || format!("the group `{group}` is written twice"))?;
        }
    }
    Ok(())
}

fn check_named(
    name: &str,
    path: &str,
    longest: usize,
    seen: &mut HashSet<String>,
    place: impl Fn() -> String,
) -> Outcome {
    require(
        names::is_iam_name(name, longest),
        || format!("{}.name", place()),
        || {
            format!(
                "`{name}` is not a name that IAM accepts: 1 to {longest} letters, digits and _+=,.@-"
            )
        },
    )?;
    require(
        names::is_iam_path(path),
        || format!("{}.path", place()),
        || format!("`{path}` is not a path that IAM accepts: it begins and ends with `/`"),
    )?;
    once(
        seen,
        name.to_ascii_lowercase(),
        || format!("{}.name", place()),
        || {
            format!(
                "there are two named `{name}`; IAM does not tell them apart by upper and lower case"
            )
        },
    )
}

fn check_policies(
    account: &Account,
    attached: &[String],
    inline: &[Arc<InlinePolicy>],
    boundary: Option<&str>,
    place: impl Fn() -> String,
) -> Outcome {
    let mut seen = HashSet::new();
    for (index, arn) in attached.iter().enumerate() {
        let place = || format!("{}.attachedPolicies[{index}]", place());
        check_managed_policy(account, arn, place)?;
        once(&mut seen, arn, place, || format!("the policy `{arn}` is attached twice"))?;
    }
    if let Some(arn) = boundary {
        check_managed_policy(account, arn, || format!("{}.permissionsBoundary", place()))?;
    }
    let mut seen = HashSet::new();
    for (index, policy) in inline.iter().enumerate() {
        let place = || format!("{}.inlinePolicies[{index}].name", place());
        let name = policy.name.as_str();
        require(names::is_iam_name(name, 128), place, || {
            format!("`{name}` is not a name that IAM accepts: 1 to 128 letters, digits and _+=,.@-")
        })?;
        once(&mut seen, name, place, || format!("there are two inline policies named `{name}`"))?;
    }
    Ok(())
}

/// A managed policy that can be attached is one of the same account or one of AWS's that the project ships.
fn check_managed_policy(account: &Account, arn: &str, place: impl FnOnce() -> String) -> Outcome {
    let exists = account.managed_policy(arn).is_some() || built_in::is_aws_managed(arn);
    require(exists, place, || match arn.starts_with("arn:aws:iam::aws:policy/") {
        true => format!("`{arn}` is not one of the AWS managed policies that this version ships"),
        false => format!("there is no managed policy `{arn}` in this account"),
    })
}
