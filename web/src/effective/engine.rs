//! Where the page meets `iam_effective`: verdicts by their places, counts, and the permissions of one principal.

use std::collections::BTreeSet;

use iam_effective::{Cells, PrincipalPermissions, Totals, Universe};
use iam_evaluator::{Judgement, Organization, Request as Asked, policies_in_view};
use iam_scenario::{Compiled, Request, question};

pub use iam_effective::Verdict;

use crate::question::now;

/// Every verdict, in the order in which they are shown. A verdict's place here is how the page knows it.
pub const VERDICTS: [Verdict; 4] = Verdict::ALL;

/// Counts by verdict, in that order.
pub type Count = [usize; 4];

/// Counts over all access levels.
pub fn count(totals: &Totals) -> Count {
    VERDICTS.map(|verdict| usize::try_from(totals.of(verdict)).unwrap_or(usize::MAX))
}

/// What every action comes to for one principal.
#[derive(Debug, PartialEq, Eq)]
pub struct Permissions {
    /// The verdicts.
    pub cells: Cells,
    /// How many actions have each.
    pub totals: Count,
    /// The prefixes of the services that the principal's policies name.
    pub named: BTreeSet<String>,
}

impl Permissions {
    /// Works out every cell of a principal.
    pub fn new(
        principal: &PrincipalPermissions,
        universe: &Universe,
        named: BTreeSet<String>,
    ) -> Permissions {
        Permissions { cells: principal.cells(universe), totals: count(principal.totals()), named }
    }

    /// The place of an action's verdict in [`VERDICTS`].
    pub fn at(&self, place: usize) -> usize {
        self.cells.verdict(place) as usize
    }
}

/// The prefixes of the services that the policies name which apply to a caller.
pub fn named_services(organization: &Organization, asked: &Asked) -> BTreeSet<String> {
    let policies = policies_in_view(organization, asked);
    let statements = policies.iter().flat_map(|policy| &policy.document.statements);
    let patterns = statements.flat_map(|statement| &statement.action.patterns);
    let prefixes = patterns.filter_map(|pattern| {
        let (prefix, _) = pattern.value.beginning().split_once(':')?;
        Some(prefix.to_owned())
    });
    prefixes.collect()
}

/// What at least one of several may do: the best of their verdicts, action by action, counted.
pub fn anyone<'a>(
    all: impl Iterator<Item = &'a PrincipalPermissions>,
    universe: &Universe,
) -> Option<Count> {
    let mut union: Option<Vec<iam_effective::ActionSet>> = None;
    let mut last: Option<&PrincipalPermissions> = None;
    for principal in all {
        if last.is_some_and(|last| last.is_same(principal)) {
            continue;
        }
        last = Some(principal);
        let cells = principal.cells(universe);
        let sets = VERDICTS.map(|verdict| cells.actions(verdict, universe));
        match &mut union {
            None => union = Some(sets.to_vec()),
            Some(union) => union.iter_mut().zip(&sets).for_each(|(union, set)| union.add(set)),
        }
    }
    let mut taken: Option<iam_effective::ActionSet> = None;
    let counts = union?.into_iter().map(|mut set| {
        match &mut taken {
            None => taken = Some(set.clone()),
            Some(taken) => {
                set.subtract(taken);
                taken.add(&set);
            }
        }
        set.len()
    });
    let counts: Vec<usize> = counts.collect();
    counts.try_into().ok()
}

/// Judges one action of a caller: what it depends on, with an example of each decision.
pub fn judge(
    compiled: &Compiled,
    universe: &Universe,
    request: &Request,
    place: usize,
) -> Option<Judgement> {
    let asked = question(request, now()).ok()?;
    iam_effective::why(compiled.organization(), &asked, universe.entry(place)?)
}
