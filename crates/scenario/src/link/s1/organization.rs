//! The organization: its settings, its policies and its tree.

use std::sync::Arc;

use super::stream::{Reader, Writer};
use super::{Policies, policy};
use crate::document::DEEPEST_UNIT;
use crate::link::LinkError;
use crate::{Document, FeatureSet, Organization, OrganizationalUnit, Policy, PolicyType};

pub(super) fn write(writer: &mut Writer, document: &Document, organization: &Organization) {
    let types = &organization.enabled_policy_types;
    let usual_types = *types == Organization::default().enabled_policy_types;
    let billing = organization.feature_set == FeatureSet::ConsolidatedBilling;
    writer.flags([organization.management_account.is_some(), billing, !usual_types]);
    let account = |id: &str| {
        document.accounts.iter().position(|account| account.id == id).unwrap_or_default()
    };
    if let Some(id) = &organization.management_account {
        writer.number(account(id));
    }
    if !usual_types {
        writer.list(types, |writer, policy_type| writer.number(number_of(*policy_type)));
    }
    writer.list(&organization.policies, |writer, policy| write_policy(writer, policy));
    let root = organization.root.id.strip_prefix("r-").unwrap_or_default();
    writer.text(root);
    let policies = Policies::of(Some(organization));
    let tree = &mut Tree { policies, prefix: format!("ou-{root}-"), next: 0 };
    tree.write(writer, &organization.root, &account);
}

pub(super) fn read(
    reader: &mut Reader<'_>,
    id: String,
    accounts: &[String],
) -> Result<Organization, LinkError> {
    let [has_management_account, billing, own_types] = reader.flags()?;
    let management_account = match has_management_account {
        true => Some(accounts.get(reader.number()?).ok_or(LinkError::Corrupt)?.clone()),
        false => None,
    };
    let mut organization = Organization { id, management_account, ..Organization::default() };
    if billing {
        organization.feature_set = FeatureSet::ConsolidatedBilling;
    }
    if own_types {
        organization.enabled_policy_types = reader.list(|reader| policy_type(reader.number()?))?;
    }
    organization.policies = reader.list(|reader| read_policy(reader).map(Arc::new))?;
    let root = reader.text()?;
    let policies = Policies::of(Some(&organization));
    let mut tree = Tree { policies, prefix: format!("ou-{root}-"), next: 0 };
    let root = Arc::new(tree.read(reader, format!("r-{root}"), accounts, 0)?);
    Ok(Organization { root, ..organization })
}

fn write_policy(writer: &mut Writer, policy: &Policy) {
    writer.flags([
        policy.policy_type == PolicyType::ResourceControlPolicy,
        !policy.description.is_empty(),
        policy.name == policy.id,
    ]);
    writer.text(policy.id.strip_prefix("p-").unwrap_or_default());
    if policy.name != policy.id {
        writer.text(&policy.name);
    }
    writer.optional_text(&policy.description);
    policy::write(writer, &policy.document);
}

fn read_policy(reader: &mut Reader<'_>) -> Result<Policy, LinkError> {
    let [is_rcp, has_description, named_by_id] = reader.flags()?;
    let id = format!("p-{}", reader.text()?);
    Ok(Policy {
        name: if named_by_id { id.clone() } else { reader.text()? },
        id,
        policy_type: policy_type(usize::from(is_rcp))?,
        description: reader.optional_text(has_description)?,
        document: policy::read(reader)?,
    })
}

fn number_of(policy_type: PolicyType) -> usize {
    match policy_type {
        PolicyType::ServiceControlPolicy => 0,
        PolicyType::ResourceControlPolicy => 1,
    }
}

fn policy_type(number: usize) -> Result<PolicyType, LinkError> {
    match number {
        0 => Ok(PolicyType::ServiceControlPolicy),
        1 => Ok(PolicyType::ResourceControlPolicy),
        _ => Err(LinkError::Corrupt),
    }
}

/// The walk through the tree. Accounts mostly come in the order in which they are listed, so their numbers are
/// written as the distance from the one that is next: 0, or 1 more than twice the distance forward, or twice backward.
struct Tree<'a> {
    policies: Policies<'a>,
    prefix: String,
    next: usize,
}

impl Tree<'_> {
    fn write(
        &mut self,
        writer: &mut Writer,
        unit: &OrganizationalUnit,
        account: &impl Fn(&str) -> usize,
    ) {
        let has = |count: usize| count > 0;
        let is_root_named_root = unit.name == "Root";
        writer.flags([
            has(unit.accounts.len()),
            has(unit.organizational_units.len()),
            is_root_named_root,
        ]);
        if !is_root_named_root {
            writer.text(&unit.name);
        }
        self.policies.write(writer, &unit.attached_policies);
        writer.optional_list(&unit.accounts, |writer, id| {
            let number = account(id);
            let distance = match number.checked_sub(self.next) {
                Some(0) => 0,
                Some(forward) => 2 * forward - 1,
                None => 2 * (self.next - number),
            };
            writer.number(distance);
            self.next = number + 1;
        });
        writer.optional_list(&unit.organizational_units, |writer, below| {
            let own = below.id.strip_prefix(&self.prefix);
            // An id with another prefix is written in full; only then is there a hyphen in it.
            writer.text(own.unwrap_or(&below.id));
            self.write(writer, below, account);
        });
    }

    fn read(
        &mut self,
        reader: &mut Reader<'_>,
        id: String,
        accounts: &[String],
        depth: usize,
    ) -> Result<OrganizationalUnit, LinkError> {
        if depth > DEEPEST_UNIT {
            return Err(LinkError::Corrupt);
        }
        let [has_accounts, has_units, is_root_named_root] = reader.flags()?;
        let name = if is_root_named_root { "Root".to_owned() } else { reader.text()? };
        let attached_policies = self.policies.read(reader)?;
        let accounts_here = reader.optional_list(has_accounts, |reader| {
            let distance = reader.number()?;
            let number = match distance % 2 {
                1 => self.next.checked_add(distance.div_ceil(2)),
                _ => self.next.checked_sub(distance / 2),
            };
            let number = number.ok_or(LinkError::Corrupt)?;
            self.next = number + 1;
            accounts.get(number).cloned().ok_or(LinkError::Corrupt)
        })?;
        let organizational_units = reader.optional_list(has_units, |reader| {
            let own = reader.text()?;
            let id = if own.contains('-') { own } else { format!("{}{own}", self.prefix) };
            self.read(reader, id, accounts, depth + 1).map(Arc::new)
        })?;
        Ok(OrganizationalUnit {
            id,
            name,
            attached_policies,
            accounts: accounts_here,
            organizational_units,
        })
    }
}
