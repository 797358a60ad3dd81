//! An account's users, roles and resources, with the policies that count for each.

use std::sync::Arc;

use iam_evaluator::{AccountId, Policy, PolicyOrigin, PolicyType, Tag};

use super::cache::Cache;
use crate::{Account, Identity, InlinePolicy, Pairs, PolicyText, Resource, Role, User, built_in};

/// Compiles what is in an account. Nothing in it depends on another account.
pub(super) fn compile(
    account: &Account,
    id: AccountId,
    cache: &mut Cache<'_>,
) -> iam_evaluator::Account {
    let mut compiled = iam_evaluator::Account::new(id, &account.name);
    compiled.users = account.users.iter().map(|it| user(account, it, cache)).collect();
    compiled.roles = account.roles.iter().map(|it| role(account, it, cache)).collect();
    compiled.resources = account.resources.iter().map(|it| resource(it, cache)).collect();
    compiled
}

/// A user has its own policies and those of its groups.
fn user(account: &Account, user: &User, cache: &mut Cache<'_>) -> iam_evaluator::User {
    let arn = account.user_arn(user);
    let mut policies =
        identity_policies(account, &arn, &user.inline_policies, &user.attached_policies, cache);
    for group in user.groups.iter().filter_map(|name| account.group(name)) {
        let arn = crate::names::iam_arn(&account.id, "group", &group.path, &group.name);
        policies.extend(identity_policies(
            account,
            &arn,
            &group.inline_policies,
            &group.attached_policies,
            cache,
        ));
    }
    iam_evaluator::User {
        name: user.name.as_str().into(),
        arn: arn.into(),
        policies,
        permissions_boundary: boundary(account, user.permissions_boundary.as_deref(), cache),
        tags: tags(&user.tags),
    }
}

fn role(account: &Account, role: &Role, cache: &mut Cache<'_>) -> iam_evaluator::Role {
    let arn = account.role_arn(role);
    let trust_policy = (!role.trust_policy.is_empty()).then(|| {
        let origin = PolicyOrigin::Resource { arn: arn.as_str().into() };
        policy("trust policy", origin, &role.trust_policy, PolicyType::RoleTrust, cache)
    });
    iam_evaluator::Role {
        name: role.name.as_str().into(),
        trust_policy,
        policies: identity_policies(
            account,
            &arn,
            &role.inline_policies,
            &role.attached_policies,
            cache,
        ),
        permissions_boundary: boundary(account, role.permissions_boundary.as_deref(), cache),
        tags: tags(&role.tags),
        arn: arn.into(),
    }
}

fn resource(resource: &Resource, cache: &mut Cache<'_>) -> iam_evaluator::Resource {
    let arn: Box<str> = resource.arn.as_str().into();
    let text = resource.policy.as_ref().filter(|text| !text.is_empty());
    let attached = text.map(|text| {
        let origin = PolicyOrigin::Resource { arn: arn.clone() };
        policy("resource policy", origin, text, PolicyType::Resource, cache)
    });
    iam_evaluator::Resource { arn, policy: attached, tags: tags(&resource.tags) }
}

fn identity_policies(
    account: &Account,
    identity: &str,
    inline: &[Arc<InlinePolicy>],
    attached: &[String],
    cache: &mut Cache<'_>,
) -> Vec<Arc<Policy>> {
    let mut policies = Vec::with_capacity(inline.len() + attached.len());
    for it in inline {
        let origin = PolicyOrigin::Inline { identity: identity.into() };
        policies.push(policy(&it.name, origin, &it.document, PolicyType::Identity, cache));
    }
    policies.extend(attached.iter().filter_map(|arn| managed(account, arn, cache)));
    policies
}

fn boundary(account: &Account, arn: Option<&str>, cache: &mut Cache<'_>) -> Option<Arc<Policy>> {
    managed(account, arn?, cache)
}

/// A managed policy of the account or of AWS.
fn managed(account: &Account, arn: &str, cache: &mut Cache<'_>) -> Option<Arc<Policy>> {
    let own = account.managed_policy(arn).map(|policy| &policy.document);
    let text = own.or_else(|| built_in::aws_managed_policy(arn).map(|policy| &policy.document))?;
    let name = arn.rsplit('/').next().unwrap_or(arn);
    let origin = PolicyOrigin::Managed { arn: arn.into() };
    Some(policy(name, origin, text, PolicyType::Identity, cache))
}

pub(super) fn policy(
    name: &str,
    origin: PolicyOrigin,
    text: &PolicyText,
    policy_type: PolicyType,
    cache: &mut Cache<'_>,
) -> Arc<Policy> {
    Arc::new(Policy { name: name.into(), origin, document: cache.parse(text, policy_type) })
}

fn tags(pairs: &Pairs<String>) -> Vec<Tag> {
    pairs.iter().map(|(key, value)| Tag::new(key, value)).collect()
}

/// The user, group or role that an ARN of this account names.
pub(crate) fn identity_of(arn: &str) -> Option<(String, Identity)> {
    let (account, resource) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
    let (kind, path_and_name) = resource.split_once('/')?;
    let name = path_and_name.rsplit('/').next()?.to_owned();
    let identity = match kind {
        "user" => Identity::User(name),
        "group" => Identity::Group(name),
        "role" => Identity::Role(name),
        _ => return None,
    };
    Some((account.to_owned(), identity))
}
