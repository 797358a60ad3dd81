//! The command line as a person or a pipeline calls it: what goes in, what comes out, and the exit code.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_scp-playground"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A scenario of one account whose only user may read one bucket; `expect` is what its one request expects.
fn scenario(expect: &str) -> Value {
    json!({
        "format": 1,
        "accounts": [{ "id": "222222222222", "name": "data", "users": [{ "name": "Ana", "inlinePolicies": [{
            "name": "Read",
            "document": { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }] }
        }] }] }],
        "requests": [{ "name": "Ana reads", "principal": "arn:aws:iam::222222222222:user/Ana",
                       "action": "s3:GetObject", "resource": "arn:aws:s3:::data/report", "expect": expect }]
    })
}

/// Writes a scenario to a file of this test's own.
fn file(name: &str, content: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn test_passes_with_exit_0() {
    let output = run(&["test", &file("passes.json", &scenario("allowed").to_string())], "");
    assert_eq!((text(&output.stdout), output.status.code()), ("1 passed, 0 failed\n", Some(0)));
}

#[test]
fn test_says_what_differs_and_why_with_exit_1() {
    let mut document = scenario("allowed");
    document["requests"][0]["action"] = json!("s3:PutObject");
    let path = file("differs.json", &document.to_string());
    let output = run(&["test", &path], "");
    let expected = format!(
        "{path}: Ana reads: expected allowed, found implicitDeny\n  \
         User: arn:aws:iam::222222222222:user/Ana is not authorized to perform: s3:PutObject on resource: \
         arn:aws:s3:::data/report because no identity-based policy allows the s3:PutObject action\n  \
         - no identity-based policy allows s3:PutObject\n\
         0 passed, 1 failed\n"
    );
    assert_eq!((text(&output.stdout), output.status.code()), (expected.as_str(), Some(1)));
}

#[test]
fn unreadable_files_end_with_exit_2_and_one_sentence_each() {
    let broken = file("broken.json", "{ \"format\": 1, \"acounts\": [] }");
    let good = file("good.json", &scenario("allowed").to_string());
    let output = run(&["test", "no-such-file.json", &broken, &good], "");
    let errors: Vec<&str> = text(&output.stderr).lines().collect();
    assert!(errors[0].starts_with("scp-playground: cannot read `no-such-file.json`"), "{errors:?}");
    assert!(errors[1].contains("unknown member `acounts`"), "{errors:?}");
    assert_eq!((text(&output.stdout), output.status.code()), ("1 passed, 0 failed\n", Some(2)));
}

#[test]
fn bad_usage_ends_with_exit_2_and_one_sentence() {
    for arguments in [
        &[][..],
        &["test"],
        &["frobnicate"],
        &["evaluate", "file"],
        &["--wrong"],
        &["test", "--decisions", "f"],
    ] {
        let output = run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stderr).lines().count(), 1, "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_end_with_exit_0() {
    assert!(text(&run(&["--help"], "").stdout).contains("scp-playground evaluate"));
    assert!(text(&run(&["--version"], "").stdout).starts_with("scp-playground "));
}

#[test]
fn check_says_what_aws_would_refuse_with_exit_1() {
    let mut document = scenario("allowed");
    let policy = &mut document["accounts"][0]["users"][0]["inlinePolicies"][0]["document"];
    policy["Statement"][0]["Effect"] = json!("allow");
    let path = file("refused.json", &document.to_string());
    let output = run(&["check", &path], "");
    let expected = format!(
        "{path}: error: the inline policy Read of the user Ana of 222222222222: \
         `allow` is not an `Effect`, expected `Allow` or `Deny` [invalid-effect]\n  at \"allow\"\n  fix: write `Allow`\n\
         1 error, 0 warnings\n"
    );
    assert_eq!((text(&output.stdout), output.status.code()), (expected.as_str(), Some(1)));
    // A test in which it took part says so as well.
    let output = run(&["test", &path], "");
    assert!(text(&output.stdout).contains("AWS would refuse the policy Read: "), "{output:?}");
    assert_eq!(output.status.code(), Some(1));
    let good = file("accepted.json", &scenario("allowed").to_string());
    let output = run(&["check", &good], "");
    assert_eq!((text(&output.stdout), output.status.code()), ("0 errors, 0 warnings\n", Some(0)));
    assert_eq!(run(&["check", "no-such-file.json"], "").status.code(), Some(2));
}

#[test]
fn check_knows_the_actions_of_aws_and_its_managed_policies() {
    let mut document = scenario("allowed");
    let user = &mut document["accounts"][0]["users"][0];
    user["inlinePolicies"][0]["document"]["Statement"][0]["Action"] = json!("s3:GetObjct");
    user["attachedPolicies"] = json!(["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"]);
    let output = run(&["check", &file("unknown-action.json", &document.to_string())], "");
    let shown = text(&output.stdout);
    assert!(
        shown.contains("[unknown-action]\n  at \"s3:GetObjct\"\n  fix: write `s3:GetObject`"),
        "{shown}"
    );
    assert_eq!(output.status.code(), Some(0), "a warning, for the catalogue is of one day");
    let request = json!({ "principal": "arn:aws:iam::222222222222:user/Ana", "action": "s3:ListAllMyBuckets" });
    let line = json!({ "scenario": document, "request": request }).to_string();
    let output = run(&["evaluate", "--decisions"], &line);
    assert!(text(&output.stdout).contains("allowed"), "{output:?}");
}

#[test]
fn evaluate_answers_each_line_in_order() {
    let scenario = scenario("allowed");
    let ask = |action: &str| {
        let mut request = scenario["requests"][0].clone();
        request["action"] = json!(action);
        json!({ "scenario": scenario, "request": request }).to_string()
    };
    let input =
        format!("{}\nnot json\n\n{}\n{}", ask("s3:GetObject"), ask("s3:PutObject"), ask("s3"));
    let output = run(&["evaluate"], &input);
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [allowed, not_json, denied, no_action] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(allowed["decision"], "allowed");
    assert_eq!(allowed["trace"]["decision"], "allowed");
    assert!(not_json["error"].as_str().unwrap().starts_with("not JSON"));
    assert_eq!(denied["decision"], "implicitDeny");
    assert!(
        denied["message"]
            .as_str()
            .unwrap()
            .ends_with("because no identity-based policy allows the s3:PutObject action")
    );
    assert_eq!(denied["trace"]["causes"][0]["gate"], "IdentityPolicy");
    assert!(no_action["error"].as_str().unwrap().starts_with("`action`"));
}

#[test]
fn decisions_leave_message_and_trace_out() {
    let scenario = scenario("allowed");
    let line = json!({ "scenario": scenario, "request": scenario["requests"][0] });
    let output = run(&["evaluate", "--decisions"], &format!("{line}\n"));
    assert_eq!(text(&output.stdout), "{\"decision\":\"allowed\"}\n");
}

#[test]
fn a_line_may_leave_the_resource_open() {
    let scenario = scenario("allowed");
    let line = json!({ "scenario": scenario, "request": scenario["requests"][0], "resources": ["arn:aws:s3:::*/*"] });
    let answer: Value =
        serde_json::from_slice(&run(&["evaluate"], &format!("{line}\n")).stdout).unwrap();
    assert_eq!((&answer["certain"], &answer["exact"]), (&Value::Null, &json!(true)));
    assert_eq!(answer["dependsOnResource"], true);
    let examples = answer["examples"].as_array().unwrap();
    let allowed = examples.iter().find(|example| example["decision"] == "allowed").unwrap();
    assert!(allowed["resource"].as_str().unwrap().starts_with("arn:aws:s3:::data/"));
    let wrong = json!({ "scenario": scenario, "request": scenario["requests"][0], "unknown": 7 });
    let answer: Value =
        serde_json::from_slice(&run(&["evaluate"], &format!("{wrong}\n")).stdout).unwrap();
    assert!(
        answer["error"].as_str().unwrap().contains("expected a list of condition keys"),
        "{answer}"
    );
}

/// What other programs write around a line: a byte order mark, carriage returns, empty lines, bytes that are no text.
#[test]
fn odd_lines_are_answered_one_by_one() {
    let scenario = scenario("allowed");
    let good = json!({ "scenario": scenario, "request": scenario["requests"][0] }).to_string();
    let mut input = format!("\u{feff}{good}\r\n\r\n \n{good} {good}\n").into_bytes();
    input.extend(b"\xff\xfe\n");
    input.extend(good.as_bytes());
    let mut child = Command::new(env!("CARGO_BIN_EXE_scp-playground"))
        .args(["evaluate", "--decisions"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [first, two_in_one, no_text, last] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((&first["decision"], &last["decision"]), (&json!("allowed"), &json!("allowed")));
    assert!(two_in_one["error"].as_str().unwrap().starts_with("not JSON"));
    assert_eq!(no_text["error"], "not UTF-8 text");
}

/// Each member that is wrong is named, for that line alone.
#[test]
fn odd_members_are_named() {
    let scenario = scenario("allowed");
    let with = |name: &str, value: Value| {
        let mut line = json!({ "scenario": scenario, "request": scenario["requests"][0] });
        match name {
            "unknown" | "resources" => line[name] = value,
            name => line["request"][name] = value,
        }
        line.to_string()
    };
    for (line, expected) in [
        (with("principal", json!({ "AWS": "222222222222" })), "`request`: `principal`"),
        (
            with("principal", json!("arn:aws:iam::222222222222:user/Eve")),
            "`principal`: the account",
        ),
        (with("principal", json!("arn:aws:iam::222222222222:group/All")), "`principal`: "),
        (with("action", json!("s3:*")), "`action`: `s3:*` is not an action"),
        (with("resource", json!("data")), "`resource`: `data` is not a resource"),
        (with("resourceAccount", json!("1")), "`resourceAccount`: "),
        (with("context", json!({ "aws:SecureTransport": true })), "`context.aws:SecureTransport`"),
        (
            with("context", json!({ "a:b": "1", "A:B": "2" })),
            "`context`: the key `A:B` is there twice",
        ),
        (with("sessionPolicies", json!({})), "`sessionPolicies`"),
        (with("resourcePolicy", json!(7)), "`resourcePolicy`: expected a policy as an object"),
        (with("expect", json!("deny")), "`expect`: unknown value `deny`"),
        (with("unknown", json!("aws:SourceIp")), "`unknown`: expected a list of condition keys"),
        (with("resources", json!("*")), "`resources`: expected a list of ARN patterns"),
        (
            with("resources", json!(["nonsense"])),
            "`resources`: no resource has the form `nonsense`",
        ),
    ] {
        let output = run(&["evaluate"], &format!("{line}\n"));
        let answer: Value = serde_json::from_str(text(&output.stdout).trim()).unwrap();
        assert!(answer["error"].as_str().unwrap().contains(expected), "{expected}: {answer}");
    }
}

#[test]
fn what_is_not_a_question_is_named() {
    let scenario = scenario("allowed");
    for (line, expected) in [
        (json!([]), "expected an object with the members"),
        (json!({ "scenario": scenario }), "missing member `request`"),
        (json!({ "scenario": { "format": 2 }, "request": {} }), "newer version"),
        (json!({ "scenario": scenario, "request": { "who": "me" } }), "unknown member `who`"),
        (json!({ "scenario": scenario, "request": {}, "more": 1 }), "unknown member `more`"),
    ] {
        let output = run(&["evaluate"], &format!("{line}\n"));
        let answer: Value = serde_json::from_str(text(&output.stdout).trim()).unwrap();
        assert!(answer["error"].as_str().unwrap().contains(expected), "{answer}");
    }
}

#[test]
fn the_gallery_passes() {
    let gallery = concat!(env!("CARGO_MANIFEST_DIR"), "/../../gallery");
    let files = std::fs::read_dir(gallery).unwrap();
    let mut arguments = vec!["test".to_owned()];
    arguments.extend(files.map(|file| file.unwrap().path().to_str().unwrap().to_owned()));
    assert!(arguments.len() > 14);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = run(&arguments, "");
    let said = text(&output.stdout);
    assert!(said.ends_with(" passed, 0 failed\n"), "{said}");
    assert_eq!(output.status.code(), Some(0));
}
