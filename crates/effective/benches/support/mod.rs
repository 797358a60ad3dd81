//! Organizations of any size, the same for the same seed: what a company of that many accounts tends to have.
//!
//! Guardrails at the root and at the OUs, roles that a StackSet puts into every account, roles and users of the
//! account's own applications with ARNs of the account in their policies, boundaries, and in some accounts resources
//! with policies.

use std::fmt::Write as _;
use std::sync::Arc;

use iam_catalog::{Catalog, ManagedPolicies};
use iam_effective::Universe;
use iam_evaluator::{
    Account, Organization, OrganizationSettings, Policy, PolicyDocument, PolicyOrigin, PolicyType,
    Resource, Role, Tag, TargetIndex, TargetPolicies, User,
};

/// All actions of AWS.
pub fn universe() -> Universe {
    let file = include_bytes!("../../../catalog/data/catalog.bin");
    Universe::of_catalog(&Catalog::decode(file).unwrap())
}

/// A small generator of numbers (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// An organization that can be edited: its accounts stay what they are.
pub struct Company {
    accounts: Vec<Arc<Account>>,
    /// For each account its OU, and its own SCP if it has one.
    places: Vec<(usize, Option<Arc<Policy>>)>,
    /// Divisions below the root, each with its SCPs.
    divisions: Vec<Vec<Arc<Policy>>>,
    /// OUs, each with its division and its SCPs.
    units: Vec<(usize, Vec<Arc<Policy>>)>,
    root: Vec<Arc<Policy>>,
    rcps: Vec<Arc<Policy>>,
    full: Arc<Policy>,
}

const GLOBAL: &str = r#"["iam:*","organizations:*","route53:*","cloudfront:*","support:*","sts:*","budgets:*","health:*","account:*","billing:*","s3:ListAllMyBuckets","s3:GetBucketLocation"]"#;

impl Company {
    /// So many accounts, each with so many principals.
    pub fn new(accounts: usize, principals: usize, seed: u64) -> Self {
        let mut dice = Dice(seed);
        let full = scp("FullAWSAccess", r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
        let divisions: Vec<_> = (0..(accounts / 100).clamp(1, 30))
            .map(|at| vec![Arc::clone(&full), division_policy(at)])
            .collect();
        let units: Vec<_> = (0..(accounts / 12).max(2))
            .map(|at| (at % divisions.len(), unit_policies(at, &full, &mut dice)))
            .collect();
        let managed = Managed::new();
        let built: Vec<_> = (0..accounts)
            .map(|at| Arc::new(account(at, principals, &managed, &mut dice)))
            .collect();
        let places = (0..accounts).map(|at| {
            let own = (dice.roll(20) == 0).then(|| {
                let deny = format!(
                    r#"{{"Effect":"Deny","Action":"{}:*","Resource":"*"}}"#,
                    dice.pick(SERVICES)
                );
                scp(&format!("Account{at}"), &deny)
            });
            (at % units.len(), own)
        });
        Self {
            places: places.collect(),
            accounts: built,
            divisions,
            units,
            root: vec![
                Arc::clone(&full),
                regions(&["eu-west-1", "us-east-1"]),
                protection("cloudtrail:StopLogging"),
            ],
            rcps: vec![perimeter()],
            full,
        }
    }

    /// Allows requests to other regions.
    pub fn with_regions(&mut self, regions_allowed: &[&str]) {
        self.root[1] = regions(regions_allowed);
    }

    /// Protects another action at the root.
    pub fn with_protected(&mut self, action: &str) {
        self.root[2] = protection(action);
    }

    /// Denies one more action at one OU.
    pub fn with_denied_at_unit(&mut self, unit: usize, action: &str) {
        let policies = &mut self.units[unit].1;
        policies.truncate(2);
        policies.push(scp(
            "Edit",
            &format!(r#"{{"Effect":"Deny","Action":"{action}","Resource":"*"}}"#),
        ));
    }

    /// Gives a role of an account's own application another policy; returns the role's ARN.
    pub fn with_role_policy(&mut self, account: usize, action: &str) -> String {
        let mut edited = (*self.accounts[account]).clone();
        let role = edited.roles.iter_mut().find(|role| role.name.starts_with("app-")).unwrap();
        let statement = format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"*"}}"#);
        role.policies[0] = identity("App", &role.arn, &statement);
        let arn = role.arn.to_string();
        self.accounts[account] = Arc::new(edited);
        arn
    }

