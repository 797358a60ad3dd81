//! Laws that hold for every organization, every policy and every request, tried on random ones.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose world cannot be built must fail"
)]

mod laws {
    pub mod world;
}

use iam_evaluator::{
    ConditionKey, Decision, PolicyDocument, PolicyType, Request, RequestResource, UnknownKeys,
    decide, evaluate, explanation, judge, judge_resources,
};
use laws::world::{World, policy_text, request, statement, world, world_of};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// With and without the trace, the decision is the same.
    #[test]
    fn trace_changes_nothing(world in world(), request in request()) {
        let organization = world.organization();
        prop_assert_eq!(decide(&organization, &request), evaluate(&organization, &request).decision());
    }

    /// The order of statements, of policies and of values never matters.
    #[test]
    fn order_never_matters(world in world(), request in request()) {
        let reversed = world.clone().reversed();
        prop_assert_eq!(decide(&world.organization(), &request), decide(&reversed.organization(), &request));
    }

    /// A Deny that is added anywhere never allows anything.
    #[test]
    fn deny_never_allows(world in world(), request in request(), place in 0..World::PLACES, deny in statement("Deny")) {
        let before = decide(&world.organization(), &request);
        let after = decide(&world.with_statement(place, &deny).organization(), &request);
        prop_assert!(after != Decision::Allowed || before == Decision::Allowed);
    }

    /// What SCPs leave is a subset of what is allowed without them.
    #[test]
    fn scps_only_take_away(world in world(), request in request()) {
        let with = decide(&world.organization(), &request);
        let without = decide(&world.without_scps().organization(), &request);
        prop_assert!(with != Decision::Allowed || without == Decision::Allowed);
    }

    /// A permissions boundary only takes away.
    #[test]
    fn boundaries_only_take_away(world in world(), request in request()) {
        let with = decide(&world.organization(), &request);
        let without = decide(&world.without_boundary().organization(), &request);
        prop_assert!(with != Decision::Allowed || without == Decision::Allowed);
    }

    /// The management account never depends on SCPs.
    #[test]
    fn management_account_is_exempt(world in world(), request in request()) {
        let world = world.as_management_account();
        let with = decide(&world.organization(), &request);
        prop_assert_eq!(with, decide(&world.without_scps().organization(), &request));
    }

    /// Every denial has a cause and a sentence; nothing allowed has a cause.
    #[test]
    fn denials_are_explained(world in world(), request in request()) {
        let organization = world.organization();
        let evaluation = evaluate(&organization, &request);
        let causes = explanation::causes(&organization, &request, &evaluation);
        prop_assert_eq!(causes.is_empty(), evaluation.decision() == Decision::Allowed);
        let message = explanation::message(&organization, &request, &evaluation);
        prop_assert_eq!(message.contains("is not authorized"), evaluation.decision() != Decision::Allowed);
    }

    /// A judgement over unknown keys covers what every request with known keys comes to, and each of its examples holds.
    #[test]
    fn judgements_are_exact(world in world(), request in request(), known in contexts()) {
        let organization = world.organization();
        let unknown = UnknownKeys::Only(UNKNOWN.iter().map(|key| ConditionKey::new(key)).collect());
        let judgement = judge(&organization, &request, &unknown);
        prop_assert!(judgement.exact);
        let decision = decide(&organization, &with_context(&request, &known));
        prop_assert!(judgement.example(decision).is_some(), "{decision:?} is missing in {judgement:?}");
        if let Some(certain) = judgement.certain() {
            prop_assert_eq!(certain, decision);
        } else {
            prop_assert!(!judgement.depends_on.is_empty());
        }
    }

    /// Where the keys of services are unknown, which can have several values each, and tags that give others theirs: no
    /// request is decided otherwise than a judgement that calls itself exact says.
    #[test]
    fn exact_judgements_are_never_contradicted(
        world in prop_oneof![service_world(), plain_world()], request in request(), all in any::<bool>(), known in service_contexts(),
    ) {
        let organization = world.organization();
        let unknown = match all {
            true => UnknownKeys::NotMentioned,
            false => UnknownKeys::Only(SERVICE_KEYS.iter().map(|key| ConditionKey::new(key)).collect()),
        };
        let judgement = judge(&organization, &request, &unknown);
        let mut asked = request;
        for (key, values) in SERVICE_KEYS.iter().zip(&known).filter(|(_, values)| !values.is_empty()) {
            asked.context.set(ConditionKey::new(key), values.iter().map(|it| (*it).into()).collect());
        }
        let decision = decide(&organization, &asked);
        let contradicts = judgement.exact && judgement.example(decision).is_none();
        prop_assert!(!contradicts, "{decision:?} of {:?} is missing in {judgement:?}", asked.context);
        for example in &judgement.examples {
            let mut asked = asked.clone();
            SERVICE_KEYS.iter().for_each(|key| asked.context.set(ConditionKey::new(key), vec![]));
            for (key, values) in &example.context {
                asked.context.set(key.clone(), values.clone());
            }
            prop_assert_eq!(decide(&organization, &asked), example.decision);
        }
    }

    /// A judgement over all resources of a form covers what every one of them comes to.
    #[test]
    fn judgements_over_resources_are_exact(world in world(), request in request(), known in arns()) {
        let organization = world.organization();
        let form = ["arn:aws:s3:::*/*", "arn:aws:ec2:*:222222222222:instance/*"];
        let judgement = judge_resources(&organization, &request, &form, &UnknownKeys::Only(vec![]));
        prop_assert!(judgement.exact);
        let resource = RequestResource::parse(&known).unwrap();
        let decision = decide(&organization, &Request { resource, ..request });
        prop_assert!(judgement.example(decision).is_some(), "{decision:?} of {known} is missing in {judgement:?}");
    }

    /// With nothing unknown, a judgement is the decision.
    #[test]
    fn known_judgements_are_decisions(world in world(), request in request()) {
        let organization = world.organization();
        let judgement = judge(&organization, &request, &UnknownKeys::Only(vec![]));
        prop_assert_eq!(judgement.certain(), Some(decide(&organization, &request)));
    }

    /// Whatever the text, reading it ends, and every place that is named lies inside it.
    #[test]
    fn spans_lie_inside_their_text(text in any_text(), policy_type in any_type()) {
        let document = PolicyDocument::parse(&text, policy_type);
        for diagnostic in &document.diagnostics {
            prop_assert!(diagnostic.span.of(&text).is_some(), "{diagnostic:?}");
            prop_assert!(diagnostic.related.is_none_or(|span| span.of(&text).is_some()));
            prop_assert!(!diagnostic.message.is_empty());
        }
        for statement in &document.statements {
            prop_assert!(statement.span.of(&text).is_some());
            prop_assert!(statement.action.patterns.iter().all(|pattern| pattern.span.of(&text).is_some()));
            prop_assert!(statement.conditions.iter().all(|clause| clause.span.of(&text).is_some()));
        }
    }
}

