//! Decides one question many times and does nothing else: what `cargo xtask bench --callgrind` counts instructions of.
//!
//! `count QUESTION TIMES`, where QUESTION is `simple`, `moderate` (with `-trace` behind it: and keeps the trace), or a
//! pattern that is hard to match with the length of the text behind it: `string-1000`, `arn-1000`, `colons-1000`.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a program that is given nonsense must stop"
)]

use std::hint::black_box;

use iam_evaluator::{decide, evaluate};
use iam_scenario::{Compiled, Document, question};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().expect("the name of a question");
    let times: usize = arguments.next().and_then(|it| it.parse().ok()).expect("how many times");

    let document = Document::from_json(&scenario(&name)).expect("the scenario is valid");
    let compiled = Compiled::new(&document);
    let written = document.requests().first().expect("the scenario has a request");
    let request = question(written, None).expect("the request is valid");
    let organization = compiled.organization();
    for _ in 0..times {
        if name.ends_with("-trace") {
            black_box(evaluate(black_box(organization), black_box(&request)));
        } else {
            black_box(decide(black_box(organization), black_box(&request)));
        }
    }
}

fn scenario(name: &str) -> String {
    let (kind, length) = name.split_once('-').unwrap_or((name, ""));
    let length: usize = length.parse().unwrap_or_default();
    let many = "a*".repeat(16);
    let (resource, condition, asked, agent) = match kind {
        "simple" => return include_str!("../benches/simple.json").to_owned(),
        "moderate" => return include_str!("../benches/moderate.json").to_owned(),
        // No `b` anywhere: every way to share the text out among the stars is wrong.
        "string" => ("*".to_owned(), format!("{many}b"), "*".to_owned(), "a".repeat(length)),
        "arn" => {
            let asked = format!("arn:aws:s3:::{}", "a".repeat(length));
            (format!("arn:*:*:*:*:{many}b"), String::from("*"), asked, String::new())
        }
        "colons" => {
            let asked = format!("arn:aws:s3:::{}", "a:".repeat(length / 2));
            (format!("arn:*:*:*:*:{many}b"), String::from("*"), asked, String::new())
        }
        other => panic!("there is no question `{other}`"),
    };
    format!(
        r#"{{ "format": 1, "accounts": [{{ "id": "222222222222", "users": [{{ "name": "Ana", "inlinePolicies": [
            {{ "name": "Inline", "document": {{ "Version": "2012-10-17", "Statement": [
                {{ "Effect": "Allow", "Action": "*", "Resource": "{resource}",
                   "Condition": {{ "StringLike": {{ "aws:UserAgent": "{condition}" }} }} }}] }} }}] }}] }}],
            "requests": [{{ "principal": "arn:aws:iam::222222222222:user/Ana", "action": "s3:GetObject",
                "resource": "{asked}", "context": {{ "aws:UserAgent": "{agent}" }} }}] }}"#
    )
}
