//! What a person pastes as a denial: a message, a CloudTrail record, a decoded message.

#![no_main]

use iam_scenario::{Compiled, Denial, Document, Request, Simulation};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let denial = match Denial::read(input) {
        Ok(denial) => denial,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let document = Document::from_json(r#"{ "format": 1 }"#).unwrap();
    let compiled = Compiled::new(&document);
    let question = denial.question(&Request::default());
    denial.missing(&document);
    if let Ok(answer) = compiled.ask(&question, None) {
        assert!(!denial.agreement(&answer).text.is_empty());
        assert!(Simulation::new(&compiled, &answer).command.starts_with("aws iam"));
        if answer.decision().as_str() != "allowed" {
            Denial::read(&answer.message(&compiled)).unwrap();
        }
    }
});
