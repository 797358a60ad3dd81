//! An account: its place in AWS Organizations, the identities of its IAM, and its resources.

use std::sync::Arc;

#[cfg(test)]
use serde::{Deserialize, Serialize};

use super::{Group, ManagedPolicy, Pairs, Role, User};
use crate::PolicyText;

/// An AWS account with its IAM and its resources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct Account {
    /// The id, 12 digits.
    #[cfg_attr(test, schemars(regex(pattern = r"^\d{12}$")))]
    pub id: String,
    /// The name; left out: the id.
    #[cfg_attr(test, serde(default))]
    pub name: String,
    /// The address of the root user.
    #[cfg_attr(test, serde(default, skip_serializing_if = "String::is_empty"))]
    pub email: String,
    /// Where it is between creation and closure; left out: `ACTIVE`.
    #[cfg_attr(test, serde(default, skip_serializing_if = "is_default"))]
    pub state: AccountState,
    /// How it came into the organization; left out: `CREATED`.
    #[cfg_attr(test, serde(default, skip_serializing_if = "is_default"))]
    pub joined_method: JoinedMethod,
    /// The ids of the SCPs and RCPs attached directly to it. Left out: `p-FullAWSAccess` for a member
    /// of an organization with SCPs enabled; an empty list means that none is attached.
    #[cfg_attr(test, schemars(extend("default" = ["p-FullAWSAccess"])))]
    #[cfg_attr(test, serde(default))]
    pub attached_policies: Vec<String>,
    /// The customer managed IAM policies.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub managed_policies: Vec<Arc<ManagedPolicy>>,
    /// The IAM users.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub users: Vec<Arc<User>>,
    /// The IAM groups.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub groups: Vec<Arc<Group>>,
    /// The IAM roles.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub roles: Vec<Arc<Role>>,
    /// The resources that matter to the scenario.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub resources: Vec<Arc<Resource>>,
}

/// Where an account is between creation and closure: the `State` of the Organizations API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "SCREAMING_SNAKE_CASE"))]
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

/// The states with the names of the Organizations API.
pub(super) const STATES: [(&str, AccountState); 5] = [
    ("PENDING_ACTIVATION", AccountState::PendingActivation),
    ("ACTIVE", AccountState::Active),
    ("SUSPENDED", AccountState::Suspended),
    ("PENDING_CLOSURE", AccountState::PendingClosure),
    ("CLOSED", AccountState::Closed),
];

/// How an account came into the organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "SCREAMING_SNAKE_CASE"))]
pub enum JoinedMethod {
    /// It existed before and accepted an invitation.
    Invited,
    /// The organization created it.
    #[default]
    Created,
}

/// The ways with the names of the Organizations API.
pub(super) const JOINED_METHODS: [(&str, JoinedMethod); 2] =
    [("INVITED", JoinedMethod::Invited), ("CREATED", JoinedMethod::Created)];

/// A resource with its resource-based policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Resource {
    /// The ARN.
    pub arn: String,
    /// The text of the resource-based policy, if it has one.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub policy: Option<PolicyText>,
    /// The tags, as `aws:ResourceTag/…` sees them.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Pairs::is_empty"))]
    pub tags: Pairs<String>,
}

#[cfg(test)]
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
