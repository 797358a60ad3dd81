//! The calls that build an organization from nothing.

use super::organization::{
    attach, create_account, create_policy, create_unit, invite, move_account,
};
use super::{Script, shell};
use crate::built_in::FULL_AWS_ACCESS;
use crate::{Document, FeatureSet, JoinedMethod, Organization, OrganizationalUnit, PolicyType};

/// Writes the calls that build the document's organization from nothing, to be made in what becomes the management account:
/// the organization, its policies, its OUs and accounts, and what is attached where. Empty without an organization.
///
/// The policies on a node are attached before `FullAWSAccess` is detached from it: AWS keeps at least one SCP on each.
///
/// ```
/// use iam_scenario::{Document, from_scratch};
///
/// let document = Document::from_json(r#"{ "format": 1, "organization": { "enabledPolicyTypes": [] } }"#)?;
/// let script = from_scratch(&document);
/// assert!(script.contains("aws organizations create-organization --feature-set ALL\n"));
/// assert_eq!(from_scratch(&Document::default()), "");
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
pub fn from_scratch(document: &Document) -> String {
    let Some(organization) = document.organization() else { return String::new() };
    let mut script = Script::default();
    begin(&mut script, organization);
    let all = organization.feature_set == FeatureSet::All;
    for policy in organization.policies.iter().filter(|_| all) {
        let named = (policy.id.as_str(), policy.name.as_str(), policy.description.as_str());
        create_policy(&mut script, named, policy.policy_type, &policy.document);
    }
    units(&mut script, &organization.root);
    accounts(&mut script, document, organization, &organization.root);
    if all {
        attachments(&mut script, document, organization, &organization.root);
    }
    format!(
        "#!/bin/sh\n# Builds the organization. Run it with credentials of the management account.\nset -eu\n\n{}",
        script.text()
    )
}

fn begin(script: &mut Script, organization: &Organization) {
    let features = match organization.feature_set {
        FeatureSet::All => "ALL",
        FeatureSet::ConsolidatedBilling => "CONSOLIDATED_BILLING",
    };
    script.call("organizations create-organization", &[("feature-set", features)]);
    let root = &organization.root.id;
    script.make("ROOT", root, "'Roots[0].Id'", "organizations list-roots", &[]);
    if organization.feature_set == FeatureSet::All {
        policy_types(script, organization);
    }
}

/// Enables the policy types; `CreateOrganization` with all features has enabled SCPs itself and would refuse it again.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
fn policy_types(script: &mut Script, organization: &Organization) {
    let wanted = |of| organization.enabled_policy_types.contains(&of);
    let (scp, rcp) = (PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy);
    let mut call = |verb: &str, of: PolicyType| {
        let parameters = [("root-id", organization.root.id.as_str()), ("policy-type", of.as_str())];
        script.call(&format!("organizations {verb}-policy-type"), &parameters);
    };
    if !wanted(scp) {
        call("disable", scp);
    }
    if wanted(rcp) {
        call("enable", rcp);
    }
}

fn units(script: &mut Script, parent: &OrganizationalUnit) {
    for unit in &parent.organizational_units {
        create_unit(script, &parent.id, &unit.id, &unit.name);
        units(script, unit);
    }
}

/// Opens or invites the accounts, which arrive in the root, and moves them to their places.
fn accounts(
    script: &mut Script,
    document: &Document,
    organization: &Organization,
    unit: &OrganizationalUnit,
) {
    let root = &organization.root.id;
    for id in &unit.accounts {
        let management = organization.is_management_account(id);
        match document.account(id) {
            _ if management => {
                script.line(format!("ACCOUNT_MANAGEMENT={}", shell::quoted(id)));
                script.variables.insert(id.clone(), "ACCOUNT_MANAGEMENT".to_owned());
            }
            Some(account) if account.joined_method == JoinedMethod::Created => {
                create_account(script, id, &account.name, &account.email);
            }
            _ => invite(script, id),
        }
        if unit.id != *root {
            move_account(script, id, root, &unit.id);
        }
    }
    for unit in &unit.organizational_units {
        accounts(script, document, organization, unit);
    }
}

fn attachments(
    script: &mut Script,
    document: &Document,
    organization: &Organization,
    unit: &OrganizationalUnit,
) {
    node(script, organization, &unit.attached_policies, &unit.id);
    for id in &unit.accounts {
        if let Some(account) = document.account(id) {
            node(script, organization, &account.attached_policies, id);
        }
    }
    for unit in &unit.organizational_units {
        attachments(script, document, organization, unit);
    }
}

/// What is attached to one node; AWS has put `FullAWSAccess` on it.
fn node(script: &mut Script, organization: &Organization, attached: &[String], target: &str) {
    for policy in attached.iter().filter(|id| *id != FULL_AWS_ACCESS) {
        attach(script, policy, target);
    }
    let limited = organization.is_enabled(PolicyType::ServiceControlPolicy);
    if limited && !attached.iter().any(|id| id == FULL_AWS_ACCESS) {
        script.call(
            "organizations detach-policy",
            &[("policy-id", FULL_AWS_ACCESS), ("target-id", target)],
        );
    }
}
