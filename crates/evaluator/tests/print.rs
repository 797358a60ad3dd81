//! Parsing and printing are inverses: what was understood of a policy, written down again, is understood the same.
//!
//! The printer writes from the typed policy alone, so whatever it cannot write the parser did not keep.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a case that cannot be read must fail"
)]
#![expect(dead_code, reason = "the laws use more of the world than this test does")]

mod laws {
    pub mod world;
}

use iam_evaluator::*;
use laws::world::{policy_text, request, world};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Writes a policy from what was understood of it.
fn print(policy: &PolicyDocument) -> String {
    let statements: Vec<Value> = policy.statements.iter().map(statement).collect();
    let version = match policy.version {
        Version::V2008 => "2008-10-17",
        Version::V2012 => "2012-10-17",
    };
    json!({ "Version": version, "Statement": statements }).to_string()
}

fn statement(statement: &Statement) -> Value {
    let mut members = Map::new();
    let mut put = |name: &str, negated: bool, value: Value| {
        let name = if negated { format!("Not{name}") } else { name.to_owned() };
        members.insert(name, value);
    };
    if let Some(sid) = &statement.sid {
        put("Sid", false, json!(sid));
    }
    put("Effect", false, json!(statement.effect.as_str()));
    if let Some(element) = &statement.principal {
        put("Principal", element.negated, principals(element));
    }
    let actions: Vec<&str> = statement.action.patterns.iter().map(|it| it.value.as_str()).collect();
    put("Action", statement.action.negated, json!(actions));
    if let Some(element) = &statement.resource {
        let patterns: Vec<&str> = element.patterns.iter().map(|it| it.value.as_str()).collect();
        put("Resource", element.negated, json!(patterns));
    }
    let mut condition = Map::new();
    for clause in &statement.conditions {
        let values: Vec<&str> = clause.values.iter().map(|value| &*value.text).collect();
        let keys = condition.entry(clause.operator.to_string()).or_insert_with(|| json!({}));
        keys.as_object_mut().unwrap().insert(clause.key.to_string(), json!(values));
    }
    if !condition.is_empty() {
        put("Condition", false, Value::Object(condition));
    }
    Value::Object(members)
}

fn principals(element: &PrincipalElement) -> Value {
    let mut types: Map<String, Value> = Map::new();
    for entry in &element.entries {
        let (kind, text) = principal(&entry.value);
        let listed = types.entry(kind).or_insert_with(|| json!([]));
        listed.as_array_mut().unwrap().push(json!(text));
    }
    Value::Object(types)
}

