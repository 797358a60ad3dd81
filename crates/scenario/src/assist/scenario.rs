//! What a policy may say of the scenario: its accounts, principals, resources and organizational units.

use std::sync::Arc;

use crate::{Account, Document, OrganizationalUnit};

/// A text that a policy may contain, and what it stands for.
pub(super) type Known = (String, String);

/// The ids of the accounts.
pub(super) fn accounts(document: &Document) -> Vec<Known> {
    document.accounts().iter().map(|account| (account.id.clone(), account.name.clone())).collect()
}

/// The account's name and, in an organization, the path to it: `dev-1 (Root / Development)`.
pub(super) fn account_words(document: &Document, account: &Account) -> String {
    let path: Vec<&str> = document.path_to(&account.id).iter().map(|it| it.name.as_str()).collect();
    match path.is_empty() {
        true => format!("{}, outside of the organization", account.name),
        false => format!("{} ({})", account.name, path.join(" / ")),
    }
}

/// Users and roles by their ARNs.
pub(super) fn identities(document: &Document) -> Vec<Known> {
    let mut known = Vec::new();
    for account in document.accounts() {
        let says = |kind: &str| format!("{kind} in {}", account.name);
        known.extend(account.roles.iter().map(|it| (account.role_arn(it), says("role"))));
        known.extend(account.users.iter().map(|it| (account.user_arn(it), says("user"))));
    }
    known
}

/// Accounts as principals.
pub(super) fn roots(document: &Document) -> Vec<Known> {
    let root = |account: &Arc<Account>| {
        (format!("arn:aws:iam::{}:root", account.id), format!("account {}", account.name))
    };
    document.accounts().iter().map(root).collect()
}

/// Everything with an ARN: resources, roles, users, policies.
pub(super) fn resources(document: &Document) -> Vec<Known> {
    let mut known = Vec::new();
    for account in document.accounts() {
        let says = |kind: &str| format!("{kind} in {}", account.name);
        known.extend(account.resources.iter().map(|it| (it.arn.clone(), says("resource"))));
        let policies = account.managed_policies.iter();
        known.extend(policies.map(|it| (account.managed_policy_arn(it), says("policy"))));
    }
    known.extend(identities(document));
    known
}

/// The organization's id.
pub(super) fn organization(document: &Document) -> Vec<Known> {
    let organization = document.organization().into_iter();
    organization.map(|it| (it.id.clone(), "this organization".to_owned())).collect()
}

/// Root and organizational units as `aws:PrincipalOrgPaths` writes them, each with everything below it.
pub(super) fn paths(document: &Document) -> Vec<Known> {
    fn walk(unit: &OrganizationalUnit, before: &str, known: &mut Vec<Known>) {
        let path = format!("{before}{}/", unit.id);
        known.push((format!("{path}*"), format!("{} and all below", unit.name)));
        for child in &unit.organizational_units {
            walk(child, &path, known);
        }
    }
    let mut known = Vec::new();
    if let Some(organization) = document.organization() {
        walk(&organization.root, &format!("{}/", organization.id), &mut known);
    }
    known
}
