//! Everything at once, on random organizations: OUs, RCPs, several accounts with users, roles, boundaries, trust and
//! resource policies. The evaluator, asked request by request, never contradicts a cell; and whatever is kept from the
//! organization before an edit never shows.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose world cannot be built must fail"
)]

use std::cell::RefCell;
use std::sync::Arc;

use iam_catalog::AccessLevel;
use iam_effective::{Difference, Effective, Engine, Entry, Universe, Verdict, why};
use iam_evaluator::*;
use proptest::prelude::*;

const ACCOUNTS: [&str; 2] = ["111111111111", "222222222222"];

fn universe() -> Universe {
    let entries: &[(&str, AccessLevel, &[&str])] = &[
        ("s3:GetObject", AccessLevel::Read, &["arn:aws:s3:::*/*"]),
        ("s3:PutObject", AccessLevel::Write, &["arn:aws:s3:::*/*"]),
        ("s3:ListBucket", AccessLevel::List, &["arn:aws:s3:::*"]),
        ("s3:ListAllMyBuckets", AccessLevel::List, &[]),
        ("ec2:StartInstances", AccessLevel::Write, &["arn:aws:ec2:*:ACCOUNT:instance/*"]),
        ("ec2:DescribeInstances", AccessLevel::List, &[]),
        ("iam:PassRole", AccessLevel::Write, &["arn:aws:iam::ACCOUNT:role/*"]),
        ("iam:CreateUser", AccessLevel::Write, &["arn:aws:iam::ACCOUNT:user/*"]),
        ("sts:AssumeRole", AccessLevel::Write, &["arn:aws:iam::ACCOUNT:role/*"]),
        ("sts:GetCallerIdentity", AccessLevel::Read, &[]),
        ("kms:Decrypt", AccessLevel::Write, &["arn:aws:kms:*:ACCOUNT:key/*"]),
        ("sqs:SendMessage", AccessLevel::Write, &["arn:aws:sqs:*:ACCOUNT:*"]),
        ("organizations:LeaveOrganization", AccessLevel::Write, &[]),
    ];
    Universe::new(entries.iter().map(|(name, level, forms)| Entry {
        action: Action::parse(name).unwrap(),
        level: *level,
        forms: forms.iter().map(|form| (*form).into()).collect(),
    }))
}

/// The statements of every policy, as text.
#[derive(Clone, Debug)]
struct World {
    scps: [Vec<String>; 4],
    rcp: Vec<String>,
    identity: [[Vec<String>; 2]; 2],
    boundary: Option<Vec<String>>,
    trust: [String; 2],
    bucket: Vec<String>,
    key: Option<String>,
    management: bool,
}

fn document(statements: &[String], policy_type: PolicyType) -> Arc<Policy> {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    Arc::new(Policy {
        name: "policy".into(),
        origin: PolicyOrigin::Request { index: 0 },
        document: Arc::new(PolicyDocument::parse(&text, policy_type)),
    })
}

impl World {
    fn account(&self, at: usize) -> Account {
        let id = ACCOUNTS[at];
        let mut account = Account::new(id.parse().unwrap(), "account");
        let identity =
            |which: usize| vec![document(&self.identity[at][which], PolicyType::Identity)];
        account.users.push(User {
            name: "ana".into(),
            arn: format!("arn:aws:iam::{id}:user/ana").into(),
            policies: identity(0),
            permissions_boundary: self
                .boundary
                .as_ref()
                .map(|it| document(it, PolicyType::Identity)),
            tags: vec![Tag::new("team", if at == 0 { "red" } else { "blue" })],
        });
        for (which, name) in ["app", "admin"].into_iter().enumerate() {
            account.roles.push(Role {
                name: name.into(),
                arn: format!("arn:aws:iam::{id}:role/{name}").into(),
                trust_policy: Some(document(
                    &[self.trust[which].replace("SELF", id)],
                    PolicyType::RoleTrust,
                )),
                policies: identity(which),
                permissions_boundary: None,
                tags: vec![],
            });
        }
        if at == 0 {
            let arn = "arn:aws:s3:::data";
            account.resources.push(Resource {
                arn: arn.into(),
                policy: (!self.bucket.is_empty())
                    .then(|| document(&self.bucket, PolicyType::Resource)),
                tags: vec![],
            });
            account.resources.push(Resource {
                arn: format!("arn:aws:kms:eu-west-1:{id}:key/1").into(),
                policy: self
                    .key
                    .as_ref()
                    .map(|it| document(std::slice::from_ref(it), PolicyType::Resource)),
                tags: vec![Tag::new("team", "red")],
            });
        }
        account
    }

