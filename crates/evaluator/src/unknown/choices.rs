//! The values of one unknown key that its clauses can tell apart, each with an example.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::automaton::{Step, tell_apart};
use crate::condition::holds::{holds, passes};
use crate::condition::{ConditionClause, Decimal, Instant, SetOperator, Test, TypedValue};
use crate::facts::{Facts, Found};
use crate::few::sort_few;

/// The choices for one key. `complete`: every value that a request can have behaves like one of them.
pub(super) struct Choices {
    /// The values in each choice; none at all stands for the missing key.
    pub values: Vec<Vec<Box<str>>>,
    pub complete: bool,
}

/// Collects the choices that the clauses, all of one key, can tell apart.
pub(super) fn choices(clauses: &[&ConditionClause], facts: &Facts<'_>) -> Choices {
    let mut examples = Candidates::default();
    for clause in clauses {
        examples.add(clause, facts);
    }
    let (texts, mut complete) = examples.finish();
    let classes = distinct(texts, clauses, facts);
    let mut values: Vec<Vec<Box<str>>> = vec![Vec::new()];
    values.extend(classes.iter().map(|class| vec![class.text.clone()]));
    let of_many =
        clauses.iter().any(|clause| clause.operator.set.is_some() || clause.key.may_have_several());
    if of_many {
        complete &= add_sets(&classes, clauses, facts, &mut values);
    }
    // Two choices that no clause tells apart are one.
    let mut seen = BTreeMap::new();
    values.retain(|values| seen.insert(truths(values, clauses, facts), ()).is_none());
    Choices { values, complete }
}

fn truths(values: &[Box<str>], clauses: &[&ConditionClause], facts: &Facts<'_>) -> Vec<bool> {
    clauses.iter().map(|clause| holds(clause, &Found::Given(values), facts)).collect()
}

/// Values that pass the same clauses: an example, and a second one where the search came across it.
struct Class {
    text: Box<str>,
    second: Option<Box<str>>,
}

/// A class for each way in which single values pass the clauses.
fn distinct(texts: Vec<Box<str>>, clauses: &[&ConditionClause], facts: &Facts<'_>) -> Vec<Class> {
    let mut places: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    let mut classes: Vec<Class> = Vec::new();
    for text in texts {
        let empty = [text.is_empty()];
        let passed =
            clauses.iter().map(|clause| passes(clause, &text, facts)).chain(empty).collect();
        let place = *places.entry(passed).or_insert(classes.len());
        match classes.get_mut(place) {
            None => classes.push(Class { text, second: None }),
            Some(class) if class.second.is_none() && class.text != text => {
                class.second = Some(text);
            }
            Some(_) => {}
        }
    }
    classes
}

/// Sets of values: every set behaves like one that is found by adding values one at a time for as long as something new
/// comes out. Returns whether all were found.
fn add_sets(
    classes: &[Class],
    clauses: &[&ConditionClause],
    facts: &Facts<'_>,
    values: &mut Vec<Vec<Box<str>>>,
) -> bool {
    const MOST: usize = 256;
    // A set operator asks whether all or any of the values pass, so those two answers per clause tell sets apart.
    let behaviour = |set: &[Box<str>]| -> Vec<(bool, bool)> {
        let of_clause = |clause: &&ConditionClause| {
            let pass = |text: &str| match clause.operator.set {
                Some(SetOperator::ForAllValues) => text.is_empty() || passes(clause, text, facts),
                _ => passes(clause, text, facts),
            };
            (set.iter().all(|text| pass(text)), set.iter().any(|text| pass(text)))
        };
        clauses.iter().map(of_clause).collect()
    };
    let mut sets: Vec<Vec<Box<str>>> = classes.iter().map(|it| vec![it.text.clone()]).collect();
    let mut seen = BTreeMap::new();
    let mut at = 0;
    while let Some(set) = sets.get(at).cloned() {
        at += 1;
        for class in classes {
            // Two values of one class differ from one: without a set operator two values fail.
            let added = match set.contains(&class.text) {
                true => class.second.as_ref().unwrap_or(&class.text),
                false => &class.text,
            };
            let larger: Vec<Box<str>> = set.iter().chain([added]).cloned().collect();
            if seen.insert(behaviour(&larger), ()).is_none() {
                if sets.len() >= MOST {
                    return false;
                }
                values.push(larger.clone());
                sets.push(larger);
            }
        }
    }
    true
}

/// Texts that could show a difference.
#[derive(Default)]
struct Candidates {
    /// What the policies themselves say comes first, so that examples read well.
    written: Vec<Box<str>>,
    patterns: Vec<Vec<Step>>,
    numbers: Vec<Box<str>>,
    instants: Vec<Instant>,
    networks: Vec<ipnet::IpNet>,
    /// One more than the longest value of `BinaryEquals`; 0 without any.
    longest_bytes: usize,
    incomplete: bool,
}

