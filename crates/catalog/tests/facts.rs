//! What AWS's service authorization reference says, in cases that everybody knows.

#![expect(
    clippy::unwrap_used,
    reason = "what is missing from the shipped files must stop the test"
)]

use std::sync::LazyLock;

use iam_catalog::{AccessLevel, Catalog, ConditionKeyKind, ManagedPolicies};

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::decode(include_bytes!("../data/catalog.bin")).unwrap());
static POLICIES: LazyLock<ManagedPolicies> = LazyLock::new(|| {
    ManagedPolicies::decode(include_bytes!("../data/catalog-policies.bin")).unwrap()
});

/// The action has the level and uses these resource types; a star marks those that are required.
fn check(full_name: &str, level: AccessLevel, wanted: &str) {
    let action = CATALOG.action(full_name).unwrap();
    assert_eq!(action.access_level(), level, "{full_name}");
    let used: Vec<String> = action
        .resource_types()
        .map(|used| {
            let mark = if used.is_required() { "*" } else { "" };
            format!("{}{mark}", used.resource_type().name())
        })
        .collect();
    assert_eq!(used.join(" "), wanted, "{full_name}");
}

#[test]
fn actions_have_levels_and_resource_types() {
    check("s3:GetObject", AccessLevel::Read, "accesspointobject object");
    check("s3:ListAllMyBuckets", AccessLevel::List, "");
    check("iam:PassRole", AccessLevel::Write, "role*");
    check("iam:AttachRolePolicy", AccessLevel::PermissionsManagement, "role*");
    check("ec2:DeleteTags", AccessLevel::Tagging, &every_resource_type("ec2:DeleteTags"));
    check("sts:AssumeRole", AccessLevel::Write, "role*");
}

/// For actions on everything a service has.
fn every_resource_type(full_name: &str) -> String {
    let action = CATALOG.action(full_name).unwrap();
    assert!(action.resource_types().len() > 50);
    let names: Vec<&str> =
        action.resource_types().map(|used| used.resource_type().name()).collect();
    names.join(" ")
}

#[test]
fn run_instances_needs_an_instance_and_may_use_a_key_pair() {
    let action = CATALOG.action("ec2:RunInstances").unwrap();
    let used =
        |name: &str| action.resource_types().find(|used| used.resource_type().name() == name);
    let instance = used("instance").unwrap();
    assert!(instance.is_required() && !used("key-pair").unwrap().is_required());
    assert_eq!(
        instance.resource_type().arn_format(),
        "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}"
    );
    assert!(instance.condition_keys().any(|key| key.name() == "ec2:InstanceType"));
    let of_type = instance.resource_type().condition_keys();
    assert!(of_type.map(|key| key.name()).any(|name| name == "aws:ResourceTag/${TagKey}"));
}

#[test]
fn condition_keys_have_types() {
    let key_type = |name: &str| {
        let key_type = CATALOG.condition_key(name).unwrap().key_type();
        (key_type.kind, key_type.multivalued)
    };
    assert_eq!(key_type("aws:SourceIp"), (ConditionKeyKind::IpAddress, false));
    assert_eq!(key_type("aws:TagKeys"), (ConditionKeyKind::String, true));
    assert_eq!(key_type("aws:PrincipalOrgPaths"), (ConditionKeyKind::String, true));
    assert_eq!(key_type("aws:MultiFactorAuthAge"), (ConditionKeyKind::Numeric, false));
    assert_eq!(key_type("iam:PassedToService"), (ConditionKeyKind::String, false));
    assert_eq!(key_type("s3:max-keys"), (ConditionKeyKind::Numeric, false));
    assert_eq!(key_type("iam:PermissionsBoundary"), (ConditionKeyKind::Arn, false));
    let pass_role = CATALOG.action("iam:PassRole").unwrap();
    assert!(pass_role.condition_keys().any(|key| key.name() == "iam:PassedToService"));
}