    /// The organization as it is now.
    pub fn organization(&self) -> Arc<Organization> {
        let scps = |policies: &[Arc<Policy>]| TargetPolicies {
            service_control_policies: policies.to_vec(),
            resource_control_policies: vec![],
        };
        let mut builder = Organization::builder(OrganizationSettings {
            id: "o-examplecorp".into(),
            management_account: None,
            service_control_policies: true,
            resource_control_policies: true,
        });
        let at_root =
            TargetPolicies { resource_control_policies: self.rcps.clone(), ..scps(&self.root) };
        let root = builder.root("r-exam", "Root", at_root);
        let divisions: Vec<TargetIndex> = (self.divisions.iter().enumerate())
            .map(|(at, policies)| {
                let id = format!("ou-exam-d{at:07}");
                builder.organizational_unit(root, &id, "division", scps(policies)).unwrap()
            })
            .collect();
        let units: Vec<TargetIndex> = (self.units.iter().enumerate())
            .map(|(at, (division, policies))| {
                let id = format!("ou-exam-u{at:07}");
                builder
                    .organizational_unit(divisions[*division], &id, "unit", scps(policies))
                    .unwrap()
            })
            .collect();
        for (account, (unit, own)) in self.accounts.iter().zip(&self.places) {
            let mut policies = vec![Arc::clone(&self.full)];
            policies.extend(own.clone());
            builder.account(Some(units[*unit]), Arc::clone(account), scps(&policies)).unwrap();
        }
        Arc::new(builder.build())
    }
}

fn document(statements: &str, policy_type: PolicyType) -> Arc<PolicyDocument> {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    Arc::new(PolicyDocument::parse(&text, policy_type))
}

fn scp(name: &str, statements: &str) -> Arc<Policy> {
    organizations(name, statements, PolicyType::ServiceControlPolicy)
}

fn organizations(name: &str, statements: &str, policy_type: PolicyType) -> Arc<Policy> {
    let origin = PolicyOrigin::Organizations { id: format!("p-{name}").into(), arn: None };
    Arc::new(Policy { name: name.into(), origin, document: document(statements, policy_type) })
}

fn identity(name: &str, of: &str, statements: &str) -> Arc<Policy> {
    let origin = PolicyOrigin::Inline { identity: of.into() };
    Arc::new(Policy {
        name: name.into(),
        origin,
        document: document(statements, PolicyType::Identity),
    })
}

