//! The reader: from JSON that is already parsed to the types of a document, each wrong member named with its place.
//!
//! Members are read in the order in which they are written, so the first thing that is wrong is the one that is named.
//! The tests hold it to the schema: what the schema's types read is read here, and as the same document.

use std::sync::Arc;

use serde_json::Value;

use super::account::{JOINED_METHODS, STATES};
use super::json::{self, Place};
use super::organization::{FEATURE_SETS, POLICY_TYPES};
use super::request::DECISIONS;
use super::{
    Account, ContextValue, Document, DocumentError, Group, InlinePolicy, ManagedPolicy,
    Organization, OrganizationalUnit, Pairs, Policy, Request, Resource, Role, User,
};
use crate::PolicyText;

type Read<T> = Result<T, DocumentError>;

pub(super) fn document(value: Value) -> Read<Document> {
    let mut read = Document::default();
    let names = ["format", "title", "description", "organization", "accounts", "requests"];
    members(value, &Place::WHOLE, &names, None, &mut |name, value, place| {
        match name {
            // It has been looked at before anything else.
            "format" => {}
            "title" => read.title = text(value, place)?.into(),
            "description" => read.description = text(value, place)?.into(),
            "organization" => read.organization = optional(value, place, shared(organization))?,
            "accounts" => read.accounts = list(value, place, shared(account))?,
            "requests" => read.requests = list(value, place, shared(request))?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn organization(value: Value, place: &Place<'_>) -> Read<Organization> {
    let mut read = Organization::default();
    let names = ["id", "featureSet", "managementAccount", "enabledPolicyTypes", "policies", "root"];
    members(value, place, &names, None, &mut |name, value, place| {
        match name {
            "id" => read.id = text(value, place)?,
            "featureSet" => read.feature_set = word(value, place, &FEATURE_SETS)?,
            "managementAccount" => read.management_account = optional(value, place, text)?,
            "enabledPolicyTypes" => {
                let policy_type = |value, place: &Place<'_>| word(value, place, &POLICY_TYPES);
                read.enabled_policy_types = list(value, place, policy_type)?;
            }
            "policies" => read.policies = list(value, place, shared(policy))?,
            "root" => read.root = Arc::new(unit(value, place)?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn policy(value: Value, place: &Place<'_>) -> Read<Policy> {
    let mut read = Policy::default();
    let names = ["id", "name", "type", "description", "document"];
    members(value, place, &names, Some("id"), &mut |name, value, place| {
        match name {
            "id" => read.id = text(value, place)?,
            "name" => read.name = text(value, place)?,
            "type" => read.policy_type = word(value, place, &POLICY_TYPES)?,
            "description" => read.description = text(value, place)?,
            "document" => read.document = policy_text(value, place)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn unit(value: Value, place: &Place<'_>) -> Read<OrganizationalUnit> {
    let mut read = OrganizationalUnit {
        id: String::new(),
        name: String::new(),
        attached_policies: Vec::new(),
        accounts: Vec::new(),
        organizational_units: Vec::new(),
    };
    let names = ["id", "name", "attachedPolicies", "accounts", "organizationalUnits"];
    members(value, place, &names, None, &mut |name, value, place| {
        match name {
            "id" => read.id = text(value, place)?,
            "name" => read.name = text(value, place)?,
            "attachedPolicies" => read.attached_policies = texts(value, place)?,
            "accounts" => read.accounts = texts(value, place)?,
            "organizationalUnits" => read.organizational_units = list(value, place, shared(unit))?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn account(value: Value, place: &Place<'_>) -> Read<Account> {
    let mut read = Account::default();
    let names = [
        "id",
        "name",
        "email",
        "state",
        "joinedMethod",
        "attachedPolicies",
        "managedPolicies",
        "users",
        "groups",
        "roles",
        "resources",
    ];
    members(value, place, &names, Some("id"), &mut |name, value, place| {
        match name {
            "id" => read.id = text(value, place)?,
            "name" => read.name = text(value, place)?,
            "email" => read.email = text(value, place)?,
            "state" => read.state = word(value, place, &STATES)?,
            "joinedMethod" => read.joined_method = word(value, place, &JOINED_METHODS)?,
            "attachedPolicies" => read.attached_policies = texts(value, place)?,
            "managedPolicies" => {
                read.managed_policies = list(value, place, shared(managed_policy))?;
            }
            "users" => read.users = list(value, place, shared(user))?,
            "groups" => read.groups = list(value, place, shared(group))?,
            "roles" => read.roles = list(value, place, shared(role))?,
            "resources" => read.resources = list(value, place, shared(resource))?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn resource(value: Value, place: &Place<'_>) -> Read<Resource> {
    let mut read = Resource::default();
    let names = ["arn", "policy", "tags"];
    members(value, place, &names, Some("arn"), &mut |name, value, place| {
        match name {
            "arn" => read.arn = text(value, place)?,
            "policy" => read.policy = optional(value, place, policy_text)?,
            "tags" => read.tags = pairs(value, place, text)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn managed_policy(value: Value, place: &Place<'_>) -> Read<ManagedPolicy> {
    let mut read = ManagedPolicy::default();
    let names = ["name", "path", "document"];
    members(value, place, &names, Some("name"), &mut |name, value, place| {
        match name {
            "name" => read.name = text(value, place)?,
            "path" => read.path = text(value, place)?,
            "document" => read.document = policy_text(value, place)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn inline_policy(value: Value, place: &Place<'_>) -> Read<InlinePolicy> {
    let mut read = InlinePolicy::default();
    let names = ["name", "document"];
    members(value, place, &names, Some("name"), &mut |name, value, place| {
        match name {
            "name" => read.name = text(value, place)?,
            "document" => read.document = policy_text(value, place)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn user(value: Value, place: &Place<'_>) -> Read<User> {
    let mut read = User::default();
    let names = [
        "name",
        "path",
        "groups",
        "attachedPolicies",
        "inlinePolicies",
        "permissionsBoundary",
        "tags",
    ];
    members(value, place, &names, Some("name"), &mut |name, value, place| {
        match name {
            "name" => read.name = text(value, place)?,
            "path" => read.path = text(value, place)?,
            "groups" => read.groups = texts(value, place)?,
            "attachedPolicies" => read.attached_policies = texts(value, place)?,
            "inlinePolicies" => read.inline_policies = list(value, place, shared(inline_policy))?,
            "permissionsBoundary" => read.permissions_boundary = optional(value, place, text)?,
            "tags" => read.tags = pairs(value, place, text)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn group(value: Value, place: &Place<'_>) -> Read<Group> {
    let mut read = Group::default();
    let names = ["name", "path", "attachedPolicies", "inlinePolicies"];
    members(value, place, &names, Some("name"), &mut |name, value, place| {
        match name {
            "name" => read.name = text(value, place)?,
            "path" => read.path = text(value, place)?,
            "attachedPolicies" => read.attached_policies = texts(value, place)?,
            "inlinePolicies" => read.inline_policies = list(value, place, shared(inline_policy))?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn role(value: Value, place: &Place<'_>) -> Read<Role> {
    let mut read = Role::default();
    let names = [
        "name",
        "path",
        "trustPolicy",
        "attachedPolicies",
        "inlinePolicies",
        "permissionsBoundary",
        "tags",
    ];
    members(value, place, &names, Some("name"), &mut |name, value, place| {
        match name {
            "name" => read.name = text(value, place)?,
            "path" => read.path = text(value, place)?,
            "trustPolicy" => read.trust_policy = policy_text(value, place)?,
            "attachedPolicies" => read.attached_policies = texts(value, place)?,
            "inlinePolicies" => read.inline_policies = list(value, place, shared(inline_policy))?,
            "permissionsBoundary" => read.permissions_boundary = optional(value, place, text)?,
            "tags" => read.tags = pairs(value, place, text)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

pub(super) fn request(value: Value, place: &Place<'_>) -> Read<Request> {
    let mut read = Request::default();
    let names = [
        "name",
        "principal",
        "action",
        "resource",
        "resourceAccount",
        "context",
        "deriveContext",
        "sessionPolicies",
        "sessionTags",
        "vpcEndpointPolicy",
        "resourcePolicy",
        "expect",
    ];
    members(value, place, &names, None, &mut |name, value, place| {
        match name {
            "name" => read.name = text(value, place)?,
            "principal" => read.principal = text(value, place)?,
            "action" => read.action = text(value, place)?,
            "resource" => read.resource = text(value, place)?,
            "resourceAccount" => read.resource_account = optional(value, place, text)?,
            "context" => read.context = pairs(value, place, context_value)?,
            "deriveContext" => read.derive_context = truth(value, place)?,
            "sessionPolicies" => read.session_policies = list(value, place, policy_text)?,
            "sessionTags" => read.session_tags = pairs(value, place, text)?,
            "vpcEndpointPolicy" => {
                read.vpc_endpoint_policy = optional(value, place, policy_text)?;
            }
            "resourcePolicy" => read.resource_policy = optional(value, place, policy_text)?,
            "expect" => {
                let decision = |value, place: &Place<'_>| word(value, place, &DECISIONS);
                read.expect = optional(value, place, decision)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(read)
}

fn context_value(value: Value, place: &Place<'_>) -> Read<ContextValue> {
    match value {
        Value::Null => return Ok(ContextValue::Absent),
        Value::String(text) => return Ok(ContextValue::One(text)),
        Value::Array(_) => {
            if let Ok(texts) = texts(value, place) {
                return Ok(ContextValue::Many(texts));
            }
        }
        _ => {}
    }
    Err(place.error("expected a string, a list of strings or `null`"))
}

pub(super) fn policy_text(value: Value, place: &Place<'_>) -> Read<PolicyText> {
    match value {
        Value::String(text) => Ok(PolicyText::new(text)),
        Value::Object(_) => Ok(PolicyText::pretty(&value)),
        other => Err(place.error(format!(
            "expected a policy as an object or its text as a string, found {}",
            json::kind(&other)
        ))),
    }
}

/// Hands every member of an object to `read`, which says whether it knows the name; `required` must be among them.
fn members(
    value: Value,
    place: &Place<'_>,
    names: &[&str],
    required: Option<&str>,
    read: &mut dyn FnMut(&str, Value, &Place<'_>) -> Read<bool>,
) -> Read<()> {
    let Value::Object(members) = value else { return Err(wrong_type(&value, place, "an object")) };
    let missing = required.filter(|required| !members.contains_key(*required));
    for (name, value) in members {
        if !read(&name, value, &place.member(&name))? {
            let expected = either(&mut names.iter().copied());
            return Err(place.error(format!("unknown member `{name}`, expected {expected}")));
        }
    }
    match missing {
        Some(name) => Err(place.error(format!("missing member `{name}`"))),
        None => Ok(()),
    }
}

fn pairs<V>(
    value: Value,
    place: &Place<'_>,
    read: impl Fn(Value, &Place<'_>) -> Read<V>,
) -> Read<Pairs<V>> {
    let Value::Object(members) = value else { return Err(wrong_type(&value, place, "an object")) };
    let pair = |(name, value): (String, Value)| {
        let value = read(value, &place.member(&name))?;
        Ok((name, value))
    };
    members.into_iter().map(pair).collect()
}

fn list<T>(
    value: Value,
    place: &Place<'_>,
    read: impl Fn(Value, &Place<'_>) -> Read<T>,
) -> Read<Vec<T>> {
    let Value::Array(items) = value else { return Err(wrong_type(&value, place, "a list")) };
    let mut list = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        list.push(read(item, &place.index(index))?);
    }
    Ok(list)
}

fn texts(value: Value, place: &Place<'_>) -> Read<Vec<String>> {
    list(value, place, text)
}

fn shared<T>(
    read: impl Fn(Value, &Place<'_>) -> Read<T>,
) -> impl Fn(Value, &Place<'_>) -> Read<Arc<T>> {
    move |value, place| read(value, place).map(Arc::new)
}

fn optional<T>(
    value: Value,
    place: &Place<'_>,
    read: impl Fn(Value, &Place<'_>) -> Read<T>,
) -> Read<Option<T>> {
    if value.is_null() { Ok(None) } else { read(value, place).map(Some) }
}

fn text(value: Value, place: &Place<'_>) -> Read<String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_type(&other, place, "a string")),
    }
}

fn truth(value: Value, place: &Place<'_>) -> Read<bool> {
    value.as_bool().ok_or_else(|| wrong_type(&value, place, "a boolean"))
}

/// Reads one of a few words.
fn word<T: Copy>(value: Value, place: &Place<'_>, words: &[(&str, T)]) -> Read<T> {
    let found = text(value, place)?;
    match words.iter().find(|(word, _)| *word == found) {
        Some((_, meaning)) => Ok(*meaning),
        None => Err(unknown_word(&found, place, &mut words.iter().map(|(word, _)| *word))),
    }
}

fn unknown_word(
    found: &str,
    place: &Place<'_>,
    words: &mut dyn Iterator<Item = &str>,
) -> DocumentError {
    place.error(format!("unknown value `{found}`, expected {}", either(words)))
}

fn wrong_type(value: &Value, place: &Place<'_>, expected: &str) -> DocumentError {
    let found = match value {
        Value::Bool(value) => format!("boolean `{value}`"),
        Value::Number(number) => {
            let digits = number.to_string();
            let kind = if digits.contains(['.', 'e', 'E']) { "floating point" } else { "integer" };
            format!("{kind} `{digits}`")
        }
        Value::String(text) => format!("string \"{text}\""),
        Value::Null | Value::Array(_) | Value::Object(_) => json::kind(value).to_owned(),
    };
    place.error(format!("invalid type: {found}, expected {expected}"))
}

/// Lists what could have stood in a place: `a`, `b`.
fn either(words: &mut dyn Iterator<Item = &str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [one, other] => format!("{one} or {other}"),
        words => format!("one of {}", words.join(", ")),
    }
}
