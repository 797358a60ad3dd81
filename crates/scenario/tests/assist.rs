//! Help at the cursor: what is offered where, and what is said of what stands there. `|` is the cursor.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

use iam_catalog::Catalog;
use iam_evaluator::{Edit, Fix, PolicyType};
use iam_scenario::Document;
use iam_scenario::assist::{Assist, Completions, Hover, Words};
use proptest::prelude::*;

const IDENTITY: PolicyType = PolicyType::Identity;
const SCP: PolicyType = PolicyType::ServiceControlPolicy;

fn catalog() -> Catalog {
    Catalog::decode(include_bytes!("../../catalog/data/catalog.bin")).unwrap()
}

fn words() -> Words {
    Words::new(include_str!("../../catalog/data/catalog-words.txt"))
}

fn document() -> Document {
    Document::from_json(include_str!("../seed/example-corp.json")).unwrap()
}

fn with<T>(policy_type: PolicyType, help: impl FnOnce(&Assist<'_>) -> T) -> T {
    let (catalog, words, document) = (catalog(), words(), document());
    help(&Assist { catalog: Some(&catalog), words: &words, document: &document, policy_type })
}

fn at_cursor(written: &str) -> (String, usize) {
    (written.replacen('|', "", 1), written.find('|').unwrap())
}

fn complete(policy_type: PolicyType, written: &str) -> Option<Completions> {
    let (text, offset) = at_cursor(written);
    with(policy_type, |help| help.complete(&text, offset, true))
}

fn labels(policy_type: PolicyType, written: &str) -> Vec<String> {
    let found = complete(policy_type, written).map(|it| it.items).unwrap_or_default();
    found.into_iter().map(|item| item.label).collect()
}

/// The text with the first thing offered put in.
fn take_first(policy_type: PolicyType, written: &str) -> String {
    let (text, _) = at_cursor(written);
    let found = complete(policy_type, written).unwrap_or_else(|| panic!("nothing for {written}"));
    let edits = vec![Edit { span: found.span, replacement: found.items[0].insert.clone() }];
    Fix { title: String::new(), edits }.apply(&text).unwrap()
}

fn hover(policy_type: PolicyType, written: &str) -> Option<Hover> {
    let (text, offset) = at_cursor(written);
    with(policy_type, |help| help.hover(&text, offset))
}

#[test]
fn elements_are_those_of_the_policy_type_that_are_not_there_yet() {
    assert_eq!(labels(SCP, r#"{ "|" }"#), ["Version", "Statement"]);
    assert_eq!(
        labels(PolicyType::Resource, r#"{ "Version": "2012-10-17", "|" }"#),
        ["Id", "Statement"]
    );
    let rcp = labels(
        PolicyType::ResourceControlPolicy,
        r#"{ "Statement": [{ "Effect": "Deny", "|" }] }"#,
    );
    assert_eq!(rcp, ["Sid", "Principal", "Action", "Resource", "Condition", "NotResource"]);
    let trust = labels(PolicyType::RoleTrust, r#"{ "Statement": { "NotAction": "sts:*", "|" } }"#);
    assert_eq!(trust, ["Sid", "Effect", "Principal", "Condition"]);
    assert_eq!(
        take_first(SCP, r#"{ "Statement": [{ "Con|" }] }"#),
        r#"{ "Statement": [{ "Condition": { "${}" } }] }"#
    );
    assert_eq!(
        take_first(SCP, r#"{ "Statement": [{ "Eff|": "Deny" }] }"#),
        r#"{ "Statement": [{ "Effect": "Deny" }] }"#
    );
    assert_eq!(
        labels(PolicyType::ResourceControlPolicy, r#"{ "Statement": [{ "Effect": "|" }] }"#),
        ["Deny"]
    );
}

#[test]
fn actions_are_found_by_service_by_name_and_by_pattern() {
    let statement = |action: &str| format!(r#"{{ "Statement": [{{ "Action": ["{action}"] }}] }}"#);
    assert_eq!(labels(IDENTITY, &statement("s3|"))[..2], ["s3:", "s3-object-lambda:"][..]);
    let get = labels(IDENTITY, &statement("s3:get|"));
    assert_eq!(get[0], "s3:Get*");
    assert!(get.contains(&"s3:GetObject".to_owned()) && !get.iter().any(|it| it.contains("Put")));
    let anywhere = labels(IDENTITY, &statement("assumerole|"));
    assert_eq!(anywhere[0], "sts:AssumeRole");
    assert_eq!(labels(IDENTITY, &statement("cloudwatch logs|"))[0], "logs:");
    assert_eq!(labels(PolicyType::RoleTrust, &statement("|"))[0], "sts:AssumeRole");
    assert!(
        !labels(PolicyType::ResourceControlPolicy, &statement("|")).contains(&"ec2:".to_owned())
    );
    assert_eq!(
        take_first(IDENTITY, r#"{ "Statement": { "Action": "s3:GetObj|Acl" } }"#),
        r#"{ "Statement": { "Action": "s3:GetObject" } }"#
    );
    let broken = "{ \"Statement\": [{ \"Effect\": \"Deny\", \"Action\": [\"ec2:Sta|\n";
    assert!(labels(SCP, broken).contains(&"ec2:StartInstances".to_owned()), "no JSON yet");
    assert_eq!(
        take_first(SCP, r#"{ "Statement": [{ "Action": [ | ] }] }"#).matches('"').count(),
        6,
        "quoted between strings"
    );
}

#[test]
fn resources_fit_the_actions_of_the_statement() {
    let found = labels(
        IDENTITY,
        r#"{ "Statement": [{ "Action": "s3:GetObject" , "Resource": "|" }, { "Action": "sqs:*" }] }"#,
    );
    assert!(found.contains(&"arn:aws:s3:::${BucketName}/${ObjectName}".to_owned()), "{found:?}");
    assert!(!found.iter().any(|it| it.contains(":sqs:")) && found.last().unwrap() == "*");
    let insert = take_first(
        IDENTITY,
        r#"{ "Statement": [{ "Action": "ec2:StartInstances", "Resource": "arn:aws:ec2|" }] }"#,
    );
    assert!(insert.contains("arn:aws:ec2:${1:*}:${2:*}:instance/${3:InstanceId}"), "{insert}");
    let roles =
        labels(IDENTITY, r#"{ "Statement": [{ "Resource": "|", "Action": "iam:PassRole" }] }"#);
    assert!(
        roles.iter().any(|it| it.contains(":role/") && !it.contains("${")),
        "the scenario's roles: {roles:?}"
    );
}

#[test]
fn condition_keys_of_the_actions_come_first_and_fit_their_operator() {
    let found = labels(
        SCP,
        r#"{ "Statement": [{ "Action": "ec2:RunInstances", "Condition": { "StringEquals": { "|" } } }] }"#,
    );
    assert!(found[0].starts_with("ec2:"), "{found:?}");
    let found = labels(
        SCP,
        r#"{ "Statement": [{ "Action": "*", "Condition": { "IpAddress": { "|": "" } } }] }"#,
    );
    assert_eq!(found[..2], ["aws:Ec2InstanceSourcePrivateIPv4", "aws:SourceIp"][..]);
    let tag = take_first(
        SCP,
        r#"{ "Statement": [{ "Condition": { "StringEquals": { "aws:PrincipalT|" } } }] }"#,
    );
    assert!(tag.contains(r#""aws:PrincipalTag/${1:TagKey}": "${}""#), "{tag}");
    let operators = labels(SCP, r#"{ "Statement": [{ "Condition": { "|" } }] }"#);
    assert!(
        operators.contains(&"BoolIfExists".to_owned())
            && !operators.contains(&"NullIfExists".to_owned())
    );
    let sets = labels(SCP, r#"{ "Statement": [{ "Condition": { "ForAny|" } }] }"#);
    assert_eq!(sets[0], "ForAnyValue:StringEquals");
}

#[test]
fn values_come_from_the_scenario() {
    let value = |key: &str| {
        labels(
            SCP,
            &format!(
                r#"{{ "Statement": [{{ "Condition": {{ "StringLike": {{ "{key}": ["|"] }} }} }}] }}"#
            ),
        )
    };
    assert!(value("aws:PrincipalOrgID")[0].starts_with("o-"));
    assert!(
        value("aws:principalorgpaths").iter().any(|it| it.contains("/r-") && it.ends_with("/*"))
    );
    assert!(value("aws:PrincipalArn").iter().any(|it| it.contains(":role/")));
    assert!(value("aws:ResourceAccount").iter().all(|it| it.len() == 12));
    assert_eq!(value("aws:SecureTransport"), ["true", "false"]);
    let principals =
        labels(PolicyType::Resource, r#"{ "Statement": [{ "Principal": { "AWS": "|" } }] }"#);
    assert!(principals[0].ends_with(":root"), "{principals:?}");
    assert!(
        labels(
            PolicyType::Resource,
            r#"{ "Statement": [{ "Principal": { "Service": "lamb|" } }] }"#
        )[0] == "lambda.amazonaws.com"
    );
}

#[test]
fn hovering_tells_what_stands_there() {
    let shown = |hover: Hover| {
        let lines = hover.lines.iter().map(|it| format!("{}: {}", it.heading, it.items.join(", ")));
        format!("{} [{}]\n{}", hover.title, hover.tag, lines.collect::<Vec<_>>().join("\n"))
    };
    let action = shown(hover(SCP, r#"{ "Statement": [{ "Action": "s3:get|object" }] }"#).unwrap());
    assert!(
        action.starts_with("s3:GetObject [Read]\n: Amazon S3\nResources: arn:aws:s3:"),
        "{action}"
    );
    assert!(action.contains("Condition keys: ") && action.contains(" more"), "{action}");
    let pattern =
        shown(hover(SCP, r#"{ "Statement": [{ "Action": "iam:*Login|Profile" }] }"#).unwrap());
    assert!(pattern.contains("4 actions: 1 List, 3 Write."), "{pattern}");
    let key = shown(
        hover(
            SCP,
            r#"{ "Statement": [{ "Condition": { "Bool": { "aws:secure|transport": "true" } } }] }"#,
        )
        .unwrap(),
    );
    assert_eq!(
        key,
        "aws:SecureTransport [Bool]\n: Whether the request comes over TLS.\n: It has one value: takes Bool."
    );
    let operator = shown(
        hover(
            SCP,
            r#"{ "Statement": [{ "Condition": { "ForAllValues:StringLike|IfExists": {} } }] }"#,
        )
        .unwrap(),
    );
    assert_eq!(operator.matches("\n: ").count(), 3, "{operator}");
    let element = shown(hover(SCP, r#"{ "Statement": [{ "|NotAction": [] }] }"#).unwrap());
    assert!(element.contains("Every action but those listed"), "{element}");
    let account = shown(
        hover(SCP, r#"{ "Statement": [{ "Resource": "arn:aws:iam::999999999999:role/|x" }] }"#)
            .unwrap(),
    );
    assert!(account.contains("999999999999 is Development ("), "{account}");
    assert_eq!(hover(SCP, r#"{ "Statement": [{ "Sid": "A|b" }] }"#), None);
}

/// Every element, every operator and every global key has its sentence, and none is left over.
#[test]
fn the_words_are_complete() {
    let (catalog, words) = (catalog(), words());
    let operators = iam_evaluator::ConditionOperator::names().map(str::to_owned);
    let keys = catalog.global_condition_keys().map(|key| key.name().to_owned());
    let missing: Vec<_> = operators.chain(keys).filter(|it| words.of(it).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    /// Whatever is typed, help answers, and what it puts in fits the text.
    #[test]
    fn any_text_gets_an_answer(text in r#"([{}\[\]:,"\\ é]|"(Statement|Action|Condition|Resource|s3:|StringEquals|Principal|AWS)"){0,40}"#, cut in 0.0..1.0_f64) {
        let mut offset = (text.len() as f64 * cut) as usize;
        while !text.is_char_boundary(offset) { offset -= 1; }
        let (words, document) = (words(), Document::default());
        let help = Assist { catalog: None, words: &words, document: &document, policy_type: IDENTITY };
        if let Some(found) = help.complete(&text, offset, true) {
            prop_assert!(found.span.of(&text).is_some());
        }
        if let Some(found) = help.hover(&text, offset) {
            prop_assert!(found.span.of(&text).is_some());
        }
    }
}
