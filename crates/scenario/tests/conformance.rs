//! Holds the whole core against `tests/cases`: what AWS decides, as data. The format is described there, in `README.md`.
//!
//! Every file is one test, and every case that fails is reported with its id, what was expected, what was decided
//! and why; none hides the rest. `CASE=R-2.3 cargo test -p iam-scenario --test conformance` runs the cases whose id
//! begins so.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a case that cannot be read must fail"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use iam_evaluator::{Reason, explanation};
use iam_scenario::{Answer, Compiled, Document, Request};
use serde::Deserialize;
use serde_json::{Map, Value, json};

macro_rules! files {
    ($($test:ident: $file:literal,)*) => {
        const FILES: &[&str] = &[$($file),*];
        $(
            #[test]
            fn $test() {
                check($file);
            }
        )*
    };
}

files! {
    trees: "trees",
    identities: "identities",
    resources: "resources",
    statements: "statements",
    patterns: "patterns",
    conditions: "conditions",
    condition_logic: "condition-logic",
    operators: "operators",
    variables: "variables",
    context_keys: "context-keys",
    twin: "twin",
    callers: "callers",
    messages: "messages",
    besides: "besides",
}

/// A file that no test reads would prove nothing.
#[test]
fn every_file_is_read() {
    let mut found: Vec<String> = fs::read_dir(cases_directory())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
        .collect();
    found.sort();
    // These are read by tests of their own, of the same names.
    let mut known = [FILES, &["checks", "judgements"]].concat();
    known.sort_unstable();
    assert_eq!(found, known, "each file of tests/cases has its test here");
}

#[test]
fn every_row_of_the_tables_has_its_case() {
    let mut ids = BTreeSet::new();
    for name in FILES {
        for case in read(name).cases {
            assert!(ids.insert(case.id.clone()), "`{}` is there twice", case.id);
        }
    }
    let list = fs::read_to_string(cases_directory().join("ids.txt")).unwrap();
    let missing: Vec<&str> = list.lines().filter(|id| !ids.contains(*id)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// The scenario that opens first tells the truth.
#[test]
fn seed_comes_out_as_expected() {
    let document = seed();
    assert_eq!(document.accounts().len(), 10);
    let failures = run(&document, &Wanted::default());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every aspect of the comparison points at something in the scenario that opens first.
#[test]
fn compare_points_into_the_seed() {
    #[derive(Deserialize)]
    struct Compare {
        aspects: Vec<Aspect>,
    }
    #[derive(Deserialize)]
    struct Aspect {
        id: String,
        show: Show,
    }
    #[derive(Deserialize)]
    struct Show {
        target: String,
    }
    let text = fs::read_to_string(repository().join("web/content/compare.json")).unwrap();
    let compare: Compare = serde_json::from_str(&text).unwrap();
    let seed = seed();
    for Aspect { id, show } in compare.aspects {
        assert!(
            is_in(&seed, &show.target),
            "`{id}` points at `{}`, which is not there",
            show.target
        );
    }
}

fn is_in(document: &Document, target: &str) -> bool {
    if let Some(name) = target.strip_prefix("request:") {
        return document.requests().iter().any(|request| request.name == name);
    }
    let is_user = || {
        document
            .accounts()
            .iter()
            .any(|account| account.users.iter().any(|user| account.user_arn(user) == target))
    };
    document.account(target).is_some()
        || document.policy(target).is_some()
        || document.organizational_unit(target).is_some()
        || is_user()
}

/// One file of `tests/cases`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    scenarios: BTreeMap<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    #[serde(rename = "source")]
    _source: String,
    rule: String,
    #[serde(flatten)]
    body: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionCase {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "mark")]
    _mark: Option<String>,
    scenario: Value,
    #[serde(default)]
    requests: Vec<Value>,
    #[serde(default)]
    because: BTreeMap<String, String>,
    #[serde(default)]
    messages: BTreeMap<String, String>,
    #[serde(default)]
    notes: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "alsoNeeded")]
    also_needed: BTreeMap<String, Vec<String>>,
}

