//! Users, groups, roles and their policies, in the words of the IAM API.

use std::sync::Arc;

#[cfg(test)]
use serde::{Deserialize, Serialize};

use super::Pairs;
use crate::PolicyText;

/// A customer managed IAM policy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct ManagedPolicy {
    /// The name, the last part of the ARN.
    pub name: String,
    /// The path, `/` or `/…/`; left out: `/`.
    #[cfg_attr(test, serde(default = "root_path", skip_serializing_if = "is_root_path"))]
    pub path: String,
    /// The text of the policy.
    #[cfg_attr(test, serde(default))]
    pub document: PolicyText,
}

impl Default for ManagedPolicy {
    /// Returns one without a name in the path `/`.
    fn default() -> Self {
        ManagedPolicy { name: String::new(), path: root_path(), document: PolicyText::default() }
    }
}

/// A policy embedded in one user, group or role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct InlinePolicy {
    /// The name, unique within its identity.
    pub name: String,
    /// The text of the policy.
    #[cfg_attr(test, serde(default))]
    pub document: PolicyText,
}

/// An IAM user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct User {
    /// The name, unique within the account without regard to case.
    pub name: String,
    /// The path, `/` or `/…/`; left out: `/`.
    #[cfg_attr(test, serde(default = "root_path", skip_serializing_if = "is_root_path"))]
    pub path: String,
    /// The names of the groups it belongs to.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub groups: Vec<String>,
    /// The ARNs of the managed policies attached to it.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub attached_policies: Vec<String>,
    /// The policies embedded in it.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub inline_policies: Vec<Arc<InlinePolicy>>,
    /// The ARN of the managed policy that bounds its permissions.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub permissions_boundary: Option<String>,
    /// The tags, as `aws:PrincipalTag/…` sees them.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Pairs::is_empty"))]
    pub tags: Pairs<String>,
}

impl Default for User {
    /// Returns one without a name in the path `/`.
    fn default() -> Self {
        User {
            name: String::new(),
            path: root_path(),
            groups: Default::default(),
            attached_policies: Default::default(),
            inline_policies: Default::default(),
            permissions_boundary: Default::default(),
            tags: Default::default(),
        }
    }
}

/// An IAM group: policies for the users in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct Group {
    /// The name, unique within the account without regard to case.
    pub name: String,
    /// The path, `/` or `/…/`; left out: `/`.
    #[cfg_attr(test, serde(default = "root_path", skip_serializing_if = "is_root_path"))]
    pub path: String,
    /// The ARNs of the managed policies attached to it.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub attached_policies: Vec<String>,
    /// The policies embedded in it.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub inline_policies: Vec<Arc<InlinePolicy>>,
}

impl Default for Group {
    /// Returns one without a name in the path `/`.
    fn default() -> Self {
        Group {
            name: String::new(),
            path: root_path(),
            attached_policies: Default::default(),
            inline_policies: Default::default(),
        }
    }
}

/// An IAM role.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct Role {
    /// The name, unique within the account without regard to case.
    pub name: String,
    /// The path, `/` or `/…/`; left out: `/`.
    #[cfg_attr(test, serde(default = "root_path", skip_serializing_if = "is_root_path"))]
    pub path: String,
    /// The text of the policy that says who may assume it; left out: empty.
    #[cfg_attr(test, serde(default, skip_serializing_if = "PolicyText::is_empty"))]
    pub trust_policy: PolicyText,
    /// The ARNs of the managed policies attached to it.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub attached_policies: Vec<String>,
    /// The policies embedded in it.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub inline_policies: Vec<Arc<InlinePolicy>>,
    /// The ARN of the managed policy that bounds its permissions.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub permissions_boundary: Option<String>,
    /// The tags, as `aws:PrincipalTag/…` sees them.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Pairs::is_empty"))]
    pub tags: Pairs<String>,
}

impl Default for Role {
    /// Returns one without a name in the path `/`.
    fn default() -> Self {
        Role {
            name: String::new(),
            path: root_path(),
            trust_policy: Default::default(),
            attached_policies: Default::default(),
            inline_policies: Default::default(),
            permissions_boundary: Default::default(),
            tags: Default::default(),
        }
    }
}

fn root_path() -> String {
    "/".to_owned()
}

#[cfg(test)]
fn is_root_path(path: &str) -> bool {
    path == "/"
}
