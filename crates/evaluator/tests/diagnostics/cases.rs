//! Reading `tests/cases/diagnostics`.

use std::fs;
use std::path::{Path, PathBuf};

use iam_evaluator::{PolicyDocument, PolicyType, Severity};
use serde_json::{Map, Value, json};

/// One policy and what is wrong with it.
pub struct Case {
    pub id: String,
    pub rule: String,
    pub policy_types: Vec<PolicyType>,
    pub text: String,
    pub diagnostics: Vec<Value>,
}

/// All cases, in the order of their files.
pub fn cases() -> Vec<Case> {
    cases_in(&directory())
}

/// The cases of one folder, not those of folders inside.
pub fn cases_in(folder: &Path) -> Vec<Case> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).unwrap();
    let content: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert!(content["about"].is_string(), "{} says what it is about", file.display());
    content["cases"].as_array().unwrap().iter().map(case).collect()
}

fn case(value: &Value) -> Case {
    let known = ["id", "source", "rule", "mark", "policyType", "policy", "fill", "diagnostics"];
    let members = value.as_object().unwrap();
    let unknown: Vec<_> = members.keys().filter(|key| !known.contains(&key.as_str())).collect();
    let id = value["id"].as_str().unwrap().to_owned();
    assert!(unknown.is_empty() && value["source"].is_string(), "{id}: {unknown:?}");
    let types = match &value["policyType"] {
        Value::Array(types) => types.iter().map(policy_type).collect(),
        one => vec![policy_type(one)],
    };
    let text = match &value["policy"] {
        Value::String(text) => text.clone(),
        policy => policy.to_string(),
    };
    let text = match value["fill"].as_object() {
        Some(fill) => filled(&text, fill),
        None => text,
    };
    Case {
        id,
        rule: value["rule"].as_str().unwrap().to_owned(),
        policy_types: types,
        text,
        diagnostics: value["diagnostics"].as_array().unwrap().clone(),
    }
}

/// Puts as many copies of `with` in the place of `…` as make the text `to` characters long.
fn filled(text: &str, fill: &Map<String, Value>) -> String {
    let (with, to) = (fill["with"].as_str().unwrap(), fill["to"].as_u64().unwrap());
    let others = text.chars().count() - 1;
    text.replacen('…', &with.repeat(usize::try_from(to).unwrap() - others), 1)
}

fn policy_type(value: &Value) -> PolicyType {
    match value.as_str().unwrap() {
        "serviceControlPolicy" => PolicyType::ServiceControlPolicy,
        "resourceControlPolicy" => PolicyType::ResourceControlPolicy,
        "identity" => PolicyType::Identity,
        "session" => PolicyType::Session,
        "resource" => PolicyType::Resource,
        "roleTrust" => PolicyType::RoleTrust,
        "vpcEndpoint" => PolicyType::VpcEndpoint,
        other => panic!("`{other}` is no type of policy"),
    }
}

/// The diagnostics of a policy as a case writes them; the whole text is `null`.
pub fn found(document: &PolicyDocument) -> Vec<Value> {
    document.diagnostics.iter().map(|it| described(it, &document.text)).collect()
}

/// One diagnostic as a case writes it.
pub fn described(it: &iam_evaluator::Diagnostic, text: &str) -> Value {
    let place = |span: iam_evaluator::Span| match span.of(text).unwrap() {
        all if all == text => Value::Null,
        part => part.into(),
    };
    let severity = match it.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut value = json!({ "code": it.code.as_str(), "at": place(it.span), "severity": severity });
    if let Some(related) = it.related {
        value["related"] = place(related);
    }
    if let Some(fix) = &it.fix {
        value["fix"] = fix.title.clone().into();
    }
    value
}

pub fn directory() -> PathBuf {
    repository().join("tests/cases/diagnostics")
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
