//! The evaluator is the oracle: on random organizations, cells and decisions never disagree.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test whose world cannot be built must fail; the world is shared with the evaluator's laws"
)]

#[path = "../../evaluator/tests/laws/world.rs"]
mod world;

use std::cell::RefCell;
use std::sync::Arc;

use iam_catalog::AccessLevel;
use iam_effective::{Engine, Entry, Universe, Verdict};
use iam_evaluator::{
    Action, ConditionKey, Decision, Judgement, Organization, Request, RequestResource, UnknownKeys,
    decide, judge, judge_resources,
};
use proptest::prelude::*;
use world::{request, world};

fn universe() -> Universe {
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
        level: AccessLevel::Write,
        forms: forms.iter().map(|form| (*form).into()).collect(),
    }))
}

thread_local! {
    /// One engine for all cases: what it keeps from other organizations must never show.
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::new(universe()));
}

/// Judges one action alone: every resource of its forms, every condition key that the request does not mention.
fn cell(organization: &Organization, request: &Request, entry: &Entry) -> Judgement {
    let request = Request {
        action: entry.action.clone(),
        resource: RequestResource::None,
        ..request.clone()
    };
    if entry.forms.is_empty() {
        return judge(organization, &request, &UnknownKeys::NotMentioned);
    }
    let account = request.principal.account().unwrap();
    let forms: Vec<String> =
        entry.forms.iter().map(|form| form.replace("ACCOUNT", account.as_str())).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    judge_resources(organization, &request, &forms, &UnknownKeys::NotMentioned)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// What a request comes to is what its action's cell allows for.
    #[test]
    fn cells_agree_with_decisions(world in world(), asked in request()) {
        let organization = Arc::new(world.organization());
        ENGINE.with_borrow_mut(|engine| {
            let effective = engine.compute(&organization);
            let john = effective.principal("arn:aws:iam::222222222222:user/John").unwrap();
            let place = engine.universe().place(asked.action.as_str()).unwrap();
            // Keys that follow from the caller are known to a cell; a request that brings others along is another question.
            let mut asked = asked;
            asked.context.set(ConditionKey::new("aws:PrincipalTag/team"), vec!["red".into()]);
            let decision = decide(&organization, &asked);
            let verdict = john.cells(engine.universe()).verdict(place);
            match verdict {
                Verdict::Allowed => prop_assert_eq!(decision, Decision::Allowed),
                Verdict::ImplicitDeny => prop_assert_ne!(decision, Decision::Allowed),
                Verdict::ExplicitDeny => prop_assert_eq!(decision, Decision::ExplicitDeny),
                Verdict::Depends => {}
            }
            prop_assert_eq!(&john.cells(engine.universe()).totals(engine.universe()), john.totals());
            Ok(())
        })?;
    }

    /// Every cell says what the evaluator's search finds for its action alone, with context and without.
    #[test]
    fn cells_agree_with_judgements(world in world(), asked in request(), plain in any::<bool>()) {
        let organization = Arc::new(world.organization());
        let mut template = asked;
        if plain {
            template.context = Default::default();
        }
        ENGINE.with_borrow_mut(|engine| {
            let cells = engine.permissions_of(&organization, &template).unwrap().cells(engine.universe());
            for (place, entry) in engine.universe().entries() {
                let alone = cell(&organization, &template, entry);
                let (cell, judged) = (cells.verdict(place), Verdict::of(&alone));
                // An Allow may be missing where several Denies happen to leave nothing; `accounts.rs` looks closer.
                if (cell, judged) != (Verdict::ImplicitDeny, Verdict::ExplicitDeny) {
                    prop_assert_eq!(cell, judged, "{}", entry.action.as_str());
                }
            }
            Ok(())
        })?;
    }
}
