//! What is inside an account: users, roles and resources, with the policies that count for each.

use std::sync::Arc;

use crate::arn::AccountId;
use crate::policy::Policy;
use crate::request::Tag;

/// An account and what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: Box<str>,
    /// Its IAM users.
    pub users: Vec<User>,
    /// Its IAM roles.
    pub roles: Vec<Role>,
    /// Its resources that have a policy or tags.
    pub resources: Vec<Resource>,
}

impl Account {
    /// An account with nothing in it.
    #[must_use]
    pub fn new(id: AccountId, name: &str) -> Self {
        Self { id, name: name.into(), users: Vec::new(), roles: Vec::new(), resources: Vec::new() }
    }

    /// The user of this name; names are unique ignoring case.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name.eq_ignore_ascii_case(name))
    }

    /// The role of this name; names are unique ignoring case.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.name.eq_ignore_ascii_case(name))
    }
}

/// An IAM user.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// The name.
    pub name: Box<str>,
    /// `arn:aws:iam::ACCOUNT:user/path/Name`.
    pub arn: Box<str>,
    /// The identity-based policies that count for the user: inline, managed, and those of all its groups.
    pub policies: Vec<Arc<Policy>>,
    /// The permissions boundary.
    pub permissions_boundary: Option<Arc<Policy>>,
    /// The user's tags.
    pub tags: Vec<Tag>,
}

/// An IAM role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The name.
    pub name: Box<str>,
    /// `arn:aws:iam::ACCOUNT:role/path/Name`.
    pub arn: Box<str>,
    /// Who may assume the role.
    pub trust_policy: Option<Arc<Policy>>,
    /// The identity-based policies: inline and managed.
    pub policies: Vec<Arc<Policy>>,
    /// The permissions boundary.
    pub permissions_boundary: Option<Arc<Policy>>,
    /// The role's tags.
    pub tags: Vec<Tag>,
}

impl Role {
    /// Whether it is a service-linked role, which neither SCPs nor RCPs limit.
    #[must_use]
    pub fn is_service_linked(&self) -> bool {
        self.arn.contains(":role/aws-service-role/")
    }
}

/// A resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its ARN.
    pub arn: Box<str>,
    /// Its resource-based policy.
    pub policy: Option<Arc<Policy>>,
    /// Its tags.
    pub tags: Vec<Tag>,
}
