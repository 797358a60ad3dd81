//! What would flip an answer, tried on every scenario of the conformance cases and on the one that opens first.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a scenario that cannot be read must fail"
)]

use iam_scenario::{Change, Compiled, Decision, Document, Flip, Request, apply, with_context};
use serde_json::Value;

const SEED: &str = include_str!("../seed/example-corp.json");

/// Every scenario that stands in a case of its own, and the seed.
fn documents() -> Vec<Document> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases");
    let files = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let mut documents = vec![Document::from_json(SEED).unwrap()];
    for path in files.filter(|path| path.extension().is_some_and(|it| it == "json")) {
        let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let cases = file["cases"].as_array().cloned().unwrap_or_default();
        let scenarios = cases.into_iter().map(|case| case["scenario"].clone());
        documents
            .extend(scenarios.filter(Value::is_object).map(|it| Document::from_value(it).unwrap()));
    }
    documents
}

fn after(document: &Document, request: &Request, flip: &Flip) -> Decision {
    let (document, request) = match &flip.change {
        // A policy that came with the request is changed in the request.
        Change::Edit(action) => {
            let index = document.requests().iter().position(|it| **it == *request).unwrap();
            let document = apply(document, action).unwrap();
            let request = Request::clone(&document.requests()[index]);
            (document, request)
        }
        Change::Context { key, values } => (document.clone(), with_context(request, key, values)),
    };
    Compiled::new(&document).decide(&request, None).unwrap()
}

/// Each change that is offered does what it says, whoever makes it.
#[test]
fn every_flip_flips() {
    let (mut asked, mut flipped, mut offered) = (0, 0, 0);
    for document in documents() {
        let compiled = Compiled::new(&document);
        for request in document.requests() {
            let Ok(answer) = compiled.ask(request, None) else { continue };
            let flips = compiled.flips(request, &answer, None);
            for flip in &flips {
                let decision = after(&document, request, flip);
                assert_eq!(decision, flip.decision, "{}: {}", request.name, flip.label);
                assert_ne!(decision == Decision::Allowed, answer.decision() == Decision::Allowed);
            }
            asked += 1;
            flipped += usize::from(!flips.is_empty());
            offered += flips.len();
        }
    }
    // Most answers hang on one thing; those that do not are denied at several places or cannot be changed at all.
    assert!(
        flipped * 20 > asked * 19,
        "{flipped} of {asked} answers have a flip, {offered} in all"
    );
}

#[test]
fn the_seed_says_what_would_let_john_start_his_instance() {
    let document = Document::from_json(SEED).unwrap();
    let compiled = Compiled::new(&document);
    let request = &document.requests()[0];
    let answer = compiled.ask(request, None).unwrap();
    assert_eq!(answer.decision(), Decision::ExplicitDeny);
    let labels: Vec<String> =
        compiled.flips(request, &answer, None).into_iter().map(|flip| flip.label).collect();
    assert!(labels.iter().any(|label| label.starts_with("Detach DenyEc2")), "{labels:?}");
    assert!(labels.iter().any(|label| label.starts_with("Move")), "{labels:?}");
}
