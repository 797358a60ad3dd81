//! The JavaScript API: `evaluate(scenario, request)`, `judge(scenario, request, open)`, `test(scenario)` and
//! `check(scenario)`, the calls of the command line.
//!
//! Each function reads its arguments (`value.rs`), makes one call to the core and writes the answer as plain objects.
//! Their types stand in `types.ts`. What cannot be read is thrown as an `Error` with one sentence; nothing panics.

mod value;

use std::cell::RefCell;

use iam_catalog::{Catalog, CatalogError};
use iam_evaluator::Instant;
use iam_scenario::{
    Compiled, Decision, Document, Explanation, Open, ProblemReport, Request, TestResult, Warning,
};
use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.ts");

thread_local! {
    /// AWS's actions and condition keys, read when they are first wanted.
    static CATALOG: Result<Catalog, CatalogError> = iam_catalog::shipped::catalog();
    /// Many questions in a row are mostly about one scenario. It is known by what it says: objects can change.
    static LAST: RefCell<Option<(Value, Compiled)>> = const { RefCell::new(None) };
}

/// Decides one request about a scenario: the decision, the sentence AWS would answer, and the whole trace.
///
/// # Errors
/// Where the scenario or the request cannot be read.
#[wasm_bindgen(skip_typescript)]
pub fn evaluate(scenario: &JsValue, request: &JsValue) -> Result<JsValue, JsError> {
    let scenario = value::read(scenario).map_err(|error| thrown("scenario", &error))?;
    let request = value::read(request).map_err(|error| thrown("request", &error))?;
    let request = Request::from_value(request).map_err(|error| thrown("request", &error))?;
    LAST.with_borrow_mut(|last| {
        let compiled = compile(last, scenario).map_err(|error| thrown("scenario", &error))?;
        let now = now();
        let answer =
            compiled.ask(&request, now).map_err(|error| JsError::new(&error.to_string()))?;
        let flips = compiled.flips(&request, &answer, now);
        written(&Answer {
            decision: answer.decision(),
            message: answer.message(compiled),
            trace: Explanation::new(compiled, &answer).with_flips(&flips),
        })
    })
}

/// Judges a request of which `open` leaves condition keys or the resource open: whether the decision is certain, what
/// it depends on, and an example of each decision that is possible.
///
/// # Errors
/// Where the scenario, the request or `open` cannot be read.
#[wasm_bindgen(skip_typescript)]
pub fn judge(scenario: &JsValue, request: &JsValue, open: &JsValue) -> Result<JsValue, JsError> {
    let scenario = value::read(scenario).map_err(|error| thrown("scenario", &error))?;
    let request = value::read(request).map_err(|error| thrown("request", &error))?;
    let request = Request::from_value(request).map_err(|error| thrown("request", &error))?;
    let open = value::read(open).map_err(|error| thrown("open", &error))?;
    let open = Open::from_value(open).map_err(|error| thrown("open", &error))?;
    LAST.with_borrow_mut(|last| {
        let compiled = compile(last, scenario).map_err(|error| thrown("scenario", &error))?;
        let judged = compiled.judge(&request, &open, now());
        written(&judged.map_err(|error| JsError::new(&error.to_string()))?)
    })
}

/// Asks every request of a scenario that has an `expect`, in order, and says how each came out.
///
/// # Errors
/// Where the scenario cannot be read. A request that cannot be asked is a result with an `error`.
#[wasm_bindgen(skip_typescript)]
pub fn test(scenario: &JsValue) -> Result<JsValue, JsError> {
    let scenario = value::read(scenario).map_err(|error| thrown("scenario", &error))?;
    let document = Document::from_value(scenario).map_err(|error| thrown("scenario", &error))?;
    let results = iam_scenario::test(&document, now());
    written(&results.into_iter().map(Tested::from).collect::<Vec<_>>())
}

/// Checks a scenario: what AWS would refuse in it, and what it accepts and people regret.
///
/// # Errors
/// Where the scenario cannot be read.
#[wasm_bindgen(skip_typescript)]
pub fn check(scenario: &JsValue) -> Result<JsValue, JsError> {
    let scenario = value::read(scenario).map_err(|error| thrown("scenario", &error))?;
    let document = Document::from_value(scenario).map_err(|error| thrown("scenario", &error))?;
    let problems = CATALOG.with(|catalog| Compiled::new(&document).check(catalog.as_ref().ok()));
    let problems = problems.iter().map(|problem| ProblemReport::new(&document, problem));
    written(&problems.collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Answer {
    decision: Decision,
    message: String,
    trace: Explanation,
}

#[derive(Serialize)]
struct Tested {
    request: usize,
    label: String,
    expected: Decision,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Decision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    message: String,
    causes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Warning>,
    passed: bool,
}

impl From<TestResult> for Tested {
    fn from(result: TestResult) -> Tested {
        Tested {
            passed: result.passed(),
            request: result.request,
            label: result.label,
            expected: result.expected,
            decision: result.found.as_ref().ok().copied(),
            error: result.found.err().map(|error| error.to_string()),
            message: result.message,
            causes: result.causes,
            warnings: result.warnings,
        }
    }
}

/// Brings the texts of AWS's managed policies before anything is read.
#[wasm_bindgen(start)]
pub fn start() {
    // The test that reads the file holds that it can be read.
    if let Ok(policies) = iam_catalog::shipped::managed_policies() {
        iam_scenario::built_in::provide(policies);
    }
}

/// The compiled scenario: that of the call before, unless this one says something else.
fn compile(
    last: &mut Option<(Value, Compiled)>,
    scenario: Value,
) -> Result<&Compiled, Box<dyn std::error::Error>> {
    if last.as_ref().is_none_or(|(known, _)| *known != scenario) {
        let document = Document::from_value(scenario.clone())?;
        *last = Some((scenario, Compiled::new(&document)));
    }
    last.as_ref().map(|(_, compiled)| compiled).ok_or_else(|| "nothing was compiled".into())
}

fn written(answer: &impl Serialize) -> Result<JsValue, JsError> {
    answer
        .serialize(&Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

fn thrown(argument: &str, error: &impl std::fmt::Display) -> JsError {
    JsError::new(&format!("`{argument}`: {error}"))
}

/// The time that `aws:CurrentTime` tells.
fn now() -> Option<Instant> {
    let seconds = js_sys::Date::now() / 1000.0;
    #[expect(clippy::cast_possible_truncation, reason = "the clock counts whole seconds here")]
    seconds.is_finite().then(|| Instant::from_epoch_seconds(seconds.floor() as i64))
}