fn principal(entry: &PrincipalEntry) -> (&'static str, String) {
    let identity = |kind: &str, arn: &IdentityArn| {
        format!("arn:{}:iam::{}:{kind}{}{}", arn.partition, arn.account, arn.path, arn.name)
    };
    match entry {
        PrincipalEntry::Everyone => ("AWS", "*".to_owned()),
        PrincipalEntry::Account(account) => ("AWS", account.to_string()),
        PrincipalEntry::User(arn) => ("AWS", identity("user", arn)),
        PrincipalEntry::Role(arn) => ("AWS", identity("role", arn)),
        PrincipalEntry::AssumedRole { account, role, session } => {
            ("AWS", format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"))
        }
        PrincipalEntry::FederatedUser { account, name } => {
            ("AWS", format!("arn:aws:sts::{account}:federated-user/{name}"))
        }
        PrincipalEntry::UniqueId(text) | PrincipalEntry::Invalid(text) => ("AWS", text.to_string()),
        PrincipalEntry::Federated(text) => ("Federated", text.to_string()),
        PrincipalEntry::Service(text) => ("Service", text.to_string()),
        PrincipalEntry::CanonicalUser(text) => ("CanonicalUser", text.to_string()),
    }
}

/// The same but for places in the text: what each element says, in order.
fn said(policy: &PolicyDocument) -> String {
    let of_statement = |statement: &Statement| {
        let principal = statement.principal.as_ref().map(|element| {
            let entries: Vec<_> = element.entries.iter().map(|entry| &entry.value).collect();
            format!("{} {entries:?}", element.negated)
        });
        let actions: Vec<_> = statement.action.patterns.iter().map(|it| &it.value).collect();
        let resource = statement.resource.as_ref().map(|element| {
            let patterns: Vec<_> = element.patterns.iter().map(|it| &it.value).collect();
            format!("{} {patterns:?}", element.negated)
        });
        let mut conditions: Vec<String> = statement
            .conditions
            .iter()
            .map(|clause| {
                let values: Vec<_> = clause.values.iter().map(|it| (&it.text, &it.typed)).collect();
                format!("{:?} {:?} {values:?}", clause.operator, clause.key)
            })
            .collect();
        conditions.sort();
        let (sid, effect, negated) = (&statement.sid, statement.effect, statement.action.negated);
        format!(
            "{sid:?} {effect:?} {principal:?} {negated} {actions:?} {resource:?} {conditions:?}"
        )
    };
    let statements: Vec<String> = policy.statements.iter().map(of_statement).collect();
    format!("{:?} {}", policy.version, statements.join("\n"))
}

const TYPES: [PolicyType; 7] = [
    PolicyType::ServiceControlPolicy,
    PolicyType::ResourceControlPolicy,
    PolicyType::Identity,
    PolicyType::Session,
    PolicyType::Resource,
    PolicyType::RoleTrust,
    PolicyType::VpcEndpoint,
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Printed and parsed again, a policy says the same, whichever type it is read as.
    #[test]
    fn printing_is_undone_by_parsing(text in policy_text(), policy_type in prop::sample::select(TYPES.to_vec())) {
        let policy = PolicyDocument::parse(&text, policy_type);
        let again = PolicyDocument::parse(&print(&policy), policy_type);
        prop_assert_eq!(said(&again), said(&policy));
    }

    /// The layout of a text changes nothing.
    #[test]
    fn layout_changes_nothing(text in policy_text()) {
        let value: Value = serde_json::from_str(&text).unwrap();
        let pretty = PolicyDocument::parse(&format!("{value:#}"), PolicyType::Identity);
        prop_assert_eq!(said(&pretty), said(&PolicyDocument::parse(&text, PolicyType::Identity)));
    }

    /// A principal is read back from how messages write it, and an action from its own text.
    #[test]
    fn requests_are_read_back(world in world(), request in request()) {
        let _ = world;
        let principal = request.principal.to_string();
        prop_assert_eq!(RequestPrincipal::parse(&principal).unwrap(), request.principal);
        prop_assert_eq!(Action::parse(request.action.as_str()).unwrap(), request.action);
        prop_assert_eq!(RequestResource::parse(request.resource.as_str()).unwrap(), request.resource);
    }
}

/// Every operator with every prefix and suffix is read back from its name.
#[test]
fn operators_are_read_back() {
    let mut read = 0;
    for name in ConditionOperator::names() {
        for set in ["", "ForAllValues:", "ForAnyValue:"] {
            for suffix in ["", "IfExists"] {
                let written = format!("{set}{name}{suffix}");
                let Some(operator) = ConditionOperator::parse(&written) else {
                    assert_eq!(name, "Null", "{written}");
                    continue;
                };
                assert_eq!(operator.to_string(), written);
                assert_eq!(ConditionOperator::parse(&written.to_lowercase()), Some(operator));
                read += 1;
            }
        }
    }
    assert_eq!(read, 26 * 6 + 1);
}

/// Every policy that stands in a conformance case says the same when it is printed and parsed again.
#[test]
fn every_policy_of_the_cases_is_read_back() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases");
    let mut policies = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let file: Value =
                serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            collect(&file, &mut policies);
        }
    }
    assert!(policies.len() > 500, "{} policies", policies.len());
    for text in policies {
        for policy_type in TYPES {
            let policy = PolicyDocument::parse(&text, policy_type);
            let again = PolicyDocument::parse(&print(&policy), policy_type);
            assert_eq!(said(&again), said(&policy), "{text}");
        }
    }
}

fn collect(value: &Value, policies: &mut Vec<String>) {
    match value {
        Value::Object(members) if members.contains_key("Statement") => {
            policies.push(value.to_string());
        }
        Value::Object(members) => members.values().for_each(|it| collect(it, policies)),
        Value::Array(items) => items.iter().for_each(|it| collect(it, policies)),
        _ => {}
    }
}
