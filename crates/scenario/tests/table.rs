//! Every principal of the seed scenario × actions × resources, as one readable table that is checked in: a change of
//! any decision shows in its diff.
//!
//! `UPDATE_TABLE=1 cargo test -p iam-scenario --test table` writes it anew.

#![expect(clippy::unwrap_used, reason = "a table that cannot be made must fail")]

use std::fmt::Write as _;

use iam_scenario::{Compiled, Decision, Document, Request};

const SEED: &str = include_str!("../seed/example-corp.json");
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/table.txt");

/// What is asked of everybody; `ACCOUNT` stands for the caller's own account.
const QUESTIONS: &[(&str, &str)] = &[
    ("ec2:StartInstances", "arn:aws:ec2:eu-central-1:ACCOUNT:instance/i-0abc"),
    ("ec2:RunInstances", "arn:aws:ec2:us-east-1:ACCOUNT:instance/*"),
    ("ec2:DescribeInstances", "*"),
    ("s3:GetObject", "arn:aws:s3:::example-customer-data/42.json"),
    ("s3:PutObject", "arn:aws:s3:::example-logs/AWSLogs/1.gz"),
    ("s3:ListAllMyBuckets", "*"),
    ("s3:CreateBucket", "arn:aws:s3:::example-new"),
    ("iam:CreateUser", "arn:aws:iam::ACCOUNT:user/Eve"),
    ("iam:CreateRole", "arn:aws:iam::ACCOUNT:role/New"),
    ("iam:DeleteRole", "arn:aws:iam::ACCOUNT:role/SecurityAudit"),
    ("sts:AssumeRole", "arn:aws:iam::666666666666:role/Admin"),
    ("sts:GetCallerIdentity", "*"),
    ("sqs:CreateQueue", "arn:aws:sqs:eu-central-1:ACCOUNT:jobs"),
    ("cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-central-1:ACCOUNT:trail/main"),
    ("organizations:LeaveOrganization", "*"),
    ("organizations:CreateAccount", "*"),
    ("ce:GetCostAndUsage", "*"),
];

#[test]
fn decisions_are_those_of_the_table() {
    let table = table();
    if std::env::var_os("UPDATE_TABLE").is_some() {
        std::fs::write(TABLE, &table).unwrap();
    }
    let known = std::fs::read_to_string(TABLE).unwrap_or_default();
    assert!(table == known, "decisions changed; `UPDATE_TABLE=1` writes the table anew:\n{table}");
}

fn table() -> String {
    let document = Document::from_json(SEED).unwrap();
    let compiled = Compiled::new(&document);
    let mut table = String::from(
        "A allowed, E explicitDeny, I implicitDeny; ACCOUNT is the caller's own account\n\n",
    );
    for (index, (action, resource)) in QUESTIONS.iter().enumerate() {
        writeln!(table, "{:>2} {action:<31} {resource}", index + 1).unwrap();
    }
    let numbers: String = (1..=QUESTIONS.len()).map(|number| format!("{number:>3}")).collect();
    write!(table, "\n{:<52}{numbers}\n", "").unwrap();
    for (principal, account) in principals(&document) {
        write!(table, "{principal:<52}").unwrap();
        for (action, resource) in QUESTIONS {
            let request = Request {
                principal: principal.clone(),
                action: (*action).to_owned(),
                resource: resource.replace("ACCOUNT", &account),
                ..Request::default()
            };
            let letter = match compiled.decide(&request, None).unwrap() {
                Decision::Allowed => 'A',
                Decision::ExplicitDeny => 'E',
                Decision::ImplicitDeny => 'I',
            };
            write!(table, "  {letter}").unwrap();
        }
        table.push('\n');
    }
    table
}

/// Everybody in the scenario, then a service, an outsider and a caller nobody knows; each with its account.
fn principals(document: &Document) -> Vec<(String, String)> {
    let mut principals = Vec::new();
    for account in document.accounts() {
        let id = &account.id;
        let users = account.users.iter().map(|user| account.user_arn(user));
        let roles = account.roles.iter().map(|role| account.role_arn(role));
        let all = [format!("arn:aws:iam::{id}:root")].into_iter().chain(users).chain(roles);
        principals.extend(all.map(|principal| (principal, id.clone())));
    }
    let outside = "343434343434".to_owned();
    principals.push(("cloudtrail.amazonaws.com".to_owned(), outside.clone()));
    principals.push((format!("arn:aws:iam::{outside}:user/Mallory"), outside.clone()));
    principals.push(("*".to_owned(), outside));
    principals
}
