//! A condition on five lines or more: operator, key, wanted value, another wanted value, then the values found.

#![no_main]

mod one_user;

use iam_evaluator::{ConditionKey, PolicyType, UnknownKeys, judge};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|input: &str| {
    let mut lines = input.split('\n');
    let (Some(operator), Some(key), Some(wanted), Some(other)) =
        (lines.next(), lines.next(), lines.next(), lines.next())
    else {
        return;
    };
    let wanted = if other.is_empty() { json!(wanted) } else { json!([wanted, other]) };
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { operator: { key: wanted } } },
        { "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
            "StringEquals": { "aws:PrincipalTag/team": "blue" }, operator: { key: wanted } } }] });
    let (organization, mut request) = one_user::place(&policy.to_string(), PolicyType::Identity);
    let key = ConditionKey::new(key);
    let judgement = judge(&organization, &request, &UnknownKeys::Only(vec![key.clone()]));

    // A global key that no set operator speaks of has one value; of a service's key nobody knows.
    let of_service = !key.folded().starts_with("aws:") && key.derived().is_none();
    let most = if operator.contains(':') || of_service { 4 } else { 1 };
    request.context.set(key, lines.take(most).map(Into::into).collect());
    let decision = one_user::ask(&organization, &request);
    assert!(
        !judgement.exact || judgement.example(decision).is_some(),
        "{decision:?} is missing in {judgement:?}"
    );
});
