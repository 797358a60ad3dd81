//! One account, one user: where a policy of each type has its place.

use std::sync::Arc;

use iam_evaluator::*;

pub const ACCOUNT: &str = "222222222222";
pub const USER: &str = "arn:aws:iam::222222222222:user/John";

/// The organization and the request in which a policy of this type counts.
pub fn place(text: &str, policy_type: PolicyType) -> (Organization, Request) {
    let document = Arc::new(PolicyDocument::parse(text, policy_type));
    let policy =
        |origin| Arc::new(Policy { name: "fuzzed".into(), origin, document: document.clone() });
    let passed = || policy(PolicyOrigin::Request { index: 0 });
    let is = |wanted| policy_type == wanted;

    let resource = "arn:aws:s3:::data/John/report.csv";
    let role = "arn:aws:iam::222222222222:role/Deploy";
    let (action, resource) = if is(PolicyType::RoleTrust) {
        ("sts:AssumeRole", role)
    } else {
        ("s3:GetObject", resource)
    };
    let caller = if is(PolicyType::Session) { role } else { USER };
    let mut request = Request::new(
        RequestPrincipal::parse(caller).unwrap(),
        Action::parse(action).unwrap(),
        RequestResource::parse(resource).unwrap(),
    );
    request.resource_account = ACCOUNT.parse().ok();
    request.time = Some(Instant::from_epoch_seconds(1_795_000_000));
    request.session_policies = if is(PolicyType::Session) { vec![passed()] } else { vec![] };
    request.vpc_endpoint_policy = is(PolicyType::VpcEndpoint).then(passed);
    request.resource_policy =
        matches!(policy_type, PolicyType::Resource | PolicyType::RoleTrust).then(passed);
    let mut set = |key: &str, values: &[&str]| {
        request.context.set(ConditionKey::new(key), values.iter().map(|it| (*it).into()).collect());
    };
    set("aws:SourceIp", &["203.0.113.7"]);
    set("aws:TagKeys", &["team", "cost"]);

    let full =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let full = |policy_type| {
        let document = Arc::new(PolicyDocument::parse(full, policy_type));
        Arc::new(Policy {
            name: "full".into(),
            origin: PolicyOrigin::Request { index: 1 },
            document,
        })
    };
    let mut account = Account::new(ACCOUNT.parse().unwrap(), "dev");
    let identity = if is(PolicyType::Identity) { passed() } else { full(PolicyType::Identity) };
    account.users.push(User {
        name: "John".into(),
        arn: USER.into(),
        policies: vec![identity.clone()],
        permissions_boundary: None,
        tags: vec![Tag::new("team", "red")],
    });
    account.roles.push(Role {
        name: "Deploy".into(),
        arn: role.into(),
        trust_policy: None,
        policies: vec![identity],
        permissions_boundary: None,
        tags: vec![],
    });
    let attached = TargetPolicies {
        service_control_policies: if is(PolicyType::ServiceControlPolicy) {
            vec![passed()]
        } else {
            vec![full(PolicyType::ServiceControlPolicy)]
        },
        resource_control_policies: if is(PolicyType::ResourceControlPolicy) {
            vec![passed()]
        } else {
            vec![]
        },
    };
    let mut builder = Organization::builder(OrganizationSettings {
        id: "o-abcdefghij".into(),
        management_account: None,
        service_control_policies: true,
        resource_control_policies: true,
    });
    let root = builder.root("r-root", "Root", attached.clone());
    builder.account(Some(root), Arc::new(account), attached).unwrap();
    (builder.build(), request)
}

/// With and without a trace the decision is the same, and it can be explained.
pub fn ask(organization: &Organization, request: &Request) -> Decision {
    let evaluation = evaluate(organization, request);
    assert_eq!(decide(organization, request), evaluation.decision());
    assert!(!explanation::message(organization, request, &evaluation).is_empty());
    let causes = explanation::causes(organization, request, &evaluation);
    assert_eq!(causes.is_empty(), evaluation.decision() == Decision::Allowed);
    evaluation.decision()
}
