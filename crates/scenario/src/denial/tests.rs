use super::*;
use crate::{Compiled, ContextValue};
use iam_evaluator::Gate;

const RECORD: &str = r#"{
  "eventVersion": "1.11", "eventTime": "2026-03-01T10:00:00Z", "eventSource": "ec2.amazonaws.com",
  "eventName": "StartInstances", "awsRegion": "eu-central-1", "sourceIPAddress": "203.0.113.7", "userAgent": "aws-cli/2.20",
  "userIdentity": { "type": "AssumedRole", "arn": "arn:aws:sts::222222222222:assumed-role/Ops/ada", "accountId": "222222222222",
    "sessionContext": { "attributes": { "mfaAuthenticated": "false", "creationDate": "2026-03-01T09:00:00Z" } } },
  "errorCode": "Client.UnauthorizedOperation",
  "errorMessage": "You are not authorized to perform this operation. User: arn:aws:sts::222222222222:assumed-role/Ops/ada is not authorized to perform: ec2:StartInstances on resource: arn:aws:ec2:eu-central-1:222222222222:instance/i-0abc with an explicit deny in a service control policy. Encoded authorization failure message: abc",
  "requestParameters": { "instancesSet": { "items": [{ "instanceId": "i-0abc" }] } } }"#;

fn one(request: &Request, key: &str) -> Option<String> {
    match request.context.get(key)? {
        ContextValue::One(value) => Some(value.clone()),
        ContextValue::Many(values) => Some(values.join("+")),
        ContextValue::Absent => None,
    }
}

#[test]
fn a_cloudtrail_record_fills_in_the_whole_question() {
    for text in [
        RECORD.to_owned(),
        format!(
            "{{\"Records\":[{{\"eventName\":\"X\",\"eventSource\":\"s3.amazonaws.com\"}},{RECORD}]}}"
        ),
        format!("[{RECORD}]"),
        serde_json::json!({ "Events": [{ "CloudTrailEvent": RECORD }] }).to_string(),
    ] {
        let denial = Denial::read(&text).unwrap();
        let request = denial.question(&Request::default());
        assert_eq!(request.principal, "arn:aws:sts::222222222222:assumed-role/Ops/ada");
        assert_eq!(request.action, "ec2:StartInstances");
        assert_eq!(request.resource, "arn:aws:ec2:eu-central-1:222222222222:instance/i-0abc");
        assert_eq!(one(&request, "aws:SourceIp").as_deref(), Some("203.0.113.7"));
        assert_eq!(one(&request, "aws:MultiFactorAuthPresent").as_deref(), Some("false"));
        assert_eq!(one(&request, "aws:RequestedRegion").as_deref(), Some("eu-central-1"));
        let blame = denial.blame.unwrap();
        assert_eq!((blame.explicit, blame.gate), (true, Some(Gate::ServiceControlPolicy)));
    }
}

#[test]
fn a_record_without_a_sentence_still_says_who_and_what() {
    let text = r#"{ "eventSource": "s3.amazonaws.com", "eventName": "HeadObject", "errorCode": "AccessDenied", "errorMessage": "Access Denied",
        "sourceIPAddress": "cloudformation.amazonaws.com", "vpcEndpointId": "vpce-1",
        "userIdentity": { "type": "Root", "accountId": "333333333333", "invokedBy": "cloudformation.amazonaws.com" },
        "requestParameters": { "bucketName": "reports", "key": "2026/march.pdf" },
        "resources": [{ "type": "AWS::S3::Object", "ARN": "arn:aws:s3:::reports/2026/march.pdf" }, { "accountId": "444444444444", "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::reports" }] }"#;
    let denial = Denial::read(text).unwrap();
    let request = &denial.request;
    assert_eq!(request.principal, "arn:aws:iam::333333333333:root");
    assert_eq!(request.action, "s3:GetObject");
    assert_eq!(request.resource, "arn:aws:s3:::reports/2026/march.pdf");
    assert_eq!(request.resource_account.as_deref(), Some("444444444444"));
    assert_eq!(one(request, "aws:SourceIp"), None);
    assert_eq!(one(request, "aws:SourceVpce").as_deref(), Some("vpce-1"));
    assert_eq!(one(request, "aws:CalledVia").as_deref(), Some("cloudformation.amazonaws.com"));
    assert_eq!(denial.blame, None);
}

#[test]
fn a_decoded_message_fills_in_the_question() {
    let message = r#"{"allowed":false,"explicitDeny":true,"matchedStatements":{"items":[]},"failures":{"items":[]},"context":{"principal":{"id":"AIDA","name":"John","arn":"arn:aws:iam::222222222222:user/John"},"action":"ec2:RunInstances","resource":"arn:aws:ec2:us-east-1:222222222222:instance/*","conditions":{"items":[{"key":"ec2:InstanceType","values":{"items":[{"value":"m5.large"}]}},{"key":"aws:Resource","values":{"items":[{"value":"instance/*"}]}}]}}}"#;
    for text in [message.to_owned(), serde_json::json!({ "DecodedMessage": message }).to_string()] {
        let denial = Denial::read(&text).unwrap();
        assert_eq!(denial.request.action, "ec2:RunInstances");
        assert_eq!(one(&denial.request, "ec2:InstanceType").as_deref(), Some("m5.large"));
        assert_eq!(one(&denial.request, "aws:Resource"), None);
        assert!(denial.blame.unwrap().explicit);
    }
}

