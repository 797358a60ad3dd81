//! Laws that hold for every organization, every policy and every request, tried on random ones.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose world cannot be built must fail"
)]

mod laws {
    pub mod world;
}

use iam_evaluator::{Decision, PolicyDocument, PolicyType, decide, evaluate, explanation};
use laws::world::{World, policy_text, request, statement, world};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// With and without the trace, the decision is the same.
    #[test]
    fn trace_changes_nothing(world in world(), request in request()) {
        let organization = world.organization();
        prop_assert_eq!(decide(&organization, &request), evaluate(&organization, &request).decision());
    }

    /// The order of statements, of policies and of values never matters.
    #[test]
    fn order_never_matters(world in world(), request in request()) {
        let reversed = world.clone().reversed();
        prop_assert_eq!(decide(&world.organization(), &request), decide(&reversed.organization(), &request));
    }

    /// A Deny that is added anywhere never allows anything.
    #[test]
    fn deny_never_allows(world in world(), request in request(), place in 0..World::PLACES, deny in statement("Deny")) {
        let before = decide(&world.organization(), &request);
        let after = decide(&world.with_statement(place, &deny).organization(), &request);
        prop_assert!(after != Decision::Allowed || before == Decision::Allowed);
    }

    /// What SCPs leave is a subset of what is allowed without them.
    #[test]
    fn scps_only_take_away(world in world(), request in request()) {
        let with = decide(&world.organization(), &request);
        let without = decide(&world.without_scps().organization(), &request);
        prop_assert!(with != Decision::Allowed || without == Decision::Allowed);
    }

    /// A permissions boundary only takes away.
    #[test]
    fn boundaries_only_take_away(world in world(), request in request()) {
        let with = decide(&world.organization(), &request);
        let without = decide(&world.without_boundary().organization(), &request);
        prop_assert!(with != Decision::Allowed || without == Decision::Allowed);
    }

    /// The management account never depends on SCPs.
    #[test]
    fn management_account_is_exempt(world in world(), request in request()) {
        let world = world.as_management_account();
        let with = decide(&world.organization(), &request);
        prop_assert_eq!(with, decide(&world.without_scps().organization(), &request));
    }

    /// Every denial has a cause and a sentence; nothing allowed has a cause.
    #[test]
    fn denials_are_explained(world in world(), request in request()) {
        let organization = world.organization();
        let evaluation = evaluate(&organization, &request);
        let causes = explanation::causes(&organization, &request, &evaluation);
        prop_assert_eq!(causes.is_empty(), evaluation.decision() == Decision::Allowed);
        let message = explanation::message(&organization, &request, &evaluation);
        prop_assert_eq!(message.contains("is not authorized"), evaluation.decision() != Decision::Allowed);
    }

    /// Whatever the text, reading it ends, and every place that is named lies inside it.
    #[test]
    fn spans_lie_inside_their_text(text in any_text(), policy_type in any_type()) {
        let document = PolicyDocument::parse(&text, policy_type);
        for diagnostic in &document.diagnostics {
            prop_assert!(diagnostic.span.of(&text).is_some(), "{diagnostic:?}");
            prop_assert!(diagnostic.related.is_none_or(|span| span.of(&text).is_some()));
            prop_assert!(!diagnostic.message.is_empty());
        }
        for statement in &document.statements {
            prop_assert!(statement.span.of(&text).is_some());
            prop_assert!(statement.action.patterns.iter().all(|pattern| pattern.span.of(&text).is_some()));
            prop_assert!(statement.conditions.iter().all(|clause| clause.span.of(&text).is_some()));
        }
    }
}

fn any_type() -> impl Strategy<Value = PolicyType> {
    prop::sample::select(vec![
        PolicyType::ServiceControlPolicy,
        PolicyType::ResourceControlPolicy,
        PolicyType::Identity,
        PolicyType::Session,
        PolicyType::Resource,
        PolicyType::RoleTrust,
        PolicyType::VpcEndpoint,
    ])
}

/// Policies, policies with a piece cut out or put in, and plain noise.
fn any_text() -> impl Strategy<Value = String> {
    let noise = prop::sample::select(vec![
        "{", "}", "[", "\"", ",", ":", "é", "𝄞", "null", "*", "${", "\\", "\u{1}",
    ]);
    prop_oneof![
        2 => policy_text(),
        3 => (policy_text(), any::<prop::sample::Index>(), noise).prop_map(|(text, at, noise)| {
            let (before, after): (Vec<_>, Vec<_>) = text.char_indices().partition(|(i, _)| *i < at.index(text.len()));
            let join = |part: Vec<(usize, char)>| part.into_iter().map(|(_, c)| c).collect::<String>();
            format!("{}{noise}{}", join(before), join(after))
        }),
        2 => (policy_text(), any::<prop::sample::Index>()).prop_map(|(text, at)| {
            let cut = at.index(text.len());
            text.char_indices().filter(|(i, _)| *i < cut).map(|(_, c)| c).collect()
        }),
        1 => any::<String>(),
    ]
}
