//! The organization's tree with the policies attached to each target.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use iam_evaluator::{
    AccountId, OrganizationBuilder, OrganizationSettings, Policy, PolicyOrigin, TargetIndex,
    TargetPolicies,
};

use super::account;
use super::cache::Cache;
use crate::{Document, Organization, OrganizationalUnit, PolicyType, built_in};

/// Puts the organization together: the tree with its accounts, then the accounts outside it.
pub(super) fn organization(
    document: &Document,
    cache: &mut Cache<'_>,
) -> iam_evaluator::Organization {
    let mut assembly = match document.organization() {
        None => Assembly::new(document, iam_evaluator::Organization::standalone(), BTreeMap::new()),
        Some(organization) => {
            let builder = iam_evaluator::Organization::builder(settings(organization));
            let mut assembly = Assembly::new(document, builder, policies(organization, cache));
            let root = &organization.root;
            let policies = assembly.attached(&root.attached_policies);
            let index = assembly.builder.root(&root.id, &root.name, policies);
            assembly.children(root, index, cache);
            assembly
        }
    };
    assembly.outsiders(cache);
    assembly.builder.build()
}

fn settings(organization: &Organization) -> OrganizationSettings {
    let management = organization.management_account.as_deref();
    OrganizationSettings {
        id: organization.id.as_str().into(),
        management_account: management.and_then(|id| id.parse().ok()),
        service_control_policies: organization.is_enabled(PolicyType::ServiceControlPolicy),
        resource_control_policies: organization.is_enabled(PolicyType::ResourceControlPolicy),
    }
}

/// Every policy of the organization and of AWS, by id, with its type.
type Policies = BTreeMap<String, (PolicyType, Arc<Policy>)>;

fn policies(organization: &Organization, cache: &mut Cache<'_>) -> Policies {
    let own = organization.policies.iter().map(|policy| (policy, false));
    let aws = built_in::organization_policies().iter().map(|policy| (policy, true));
    let mut all = Policies::new();
    for (policy, is_aws) in own.chain(aws) {
        let origin = PolicyOrigin::Organizations {
            id: policy.id.as_str().into(),
            arn: arn(organization, policy, is_aws),
        };
        let policy_type = super::place::evaluated_type(policy.policy_type);
        let compiled = account::policy(&policy.name, origin, &policy.document, policy_type, cache);
        all.insert(policy.id.clone(), (policy.policy_type, compiled));
    }
    all
}

/// The policy's ARN, in which the management account stands.
fn arn(organization: &Organization, policy: &crate::Policy, is_aws: bool) -> Option<Box<str>> {
    let (kind, id) = (policy.policy_type.as_str().to_ascii_lowercase(), &policy.id);
    if is_aws {
        return Some(format!("arn:aws:organizations::aws:policy/{kind}/{id}").into());
    }
    let management = organization.management_account.as_deref()?;
    let organization = &organization.id;
    Some(format!("arn:aws:organizations::{management}:policy/{organization}/{kind}/{id}").into())
}

struct Assembly<'a> {
    document: &'a Document,
    by_id: BTreeMap<&'a str, &'a Arc<crate::Account>>,
    builder: OrganizationBuilder,
    policies: Policies,
}

impl<'a> Assembly<'a> {
    fn new(document: &'a Document, builder: OrganizationBuilder, policies: Policies) -> Self {
        let mut by_id = BTreeMap::new();
        for account in document.accounts() {
            by_id.insert(account.id.as_str(), account);
        }
        Assembly { document, by_id, builder, policies }
    }

    fn attached(&self, ids: &[String]) -> TargetPolicies {
        let of = |wanted: PolicyType| {
            let policies = ids.iter().filter_map(|id| self.policies.get(id));
            policies
                .filter(|(policy_type, _)| *policy_type == wanted)
                .map(|(_, policy)| Arc::clone(policy))
                .collect()
        };
        TargetPolicies {
            service_control_policies: of(PolicyType::ServiceControlPolicy),
            resource_control_policies: of(PolicyType::ResourceControlPolicy),
        }
    }

    /// The recursion ends at the fifth level of OUs: a document has no deeper one.
    fn children(&mut self, unit: &OrganizationalUnit, index: TargetIndex, cache: &mut Cache<'_>) {
        for id in &unit.accounts {
            if let Some(account) = self.by_id.get(id.as_str()).copied() {
                self.account(Some(index), account, cache);
            }
        }
        for below in &unit.organizational_units {
            let policies = self.attached(&below.attached_policies);
            // A unit's parent is a unit, so it always finds its place.
            if let Ok(inner) =
                self.builder.organizational_unit(index, &below.id, &below.name, policies)
            {
                self.children(below, inner, cache);
            }
        }
    }

    fn account(
        &mut self,
        parent: Option<TargetIndex>,
        account: &Arc<crate::Account>,
        cache: &mut Cache<'_>,
    ) {
        let Ok(id) = account.id.parse::<AccountId>() else { return };
        let policies = self.attached(&account.attached_policies);
        let compiled = cache.account(account, |cache| account::compile(account, id, cache));
        // An account stands in a document once, so it always finds its place.
        let _ = self.builder.account(parent, compiled, policies);
    }

    /// The accounts that are in no OU and not in the root.
    fn outsiders(&mut self, cache: &mut Cache<'_>) {
        let mut members: HashSet<&str> = HashSet::new();
        if let Some(organization) = self.document.organization() {
            let units = organization.root.walk();
            members.extend(units.flat_map(|unit| unit.accounts.iter().map(String::as_str)));
        }
        for account in self.document.accounts() {
            if !members.contains(account.id.as_str()) {
                self.account(None, account, cache);
            }
        }
    }
}
