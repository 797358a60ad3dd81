//! Putting together what the organization leaves and what the account grants.
//!
//! An action is allowed always where both allow it always, and never where one of them never does. In between, both say
//! *sometimes*: if they look at different things, the resource here and the source address there, then there is a
//! request with which both agree. Where they look at the same, [`crate::clash`] finds out.

use crate::cells::{Cells, Totals, Verdict};
use crate::grants::{Grants, Word};
use crate::guardrails::Guardrails;
use crate::universe::LEVELS;
use crate::{ActionSet, Universe};

/// Actions, in words, that both parts allow sometimes, but never at once.
pub(crate) type Never = Vec<(u32, u64)>;

#[inline(always)]
fn never_at(never: &Never, index: usize) -> u64 {
    // Mostly there are none.
    if never.is_empty() {
        return 0;
    }
    never.iter().find(|(at, _)| *at as usize == index).map_or(0, |(_, word)| *word)
}

/// The actions that are denied by a `Deny` whatever the request is: one part denies them so, or every part has its
/// `Allow` and yet nothing is possible.
#[inline(always)]
fn explicit(word: &Word, guardrails: &Guardrails, possible: u64) -> u64 {
    let index = word.index as usize;
    let granted = guardrails.granted.word(index) & word.granted;
    guardrails.denies.word(index) | word.denies | (granted & !possible)
}

/// How many actions have each verdict.
pub(crate) fn totals(
    universe: &Universe,
    guardrails: &Guardrails,
    grants: &Grants,
    never: &Never,
) -> Totals {
    // Where the account grants nothing, all is denied: implicitly unless the organization denies explicitly.
    let mut totals = guardrails.nothing_granted;
    let mut counts = [[0_u32; 3]; LEVELS];
    for word in &grants.words {
        let index = word.index as usize;
        let always = guardrails.always.word(index);
        let possible = guardrails.possible.word(index) & word.possible & !never_at(never, index);
        let denied = guardrails.denies.word(index);
        let allowed = always & word.always;
        let depends = possible & !allowed;
        let explicit = explicit(word, guardrails, possible);
        let level = counts.get_mut(universe.level_of_word(index));
        if let Some([of_allowed, of_depends, of_explicit]) = level {
            *of_allowed += allowed.count_ones();
            *of_depends += depends.count_ones();
            // Against what was counted without grants; wrapping around zero and back.
            *of_explicit =
                of_explicit.wrapping_add(explicit.count_ones()).wrapping_sub(denied.count_ones());
        }
    }
    for (level, counts) in counts.into_iter().enumerate() {
        totals.shift(level, counts);
    }
    totals
}

/// Every action with its verdict.
pub(crate) fn cells(
    universe: &Universe,
    guardrails: &Guardrails,
    grants: &Grants,
    never: &Never,
) -> Cells {
    let none = || ActionSet::none(universe.places());
    let mut cells = Cells { allowed: none(), depends: none(), explicit: guardrails.denies.clone() };
    for word in &grants.words {
        let index = word.index as usize;
        let possible = guardrails.possible.word(index) & word.possible & !never_at(never, index);
        let allowed = guardrails.always.word(index) & word.always;
        let explicit = explicit(word, guardrails, possible);
        let sets = [
            (&mut cells.allowed, allowed),
            (&mut cells.depends, possible & !allowed),
            (&mut cells.explicit, explicit),
        ];
        for (set, bits) in sets {
            if let Some(slot) = set.word_mut(index) {
                *slot = bits;
            }
        }
    }
    cells
}

/// The totals where nothing is granted.
pub(crate) fn nothing_granted(universe: &Universe, denies: &ActionSet) -> Totals {
    let none = || ActionSet::none(universe.places());
    let cells = Cells { allowed: none(), depends: none(), explicit: denies.clone() };
    cells.totals(universe)
}

impl Totals {
    /// Takes actions that are allowed, that depend, and that are (or are not, by wrapping) denied explicitly besides
    /// those counted, from those that are denied implicitly.
    fn shift(&mut self, level: usize, [allowed, depends, explicit]: [u32; 3]) {
        let explicit = i64::from(explicit.cast_signed());
        self.change(level, Verdict::Allowed, i64::from(allowed));
        self.change(level, Verdict::Depends, i64::from(depends));
        self.change(level, Verdict::ExplicitDeny, explicit);
        self.change(
            level,
            Verdict::ImplicitDeny,
            -(i64::from(allowed) + i64::from(depends) + explicit),
        );
    }
}
