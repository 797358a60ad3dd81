//! The writer: from the types of a document to JSON, members in the order of the schema,
//! without those that would say what is meant anyway.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::account::{JOINED_METHODS, STATES};
use super::organization::{FEATURE_SETS, POLICY_TYPES};
use super::{
    Account, AccountState, ContextValue, Document, FORMAT, Group, InlinePolicy, JoinedMethod,
    ManagedPolicy, Organization, OrganizationalUnit, Pairs, Policy, Request, Resource, Role, User,
};
use crate::PolicyText;

pub(super) fn document(document: &Document) -> Value {
    let mut members = Members::default();
    members.always("format", FORMAT.into());
    members.text("title", &document.title);
    members.text("description", &document.description);
    if let Some(it) = &document.organization {
        members.always("organization", organization(it));
    }
    members.list("accounts", &document.accounts, |it| account(it));
    members.list("requests", &document.requests, |it| request(it));
    members.into()
}

fn organization(it: &Organization) -> Value {
    let mut members = Members::default();
    members.always("id", text(&it.id));
    members.always("featureSet", word(it.feature_set, &FEATURE_SETS));
    members.some("managementAccount", it.management_account.as_ref(), |it| text(it));
    let policy_type = |it| word(it, &POLICY_TYPES);
    let types = it.enabled_policy_types.iter().copied().map(policy_type);
    members.always("enabledPolicyTypes", types.collect());
    members.list("policies", &it.policies, |it| policy(it));
    members.always("root", unit(&it.root));
    members.into()
}

fn policy(it: &Policy) -> Value {
    let mut members = Members::default();
    members.always("id", text(&it.id));
    members.always("name", text(&it.name));
    members.always("type", word(it.policy_type, &POLICY_TYPES));
    members.text("description", &it.description);
    members.always("document", policy_text(&it.document));
    members.into()
}

fn unit(it: &OrganizationalUnit) -> Value {
    let mut members = Members::default();
    members.always("id", text(&it.id));
    members.always("name", text(&it.name));
    members.always("attachedPolicies", texts(&it.attached_policies));
    members.always("accounts", texts(&it.accounts));
    members
        .always("organizationalUnits", it.organizational_units.iter().map(|it| unit(it)).collect());
    members.into()
}

fn account(it: &Account) -> Value {
    let mut members = Members::default();
    members.always("id", text(&it.id));
    members.always("name", text(&it.name));
    members.text("email", &it.email);
    if it.state != AccountState::default() {
        members.always("state", word(it.state, &STATES));
    }
    if it.joined_method != JoinedMethod::default() {
        members.always("joinedMethod", word(it.joined_method, &JOINED_METHODS));
    }
    members.always("attachedPolicies", texts(&it.attached_policies));
    members.list("managedPolicies", &it.managed_policies, |it| managed_policy(it));
    members.list("users", &it.users, |it| user(it));
    members.list("groups", &it.groups, |it| group(it));
    members.list("roles", &it.roles, |it| role(it));
    members.list("resources", &it.resources, |it| resource(it));
    members.into()
}

fn resource(it: &Resource) -> Value {
    let mut members = Members::default();
    members.always("arn", text(&it.arn));
    members.some("policy", it.policy.as_ref(), policy_text);
    members.pairs("tags", &it.tags, |it| text(it));
    members.into()
}

fn managed_policy(it: &ManagedPolicy) -> Value {
    let mut members = named(&it.name, Some(&it.path));
    members.always("document", policy_text(&it.document));
    members.into()
}

fn inline_policy(it: &InlinePolicy) -> Value {
    let mut members = named(&it.name, None);
    members.always("document", policy_text(&it.document));
    members.into()
}

fn user(it: &User) -> Value {
    let mut members = named(&it.name, Some(&it.path));
    members.texts("groups", &it.groups);
    members.policies(&it.attached_policies, &it.inline_policies);
    members.some("permissionsBoundary", it.permissions_boundary.as_ref(), |it| text(it));
    members.pairs("tags", &it.tags, |it| text(it));
    members.into()
}