    /// The same world in which nothing is denied explicitly.
    fn without_denies(mut self) -> Self {
        let identity = self.identity.iter_mut().flatten();
        let lists = self.scps.iter_mut().chain(identity).chain(&mut self.boundary);
        for list in lists.chain([&mut self.bucket, &mut self.rcp]) {
            list.retain(|statement| !statement.starts_with(r#"{"Effect":"Deny""#));
        }
        self
    }

    fn organization(&self, accounts: &[Arc<Account>]) -> Organization {
        let management = if self.management { ACCOUNTS[1] } else { "999999999999" };
        let mut builder = Organization::builder(OrganizationSettings {
            id: "o-abcdefghij".into(),
            management_account: Some(management.parse().unwrap()),
            service_control_policies: true,
            resource_control_policies: true,
        });
        let at = |level: usize| TargetPolicies {
            service_control_policies: vec![document(
                &self.scps[level],
                PolicyType::ServiceControlPolicy,
            )],
            resource_control_policies: match level == 0 && !self.rcp.is_empty() {
                true => vec![document(&self.rcp, PolicyType::ResourceControlPolicy)],
                false => vec![],
            },
        };
        let root = builder.root("r-root", "Root", at(0));
        let unit = builder.organizational_unit(root, "ou-root-aaaaaaaa", "Dev", at(1)).unwrap();
        builder.account(Some(unit), Arc::clone(&accounts[0]), at(2)).unwrap();
        builder.account(Some(root), Arc::clone(&accounts[1]), at(3)).unwrap();
        builder.build()
    }
}

const FULL: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;

fn statement(effect: &'static str, head: &'static str) -> impl Strategy<Value = String> {
    let action = prop::sample::select(vec![
        r#""Action":"*""#,
        r#""Action":"s3:*""#,
        r#""Action":["s3:Get*","s3:List*","ec2:StartInstances"]"#,
        r#""Action":["ec2:*","sqs:*","kms:*"]"#,
        r#""Action":["sts:AssumeRole","iam:PassRole","kms:Decrypt"]"#,
        r#""NotAction":["iam:*","organizations:*"]"#,
    ]);
    let resource = prop::sample::select(vec![
        r#""Resource":"*""#,
        r#""Resource":"*""#,
        r#""Resource":["arn:aws:s3:::data","arn:aws:s3:::data/*"]"#,
        r#""Resource":["arn:aws:sqs:eu-west-1:111111111111:q*","arn:aws:ec2:us-east-1:*:instance/*","arn:aws:s3:::logs/*"]"#,
        r#""Resource":["arn:aws:iam::*:role/admin","arn:aws:ec2:*:*:instance/i-1","arn:aws:kms:*:*:key/1"]"#,
        r#""NotResource":["arn:aws:s3:::data/*","arn:aws:ec2:eu-west-1:*:*"]"#,
        r#""Resource":"arn:aws:s3:::data/${aws:PrincipalTag/team}/*""#,
    ]);
    let condition = prop::sample::select(vec![
        "",
        "",
        "",
        r#","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}"#,
        r#","Condition":{"StringEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}"#,
        r#","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin"}}"#,
        r#","Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}"#,
        r#","Condition":{"StringEquals":{"aws:PrincipalAccount":"111111111111"}}"#,
        r#","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"}}"#,
        r#","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#,
        r#","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}"#,
        r#","Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}}"#,
        r#","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#,
        r#","Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}"#,
    ]);
    (action, resource, condition).prop_map(move |(action, resource, condition)| {
        format!(r#"{{"Effect":"{effect}",{head}{action},{resource}{condition}}}"#)
    })
}

fn some(effect: u32) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(
        prop_oneof![effect => statement("Allow", ""), 1 => statement("Deny", "")],
        1..3,
    )
}

fn limits() -> impl Strategy<Value = Vec<String>> {
    (some(2), prop::bool::weighted(0.85)).prop_map(|(mut statements, full)| {
        if full {
            statements.push(FULL.to_owned());
        }
        statements
    })
}

fn trust() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        r#"{"Effect":"Allow","Principal":{"AWS":"SELF"},"Action":"sts:AssumeRole"}"#,
        r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::SELF:user/ana"},"Action":"sts:AssumeRole"}"#,
        r#"{"Effect":"Allow","Principal":{"AWS":"SELF"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#,
        r#"{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#,
    ])
    .prop_map(str::to_owned)
}

