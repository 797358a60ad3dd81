//! Random small organizations, policies and requests, from words that often meet each other.

use std::sync::Arc;

use iam_evaluator::*;
use proptest::prelude::*;

const ACCOUNT: &str = "222222222222";
const USER: &str = "arn:aws:iam::222222222222:user/John";
const BUCKET: &str = "arn:aws:s3:::data";

/// An organization root → OU → account with one user and one bucket: the statements of every policy in it.
#[derive(Clone, Debug)]
pub struct World {
    /// The SCPs of root, OU and account; each policy is a list of statements.
    scps: [Vec<Vec<String>>; 3],
    identity: Vec<Vec<String>>,
    boundary: Option<Vec<String>>,
    bucket: Vec<String>,
    management: bool,
}

impl World {
    /// How many places [`World::with_statement`] knows.
    pub const PLACES: usize = 5;

    pub fn organization(&self) -> Organization {
        let account = Arc::new(self.account());
        let management = if self.management { ACCOUNT } else { "111111111111" };
        let mut builder = Organization::builder(OrganizationSettings {
            id: "o-abcdefghij".into(),
            management_account: Some(management.parse().unwrap()),
            service_control_policies: true,
            resource_control_policies: true,
        });
        let [root, ou, leaf] = self.scps.each_ref().map(|policies| TargetPolicies {
            service_control_policies: policies
                .iter()
                .map(|statements| policy(statements, PolicyType::ServiceControlPolicy))
                .collect(),
            resource_control_policies: vec![],
        });
        let root = builder.root("r-root", "Root", root);
        let ou = builder.organizational_unit(root, "ou-root-aaaaaaaa", "Dev", ou).unwrap();
        builder.account(Some(ou), account, leaf).unwrap();
        builder.build()
    }

    fn account(&self) -> Account {
        let mut account = Account::new(ACCOUNT.parse().unwrap(), "dev");
        account.users.push(User {
            name: "John".into(),
            arn: USER.into(),
            policies: self
                .identity
                .iter()
                .map(|statements| policy(statements, PolicyType::Identity))
                .collect(),
            permissions_boundary: self
                .boundary
                .as_ref()
                .map(|statements| policy(statements, PolicyType::Identity)),
            tags: vec![Tag::new("team", "red"), Tag::new("cell", "red")],
        });
        let granted: Vec<String> = self
            .bucket
            .iter()
            .map(|statement| {
                statement.replacen('{', &format!("{{\"Principal\":{{\"AWS\":\"{USER}\"}},"), 1)
            })
            .collect();
        account.resources.push(Resource {
            arn: BUCKET.into(),
            policy: (!granted.is_empty()).then(|| policy(&granted, PolicyType::Resource)),
            tags: vec![],
        });
        account
    }

    pub fn reversed(mut self) -> Self {
        let reverse = |policies: &mut Vec<Vec<String>>| {
            policies.reverse();
            policies.iter_mut().for_each(|statements| statements.reverse());
        };
        self.scps.iter_mut().for_each(reverse);
        reverse(&mut self.identity);
        self.bucket.reverse();
        self.boundary.iter_mut().for_each(|statements| statements.reverse());
        self
    }

    pub fn with_statement(&self, place: usize, statement: &str) -> Self {
        let mut world = self.clone();
        let statement = statement.to_owned();
        match place {
            0..=2 => world.scps[place].push(vec![statement]),
            3 => world.identity.push(vec![statement]),
            _ => world.bucket.push(statement),
        }
        world
    }

    pub fn without_scps(&self) -> Self {
        let full = vec![vec![FULL.to_owned()]];
        Self { scps: [full.clone(), full.clone(), full], ..self.clone() }
    }

    pub fn without_boundary(&self) -> Self {
        Self { boundary: None, ..self.clone() }
    }

    pub fn as_management_account(&self) -> Self {
        Self { management: true, ..self.clone() }
    }
}

fn policy(statements: &[String], policy_type: PolicyType) -> Arc<Policy> {
    Arc::new(Policy {
        name: "policy".into(),
        origin: PolicyOrigin::Request { index: 0 },
        document: Arc::new(PolicyDocument::parse(&text(statements), policy_type)),
    })
}

fn text(statements: &[String]) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

/// The statement of `FullAWSAccess`.
const FULL: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;

/// About half of the requests are allowed in such a world, so that laws about allowing mean something.
pub fn world() -> impl Strategy<Value = World> {
    world_of(CONDITIONS.to_vec())
}

