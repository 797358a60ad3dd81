//! Building an [`Organization`] from the root down, so that its tree is one from the start.

use std::fmt;
use std::sync::Arc;

use super::{
    Account, Membership, Organization, ResourcePlace, Target, TargetIndex, TargetKind,
    TargetPolicies,
};
use crate::arn::AccountId;

/// What an organization is called and which policies count in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationSettings {
    /// `o-…`.
    pub id: Box<str>,
    /// The account that neither SCPs nor RCPs limit; `None` where it is not in view.
    pub management_account: Option<AccountId>,
    /// All features are on and SCPs are enabled on the root.
    pub service_control_policies: bool,
    /// All features are on and RCPs are enabled on the root.
    pub resource_control_policies: bool,
}

/// An [`Organization`] in the making.
#[derive(Debug)]
pub struct OrganizationBuilder {
    organization: Organization,
}

impl OrganizationBuilder {
    pub(super) fn new(settings: Option<OrganizationSettings>) -> Self {
        let organization = Organization {
            settings,
            targets: Vec::new(),
            members: Vec::new(),
            resources: Vec::new(),
        };
        Self { organization }
    }

    /// Adds the root. A second root stands beside the first one and is its own tree: AWS knows only one.
    pub fn root(&mut self, id: &str, name: &str, policies: TargetPolicies) -> TargetIndex {
        let organization_id =
            self.organization.settings.as_ref().map_or("", |settings| &*settings.id);
        let path = format!("{organization_id}/{id}/").into();
        self.add(None, TargetKind::Root, id, name, policies, path)
    }

    /// Adds an OU below a root or another OU.
    ///
    /// # Errors
    /// Where the parent is an account or not a target of this organization.
    pub fn organizational_unit(
        &mut self,
        parent: TargetIndex,
        id: &str,
        name: &str,
        policies: TargetPolicies,
    ) -> Result<TargetIndex, OrganizationError> {
        let above = self.parent(parent)?;
        let path = format!("{}{id}/", above.path).into();
        Ok(self.add(Some(parent), TargetKind::OrganizationalUnit, id, name, policies, path))
    }

    /// Adds an account below a root or an OU, or outside the organization.
    ///
    /// # Errors
    /// Where the account stands already, or the parent is not a root or an OU of this organization.
    pub fn account(
        &mut self,
        parent: Option<TargetIndex>,
        account: Arc<Account>,
        policies: TargetPolicies,
    ) -> Result<Option<TargetIndex>, OrganizationError> {
        let members = &self.organization.members;
        let Err(at) = members.binary_search_by_key(&account.id, |membership| membership.account.id)
        else {
            return Err(OrganizationError::DuplicateAccount(account.id));
        };
        let target = match parent {
            None => None,
            Some(parent) => {
                let path = self.parent(parent)?.path.clone();
                let id = account.id.as_str();
                Some(self.add(Some(parent), TargetKind::Account, id, &account.name, policies, path))
            }
        };
        self.organization.members.insert(at, Membership { account, target });
        Ok(target)
    }

    /// The finished organization.
    #[must_use]
    pub fn build(mut self) -> Organization {
        let places = self.organization.members.iter().flat_map(|membership| {
            let account = &membership.account;
            account.resources.iter().enumerate().map(|(index, resource)| ResourcePlace {
                arn: resource.arn.clone(),
                account: account.id,
                index,
            })
        });
        let mut resources: Vec<_> = places.collect();
        resources.sort_by(|left, right| left.arn.cmp(&right.arn));
        self.organization.resources = resources;
        self.organization
    }

    fn parent(&self, index: TargetIndex) -> Result<&Target, OrganizationError> {
        let target = self.organization.target(index);
        target
            .filter(|target| target.kind != TargetKind::Account)
            .ok_or(OrganizationError::NotAParent)
    }

    fn add(
        &mut self,
        parent: Option<TargetIndex>,
        kind: TargetKind,
        id: &str,
        name: &str,
        policies: TargetPolicies,
        path: Box<str>,
    ) -> TargetIndex {
        let index = TargetIndex(u32::try_from(self.organization.targets.len()).unwrap_or(u32::MAX));
        let above = parent.and_then(|parent| self.organization.target(parent));
        let levels = above
            .into_iter()
            .flat_map(|target| target.levels.iter().copied())
            .chain([index])
            .collect();
        let target =
            Target { kind, id: id.into(), name: name.into(), policies, parent, path, levels };
        self.organization.targets.push(target);
        index
    }
}

/// Why a target cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationError {
    /// An account is in exactly one place.
    DuplicateAccount(AccountId),
    /// Only a root or an OU has children.
    NotAParent,
}

impl fmt::Display for OrganizationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateAccount(id) => write!(f, "account {id} stands in two places"),
            Self::NotAParent => {
                f.write_str("only a root or an organizational unit can have children")
            }
        }
    }
}

impl std::error::Error for OrganizationError {}