fn worlds() -> impl Strategy<Value = World> {
    let rcp = || {
        prop::sample::select(vec![
            r#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
            r#"{"Effect":"Deny","Principal":"*","Action":["s3:*","sqs:*"],"Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"}}}"#,
            r#"{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::data/*"}"#,
            r#"{"Effect":"Deny","Principal":"*","Action":["kms:*","sts:AssumeRole"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#,
        ])
        .prop_map(str::to_owned)
    };
    let named = r#""Principal":{"AWS":["arn:aws:iam::111111111111:user/ana","arn:aws:iam::222222222222:role/app"]},"#;
    let bucket =
        prop_oneof![2 => statement("Allow", named), 1 => statement("Deny", r#""Principal":"*","#)];
    let key = prop::option::of(prop::sample::select(vec![
        r#"{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"kms:*","Resource":"*"}"#,
        r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/app"},"Action":"kms:Decrypt","Resource":"*"}"#,
    ]));
    let identity = || [some(4), some(4)];
    (
        [limits(), limits(), limits(), limits()],
        prop::collection::vec(rcp(), 0..2),
        [identity(), identity()],
        prop::option::weighted(0.3, limits()),
        [trust(), trust()],
        prop::collection::vec(bucket, 0..3),
        key,
        prop::bool::weighted(0.1),
    )
        .prop_map(|(scps, rcp, identity, boundary, trust, bucket, key, management)| World {
            scps,
            rcp,
            identity,
            boundary,
            trust,
            bucket,
            key: key.map(str::to_owned),
            management,
        })
}

/// A request of somebody for a resource of its own account, or for one that is listed nowhere.
fn requests() -> impl Strategy<Value = (String, Request)> {
    let caller = prop::sample::select(vec!["user/ana", "role/app", "role/admin"]);
    let asked = prop::sample::select(vec![
        ("s3:GetObject", "arn:aws:s3:::data/red/x"),
        ("s3:PutObject", "arn:aws:s3:::data/x"),
        ("s3:GetObject", "arn:aws:s3:::logs/x"),
        ("s3:ListBucket", "arn:aws:s3:::data"),
        ("s3:ListBucket", "arn:aws:s3:::other"),
        ("s3:ListAllMyBuckets", "*"),
        ("ec2:StartInstances", "arn:aws:ec2:us-east-1:ACCOUNT:instance/i-1"),
        ("ec2:StartInstances", "arn:aws:ec2:eu-west-1:ACCOUNT:instance/i-2"),
        ("ec2:DescribeInstances", "*"),
        ("iam:PassRole", "arn:aws:iam::ACCOUNT:role/admin"),
        ("iam:CreateUser", "arn:aws:iam::ACCOUNT:user/new"),
        ("sts:AssumeRole", "arn:aws:iam::ACCOUNT:role/admin"),
        ("sts:AssumeRole", "arn:aws:iam::ACCOUNT:role/app"),
        ("sts:GetCallerIdentity", "*"),
        ("kms:Decrypt", "arn:aws:kms:eu-west-1:ACCOUNT:key/1"),
        ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:ACCOUNT:queue"),
    ]);
    let context = prop::collection::vec(
        prop::sample::select(vec![
            ("aws:SourceIp", "203.0.113.7"),
            ("aws:SourceIp", "2001:db8::1"),
            ("aws:RequestedRegion", "us-east-1"),
            ("aws:RequestedRegion", "eu-west-1"),
            ("aws:MultiFactorAuthPresent", "true"),
            ("aws:MultiFactorAuthPresent", "false"),
            ("aws:ResourceTag/team", "red"),
        ]),
        0..4,
    );
    (0..2_usize, caller, asked, context).prop_map(
        |(account, caller, (action, resource), context)| {
            let id = ACCOUNTS[account];
            let arn = format!("arn:aws:iam::{id}:{caller}");
            let action = Action::parse(action).unwrap();
            let resource = RequestResource::parse(&resource.replace("ACCOUNT", id)).unwrap();
            // What follows from the resource or the service cannot be brought along.
            let follows = action.kind().is_global()
                || resource.arn().is_some_and(|arn| !arn.region.is_empty());
            let tagged = resource.as_str().ends_with("key/1");
            let mut request =
                Request::new(RequestPrincipal::parse(&arn).unwrap(), action, resource);
            for (key, value) in context {
                if !(follows && key == "aws:RequestedRegion"
                    || tagged && key == "aws:ResourceTag/team")
                {
                    request.context.set(ConditionKey::new(key), vec![value.into()]);
                }
            }
            (arn, request)
        },
    )
}

fn is_of_its_own_account(organization: &Organization, request: &Request) -> bool {
    // The bucket `data` is the first account's.
    let of_first = request.resource.as_str().starts_with("arn:aws:s3:::data");
    !of_first
        || request.principal.account() == organization.accounts().next().map(|it| it.account().id)
}

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::new(universe()));
}

