//! Random policies of each type, close to what the questions ask.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::twin::clauses::conditions;

fn one_or_many(texts: Vec<&'static str>) -> Value {
    match texts.as_slice() {
        [only] => json!(only),
        many => json!(many),
    }
}

/// One value, or a list of two.
pub fn some_of(texts: Vec<&'static str>) -> BoxedStrategy<Value> {
    prop::collection::vec(select(texts), 1..3).prop_map(one_or_many).boxed()
}

fn actions() -> Vec<&'static str> {
    vec![
        "*",
        "*",
        "*",
        "*",
        "*",
        "s3:*",
        "s3:Get*",
        "S3:?etObject",
        "s3:*Object",
        "sqs:*",
        "sqs:SendMessage",
        "kms:*",
        "kms:Decrypt",
        "sts:AssumeRole",
        "sts:*",
        "ec2:*",
        "ec2:Describe*",
        "iam:*",
        "iam:PassRole",
        "*:*",
        "s*:*",
        "s3:*Bucket*",
        "kms:R*t",
        "s3",
        "s3:",
    ]
}

fn resources() -> Vec<&'static str> {
    vec![
        "*",
        "*",
        "*",
        "*",
        "*",
        "*",
        "*",
        "*",
        "arn:aws:s3:::data",
        "arn:aws:s3:::data/*",
        "arn:aws:s3:::*",
        "arn:aws:s3:::data/${aws:PrincipalTag/team}*",
        "arn:aws:s3:::data/${aws:username, 'nobody'}/*",
        "arn:aws:s3:::*/${aws:PrincipalTag/cell}/*",
        "arn:aws:s3:::data/*:b*",
        "arn:aws:s3:::d?ta/*/c",
        "arn:aws:s3:*a/x",
        "arn:aws:sqs:*:*:queue",
        "arn:aws:sqs:*:q*",
        "arn:aws:sqs:us-*",
        "arn:*:kms:*:333333333333:key/*",
        "arn:aws:kms:*:*:key/k?",
        "arn:aws:iam::*:role/*",
        "arn:aws:iam::222222222222:role/app/*",
        "arn:aws:ec2:*:222222222222:instance/*",
        "arn:aws:*",
        "arn:aws:s3:::data/${aws:TagKeys}*",
        "arn:aws:s3:::${*}",
        "arn:aws:s*:red/report.csv",
    ]
}

/// The same, each with all six fields.
fn full_resources() -> Vec<&'static str> {
    let is_full = |it: &&str| *it == "*" || it.split(':').count() >= 6;
    resources().into_iter().filter(is_full).collect()
}

/// An element, or now and then its negation.
fn element(
    name: &'static str,
    values: Vec<&'static str>,
    negation: f64,
) -> BoxedStrategy<(String, Value)> {
    (prop::bool::weighted(negation), some_of(values))
        .prop_map(move |(negated, values)| {
            (if negated { format!("Not{name}") } else { name.to_owned() }, values)
        })
        .boxed()
}

fn effect() -> BoxedStrategy<&'static str> {
    select(vec!["Allow", "Allow", "Allow", "Allow", "Deny"]).boxed()
}

type Part = (String, Value);

fn statement(parts: impl IntoIterator<Item = Part>, condition: Option<Value>) -> Value {
    let condition = condition.map(|it| ("Condition".to_owned(), it));
    Value::Object(parts.into_iter().chain(condition).collect())
}

fn policy(statements: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    let version =
        select(vec!["2012-10-17", "2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"]);
    (version, prop::collection::vec(statements, 1..4))
        .prop_map(|(version, statements)| json!({ "Version": version, "Statement": statements }))
        .boxed()
}

fn plain(resources: Vec<&'static str>) -> BoxedStrategy<Value> {
    let parts = (
        effect(),
        element("Action", actions(), 0.15),
        element("Resource", resources, 0.15),
        conditions(),
    );
    policy(parts.prop_map(|(effect, action, resource, condition)| {
        statement([("Effect".to_owned(), json!(effect)), action, resource], condition)
    }))
    .boxed()
}

pub fn identity_policy() -> BoxedStrategy<Value> {
    plain(resources())
}

pub fn session_policy() -> BoxedStrategy<Value> {
    plain(full_resources())
}

pub fn scp() -> BoxedStrategy<Value> {
    plain(full_resources())
}

/// RCPs only deny, to everybody, and name a service.
pub fn rcp() -> BoxedStrategy<Value> {
    let action =
        some_of(vec!["s3:*", "s3:GetObject", "sqs:*", "kms:*", "sts:AssumeRole", "sts:*", "ec2:*"]);
    let parts = (action, element("Resource", full_resources(), 0.15), conditions());
    policy(parts.prop_map(|(action, resource, condition)| {
        let fixed = [("Effect", json!("Deny")), ("Principal", json!("*")), ("Action", action)];
        let fixed = fixed.map(|(name, value)| (name.to_owned(), value));
        statement(fixed.into_iter().chain([resource]), condition)
    }))
    .boxed()
}

pub fn resource_policy() -> BoxedStrategy<Value> {
    granting(actions(), full_resources())
}

pub fn trust_policy() -> BoxedStrategy<Value> {
    granting(vec!["sts:*", "sts:AssumeRole", "sts:TagSession", "*"], vec![])
}

/// A policy with principals; without resources it is a trust policy.
fn granting(actions: Vec<&'static str>, resources: Vec<&'static str>) -> BoxedStrategy<Value> {
    let has_resources = !resources.is_empty();
    let resources = if has_resources { resources } else { vec!["*"] };
    let parts = (
        effect(),
        principal(),
        prop::bool::weighted(if has_resources { 0.3 } else { 0.0 }),
        element("Action", actions, 0.1),
        element("Resource", resources, 0.1),
        conditions(),
    );
    policy(parts.prop_map(move |(effect, principal, negated, action, resource, condition)| {
        let name = if negated && effect == "Deny" { "NotPrincipal" } else { "Principal" };
        let fixed = [("Effect".to_owned(), json!(effect)), (name.to_owned(), principal), action];
        statement(fixed.into_iter().chain(has_resources.then_some(resource)), condition)
    }))
    .boxed()
}

fn principal() -> BoxedStrategy<Value> {
    let names = vec![
        "222222222222",
        "arn:aws:iam::222222222222:root",
        "arn:aws:iam::111111111111:root",
        "333333333333",
        "444444444444",
        "999999999999",
        "arn:aws:iam::222222222222:user/John",
        "arn:aws:iam::222222222222:user/ops/Ana",
        "arn:aws:iam::222222222222:user/Ana",
        "arn:aws:iam::444444444444:user/John",
        "arn:aws:iam::222222222222:role/app/Deploy",
        "arn:aws:iam::222222222222:role/Deploy",
        "arn:aws:iam::222222222222:role/Audit",
        "arn:aws:iam::333333333333:role/Audit",
        "arn:aws:sts::222222222222:assumed-role/Deploy/s1",
        "arn:aws:sts::222222222222:assumed-role/Audit/s2",
        "arn:aws:sts::222222222222:federated-user/John",
        "arn:aws:sts::222222222222:federated-user/Carol",
        "AROAEXAMPLEEXAMPLE123",
        "*",
    ];
    prop_oneof![
        5 => Just(json!("*")),
        6 => prop::collection::vec(select(names.clone()), 1..4).prop_map(|names| json!({ "AWS": names })),
        1 => (some_of(names), some_of(vec!["sns.amazonaws.com", "cloudtrail.amazonaws.com"]))
            .prop_map(|(names, services)| json!({ "AWS": names, "Service": services })),
    ]
        .boxed()
}