/// The keys that the random conditions speak of.
const UNKNOWN: &[&str] = &[
    "aws:PrincipalTag/team",
    "aws:RequestedRegion",
    "aws:SecureTransport",
    "aws:SourceIp",
    "aws:TagKeys",
    "aws:PrincipalArn",
    "aws:MultiFactorAuthAge",
    "aws:CurrentTime",
];

/// Keys of services, of which nobody but the service knows how many values they have, and what ties keys together.
const SERVICE_KEYS: &[&str] = &[
    "s3:prefix",
    "ec2:InstanceType",
    "s3:max-keys",
    "dynamodb:LeadingKeys",
    "aws:RequestTag/team",
    "saml:edupersonscopedaffiliation",
];

/// Values for each of [`SERVICE_KEYS`]; only a tag has one at most.
fn service_contexts() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let values: [&[&str]; 6] = [
        &["", "home/", "home/x", "x", "HOME/"],
        &["t3.micro", "t3.large", "T3.micro", "m5.large", "x"],
        &["10", "10.0", "9", "11", "-3", "x", ""],
        &["x", "xx", "John", "", "john"],
        &["red", "blue", "RED"],
        &["eA==", "x", "xx", "eHg=", "staff"],
    ];
    let most = [3, 3, 3, 4, 2, 3];
    let each =
        |place: usize| prop::collection::vec(prop::sample::select(values[place]), 0..most[place]);
    [each(0), each(1), each(2), each(3), each(4), each(5)].to_vec()
}

/// A world in which two keys are tested without set operators, so that several values of one fail every test.
fn plain_world() -> impl Strategy<Value = World> {
    world_of(vec![
        r#","Condition":{"StringEquals":{"s3:prefix":"x"}}"#,
        r#","Condition":{"StringNotEquals":{"s3:prefix":"x"}}"#,
        r#","Condition":{"StringNotEquals":{"s3:prefix":"x"}}"#,
        r#","Condition":{"NumericNotEquals":{"s3:max-keys":"10"}}"#,
        r#","Condition":{"NumericEquals":{"s3:max-keys":"10"}}"#,
    ])
}

