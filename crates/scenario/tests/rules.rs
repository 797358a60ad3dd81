//! Holds `tests/cases/rules.txt` against the cases: every rule has its cases, every case its rule.

#![expect(clippy::unwrap_used, reason = "a list that cannot be read must fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What AWS leaves open has a number from 1 to 25; the 21st concerns exports of an organization, not decisions.
const OPEN: std::ops::RangeInclusive<usize> = 1..=25;
const NOT_ABOUT_DECISIONS: usize = 21;

/// The sections of the rules that decide something.
const SECTIONS: &[&str] = &[
    "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "2.1", "2.2", "2.3", "2.4",
    "2.5", "2.6", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.12",
    "8.2",
];

#[test]
fn every_rule_has_its_cases_and_every_case_its_rule() {
    let text = fs::read_to_string(directory().join("rules.txt")).unwrap();
    let (mut sections, mut listed) = (BTreeSet::new(), BTreeSet::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (rule, cases) = line.split_once(" | ").unwrap();
        let section = rule.split_whitespace().next().unwrap();
        sections.insert(section.to_owned());
        let cases: Vec<String> = cases.split_whitespace().flat_map(expand).collect();
        assert!(!cases.is_empty(), "`{rule}` has no case");
        listed.extend(cases);
    }
    let known: BTreeSet<String> = ids(&directory()).into_iter().collect();
    let of_diagnostics: BTreeSet<String> = diagnostic_ids().collect();
    let all: BTreeSet<&String> = known.union(&of_diagnostics).collect();
    let missing: Vec<_> = listed.iter().filter(|id| !all.contains(id)).collect();
    assert!(missing.is_empty(), "rules name cases that are not there: {missing:?}");
    let unlisted: Vec<_> = all.into_iter().filter(|id| !listed.contains(*id)).collect();
    assert!(unlisted.is_empty(), "cases that prove no rule: {unlisted:?}");
    let open = OPEN.filter(|number| *number != NOT_ABOUT_DECISIONS).map(|it| format!("U{it}"));
    let wanted = SECTIONS.iter().map(|it| (*it).to_owned()).chain(open);
    let without: Vec<String> = wanted.filter(|section| !sections.contains(section)).collect();
    assert!(without.is_empty(), "sections without a rule: {without:?}");
}

/// `R-1.7-01..07` stands for seven cases.
fn expand(written: &str) -> Vec<String> {
    let Some((first, last)) = written.split_once("..") else { return vec![written.to_owned()] };
    let (start, number) = first.rsplit_once('-').unwrap();
    let width = number.len();
    let range = number.parse::<usize>().unwrap()..=last.parse().unwrap();
    range.map(|number| format!("{start}-{number:0width$}")).collect()
}

/// A diagnostic case has the id of its rule and perhaps a letter; those that show whole policies prove no single rule.
fn diagnostic_ids() -> impl Iterator<Item = String> {
    let ids = ids(&directory().join("diagnostics")).into_iter();
    ids.filter(|id| !id.starts_with("G-0-"))
        .map(|id| id.trim_end_matches(|c: char| c.is_ascii_lowercase()).to_owned())
}

fn ids(directory: &Path) -> Vec<String> {
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|it| it == "json"));
    files
        .flat_map(|path| {
            let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let cases = file.get("cases").and_then(Value::as_array).cloned().unwrap();
            cases.into_iter().map(|case| case.get("id").and_then(Value::as_str).unwrap().to_owned())
        })
        .collect()
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases")
}
