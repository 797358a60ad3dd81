//! Splits the names of actions into stems and affixes, as the catalogue writes them.
//!
//! `CreateBucket`, `DeleteBucket` and `ListBuckets` are the stem `Bucket` with the set of affixes
//! `Create*`, `Delete*`, `List*s`. Stems are sorted, so that each shares its beginning with the one before.

use std::collections::{BTreeMap, HashMap};

use iam_catalog::AccessLevel;
use iam_catalog::wire::{DROP_LAST, FIRST_LETTER};

use super::source::{Action, Facts, Service};
use super::writer::{Numbers, Writer};

/// The actions of one service by stem, and by affix within a stem: the order in which they are written.
pub type ByStem<'a> = BTreeMap<String, BTreeMap<String, &'a Action>>;

pub fn by_stem(service: &Service) -> ByStem<'_> {
    let mut stems = ByStem::new();
    for action in &service.actions {
        let (stem, affix) = split(&action.name);
        stems.entry(stem).or_default().insert(affix, action);
    }
    stems
}

fn split(name: &str) -> (String, String) {
    let mut verb = word(name, 0);
    if name.get(..verb) == Some("Batch") && verb < name.len() {
        let second = word(name, verb);
        // `BatchGet*`, but not a stem of nothing.
        verb = if second < name.len() { second } else { verb };
    }
    let (verb, rest) = name.split_at(verb);
    if let Some(singular) = rest.strip_suffix("ies").filter(|rest| rest.len() > 1) {
        return (format!("{singular}y"), format!("{verb}*{DROP_LAST}ies"));
    }
    match rest.strip_suffix('s').filter(|rest| rest.len() > 1 && !rest.ends_with('s')) {
        Some(singular) => (singular.to_owned(), format!("{verb}*s")),
        None => (rest.to_owned(), format!("{verb}*")),
    }
}

/// Where the word that begins there ends: `Get` of `GetObject`, `ECS` of `ECSTask`.
fn word(name: &str, begin: usize) -> usize {
    let letters: Vec<char> = name.chars().skip(begin).collect();
    let upper = letters.iter().take_while(|c| c.is_ascii_uppercase()).count();
    let lower =
        |from: usize| letters.iter().skip(from).take_while(|c| c.is_ascii_lowercase()).count();
    let length = match upper {
        0 => lower(0).max(1),
        1 => 1 + lower(1),
        _ if lower(upper) == 0 => upper,
        _ => upper - 1,
    };
    (begin + length).min(name.len())
}

/// Writes the sections `affixes` to `exceptional access levels`.
pub fn write(facts: &Facts, services: &[ByStem], output: &mut Writer) {
    let affixes = Affixes::count(services);
    let (mut lines, mut levels) = (Writer::default(), Writer::default());
    for affix in &affixes.list {
        lines.line(affix);
        levels.byte(affixes.level(affix) as u8);
    }
    let sets = frequent_first(services.iter().flat_map(|s| s.values()).map(set_of));
    let set_numbers = Numbers::of_all(sets.iter().map(Vec::as_slice));
    let mut written_sets = Writer::default();
    for set in &sets {
        written_sets.number(set.len());
        set.iter().for_each(|affix| written_sets.number(affixes.numbers.of(*affix)));
    }
    let mut set_of_stem = Writer::default();
    for actions in services.iter().flat_map(|service| service.values()) {
        set_of_stem.number(set_numbers.of(set_of(actions).as_slice()));
    }
    let mut stems = Writer::default();
    services.iter().for_each(|service| write_stems(service, &mut stems));
    debug_assert_eq!(facts.services.len(), services.len());

    let exceptions = exceptions(services, &affixes);
    for section in [lines, levels, written_sets, set_of_stem, stems, exceptions] {
        output.section(section);
    }
}

fn set_of<'a>(actions: &'a BTreeMap<String, &Action>) -> Vec<&'a str> {
    actions.keys().map(String::as_str).collect()
}

fn write_stems(service: &ByStem, output: &mut Writer) {
    let mut last = "";
    for stem in service.keys() {
        let shared = stem.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        let kept = shared.min(usize::from(FIRST_LETTER) - 2);
        output.byte(kept as u8 + 1);
        output.text(stem.get(kept..).unwrap_or_default());
        last = stem;
    }
    output.byte(0);
}

/// How many actions have the level that their affix suggests, then the level of one that has not, and so on.
fn exceptions(services: &[ByStem], affixes: &Affixes) -> Writer {
    let mut output = Writer::default();
    let mut regular = 0;
    for (affix, action) in services.iter().flat_map(|s| s.values()).flatten() {
        if affixes.level(affix) == action.level {
            regular += 1;
        } else {
            output.number(regular);
            output.byte(action.level as u8);
            regular = 0;
        }
    }
    output
}

/// All affixes, the most frequent first, with the level that most of their actions have.
struct Affixes<'a> {
    list: Vec<&'a str>,
    numbers: Numbers<&'a str>,
    levels: HashMap<&'a str, AccessLevel>,
}

impl<'a> Affixes<'a> {
    fn count(services: &'a [ByStem]) -> Self {
        let sets = services.iter().flat_map(|service| service.values());
        let list = frequent_first(sets.clone().flat_map(|set| set.keys().map(String::as_str)));
        let pairs = sets.flatten().map(|(affix, action)| (affix.as_str(), action.level));
        let mut levels = HashMap::new();
        for (affix, level) in frequent_first(pairs) {
            levels.entry(affix).or_insert(level);
        }
        Self { numbers: Numbers::of_all(list.iter().copied()), list, levels }
    }

    fn level(&self, affix: &str) -> AccessLevel {
        self.levels.get(affix).copied().unwrap_or(AccessLevel::Write)
    }
}

/// Each thing once, those that occur more often first, then in their own order.
pub fn frequent_first<T: Ord + Clone>(things: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    things.for_each(|thing| *counts.entry(thing).or_default() += 1);
    let mut list: Vec<(T, usize)> = counts.into_iter().collect();
    list.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    list.into_iter().map(|(thing, _)| thing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_their_verb_and_plural() {
        let split = |name| split(name);
        let pair = |stem: &str, affix: &str| (stem.to_owned(), affix.to_owned());
        assert_eq!(split("GetObject"), pair("Object", "Get*"));
        assert_eq!(split("ListBuckets"), pair("Bucket", "List*s"));
        assert_eq!(split("ListPolicies"), pair("Policy", "List*<ies"));
        assert_eq!(split("BatchGetItem"), pair("Item", "BatchGet*"));
        assert_eq!(split("Batch"), pair("", "Batch*"));
        assert_eq!(split("GetAccess"), pair("Access", "Get*"));
        assert_eq!(split("invoke"), pair("", "invoke*"));
    }
}