/// A world whose every statement has a condition on a few of [`SERVICE_KEYS`].
fn service_world() -> impl Strategy<Value = World> {
    world_of(vec![
        r#","Condition":{"StringEquals":{"s3:prefix":["home/","x"]}}"#,
        r#","Condition":{"StringNotEquals":{"s3:prefix":"home/"}}"#,
        r#","Condition":{"ForAnyValue:StringLike":{"s3:prefix":["home/*",""]}}"#,
        r#","Condition":{"ForAllValues:StringEquals":{"s3:prefix":"x"}}"#,
        r#","Condition":{"StringLike":{"ec2:InstanceType":"t3.*"}}"#,
        r#","Condition":{"StringNotLikeIfExists":{"ec2:InstanceType":["*.large","x"]}}"#,
        r#","Condition":{"ForAllValues:StringLike":{"ec2:InstanceType":"*"},"Null":{"ec2:InstanceType":"false"}}"#,
        r#","Condition":{"StringEqualsIgnoreCase":{"ec2:InstanceType":"t3.MICRO"}}"#,
        r#","Condition":{"NumericLessThanEquals":{"s3:max-keys":"10"}}"#,
        r#","Condition":{"NumericNotEquals":{"s3:max-keys":["10","-3"]}}"#,
        r#","Condition":{"ForAnyValue:NumericGreaterThan":{"s3:max-keys":"9.5"}}"#,
        r#","Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["${aws:username}","x"]}}"#,
        r#","Condition":{"ForAnyValue:StringNotLike":{"dynamodb:LeadingKeys":"x?"}}"#,
        r#","Condition":{"StringLike":{"dynamodb:LeadingKeys":"x*"}}"#,
        r#","Condition":{"StringEquals":{"aws:RequestTag/team":["red","blue"]}}"#,
        r#","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":"cell"}}"#,
        r#","Condition":{"ForAnyValue:StringEquals":{"aws:TagKeys":"team"}}"#,
        r#","Condition":{"StringEquals":{"aws:RequestTag/team":"${dynamodb:LeadingKeys}"}}"#,
        r#","Condition":{"BinaryEquals":{"saml:edupersonscopedaffiliation":"eA=="}}"#,
        r#","Condition":{"ForAllValues:BinaryEquals":{"saml:edupersonscopedaffiliation":["eA==","eHg="]}}"#,
    ])
}

/// Values for each of [`UNKNOWN`], several or none at all, inside and outside of what the conditions want.
fn contexts() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let values: [&[&str]; 8] = [
        &["red", "blue", "Red", ""],
        &["eu-west-1", "us-east-1", "EU-WEST-1"],
        &["true", "false", "TRUE", "maybe"],
        &[
            "203.0.113.0",
            "203.0.113.255",
            "203.0.114.0",
            "2001:db8::1",
            "cloudformation.amazonaws.com",
        ],
        &["a", "alpha", "beta", "A", ""],
        &[
            "arn:aws:iam::222222222222:user/John",
            "arn:aws:iam::222222222222:role/John",
            "John",
            "arn:aws:iam::1:user/J",
        ],
        &["3599.9", "3600", "3600.0", "0", "-1", "never"],
        &["2026-11-23T00:00:00Z", "1767225600", "2027-01-01", "soon"],
    ];
    // Of these keys only that of the tags' keys can have several values.
    let most = |key: &str| if key == "aws:TagKeys" { 3 } else { 2 };
    let values = UNKNOWN.iter().zip(values);
    values
        .map(|(key, values)| prop::collection::vec(prop::sample::select(values), 0..most(key)))
        .collect::<Vec<_>>()
}

/// ARNs of the two forms, close to what the policies name.
fn arns() -> impl Strategy<Value = String> {
    let bucket = prop::sample::select(vec!["data", "dat", "data2", "other", "x"]);
    let key = prop::sample::select(vec![
        "red/report",
        "John/x",
        "nobody/y",
        "redder/",
        "/",
        "a/b/c",
        "j",
    ]);
    let region = prop::sample::select(vec!["eu-west-1", "us-east-1", ""]);
    prop_oneof![
        (bucket, key).prop_map(|(bucket, key)| format!("arn:aws:s3:::{bucket}/{key}")),
        region.prop_map(|region| format!("arn:aws:ec2:{region}:222222222222:instance/i-0abc")),
    ]
}

fn with_context(request: &Request, known: &[Vec<&str>]) -> Request {
    let mut request = request.clone();
    for (key, values) in UNKNOWN.iter().zip(known) {
        request
            .context
            .set(ConditionKey::new(key), values.iter().map(|value| (*value).into()).collect());
    }
    request
}

fn any_type() -> impl Strategy<Value = PolicyType> {
    prop::sample::select(vec![
        PolicyType::ServiceControlPolicy,
        PolicyType::ResourceControlPolicy,
        PolicyType::Identity,
        PolicyType::Session,
        PolicyType::Resource,
        PolicyType::RoleTrust,
        PolicyType::VpcEndpoint,
    ])
}

/// Policies, policies with a piece cut out or put in, and plain noise.
fn any_text() -> impl Strategy<Value = String> {
    let noise = prop::sample::select(vec![
        "{", "}", "[", "\"", ",", ":", "é", "𝄞", "null", "*", "${", "\\", "\u{1}",
    ]);
    prop_oneof![
        2 => policy_text(),
        3 => (policy_text(), any::<prop::sample::Index>(), noise).prop_map(|(text, at, noise)| {
            let (before, after): (Vec<_>, Vec<_>) = text.char_indices().partition(|(i, _)| *i < at.index(text.len()));
            let join = |part: Vec<(usize, char)>| part.into_iter().map(|(_, c)| c).collect::<String>();
            format!("{}{noise}{}", join(before), join(after))
        }),
        2 => (policy_text(), any::<prop::sample::Index>()).prop_map(|(text, at)| {
            let cut = at.index(text.len());
            text.char_indices().filter(|(i, _)| *i < cut).map(|(_, c)| c).collect()
        }),
        1 => any::<String>(),
    ]
}
