//! Holds `Compiled::judge` against `tests/cases/judgements.json`: what a question comes to that leaves something open.

use iam_scenario::{Compiled, Document, Judged, JudgedExample, Open, Request};
use serde_json::Value;

const CASES: &str = include_str!("../../../tests/cases/judgements.json");

#[test]
fn every_judgement_is_as_expected() {
    let file: Value = serde_json::from_str(CASES).unwrap();
    let mut report = String::new();
    for case in file["cases"].as_array().unwrap() {
        let compiled = Compiled::new(&Document::from_value(case["scenario"].clone()).unwrap());
        let request = Request::from_value(case["request"].clone()).unwrap();
        let open = Open::from_value(case["open"].clone()).unwrap();
        let judged = compiled.judge(&request, &open, None).unwrap();
        let found = serde_json::to_value(&judged).unwrap();
        let expected = [
            ("exact", case.get("exact").cloned().unwrap_or(Value::Bool(true))),
            (
                "dependsOnResource",
                case.get("dependsOnResource").cloned().unwrap_or(Value::Bool(false)),
            ),
            ("decisions", case["decisions"].clone()),
            ("dependsOn", case["dependsOn"].clone()),
        ];
        let said = [
            found["exact"].clone(),
            found["dependsOnResource"].clone(),
            sorted(found["examples"].as_array().unwrap().iter().map(|it| &it["decision"])),
            sorted(found["dependsOn"].as_array().unwrap().iter().map(|it| &it["key"])),
        ];
        for ((member, wanted), found) in expected.into_iter().zip(said) {
            if wanted != found {
                report += &format!("{}: `{member}` is {found}, expected {wanted}\n", case["id"]);
            }
        }
        report += &differing(&compiled, &request, &judged, &case["id"]);
    }
    assert!(report.is_empty(), "{report}");
}

fn sorted<'a>(values: impl Iterator<Item = &'a Value>) -> Value {
    let mut texts: Vec<&str> = values.filter_map(Value::as_str).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.into()
}

/// Examples that come out otherwise when they are asked as ordinary requests.
fn differing(compiled: &Compiled, request: &Request, judged: &Judged, id: &Value) -> String {
    let asked = |example: &JudgedExample| {
        let mut request = request.clone();
        for (key, values) in example.context.iter() {
            request = iam_scenario::with_context(&request, key, values);
        }
        request.resource = example.resource.clone().unwrap_or(request.resource);
        compiled.decide(&request, None)
    };
    let wrong = judged.examples.iter().filter(|it| asked(it) != Ok(it.decision));
    wrong.map(|it| format!("{id}: {it:?} comes out otherwise\n")).collect()
}
