//! Small organizations in which one part of a decision can be asked alone, by the evaluator itself.
//!
//! Each holds one account on its path from the root, so that all keys which follow from the place have their values.

use std::sync::Arc;

use iam_evaluator::{
    Account, Membership, Organization, OrganizationSettings, Policy, PolicyDocument, PolicyOrigin,
    PolicyType, RequestPrincipal, TargetKind, TargetPolicies,
};

/// Which policies of the organization count in a small organization.
pub(crate) trait Kept {
    /// The SCPs at a depth below the root; `None`: SCPs do not count at all.
    fn service_control_policies(&self, depth: usize) -> Option<Vec<Arc<Policy>>>;
    /// The RCPs at a depth below the root; `None`: RCPs do not count at all.
    fn resource_control_policies(&self, depth: usize) -> Option<Vec<Arc<Policy>>>;
}

/// No guardrails.
pub(crate) struct Nothing;

impl Kept for Nothing {
    fn service_control_policies(&self, _: usize) -> Option<Vec<Arc<Policy>>> {
        None
    }

    fn resource_control_policies(&self, _: usize) -> Option<Vec<Arc<Policy>>> {
        None
    }
}

/// The organization with this account alone in it, at its place.
pub(crate) fn around(
    organization: &Organization,
    membership: &Membership,
    account: Arc<Account>,
    kept: &dyn Kept,
) -> Organization {
    let settings = organization.settings();
    let target = membership.target().and_then(|index| organization.target(index));
    let Some((settings, target)) = settings.zip(target) else {
        let mut builder = Organization::standalone();
        // One account alone stands nowhere twice.
        let _ = builder.account(None, account, TargetPolicies::default());
        return builder.build();
    };
    let policies = |depth| TargetPolicies {
        service_control_policies: kept.service_control_policies(depth).unwrap_or_default(),
        resource_control_policies: kept.resource_control_policies(depth).unwrap_or_default(),
    };
    let mut builder = Organization::builder(OrganizationSettings {
        service_control_policies: kept.service_control_policies(0).is_some(),
        resource_control_policies: kept.resource_control_policies(0).is_some(),
        ..settings.clone()
    });
    let mut above = None;
    let path = target.levels().iter().filter_map(|index| organization.target(*index));
    for (depth, target) in path.enumerate() {
        above = match (target.kind, above) {
            (TargetKind::OrganizationalUnit, Some(parent)) => {
                builder.organizational_unit(parent, &target.id, &target.name, policies(depth)).ok()
            }
            (TargetKind::Account, parent) => {
                let _ = builder.account(parent, Arc::clone(&account), policies(depth));
                parent
            }
            _ => Some(builder.root(&target.id, &target.name, policies(depth))),
        };
    }
    builder.build()
}

/// The account with nothing in it but the caller.
pub(crate) fn alone(account: &Account, caller: &RequestPrincipal) -> Account {
    let mut alone = Account::new(account.id, &account.name);
    match caller {
        RequestPrincipal::User(user) => alone.users.extend(account.user(&user.name).cloned()),
        RequestPrincipal::AssumedRole { role, .. } => {
            alone.roles.extend(account.role(&role.name).cloned());
        }
        // The session's name tells which user made it only among all of them.
        RequestPrincipal::FederatedUser { .. } => alone.users.clone_from(&account.users),
        _ => {}
    }
    alone
}

/// The same with policies that allow everything, so that only the organization limits the caller.
pub(crate) fn alone_with_everything(
    account: &Account,
    caller: &RequestPrincipal,
    everything: &Arc<Policy>,
) -> Account {
    let mut alone = alone(account, caller);
    for user in &mut alone.users {
        user.policies = vec![Arc::clone(everything)];
        user.permissions_boundary = None;
    }
    for role in &mut alone.roles {
        role.policies = vec![Arc::clone(everything)];
        role.permissions_boundary = None;
        role.trust_policy = None;
    }
    alone
}

/// A policy that allows everything.
pub(crate) fn everything(policy_type: PolicyType) -> Arc<Policy> {
    let principal = if policy_type == PolicyType::Resource { r#""Principal":"*","# } else { "" };
    let statement = format!(r#"{{"Effect":"Allow",{principal}"Action":"*","Resource":"*"}}"#);
    let text = format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#);
    Arc::new(Policy {
        name: "everything".into(),
        origin: PolicyOrigin::Request { index: 0 },
        document: Arc::new(PolicyDocument::parse(&text, policy_type)),
    })
}

/// The guardrails of an account as they are.
pub(crate) struct AsItIs<'a>(pub &'a Organization, pub &'a Membership);

impl AsItIs<'_> {
    fn policies(&self, depth: usize) -> Option<&TargetPolicies> {
        let AsItIs(organization, membership) = self;
        let target = organization.target(membership.target()?)?;
        let level = target.levels().get(depth)?;
        Some(&organization.target(*level)?.policies)
    }
}

impl Kept for AsItIs<'_> {
    fn service_control_policies(&self, depth: usize) -> Option<Vec<Arc<Policy>>> {
        let counts = self.0.settings()?.service_control_policies;
        let policies = self.policies(depth)?;
        counts.then(|| policies.service_control_policies.clone())
    }

    fn resource_control_policies(&self, depth: usize) -> Option<Vec<Arc<Policy>>> {
        let counts = self.0.settings()?.resource_control_policies;
        let policies = self.policies(depth)?;
        counts.then(|| policies.resource_control_policies.clone())
    }
}
