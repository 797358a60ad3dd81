//! Holds reading to `tests/cases/diagnostics`: what is wrong with a policy, as data. The format is described in
//! `tests/cases/README.md`.
//!
//! `CASE=G-1.7 cargo test -p iam-evaluator --test diagnostics` checks the cases whose id begins so.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a case that cannot be read must fail"
)]

#[path = "diagnostics/cases.rs"]
mod cases;
#[path = "diagnostics/fixes.rs"]
mod fixes;

use std::collections::BTreeSet;
use std::fs;

use iam_evaluator::{DiagnosticCode, PolicyDocument, PolicyType, Severity};
use serde_json::Value;

use cases::{Case, cases, directory, found, repository};

#[test]
fn cases_come_out_as_expected() {
    let only = std::env::var("CASE").unwrap_or_default();
    let mut failures = Vec::new();
    for case in cases().iter().filter(|case| case.id.starts_with(&only)) {
        for policy_type in &case.policy_types {
            let document = PolicyDocument::parse(&case.text, *policy_type);
            let found = found(&document);
            if found != case.diagnostics {
                let Case { id, rule, diagnostics, .. } = case;
                let list = |list: &[Value]| {
                    list.iter().map(|it| format!("\n    {it}")).collect::<String>()
                };
                failures.push(format!(
                    "{id} ({policy_type:?}): {rule}\n  expected:{}\n  found:{}\n  messages: {:#?}",
                    list(diagnostics),
                    list(&found),
                    document.diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn fixes_of_all_cases_work() {
    for case in cases() {
        for policy_type in &case.policy_types {
            fixes::check(&case.text, *policy_type).unwrap_or_else(|it| panic!("{}: {it}", case.id));
        }
    }
}

/// The sentences of one style: they begin in lower case or with what the person wrote, and have no full stop.
#[test]
fn messages_are_in_house_style() {
    for case in cases() {
        for policy_type in &case.policy_types {
            for diagnostic in PolicyDocument::parse(&case.text, *policy_type).diagnostics {
                let message = &diagnostic.message;
                let begins = message.starts_with(|c: char| c == '`' || c.is_lowercase())
                    || message.starts_with("AWS")
                    || message.starts_with("IAM");
                assert!(begins && !message.ends_with('.'), "{}: {message}", case.id);
                assert!(message.matches('`').count() % 2 == 0, "{}: {message}", case.id);
            }
        }
    }
}

#[test]
fn every_code_and_every_rule_has_a_case() {
    let cases = cases();
    let mut ids = BTreeSet::new();
    for case in &cases {
        assert!(ids.insert(&*case.id), "`{}` is there twice", case.id);
    }
    let known: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.diagnostics)
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    // What takes the catalogue has its cases in `vocabulary/`, which the scenario crate reads.
    let read = DiagnosticCode::ALL.iter().filter(|it| !it.needs_catalog());
    let missing: Vec<_> = read.map(|it| it.as_str()).filter(|it| !known.contains(it)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");

    // A case of a rule has its id, and a letter where there are several.
    let rule_of = |id: &str| id.trim_end_matches(|c: char| c.is_ascii_lowercase()).to_owned();
    let shown: BTreeSet<String> = ids.iter().map(|id| rule_of(id)).collect();
    let list = fs::read_to_string(directory().join("rules.txt")).unwrap();
    let rules: BTreeSet<String> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    assert_eq!(rules.difference(&shown).collect::<Vec<_>>(), Vec::<&String>::new(), "no case");
    assert_eq!(shown.difference(&rules).collect::<Vec<_>>(), Vec::<&String>::new(), "no rule");
}

/// What AWS itself wrote, and what this project shows first, is accepted.
#[test]
fn policies_that_aws_accepts_have_no_errors() {
    let mut read = 0;
    for file in ["seed/example-corp.json", "data/aws-managed-policies.json"] {
        let text = fs::read_to_string(repository().join("crates/scenario").join(file)).unwrap();
        let mut policies = Vec::new();
        collect(&serde_json::from_str(&text).unwrap(), &mut policies);
        for policy in policies {
            let policy_type = guess_type(&policy);
            let document = PolicyDocument::parse(&policy.to_string(), policy_type);
            let errors = document.diagnostics.iter().filter(|it| it.severity() == Severity::Error);
            let errors: Vec<_> = errors.map(ToString::to_string).collect();
            assert!(errors.is_empty(), "{policy_type:?} in {file}: {errors:?}\n{policy}");
            read += 1;
        }
    }
    assert!(read > 40, "{read} policies were read");
}

fn collect(value: &Value, policies: &mut Vec<Value>) {
    match value {
        Value::Object(members) if members.contains_key("Statement") => policies.push(value.clone()),
        Value::Object(members) => members.values().for_each(|value| collect(value, policies)),
        Value::Array(entries) => entries.iter().for_each(|value| collect(value, policies)),
        Value::String(text) if text.contains("\"Statement\"") => {
            policies.push(serde_json::from_str(text).unwrap());
        }
        _ => {}
    }
}

/// The type follows from the elements, except that SCPs look like identity policies and have stricter quotas.
fn guess_type(policy: &Value) -> PolicyType {
    let first = match &policy["Statement"] {
        Value::Array(statements) => &statements[0],
        statement => statement,
    };
    let is_rcp = first["Effect"] == "Deny" && first["Principal"] == "*" && first["Action"] != "*";
    match (first.get("Principal"), first.get("Resource").or(first.get("NotResource"))) {
        (Some(_), Some(_)) if is_rcp => PolicyType::ResourceControlPolicy,
        (Some(_), Some(_)) => PolicyType::Resource,
        (Some(_), None) => PolicyType::RoleTrust,
        (None, _) => PolicyType::Identity,
    }
}
