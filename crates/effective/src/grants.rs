//! What the account grants a principal: identity policies, permissions boundary, session policies, and the policies of
//! the account's own resources.

use crate::ActionSet;
use crate::settle::{Class, Settlement};
use crate::sparse::Sparse;
use crate::universe::number;

/// What every action comes to by the account's own policies; principals of like policies share it.
#[derive(Debug)]
pub(crate) struct Grants {
    pub id: u32,
    /// Only the words in which something is granted or denied: see [`Settlement`].
    pub words: Box<[Word]>,
    /// The actions that are granted sometimes.
    pub classes: Vec<Class>,
    /// Whether a class hangs on what is in the account, so that nothing about it can be kept for others: by class.
    pub local: Vec<bool>,
    /// What its classes depend on, see [`Class::mask`].
    pub masks: Vec<u64>,
}

/// 64 places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub index: u32,
    pub always: u64,
    pub possible: u64,
    pub denies: u64,
    pub granted: u64,
}

impl Word {
    fn says_something(&self) -> bool {
        self.possible | self.denies | self.granted != 0
    }
}

impl Grants {
    pub fn new(id: u32, settled: Settlement) -> Self {
        let words = words_of(&settled).filter(Word::says_something).collect();
        let local = vec![false; settled.classes.len()];
        let masks = settled.classes.iter().map(Class::mask).collect();
        Self { id, words, classes: settled.classes, local, masks }
    }

    /// The same, but for the actions within a set as they were settled for the account.
    pub fn with(&self, id: u32, within: &ActionSet, settled: Settlement) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut own = self.words.iter().peekable();
        for here in words_of(&settled) {
            let base = own.next_if(|word| word.index == here.index).copied().unwrap_or_default();
            let outside = !within.word(here.index as usize);
            let word = Word {
                index: here.index,
                always: base.always & outside | here.always,
                possible: base.possible & outside | here.possible,
                denies: base.denies & outside | here.denies,
                granted: base.granted & outside | here.granted,
            };
            if word.says_something() {
                words.push(word);
            }
        }
        let (mut classes, mut local) = (Vec::new(), Vec::new());
        for (class, is_local) in self.classes.iter().zip(&self.local) {
            let left: Vec<usize> =
                class.actions.iter().filter(|place| !within.contains(*place)).collect();
            if !left.is_empty() {
                classes.push(Class { actions: Sparse::of_places(&left), ..class.clone() });
                local.push(*is_local);
            }
        }
        local.resize(classes.len() + settled.classes.len(), true);
        classes.extend(settled.classes);
        let masks = classes.iter().map(Class::mask).collect();
        Self { id, words: words.into(), classes, local, masks }
    }

    /// Whether actions within a set are settled here as they were for the account, so that nothing changes.
    pub fn agrees(&self, within: &ActionSet, settled: &Settlement) -> bool {
        let mut own = self.words.iter().peekable();
        settled.classes.is_empty()
            && words_of(settled).all(|here| {
                let base =
                    own.next_if(|word| word.index == here.index).copied().unwrap_or_default();
                let inside = within.word(here.index as usize);
                base.always & inside == here.always
                    && base.possible & inside == here.possible
                    && base.denies & inside == here.denies
                    && base.granted & inside == here.granted
            })
    }
}

/// All words in their order, empty ones too.
fn words_of(settled: &Settlement) -> impl Iterator<Item = Word> {
    let zip = settled.always.words().iter().zip(settled.possible.words());
    let zip = zip.zip(settled.denies.words()).zip(settled.granted.words()).enumerate();
    zip.map(|(index, (((always, possible), denies), granted))| Word {
        index: number(index),
        always: *always,
        possible: *possible,
        denies: *denies,
        granted: *granted,
    })
}

/// The content of a settlement as numbers, so that equal ones are found.
pub(crate) fn fingerprint(settled: &Settlement) -> impl Iterator<Item = u32> {
    let words = words_of(settled).filter(Word::says_something);
    let numbers = words.flat_map(|word| {
        let halves = |word: u64| [number_of_low_half(word), number_of_low_half(word >> 32)];
        let sets = [word.always, word.possible, word.denies, word.granted].map(halves);
        std::iter::once(word.index).chain(sets.into_iter().flatten())
    });
    numbers.collect::<Vec<_>>().into_iter()
}

fn number_of_low_half(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or_default()
}
