//! Creating, changing and deleting the policies of an organization.

use std::sync::Arc;

use super::edit;
use crate::{Document, Exception, FeatureSet, Organization, Policy, PolicyText, PolicyType, names};

pub(super) fn create(
    document: &mut Document,
    id: &str,
    name: &str,
    policy_type: PolicyType,
    description: &str,
    text: &PolicyText,
) -> Result<(), Exception> {
    edit::check_pattern(names::is_policy_id(id), id)?;
    let organization = edit::organization(document)?;
    if organization.feature_set != FeatureSet::All {
        let message = "You can't use the specified policy type with the feature set currently enabled for this organization.";
        return Err(Exception::new("PolicyTypeNotAvailableForOrganizationException", message));
    }
    check_name(document, id, name, policy_type, description)?;
    if document.policy(id).is_some() {
        return Err(Exception::new(
            "DuplicatePolicyException",
            format!("A policy with the id `{id}` already exists."),
        ));
    }
    let policy = Policy {
        id: id.to_owned(),
        name: name.to_owned(),
        policy_type,
        description: description.to_owned(),
        document: text.clone(),
    };
    edit::organization_mut(document)?.policies.push(Arc::new(policy));
    Ok(())
}

pub(super) fn update(
    document: &mut Document,
    id: &str,
    name: &str,
    description: &str,
) -> Result<(), Exception> {
    let policy_type = document.policy(id).ok_or_else(|| not_found(id))?.policy_type;
    check_name(document, id, name, policy_type, description)?;
    let policy = policy_mut(document, id)?;
    policy.name = name.to_owned();
    policy.description = description.to_owned();
    Ok(())
}

pub(super) fn delete(document: &mut Document, id: &str) -> Result<(), Exception> {
    edit::check_own_policy(id)?;
    let organization = edit::organization(document)?;
    if !organization.policies.iter().any(|policy| policy.id == id) {
        return Err(not_found(id));
    }
    check_not_attached(document, organization, id)?;
    edit::organization_mut(document)?.policies.retain(|policy| policy.id != id);
    Ok(())
}

fn check_not_attached(
    document: &Document,
    organization: &Organization,
    id: &str,
) -> Result<(), Exception> {
    let on_units = organization.root.walk().map(|unit| (&unit.name, &unit.attached_policies));
    let on_accounts =
        document.accounts.iter().map(|account| (&account.name, &account.attached_policies));
    let mut holders = on_units
        .chain(on_accounts)
        .filter(|(_, attached)| attached.iter().any(|attached| attached == id));
    if let Some((name, _)) = holders.next() {
        let others = match holders.count() {
            0 => String::new(),
            others => format!(" and {others} more"),
        };
        let message = format!(
            "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation: {name}{others}."
        );
        return Err(Exception::new("PolicyInUseException", message));
    }
    Ok(())
}

pub(super) fn policy_mut<'a>(
    document: &'a mut Document,
    id: &str,
) -> Result<&'a mut Policy, Exception> {
    edit::check_own_policy(id)?;
    let found =
        edit::organization_mut(document)?.policies.iter_mut().find(|policy| policy.id == id);
    found.map(Arc::make_mut).ok_or_else(|| not_found(id))
}

pub(super) fn not_found(id: &str) -> Exception {
    Exception::new("PolicyNotFoundException", format!("There is no policy `{id}`."))
}

fn check_name(
    document: &Document,
    id: &str,
    name: &str,
    policy_type: PolicyType,
    description: &str,
) -> Result<(), Exception> {
    edit::check_length(name, 128)?;
    if !description.is_empty() {
        edit::check_length(description, 512)?;
    }
    let mut policies = edit::organization(document)?.policies.iter();
    if policies
        .any(|policy| policy.id != id && policy.policy_type == policy_type && policy.name == name)
    {
        let message = "A policy with the same name already exists.";
        return Err(Exception::new("DuplicatePolicyException", message));
    }
    Ok(())
}
