//! Names and access levels of actions.
//!
//! A service's names are stems, such as `Bucket` and `Object`, each with the set of affixes that make names of it, such
//! as `Create*`, `Delete*` and `List*s`. An access level is the one that the affix suggests, or an exception.

use super::Draft;
use crate::fold;
use crate::reader::{Lines, Reader};
use crate::store::{ActionRecord, Run, index, length, part};
use crate::wire::{DROP_LAST, FIRST_LETTER};
use crate::{AccessLevel, CatalogError};

/// No catalogue has as many actions: numbers that lead beyond are not believed.
const MOST_ACTIONS: usize = 200_000;

#[derive(Clone, Copy)]
struct Affix<'a> {
    before: &'a [u8],
    after: &'a [u8],
    /// How many letters of the stem it takes away.
    drops: usize,
    level: AccessLevel,
    /// Where names that begin with it stand among the others.
    rank: u32,
}

/// The names of the actions, in the order in which they are written.
pub(super) struct Names<'a> {
    affixes: Vec<Affix<'a>>,
    sets: Vec<Run>,
    set_items: Vec<u32>,
    set_of_stem: Reader<'a>,
    stems: Reader<'a>,
    levels: Exceptions<'a>,
    /// Of the actions read last, the ranks of their affixes.
    ranks: Vec<u32>,
}

impl<'a> Names<'a> {
    pub fn new(input: &mut Reader<'a>) -> Result<Self, CatalogError> {
        let mut lines = Lines::new(&input.section("affixes")?)?;
        let mut levels = input.section("access levels of affixes")?;
        let mut affixes = Vec::new();
        while !lines.is_empty() {
            let (before, after) = lines.line()?.split_once('*').ok_or_else(|| lines.error())?;
            let (after, drops) = match after.strip_prefix(DROP_LAST) {
                Some(after) => (after, 1),
                None => (after, 0),
            };
            let (before, after) = (before.as_bytes(), after.as_bytes());
            affixes.push(Affix { before, after, drops, level: level(&mut levels)?, rank: 0 });
        }
        rank(&mut affixes);
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
        Ok(Self { affixes, sets, set_items, set_of_stem, stems, levels, ranks: Vec::new() })
    }

    /// Reads one service's actions, not yet in order and without their shapes.
    pub fn read(
        &mut self,
        draft: &mut Draft,
        prefix: &str,
    ) -> Result<Vec<ActionRecord>, CatalogError> {
        let mut actions = Vec::new();
        let service = u16::try_from(draft.store.services.len()).map_err(|_| self.stems.error())?;
        self.ranks.clear();
        let mut stem = Vec::new();
        loop {
            let control = self.stems.byte()?;
            if control == 0 {
                return Ok(actions);
            }
            if control >= FIRST_LETTER {
                return Err(self.stems.error());
            }
            stem.truncate(usize::from(control - 1));
            stem.extend_from_slice(self.stems.run(FIRST_LETTER));
            let set = self.sets.get(self.set_of_stem.index()?).copied();
            let set = set.ok_or_else(|| self.set_of_stem.error())?;
            for number in part(&self.set_items, set) {
                let affix = self.affixes.get(index(*number)).ok_or_else(|| self.stems.error())?;
                let middle = stem.get(..stem.len().saturating_sub(affix.drops)).unwrap_or_default();
                let parts = [prefix.as_bytes(), b":", affix.before, middle, affix.after];
                let full_name = draft.push(&parts)?;
                let level = self.levels.next(affix.level)?;
                actions.push(ActionRecord { full_name, service, level, shape: 0 });
                self.ranks.push(affix.rank);
            }
            if actions.len() + draft.store.actions.len() > MOST_ACTIONS {
                return Err(self.stems.error());
            }
        }
    }

    /// Adds the actions just read to the table, in the order of their names.
    pub fn store_sorted(&self, draft: &mut Draft, prefix: &str, actions: Vec<ActionRecord>) -> Run {
        let name = |action: &ActionRecord| {
            let begin = index(action.full_name.start) + prefix.len() + 1;
            draft.text.get(begin..index(action.full_name.end)).unwrap_or_default()
        };
        let mut order: Vec<(u32, ActionRecord)> = self.ranks.iter().copied().zip(actions).collect();
        // Stems are sorted, so that little is left to do within one beginning.
        order.sort_by_key(|(rank, _)| *rank);
        fold::sort_almost_sorted(&mut order, |(_, action)| name(action));

        let start = length(draft.store.actions.len());
        draft.store.actions.extend(order.into_iter().map(|(_, action)| action));
        Run { start, end: length(draft.store.actions.len()) }
    }
}

/// Numbers the affixes by how names that they make begin; the same number for the same beginning.
fn rank(affixes: &mut [Affix]) {
    let mut sorted: Vec<&mut Affix> = affixes.iter_mut().collect();
    sorted.sort_by(|a, b| fold::compare_bytes(a.before, b.before));
    let mut last: &[u8] = &[];
    let mut rank = 0;
    for affix in sorted {
        rank += u32::from(!affix.before.eq_ignore_ascii_case(last));
        (affix.rank, last) = (rank, affix.before);
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
