//! The pattern matchers, through whole decisions, equal regular expressions on random patterns and texts.

#![expect(clippy::unwrap_used, reason = "a question that cannot be asked must fail")]

#[path = "twin/glob.rs"]
mod glob;

use std::sync::Arc;

use iam_evaluator::{
    Account, Action, ConditionKey, Decision, Organization, Policy, PolicyDocument, PolicyOrigin,
    PolicyType, Request, RequestPrincipal, RequestResource, TargetPolicies, User, decide,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const ANA: &str = "arn:aws:iam::222222222222:user/Ana";

/// Whether one statement of one user allows the request.
fn allows(members: Value, action: &str, resource: &str, key: Option<&str>) -> bool {
    let mut statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    statement.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let text = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
    let mut account = Account::new("222222222222".parse().unwrap(), "one");
    account.users.push(User {
        name: "Ana".into(),
        arn: ANA.into(),
        policies: vec![Arc::new(Policy {
            name: "policy".into(),
            origin: PolicyOrigin::Inline { identity: ANA.into() },
            document: Arc::new(PolicyDocument::parse(&text, PolicyType::Identity)),
        })],
        permissions_boundary: None,
        tags: vec![],
    });
    let mut builder = Organization::standalone();
    builder.account(None, Arc::new(account), TargetPolicies::default()).unwrap();
    let mut request = Request::new(
        RequestPrincipal::parse(ANA).unwrap(),
        Action::parse(action).unwrap(),
        RequestResource::parse(resource).unwrap(),
    );
    request.resource_account = Some("222222222222".parse().unwrap());
    if let Some(value) = key {
        request.context.set(ConditionKey::new("aws:UserAgent"), vec![value.into()]);
    }
    decide(&builder.build(), &request) == Decision::Allowed
}

fn texts(of: &'static str, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(of.chars().collect::<Vec<_>>()), 0..most)
        .prop_map(|characters| characters.into_iter().collect())
}

/// Few letters, so that they often meet; of one to four bytes, and what means something to regular expressions.
const PATTERNS: &str = "aab**?.é𝄞[";
const TEXTS: &str = "aaabb.é𝄞[";

/// ARNs whose parts are written in these characters, the last one with colons of its own.
fn arns(of: &'static str, last: &'static str) -> impl Strategy<Value = String> {
    let parts = [texts(of, 3), texts(of, 3), texts(of, 3), texts(of, 3)];
    (parts, texts(last, 9)).prop_map(|([partition, service, region, account], resource)| {
        format!("arn:a{partition}:a{service}:{region}:{account}:b{resource}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn actions_match_as_expressions(pattern in texts("aAbB**?", 8), name in texts("aabB", 8)) {
        let (pattern, action) = (format!("s3:{pattern}x"), format!("S3:{name}x"));
        let found = allows(json!({ "Action": pattern }), &action, "*", None);
        prop_assert_eq!(found, glob::action(&pattern, &action));
    }

    #[test]
    fn resources_match_as_expressions(pattern in arns("aab**?.é𝄞", "aab*?:é"), arn in arns("aabb.é𝄞", "aab:::é")) {
        let found = allows(json!({ "Resource": pattern }), "s3:GetObject", &arn, None);
        prop_assert_eq!(found, glob::resource(&glob::written(&pattern), &arn));
    }

    #[test]
    fn strings_match_as_expressions(pattern in texts(PATTERNS, 12), text in texts(TEXTS, 12)) {
        let condition = json!({ "Condition": { "StringLike": { "aws:UserAgent": pattern } } });
        let found = allows(condition, "s3:GetObject", "*", Some(&text));
        prop_assert_eq!(found, glob::glob(&glob::written(&pattern), &text));
    }

    #[test]
    fn arns_in_conditions_match_as_expressions(pattern in arns("ab**?é", "ab*?:é"), arn in arns("aabé", "aab::é")) {
        let condition = json!({ "Condition": { "ArnLike": { "aws:UserAgent": pattern } } });
        let found = allows(condition, "s3:GetObject", "*", Some(&arn));
        prop_assert_eq!(found, glob::arn(&glob::written(&pattern), &arn));
    }

    /// What a variable puts into a pattern is no pattern.
    #[test]
    fn variables_are_plain_text(before in texts("ab*?", 5), value in texts("ab*?", 4), after in texts("ab*?", 5), text in texts("aab*?", 10)) {
        let value = format!("*{value}");
        let pattern = format!("{before}${{aws:absent, '{value}'}}{after}");
        let condition = json!({ "Condition": { "StringLike": { "aws:UserAgent": pattern } } });
        let pieces = [glob::written(&before), vec![glob::Piece::Literal(value)], glob::written(&after)];
        let found = allows(condition, "s3:GetObject", "*", Some(&text));
        prop_assert_eq!(found, glob::glob(&pieces.concat(), &text));
    }
}
