use super::shell::quoted;
use super::*;
use crate::{Document, Request};

fn scenario() -> Document {
    Document::from_json(
        r#"{ "format": 1, "organization": { "id": "o-examplecorp", "managementAccount": "111111111111",
        "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
        "policies": [{ "id": "p-noec2aaa", "name": "NoEc2", "document": { "Version": "2012-10-17", "Statement": [
            { "Sid": "It's", "Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": {
                "NumericLessThan": { "aws:MultiFactorAuthAge": "3600" }, "IpAddress": { "aws:SourceIp": "203.0.113.0/24" },
                "StringLike": { "aws:PrincipalOrgPaths": "o-*" } } }] } }],
        "root": { "id": "r-exam", "accounts": ["111111111111"], "attachedPolicies": ["p-FullAWSAccess"],
            "organizationalUnits": [{ "id": "ou-exam-devaaaaa", "name": "Dev", "accounts": ["222222222222"],
                "attachedPolicies": ["p-FullAWSAccess", "p-noec2aaa"] }] } },
        "accounts": [{ "id": "111111111111" }, { "id": "222222222222",
            "users": [{ "name": "John", "attachedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"],
                "permissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" }],
            "roles": [{ "name": "Ops" }],
            "resources": [{ "arn": "arn:aws:s3:::reports", "policy": { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*" }] } }] }] }"#,
    )
    .unwrap()
}

fn simulate(principal: &str, action: &str, resource: &str) -> Simulation {
    let compiled = Compiled::new(&scenario());
    let mut request = Request {
        principal: principal.to_owned(),
        action: action.to_owned(),
        resource: resource.to_owned(),
        ..Request::default()
    };
    request.context.set("aws:SourceIp", crate::ContextValue::One("203.0.113.7".into()));
    request.context.set("aws:MultiFactorAuthAge", crate::ContextValue::One("60".into()));
    let answer = compiled.ask(&request, None).unwrap();
    Simulation::new(&compiled, &answer)
}

const JOHN: &str = "arn:aws:iam::222222222222:user/John";

#[test]
fn levels_go_from_the_root_to_the_account_and_keys_have_their_types() {
    let made = simulate(JOHN, "ec2:StartInstances", "*");
    let option = |name: &str| {
        let line = made.command.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
        let value = line.trim().strip_prefix(name).unwrap().trim().trim_end_matches(" \\");
        value.trim_matches('\'').replace("'\\''", "'")
    };
    let levels: Value =
        serde_json::from_str(&option("--ordered-organization-policy-input-list")).unwrap();
    let levels = levels.as_array().unwrap();
    let counts =
        levels.iter().map(|it| it["ServiceControlPolicyInputList"].as_array().unwrap().len());
    assert_eq!(counts.collect::<Vec<_>>(), [1, 2, 1]);
    let entries: Value = serde_json::from_str(&option("--context-entries")).unwrap();
    let kind = |key: &str| {
        let found = entries.as_array().unwrap().iter().find(|it| it["ContextKeyName"] == key);
        found.map(|it| it["ContextKeyType"].as_str().unwrap().to_owned())
    };
    assert_eq!(kind("aws:MultiFactorAuthAge").as_deref(), Some("numeric"));
    assert_eq!(kind("aws:SourceIp").as_deref(), Some("ip"));
    assert_eq!(kind("aws:PrincipalOrgPaths").as_deref(), Some("string"));
    assert_eq!(option("--caller-arn"), JOHN);
    assert!(made.command.contains("--permissions-boundary-policy-input-list"));
    assert!(
        made.command.ends_with("--query 'EvaluationResults[0].EvalDecision' \\\n  --output text")
    );
}

#[test]
fn what_the_simulator_cannot_do_is_said() {
    let made = simulate(
        "arn:aws:sts::222222222222:assumed-role/Ops/ada",
        "s3:GetObject",
        "arn:aws:s3:::reports",
    );
    let notes = made.notes.join("\n");
    for wanted in ["does not know RCPs", "role's session", "resource-based policy is left out"] {
        assert!(notes.contains(wanted), "{notes}");
    }
    assert!(!made.command.contains("--caller-arn") && !made.command.contains("--resource-policy"));
    assert!(made.command.contains("--resource-owner arn:aws:iam::222222222222:root"));
    let made = simulate(JOHN, "s3:GetObject", "arn:aws:s3:::reports");
    assert!(made.command.contains("--resource-policy '{"));
    let root = simulate("arn:aws:iam::111111111111:root", "s3:GetObject", "arn:aws:s3:::reports");
    assert!(root.notes.join("\n").contains("none limits the management account"));
}

/// A shell that splits the command gives back the very words.
#[test]
fn every_value_survives_the_shell() {
    for value in ["", "plain", "it's", "$HOME `ls` \"x\" \\ !", "-n", "two\nlines", "''"] {
        let output = std::process::Command::new("sh")
            .args(["-c", &format!("printf %s {}", quoted(value))])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), value);
    }
    let made = simulate(JOHN, "ec2:StartInstances", "*");
    let script = format!(
        "aws() {{ for word in \"$@\"; do printf '%s\\0' \"$word\"; done; }}\n{}",
        made.command
    );
    let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(words.contains("\"Sid\\\":\\\"It's\\\""), "{words}");
}