fn compute(world: &World) -> (Arc<Organization>, Effective) {
    let accounts = [0, 1].map(|at| Arc::new(world.account(at)));
    let organization = Arc::new(world.organization(&accounts));
    let effective = ENGINE.with_borrow_mut(|engine| engine.compute(&organization));
    (organization, effective)
}

proptest! {
    // Each case is of dozens of requests, so an eighth of the usual number of cases is plenty for every day.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever somebody asks about its own account's resources, its cell has said so.
    #[test]
    fn decisions_agree_with_cells(world in worlds(), asked in prop::collection::vec(requests(), 24)) {
        let (organization, effective) = compute(&world);
        let universe = universe();
        for (arn, request) in asked {
            let place = universe.place(request.action.as_str()).unwrap();
            let verdict = effective.principal(&arn).unwrap().cells(&universe).verdict(place);
            if !is_of_its_own_account(&organization, &request) {
                continue;
            }
            let decision = decide(&organization, &request);
            let agree = match verdict {
                Verdict::Allowed => decision == Decision::Allowed,
                Verdict::ImplicitDeny => decision != Decision::Allowed,
                Verdict::ExplicitDeny => decision == Decision::ExplicitDeny,
                Verdict::Depends => true,
            };
            prop_assert!(agree, "{} {:?} {:?}: {:?}", arn, request.action, verdict, decision);
        }
    }

}

proptest! {
    // The search takes its time, and so does computing everything from nothing.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Every cell is what the evaluator's search finds for its action alone.
    #[test]
    fn judgements_agree_with_cells(world in worlds(), account in 0..2_usize, caller in 0..3_usize) {
        let (organization, effective) = compute(&world);
        let world = world.without_denies();
        let without_denies = world.organization(&[0, 1].map(|at| Arc::new(world.account(at))));
        let universe = universe();
        let arn = format!("arn:aws:iam::{}:{}", ACCOUNTS[account], ["user/ana", "role/app", "role/admin"][caller]);
        let principal = RequestPrincipal::parse(&arn).unwrap();
        let request = Request::new(principal, Action::parse("s3:GetObject").unwrap(), RequestResource::None);
        let permissions = effective.principal(&arn).unwrap();
        let cells = permissions.cells(&universe);
        prop_assert_eq!(&cells.totals(&universe), permissions.totals());
        for (place, entry) in universe.entries() {
            // Another account's bucket is none of the caller's own.
            if account == 1 && entry.action.as_str().starts_with("s3:") {
                continue;
            }
            let judgement = why(&organization, &request, entry).unwrap();
            if !judgement.exact {
                continue;
            }
            let (cell, judged) = (cells.verdict(place), Verdict::of(&judgement));
            if (cell, judged) == (Verdict::ImplicitDeny, Verdict::ExplicitDeny) {
                // Several Denies happen to leave nothing of what lacks an Allow as well.
                let judgement = why(&without_denies, &request, entry).unwrap();
                prop_assert_ne!(Verdict::of(&judgement), Verdict::Allowed, "{} {}", arn, entry.action.as_str());
                continue;
            }
            prop_assert_eq!(cell, judged, "{} {}", arn, entry.action.as_str());
        }
    }

    /// After an edit everything is as if it had been computed from nothing.
    #[test]
    fn what_is_kept_never_shows(world in worlds(), other in worlds(), edited in 0..5_usize) {
        let accounts = [0, 1].map(|at| Arc::new(world.account(at)));
        let before = Arc::new(world.organization(&accounts));
        let mut edit = world.clone();
        let mut accounts = accounts;
        match edited {
            0..=2 => edit.scps[edited] = other.scps[edited].clone(),
            3 => edit.rcp = other.rcp,
            _ => accounts[0] = Arc::new(other.account(0)),
        }
        let after = Arc::new(edit.organization(&accounts));
        let universe = universe();
        let mut engine = Engine::new(self::universe());
        let first = engine.compute(&before);
        let mut again = engine.begin(&after);
        // A stretch at a time.
        while !engine.advance(&mut again, 1) {}
        let fresh = Engine::new(self::universe()).compute(&after);
        for (kept, anew) in again.accounts().zip(fresh.accounts()) {
            for ((arn, kept), (_, anew)) in kept.principals().zip(anew.principals()) {
                let (kept, anew) = (kept.cells(&universe), anew.cells(&universe));
                for (place, entry) in universe.entries() {
                    let action = entry.action.as_str();
                    prop_assert_eq!(kept.verdict(place), anew.verdict(place), "{} {}", arn, action);
                }
            }
            prop_assert_eq!(kept.totals(), anew.totals());
        }
        let difference = Difference::between(&first, &again).changes();
        prop_assert_eq!(difference, Difference::between(&first, &fresh).changes());
    }
}