/// A world whose statements have one of these conditions each.
pub fn world_of(conditions: Vec<&'static str>) -> impl Strategy<Value = World> {
    let any_statement = || any_statement(conditions.clone());
    let policies = || prop::collection::vec(prop::collection::vec(any_statement(), 1..3), 0..2);
    let with_full = |most: u32| {
        (policies(), prop::bool::weighted(f64::from(most) / 10.0)).prop_map(
            |(mut policies, full)| {
                if full || policies.is_empty() {
                    policies.insert(0, vec![FULL.to_owned()]);
                }
                policies
            },
        )
    };
    let boundary = prop::collection::vec(any_statement(), 1..3).prop_map(|mut statements| {
        statements
            .push(r#"{"Effect":"Allow","Action":["s3:*","ec2:*"],"Resource":"*"}"#.to_owned());
        statements
    });
    (
        [with_full(8), with_full(8), with_full(8)],
        with_full(3),
        prop::option::weighted(0.3, boundary),
        prop::collection::vec(any_statement(), 0..2),
    )
        .prop_map(|(scps, identity, boundary, bucket)| World {
            scps,
            identity,
            boundary,
            bucket,
            management: false,
        })
}

pub fn policy_text() -> impl Strategy<Value = String> {
    prop::collection::vec(any_statement(CONDITIONS.to_vec()), 1..4)
        .prop_map(|statements| text(&statements))
}

fn any_statement(conditions: Vec<&'static str>) -> impl Strategy<Value = String> {
    let allow = statement_with("Allow", conditions.clone());
    prop_oneof![4 => allow, 1 => statement_with("Deny", conditions)]
}

pub fn statement(effect: &'static str) -> impl Strategy<Value = String> {
    statement_with(effect, CONDITIONS.to_vec())
}

fn statement_with(
    effect: &'static str,
    conditions: Vec<&'static str>,
) -> impl Strategy<Value = String> {
    let action = prop::sample::select(vec![
        r#""Action":"*""#,
        r#""Action":"s3:*""#,
        r#""Action":["s3:Get*","ec2:StartInstances"]"#,
        r#""Action":["EC2:*","iam:CreateUser"]"#,
        r#""NotAction":"iam:*""#,
        r#""NotAction":["s3:PutObject","ec2:*"]"#,
    ]);
    let resource = prop::sample::select(vec![
        r#""Resource":"*""#,
        r#""Resource":"*""#,
        r#""Resource":["arn:aws:s3:::data/*","arn:aws:ec2:*:*:instance/*"]"#,
        r#""NotResource":"arn:aws:s3:::data/${aws:PrincipalTag/cell}/*""#,
        r#""Resource":"arn:aws:s3:::data/${aws:username, 'nobody'}/*""#,
    ]);
    let condition = prop::sample::select(conditions);
    (action, resource, condition).prop_map(move |(action, resource, condition)| {
        format!(r#"{{"Effect":"{effect}",{action},{resource}{condition}}}"#)
    })
}

/// The conditions of [`world`]; one statement in four has none.
const CONDITIONS: &[&str] = &[
    "",
    "",
    "",
    r#","Condition":{"StringEquals":{"aws:PrincipalTag/team":["red","blue"]}}"#,
    r#","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}"#,
    r#","Condition":{"Bool":{"aws:SecureTransport":true},"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#,
    r#","Condition":{"ForAllValues:StringLike":{"aws:TagKeys":["a*"]}}"#,
    r#","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/J*"}}"#,
    r#","Condition":{"ForAnyValue:StringNotEquals":{"aws:TagKeys":["alpha","beta"]}}"#,
    r#","Condition":{"StringLike":{"aws:PrincipalTag/team":"r?d"},"Null":{"aws:TagKeys":"true"}}"#,
    r#","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2026-12-01T00:00:00Z"}}"#,
    r#","Condition":{"NotIpAddressIfExists":{"aws:SourceIp":["203.0.113.128/25","10.0.0.0/8"]}}"#,
    r#","Condition":{"StringEqualsIgnoreCase":{"aws:PrincipalTag/team":"RED"}}"#,
    r#","Condition":{"NumericLessThanIfExists":{"aws:MultiFactorAuthAge":3600}}"#,
];

pub fn request() -> impl Strategy<Value = Request> {
    let asked = prop::sample::select(vec![
        ("s3:GetObject", "arn:aws:s3:::data/red/report.csv"),
        ("s3:PutObject", "arn:aws:s3:::data/John/report.csv"),
        ("s3:ListAllMyBuckets", "*"),
        ("ec2:StartInstances", "arn:aws:ec2:eu-west-1:222222222222:instance/i-0abc"),
        ("iam:CreateUser", "arn:aws:iam::222222222222:user/Ana"),
    ]);
    let context = prop::collection::vec(
        prop::sample::select(vec![
            ("aws:SourceIp", "203.0.113.7"),
            ("aws:SourceIp", "2001:db8::1"),
            ("aws:RequestedRegion", "us-east-1"),
            ("aws:TagKeys", "alpha"),
            ("aws:MultiFactorAuthAge", "60.5"),
            ("aws:PrincipalTag/team", "green"),
        ]),
        0..3,
    );
    (asked, context).prop_map(|((action, resource), context)| {
        let principal = RequestPrincipal::parse(USER).unwrap();
        let resource = RequestResource::parse(resource).unwrap();
        let mut request = Request::new(principal, Action::parse(action).unwrap(), resource);
        for (key, value) in context {
            request.context.set(ConditionKey::new(key), vec![value.into()]);
        }
        request
    })
}
