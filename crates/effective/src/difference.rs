//! What differs between two states: a baseline and now, or now and what would be.

use std::rc::Rc;

use iam_evaluator::{AccountId, TargetIndex};

use crate::cells::Cells;
use crate::{AccountPermissions, ActionSet, Effective, PrincipalPermissions, Universe, Verdict};

/// How many decisions differ: actions of principals. A principal that is missing from a state can do nothing there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Allowed now, and not always before.
    pub allowed: u64,
    /// Allowed sometimes now; before always or never.
    pub conditional: u64,
    /// Never allowed now, but before.
    pub denied: u64,
}

impl Changes {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds the changes of another principal or account.
    pub fn add(&mut self, other: &Self) {
        self.allowed += other.allowed;
        self.conditional += other.conditional;
        self.denied += other.denied;
    }
}

/// The actions of one principal that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedActions {
    /// Allowed now, and not always before.
    pub allowed: ActionSet,
    /// Allowed sometimes now; before always or never.
    pub conditional: ActionSet,
    /// Never allowed now, but before.
    pub denied: ActionSet,
}

impl ChangedActions {
    /// Compares what a principal can do; `None` stands for a principal that is missing.
    #[must_use]
    pub fn between(
        before: Option<&PrincipalPermissions>,
        after: Option<&PrincipalPermissions>,
        universe: &Universe,
    ) -> Self {
        let none = || universe.none();
        let nothing = || Cells { allowed: none(), depends: none(), explicit: none() };
        let cells =
            |it: Option<&PrincipalPermissions>| it.map_or_else(nothing, |it| it.cells(universe));
        let (before, after) = (cells(before), cells(after));
        let new = |after: &ActionSet, before: &ActionSet| {
            let mut new = after.clone();
            new.subtract(before);
            new
        };
        let possible = |cells: &Cells| {
            let mut possible = cells.actions(Verdict::Allowed, universe);
            possible.add(&cells.depends);
            possible
        };
        Self {
            allowed: new(&after.allowed, &before.allowed),
            conditional: new(&after.depends, &before.depends),
            denied: new(&possible(&before), &possible(&after)),
        }
    }

    /// How many they are.
    #[must_use]
    pub fn count(&self) -> Changes {
        let count = |set: &ActionSet| set.len() as u64;
        Changes {
            allowed: count(&self.allowed),
            conditional: count(&self.conditional),
            denied: count(&self.denied),
        }
    }
}

/// Every principal whose decisions differ between two states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The accounts in which something differs, in the order of their ids.
    pub accounts: Vec<AccountDifference>,
}

/// What differs in one account.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountDifference {
    /// The account.
    pub account: AccountId,
    /// Its place in the tree of the later state; before it was removed, that of the earlier.
    pub target: Option<TargetIndex>,
    /// The sum over its principals.
    pub changes: Changes,
    /// The ARNs of the users and roles whose decisions differ.
    pub principals: Vec<(Box<str>, Changes)>,
}

impl Difference {
    /// Compares two states; parts that an edit left untouched cost almost nothing.
    #[must_use]
    pub fn between(before: &Effective, after: &Effective) -> Self {
        let universe = after.universe();
        let mut accounts = Vec::new();
        let mut earlier = before.shared_accounts().iter().peekable();
        for later in after.shared_accounts() {
            while let Some(removed) = earlier.next_if(|it| it.account().id < later.account().id) {
                accounts.extend(compare(Some(removed), None, universe));
            }
            let same = earlier.next_if(|it| it.account().id == later.account().id);
            if same.is_none_or(|same| !Rc::ptr_eq(same, later)) {
                accounts.extend(compare(same.map(|it| &**it), Some(later), universe));
            }
        }
        accounts.extend(earlier.filter_map(|removed| compare(Some(removed), None, universe)));
        Self { accounts }
    }

    /// The sum over everything.
    #[must_use]
    pub fn changes(&self) -> Changes {
        let mut sum = Changes::default();
        self.accounts.iter().for_each(|account| sum.add(&account.changes));
        sum
    }

    /// The sum over the accounts below a place of the later state's tree, or over the account that stands there.
    #[must_use]
    pub fn changes_below(&self, after: &Effective, target: TargetIndex) -> Changes {
        let mut sum = Changes::default();
        for account in &self.accounts {
            let place = account.target.and_then(|index| after.organization().target(index));
            if place.is_some_and(|place| place.levels().contains(&target)) {
                sum.add(&account.changes);
            }
        }
        sum
    }
}

fn compare(
    before: Option<&AccountPermissions>,
    after: Option<&AccountPermissions>,
    universe: &Universe,
) -> Option<AccountDifference> {
    let either = after.or(before)?;
    let mut principals = Vec::new();
    let listed = after.into_iter().flat_map(AccountPermissions::principals);
    for (at, (arn, now)) in listed.enumerate() {
        // Mostly an identity stands where it stood before.
        let then = before.and_then(|before| before.principal(arn, at));
        if then.is_none_or(|then| !then.is_same(now)) {
            principals.push((arn, ChangedActions::between(then, Some(now), universe).count()));
        }
    }
    let gone = before.into_iter().flat_map(AccountPermissions::principals).enumerate();
    let gone =
        gone.filter(|(at, (arn, _))| after.is_none_or(|it| it.principal(arn, *at).is_none()));
    for (_, (arn, then)) in gone {
        principals.push((arn, ChangedActions::between(Some(then), None, universe).count()));
    }
    principals.retain(|(_, changes)| !changes.is_empty());
    let mut changes = Changes::default();
    principals.iter().for_each(|(_, of_one)| changes.add(of_one));
    let principals: Vec<_> = principals.into_iter().map(|(arn, it)| (arn.into(), it)).collect();
    let difference = AccountDifference {
        account: either.account().id,
        target: either.target(),
        changes,
        principals,
    };
    (!difference.principals.is_empty()).then_some(difference)
}
