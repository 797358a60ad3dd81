//! A policy of any type: its first letter says which, the rest is its text.

#![no_main]

mod one_user;

use iam_evaluator::{PolicyDocument, PolicyType};
use libfuzzer_sys::fuzz_target;

const TYPES: [PolicyType; 7] = [
    PolicyType::ServiceControlPolicy,
    PolicyType::ResourceControlPolicy,
    PolicyType::Identity,
    PolicyType::Session,
    PolicyType::Resource,
    PolicyType::RoleTrust,
    PolicyType::VpcEndpoint,
];

fuzz_target!(|input: &str| {
    let mut characters = input.chars();
    let Some(letter) = characters.next() else { return };
    let policy_type = TYPES[letter as usize % TYPES.len()];
    let text = characters.as_str();

    let document = PolicyDocument::parse(text, policy_type);
    for diagnostic in &document.diagnostics {
        assert!(diagnostic.span.of(text).is_some(), "{diagnostic:?}");
        assert!(diagnostic.related.is_none_or(|span| span.of(text).is_some()), "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty());
    }
    for statement in &document.statements {
        assert!(statement.span.of(text).is_some());
        assert!(statement.action.patterns.iter().all(|pattern| pattern.span.of(text).is_some()));
        assert!(statement.conditions.iter().all(|clause| clause.span.of(text).is_some()));
    }
    let (organization, request) = one_user::place(text, policy_type);
    one_user::ask(&organization, &request);
});