/// What a case expects of its requests besides the decision, by their names.
#[derive(Default)]
struct Wanted {
    because: BTreeMap<String, String>,
    messages: BTreeMap<String, String>,
    notes: BTreeMap<String, Vec<String>>,
    also_needed: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionCase {
    #[serde(rename = "mark")]
    _mark: Option<String>,
    #[serde(default = "newest_version")]
    version: String,
    condition: Value,
    rows: Vec<ConditionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionRow {
    name: String,
    context: Value,
    matches: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionCase {
    #[serde(rename = "mark")]
    _mark: Option<String>,
    action: String,
    rows: Vec<ActionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionRow {
    action: String,
    matches: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceCase {
    #[serde(rename = "mark")]
    _mark: Option<String>,
    resource: String,
    rows: Vec<ResourceRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceRow {
    arn: String,
    matches: bool,
}

fn newest_version() -> String {
    "2012-10-17".to_owned()
}

/// Runs the cases of one file and reports all that fail.
fn check(name: &str) {
    let file = read(name);
    let only = std::env::var("CASE").unwrap_or_default();
    let mut report = Vec::new();
    for case in file.cases.iter().filter(|case| case.id.starts_with(&only)) {
        let (document, wanted) = scenario(case, &file.scenarios);
        for failure in run(&document, &wanted) {
            report.push(format!("{}: {failure}\n  rule: {}", case.id, case.rule));
        }
    }
    assert!(report.is_empty(), "{} fail in {name}.json\n{}", report.len(), report.join("\n"));
}

/// Makes every kind of case a scenario whose requests say what they expect.
fn scenario(case: &Case, shared: &BTreeMap<String, Value>) -> (Document, Wanted) {
    let (scenario, wanted) = if case.body.contains_key("scenario") {
        let case: DecisionCase = body(case);
        let mut scenario = match &case.scenario {
            Value::String(name) => shared.get(name).expect("a shared scenario").clone(),
            scenario => scenario.clone(),
        };
        if !case.requests.is_empty() {
            let members = scenario.as_object_mut().expect("a scenario is an object");
            members.insert("requests".to_owned(), Value::Array(case.requests));
        }
        let DecisionCase { because, messages, notes, also_needed, .. } = case;
        (scenario, Wanted { because, messages, notes, also_needed })
    } else if case.body.contains_key("condition") {
        (condition_scenario(body(case)), Wanted::default())
    } else if case.body.contains_key("action") {
        (action_scenario(body(case)), Wanted::default())
    } else {
        (resource_scenario(body(case)), Wanted::default())
    };
    let document = Document::from_value(scenario);
    let document = document.unwrap_or_else(|error| panic!("{}: {error}", case.id));
    let asked = |name: &String| document.requests().iter().any(|request| request.name == *name);
    let named = wanted.because.keys().chain(wanted.messages.keys());
    let named = named.chain(wanted.notes.keys()).chain(wanted.also_needed.keys());
    let unknown: Vec<&String> = named.filter(|name| !asked(name)).collect();
    assert!(unknown.is_empty(), "{}: no request is called {unknown:?}", case.id);
    (document, wanted)
}

fn body<T: for<'de> Deserialize<'de>>(case: &Case) -> T {
    let body = Value::Object(case.body.clone());
    serde_json::from_value(body).unwrap_or_else(|error| panic!("{}: {error}", case.id))
}

fn condition_scenario(case: ConditionCase) -> Value {
    let statement =
        json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": case.condition });
    let requests = case.rows.iter().map(|row| {
        json!({ "name": row.name, "principal": ANA, "action": "ec2:DescribeInstances", "context": row.context,
                "deriveContext": false, "expect": expected(row.matches) })
    });
    one_user(&case.version, &statement, requests.collect())
}

fn action_scenario(case: ActionCase) -> Value {
    let statement = json!({ "Effect": "Allow", "Action": case.action, "Resource": "*" });
    let requests = case.rows.iter().map(|row| {
        json!({ "name": row.action, "principal": ANA, "action": row.action, "expect": expected(row.matches) })
    });
    one_user(&newest_version(), &statement, requests.collect())
}

fn resource_scenario(case: ResourceCase) -> Value {
    let statement = json!({ "Effect": "Allow", "Action": "*", "Resource": case.resource });
    let requests = case.rows.iter().map(|row| {
        json!({ "name": row.arn, "principal": ANA, "action": "example:Read", "resource": row.arn,
                "resourceAccount": ACCOUNT, "expect": expected(row.matches) })
    });
    one_user(&newest_version(), &statement, requests.collect())
}

const ACCOUNT: &str = "222222222222";
const ANA: &str = "arn:aws:iam::222222222222:user/Ana";

fn one_user(version: &str, statement: &Value, requests: Vec<Value>) -> Value {
    let document = json!({ "Version": version, "Statement": [statement] });
    let policy = json!({ "name": "Inline", "document": document });
    let user = json!({ "name": "Ana", "inlinePolicies": [policy] });
    let account = json!({ "id": ACCOUNT, "name": "one account", "users": [user] });
    json!({ "format": 1, "accounts": [account], "requests": requests })
}

fn expected(matches: bool) -> &'static str {
    if matches { "allowed" } else { "implicitDeny" }
}

/// Asks every request of a document and returns what does not come out as expected.
fn run(document: &Document, wanted: &Wanted) -> Vec<String> {
    let compiled = Compiled::new(document);
    document.requests().iter().filter_map(|request| run_one(&compiled, request, wanted)).collect()
}

fn run_one(compiled: &Compiled, request: &Request, wanted: &Wanted) -> Option<String> {
    let label = format!("`{}`", request.name);
    let expected = request.expect.expect("every request says what it expects");
    let answer = match compiled.ask(request, None) {
        Ok(answer) => answer,
        Err(error) => return Some(format!("{label} cannot be asked: {error}")),
    };
    let found = answer.decision();
    let explained = || {
        let lines = explain(compiled, &answer);
        format!("{}{lines}", answer.message(compiled))
    };
    if found != expected {
        let (expected, found) = (expected.as_str(), found.as_str());
        return Some(format!("{label} expected {expected}, decided {found}\n  {}", explained()));
    }
    if compiled.decide(request, None) != Ok(found) {
        return Some(format!("{label} is decided otherwise without the trace"));
    }
    let message = answer.message(compiled);
    if let Some(expected) = wanted.messages.get(&request.name).filter(|it| **it != message) {
        return Some(format!("{label} expected the message\n  {expected}\n  found\n  {message}"));
    }
    if let Some(difference) = differs_beside(compiled, &answer, &request.name, wanted) {
        return Some(format!("{label} {difference}"));
    }
    let wanted = wanted.because.get(&request.name)?;
    let blockers = blockers(compiled, &answer);
    (!blockers.contains(wanted))
        .then(|| format!("{label} expected {wanted}, blocked by {blockers:?}\n  {}", explained()))
}

/// What stands beside the decision: what AWS checks besides policies, and what else it asks for in the same call.
fn differs_beside(
    compiled: &Compiled,
    answer: &Answer,
    name: &str,
    wanted: &Wanted,
) -> Option<String> {
    let organization = compiled.organization();
    let notes = explanation::notes(organization, &answer.request, &answer.evaluation);
    let also = answer.also_needed(compiled).into_iter();
    let also: Vec<String> = also
        .map(|it| format!("{} {}", it.request.action.as_str(), it.decision().as_str()))
        .collect();
    let differs = |wanted: Option<&Vec<String>>, found: &[String]| {
        wanted
            .filter(|wanted| **wanted != *found)
            .map(|it| format!("expected {it:?}, found {found:?}"))
    };
    let notes: Vec<String> = notes.into_iter().map(str::to_owned).collect();
    differs(wanted.notes.get(name), &notes).or_else(|| differs(wanted.also_needed.get(name), &also))
}

fn explain(compiled: &Compiled, answer: &Answer) -> String {
    let causes = explanation::causes(compiled.organization(), &answer.request, &answer.evaluation);
    causes.iter().map(|cause| format!("\n  - {}", cause.text)).collect()
}

/// The gate that decided, alone and with each level at which it did: `SessionPolicy`, `ServiceControlPolicy@r-exam`.
fn blockers(compiled: &Compiled, answer: &Answer) -> Vec<String> {
    let (Reason::ExplicitDeny(gate) | Reason::ImplicitDeny(gate)) = answer.evaluation.reason else {
        return Vec::new();
    };
    let organization = compiled.organization();
    let causes = explanation::causes(organization, &answer.request, &answer.evaluation);
    let levels = causes.iter().filter(|cause| cause.gate == gate).filter_map(|cause| {
        let target = organization.target(cause.target?)?;
        Some(format!("{}@{}", gate.as_str(), target.id))
    });
    std::iter::once(gate.as_str().to_owned()).chain(levels).collect()
}

fn read(name: &str) -> CaseFile {
    let text = fs::read_to_string(cases_directory().join(name).with_extension("json")).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}.json: {error}"))
}

fn seed() -> Document {
    Document::from_json(include_str!("../seed/example-corp.json")).unwrap()
}

fn cases_directory() -> PathBuf {
    repository().join("tests/cases")
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