#[test]
fn keys_with_placeholders_are_found_by_what_people_write() {
    let name = |text: &str| CATALOG.condition_key(text).map(|key| key.name());
    assert_eq!(name("AWS:principaltag/team"), Some("aws:PrincipalTag/${TagKey}"));
    assert_eq!(
        name("kms:EncryptionContext:App"),
        Some("kms:EncryptionContext:${EncryptionContextKey}")
    );
    assert_eq!(
        name("codebuild:secondaryArtifacts/x.location"),
        Some("codebuild:secondaryArtifacts/${artifactIdentifier}.location")
    );
    let github = "token.actions.githubusercontent.com:actor";
    assert_eq!(name(github), Some(github));
    assert_eq!(name("s3:NoSuchKey"), None);
    assert_eq!(name("NoPrefix"), None);
}

#[test]
fn rcps_reach_the_services_that_aws_lists() {
    for prefix in ["s3", "sts", "kms", "sqs", "secretsmanager", "dynamodb", "ecr", "logs"] {
        assert!(CATALOG.supports_rcp(prefix), "{prefix}");
    }
    for prefix in ["ec2", "iam", "lambda", "organizations", "no-such-service"] {
        assert!(!CATALOG.supports_rcp(prefix), "{prefix}");
    }
}

#[test]
fn counts_are_within_sane_ranges() {
    assert!((20_000..40_000).contains(&CATALOG.actions().len()));
    assert!((400..1_000).contains(&CATALOG.services().len()));
    assert!((50..150).contains(&CATALOG.global_condition_keys().len()));
    assert!(
        (60..120).contains(&CATALOG.services().filter(|service| service.supports_rcp()).count())
    );
    let at_level =
        |level| CATALOG.actions().filter(|action| action.access_level() == level).count();
    for level in AccessLevel::ALL {
        assert!(at_level(level) > 300, "{}", level.name());
    }
    assert!(CATALOG.date() >= "2026-09-26" && POLICIES.date() >= "2026-08-26");
}

#[test]
fn every_action_and_key_is_found_by_its_name() {
    let mut last = String::new();
    for (number, action) in CATALOG.actions().enumerate() {
        let found = CATALOG.action(&action.full_name().to_ascii_uppercase()).unwrap();
        assert_eq!((found.index(), found.index().0 as usize), (action.index(), number));
        let service = action.service();
        assert_eq!(action.full_name(), format!("{}:{}", service.prefix(), action.name()));
        assert!(service.action_range().contains(&action.index().0));
        let folded = format!("{}\0{}", service.prefix(), action.name().to_ascii_lowercase());
        assert!(last < folded, "{last} before {folded}");
        last = folded;
    }
    for key in CATALOG.services().flat_map(|service| service.condition_keys()) {
        assert_eq!(CATALOG.condition_key(key.name()).unwrap().name(), key.name());
    }
}

#[test]
fn policies_are_found_by_arn_and_are_json() {
    for name in
        ["ReadOnlyAccess", "SecurityAudit", "PowerUserAccess", "job-function/ViewOnlyAccess"]
    {
        let arn = format!("arn:aws:iam::aws:policy/{name}");
        assert!(
            POLICIES.text(&arn).unwrap().starts_with("{\n  \"Version\": \"2012-10-17\""),
            "{name}"
        );
    }
    assert!(POLICIES.text("arn:aws-us-gov:iam::aws:policy/AdministratorAccess").is_some());
    for arn in ["arn:aws:iam::aws:policy/ViewOnlyAccess", "arn:aws:iam::111122223333:policy/x", ""]
    {
        assert!(POLICIES.policy(arn).is_none(), "{arn}");
    }
    for policy in POLICIES.iter() {
        assert_eq!(POLICIES.policy(&policy.arn()).unwrap().path(), policy.path());
        assert_ne!(policy.text(), policy.json(), "{policy:?} is laid out, and so was understood");
    }
}
