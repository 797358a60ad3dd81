//! The gallery: every scenario holds what it claims, and its index (`web/content/gallery.json`) says what is there.
//!
//! `UPDATE_GALLERY=1 cargo test -p iam-scenario --test gallery current` writes the parts of the index that follow from the files:
//! how many questions have an expectation, and the small drawing of the tree on its card.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot be set up must fail"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use iam_evaluator::Severity;
use iam_scenario::{Compiled, Document, PolicyPlace, test};
use serde_json::{Value, json};

mod drawing;
mod places;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../gallery"))
}

fn index_file() -> PathBuf {
    folder().join("../web/content/gallery.json")
}

fn index() -> Value {
    let text = fs::read_to_string(index_file()).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn entries() -> Vec<Value> {
    index()["scenarios"].as_array().unwrap().clone()
}

fn scenario(entry: &Value) -> Document {
    let name = format!("{}.json", entry["id"].as_str().unwrap());
    let text = fs::read_to_string(folder().join(&name)).unwrap();
    Document::from_json(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A number for what a scenario's file says, whatever its layout.
fn checksum(entry: &Value) -> u32 {
    let name = format!("{}.json", entry["id"].as_str().unwrap());
    let text = fs::read_to_string(folder().join(name)).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    crc32fast::hash(value.to_string().as_bytes())
}

#[test]
fn the_index_lists_every_file_once() {
    let files: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let entries = entries();
    let listed: BTreeSet<String> =
        entries.iter().map(|entry| format!("{}.json", entry["id"].as_str().unwrap())).collect();
    assert_eq!(listed, files);
    assert_eq!(entries.len(), files.len(), "an id stands twice in the index");
    assert!(entries.len() >= 14);
}

#[test]
fn every_question_comes_out_as_expected() {
    for entry in entries() {
        let document = scenario(&entry);
        for result in test(&document, None) {
            assert!(
                result.passed(),
                "{}: {}: {:?}: {}",
                entry["id"],
                result.label,
                result.found,
                result.message
            );
        }
        let asked = document.requests().iter().filter(|request| request.expect.is_some()).count();
        assert!(asked >= 4 && asked == document.requests().len(), "{}", entry["id"]);
        let decisions: BTreeSet<_> =
            document.requests().iter().filter_map(|it| Some(it.expect?.as_str())).collect();
        assert!(decisions.len() >= 2, "{} shows one decision only", entry["id"]);
    }
}

#[test]
fn what_a_card_says_is_there() {
    let levels = ["first steps", "everyday", "expert"];
    for entry in entries() {
        let id = &entry["id"];
        let document = scenario(&entry);
        assert_eq!(entry["title"], document.title(), "{id}");
        for part in ["paragraph", "trap"] {
            // The card sets code apart; the scenario's description is plain.
            let text = entry[part].as_str().unwrap().replace('`', "");
            assert!(text.len() > 80 && document.description().contains(&text), "{id}: {part}");
        }
        assert!(levels.contains(&entry["level"].as_str().unwrap()), "{id}");
        assert!(!entry["topics"].as_array().unwrap().is_empty(), "{id}");
        let question = usize::try_from(entry["question"].as_u64().unwrap()).unwrap();
        assert!(question < document.requests().len(), "{id}");
    }
}

#[test]
fn policies_have_no_errors_and_only_the_warnings_that_are_the_trap() {
    for entry in entries() {
        let document = scenario(&entry);
        let compiled = Compiled::new(&document);
        let mut warned = BTreeSet::new();
        for place in places::all(&document) {
            for diagnostic in compiled.diagnostics(&place) {
                let (code, message) = (diagnostic.code.as_str(), &diagnostic.message);
                assert!(
                    diagnostic.severity() != Severity::Error,
                    "{}: {place:?}: {message}",
                    entry["id"]
                );
                warned.insert((code.to_owned(), format!("{place:?}: {message}")));
            }
        }
        let wanted: BTreeSet<&str> =
            entry["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let found: BTreeSet<&str> = warned.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(found, wanted, "{}: {warned:#?}", entry["id"]);
    }
}

#[test]
fn the_index_is_current() {
    let mut wanted = index();
    for entry in wanted["scenarios"].as_array_mut().unwrap() {
        let document = scenario(entry);
        entry["tests"] = json!(document.requests().iter().filter(|it| it.expect.is_some()).count());
        entry["drawing"] = drawing::draw(&document);
        // Links name a scenario and say what is different from it: it never changes once it is listed.
        if entry.get("frozen").is_none() {
            entry["frozen"] = json!(checksum(entry));
        }
    }
    if std::env::var_os("UPDATE_GALLERY").is_some() {
        fs::write(index_file(), format!("{wanted:#}\n")).unwrap();
    }
    let again = "UPDATE_GALLERY=1 cargo test -p iam-scenario --test gallery current";
    assert!(index() == wanted, "the index is out of date: {again}");
}

#[test]
fn a_listed_scenario_has_not_changed() {
    for entry in entries() {
        assert_eq!(
            entry["frozen"],
            checksum(&entry),
            "{}: links build on it. Give the new one another name and leave the old one as it was",
            entry["id"]
        );
    }
}

#[test]
fn every_place_that_is_walked_has_a_text() {
    for entry in entries() {
        let document = scenario(&entry);
        for place in places::all(&document) {
            assert!(document.policy_text(&place).is_some(), "{place:?}");
        }
        let organization = document.organization().map_or(0, |it| it.policies.len());
        let walked = places::all(&document);
        let of_organization =
            walked.iter().filter(|it| matches!(it, PolicyPlace::Organization { .. })).count();
        assert_eq!(of_organization, organization, "{}", entry["id"]);
    }
}
