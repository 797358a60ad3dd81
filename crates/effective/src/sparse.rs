//! Small sets of actions: only the words in which something is.

use crate::ActionSet;
use crate::action_set::bits;
use crate::universe::number;

/// A set of actions that is mostly empty, in the order of the places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Sparse(Box<[(u32, u64)]>);

impl Sparse {
    pub fn of(set: &ActionSet) -> Self {
        let words = set.words().iter().enumerate().filter(|(_, word)| **word != 0);
        Self(words.map(|(index, word)| (number(index), *word)).collect())
    }

    /// Places in ascending order.
    pub fn of_places(places: &[usize]) -> Self {
        let mut words: Vec<(u32, u64)> = Vec::new();
        for place in places {
            let (index, bit) = (number(place / 64), 1 << (place % 64));
            match words.last_mut() {
                Some((last, word)) if *last == index => *word |= bit,
                _ => words.push((index, bit)),
            }
        }
        Self(words.into())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each word that is not empty, with its index.
    #[inline(always)]
    pub fn words(&self) -> impl Iterator<Item = (usize, u64)> {
        self.0.iter().map(|(index, word)| (*index as usize, *word))
    }

    pub fn word(&self, index: usize) -> u64 {
        let found = self.0.binary_search_by_key(&number(index), |(index, _)| *index);
        found.ok().and_then(|at| self.0.get(at)).map_or(0, |(_, word)| *word)
    }

    pub fn contains(&self, place: usize) -> bool {
        self.word(place / 64) >> (place % 64) & 1 == 1
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words().flat_map(|(index, word)| bits(index, word))
    }

    pub fn add_to(&self, set: &mut ActionSet) {
        for (index, word) in self.words() {
            if let Some(slot) = set.word_mut(index) {
                *slot |= word;
            }
        }
    }
}