/// The test means something: a good part of the decisions is allowed, and all verdicts occur.
#[test]
fn worlds_have_every_verdict() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut totals = iam_effective::Totals::default();
    for _ in 0..50 {
        let world = worlds().new_tree(&mut runner).unwrap().current();
        let (_, effective) = compute(&world);
        effective.accounts().for_each(|account| totals.add(account.totals()));
    }
    let all: u64 = Verdict::ALL.iter().map(|verdict| totals.of(*verdict)).sum();
    for verdict in Verdict::ALL {
        assert!(totals.of(verdict) * 20 > all, "{verdict:?}: {} of {all}", totals.of(verdict));
    }
}

/// A world without guardrails in which everybody may do everything.
fn open_world() -> World {
    let full = || vec![FULL.to_owned()];
    let trust = r#"{"Effect":"Allow","Principal":{"AWS":"SELF"},"Action":"sts:AssumeRole"}"#;
    World {
        scps: [full(), full(), full(), full()],
        rcp: vec![],
        identity: [[full(), full()], [full(), full()]],
        boundary: None,
        trust: [trust.to_owned(), trust.to_owned()],
        bucket: vec![],
        key: None,
        management: false,
    }
}

/// The verdict of somebody's action, such as `user/ana` of the first account.
fn verdict(world: &World, account: usize, who: &str, action: &str) -> Verdict {
    let universe = universe();
    let (_, effective) = compute(world);
    let arn = format!("arn:aws:iam::{}:{who}", ACCOUNTS[account]);
    let caller = effective.principal(&arn).unwrap();
    caller.cells(&universe).verdict(universe.place(action).unwrap())
}

/// No region holds a colon: a queue's name with the account's id in it is not a queue of that account.
#[test]
fn a_wildcard_of_a_form_keeps_to_its_field() {
    let scp =
        r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:sqs:eu-west-1:111111111111:q*"}"#;
    let mut world = open_world();
    world.scps[3] = vec![scp.to_owned()];
    let queues = r#"{"Effect":"Allow","Action":"sqs:*","NotResource":"arn:aws:s3:::data/*"}"#;
    world.identity[1][0] = vec![queues.to_owned()];
    assert_eq!(verdict(&world, 1, "user/ana", "sqs:SendMessage"), Verdict::ImplicitDeny);
}

/// An SCP leaves one region and a policy grants another one: there is nothing in common.
#[test]
fn regions_that_an_scp_and_a_policy_do_not_share_leave_nothing() {
    let scp = r#"{"Effect":"Deny","Action":["s3:Get*","s3:List*","ec2:StartInstances"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}}"#;
    let granted = r#"{"Effect":"Allow","Action":["s3:Get*","s3:List*","ec2:StartInstances"],"Resource":["arn:aws:sqs:eu-west-1:111111111111:q*","arn:aws:ec2:us-east-1:*:instance/*","arn:aws:s3:::logs/*"]}"#;
    let mut world = open_world();
    world.scps[3] = vec![scp.to_owned(), FULL.to_owned()];
    world.identity[1][0] = vec![granted.to_owned()];
    assert_eq!(verdict(&world, 1, "user/ana", "ec2:StartInstances"), Verdict::ImplicitDeny);
}

