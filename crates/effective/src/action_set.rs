//! Sets of actions, one bit for each action of a [`crate::Universe`].

/// A set of actions, by their places in the universe.
///
/// ```
/// use iam_effective::ActionSet;
/// let mut set = ActionSet::none(100);
/// set.insert_range(10..13);
/// assert_eq!((set.len(), set.contains(12), set.contains(13)), (3, true, false));
/// assert_eq!(set.iter().collect::<Vec<_>>(), [10, 11, 12]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionSet {
    words: Box<[u64]>,
}

impl ActionSet {
    /// The empty set within a universe of this size.
    #[must_use]
    pub fn none(size: usize) -> Self {
        Self { words: vec![0; size.div_ceil(64)].into() }
    }

    /// All actions of a universe of this size.
    #[must_use]
    pub fn all(size: usize) -> Self {
        let mut set = Self::none(size);
        set.insert_range(0..size);
        set
    }

    /// Adds one action; a place outside the universe is left out.
    pub fn insert(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    /// Adds a run of actions.
    pub fn insert_range(&mut self, range: std::ops::Range<usize>) {
        for place in range {
            self.insert(place);
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

    /// Whether no action is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The places of the actions, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }

    /// Adds every action of another set.
    pub fn add(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// How many actions are in both sets.
    #[must_use]
    pub fn len_in_common(&self, other: &Self) -> usize {
        self.words
            .iter()
            .zip(&other.words)
            .map(|(left, right)| (left & right).count_ones() as usize)
            .sum()
    }

    /// Splits the set into those that are in another one and those that are not.
    #[must_use]
    pub fn split(&self, by: &Self) -> (Self, Self) {
        let zip = || self.words.iter().zip(&by.words);
        let inside = zip().map(|(word, by)| word & by).collect();
        let outside = zip().map(|(word, by)| word & !by).collect();
        (Self { words: inside }, Self { words: outside })
    }

    /// All actions of the universe that are not in the set.
    #[must_use]
    pub fn complement(&self, size: usize) -> Self {
        Self::all(size).split(self).1
    }
}
