//! From the patterns of `Action` and `NotAction` to the actions they name.

use std::ops::Range;

use crate::ActionIndex;
use crate::catalog::Catalog;
use crate::fold;
use crate::store::{index, length, part};

/// Actions as ranges of their numbers, in order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionRanges(Vec<Range<u32>>);

impl ActionRanges {
    /// The ranges.
    #[must_use]
    pub fn as_slice(&self) -> &[Range<u32>] {
        &self.0
    }

    /// Whether no action is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many actions are named.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    /// Whether the action is named.
    #[must_use]
    pub fn contains(&self, action: ActionIndex) -> bool {
        let before = self.0.partition_point(|range| range.end <= action.0);
        self.0.get(before).is_some_and(|range| range.contains(&action.0))
    }

    /// The actions one by one.
    pub fn iter(&self) -> impl Iterator<Item = ActionIndex> + '_ {
        self.0.iter().flat_map(Clone::clone).map(ActionIndex)
    }

    /// Adds an action that follows all there are.
    fn push(&mut self, number: u32) {
        match self.0.last_mut() {
            Some(last) if last.end == number => last.end += 1,
            _ => self.0.push(number..number + 1),
        }
    }
}

pub(crate) fn expand(catalog: &Catalog, pattern: &str) -> ActionRanges {
    if matches!(pattern, "*" | "*:*") {
        let all = 0..length(catalog.store.actions.len());
        return ActionRanges(vec![all]);
    }
    let mut found = ActionRanges::default();
    let Some((prefix, pattern)) = pattern.split_once(':') else { return found };
    // A prefix with a wildcard is the prefix of no service.
    let Some(service) = catalog.service(prefix) else { return found };
    let all = service.action_run();
    let actions = part(&catalog.store.actions, all);
    let name = |number: usize| {
        let full_name = actions.get(number).map(|action| catalog.store.text(action.full_name));
        full_name.and_then(|name| name.get(prefix.len() + 1..)).unwrap_or_default()
    };

    let pattern = pattern.as_bytes();
    let wildcard = pattern.iter().position(|byte| matches!(byte, b'*' | b'?'));
    let (beginning, rest) =
        pattern.split_at_checked(wildcard.unwrap_or(pattern.len())).unwrap_or((pattern, &[]));
    let first =
        partition_point(actions.len(), |at| fold::compare_beginning(name(at), beginning).is_lt());
    let count = partition_point(actions.len() - first, |at| {
        fold::compare_beginning(name(first + at), beginning).is_le()
    });
    let range = all.start + length(first)..all.start + length(first + count);
    if rest == b"*" {
        found.0.extend((!range.is_empty()).then_some(range));
        return found;
    }
    for number in range {
        let name = name(index(number - all.start)).as_bytes();
        if fold::matches(rest, name.get(beginning.len()..).unwrap_or_default()) {
            found.push(number);
        }
    }
    found
}

/// The first number below `end` that the predicate does not hold for, where it holds for all before and none after.
fn partition_point(end: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
