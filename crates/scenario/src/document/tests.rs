use proptest::prelude::*;

use super::*;
use crate::PolicyText;

/// A small organization with one of everything that can be referred to.
const SMALL: &str = r#"{
    "format": 1,
    "organization": {
        "managementAccount": "111111111111",
        "policies": [{ "id": "p-denyec2dev", "name": "DenyEc2", "document": { "Version": "2012-10-17", "Statement": [] } }],
        "root": { "id": "r-exam", "accounts": ["111111111111"], "organizationalUnits": [
            { "name": "Dev", "attachedPolicies": ["p-FullAWSAccess", "p-denyec2dev"], "accounts": ["222222222222"] }
        ] }
    },
    "accounts": [{
        "id": "222222222222", "name": "dev-1",
        "managedPolicies": [{ "name": "Ops", "path": "/teams/", "document": {} }],
        "groups": [{ "name": "Admins", "attachedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"] }],
        "users": [{ "name": "John", "groups": ["Admins"], "attachedPolicies": ["arn:aws:iam::222222222222:policy/teams/Ops"],
                    "permissionsBoundary": null, "tags": { "team": "blue" } }]
    }],
    "requests": [{ "principal": "arn:aws:iam::222222222222:user/John", "action": "ec2:StartInstances",
                   "context": { "a": "b", "c": ["d", "e"], "f": null }, "expect": "explicitDeny" }]
}"#;

fn small() -> Document {
    Document::from_json(SMALL).unwrap()
}

/// Reads the small document with one piece of text put in the place of another and returns the error.
fn error_with(old: &str, new: &str) -> String {
    assert!(SMALL.contains(old), "{old}");
    error(&SMALL.replacen(old, new, 1))
}

fn error(text: &str) -> String {
    Document::from_json(text).unwrap_err().to_string()
}

#[test]
fn left_out_means_what_aws_begins_with() {
    let document = small();
    let organization = document.organization().unwrap();
    assert_eq!(organization.id, "o-exampleorgid");
    assert_eq!(organization.feature_set, FeatureSet::All);
    assert_eq!(organization.enabled_policy_types.len(), 2);
    assert_eq!(organization.root.name, "Root");
    assert_eq!(organization.root.attached_policies, ["p-FullAWSAccess"]);
    assert_eq!(organization.root.organizational_units[0].id, "ou-exam-00000001");
    let account = document.account("222222222222").unwrap();
    assert_eq!(account.attached_policies, ["p-FullAWSAccess"]);
    assert_eq!(account.state, AccountState::Active);
    assert_eq!(document.requests()[0].resource, "*");
    assert!(document.requests()[0].derive_context);
    // The management account is named in two places; it need not be listed in a third.
    assert_eq!(document.account("111111111111").unwrap().name, "111111111111");
}

#[test]
fn nothing_is_attached_where_scps_are_not_enabled() {
    for member in [
        r#""featureSet": "CONSOLIDATED_BILLING""#,
        r#""enabledPolicyTypes": ["RESOURCE_CONTROL_POLICY"]"#,
    ] {
        let text = format!(
            r#"{{ "format": 1, "organization": {{ {member}, "root": {{ "accounts": ["222222222222"] }} }} }}"#
        );
        let document = Document::from_json(&text).unwrap();
        assert!(document.organization().unwrap().root.attached_policies.is_empty());
        assert!(document.accounts()[0].attached_policies.is_empty());
    }
}

#[test]
fn an_empty_list_of_attached_policies_stays_empty() {
    let text = r#"{ "format": 1, "organization": { "root": { "attachedPolicies": [] } } }"#;
    let document = Document::from_json(text).unwrap();
    assert!(document.organization().unwrap().root.attached_policies.is_empty());
    assert_eq!(Document::from_json(&document.to_json()).unwrap(), document);
}