impl Candidates {
    fn add(&mut self, clause: &ConditionClause, facts: &Facts<'_>) {
        for value in &clause.values {
            match &value.typed {
                TypedValue::Text(pattern) => {
                    if pattern.as_literal().is_some() {
                        self.written.push(value.text.clone());
                    }
                    let ignores_case =
                        matches!(clause.operator.test, Test::StringEqualsIgnoreCase | Test::Bool);
                    let steps = pattern.steps(false, facts);
                    self.patterns.extend(
                        steps.map(|steps| if ignores_case { ignoring_case(steps) } else { steps }),
                    );
                }
                TypedValue::Arn(pattern) => self.patterns.extend(pattern.steps(false, facts)),
                TypedValue::Number(_) => self.numbers.push(value.text.clone()),
                TypedValue::Instant(instant) => self.instants.push(*instant),
                TypedValue::Network(network) => self.networks.push(*network),
                TypedValue::Bytes(bytes) => {
                    self.written.push(value.text.clone());
                    self.written.extend(std::str::from_utf8(bytes).map(Into::into));
                    self.longest_bytes = self.longest_bytes.max(bytes.len() + 1);
                }
                TypedValue::Missing(_) | TypedValue::Malformed => {}
            }
        }
        if clause.operator.test == Test::Bool {
            self.written.extend(["true".into(), "false".into()]);
        }
    }

    fn finish(mut self) -> (Vec<Box<str>>, bool) {
        let families = [
            !self.patterns.is_empty(),
            !self.numbers.is_empty(),
            !self.instants.is_empty(),
            !self.networks.is_empty(),
            self.longest_bytes > 0,
        ];
        // Texts that are at once numbers, dates or addresses and match a pattern are not searched for.
        self.incomplete |= families.iter().filter(|family| **family).count() > 1;
        let mut texts = self.written;
        texts.extend(around_numbers(&self.numbers));
        let instants = around_instants(self.instants);
        self.incomplete |= instants.iter().any(Option::is_none);
        texts.extend(instants.into_iter().flatten());
        texts.extend(around_networks(&self.networks));
        let examples = tell_apart(&self.patterns, None);
        texts.extend(examples.texts.into_iter().map(Into::into));
        // What is no number, no date and no address at all, and too long for any bytes.
        texts.push("x".repeat(self.longest_bytes.max(1)).into());
        (texts, examples.complete && !self.incomplete)
    }
}

pub(super) fn ignoring_case(steps: Vec<Step>) -> Vec<Step> {
    let ignore = |step| match step {
        Step::Exactly(character) => Step::IgnoringCase(character),
        other => other,
    };
    steps.into_iter().map(ignore).collect()
}

/// Each number, and one in every gap before, between and behind them.
fn around_numbers(numbers: &[Box<str>]) -> Vec<Box<str>> {
    if numbers.is_empty() {
        return Vec::new();
    }
    let fraction = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let finest = numbers.iter().map(|text| fraction(text)).max().unwrap_or_default();
    let widest = numbers.iter().map(|text| text.len()).max().unwrap_or_default();
    // A digit behind all others lies nearer to its number than any other number does: beyond it, away from zero.
    let beyond = |text: &str| {
        let point = if text.contains('.') { "" } else { "." };
        format!("{text}{point}{}1", "0".repeat(finest - fraction(text)))
    };
    let zero = ["0".to_owned(), beyond("0"), beyond("-0"), format!("-1{}", "0".repeat(widest))];
    let numbers = numbers.iter().filter(|text| Decimal::parse(text).is_some());
    let around = numbers.flat_map(|text| [text.to_string(), beyond(text)]);
    around.chain(zero).map(Into::into).collect()
}

/// Each instant, and one in every gap before, between and behind them; `None` for those that no text can tell.
fn around_instants(mut instants: Vec<Instant>) -> Vec<Option<Box<str>>> {
    sort_few(&mut instants);
    instants.dedup();
    let mut around = Vec::new();
    for (index, instant) in instants.iter().enumerate() {
        if index == 0 {
            around.push(instant.plus_nanoseconds(-1_000_000_000));
        }
        around.push(*instant);
        let gap =
            instants.get(index + 1).map_or(i128::MAX, |next| next.nanoseconds_since(*instant));
        around.push(instant.plus_nanoseconds((gap / 2).min(1_000_000_000)));
    }
    around.into_iter().map(text_of_instant).collect()
}

/// As a date, or in seconds where the year has more than four digits.
fn text_of_instant(instant: Instant) -> Option<Box<str>> {
    let seconds = || instant.epoch_seconds().to_string();
    let texts = [instant.to_iso8601().unwrap_or_default(), seconds()];
    texts.into_iter().find(|text| Instant::parse(text) == Some(instant)).map(Into::into)
}

/// The first address of every stretch into which the blocks cut all addresses, of both families.
fn around_networks(networks: &[ipnet::IpNet]) -> Vec<Box<str>> {
    if networks.is_empty() {
        return Vec::new();
    }
    let mut addresses: Vec<IpAddr> = Vec::new();
    for network in networks {
        addresses.push(network.network());
        match network.broadcast() {
            IpAddr::V4(last) => {
                addresses.extend(
                    u32::from(last).checked_add(1).map(|next| IpAddr::V4(Ipv4Addr::from(next))),
                );
            }
            IpAddr::V6(last) => {
                addresses.extend(
                    u128::from(last).checked_add(1).map(|next| IpAddr::V6(Ipv6Addr::from(next))),
                );
            }
        }
    }
    addresses.extend([IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)]);
    addresses.iter().map(|address| address.to_string().into()).collect()
}
