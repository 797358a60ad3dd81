//! Sets of actions, one bit for each action of a [`crate::Universe`].

use std::ops::Range;

/// A set of actions, by their places in the universe.
///
/// ```
/// use iam_effective::ActionSet;
/// let mut set = ActionSet::none(100);
/// set.insert(10);
/// set.insert(77);
/// assert_eq!((set.len(), set.contains(77), set.contains(13)), (2, true, false));
/// assert_eq!(set.iter().collect::<Vec<_>>(), [10, 77]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActionSet {
    words: Box<[u64]>,
}

impl ActionSet {
    /// The empty set within a universe of so many places.
    #[must_use]
    pub fn none(places: usize) -> Self {
        Self { words: vec![0; places.div_ceil(64)].into() }
    }

    /// Adds one action; a place outside the universe is left out.
    pub fn insert(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    /// Takes one action away.
    pub fn remove(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word &= !(1 << (place % 64));
        }
    }

    /// Whether an action is in the set.
    #[must_use]
    pub fn contains(&self, place: usize) -> bool {
        self.words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// How many actions are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many of the places of a range are in the set.
    #[must_use]
    pub fn len_within(&self, range: Range<usize>) -> usize {
        let words = range.start / 64..range.end.div_ceil(64);
        let counted = words.clone().zip(self.words.get(words).unwrap_or_default());
        counted.map(|(at, word)| (word & mask(at, &range)).count_ones() as usize).sum()
    }

    /// Whether no action is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The places of the actions, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(index, word)| bits(index, *word))
    }

    /// Adds every action of another set.
    pub fn add(&mut self, other: &Self) {
        self.change(other, |word, other| word | other);
    }

    /// Keeps only the actions that are in another set too.
    pub fn keep(&mut self, other: &Self) {
        self.change(other, |word, other| word & other);
    }

    /// Takes every action of another set away.
    pub fn subtract(&mut self, other: &Self) {
        self.change(other, |word, other| word & !other);
    }

    /// The actions that are in both sets.
    #[must_use]
    pub fn in_common(&self, other: &Self) -> Self {
        let mut set = self.clone();
        set.keep(other);
        set
    }

    /// Whether the sets share an action.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(word, other)| word & other != 0)
    }

    /// The bits, 64 places to a word.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// One word; nothing is in the words behind the last one.
    // The page's program is optimized for size, which would make a call of this.
    #[inline(always)]
    pub(crate) fn word(&self, index: usize) -> u64 {
        self.words.get(index).copied().unwrap_or_default()
    }

    pub(crate) fn word_mut(&mut self, index: usize) -> Option<&mut u64> {
        self.words.get_mut(index)
    }

    fn change(&mut self, other: &Self, with: impl Fn(u64, u64) -> u64) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word = with(*word, *other);
        }
    }
}

/// The places of the bits that are set in one word.
pub(crate) fn bits(index: usize, word: u64) -> impl Iterator<Item = usize> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
        rest &= rest - 1;
        Some(index * 64 + bit)
    })
}

/// The bits of the word at `at` that lie in the range.
fn mask(at: usize, range: &Range<usize>) -> u64 {
    let (start, end) = (at * 64, at * 64 + 64);
    let from = u64::MAX.checked_shl(u32::try_from(range.start.saturating_sub(start)).unwrap_or(64));
    let until = u64::MAX.checked_shr(u32::try_from(end.saturating_sub(range.end)).unwrap_or(64));
    from.unwrap_or(0) & until.unwrap_or(0)
}