fn group(it: &Group) -> Value {
    let mut members = named(&it.name, Some(&it.path));
    members.policies(&it.attached_policies, &it.inline_policies);
    members.into()
}

fn role(it: &Role) -> Value {
    let mut members = named(&it.name, Some(&it.path));
    members.some("trustPolicy", Some(&it.trust_policy).filter(|it| !it.is_empty()), policy_text);
    members.policies(&it.attached_policies, &it.inline_policies);
    members.some("permissionsBoundary", it.permissions_boundary.as_ref(), |it| text(it));
    members.pairs("tags", &it.tags, |it| text(it));
    members.into()
}

pub(super) fn request(it: &Request) -> Value {
    let mut members = Members::default();
    members.text("name", &it.name);
    members.always("principal", text(&it.principal));
    members.always("action", text(&it.action));
    members.always("resource", text(&it.resource));
    members.some("resourceAccount", it.resource_account.as_ref(), |it| text(it));
    members.pairs("context", &it.context, context_value);
    if !it.derive_context {
        members.always("deriveContext", it.derive_context.into());
    }
    members.list("sessionPolicies", &it.session_policies, policy_text);
    members.pairs("sessionTags", &it.session_tags, |it| text(it));
    members.some("vpcEndpointPolicy", it.vpc_endpoint_policy.as_ref(), policy_text);
    members.some("resourcePolicy", it.resource_policy.as_ref(), policy_text);
    members.some("expect", it.expect.as_ref(), |it| text(it.as_str()));
    members.into()
}

fn context_value(value: &ContextValue) -> Value {
    match value {
        ContextValue::One(value) => text(value),
        ContextValue::Many(values) => texts(values),
        ContextValue::Absent => Value::Null,
    }
}

pub(super) fn policy_text(policy: &PolicyText) -> Value {
    policy.as_object().unwrap_or_else(|| text(policy.as_str()))
}

fn named(name: &str, path: Option<&str>) -> Members {
    let mut members = Members::default();
    members.always("name", text(name));
    if let Some(path) = path.filter(|path| *path != "/") {
        members.always("path", text(path));
    }
    members
}

fn text(text: &str) -> Value {
    text.into()
}

fn texts(texts: &[String]) -> Value {
    texts.iter().map(|it| text(it)).collect()
}

fn word<T: PartialEq>(meaning: T, words: &[(&str, T)]) -> Value {
    words.iter().find(|(_, known)| *known == meaning).map_or("", |(word, _)| word).into()
}

/// An object that is being written; all but `always` leave out what is empty.
#[derive(Default)]
struct Members(Map<String, Value>);

impl From<Members> for Value {
    fn from(members: Members) -> Value {
        Value::Object(members.0)
    }
}

impl Members {
    fn always(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.always(name, text(value));
        }
    }

    fn texts(&mut self, name: &str, values: &[String]) {
        if !values.is_empty() {
            self.always(name, texts(values));
        }
    }

    fn some<T>(&mut self, name: &str, value: Option<&T>, write: impl Fn(&T) -> Value) {
        if let Some(value) = value {
            self.always(name, write(value));
        }
    }

    fn list<T>(&mut self, name: &str, items: &[T], write: impl Fn(&T) -> Value) {
        if !items.is_empty() {
            self.always(name, items.iter().map(write).collect());
        }
    }

    fn pairs<V>(&mut self, name: &str, pairs: &Pairs<V>, write: impl Fn(&V) -> Value) {
        if !pairs.is_empty() {
            let pairs = pairs.iter().map(|(name, value)| (name.to_owned(), write(value)));
            self.always(name, Value::Object(pairs.collect()));
        }
    }

    fn policies(&mut self, attached: &[String], inline: &[Arc<InlinePolicy>]) {
        self.texts("attachedPolicies", attached);
        self.list("inlinePolicies", inline, |it| inline_policy(it));
    }
}
