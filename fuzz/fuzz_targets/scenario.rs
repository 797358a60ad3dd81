//! A whole scenario: read, compiled, asked, explained, and written again.

#![no_main]

use iam_evaluator::Instant;
use iam_scenario::{Compiled, Document, Explanation, link};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let document = match Document::from_json(input) {
        Ok(document) => document,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    for text in [document.to_json(), document.to_json_minified()] {
        assert_eq!(Document::from_json(&text).as_ref(), Ok(&document), "{text}");
    }
    assert_eq!(link::decode(&link::encode(&document)).as_ref(), Ok(&document));

    let compiled = Compiled::new(&document);
    let now = Some(Instant::from_epoch_seconds(1_795_000_000));
    for request in document.requests().iter().take(8) {
        match compiled.ask(request, now) {
            Ok(answer) => {
                assert_eq!(compiled.decide(request, now), Ok(answer.decision()));
                assert!(!answer.message(&compiled).is_empty());
                let trace = serde_json::to_value(Explanation::new(&compiled, &answer)).unwrap();
                assert_eq!(trace["decision"], answer.decision().as_str());
                for flip in compiled.flips(request, &answer, now) {
                    assert_ne!(flip.decision, answer.decision(), "{}", flip.label);
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
