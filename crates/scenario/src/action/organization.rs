//! The organization itself: its beginning and end, its feature set, and which policy types are in force.

use std::sync::Arc;

use iam_evaluator::sort_few_by_key;

use super::{attachment, edit};
use crate::built_in::FULL_AWS_ACCESS;
use crate::{Document, Exception, FeatureSet, Organization, OrganizationalUnit, PolicyType};

pub(super) fn create(document: &mut Document, management_account: &str) -> Result<(), Exception> {
    if document.organization.is_some() {
        let message = "This account is already a member of an organization. An account can belong to only one organization at a time.";
        return Err(Exception::new("AlreadyInOrganizationException", message));
    }
    edit::account(document, management_account)?;
    document.organization = Some(Arc::new(Organization {
        management_account: Some(management_account.to_owned()),
        root: Arc::new(OrganizationalUnit {
            accounts: vec![management_account.to_owned()],
            ..Default::default()
        }),
        ..Default::default()
    }));
    edit::account_mut(document, management_account)?.attached_policies =
        attachment::to_begin_with(document);
    Ok(())
}

pub(super) fn delete(document: &mut Document) -> Result<(), Exception> {
    let organization = edit::organization(document)?;
    let has_members = organization
        .root
        .walk()
        .flat_map(|unit| &unit.accounts)
        .any(|id| !organization.is_management_account(id));
    if has_members
        || !organization.root.organizational_units.is_empty()
        || !organization.policies.is_empty()
    {
        let message = "The organization isn't empty. To delete an organization, you must first remove all accounts except the management account, delete all OUs, and delete all policies.";
        return Err(Exception::new("OrganizationNotEmptyException", message));
    }
    if let Some(management_account) = organization.management_account.clone() {
        edit::account_mut(document, &management_account)?.attached_policies.clear();
    }
    document.organization = None;
    Ok(())
}

pub(super) fn set_management_account(document: &mut Document, id: &str) -> Result<(), Exception> {
    edit::organization(document)?;
    if !document.is_member(id) {
        let message = format!("The account `{id}` isn't a member of the organization.");
        return Err(Exception::new("AccountNotFoundException", message));
    }
    if edit::account(document, id)?.state != crate::AccountState::Active {
        let message = "The management account must be active.";
        return Err(Exception::new("ConflictException", message));
    }
    edit::organization_mut(document)?.management_account = Some(id.to_owned());
    Ok(())
}

pub(super) fn set_feature_set(
    document: &mut Document,
    feature_set: FeatureSet,
) -> Result<(), Exception> {
    if edit::organization(document)?.feature_set == feature_set {
        return Ok(());
    }
    for policy_type in edit::organization(document)?.enabled_policy_types.clone() {
        detach_all(document, policy_type)?;
    }
    let organization = edit::organization_mut(document)?;
    organization.feature_set = feature_set;
    organization.enabled_policy_types.clear();
    Ok(())
}

pub(super) fn enable(document: &mut Document, policy_type: PolicyType) -> Result<(), Exception> {
    let organization = edit::organization_mut(document)?;
    if organization.feature_set != FeatureSet::All {
        let message = "You attempted to perform an operation that requires the organization to be configured to support all features. An organization that supports only consolidated billing features can't perform this operation.";
        return Err(Exception::constraint("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE", message));
    }
    if organization.enabled_policy_types.contains(&policy_type) {
        let message = format!(
            "The policy type {} is already enabled in the specified root.",
            policy_type.as_str()
        );
        return Err(Exception::new("PolicyTypeAlreadyEnabledException", message));
    }
    organization.enabled_policy_types.push(policy_type);
    sort_few_by_key(&mut organization.enabled_policy_types, |it| *it);
    // What a document wrote while the type was disabled had no effect and would come as a surprise now.
    detach_all(document, policy_type)?;
    if policy_type == PolicyType::ServiceControlPolicy {
        for_each_attachment(document, &mut |attached| {
            attached.insert(0, FULL_AWS_ACCESS.to_owned())
        })?;
    }
    Ok(())
}

pub(super) fn disable(document: &mut Document, policy_type: PolicyType) -> Result<(), Exception> {
    if !edit::organization(document)?.enabled_policy_types.contains(&policy_type) {
        let message = format!(
            "The policy type {} isn't currently enabled in this root.",
            policy_type.as_str()
        );
        return Err(Exception::new("PolicyTypeNotEnabledException", message));
    }
    detach_all(document, policy_type)?;
    edit::organization_mut(document)?
        .enabled_policy_types
        .retain(|enabled| *enabled != policy_type);
    Ok(())
}

fn detach_all(document: &mut Document, policy_type: PolicyType) -> Result<(), Exception> {
    let before = document.clone();
    let is_of_type =
        |id: &String| before.policy(id).is_some_and(|policy| policy.policy_type == policy_type);
    for_each_attachment(document, &mut |attached| attached.retain(|id| !is_of_type(id)))
}

/// Changes what is attached to the root, every unit and every member account.
fn for_each_attachment(
    document: &mut Document,
    change: &mut impl FnMut(&mut Vec<String>),
) -> Result<(), Exception> {
    let mut members = Vec::new();
    edit::for_each_unit(&mut edit::organization_mut(document)?.root, &mut |unit| {
        change(&mut unit.attached_policies);
        members.extend(unit.accounts.iter().cloned());
    });
    for id in members {
        change(&mut edit::account_mut(document, &id)?.attached_policies);
    }
    Ok(())
}
