//! The cells of one principal: what every action comes to.

use std::ops::Range;

use iam_evaluator::{Decision, Judgement};

use crate::universe::LEVELS;
use crate::{ActionSet, Universe};

/// What an action comes to on the resources of the principal's own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Allowed on every resource, whatever the condition keys are.
    Allowed,
    /// Allowed on some resources or under some conditions.
    Depends,
    /// Denied by a `Deny`, whatever the resource and the condition keys are.
    ExplicitDeny,
    /// Never allowed, and not only because of a `Deny`: an `Allow` is missing, always or where no `Deny` applies.
    ImplicitDeny,
}

impl Verdict {
    /// All verdicts, in the order of [`Totals`].
    pub const ALL: [Self; 4] =
        [Self::Allowed, Self::Depends, Self::ExplicitDeny, Self::ImplicitDeny];

    /// The verdict of a judgement. Where a judgement is not exact, something may always be otherwise.
    #[must_use]
    pub fn of(judgement: &Judgement) -> Self {
        let possible = |decision| judgement.example(decision).is_some();
        let denied = possible(Decision::ExplicitDeny) || possible(Decision::ImplicitDeny);
        match (possible(Decision::Allowed), denied) {
            _ if !judgement.exact => Self::Depends,
            (true, true) => Self::Depends,
            (true, false) => Self::Allowed,
            (false, _) if possible(Decision::ImplicitDeny) => Self::ImplicitDeny,
            (false, true) => Self::ExplicitDeny,
            (false, false) => Self::ImplicitDeny,
        }
    }
}

/// How many actions of each access level have each verdict.
///
/// ```
/// use iam_effective::{Totals, Verdict};
/// let mut totals = Totals::default();
/// totals.add(&Totals::default());
/// assert_eq!(totals.of(Verdict::Allowed), 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    counts: [[u64; Verdict::ALL.len()]; LEVELS],
}

impl Totals {
    /// The counts of a verdict, by access level in the order of `AccessLevel::ALL`.
    #[must_use]
    pub fn by_level(&self, verdict: Verdict) -> [u64; LEVELS] {
        self.counts.map(|level| level.get(verdict as usize).copied().unwrap_or_default())
    }

    /// The count of a verdict over all access levels.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.by_level(verdict).iter().sum()
    }

    /// Adds other totals, such as those of another principal of the account.
    pub fn add(&mut self, other: &Self) {
        let slots = self.counts.iter_mut().flatten();
        slots.zip(other.counts.iter().flatten()).for_each(|(slot, other)| *slot += other);
    }

    pub(crate) fn count(&mut self, level: usize, verdict: Verdict, bits: u64) {
        self.change(level, verdict, i64::from(bits.count_ones()));
    }

    pub(crate) fn change(&mut self, level: usize, verdict: Verdict, by: i64) {
        let slot = self.counts.get_mut(level).and_then(|level| level.get_mut(verdict as usize));
        if let Some(slot) = slot {
            *slot = slot.saturating_add_signed(by);
        }
    }
}

/// Every action of the universe with its verdict, for one principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    pub(crate) allowed: ActionSet,
    pub(crate) depends: ActionSet,
    pub(crate) explicit: ActionSet,
}

impl Cells {
    /// The verdict of an action, by its place in the universe.
    #[must_use]
    pub fn verdict(&self, place: usize) -> Verdict {
        if self.allowed.contains(place) {
            Verdict::Allowed
        } else if self.depends.contains(place) {
            Verdict::Depends
        } else if self.explicit.contains(place) {
            Verdict::ExplicitDeny
        } else {
            Verdict::ImplicitDeny
        }
    }

    /// All actions of a verdict.
    #[must_use]
    pub fn actions(&self, verdict: Verdict, universe: &Universe) -> ActionSet {
        match verdict {
            Verdict::Allowed => self.allowed.clone(),
            Verdict::Depends => self.depends.clone(),
            Verdict::ExplicitDeny => self.explicit.clone(),
            Verdict::ImplicitDeny => {
                let mut rest = universe.traits().all.clone();
                for other in [&self.allowed, &self.depends, &self.explicit] {
                    rest.subtract(other);
                }
                rest
            }
        }
    }

    /// How many actions of a range of places, such as those of a service at one access level, have each verdict, in the
    /// order of [`Verdict::ALL`].
    #[must_use]
    pub fn counts(&self, places: Range<usize>) -> [usize; Verdict::ALL.len()] {
        let within = |set: &ActionSet| set.len_within(places.clone());
        let (allowed, depends, explicit) =
            (within(&self.allowed), within(&self.depends), within(&self.explicit));
        [allowed, depends, explicit, places.len() - allowed - depends - explicit]
    }

    /// How many actions of each access level have each verdict.
    #[must_use]
    pub fn totals(&self, universe: &Universe) -> Totals {
        let mut totals = Totals::default();
        for verdict in Verdict::ALL {
            let actions = self.actions(verdict, universe);
            for (index, word) in actions.words().iter().enumerate() {
                totals.count(universe.level_of_word(index), verdict, *word);
            }
        }
        totals
    }
}
