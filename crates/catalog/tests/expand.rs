//! Patterns name the actions that the evaluator says they match.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is missing from the shipped files must stop the test"
)]

use std::sync::LazyLock;

use iam_catalog::{Catalog, ManagedPolicies};
use iam_evaluator::{Action, PolicyDocument, PolicyType};
use proptest::prelude::*;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::decode(include_bytes!("../data/catalog.bin")).unwrap());

static ACTIONS: LazyLock<Vec<Action>> = LazyLock::new(|| {
    CATALOG.actions().map(|action| Action::parse(action.full_name()).unwrap()).collect()
});

/// The evaluator's word on every action.
fn matched(pattern: &str) -> Vec<u32> {
    let statement = serde_json::json!({"Effect": "Allow", "Action": pattern, "Resource": "*"});
    let text = serde_json::json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let policy = PolicyDocument::parse(&text, PolicyType::Identity);
    let patterns = &policy.statements[0].action.patterns;
    let named = |action: &Action| patterns.iter().any(|pattern| pattern.value.matches(action));
    (0..).zip(ACTIONS.iter()).filter(|(_, action)| named(action)).map(|(at, _)| at).collect()
}

fn check(pattern: &str) {
    let found = CATALOG.expand(pattern);
    let numbers: Vec<u32> = found.iter().map(|action| action.0).collect();
    assert_eq!(numbers, matched(pattern), "{pattern}");
    assert_eq!(found.len(), numbers.len());
    assert_eq!(found.is_empty(), numbers.is_empty());
    let apart = |pair: &[std::ops::Range<u32>]| pair[0].end < pair[1].start;
    assert!(found.as_slice().windows(2).all(apart), "{pattern}");
}

#[test]
fn known_patterns_agree_with_the_evaluator() {
    for pattern in [
        "*",
        "*:*",
        "s3:*",
        "S3:GETOBJECT",
        "s3:Get*",
        "s3:*Object",
        "s3:Get?bject",
        "ec2:*e*s*",
        "iam:**",
        "iam:?*",
        "iam:",
        ":",
        "",
        "s3",
        "s*:Get*",
        "?3:*",
        "s3:Get Object",
        "s3:*,*",
        "s3:GetObject*Version",
        "s3:zzz*",
        "nothing:*",
        "s3:Get*Object*",
        "a4b:*",
        "xray:*",
    ] {
        check(pattern);
    }
}

#[test]
fn patterns_of_managed_policies_agree_with_the_evaluator() {
    let policies = ManagedPolicies::decode(include_bytes!("../data/catalog-policies.bin")).unwrap();
    let document = policies.policy("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess").unwrap();
    let patterns = document.json().split('"').filter(|text| text.contains(':') && text.len() > 1);
    patterns.step_by(5).for_each(check);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A name of the catalogue with some of its letters made wildcards.
    #[test]
    fn random_patterns_agree_with_the_evaluator(
        number in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..8, "[*?]"), 1..4),
    ) {
        let actions = CATALOG.actions();
        let action = actions.clone().nth(number.index(actions.len())).unwrap();
        let mut name = action.name().to_owned();
        for (begin, length, wildcard) in cuts {
            let begin = begin.index(name.len() + 1);
            name.replace_range(begin..(begin + length).min(name.len()), &wildcard);
        }
        check(&format!("{}:{name}", action.service().prefix()));
    }
}
