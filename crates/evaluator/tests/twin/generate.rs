//! Random worlds and questions, from words that often meet each other.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::twin::model::{
    Account, Attached, Caller, Identity, Question, Resource, Settings, World,
};
use crate::twin::policies::{
    identity_policy, rcp, resource_policy, scp, session_policy, trust_policy,
};

pub const MANAGEMENT: &str = "111111111111";
pub const DEV: &str = "222222222222";
pub const PROD: &str = "333333333333";
pub const OUTSIDE: &str = "444444444444";
const LINKED: &str =
    "arn:aws:iam::222222222222:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForEcs";
const UNLISTED: &str = "999999999999";

pub fn world() -> BoxedStrategy<World> {
    let settings = prop_oneof![
        1 => Just(None),
        8 => (prop::bool::weighted(0.9), prop::bool::weighted(0.9), prop::bool::weighted(0.8))
            .prop_map(|(scps, rcps, managed)| {
                Some(Settings { management: managed.then_some(MANAGEMENT), scps, rcps })
            }),
    ];
    let accounts = (
        account(MANAGEMENT, vec![], None),
        account(
            DEV,
            vec!["arn:aws:s3:::data", "arn:aws:sqs:us-east-1:222222222222:queue"],
            Some(1),
        ),
        account(PROD, vec!["arn:aws:kms:us-east-1:333333333333:key/k1"], Some(2)),
        account(OUTSIDE, vec!["arn:aws:s3:::outside"], None),
        0..4_usize,
        0..3_usize,
    );
    (settings, [attached(), attached(), attached()], accounts)
        .prop_map(
            |(organization, levels, (mut management, mut dev, prod, outside, below, other))| {
                management.place = Some(other);
                dev.place = (below < 3).then_some(below);
                World { organization, levels, accounts: vec![management, dev, prod, outside] }
            },
        )
        .boxed()
}

/// SCPs that mostly leave something, and now and then an RCP.
pub fn attached() -> BoxedStrategy<Attached> {
    let full = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "*", "Resource": "*" }] });
    let scps = prop_oneof![
        16 => Just(vec![full.clone()]),
        4 => scp().prop_map(move |more| vec![full.clone(), more]),
        1 => prop::collection::vec(scp(), 0..3),
    ];
    let rcps = prop_oneof![6 => Just(vec![]), 1 => prop::collection::vec(rcp(), 1..3)];
    (scps, rcps).prop_map(|(scps, rcps)| Attached { scps, rcps }).boxed()
}

fn account(
    id: &'static str,
    arns: Vec<&'static str>,
    place: Option<usize>,
) -> BoxedStrategy<Account> {
    let users = (
        identity("John", format!("arn:aws:iam::{id}:user/John")),
        prop::option::weighted(0.4, identity("Ana", format!("arn:aws:iam::{id}:user/ops/Ana"))),
    );
    let linked = "AWSServiceRoleForEcs";
    let roles = (
        identity("Deploy", format!("arn:aws:iam::{id}:role/app/Deploy")),
        identity("Audit", format!("arn:aws:iam::{id}:role/Audit")),
        identity(
            linked,
            format!("arn:aws:iam::{id}:role/aws-service-role/ecs.amazonaws.com/{linked}"),
        ),
    );
    let policies =
        prop::collection::vec((prop::option::weighted(0.8, resource_policy()), tags()), arns.len());
    (users, roles, policies, attached())
        .prop_map(move |((john, ana), (deploy, audit, linked), policies, attached)| {
            let resources = arns.iter().zip(policies);
            Account {
                id,
                place,
                attached,
                users: [Some(john), ana].into_iter().flatten().collect(),
                roles: vec![deploy, audit, linked],
                resources: resources
                    .map(|(arn, (policy, tags))| Resource { arn, policy, tags })
                    .collect(),
            }
        })
        .boxed()
}

fn identity(name: &'static str, arn: String) -> BoxedStrategy<Identity> {
    let full = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "*", "Resource": "*" }] });
    let policies = prop_oneof![
        3 => Just(vec![full.clone()]),
        2 => identity_policy().prop_map(move |more| vec![full.clone(), more]),
        2 => prop::collection::vec(identity_policy(), 0..3),
    ];
    let boundary = prop::option::weighted(0.15, identity_policy());
    let trust = prop::option::weighted(0.8, trust_policy());
    (policies, boundary, tags(), trust)
        .prop_map(move |(policies, boundary, tags, trust)| Identity {
            name,
            arn: arn.clone(),
            policies,
            boundary,
            tags,
            trust,
        })
        .boxed()
}

type Tags = Vec<(&'static str, &'static str)>;

fn tags() -> BoxedStrategy<Tags> {
    select(vec![
        vec![],
        vec![("team", "red")],
        vec![("team", "blue"), ("cell", "red")],
        vec![("cell", "John")],
    ])
    .boxed()
}

pub fn question() -> BoxedStrategy<Question> {
    let session =
        prop_oneof![4 => Just(vec![]), 1 => prop::collection::vec(session_policy(), 1..3)];
    let through = prop::option::weighted(0.08, resource_policy());
    let instead = prop::option::weighted(0.15, (resource_policy(), trust_policy()));
    let passed = (context(), prop::bool::weighted(0.92), session, tags(), through, instead);
    (caller(), asked(), passed)
        .prop_map(|(caller, (action, resource, owner), passed)| {
            let (context, derive, session_policies, session_tags, endpoint_policy, instead) =
                passed;
            let resource_policy = match (resource, instead) {
                ("*", _) | (_, None) => None,
                (_, Some((_, trust))) if resource.contains(":role/") => Some(trust),
                (_, Some((policy, _))) => Some(policy),
            };
            Question {
                caller,
                action,
                resource,
                owner,
                context,
                derive,
                session_policies,
                session_tags,
                endpoint_policy,
                resource_policy,
            }
        })
        .boxed()
}

