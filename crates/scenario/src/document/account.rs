//! An account: its place in AWS Organizations, the identities of its IAM, and its resources.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Group, ManagedPolicy, Pairs, Role, User};
use crate::PolicyText;

/// An AWS account with its IAM and its resources.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// The id, 12 digits.
    #[cfg_attr(test, schemars(regex(pattern = r"^\d{12}$")))]
    pub id: String,
    /// The name; left out: the id.
    #[serde(default)]
    pub name: String,
    /// The address of the root user.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Where it is between creation and closure; left out: `ACTIVE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: AccountState,
    /// How it came into the organization; left out: `CREATED`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub joined_method: JoinedMethod,
    /// The ids of the SCPs and RCPs attached directly to it. Left out: `p-FullAWSAccess` for a member
    /// of an organization with SCPs enabled; an empty list means that none is attached.
    #[cfg_attr(test, schemars(extend("default" = ["p-FullAWSAccess"])))]
    #[serde(default)]
    pub attached_policies: Vec<String>,
    /// The customer managed IAM policies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managed_policies: Vec<Arc<ManagedPolicy>>,
    /// The IAM users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<Arc<User>>,
    /// The IAM groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Arc<Group>>,
    /// The IAM roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Arc<Role>>,
    /// The resources that matter to the scenario.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Arc<Resource>>,
}

/// Where an account is between creation and closure: the `State` of the Organizations API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AccountState {
    /// Created, not usable yet.
    PendingActivation,
    /// In use.
    #[default]
    Active,
    /// Suspended by AWS.
    Suspended,
    /// Being closed.
    PendingClosure,
    /// Closed; AWS deletes it after 90 days.
    Closed,
}

/// How an account came into the organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JoinedMethod {
    /// It existed before and accepted an invitation.
    Invited,
    /// The organization created it.
    #[default]
    Created,
}

/// A resource with its resource-based policy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// The ARN.
    pub arn: String,
    /// The text of the resource-based policy, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyText>,
    /// The tags, as `aws:ResourceTag/…` sees them.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub tags: Pairs<String>,
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
