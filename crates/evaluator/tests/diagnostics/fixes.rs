//! Fixes do what they promise: the diagnostic disappears, and JSON stays JSON.

use iam_evaluator::{DiagnosticCode, PolicyDocument, PolicyType};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Applies every fix of a policy on its own.
pub fn check(text: &str, policy_type: PolicyType) -> Result<(), String> {
    let before = PolicyDocument::parse(text, policy_type);
    for diagnostic in &before.diagnostics {
        let Some(fix) = &diagnostic.fix else { continue };
        let fixed = fix.apply(text).ok_or_else(|| format!("`{fix:?}` does not fit {text}"))?;
        let after = PolicyDocument::parse(&fixed, policy_type);
        let count = |policy: &PolicyDocument, code: DiagnosticCode| {
            policy.diagnostics.iter().filter(|it| it.code == code).count()
        };
        let complain = |what: &str| {
            let found: Vec<_> = after.diagnostics.iter().map(ToString::to_string).collect();
            Err(format!("{what} by `{}` of {diagnostic}\n{text}\n{fixed}\n{found:#?}", fix.title))
        };
        if count(&after, diagnostic.code) >= count(&before, diagnostic.code) {
            return complain("nothing is repaired");
        }
        if count(&after, DiagnosticCode::InvalidJson) > 0 {
            return complain("the JSON is broken");
        }
        let was_json = count(&before, DiagnosticCode::InvalidJson) == 0;
        if was_json
            && count(&after, DiagnosticCode::DuplicateMember)
                > count(&before, DiagnosticCode::DuplicateMember)
        {
            return complain("a member stands twice");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn fixes_work(text in policy(), policy_type in any_type()) {
        if let Err(problem) = check(&text, policy_type) {
            prop_assert!(false, "{policy_type:?}: {problem}");
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

/// Policies with many mistakes, and members that stand twice, on one line or on many.
fn policy() -> impl Strategy<Value = String> {
    let version = members(&[
        ("Version", &["\"2012-10-17\"", "\"2008-10-17\"", "\"2012-10-18\"", "2012", "\"\""]),
        ("version", &["\"2012-10-17\""]),
        ("Id", &["\"x\"", "7"]),
        ("Statements", &["[]"]),
    ]);
    let statements = prop_oneof![
        statement(),
        prop::collection::vec(statement(), 1..4).prop_map(|list| format!("[{}]", list.join(","))),
    ];
    (prop::collection::vec(version, 0..3), statements, layout()).prop_map(
        |(mut top, all, layout)| {
            top.push(format!("\"Statement\":{all}"));
            layout(&format!("{{{}}}", top.join(",")))
        },
    )
}

/// As it is, or with every member on its own line, or with a comma behind the last entries.
fn layout() -> impl Strategy<Value = fn(&str) -> String> {
    let pretty: fn(&str) -> String = |text| {
        // Only texts without repeated members survive the way through `Value`.
        text.replace(",\"", ",\n    \"").replace('{', "{\n    ")
    };
    let trailing: fn(&str) -> String = |text| text.replace("}]", "},]");
    prop_oneof![6 => Just(str::to_owned as fn(&str) -> String), 3 => Just(pretty), 1 => Just(trailing)]
}

fn statement() -> impl Strategy<Value = String> {
    let plain = members(STATEMENT);
    let condition = condition().prop_map(|condition| format!("\"Condition\":{condition}"));
    let member = prop_oneof![4 => plain, 3 => condition];
    let complete = prop::sample::select(vec![
        "",
        "\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Principal\":\"*\",",
        "\"Effect\":\"Deny\",\"NotAction\":\"iam:*\",\"NotResource\":\"*\",",
        "\"Effect\":\"Deny\",\"Action\":\"sts:AssumeRole\",\"Resource\":\"*\",",
    ]);
    (complete, prop::collection::vec(member, 1..4))
        .prop_map(|(complete, members)| format!("{{{complete}{}}}", members.join(",")))
}

const STATEMENT: &[(&str, &[&str])] = &[
    ("Sid", &["\"One\"", "\"not plain\"", "\"\"", "1"]),
    ("Effect", &["\"Allow\"", "\"allow\"", "\"Deny\"", "\"DENY \"", "\"Maybe\""]),
    ("effect", &["\"Allow\""]),
    ("Actions", &["\"s3:*\""]),
    (
        "Action",
        &[
            "\"*\"",
            "\"*:*\"",
            "\"s3:Get*, s3:Put*\"",
            "[\" ec2:Run \",\"*\"]",
            "[]",
            "\"iam :x\"",
            "5",
        ],
    ),
    ("NotAction", &["\"*\"", "\"sts:*\""]),
    (
        "Resource",
        &["\"*\"", "\"arn:aws:s3:::b/*\"", "[\"arn:aws:sqs\",\"arn:aws:s3:b\"]", "\"b\"", "[]"],
    ),
    ("NotResource", &["\"*\"", "[\"arn:aws:s3:::${aws:username}\",\"arn:*:s3:::${aws:TagKeys}\"]"]),
    (
        "Principal",
        &[
            "\"*\"",
            "{}",
            "{\"aws\":\"*\"}",
            "{\"AWS\":111122223333}",
            "\"lambda.amazonaws.com\"",
            "{\"AWS\":\"lambda.amazonaws.com\"}",
            "{\"AWS\":[\"arn:aws:iam::111122223333:*\",\"AROAEXAMPLE123456789\"]}",
            "{\"Federated\":\"x\",\"CanonicalUser\":\"y\"}",
            "\"111122223333\"",
        ],
    ),
    (
        "NotPrincipal",
        &[
            "{\"AWS\":\"arn:aws:iam::111122223333:user/Ana\"}",
            "{\"AWS\":[\"arn:aws:iam::111122223333:role/a\",\"arn:aws-cn:iam::444455556666:role/b\"]}",
            "\"*\"",
        ],
    ),
    ("Condition", &["{}", "[]", "{\"Bool\":{}}"]),
];

fn condition() -> impl Strategy<Value = String> {
    let keys = [
        "aws:TagKeys",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalOrgID",
        "aws:principalorgid",
        "aws:SourceIp",
        "aws:MultiFactorAuthPresent",
        "aws:CurrentTime",
        "aws:SorceIp",
        "username",
        "s3:prefix",
        "aws:PrincipalTag",
    ];
    let operators = [
        "StringEquals",
        "StringLike",
        "stringlike",
        "StringNotEquals",
        "StringEqualsIfExists",
        "ForAllValues:StringLike",
        "ForAllValues:StringEquals",
        "ForAnyValue:StringEquals",
        "ForAnyValue:StringEqualsIfExists",
        "Bool",
        "BoolIfExists",
        "Null",
        "NullIfExists",
        "ForAllValues:Null",
        "DateLessThan",
        "DateGreaterThan",
        "IpAddress",
        "NumericLessThan",
        "ArnLike",
        "StringEqual",
        "ForAllValue:StringLike",
        "Nonsense",
    ];
    let values = [
        "\"false\"",
        "\"true\"",
        "false",
        "\"o-*\"",
        "[\"a\",\"b\"]",
        "[]",
        "\"2026\"",
        "\" 10.0.0.0/8\"",
        "\"1,000\"",
        "\"${aws:username}\"",
        "\"${}\"",
        "\"${aws:TagKeys\"",
        "{}",
        "\"arn:aws:iam::*:role/x\"",
        "\"2026-01-01 10:00Z\"",
    ];
    let one = |from: &[&'static str]| prop::sample::select(from.to_vec());
    let key = (one(&keys), one(&values)).prop_map(|(key, value)| format!("\"{key}\":{value}"));
    let keys = prop::collection::vec(key, 0..3).prop_map(|keys| keys.join(","));
    let operator =
        (one(&operators), keys).prop_map(|(operator, keys)| format!("\"{operator}\":{{{keys}}}"));
    prop::collection::vec(operator, 0..4)
        .prop_map(|operators| format!("{{{}}}", operators.join(",")))
}

fn members(
    table: &'static [(&'static str, &'static [&'static str])],
) -> impl Strategy<Value = String> {
    let all: Vec<String> = table
        .iter()
        .flat_map(|(name, values)| values.iter().map(move |value| format!("\"{name}\":{value}")))
        .collect();
    prop::sample::select(all)
}

/// What people start from in an editor has fixes only where something is wrong.
#[test]
fn a_sound_policy_has_nothing_to_fix() {
    let statement: Value = json!({ "Effect": "Deny", "Action": "*", "Resource": "*" });
    let policy = json!({ "Version": "2012-10-17", "Statement": [statement] });
    let document = PolicyDocument::parse(&policy.to_string(), PolicyType::ServiceControlPolicy);
    assert_eq!(document.diagnostics, []);
}
