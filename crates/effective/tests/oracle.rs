//! The evaluator is the oracle: on random organizations, cells and decisions never disagree.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test whose world cannot be built must fail; the world is shared with the evaluator's laws"
)]

#[path = "../../evaluator/tests/laws/world.rs"]
mod world;

use std::sync::LazyLock;

use iam_effective::{Covers, Entry, Universe, Verdict, cell, cells};
use iam_evaluator::{Action, ConditionKey, Decision, decide};
use proptest::prelude::*;
use world::{request, world};

static UNIVERSE: LazyLock<Universe> = LazyLock::new(|| {
    let entries: &[(&str, &[&str])] = &[
        ("s3:GetObject", &["arn:aws:s3:::*/*"]),
        ("s3:PutObject", &["arn:aws:s3:::*/*"]),
        ("s3:GetBucketLocation", &["arn:aws:s3:::*"]),
        ("s3:ListAllMyBuckets", &[]),
        ("ec2:StartInstances", &["arn:aws:ec2:*:ACCOUNT:instance/*"]),
        ("ec2:StopInstances", &["arn:aws:ec2:*:ACCOUNT:instance/*"]),
        ("ec2:DescribeInstances", &[]),
        ("ec2:RunInstances", &["arn:aws:ec2:*:ACCOUNT:instance/*", "arn:aws:ec2:*::image/*"]),
        ("iam:CreateUser", &["arn:aws:iam::ACCOUNT:user/*"]),
        ("iam:CreateRole", &["arn:aws:iam::ACCOUNT:role/*"]),
        ("iam:GetAccountSummary", &[]),
        ("sts:AssumeRole", &["arn:aws:iam::ACCOUNT:role/*"]),
        ("sts:GetCallerIdentity", &[]),
        ("kms:Decrypt", &["arn:aws:kms:*:ACCOUNT:key/*"]),
        ("sqs:SendMessage", &["arn:aws:sqs:*:ACCOUNT:*"]),
    ];
    Universe::new(entries.iter().map(|(name, forms)| Entry {
        action: Action::parse(name).unwrap(),
        forms: forms.iter().map(|form| (*form).into()).collect(),
    }))
});

proptest! {
    // Each case judges dozens of cells, so an eighth of the usual number of cases is plenty for every day.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// What a request comes to is what its action's cell allows for.
    #[test]
    fn cells_agree_with_decisions(world in world(), asked in request()) {
        let organization = world.organization();
        let place = UNIVERSE.place(asked.action.as_str()).unwrap();
        let mut template = asked.clone();
        template.context = Default::default();
        let cells = cells(&organization, &template, &UNIVERSE, &mut Covers::default());
        let group = cells.group(place).unwrap();
        prop_assert!(group.judgement.exact);
        // Keys that follow from the caller are known to a cell; a request that brings others along is another question.
        let mut asked = asked;
        asked.context.set(ConditionKey::new("aws:PrincipalTag/team"), vec!["red".into()]);
        let decision = decide(&organization, &asked);
        match group.verdict {
            Verdict::Allowed => prop_assert_eq!(decision, Decision::Allowed),
            Verdict::ImplicitDeny => prop_assert_eq!(decision, Decision::ImplicitDeny),
            Verdict::ExplicitDeny => prop_assert_ne!(decision, Decision::Allowed),
            Verdict::Depends => prop_assert!(group.judgement.example(decision).is_some()),
        }
    }

    /// What holds for one action of a group holds for all of them, and every action is in exactly one group.
    #[test]
    fn groups_are_decided_alike(world in world(), asked in request()) {
        let organization = world.organization();
        let cells = cells(&organization, &asked, &UNIVERSE, &mut Covers::default());
        for (place, entry) in UNIVERSE.entries().iter().enumerate() {
            prop_assert_eq!(cells.groups().iter().filter(|group| group.actions.contains(place)).count(), 1);
            let alone = cell(&organization, &asked, entry);
            prop_assert_eq!(cells.group(place).unwrap().verdict, Verdict::of(&alone), "{}", entry.action.as_str());
        }
    }
}