#[test]
fn an_account_outside_the_tree_has_nothing_attached() {
    let document =
        Document::from_json(r#"{ "format": 1, "accounts": [{ "id": "999999999999" }] }"#).unwrap();
    assert!(document.accounts()[0].attached_policies.is_empty());
    assert!(!document.is_member("999999999999"));
}

#[test]
fn what_is_written_is_read_again() {
    let document = small();
    assert_eq!(Document::from_json(&document.to_json()).unwrap(), document);
    assert_eq!(Document::from_json(&document.to_json_minified()).unwrap(), document);
}

#[test]
fn the_writer_writes_what_the_schema_says() {
    let everything = include_str!("../link/tests/everything.json");
    for document in [small(), Document::from_json(everything).unwrap()] {
        let derived = serde_json::to_value(Written::from(document.clone())).unwrap();
        assert_eq!(document.to_json(), format!("{derived:#}"));
    }
}

#[test]
fn the_example_of_the_format_is_read() {
    let text = include_str!("../../tests/format-example.json");
    let document = Document::from_json(text).unwrap();
    assert_eq!(document.title(), "Example Corp");
    assert_eq!(Document::from_json(&document.to_json()).unwrap(), document);
}

#[test]
fn texts_of_policies_are_kept_to_the_letter() {
    let texts = [
        "",
        " ",
        "{",
        "{ }",
        "{}",
        "{\"a\":1,\"a\":2}",
        "{\n  \"a\": 1.50\n}",
        "{\n  \"a\": 1\n}",
        "[]",
        "null",
        "\"x\"",
        "{\n  \"a\": \"\\u0041\"\n}",
        "{\r\n  \"a\": 1\r\n}",
        "{\n  \"a\": 12345678901234567890123\n}",
    ];
    for text in texts {
        let json = serde_json::to_string(&PolicyText::from(text)).unwrap();
        assert_eq!(serde_json::from_str::<PolicyText>(&json).unwrap().as_str(), text, "{json}");
    }
}

#[test]
fn a_policy_nested_too_deep_for_an_object_is_kept_as_text() {
    let deep = format!("{}1{}", "{\"a\":".repeat(120), "}".repeat(120));
    let text = PolicyText::pretty(&serde_json::from_str(&deep).unwrap());
    let json = serde_json::to_string(&text).unwrap();
    assert!(json.starts_with('"'));
    assert_eq!(serde_json::from_str::<PolicyText>(&json).unwrap(), text);
}

#[test]
fn format_comes_first() {
    assert_eq!(error("{}"), "`format`: missing; a scenario begins with `\"format\": 1`");
    assert_eq!(
        error(r#"{ "novelty": true, "format": 2 }"#),
        "this scenario was made by a newer version (format 2); this page reads format 1"
    );
    assert_eq!(error(r#"{ "format": "1" }"#), "`format`: expected a number, found a string");
    assert_eq!(
        error(r#"{ "format": 0 }"#),
        "`format`: there is no format 0; this page reads format 1"
    );
    assert_eq!(
        error(r#"{ "format": 1.5 }"#),
        "`format`: there is no format 1.5; this page reads format 1"
    );
    assert_eq!(error("[]"), "a scenario is a JSON object, not a list");
}

#[test]
fn unknown_members_and_wrong_types_are_named_with_their_place() {
    let unknown = error_with(r#""name": "Admins""#, r#""nam": "Admins""#);
    assert!(
        unknown.starts_with(
            "`accounts[0].groups[0]`: unknown member `nam`, expected one of `name`, `path`"
        ),
        "{unknown}"
    );
    assert!(
        error(r#"{ "format": 1, "formt": 1 }"#)
            .starts_with("unknown member `formt`, expected one of `format`")
    );
    assert_eq!(
        error_with(r#""name": "dev-1""#, r#""name": 5"#),
        "`accounts[0].name`: invalid type: integer `5`, expected a string"
    );
    assert_eq!(
        error_with(r#""name": "dev-1""#, r#""state": "OPEN""#),
        "`accounts[0].state`: unknown value `OPEN`, expected one of `PENDING_ACTIVATION`, `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`"
    );
    assert_eq!(
        error_with(r#""document": {}"#, r#""document": 7"#),
        "`accounts[0].managedPolicies[0].document`: expected a policy as an object or its text as a string, found a number"
    );
    assert_eq!(
        error_with(r#""f": null"#, r#""f": 7"#),
        "`requests[0].context.f`: expected a string, a list of strings or `null`"
    );
    assert_eq!(
        error_with(r#""name": "Admins", "#, ""),
        "`accounts[0].groups[0]`: missing member `name`"
    );
    assert!(error("{").starts_with("not JSON: "));
    assert!(error(&"[".repeat(100_000)).starts_with("not JSON: "));
}

#[test]
fn a_member_written_twice_is_named_with_its_place() {
    let twice = error_with(r#""Statement": []"#, r#""Version": """#);
    assert!(
        twice.starts_with("`organization.policies[0].document`: member `Version` is written twice"),
        "{twice}"
    );
    assert!(
        error_with(r#""a": "b""#, r#""a": "b", "a": "b""#)
            .starts_with("`requests[0].context`: member `a`")
    );
}

#[test]
fn references_lead_somewhere() {
    assert_eq!(
        error_with(r#", "p-denyec2dev"]"#, r#", "p-other"]"#),
        "`organization.root.organizationalUnits[0].attachedPolicies[1]`: there is no policy `p-other`"
    );
    assert_eq!(
        error_with(r#"["222222222222"]"#, r#"["333333333333"]"#),
        "`organization.root.organizationalUnits[0].accounts[0]`: there is no account `333333333333`; every account of the tree is listed in `accounts`"
    );
    assert_eq!(
        error_with(
            r#""managementAccount": "111111111111""#,
            r#""managementAccount": "999999999999""#
        ),
        "`organization.root.accounts[0]`: there is no account `111111111111`; every account of the tree is listed in `accounts`"
    );
    assert_eq!(
        error_with(r#"["Admins"]"#, r#"["admins"]"#),
        "`accounts[0].users[0].groups[0]`: there is no group `admins` in this account"
    );
    assert_eq!(
        error_with("policy/teams/Ops", "policy/Ops"),
        "`accounts[0].users[0].attachedPolicies[0]`: there is no managed policy `arn:aws:iam::222222222222:policy/Ops` in this account"
    );
    assert_eq!(
        error_with("policy/AdministratorAccess", "policy/Nonsense"),
        "`accounts[0].groups[0].attachedPolicies[0]`: `arn:aws:iam::aws:policy/Nonsense` is not one of the AWS managed policies that this version ships"
    );
    assert!(
        error_with(r#""permissionsBoundary": null"#, r#""permissionsBoundary": "x""#)
            .starts_with("`accounts[0].users[0].permissionsBoundary`")
    );
}

#[test]
fn everything_is_there_once() {
    assert_eq!(
        error_with(r#"["111111111111"]"#, r#"["111111111111", "222222222222"]"#),
        "`organization.root.organizationalUnits[0].accounts[0]`: the account `222222222222` is in two places of the tree"
    );
    assert!(
        error_with(r#"{ "name": "Dev""#, r#"{ "name": "Dev" }, { "name": "Dev""#)
            .contains("side by side")
    );
    assert!(
        error_with(r#"{ "name": "Admins""#, r#"{ "name": "ADMINS" }, { "name": "Admins""#)
            .contains("there are two named `Admins`")
    );
    assert!(
        error_with(r#""accounts": [{"#, r#""accounts": [{ "id": "222222222222" }, {"#)
            .contains("is listed twice")
    );
}

#[test]
fn ids_look_like_those_of_aws() {
    assert!(
        error(r#"{ "format": 1, "accounts": [{ "id": "2222" }] }"#).starts_with("`accounts[0].id`")
    );
    assert_eq!(
        error_with("r-exam", "r-EXAM"),
        "`organization.root.id`: `r-EXAM` is not the id of a root, such as `r-root`"
    );
    assert!(
        error_with(r#""id": "p-denyec2dev""#, r#""id": "p-short""#)
            .starts_with("`organization.policies[0].id`")
    );
    assert!(
        error_with(r#""id": "p-denyec2dev""#, r#""id": "p-FullAWSAccess""#)
            .contains("needs no definition")
    );
}

#[test]
fn a_sixth_level_of_units_is_an_error() {
    let nested = |levels: usize| {
        let unit = r#"{ "organizationalUnits": [ "#.repeat(levels) + "{}" + &" ] }".repeat(levels);
        Document::from_json(&format!(r#"{{ "format": 1, "organization": {{ "root": {unit} }} }}"#))
    };
    assert!(nested(5).is_ok());
    assert!(nested(6).unwrap_err().to_string().ends_with("(OU_DEPTH_LIMIT_EXCEEDED)"));
}

#[test]
fn a_clone_shares_its_parts() {
    let document = small();
    assert!(std::sync::Arc::ptr_eq(&document.accounts()[0], &document.clone().accounts()[0]));
}

proptest! {
    #[test]
    fn a_damaged_document_is_read_or_an_error(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "[\\[\\]{}\",:a-z0-9\\\\-]{0,6}"), 1..4),
    ) {
        let mut text = include_str!("../link/tests/everything.json").to_owned();
        for (place, length, put) in changes {
            let letters: Vec<char> = text.chars().collect();
            let place = place.index(letters.len());
            let rest = letters.iter().skip(place + length);
            text = letters.iter().take(place).copied().chain(put.chars()).chain(rest.copied()).collect();
        }
        if let Ok(document) = Document::from_json(&text) {
            prop_assert_eq!(&Document::from_json(&document.to_json()).unwrap(), &document);
        }
        if let Ok(mut value) = json::read(&text) {
            defaults::fill_in(&mut value);
            // The derived reader has no look at the format before anything else, and takes lists for objects.
            let derived = serde_json::from_value(value.clone()).map(Written::into_document);
            match read::document(value) {
                Ok(document) => prop_assert_eq!(derived.unwrap(), document),
                Err(error) if error.message().ends_with("expected an object") => {}
                Err(_) => prop_assert!(derived.is_err()),
            }
        }
    }
}
