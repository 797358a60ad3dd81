//! What must hold in the organization: ids, names, the shape of the tree, and what is attached to it.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Outcome, check_length, once, require};
use crate::document::{Document, Organization, OrganizationalUnit, Policy};
use crate::{built_in, names};

/// How many levels of organizational units a root can have below it.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub(crate) const DEEPEST_UNIT: usize = 5;

pub(super) fn check(document: &Document, organization: &Organization) -> Outcome {
    require(
        names::is_organization_id(&organization.id),
        || "organization.id".to_owned(),
        || {
            format!(
                "`{}` is not the id of an organization, such as `o-exampleorgid`",
                organization.id
            )
        },
    )?;
    let mut types = HashSet::new();
    for (index, policy_type) in organization.enabled_policy_types.iter().enumerate() {
        let place = || format!("organization.enabledPolicyTypes[{index}]");
        once(&mut types, policy_type, place, || {
            format!("`{}` is written twice", policy_type.as_str())
        })?;
    }
    check_policies(&organization.policies)?;
    let listed = document.accounts.iter().map(|account| account.id.as_str()).collect();
    let mut tree = Tree { listed, ids: HashSet::new(), accounts: HashSet::new() };
    tree.check(document, &organization.root, "organization.root", 0)?;
    match &organization.management_account {
        Some(id) => require(
            tree.accounts.contains(id.as_str()),
            || "organization.managementAccount".to_owned(),
            || format!("the account `{id}` is not in the tree"),
        ),
        None => Ok(()),
    }
}

/// Checks that attached policies exist, each once.
pub(super) fn check_attachments(
    document: &Document,
    policies: &[String],
    place: impl Fn() -> String,
) -> Outcome {
    let mut seen = HashSet::new();
    for (index, id) in policies.iter().enumerate() {
        let place = || format!("{}.attachedPolicies[{index}]", place());
        require(document.policy(id).is_some(), place, || format!("there is no policy `{id}`"))?;
        once(&mut seen, id, place, || format!("the policy `{id}` is attached twice"))?;
    }
    Ok(())
}

fn check_policies(policies: &[Arc<Policy>]) -> Outcome {
    let (mut ids, mut policy_names) = (HashSet::new(), HashSet::new());
    for (index, policy) in policies.iter().enumerate() {
        let Policy { id, name, policy_type, description, .. } = &**policy;
        let place = |member: &str| format!("organization.policies[{index}].{member}");
        let wrong_id = || format!("`{id}` is not the id of a policy, such as `p-examplepolicy`");
        require(names::is_policy_id(id), || place("id"), wrong_id)?;
        let own = built_in::organization_policy(id).is_none();
        require(
            own,
            || place("id"),
            || format!("`{id}` is AWS's own policy; it needs no definition"),
        )?;
        once(&mut ids, id, || place("id"), || format!("the policy `{id}` is defined twice"))?;
        check_length(name, 128, || place("name"))?;
        let same_name =
            || format!("there are two policies of type {} named `{name}`", policy_type.as_str());
        once(&mut policy_names, (policy_type, name), || place("name"), same_name)?;
        let short = description.chars().count() <= 512;
        require(
            short,
            || place("description"),
            || "a description has at most 512 characters".to_owned(),
        )?;
    }
    Ok(())
}

/// The walk through the tree: which accounts there are, and what has been met so far.
struct Tree<'a> {
    listed: HashSet<&'a str>,
    ids: HashSet<&'a str>,
    accounts: HashSet<&'a str>,
}

impl<'a> Tree<'a> {
    /// Checks a unit and, no deeper than AWS allows, the units below it.
    fn check(
        &mut self,
        document: &Document,
        unit: &'a OrganizationalUnit,
        place: &str,
        depth: usize,
    ) -> Outcome {
        let id = &unit.id;
        require(
            depth <= DEEPEST_UNIT,
            || place.to_owned(),
            || {
                format!(
                    "an organization has at most {DEEPEST_UNIT} levels of organizational units (OU_DEPTH_LIMIT_EXCEEDED)"
                )
            },
        )?;
        let (fits, example) = match depth {
            0 => (names::is_root_id(id), "root, such as `r-root`"),
            _ => (
                names::is_organizational_unit_id(id),
                "organizational unit, such as `ou-root-exampleou`",
            ),
        };
        require(
            fits,
            || format!("{place}.id"),
            || format!("`{id}` is not the id of a{} {example}", if depth == 0 { "" } else { "n" }),
        )?;
        let twice = || format!("there are two organizational units with the id `{id}`");
        once(&mut self.ids, id.as_str(), || format!("{place}.id"), twice)?;
        check_length(&unit.name, 128, || format!("{place}.name"))?;
        check_attachments(document, &unit.attached_policies, || place.to_owned())?;
        for (index, account) in unit.accounts.iter().enumerate() {
            let place = || format!("{place}.accounts[{index}]");
            require(self.listed.contains(account.as_str()), place, || {
                format!(
                    "there is no account `{account}`; every account of the tree is listed in `accounts`"
                )
            })?;
            once(&mut self.accounts, account.as_str(), place, || {
                format!("the account `{account}` is in two places of the tree")
            })?;
        }
        let mut siblings = HashSet::new();
        for (index, below) in unit.organizational_units.iter().enumerate() {
            let place = format!("{place}.organizationalUnits[{index}]");
            self.check(document, below, &place, depth + 1)?;
            once(
                &mut siblings,
                below.name.as_str(),
                || format!("{place}.name"),
                || {
                    format!(
                        "there are two organizational units named `{}` side by side",
                        below.name
                    )
                },
            )?;
        }
        Ok(())
    }
}
