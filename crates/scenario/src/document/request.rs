//! A request: who does what to which resource, and what is expected of AWS.

#[cfg(test)]
use serde::Deserialize;
use serde::Serialize;

use super::json::{self, Place};
use super::{DocumentError, Pairs, read, write};
use crate::PolicyText;

/// A request worth asking about; with `expect` it is a test.
///
/// Its strings are what a person typed: a request that is not finished yet can be kept like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Deserialize, Serialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct Request {
    /// What it is called.
    #[cfg_attr(test, serde(default, skip_serializing_if = "String::is_empty"))]
    pub name: String,
    /// Who asks: the ARN of a user, a root user, an assumed-role session, a federated user, an identity provider or a role
    /// (read as a session of it), a service principal such as `cloudtrail.amazonaws.com`, or `*` for an anonymous caller.
    #[cfg_attr(test, serde(default))]
    pub principal: String,
    /// The action, such as `ec2:StartInstances`.
    #[cfg_attr(test, serde(default))]
    pub action: String,
    /// The ARN of the resource, or `*`; left out: `*`.
    #[cfg_attr(test, serde(default = "any_resource"))]
    pub resource: String,
    /// The id of the account that owns the resource, where the ARN does not say so.
    /// Left out: the account that lists the resource, else the caller's account.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub resource_account: Option<String>,
    /// Condition keys with their values.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Pairs::is_empty"))]
    pub context: Pairs<ContextValue>,
    /// Whether keys that follow from the tree, the identities and the request are filled in; left out: true.
    #[cfg_attr(test, serde(default = "yes", skip_serializing_if = "is_yes"))]
    pub derive_context: bool,
    /// The texts of the policies passed when the session began.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub session_policies: Vec<PolicyText>,
    /// The tags passed when the session began.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Pairs::is_empty"))]
    pub session_tags: Pairs<String>,
    /// The text of the policy of the VPC endpoint through which the request comes.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub vpc_endpoint_policy: Option<PolicyText>,
    /// The text of the resource-based policy, instead of the one of a listed resource.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub resource_policy: Option<PolicyText>,
    /// What AWS is expected to decide; left out: the request is only asked, not tested.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub expect: Option<Decision>,
}

impl Request {
    /// Reads one request from JSON that is already parsed, as it stands in a scenario's `requests`.
    pub fn from_value(value: serde_json::Value) -> Result<Request, DocumentError> {
        read::request(value, &Place::WHOLE)
    }

    /// Reads one request from its JSON text.
    pub fn from_json(text: &str) -> Result<Request, DocumentError> {
        Request::from_value(json::read(text)?)
    }

    /// Writes the request as JSON without any white space.
    pub fn to_json(&self) -> String {
        write::request(self).to_string()
    }

    /// Returns the name, or what else tells it from others.
    pub fn label(&self) -> String {
        match self.name.as_str() {
            "" => self.action.clone(),
            name => name.to_owned(),
        }
    }
}

impl Default for Request {
    /// Returns a request about nothing in particular.
    fn default() -> Self {
        Request {
            name: String::new(),
            principal: String::new(),
            action: String::new(),
            resource: any_resource(),
            resource_account: None,
            context: Pairs::default(),
            derive_context: true,
            session_policies: Vec::new(),
            session_tags: Pairs::default(),
            vpc_endpoint_policy: None,
            resource_policy: None,
            expect: None,
        }
    }
}

/// The value of a condition key in a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Deserialize, Serialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(untagged, expecting = "expected a string, a list of strings or `null`"))]
pub enum ContextValue {
    /// One value.
    One(String),
    /// The values of a multivalued key.
    Many(Vec<String>),
    /// `null`: the key is absent even where it could be derived.
    Absent,
}

/// What AWS decides, in the three words of the IAM policy simulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(Deserialize, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// Allowed.
    Allowed,
    /// Denied by a statement with `"Effect": "Deny"`.
    ExplicitDeny,
    /// Denied because something that had to allow it does not.
    ImplicitDeny,
}

/// The decisions with the words that documents and answers use.
pub(super) const DECISIONS: [(&str, Decision); 3] = [
    ("allowed", Decision::Allowed),
    ("explicitDeny", Decision::ExplicitDeny),
    ("implicitDeny", Decision::ImplicitDeny),
];

impl Decision {
    /// Returns the word that documents and answers use.
    pub fn as_str(self) -> &'static str {
        match self {
            Decision::Allowed => "allowed",
            Decision::ExplicitDeny => "explicitDeny",
            Decision::ImplicitDeny => "implicitDeny",
        }
    }
}

fn any_resource() -> String {
    "*".to_owned()
}

#[cfg(test)]
fn yes() -> bool {
    true
}

#[cfg(test)]
fn is_yes(value: &bool) -> bool {
    *value
}
