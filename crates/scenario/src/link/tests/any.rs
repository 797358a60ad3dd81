//! Documents that nobody has thought of.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::everything;
use crate::{Account, ContextValue, Decision, Document, InlinePolicy, PolicyText, Request, Role};

/// Texts with everything that the layout treats in a special way.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z~^`0\\x00\\n☂]{0,8}",
        Just("arn:aws:iam::222222222222:root".to_owned()),
        Just("2222222222222222222222222".to_owned()),
        Just("2012-10-17".to_owned()),
        Just("*".to_owned()),
        Just("Deny".to_owned()),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => any_text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (-1e6..1e6_f64).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    let elements = vec![
        "Version",
        "Statement",
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
        "StringEquals",
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let name = prop_oneof![4 => prop::sample::select(elements.clone()).prop_map(str::to_owned), 1 => any_text()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Statements that come close to the usual form.
fn any_statement() -> impl Strategy<Value = Value> {
    let part = |name: &'static str, values: BoxedStrategy<Value>| {
        prop::option::weighted(0.8, values)
            .prop_map(move |value| value.map(|value| (name.to_owned(), value)))
    };
    let effect = prop::sample::select(vec!["Allow", "Deny", "deny"]).prop_map(Value::from).boxed();
    let text = any_text().prop_map(Value::from).boxed();
    let parts = (
        part("Sid", text.clone()),
        part("Effect", effect),
        part("Principal", prop_oneof![Just(Value::from("*")), any_json()].boxed()),
        part("NotAction", any_json().boxed()),
        part("Action", prop::collection::vec(any_text(), 0..3).prop_map(Value::from).boxed()),
        part("Resource", prop_oneof![Just(Value::from("*")), text].boxed()),
        part("Condition", any_json().boxed()),
    );
    parts.prop_map(|(a, b, c, d, e, f, g)| {
        [a, b, c, d, e, f, g].into_iter().flatten().collect::<Map<_, _>>().into()
    })
}

fn any_policy() -> impl Strategy<Value = PolicyText> {
    let usual = prop::collection::vec(any_statement(), 0..3).prop_map(
        |statements| serde_json::json!({ "Version": "2012-10-17", "Statement": statements }),
    );
    prop_oneof![
        any_text().prop_map(PolicyText::from),
        any_json().prop_map(|value| PolicyText::pretty(&value)),
        usual.prop_map(|value| PolicyText::pretty(&value)),
    ]
}

fn any_request() -> impl Strategy<Value = Request> {
    let value = prop_oneof![
        any_text().prop_map(ContextValue::One),
        prop::collection::vec(any_text(), 0..3).prop_map(ContextValue::Many),
        Just(ContextValue::Absent),
    ];
    let texts = (any_text(), any_text(), any_text(), any_text(), prop::option::of(any_text()));
    let policies = (
        prop::collection::vec(any_policy(), 0..2),
        prop::option::of(any_policy()),
        prop::option::of(any_policy()),
    );
    let expect = prop::sample::select(vec![
        None,
        Some(Decision::Allowed),
        Some(Decision::ExplicitDeny),
        Some(Decision::ImplicitDeny),
    ]);
    let pairs = (
        prop::collection::vec((any_text(), value), 0..3),
        prop::collection::vec((any_text(), any_text()), 0..3),
    );
    (texts, policies, pairs, any::<bool>(), expect).prop_map(
        |(texts, policies, pairs, derive_context, expect)| {
            let (name, principal, action, resource, resource_account) = texts;
            let (session_policies, vpc_endpoint_policy, resource_policy) = policies;
            let (context, session_tags) =
                (pairs.0.into_iter().collect(), pairs.1.into_iter().collect());
            Request {
                name,
                principal,
                action,
                resource,
                resource_account,
                context,
                derive_context,
                session_policies,
                session_tags,
                vpc_endpoint_policy,
                resource_policy,
                expect,
            }
        },
    )
}

/// The company of `everything.json`, with texts in it that nobody has thought of.
pub(super) fn any_document() -> impl Strategy<Value = Document> {
    let accounts =
        prop::collection::vec((0..100_u64, any_policy(), any_policy(), any_text()), 0..5);
    (any_text(), accounts, prop::collection::vec(any_request(), 0..4)).prop_map(
        |(title, accounts, requests)| {
            let mut document = everything();
            document.title = title.into();
            for (number, trust_policy, policy, tag) in accounts {
                let id = format!("{:012}", number * 1_111_111_111);
                if document.account(&id).is_none() {
                    let inline = Arc::new(InlinePolicy { name: "P".to_owned(), document: policy });
                    let role = Role {
                        name: "R".to_owned(),
                        trust_policy,
                        inline_policies: vec![inline],
                        tags: [(tag.clone(), tag)].into_iter().collect(),
                        ..Role::default()
                    };
                    let name = format!("account {number}");
                    document.accounts.push(Arc::new(Account {
                        id,
                        name,
                        roles: vec![Arc::new(role)],
                        ..Account::default()
                    }));
                }
            }
            document.requests = requests.into_iter().map(Arc::new).collect();
            document
        },
    )
}
