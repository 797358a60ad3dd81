//! The text of a policy, exactly as the person typed it.

use std::fmt;
use std::sync::Arc;

#[cfg(test)]
use serde::{
    de::{Deserialize, Deserializer, Error},
    ser::{Serialize, Serializer},
};
use serde_json::Value;

use crate::document::json;

/// How deep a policy may nest and still be written as an object inside a scenario, whose own depth comes on top.
const DEEPEST_OBJECT: usize = 64;

/// The text of a policy, exactly as the person typed it, valid or not.
///
/// In a scenario it stands as an object where its layout is the usual one (two spaces), else as a string,
/// so nothing typed is ever lost or reformatted.
///
/// ```
/// use iam_scenario::{PolicyText, Request};
///
/// let mut request = Request::from_json(r#"{"resourcePolicy":{"Version":"2012-10-17"}}"#)?;
/// let tidy = "{\n  \"Version\": \"2012-10-17\"\n}";
/// assert_eq!(request.resource_policy, Some(PolicyText::new(tidy)));
/// assert!(request.to_json().ends_with(r#""resourcePolicy":{"Version":"2012-10-17"}}"#));
///
/// request.resource_policy = Some(PolicyText::new("{ \"Version\": "));
/// assert!(request.to_json().ends_with(r#""resourcePolicy":"{ \"Version\": "}"#));
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PolicyText(Arc<str>);

impl PolicyText {
    /// Keeps a text as it is.
    pub fn new(text: impl Into<Arc<str>>) -> PolicyText {
        PolicyText(text.into())
    }

    /// Lays out a JSON value as a person would: two spaces, members in their order.
    pub fn pretty(value: &Value) -> PolicyText {
        PolicyText(format!("{value:#}").into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the shared text: policies with the same pointer need not be parsed again.
    pub fn shared(&self) -> &Arc<str> {
        &self.0
    }

    /// Decides whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the object as which the text can be written without losing anything.
    pub(crate) fn as_object(&self) -> Option<Value> {
        if !self.0.starts_with('{') {
            return None;
        }
        let value = json::read(&self.0).ok()?;
        (depth(&value) <= DEEPEST_OBJECT && format!("{value:#}") == *self.0).then_some(value)
    }
}

/// Counts the levels of nesting. The recursion is bounded by the depth that JSON was read with.
fn depth(value: &Value) -> usize {
    let below = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.values().map(depth).max(),
        _ => return 0,
    };
    1 + below.unwrap_or(0)
}

impl Default for PolicyText {
    fn default() -> Self {
        PolicyText::new("")
    }
}

impl From<&str> for PolicyText {
    fn from(text: &str) -> Self {
        PolicyText::new(text)
    }
}

impl From<String> for PolicyText {
    fn from(text: String) -> Self {
        PolicyText::new(text)
    }
}

impl fmt::Debug for PolicyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
impl Serialize for PolicyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_object() {
            Some(object) => object.serialize(serializer),
            None => serializer.serialize_str(&self.0),
        }
    }
}

#[cfg(test)]
impl<'de> Deserialize<'de> for PolicyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(PolicyText::new(text)),
            value @ Value::Object(_) => Ok(PolicyText::pretty(&value)),
            other => Err(D::Error::custom(format!(
                "expected a policy as an object or its text as a string, found {}",
                json::kind(&other)
            ))),
        }
    }
}

#[cfg(test)]
impl schemars::JsonSchema for PolicyText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PolicyText".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A policy: an object, or the text itself as a string where it is not valid JSON or its layout matters.",
            "type": ["object", "string"]
        })
    }
}
