//! Random conditions, and values of the keys that they speak of.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::twin::policies::some_of;

/// Values that requests bring along; none: the key is taken away.
pub const FOUND: &[(&str, &[&str])] = &[
    ("aws:SourceIp", &["203.0.113.7"]),
    ("aws:SourceIp", &["2001:db8::1"]),
    ("aws:SourceIp", &["cloudformation.amazonaws.com"]),
    ("aws:TagKeys", &["alpha"]),
    ("aws:TagKeys", &["alpha", "beta"]),
    ("aws:TagKeys", &["ALPHA", "gamma"]),
    ("aws:TagKeys", &[""]),
    ("aws:tagkeys", &[]),
    ("aws:MultiFactorAuthAge", &["60.5"]),
    ("aws:MultiFactorAuthAge", &["3600"]),
    ("aws:MultiFactorAuthAge", &["-1"]),
    ("aws:MultiFactorAuthAge", &["soon"]),
    ("aws:MultiFactorAuthPresent", &["true"]),
    ("aws:MultiFactorAuthPresent", &["False"]),
    ("aws:PrincipalTag/team", &["green"]),
    ("aws:PrincipalTag/TEAM", &["r*d"]),
    ("aws:PrincipalTag/team", &[]),
    ("aws:PrincipalArn", &[]),
    ("aws:PrincipalOrgID", &[]),
    ("aws:SecureTransport", &["false"]),
    ("aws:CurrentTime", &["2026-11-23T12:00:00Z"]),
    ("aws:CurrentTime", &["2026-12-01T01:00:00+01:00"]),
    ("aws:CurrentTime", &["1796083200"]),
    ("aws:AssumedRoot", &["true"]),
    ("aws:ViaAWSService", &["true"]),
    ("aws:UserAgent", &["aws-cli/2 (ü)"]),
    ("aws:UserAgent", &["$x*"]),
];

/// Mostly one clause or none.
pub fn conditions() -> BoxedStrategy<Option<Value>> {
    let strings = select(vec![
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
    ]);
    let string_keys = select(vec![
        "aws:PrincipalTag/team",
        "AWS:principaltag/Team",
        "aws:RequestedRegion",
        "aws:TagKeys",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:ResourceOrgPaths",
        "aws:PrincipalAccount",
        "aws:ResourceAccount",
        "aws:username",
        "aws:PrincipalType",
        "aws:PrincipalServiceName",
        "aws:ResourceTag/team",
        "aws:ResourceOrgID",
        "aws:UserAgent",
    ]);
    let string_values = some_of(vec![
        "red",
        "RED",
        "blue",
        "r?d",
        "r*",
        "alpha",
        "a*",
        "eu-west-1",
        "o-abcdefghij",
        "o-abcdefghij/*",
        "o-abcdefghij/r-root/",
        "o-abcdefghij/r-root/ou-root-aaaaaaaa/*",
        "222222222222",
        "${aws:PrincipalAccount}",
        "${aws:PrincipalTag/team}",
        "${aws:PrincipalTag/team, 'red'}",
        "${aws:TagKeys}",
        "John",
        "User",
        "*",
        "",
        "sns.amazonaws.com",
        "aws-cli/? (?)",
        "${$}x${*}",
        "r${*}d",
        "*${aws:RequestedRegion}*",
    ]);
    let set = || select(vec!["", "", "", "ForAllValues:", "ForAnyValue:"]);
    let exists = || select(vec!["", "", "IfExists"]);
    let string = (set(), strings, exists(), string_keys, string_values)
        .prop_map(|(set, operator, exists, key, values)| json!({ format!("{set}{operator}{exists}"): { key: values } })).boxed();
    let arn = (
        set(),
        select(vec!["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]),
        exists(),
        select(vec!["aws:PrincipalArn", "aws:SourceArn", "aws:UserAgent"]),
        some_of(vec![
            "arn:aws:iam::*:user/*", "arn:aws:iam::222222222222:role/app/Deploy", "arn:aws:iam::*:root", "arn:aws:*:*:*:*",
            "arn:aws:iam::${aws:ResourceAccount}:*", "arn:aws:sts::*:federated-user/?ohn", "arn:*:*/Deploy",
        ]),
    )
        .prop_map(|(set, operator, exists, key, values)| json!({ format!("{set}{operator}{exists}"): { key: values } })).boxed();
    let number = (
        set(),
        select(vec![
            "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ]),
        exists(),
        select(vec![json!(3600), json!("60.50"), json!(["-1", "+3600.0"]), json!(0), json!("ten"), json!(["60.5", "x"])]),
    )
        .prop_map(|(set, operator, exists, value)| {
            json!({ format!("{set}{operator}{exists}"): { "aws:MultiFactorAuthAge": value } })
        });
    let date = (
        select(vec![
            "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        ]),
        exists(),
        select(vec![
            json!("2026-12-01T00:00:00Z"), json!("2026-12-01"), json!("1796083200"), json!("2026-11-23T07:00:00-05:00"),
            json!("tomorrow"),
        ]),
    )
        .prop_map(|(operator, exists, value)| json!({ format!("{operator}{exists}"): { "aws:CurrentTime": value } }));
    let address = (
        set(),
        select(vec!["IpAddress", "NotIpAddress"]),
        exists(),
        some_of(vec!["203.0.113.0/24", "203.0.113.7", "10.0.0.0/8", "2001:db8::/32", "2001:DB8:0::0001", "203.0.113.128/25", "0.0.0.0/0"]),
    )
        .prop_map(|(set, operator, exists, values)| json!({ format!("{set}{operator}{exists}"): { "aws:SourceIp": values } }));
    let boolean = (
        exists(),
        select(vec![
            "aws:SecureTransport",
            "aws:MultiFactorAuthPresent",
            "aws:PrincipalIsAWSService",
            "aws:ViaAWSService",
            "aws:TagKeys",
        ]),
        select(vec![json!(true), json!("false"), json!("True"), json!("yes")]),
    )
        .prop_map(|(exists, key, value)| json!({ format!("Bool{exists}"): { key: value } }));
    let null = (
        select(vec![
            "aws:TagKeys",
            "aws:PrincipalArn",
            "aws:username",
            "aws:PrincipalOrgID",
            "aws:SourceIp",
            "aws:AssumedRoot",
        ]),
        select(vec!["true", "false"]),
    )
        .prop_map(|(key, value)| json!({ "Null": { key: value } }));
    let one = prop_oneof![4 => string, 1 => arn, 1 => number, 1 => date, 1 => address, 1 => boolean, 1 => null].boxed();
    prop_oneof![
        7 => Just(None),
        4 => one.clone().prop_map(Some),
        1 => (one.clone(), one).prop_map(|(one, other)| {
            let merged: Map<_, _> = [one, other].into_iter().flat_map(|it| it.as_object().unwrap().clone()).collect();
            Some(Value::Object(merged))
        }),
    ]
        .boxed()
}
