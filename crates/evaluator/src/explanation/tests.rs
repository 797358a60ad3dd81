use super::*;
use crate::evaluation::Gate;
use crate::{Action, Organization, Request, RequestPrincipal, RequestResource, decide, evaluate};

const USER: &str = "arn:aws:iam::222222222222:user/John";
const INSTANCE: &str = "arn:aws:ec2:eu-central-1:222222222222:instance/i-0abc";
const ARN: &str =
    "arn:aws:organizations::111111111111:policy/o-examplecorp/service_control_policy/p-denyec2dev";

/// Every phrase of AWS's page, bare and wrapped, comes back as what it says.
#[test]
fn every_phrase_is_read_back() {
    let bare = format!(
        "User: {USER} is not authorized to perform: ec2:StartInstances on resource: {INSTANCE}"
    );
    let phrases = [
        ("a service control policy", "service control policy", Gate::ServiceControlPolicy),
        ("a resource control policy", "resource control policy", Gate::ResourceControlPolicy),
        ("a VPC endpoint policy", "VPC endpoint policy", Gate::VpcEndpointPolicy),
        ("a permissions boundary", "permissions boundary", Gate::PermissionsBoundary),
        ("a session policy", "session policy", Gate::SessionPolicy),
        ("a resource-based policy", "resource-based policy", Gate::ResourcePolicy),
        ("the role trust policy", "role trust policy", Gate::ResourcePolicy),
        ("an identity-based policy", "identity-based policy", Gate::IdentityPolicy),
    ];
    for (with_article, noun, gate) in phrases {
        let explicit = format!("{bare} with an explicit deny in {with_article}");
        let named = format!("{explicit}: {ARN}");
        let implicit = format!("{bare} because no {noun} allows the ec2:StartInstances action");
        for (text, wanted) in [
            (&explicit, Blame { explicit: true, gate: Some(gate), policy_arn: None }),
            (&named, Blame { explicit: true, gate: Some(gate), policy_arn: Some(ARN.into()) }),
            (&implicit, Blame { explicit: false, gate: Some(gate), policy_arn: None }),
        ] {
            for wrapped in wrappings(text) {
                let read = read_denial(&wrapped).unwrap_or_else(|| panic!("unread: {wrapped}"));
                assert_eq!(read.blame.as_ref(), Some(&wanted), "{wrapped}");
                assert_eq!((&*read.principal, &*read.action), (USER, "ec2:StartInstances"));
                assert_eq!(read.resource, INSTANCE, "{wrapped}");
            }
        }
    }
}

fn wrappings(text: &str) -> Vec<String> {
    let (user, rest) = text.split_once(" on resource").unwrap();
    vec![
        text.to_owned(),
        format!("{text}."),
        format!("{user}\n   on resource{rest}"),
        format!(
            "\nAn error occurred (AccessDenied) when calling the StartInstances operation: {text}\n"
        ),
        format!(
            "botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the StartInstances operation (reached max retries: 4): {text}"
        ),
        format!(
            "An error occurred (UnauthorizedOperation) when calling the StartInstances operation: You are not authorized to perform this operation. {text}. Encoded authorization failure message: abc-DEF_123"
        ),
        format!(
            "Error: operation error EC2: StartInstances, https response error StatusCode: 403, RequestID: 0a1b, api error UnauthorizedOperation: You are not authorized to perform this operation. {text}"
        ),
        format!(
            "<Error><Code>AccessDenied</Code><Message>{text}</Message><RequestId>1</RequestId></Error>"
        ),
        format!("{{\"__type\":\"com.amazon#AccessDeniedException\",\"Message\":\"{text}\"}}"),
        format!("AccessDeniedException: {text} at throwDefaultError (index.js:1)"),
        format!("{text} (Service: Ec2, Status Code: 403, Request ID: 0a1b)"),
    ]
}

