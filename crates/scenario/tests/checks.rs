//! Holds `Compiled::check` against `tests/cases/checks.json`: what is wrong with whole scenarios, as data.

use iam_scenario::{Compiled, Document, ProblemReport};
use serde_json::Value;

const CASES: &str = include_str!("../../../tests/cases/checks.json");

/// Every problem is found, and nothing else; a case may leave the sentence open.
#[test]
fn every_scenario_has_its_problems() {
    let file: Value = serde_json::from_str(CASES).unwrap();
    // As the command line and JavaScript check: with the catalogue.
    let catalog = iam_catalog::shipped::catalog().unwrap();
    let mut report = String::new();
    for case in file["cases"].as_array().unwrap() {
        let document = Document::from_value(case["scenario"].clone()).unwrap();
        let found = Compiled::new(&document).check(Some(&catalog));
        let found: Vec<Value> = found
            .iter()
            .map(|problem| serde_json::to_value(ProblemReport::new(&document, problem)).unwrap())
            .collect();
        let wanted = case["problems"].as_array().unwrap();
        let agree = |(wanted, found): (&Value, &Value)| {
            wanted.as_object().unwrap().iter().all(|(name, value)| found[name] == *value)
        };
        if wanted.len() != found.len() || !wanted.iter().zip(&found).all(agree) {
            report += &format!("{}: {}\n  found {found:#?}\n", case["id"], case["rule"]);
        }
    }
    assert!(report.is_empty(), "{report}");
}
