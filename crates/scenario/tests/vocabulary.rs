//! Holds the vocabulary to `tests/cases/diagnostics/vocabulary`, and to what AWS itself writes.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a case that cannot be read must fail"
)]

#[path = "../../evaluator/tests/diagnostics/cases.rs"]
mod cases;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use cases::{cases, cases_in, described, directory, found, repository};
use iam_catalog::{Catalog, ManagedPolicies};
use iam_evaluator::{DiagnosticCode, PolicyDocument, PolicyType};
use iam_scenario::vocabulary;

fn catalog() -> Catalog {
    Catalog::decode(include_bytes!("../../catalog/data/catalog.bin")).unwrap()
}

#[test]
fn cases_come_out_as_expected_and_their_fixes_work() {
    let catalog = catalog();
    let mut codes = BTreeSet::new();
    let mut failures = Vec::new();
    let folder = directory().join("vocabulary");
    let others: BTreeSet<String> = cases().into_iter().map(|it| it.id).collect();
    let cases = cases_in(&folder);
    assert!(cases.iter().all(|it| !others.contains(&it.id)), "an id is there twice");
    for case in &cases {
        for policy_type in &case.policy_types {
            let policy = PolicyDocument::parse(&case.text, *policy_type);
            assert_eq!(
                found(&policy),
                [] as [serde_json::Value; 0],
                "{}: reading complains",
                case.id
            );
            let found = vocabulary::check(&catalog, &policy);
            codes.extend(found.iter().map(|it| it.code));
            let shown: Vec<_> = found.iter().map(|it| described(it, &case.text)).collect();
            if shown != case.diagnostics {
                failures.push(format!(
                    "{} {policy_type:?}: {}\n  {shown:#?}\n  {found:#?}",
                    case.id, case.rule
                ));
            }
            for diagnostic in &found {
                let message = &diagnostic.message;
                assert!(
                    !message.ends_with('.') && message.matches('`').count() % 2 == 0,
                    "{message}"
                );
                let Some(fix) = &diagnostic.fix else { continue };
                let fixed = fix.apply(&case.text).unwrap();
                let again = PolicyDocument::parse(&fixed, *policy_type);
                let left = vocabulary::check(&catalog, &again);
                let count = |list: &[iam_evaluator::Diagnostic]| {
                    list.iter().filter(|it| it.code == diagnostic.code).count()
                };
                assert!(
                    count(&left) < count(&found),
                    "{}: nothing is repaired in {fixed}",
                    case.id
                );
                assert!(!again.has_errors(), "{}: {fixed}", case.id);
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));

    let missing: Vec<_> =
        DiagnosticCode::ALL.iter().filter(|it| it.needs_catalog() && !codes.contains(it)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
    let rules = fs::read_to_string(folder.join("rules.txt")).unwrap();
    let listed: BTreeSet<_> = rules
        .lines()
        .filter(|it| !it.starts_with('#'))
        .filter_map(|it| it.split_whitespace().next())
        .collect();
    let shown: BTreeSet<_> =
        cases.iter().map(|it| it.id.trim_end_matches(|c: char| c.is_ascii_lowercase())).collect();
    assert_eq!(listed, shown, "every rule has a case, and every case a rule");
}

/// False alarms would be worse than silence. AWS's own 307 policies name services that AWS has closed, and limit some
/// actions that cannot be limited; they have no other warning.
#[test]
fn policies_of_aws_have_hardly_a_warning() {
    let catalog = catalog();
    let policies =
        ManagedPolicies::decode(include_bytes!("../../catalog/data/catalog-policies.bin")).unwrap();
    let mut found = BTreeMap::new();
    let mut statements = 0;
    for policy in policies.iter() {
        let document = PolicyDocument::parse(policy.json(), PolicyType::Identity);
        statements += document.statements.len();
        for diagnostic in vocabulary::check(&catalog, &document) {
            *found.entry(diagnostic.code.as_str()).or_insert(0) += 1;
        }
    }
    let expected = BTreeMap::from([
        ("action-without-resource", 92),
        ("resource-without-action", 1),
        ("unknown-service", 19),
    ]);
    assert_eq!(found, expected, "in {statements} statements");
}

/// What the project's own scenarios and cases say is in AWS's words.
#[test]
fn the_seed_has_no_warning() {
    let catalog = catalog();
    let text =
        fs::read_to_string(repository().join("crates/scenario/seed/example-corp.json")).unwrap();
    let document = iam_scenario::Document::from_json(&text).unwrap();
    let policies = document.organization().unwrap().policies.iter();
    for policy in policies {
        let read =
            PolicyDocument::parse(policy.document.as_str(), PolicyType::ServiceControlPolicy);
        assert_eq!(vocabulary::check(&catalog, &read), [], "{}", policy.name);
    }
}
