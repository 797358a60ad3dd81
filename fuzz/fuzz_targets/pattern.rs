//! A pattern and a text on two lines: every matcher agrees with a table of all prefixes.

#![no_main]

mod one_user;

use iam_evaluator::{Action, ConditionKey, Decision, PolicyType, RequestResource};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// Which prefixes of the text the pattern read so far matches.
fn matches(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut fits = vec![false; text.len() + 1];
    fits[0] = true;
    for wanted in pattern.chars() {
        let before = fits.clone();
        for end in 0..fits.len() {
            fits[end] = match wanted {
                '*' => before[end] || (end > 0 && fits[end - 1]),
                '?' => end > 0 && before[end - 1],
                wanted => end > 0 && before[end - 1] && text[end - 1] == wanted,
            };
        }
    }
    fits[text.len()]
}

fn by_parts(pattern: &str, text: &str) -> bool {
    let (patterns, texts) = (pattern.splitn(6, ':'), text.splitn(6, ':'));
    pattern.matches(':').count() >= 5
        && text.matches(':').count() >= 5
        && patterns.zip(texts).all(|(pattern, text)| matches(pattern, text))
}

fn allows(members: Value, text: &str, action: &str, resource: Option<&str>) -> bool {
    let mut statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    statement.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let policy = json!({ "Version": "2008-10-17", "Statement": [statement] }).to_string();
    let (organization, mut request) = one_user::place(&policy, PolicyType::Identity);
    request.context.set(ConditionKey::new("aws:UserAgent"), vec![text.into()]);
    if let Ok(action) = Action::parse(action) {
        request.action = action;
    }
    if let Some(resource) = resource.and_then(|it| RequestResource::parse(it).ok()) {
        request.resource = resource;
    }
    one_user::ask(&organization, &request) == Decision::Allowed
}

fuzz_target!(|input: &str| {
    let Some((pattern, text)) = input.split_once('\n') else { return };
    if pattern.len() > 200 || text.len() > 400 {
        return;
    }
    let condition =
        |operator: &str| json!({ "Condition": { operator: { "aws:UserAgent": pattern } } });
    let plain = |members| allows(members, text, "", None);
    assert_eq!(plain(condition("StringLike")), matches(pattern, text), "StringLike");
    if pattern.matches(':').count() >= 5 {
        assert_eq!(plain(condition("ArnLike")), by_parts(pattern, text), "ArnLike");
    }

    if Action::parse(&format!("s3:{text}")).is_ok()
        && !pattern.is_empty()
        && !pattern.contains([',', ' ', ':'])
    {
        let found =
            allows(json!({ "Action": format!("s3:{pattern}") }), text, &format!("s3:{text}"), None);
        let expected = matches(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase());
        assert_eq!(found, expected, "Action");
    }

    // A `*` that ends a part may cross colons; without one the parts are compared by themselves.
    let (pattern, arn) = (format!("arn:aws:s3:::{pattern}"), format!("arn:aws:s3:::{text}"));
    if RequestResource::parse(&arn).is_ok() {
        let found = allows(json!({ "Resource": pattern }), text, "", Some(&arn));
        assert_eq!(found, by_parts(&pattern, &arn), "Resource");
    }
});
