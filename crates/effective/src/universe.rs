//! The actions that there are, in the order of their names, with the forms of the resources that they work on.

use std::ops::Range;

use iam_evaluator::{Action, ActionPattern};

/// All actions in question. AWS has about 22,000 of them.
///
/// ```
/// use iam_effective::{Entry, Universe};
/// use iam_evaluator::Action;
/// let entry = |name: &str, form: &str| Action::parse(name).map(|action| Entry { action, forms: vec![form.into()] });
/// let universe = Universe::new([
///     entry("s3:PutObject", "arn:aws:s3:::*/*")?,
///     entry("s3:GetObject", "arn:aws:s3:::*/*")?,
/// ]);
/// assert_eq!(universe.place("S3:getobject"), Some(0));
/// # Ok::<(), iam_evaluator::InvalidAction>(())
/// ```
#[derive(Clone, Debug)]
pub struct Universe {
    /// In the order of the names in lower case.
    entries: Vec<Entry>,
    /// For each entry, a number that entries of equal forms share.
    forms: Vec<u32>,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// ARN patterns of the resources that it works on, in which `ACCOUNT` stands for the caller's account; none: it
    /// works on no resource.
    pub forms: Vec<Box<str>>,
}

impl Universe {
    /// The universe of these actions; the first of two equal names counts.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort_by(|left, right| left.action.folded().cmp(right.action.folded()));
        entries.dedup_by(|later, first| later.action.folded() == first.action.folded());
        let mut distinct: Vec<&[Box<str>]> = entries.iter().map(|entry| &*entry.forms).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let number = |entry: &Entry| distinct.binary_search(&&*entry.forms).unwrap_or_default();
        let forms =
            entries.iter().map(|entry| u32::try_from(number(entry)).unwrap_or(u32::MAX)).collect();
        Self { entries, forms }
    }

    /// How many actions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every action, in the order of the names.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The place of an action, by its name in any letter case.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        let folded = name.to_ascii_lowercase();
        self.entries.binary_search_by(|entry| entry.action.folded().cmp(&folded)).ok()
    }

    /// A number that actions of equal forms share.
    pub(crate) fn forms_number(&self, place: usize) -> u32 {
        self.forms.get(place).copied().unwrap_or_default()
    }

    /// Where the actions stand that a pattern could name: all of them begin with the same text.
    pub(crate) fn candidates(&self, pattern: &ActionPattern) -> Range<usize> {
        let beginning = pattern.beginning();
        let start = self.entries.partition_point(|entry| entry.action.folded() < beginning);
        let behind = self.entries.get(start..).unwrap_or_default();
        let count = behind.partition_point(|entry| entry.action.folded().starts_with(beginning));
        start..start + count
    }
}