#[test]
fn what_a_service_leaves_out_stays_unknown() {
    let read = |text: &str| read_denial(text).unwrap_or_else(|| panic!("unread: {text}"));
    let s3 = read(
        "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
    );
    assert_eq!((&*s3.code, &*s3.operation, &*s3.action), ("AccessDenied", "GetObject", ""));
    assert_eq!(s3.blame, None);
    let ec2 = read(
        "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: Zm9v",
    );
    assert!(ec2.encoded);
    assert_eq!(ec2.operation, "RunInstances");
    let sts = read(&format!(
        "User: {USER} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::333333333333:role/Deploy"
    ));
    assert_eq!(sts.resource, "arn:aws:iam::333333333333:role/Deploy");
    assert_eq!(sts.blame, None);
    let trailing = read(&format!(
        "User: {USER} is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-central-1:222222222222:jobs. See the documentation"
    ));
    assert_eq!(trailing.resource, "arn:aws:sqs:eu-central-1:222222222222:jobs");
    let bare = read(&format!(
        "User: {USER} is not authorized to perform: iam:CreateUser with an explicit deny"
    ));
    assert_eq!(bare.blame, Some(Blame { explicit: true, gate: None, policy_arn: None }));
    assert_eq!(bare.resource, "");
    let anonymous = read(
        "{\"Message\":\"User: anonymous is not authorized to perform: es:ESHttpGet because no resource-based policy allows the es:ESHttpGet action\"}",
    );
    assert_eq!(anonymous.principal, "*");
    let root = read(
        "An error occurred (AccessDenied) when calling the AssumeRole operation: Roles may not be assumed by root accounts.",
    );
    assert_eq!(root.action, "sts:AssumeRole");
    let object = read(&format!(
        "User: {USER} is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::reports/March and April.pdf\" because no identity-based policy allows the s3:GetObject action"
    ));
    assert!(object.resource.is_empty() || object.resource.starts_with("arn:aws:s3:::reports"));
}

#[test]
fn what_is_no_denial_is_not_read_as_one() {
    for text in [
        "",
        "hello",
        "An error occurred (ThrottlingException) when calling the ListUsers operation: Rate exceeded",
        "An error occurred (NoSuchBucket) when calling the GetObject operation: The specified bucket does not exist",
    ] {
        assert_eq!(read_denial(text), None, "{text}");
    }
}

/// The sentence made from an answer, read back, names what decided it, and agrees with the answer.
#[test]
fn our_own_sentence_comes_back_and_agrees() {
    let organization = Organization::standalone().build();
    let request = Request::new(
        RequestPrincipal::parse(USER).unwrap(),
        Action::parse("s3:GetObject").unwrap(),
        RequestResource::parse("arn:aws:s3:::a bucket/with because no reason").unwrap(),
    );
    let evaluation = evaluate(&organization, &request);
    assert_eq!(evaluation.decision(), decide(&organization, &request));
    let read = read_denial(&message(&organization, &request, &evaluation)).unwrap();
    let wanted = Blame { explicit: false, gate: Some(Gate::IdentityPolicy), policy_arn: None };
    assert_eq!(read.blame.as_ref(), Some(&wanted));
    let said = agreement(read.blame.as_ref(), &evaluation);
    assert!(said.agrees);
    assert_eq!(
        said.text,
        "AWS says that no identity-based policy allows it, and so does this scenario."
    );
    let scp = Blame { explicit: true, gate: Some(Gate::ServiceControlPolicy), policy_arn: None };
    let said = agreement(Some(&scp), &evaluation);
    assert!(!said.agrees);
    assert_eq!(
        said.text,
        "AWS says that a service control policy denies it explicitly. Here it is denied for another reason: no identity-based policy allows it."
    );
}

#[test]
fn markdown_lists_the_gates_in_order_and_keeps_names_from_becoming_markup() {
    let organization = Organization::standalone().build();
    let request = Request::new(
        RequestPrincipal::parse("arn:aws:iam::222222222222:user/John").unwrap(),
        Action::parse("s3:GetObject").unwrap(),
        RequestResource::parse("arn:aws:s3:::odd`|name/[x](y)").unwrap(),
    );
    let text = markdown(&organization, &request, &evaluate(&organization, &request));
    assert!(text.contains("| Resource | ``arn:aws:s3:::odd`\\|name/[x](y)`` |"), "{text}");
    let gates = ["Resource control", "Service control", "VPC", "Resource-based", "Identity-based"];
    let places: Vec<_> = gates.iter().map(|gate| text.find(&format!("**{gate}"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
}