/// An RCP spares service-linked roles alone: what an SCP leaves only without MFA, and an RCP only with it, nobody may
/// do with a role that is not one.
#[test]
fn an_rcp_that_spares_service_linked_roles_looks_at_the_role() {
    let scp = r#"{"Effect":"Allow","Action":["sts:AssumeRole","iam:PassRole"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#;
    let rcp = r#"{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#;
    let mut world = open_world();
    world.scps[0] = vec![scp.to_owned()];
    world.rcp = vec![rcp.to_owned()];
    assert_eq!(verdict(&world, 0, "user/ana", "sts:AssumeRole"), Verdict::ImplicitDeny);
    assert_eq!(verdict(&world, 0, "user/ana", "iam:PassRole"), Verdict::Depends);
}

/// A statement for somebody else tells no resources apart, nor does a variable for which the caller has no value.
#[test]
fn what_a_bucket_grants_to_others_leaves_a_cell_certain() {
    let others = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/ana"},"Action":"s3:*","Resource":"arn:aws:s3:::data/${aws:PrincipalTag/team}/*"}"#;
    let logs =
        r#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::logs/*"}"#;
    let mut world = open_world();
    world.bucket = vec![others.to_owned(), logs.to_owned()];
    assert_eq!(verdict(&world, 0, "role/app", "s3:GetObject"), Verdict::Allowed);
    world.bucket[0] = others.replace("user/ana", "role/app");
    assert_eq!(verdict(&world, 0, "role/app", "s3:GetObject"), Verdict::Allowed);
}

/// What an SCP leaves in one bucket alone, and that bucket's policy denies, is never allowed: elsewhere for want of an
/// `Allow`.
#[test]
fn an_scp_and_a_bucket_leave_nothing_together() {
    let scp = r#"{"Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":["arn:aws:s3:::data/*","arn:aws:ec2:*:*:instance/*"]}"#;
    let deny = r#"{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111111111111:user/ana"},"Action":"*","Resource":"*"}"#;
    let mut world = open_world();
    world.scps[0] = vec![scp.to_owned()];
    world.bucket = vec![deny.to_owned()];
    let listing = |world: &World| verdict(world, 0, "user/ana", "s3:ListBucket");
    assert_eq!(listing(&world), Verdict::ImplicitDeny);
    // Policies of the same text, read again beside others: what is kept of the first must fit them too.
    let mut other = world.clone();
    other.scps[1].push(r#"{"Effect":"Deny","Action":"iam:*","Resource":"*"}"#.to_owned());
    other.scps[0].push(r#"{"Effect":"Deny","Action":"sqs:*","Resource":"*"}"#.to_owned());
    assert_eq!(listing(&other), Verdict::ImplicitDeny);
    world.identity[0][0].push(r#"{"Effect":"Deny","Action":"ec2:*","Resource":"*"}"#.to_owned());
    assert_eq!(listing(&world), Verdict::ImplicitDeny);
}

/// A caller without policies lacks an `Allow`, whatever an SCP denies to it besides in some regions.
#[test]
fn what_lacks_an_allow_is_denied_implicitly() {
    let regions = r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}}"#;
    let buckets = r#"{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}"#;
    let mut world = open_world();
    world.scps[0].push(regions.to_owned());
    world.scps[1].push(r#"{"Effect":"Deny","Action":"sqs:*","Resource":"*"}"#.to_owned());
    world.identity[0][0] = vec![buckets.to_owned()];
    let describe = |world: &World, who| verdict(world, 0, who, "ec2:DescribeInstances");
    assert_eq!(describe(&world, "user/ana"), Verdict::ImplicitDeny);
    assert_eq!(verdict(&world, 0, "user/ana", "sqs:SendMessage"), Verdict::ExplicitDeny);
    assert_eq!(describe(&world, "role/admin"), Verdict::Depends);
    // Two levels that leave one region each leave none: nothing but Denies says no.
    world.scps[2].push(regions.replace("eu-west-1", "us-east-1"));
    assert_eq!(describe(&world, "role/admin"), Verdict::ExplicitDeny);
    assert_eq!(describe(&world, "user/ana"), Verdict::ExplicitDeny);
}
