//! Names and access levels of actions.
//!
//! A service's names are stems, such as `Bucket` and `Object`, each with the set of affixes that make names of it, such
//! as `Create*`, `Delete*` and `List*s`. An access level is the one that the affix suggests, or an exception.

use std::cmp::Ordering;

use super::push;
use crate::fold;
use crate::reader::{Lines, Reader};
use crate::store::{ActionRecord, Run, Store, index, length, part};
use crate::wire::{DROP_LAST, FIRST_LETTER};
use crate::{AccessLevel, CatalogError};

/// No catalogue has as many actions: numbers that lead beyond are not believed.
const MOST_ACTIONS: usize = 200_000;

#[derive(Clone, Copy)]
struct Affix<'a> {
    before: &'a str,
    after: &'a str,
    drops_last: bool,
    level: AccessLevel,
}

/// The names of the actions, in the order in which they are written.
pub(super) struct Names<'a> {
    affixes: Vec<Affix<'a>>,
    sets: Vec<Run>,
    set_items: Vec<u32>,
    set_of_stem: Reader<'a>,
    stems: Reader<'a>,
    levels: Exceptions<'a>,
}

impl<'a> Names<'a> {
    pub fn new(input: &mut Reader<'a>) -> Result<Self, CatalogError> {
        let mut lines = Lines::new(&input.section("affixes")?)?;
        let mut levels = input.section("access levels of affixes")?;
        let mut affixes = Vec::new();
        while !lines.is_empty() {
            let (before, after) = lines.line()?.split_once('*').ok_or_else(|| lines.error())?;
            let (after, drops_last) = match after.strip_prefix(DROP_LAST) {
                Some(after) => (after, true),
                None => (after, false),
            };
            affixes.push(Affix { before, after, drops_last, level: level(&mut levels)? });
        }
        let mut input_sets = input.section("sets of affixes")?;
        let (mut sets, mut set_items) = (Vec::new(), Vec::new());
        while !input_sets.is_empty() {
            let start = length(set_items.len());
            for _ in 0..input_sets.number()? {
                set_items.push(input_sets.number()?);
            }
            sets.push(Run { start, end: length(set_items.len()) });
        }
        let set_of_stem = input.section("affixes of stems")?;
        let stems = input.section("stems")?;
        let levels = Exceptions::new(input.section("exceptional access levels")?)?;
        Ok(Self { affixes, sets, set_items, set_of_stem, stems, levels })
    }

    /// Reads one service's actions, not yet in order and without their shapes.
    pub fn read(&mut self, store: &mut Store, prefix: &str) -> Result<Run, CatalogError> {
        let start = length(store.actions.len());
        let service = u16::try_from(store.services.len()).map_err(|_| self.stems.error())?;
        let mut stem = Vec::new();
        loop {
            let control = self.stems.byte()?;
            if control == 0 {
                break;
            }
            if control >= FIRST_LETTER {
                return Err(self.stems.error());
            }
            stem.truncate(usize::from(control - 1));
            stem.extend_from_slice(self.stems.run(FIRST_LETTER));
            let stem = std::str::from_utf8(&stem).map_err(|_| self.stems.error())?;
            let set = self.sets.get(self.set_of_stem.index()?).copied();
            let set = set.ok_or_else(|| self.set_of_stem.error())?;
            for number in part(&self.set_items, set) {
                let affix = self.affixes.get(index(*number)).ok_or_else(|| self.stems.error())?;
                let full_name =
                    push(store, &[prefix, ":", affix.before, affix.cut(stem), affix.after])?;
                let level = self.levels.next(affix.level)?;
                store.actions.push(ActionRecord { full_name, service, level, shape: 0 });
            }
            if store.actions.len() > MOST_ACTIONS {
                return Err(self.stems.error());
            }
        }
        Ok(Run { start, end: length(store.actions.len()) })
    }
}

impl Affix<'_> {
    fn cut<'s>(&self, stem: &'s str) -> &'s str {
        let mut letters = stem.chars();
        if self.drops_last {
            letters.next_back();
        }
        letters.as_str()
    }
}

/// The access levels that are not what the affix suggests.
struct Exceptions<'a> {
    input: Reader<'a>,
    /// How many actions have the suggested level before the next exception.
    regular: Option<u32>,
}

impl<'a> Exceptions<'a> {
    fn new(mut input: Reader<'a>) -> Result<Self, CatalogError> {
        let regular = next_gap(&mut input)?;
        Ok(Self { input, regular })
    }

    fn next(&mut self, suggested: AccessLevel) -> Result<AccessLevel, CatalogError> {
        match &mut self.regular {
            None => Ok(suggested),
            Some(0) => {
                let level = level(&mut self.input)?;
                self.regular = next_gap(&mut self.input)?;
                Ok(level)
            }
            Some(regular) => {
                *regular -= 1;
                Ok(suggested)
            }
        }
    }
}

fn next_gap(input: &mut Reader) -> Result<Option<u32>, CatalogError> {
    if input.is_empty() { Ok(None) } else { input.number().map(Some) }
}

fn level(input: &mut Reader) -> Result<AccessLevel, CatalogError> {
    let number = input.byte()?;
    AccessLevel::ALL.get(usize::from(number)).copied().ok_or_else(|| input.error())
}

/// Puts a service's actions into the order of their names.
pub(super) fn sort(store: &mut Store, prefix: &str, actions: Run) {
    let (text, skipped) = (store.text.as_str(), prefix.len() + 1);
    let name = |action: &ActionRecord| {
        let span = action.full_name;
        text.get(index(span.start) + skipped..index(span.end)).unwrap_or_default()
    };
    if let Some(actions) = store.actions.get_mut(actions.range()) {
        actions.sort_by_cached_key(|action| Name::of(name(action)));
    }
}

/// A name for comparing: most are told apart by their first sixteen letters.
#[derive(PartialEq, Eq)]
struct Name<'a> {
    begin: u128,
    whole: &'a str,
}

impl<'a> Name<'a> {
    fn of(whole: &'a str) -> Self {
        let mut begin = [0; 16];
        begin.iter_mut().zip(whole.bytes()).for_each(|(b, byte)| *b = byte.to_ascii_lowercase());
        Self { begin: u128::from_be_bytes(begin), whole }
    }
}

impl Ord for Name<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.begin.cmp(&other.begin).then_with(|| fold::compare(self.whole, other.whole))
    }
}

impl PartialOrd for Name<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
