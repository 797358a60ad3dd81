//! The effective permissions of every principal of an organization: what a page shows.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use iam_evaluator::{Account, AccountId, Arn, Organization, TargetIndex};

use crate::cells::{Cells, Totals};
use crate::combine::{self, Never};
use crate::grants::Grants;
use crate::guardrails::Guardrails;
use crate::path::Lists;
use crate::questions::Answers;
use crate::universe::number;
use crate::{ActionSet, Universe};

/// What every principal of an organization can do.
///
/// Made by [`Engine::begin`](crate::Engine::begin), and filled by [`Engine::advance`](crate::Engine::advance) a stretch
/// at a time, so that a page never freezes.
#[derive(Clone, Debug)]
pub struct Effective {
    pub(crate) organization: Arc<Organization>,
    pub(crate) universe: Rc<Universe>,
    /// In the order of [`Organization::accounts`].
    pub(crate) accounts: Vec<Rc<AccountPermissions>>,
    pub(crate) lists: Rc<Lists>,
    /// The account that is being computed.
    pub(crate) unfinished: Option<Box<AccountPermissions>>,
}

/// What the principals of one account can do.
#[derive(Clone, Debug)]
pub struct AccountPermissions {
    pub(crate) account: Arc<Account>,
    pub(crate) target: Option<TargetIndex>,
    pub(crate) path: Box<str>,
    pub(crate) lists: Box<[u32]>,
    pub(crate) listed_version: u32,
    /// Another one whenever the account grants something else.
    pub(crate) version: u32,
    pub(crate) touched: Rc<ActionSet>,
    /// Users, then roles.
    pub(crate) principals: Vec<PrincipalPermissions>,
    pub(crate) totals: Totals,
}

/// What one principal can do.
#[derive(Clone, Debug)]
pub struct PrincipalPermissions {
    pub(crate) grants: Rc<Grants>,
    pub(crate) guardrails: Rc<Guardrails>,
    pub(crate) never: Never,
    pub(crate) answers: Rc<Answers>,
    /// Whether guardrails spare it, because it is a service-linked role.
    pub(crate) is_spared: bool,
    pub(crate) totals: Totals,
}

/// What is kept of the last state that was computed to its end.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Held so that no other account can come to stand at an address.
    pub(crate) accounts: HashMap<AccountId, Rc<AccountPermissions>>,
}

impl Effective {
    /// The organization that it is about.
    #[must_use]
    pub fn organization(&self) -> &Arc<Organization> {
        &self.organization
    }

    /// Whether every principal has been computed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.accounts.len() == self.organization.accounts().count()
    }

    /// Every account that is done, in the order of the ids.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountPermissions> {
        self.accounts.iter().map(|account| &**account)
    }

    /// The account of this id, if it is done.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&AccountPermissions> {
        let at = self.accounts.binary_search_by_key(&id, |account| account.account.id).ok()?;
        self.accounts.get(at).map(|account| &**account)
    }

    /// The user or role of this ARN, if its account is done.
    #[must_use]
    pub fn principal(&self, arn: &str) -> Option<&PrincipalPermissions> {
        let account = self.account(Arn::split(arn)?.account_id()?)?;
        account.principal(arn, 0)
    }

    /// The totals of all accounts below a place of the tree, or of the account that stands there.
    #[must_use]
    pub fn totals_below(&self, target: TargetIndex) -> Totals {
        let mut totals = Totals::default();
        for account in &self.accounts {
            let place = account.target.and_then(|index| self.organization.target(index));
            if place.is_some_and(|place| place.levels().contains(&target)) {
                totals.add(&account.totals);
            }
        }
        totals
    }

    pub(crate) fn universe(&self) -> &Universe {
        &self.universe
    }

    pub(crate) fn shared_accounts(&self) -> &[Rc<AccountPermissions>] {
        &self.accounts
    }
}

impl AccountPermissions {
    /// The account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Its place in the tree.
    #[must_use]
    pub fn target(&self) -> Option<TargetIndex> {
        self.target
    }

    /// How many actions of how many of its principals have each verdict.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Its users, then its roles, each with its ARN.
    pub fn principals(&self) -> impl Iterator<Item = (&str, &PrincipalPermissions)> {
        let arns = (0..).map_while(|at| self.arn(at));
        arns.zip(&self.principals)
    }

    /// The principal of this ARN, which is looked for first at a place in the list.
    #[must_use]
    pub fn principal(&self, arn: &str, near: usize) -> Option<&PrincipalPermissions> {
        let mut places = std::iter::once(near).chain(0..self.principals.len());
        self.principals.get(places.find(|at| self.arn(*at) == Some(arn))?)
    }

    /// Tells a principal from all others, and from itself where the account grants something else.
    pub(crate) fn own(&self, at: usize) -> [u32; 2] {
        [self.version, number(at) + 1]
    }

    /// Whether guardrails spare the principal, because it is a service-linked role.
    pub(crate) fn is_spared(&self, at: usize) -> bool {
        self.role(at).is_some_and(|role| role.is_service_linked())
    }

    fn role(&self, at: usize) -> Option<&iam_evaluator::Role> {
        self.account.roles.get(at.checked_sub(self.account.users.len())?)
    }

    pub(crate) fn arn(&self, at: usize) -> Option<&str> {
        let user = self.account.users.get(at).map(|user| &*user.arn);
        user.or_else(|| self.role(at).map(|role| &*role.arn))
    }

    /// Whether the account grants in another state what it grants here.
    pub(crate) fn grants_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.account, &other.account)
            && self.path == other.path
            && self.listed_version == other.listed_version
    }
}

impl PrincipalPermissions {
    /// How many actions of each access level have each verdict.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Every action with its verdict.
    #[must_use]
    pub fn cells(&self, universe: &Universe) -> Cells {
        combine::cells(universe, &self.guardrails, &self.grants, &self.never)
    }

    /// Whether both can do the same, seen without a look at any action: false may mean that they do after all.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.grants.id == other.grants.id
            && self.guardrails.id == other.guardrails.id
            && self.never == other.never
    }
}
