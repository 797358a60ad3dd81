//! An organization with the accounts in it and beside it: the facts that every decision is made from.
//!
//! Follows the Organizations User Guide, "Terminology and concepts for AWS Organizations". The tree cannot hold a
//! cycle or an account twice: a target is added below one that stands already.

mod account;
mod build;

use std::sync::Arc;

pub use account::{Account, Resource, Role, User};
pub use build::{OrganizationBuilder, OrganizationError, OrganizationSettings};

use crate::arn::AccountId;
use crate::policy::Policy;

/// An organization and every account in view, members or not.
///
/// ```
/// use std::sync::Arc;
/// use iam_evaluator::{Account, Organization, OrganizationSettings, TargetPolicies};
/// let management = "111111111111".parse()?;
/// let mut builder = Organization::builder(OrganizationSettings {
///     id: "o-examplecorp".into(),
///     management_account: Some(management),
///     service_control_policies: true,
///     resource_control_policies: true,
/// });
/// let root = builder.root("r-exam", "Root", TargetPolicies::default());
/// let dev = builder.organizational_unit(root, "ou-exam-devaaaaa", "Dev", TargetPolicies::default())?;
/// builder.account(Some(dev), Arc::new(Account::new(management, "management")), TargetPolicies::default())?;
/// let organization = builder.build();
/// assert_eq!(organization.account(management).unwrap().path(&organization), "o-examplecorp/r-exam/ou-exam-devaaaaa/");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Organization {
    settings: Option<OrganizationSettings>,
    targets: Vec<Target>,
    /// Sorted by id.
    members: Vec<Membership>,
    /// Sorted by ARN: the account and the place of every resource.
    resources: Vec<ResourcePlace>,
}

/// A place in the organization's tree that policies are attached to.
#[derive(Clone, Debug)]
pub struct Target {
    /// What it is.
    pub kind: TargetKind,
    /// Its id: `r-…`, `ou-…` or twelve digits.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// The policies attached to it directly.
    pub policies: TargetPolicies,
    parent: Option<TargetIndex>,
    /// `o-…/r-…/ou-…/`, with the final slash; an account has its parent's.
    path: Box<str>,
    /// From the root down to this target.
    levels: Box<[TargetIndex]>,
}

/// The kinds of target, in AWS's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetKind {
    /// The root of the tree.
    Root,
    /// An organizational unit (OU).
    OrganizationalUnit,
    /// An account.
    Account,
}

/// The policies attached to one target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetPolicies {
    /// Service control policies, `FullAWSAccess` included.
    pub service_control_policies: Vec<Arc<Policy>>,
    /// Resource control policies. `RCPFullAWSAccess` is on every target without standing here.
    pub resource_control_policies: Vec<Arc<Policy>>,
}

/// Names a target of one organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TargetIndex(u32);

impl TargetIndex {
    /// Its place in [`Organization::targets`].
    #[must_use]
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug)]
struct ResourcePlace {
    arn: Box<str>,
    account: AccountId,
    index: usize,
}

/// An account and its place in the tree.
#[derive(Clone, Debug)]
pub struct Membership {
    account: Arc<Account>,
    target: Option<TargetIndex>,
}

impl Membership {
    /// What is in the account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The same, shared: an account that an edit leaves untouched is the same one before and after.
    #[must_use]
    pub fn shared_account(&self) -> &Arc<Account> {
        &self.account
    }

    /// Its place in the tree; `None` for an account outside the organization.
    #[must_use]
    pub fn target(&self) -> Option<TargetIndex> {
        self.target
    }

    /// The value of `aws:PrincipalOrgPaths` for its principals: the path of the account's parent. Empty outside.
    #[must_use]
    pub fn path<'a>(&self, organization: &'a Organization) -> &'a str {
        self.target.and_then(|index| organization.target(index)).map_or("", |target| &*target.path)
    }
}

impl Organization {
    /// Starts an organization with its root still to come.
    #[must_use]
    pub fn builder(settings: OrganizationSettings) -> OrganizationBuilder {
        OrganizationBuilder::new(Some(settings))
    }

    /// Starts a set of accounts that belong to no organization.
    #[must_use]
    pub fn standalone() -> OrganizationBuilder {
        OrganizationBuilder::new(None)
    }

    /// The organization's id and settings; `None` for accounts without an organization.
    #[must_use]
    pub fn settings(&self) -> Option<&OrganizationSettings> {
        self.settings.as_ref()
    }

    /// Every target, parents before their children.
    pub fn targets(&self) -> impl Iterator<Item = (TargetIndex, &Target)> {
        (0..).map(TargetIndex).zip(&self.targets)
    }

    /// One target.
    #[must_use]
    pub fn target(&self, index: TargetIndex) -> Option<&Target> {
        self.targets.get(index.0 as usize)
    }

    /// The account of this id, if it is in view.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Membership> {
        let at = self.members.binary_search_by_key(&id, |membership| membership.account.id).ok()?;
        self.members.get(at)
    }

    /// Every account in view, in the order of the ids.
    pub fn accounts(&self) -> impl Iterator<Item = &Membership> {
        self.members.iter()
    }

    /// The listed resource that an ARN names or lies in: `arn:aws:s3:::data` covers `arn:aws:s3:::data/key`.
    pub(crate) fn resource(&self, arn: &str) -> Option<(AccountId, &Resource)> {
        if self.resources.is_empty() {
            return None;
        }
        let mut candidate = arn;
        loop {
            if let Ok(at) = self.resources.binary_search_by(|place| (*place.arn).cmp(candidate)) {
                let place = self.resources.get(at)?;
                let resource = self.account(place.account)?.account.resources.get(place.index)?;
                return Some((place.account, resource));
            }
            candidate = candidate.rsplit_once(['/', ':'])?.0;
        }
    }
}

impl Target {
    /// The target above; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<TargetIndex> {
        self.parent
    }

    /// From the root down to this target, both included.
    #[must_use]
    pub fn levels(&self) -> &[TargetIndex] {
        &self.levels
    }

    /// The entity path, `o-…/r-…/ou-…/`; an account has its parent's.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}
