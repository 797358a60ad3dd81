//! Telling texts apart by patterns: for every combination of patterns that some text matches, one such text.
//!
//! All patterns are read at once, character by character, over the few characters that they speak of and one that they
//! do not; each state that is reached for the first time knows the shortest text that leads there.

use crate::few::sort_few;
use crate::fold::fold_char;
use std::collections::{BTreeMap, VecDeque};

/// One step of a pattern that is read character by character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// This character.
    Exactly(char),
    /// This character in either case.
    IgnoringCase(char),
    /// Any character.
    One,
    /// Any character but a colon.
    OneInField,
    /// Any run.
    Run,
    /// Any run without colons.
    RunInField,
}

/// Texts that together show every combination of patterns there is; `complete` is false where the search was cut off.
pub(super) struct Examples {
    pub texts: Vec<String>,
    pub complete: bool,
}

/// A pattern longer than this is not searched: its positions would not fit into one word.
const LONGEST: usize = 127;
/// States after which the search is cut off.
const STATES: usize = 20_000;

/// Finds one text for every combination of patterns that some text of the domain matches. Without a domain every text
/// is in it.
pub(super) fn tell_apart(patterns: &[Vec<Step>], domain: Option<&[Step]>) -> Examples {
    let mut machines: Vec<&[Step]> = patterns.iter().map(Vec::as_slice).collect();
    machines.extend(domain);
    let complete = machines.iter().all(|steps| steps.len() <= LONGEST);
    machines.iter_mut().for_each(|steps| {
        if steps.len() > LONGEST {
            *steps = &[];
        }
    });
    let alphabet = alphabet(&machines);
    let start: Vec<u128> = machines.iter().map(|steps| skip_runs(steps, 1)).collect();
    let mut search = Search { machines, has_domain: domain.is_some(), found: BTreeMap::new() };
    let finished = search.run(start, &alphabet);
    Examples { texts: search.found.into_values().collect(), complete: complete && finished }
}

struct Search<'a> {
    machines: Vec<&'a [Step]>,
    has_domain: bool,
    /// By which patterns match, the shortest text.
    found: BTreeMap<Vec<bool>, String>,
}

impl Search<'_> {
    fn run(&mut self, start: Vec<u128>, alphabet: &[char]) -> bool {
        let mut seen = BTreeMap::new();
        seen.insert(start.clone(), ());
        let mut waiting = VecDeque::from([(start, String::new())]);
        while let Some((state, text)) = waiting.pop_front() {
            self.note(&state, &text);
            for character in alphabet {
                let next: Vec<u128> = self
                    .machines
                    .iter()
                    .zip(&state)
                    .map(|(steps, places)| advance(steps, *places, *character))
                    .collect();
                let outside = self.has_domain && next.last() == Some(&0);
                if !outside && seen.insert(next.clone(), ()).is_none() {
                    if seen.len() > STATES {
                        return false;
                    }
                    let mut longer = text.clone();
                    longer.push(*character);
                    waiting.push_back((next, longer));
                }
            }
        }
        true
    }

    fn note(&mut self, state: &[u128], text: &str) {
        let mut accepted: Vec<bool> = self
            .machines
            .iter()
            .zip(state)
            .map(|(steps, places)| places >> steps.len() & 1 == 1)
            .collect();
        if self.has_domain && accepted.pop() != Some(true) {
            return;
        }
        // The empty text stands for no text at all, so another one is wanted beside it.
        accepted.push(text.is_empty());
        self.found.entry(accepted).or_insert_with(|| text.to_owned());
    }
}

/// The characters that the patterns speak of, and one that they do not.
fn alphabet(machines: &[&[Step]]) -> Vec<char> {
    let mut characters: Vec<char> = machines
        .iter()
        .flat_map(|steps| steps.iter())
        .flat_map(|step| match step {
            Step::Exactly(c) => [*c, *c],
            Step::IgnoringCase(c) => [fold_char(*c), upper(*c)],
            Step::OneInField | Step::RunInField => [':', ':'],
            Step::One | Step::Run => ['x', 'x'],
        })
        .collect();
    let other = "xzqwkj0123456789abcdefghilmnoprstuvy-_".chars().find(|c| !characters.contains(c));
    // A character that stands for all others comes first, so that examples show it where anything may stand.
    characters.extend(other.or(Some('§')));
    sort_few(&mut characters);
    characters.dedup();
    characters
}

fn upper(character: char) -> char {
    match character {
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' => {
            char::from_u32(u32::from(character) - 0x20).unwrap_or(character)
        }
        other => other,
    }
}

/// The places reached by reading one character. A bit stands for the number of steps that lie behind.
fn advance(steps: &[Step], places: u128, character: char) -> u128 {
    let mut next = 0_u128;
    for (index, step) in steps.iter().enumerate().filter(|(index, _)| places >> index & 1 == 1) {
        let (stay, go) = match step {
            Step::Exactly(wanted) => (false, *wanted == character),
            Step::IgnoringCase(wanted) => (false, fold_char(*wanted) == fold_char(character)),
            Step::One => (false, true),
            Step::OneInField => (false, character != ':'),
            Step::Run => (true, false),
            Step::RunInField => (character != ':', false),
        };
        next |= u128::from(stay) << index | u128::from(go) << (index + 1);
    }
    skip_runs(steps, next)
}

/// A run may be empty, so whoever stands before it also stands behind it.
fn skip_runs(steps: &[Step], mut places: u128) -> u128 {
    for (index, step) in steps.iter().enumerate() {
        if matches!(step, Step::Run | Step::RunInField) && places >> index & 1 == 1 {
            places |= 1 << (index + 1);
        }
    }
    places
}
