//! Which actions each statement names, worked out once for each policy.

use std::collections::BTreeMap;
use std::sync::Arc;

use iam_evaluator::{ActionElement, PolicyDocument};

use crate::{ActionSet, Universe};

/// The actions that statements name, kept by policy.
///
/// An entry keeps its policy, so that no other one can come to stand at its address.
#[derive(Debug, Default)]
pub struct Covers {
    known: BTreeMap<usize, (Arc<PolicyDocument>, Arc<[ActionSet]>)>,
}

impl Covers {
    /// For each statement of a policy, in order, the actions that it names.
    pub fn of(&mut self, document: &Arc<PolicyDocument>, universe: &Universe) -> Arc<[ActionSet]> {
        let entry = self.known.entry(Arc::as_ptr(document).addr()).or_insert_with(|| {
            let sets =
                document.statements.iter().map(|statement| named(&statement.action, universe));
            (Arc::clone(document), sets.collect())
        });
        Arc::clone(&entry.1)
    }

    /// Forgets policies that nobody else holds any more.
    pub fn forget_unused(&mut self) {
        self.known.retain(|_, (document, _)| Arc::strong_count(document) > 1);
    }
}

fn named(element: &ActionElement, universe: &Universe) -> ActionSet {
    let mut set = ActionSet::none(universe.len());
    for pattern in &element.patterns {
        for place in universe.candidates(&pattern.value) {
            let entry = universe.entries().get(place);
            if entry.is_some_and(|entry| pattern.value.matches(&entry.action)) {
                set.insert(place);
            }
        }
    }
    if element.negated { set.complement(universe.len()) } else { set }
}