fn caller() -> BoxedStrategy<Caller> {
    let account =
        || select(vec![DEV, DEV, DEV, DEV, DEV, DEV, PROD, PROD, MANAGEMENT, OUTSIDE, UNLISTED]);
    let user = account().prop_flat_map(|account| {
        let arns = [
            (
                DEV,
                ["arn:aws:iam::222222222222:user/John", "arn:aws:iam::222222222222:user/ops/Ana"],
            ),
            (
                PROD,
                ["arn:aws:iam::333333333333:user/John", "arn:aws:iam::333333333333:user/ops/Ana"],
            ),
            (
                MANAGEMENT,
                ["arn:aws:iam::111111111111:user/John", "arn:aws:iam::111111111111:user/Nobody"],
            ),
            (
                OUTSIDE,
                ["arn:aws:iam::444444444444:user/John", "arn:aws:iam::444444444444:user/ops/Ana"],
            ),
            (UNLISTED, ["arn:aws:iam::999999999999:user/John", "arn:aws:iam::999999999999:user/Z"]),
        ];
        let arns = arns.iter().find(|(id, _)| *id == account).unwrap().1;
        select(arns.to_vec()).prop_map(move |arn| Caller::User { account, arn })
    });
    let roles = vec!["Deploy", "Deploy", "Audit", "AWSServiceRoleForEcs", "Unlisted"];
    let session = (account(), select(roles), select(vec!["s1", "s2"]))
        .prop_map(|(account, role, session)| Caller::Session { account, role, session });
    let federated = (account(), select(vec!["John", "Ana", "Carol"]))
        .prop_map(|(account, name)| Caller::Federated { account, name });
    prop_oneof![
        5 => user,
        5 => session,
        2 => account().prop_map(|account| Caller::Root { account }),
        2 => federated,
        1 => select(vec!["cloudtrail.amazonaws.com", "sns.amazonaws.com"]).prop_map(Caller::Service),
        1 => Just(Caller::Anonymous),
    ]
        .boxed()
}

/// An action, its resource, and who owns what no account lists.
fn asked() -> BoxedStrategy<(&'static str, &'static str, Option<&'static str>)> {
    let queue = "arn:aws:sqs:us-east-1:222222222222:queue";
    let key = "arn:aws:kms:us-east-1:333333333333:key/k1";
    select(vec![
        ("s3:GetObject", "arn:aws:s3:::data/red/report.csv", None),
        ("s3:GetObject", "arn:aws:s3:::data/John/a:b/c", None),
        ("s3:PutObject", "arn:aws:s3:::data/blue", None),
        ("s3:GetObject", "arn:aws:s3:::outside/x", None),
        ("s3:GetObject", "arn:aws:s3:::unlisted/x", Some(PROD)),
        ("s3:ListBucket", "arn:aws:s3:::data", None),
        ("s3:GetBucketPolicy", "arn:aws:s3:::data", None),
        ("s3:DeleteBucketPolicy", "arn:aws:s3:::outside", None),
        ("s3:ListAllMyBuckets", "*", None),
        ("sqs:SendMessage", queue, None),
        ("SQS:sendmessage", queue, None),
        ("kms:Decrypt", key, None),
        ("kms:RetireGrant", key, None),
        ("kms:Decrypt", "arn:aws:kms:us-east-1:222222222222:key/unwritten", None),
        ("kms:ListKeys", "*", None),
        ("sts:AssumeRole", "arn:aws:iam::222222222222:role/app/Deploy", None),
        ("sts:AssumeRole", "arn:aws:iam::333333333333:role/Audit", None),
        ("sts:TagSession", "arn:aws:iam::222222222222:role/Audit", None),
        ("sts:AssumeRole", "arn:aws:iam::222222222222:role/unlisted", None),
        ("sts:AssumeRole", LINKED, None),
        ("iam:PassRole", "arn:aws:iam::222222222222:role/Audit", None),
        ("sts:GetCallerIdentity", "*", None),
        ("ec2:StartInstances", "arn:aws:ec2:eu-west-1:222222222222:instance/i-0abc", None),
        ("ec2:DescribeInstances", "*", None),
        ("iam:CreateUser", "arn:aws:iam::333333333333:user/Zoe", None),
    ])
    .boxed()
}

/// Every request names its region; the other keys come and go.
fn context() -> BoxedStrategy<Vec<(&'static str, Vec<&'static str>)>> {
    let region =
        select(vec!["eu-west-1", "us-east-1"]).prop_map(|it| ("aws:RequestedRegion", vec![it]));
    let more = prop::collection::vec(select(crate::twin::clauses::FOUND), 0..5);
    (region, more)
        .prop_map(|(region, more)| {
            let mut context: Vec<(&str, Vec<&str>)> = vec![region];
            for (key, values) in more {
                if context.iter().all(|(known, _)| !known.eq_ignore_ascii_case(key)) {
                    context.push((key, values.to_vec()));
                }
            }
            context
        })
        .boxed()
}
