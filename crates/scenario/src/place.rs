//! Where in a document the text of a policy stands: what an editor edits and what a diagnostic points at.

use crate::{Document, PolicyText};

/// A user, group or role of an account, by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity {
    /// A user.
    User(String),
    /// A group.
    Group(String),
    /// A role.
    Role(String),
}

impl Identity {
    /// Returns the name.
    pub fn name(&self) -> &str {
        match self {
            Identity::User(name) | Identity::Group(name) | Identity::Role(name) => name,
        }
    }

    /// Returns the word for its kind: `user`, `group` or `role`, as in its ARN.
    pub fn kind(&self) -> &'static str {
        match self {
            Identity::User(_) => "user",
            Identity::Group(_) => "group",
            Identity::Role(_) => "role",
        }
    }

    /// Makes an identity of the same kind with another name.
    pub fn renamed(&self, name: impl Into<String>) -> Identity {
        match self {
            Identity::User(_) => Identity::User(name.into()),
            Identity::Group(_) => Identity::Group(name.into()),
            Identity::Role(_) => Identity::Role(name.into()),
        }
    }
}

/// Where in a document the text of a policy stands.
///
/// ```
/// use iam_scenario::{Document, PolicyPlace};
///
/// let document = Document::from_json(r#"{ "format": 1, "organization": {
///     "policies": [{ "id": "p-denyec2dev", "document": "{ unfinished" }] } }"#)?;
/// let place = PolicyPlace::Organization { policy: "p-denyec2dev".into() };
/// assert_eq!(document.policy_text(&place).map(|text| text.as_str()), Some("{ unfinished"));
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyPlace {
    /// A service or resource control policy, by its id.
    Organization {
        /// The id of the policy.
        policy: String,
    },
    /// A managed IAM policy, by its ARN; AWS's own can be looked at but not edited.
    Managed {
        /// The ARN of the policy.
        arn: String,
    },
    /// A policy embedded in a user, group or role.
    Inline {
        /// The id of the account.
        account: String,
        /// The user, group or role.
        identity: Identity,
        /// The name of the policy.
        name: String,
    },
    /// The trust policy of a role.
    Trust {
        /// The id of the account.
        account: String,
        /// The name of the role.
        role: String,
    },
    /// The resource-based policy of a resource.
    Resource {
        /// The id of the account that lists it.
        account: String,
        /// The ARN of the resource.
        arn: String,
    },
    /// A policy passed with a session of a request.
    Session {
        /// Which request.
        request: usize,
        /// Which of its session policies.
        index: usize,
    },
    /// The VPC endpoint policy of a request.
    VpcEndpoint {
        /// Which request.
        request: usize,
    },
    /// The resource-based policy that a request brings along.
    RequestResource {
        /// Which request.
        request: usize,
    },
}

impl Document {
    /// Finds the text of a policy by its place.
    pub fn policy_text(&self, place: &PolicyPlace) -> Option<&PolicyText> {
        match place {
            PolicyPlace::Organization { policy } => Some(&self.policy(policy)?.document),
            PolicyPlace::Managed { arn } => self.managed_policy(arn),
            PolicyPlace::Inline { account, identity, name } => {
                let account = self.account(account)?;
                let policies = match identity {
                    Identity::User(name) => &account.user(name)?.inline_policies,
                    Identity::Group(name) => &account.group(name)?.inline_policies,
                    Identity::Role(name) => &account.role(name)?.inline_policies,
                };
                policies.iter().find(|policy| policy.name == *name).map(|policy| &policy.document)
            }
            PolicyPlace::Trust { account, role } => {
                Some(&self.account(account)?.role(role)?.trust_policy)
            }
            PolicyPlace::Resource { account, arn } => self
                .account(account)?
                .resources
                .iter()
                .find(|resource| resource.arn == *arn)?
                .policy
                .as_ref(),
            PolicyPlace::Session { request, index } => {
                self.requests.get(*request)?.session_policies.get(*index)
            }
            PolicyPlace::VpcEndpoint { request } => {
                self.requests.get(*request)?.vpc_endpoint_policy.as_ref()
            }
            PolicyPlace::RequestResource { request } => {
                self.requests.get(*request)?.resource_policy.as_ref()
            }
        }
    }
}