fn regions(allowed: &[&str]) -> Arc<Policy> {
    let allowed = allowed.join(r#"",""#);
    scp(
        "Regions",
        &format!(
            r#"{{"Effect":"Deny","NotAction":{GLOBAL},"Resource":"*","Condition":{{"StringNotEquals":{{"aws:RequestedRegion":["{allowed}"]}},"ArnNotLike":{{"aws:PrincipalArn":"arn:aws:iam::*:role/OrgAdmin"}}}}}}"#
        ),
    )
}

fn protection(action: &str) -> Arc<Policy> {
    scp(
        "Protection",
        &format!(
            r#"{{"Effect":"Deny","Action":["{action}","cloudtrail:DeleteTrail","guardduty:Delete*","config:Delete*","config:StopConfigurationRecorder"],"Resource":"*","Condition":{{"ArnNotLike":{{"aws:PrincipalArn":["arn:aws:iam::*:role/Security","arn:aws:iam::*:role/OrgAdmin"]}}}}}},
           {{"Effect":"Deny","Action":["organizations:LeaveOrganization","account:CloseAccount"],"Resource":"*"}}"#
        ),
    )
}

fn perimeter() -> Arc<Policy> {
    organizations(
        "Perimeter",
        r#"{"Effect":"Deny","Principal":"*","Action":["s3:*","sqs:*","kms:*","secretsmanager:*","sts:AssumeRole"],"Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-examplecorp"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}},
           {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
        PolicyType::ResourceControlPolicy,
    )
}

const SERVICES: &[&str] =
    &["sagemaker", "redshift", "gamelift", "workspaces", "groundstation", "emr", "iot", "connect"];

fn division_policy(at: usize) -> Arc<Policy> {
    scp(
        &format!("Division{at}"),
        &format!(
            r#"{{"Effect":"Deny","Action":"ec2:RunInstances","Resource":"arn:aws:ec2:*:*:instance/*","Condition":{{"StringNotLike":{{"ec2:InstanceType":["t3.*","m{}.*"]}}}}}},
           {{"Effect":"Deny","Action":["s3:PutBucketPublicAccessBlock","s3:PutAccountPublicAccessBlock","{}:Create*"],"Resource":"*"}}"#,
            at % 7 + 1,
            SERVICES[at % SERVICES.len()]
        ),
    )
}

fn unit_policies(at: usize, full: &Arc<Policy>, dice: &mut Dice) -> Vec<Arc<Policy>> {
    let mut policies = vec![Arc::clone(full)];
    let service = dice.pick(SERVICES);
    policies.push(match dice.roll(4) {
        0 => scp(&format!("Unit{at}"), &format!(
            r#"{{"Effect":"Deny","Action":["iam:CreateUser","iam:CreateAccessKey","{service}:*"],"Resource":"*"}}"#)),
        1 => scp(&format!("Unit{at}"),
            r#"{"Effect":"Deny","Action":["ec2:*","rds:*"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}}}"#),
        2 => scp(&format!("Unit{at}"), &format!(
            r#"{{"Effect":"Deny","NotAction":["s3:*","ec2:*","lambda:*","dynamodb:*","logs:*","iam:*","sts:*","kms:*","sqs:*","sns:*","cloudwatch:*","{service}:*"],"Resource":"*"}}"#)),
        _ => scp(&format!("Unit{at}"),
            r#"{"Effect":"Deny","Action":"dynamodb:DeleteTable","Resource":"arn:aws:dynamodb:*:*:table/prod-*"},{"Effect":"Deny","Action":"kms:ScheduleKeyDeletion","Resource":"*","Condition":{"NumericLessThan":{"kms:ScheduleKeyDeletionPendingWindowInDays":"14"}}}"#),
    });
    policies
}

/// AWS's own policies, which all accounts share.
struct Managed {
    admin: Arc<Policy>,
    read_only: Arc<Policy>,
    audit: Arc<Policy>,
    power: Arc<Policy>,
}

impl Managed {
    fn new() -> Self {
        let file = include_bytes!("../../../catalog/data/catalog-policies.bin");
        let policies = ManagedPolicies::decode(file).unwrap();
        let policy = |name: &str| {
            let arn = format!("arn:aws:iam::aws:policy/{name}");
            let text = policies.policy(&arn).unwrap().json();
            let document = Arc::new(PolicyDocument::parse(text, PolicyType::Identity));
            Arc::new(Policy {
                name: name.into(),
                origin: PolicyOrigin::Managed { arn: arn.into() },
                document,
            })
        };
        Self {
            admin: policy("AdministratorAccess"),
            read_only: policy("ReadOnlyAccess"),
            audit: policy("SecurityAudit"),
            power: policy("PowerUserAccess"),
        }
    }
}

fn account(at: usize, principals: usize, managed: &Managed, dice: &mut Dice) -> Account {
    let id = format!("1{at:011}");
    let mut account = Account::new(id.parse().unwrap(), &format!("account-{at}"));
    let trust = |arn: &str, principal: &str| {
        let statement =
            format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}"#);
        Arc::new(Policy {
            name: "trust".into(),
            origin: PolicyOrigin::Resource { arn: arn.into() },
            document: document(&statement, PolicyType::RoleTrust),
        })
    };
    // A StackSet's policies are text of their own in every account, and the same text.
    let boundary = |arn: &str| identity("Boundary", arn, BOUNDARY);
    let deploy = |arn: &str| identity("Deploy", arn, DEPLOY);
    let role = |account: &mut Account,
                name: &str,
                policies: Vec<Arc<Policy>>,
                bounded: bool,
                principal: &str| {
        let arn = format!("arn:aws:iam::{id}:role/{name}");
        let inline = policies.is_empty().then(|| deploy(&arn));
        account.roles.push(Role {
            name: name.into(),
            trust_policy: Some(trust(&arn, principal)),
            policies: policies.into_iter().chain(inline).collect(),
            permissions_boundary: bounded.then(|| boundary(&arn)),
            tags: vec![Tag::new("team", dice_team(at))],
            arn: arn.into(),
        });
    };
    let own = format!(r#"{{"AWS":"{id}"}}"#);
    let lambda = r#"{"Service":"lambda.amazonaws.com"}"#;
    role(
        &mut account,
        "OrgAdmin",
        vec![Arc::clone(&managed.admin)],
        false,
        r#"{"AWS":"100000000000"}"#,
    );
    if principals > 6 {
        role(
            &mut account,
            "Security",
            vec![Arc::clone(&managed.audit)],
            false,
            r#"{"AWS":"100000000000"}"#,
        );
        role(&mut account, "ReadOnly", vec![Arc::clone(&managed.read_only)], false, &own);
        role(&mut account, "Deploy", vec![], true, &own);
        role(&mut account, "PowerUser", vec![Arc::clone(&managed.power)], false, &own);
    }
    let apps = principals.saturating_sub(if principals > 6 { 5 } else { 1 }).max(1);
    for app in 0..apps {
        let (kind, name) = if app % 3 == 2 {
            ("user", format!("dev-{app}"))
        } else {
            ("role", format!("app-{app}"))
        };
        let arn = format!("arn:aws:iam::{id}:{kind}/{name}");
        let policy = identity("App", &arn, &app_statements(&id, app, dice));
        if kind == "role" {
            let bounded = dice.roll(2) == 0;
            account.roles.push(Role {
                name: name.as_str().into(),
                trust_policy: Some(trust(&arn, lambda)),
                policies: vec![policy],
                permissions_boundary: bounded.then(|| boundary(&arn)),
                tags: vec![],
                arn: arn.into(),
            });
        } else {
            let shared = if dice.roll(3) == 0 {
                vec![policy, Arc::clone(&managed.read_only)]
            } else {
                vec![policy]
            };
            account.users.push(User {
                name: name.as_str().into(),
                policies: shared,
                permissions_boundary: None,
                tags: vec![Tag::new("team", dice_team(app))],
                arn: arn.into(),
            });
        }
    }
    if dice.roll(3) == 0 {
        account.resources = resources(&id, at);
    }
    account
}

fn dice_team(at: usize) -> &'static str {
    ["red", "green", "blue"][at % 3]
}

const BOUNDARY: &str = r#"{"Effect":"Allow","Action":["s3:*","dynamodb:*","sqs:*","sns:*","lambda:*","logs:*","cloudwatch:*","kms:*","ec2:Describe*","secretsmanager:*","xray:*"],"Resource":"*"},{"Effect":"Deny","Action":["s3:DeleteBucket","kms:ScheduleKeyDeletion"],"Resource":"*"}"#;
const DEPLOY: &str = r#"{"Effect":"Allow","Action":["cloudformation:*","lambda:*","s3:*","iam:PassRole","ecr:*","ecs:*","logs:*"],"Resource":"*"},{"Effect":"Deny","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/OrgAdmin"}"#;

/// What an application may do, with ARNs of its account.
fn app_statements(id: &str, app: usize, dice: &mut Dice) -> String {
    let mut text = String::new();
    let region = dice.pick(&["eu-west-1", "us-east-1", "*"]);
    let kinds: &[&dyn Fn(&mut String)] = &[
        &|text| {
            write!(text, r#"{{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::app-{app}-{id}/*"}},"#).unwrap()
        },
        &|text| {
            write!(text, r#"{{"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem","dynamodb:Query","dynamodb:UpdateItem"],"Resource":"arn:aws:dynamodb:{region}:{id}:table/app-{app}-*"}},"#).unwrap()
        },
        &|text| {
            write!(text, r#"{{"Effect":"Allow","Action":["sqs:SendMessage","sqs:ReceiveMessage","sqs:DeleteMessage"],"Resource":"arn:aws:sqs:{region}:{id}:app-{app}-queue"}},"#).unwrap()
        },
        &|text| {
            write!(text, r#"{{"Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"*","Condition":{{"StringEquals":{{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}}}}}},"#).unwrap()
        },
        &|text| {
            write!(text, r#"{{"Effect":"Allow","Action":["ec2:StartInstances","ec2:StopInstances"],"Resource":"*","Condition":{{"StringEquals":{{"aws:ResourceTag/team":"${{aws:PrincipalTag/team}}"}}}}}},"#).unwrap()
        },
        &|text| {
            write!(text, r#"{{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:*:{id}:secret:app-{app}/*"}},"#).unwrap()
        },
        &|text| {
            write!(text, r#"{{"Effect":"Allow","Action":["sns:Publish","ssm:GetParameter*"],"Resource":"*"}},"#).unwrap()
        },
    ];
    for _ in 0..3 {
        kinds[dice.roll(kinds.len())](&mut text);
    }
    text.push_str(r#"{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents","cloudwatch:PutMetricData"],"Resource":"*"}"#);
    text
}

fn resources(id: &str, at: usize) -> Vec<Resource> {
    let resource = |arn: String, statements: String| {
        let origin = PolicyOrigin::Resource { arn: arn.as_str().into() };
        let document = document(&statements, PolicyType::Resource);
        let policy = Policy { name: "policy".into(), origin, document };
        Resource {
            arn: arn.into(),
            policy: Some(Arc::new(policy)),
            tags: vec![Tag::new("team", dice_team(at))],
        }
    };
    let bucket = format!("arn:aws:s3:::app-0-{id}");
    let key = format!("arn:aws:kms:eu-west-1:{id}:key/1111");
    vec![
        resource(
            bucket.clone(),
            format!(
                r#"{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["{bucket}","{bucket}/*"],"Condition":{{"Bool":{{"aws:SecureTransport":"false"}}}}}},{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{id}:role/app-0"}},"Action":"s3:ListBucket","Resource":"{bucket}"}}"#
            ),
        ),
        resource(
            key,
            format!(
                r#"{{"Effect":"Allow","Principal":{{"AWS":"{id}"}},"Action":"kms:*","Resource":"*"}}"#
            ),
        ),
    ]
}