#[test]
fn what_the_message_leaves_out_stays_as_it_was_asked() {
    let now = Request {
        principal: "arn:aws:iam::222222222222:user/John".into(),
        action: "s3:PutObject".into(),
        resource: "arn:aws:s3:::reports/x".into(),
        ..Request::default()
    };
    let text =
        "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied";
    let denial = Denial::read(text).unwrap();
    let question = denial.question(&now);
    assert_eq!(question.principal, now.principal);
    assert_eq!((&*question.action, &*question.resource), ("s3:GetObject", "*"));
}

#[test]
fn what_cannot_be_read_is_refused_with_a_sentence() {
    for (text, wanted) in [
        ("  ", "nothing to read yet"),
        ("hello", "no access denied message"),
        ("{\"format\":1}", "no access denied message"),
        (
            "An error occurred (AccessDenied) when calling the Frobnicate operation: Access Denied",
            "does not say who",
        ),
        (
            "You are not authorized. Encoded authorization failure message: abc",
            "decode-authorization-message",
        ),
        (
            r#"{ "eventSource": "s3.amazonaws.com", "eventName": "GetObject" }"#,
            "none of these CloudTrail records",
        ),
    ] {
        let error = Denial::read(text).unwrap_err().to_string();
        assert!(error.contains(wanted), "{text}: {error}");
    }
}

#[test]
fn it_is_said_whether_the_scenario_agrees() {
    let document = Document::from_json(
        r#"{ "format": 1, "organization": { "id": "o-examplecorp", "managementAccount": "111111111111",
        "policies": [{ "id": "p-noec2aaa", "name": "NoEc2", "document": { "Version": "2012-10-17",
            "Statement": { "Effect": "Deny", "Action": "ec2:*", "Resource": "*" } } }],
        "root": { "accounts": ["111111111111", "222222222222"], "attachedPolicies": ["p-FullAWSAccess", "p-noec2aaa"] } },
        "accounts": [{ "id": "111111111111" }, { "id": "222222222222", "roles": [{ "name": "Ops",
            "attachedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"] }] }] }"#,
    )
    .unwrap();
    let compiled = Compiled::new(&document);
    let said = |text: &str| {
        let denial = Denial::read(text).unwrap();
        assert_eq!(denial.missing(&document), None);
        let answer = compiled.ask(&denial.question(&Request::default()), None).unwrap();
        denial.agreement(&answer)
    };
    let agrees = said(RECORD);
    assert!(agrees.agrees, "{}", agrees.text);
    let sentence = "User: arn:aws:sts::222222222222:assumed-role/Ops/ada is not authorized to perform: ec2:StartInstances on resource: *";
    let other = said(&format!(
        "{sentence} with an explicit deny in a service control policy: arn:aws:organizations::111111111111:policy/o-examplecorp/service_control_policy/p-othernam"
    ));
    assert!(
        !other.agrees && other.text.contains("`p-othernam` does not deny it"),
        "{}",
        other.text
    );
    let same = said(&format!(
        "{sentence} with an explicit deny in a service control policy: arn:aws:organizations::111111111111:policy/o-examplecorp/service_control_policy/p-noec2aaa"
    ));
    assert!(same.agrees, "{}", same.text);
    let unknown = Denial::read(&sentence.replace("Ops", "Dev")).unwrap();
    assert!(unknown.missing(&document).unwrap().contains("has no role `Dev`"));
}

mod anything {
    use proptest::prelude::*;

    use super::*;

    /// Pieces that the parsers look for, so that many texts come close to a denial.
    const PIECES: &[&str] = &[
        "User: ",
        "anonymous",
        "arn:aws:iam::222222222222:user/John",
        " is not authorized to perform: ",
        "s3:GetObject",
        " on resource: ",
        "arn:aws:s3:::b/ü x",
        " with an explicit deny",
        " in a ",
        "service control policy",
        ": arn:aws:x",
        ".",
        " because no ",
        "session policy",
        " allows the ",
        "An error occurred (",
        "AccessDenied",
        ") when calling the ",
        " operation: ",
        "<Code>",
        "<",
        "{\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"GetObject\",\"errorCode\":\"AccessDenied\"}",
        "\"",
        "\\\"",
        "\n",
        "é",
        "Encoded authorization failure message: ",
        "{",
        "}",
        "[",
        "]",
        ",",
    ];

    proptest! {
        #[test]
        fn what_is_pasted_is_read_or_refused_with_a_sentence(
            pieces in prop::collection::vec(prop_oneof![
                4 => prop::sample::select(PIECES).prop_map(str::to_owned),
                1 => ".{0,12}",
            ], 0..24),
        ) {
            let text = pieces.concat();
            match Denial::read(&text) {
                Ok(denial) => drop(denial.question(&Request::default())),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
            let located = Document::from_json(&text).err().and_then(|error| error.locate(&text));
            prop_assert!(located.is_none_or(|it| text.get(it.span).is_some()));
        }
    }
}
