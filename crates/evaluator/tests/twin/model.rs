//! What the twin decides about: plain structs and policies as JSON values, nothing compiled and nothing shared.

use std::fmt;

use serde_json::{Value, json};

/// One line each, policies as JSON: a disagreement should be readable.
macro_rules! shown {
    ($type:ty, $self:ident => $format:literal, $($part:expr),*) => {
        impl fmt::Debug for $type {
            fn fmt(&$self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $format, $($part),*)
            }
        }
    };
}

shown!(World, self => "{:?}\n  {:?}\n  {:?}", self.organization, self.levels, self.accounts);
shown!(Attached, self => "\n    SCPs {} RCPs {}", short(&json!(self.scps)), short(&json!(self.rcps)));
shown!(Account, self => "\n  {} in {:?} {:?}{:?}{:?}{:?}",
    self.id, self.place, self.attached, self.users, self.roles, self.resources);
shown!(Identity, self => "\n    {} {} boundary {} trust {} tags {:?}",
    self.arn, short(&json!(self.policies)), short(&json!(self.boundary)), short(&json!(self.trust)), self.tags);
shown!(Resource, self => "\n    {} {} tags {:?}", self.arn, short(&json!(self.policy)), self.tags);
shown!(Question, self => "{} {} {} of {:?} with {:?} derive {} session {} {:?} endpoint {} instead {}",
    self.caller.text(), self.action, self.resource, self.owner, self.context, self.derive,
    short(&json!(self.session_policies)), self.session_tags, short(&json!(self.endpoint_policy)), short(&json!(self.resource_policy)));

const FULL: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

fn short(policies: &Value) -> String {
    policies.to_string().replace(FULL, "full")
}

/// Accounts, and the tree that some of them stand in: root → `ou-root-aaaaaaaa` → `ou-root-bbbbbbbb`.
#[derive(Clone)]
pub struct World {
    pub organization: Option<Settings>,
    /// Root, outer OU and inner OU.
    pub levels: [Attached; 3],
    pub accounts: Vec<Account>,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub management: Option<&'static str>,
    pub scps: bool,
    pub rcps: bool,
}

/// The ids of the levels.
pub const LEVELS: [&str; 3] = ["r-root", "ou-root-aaaaaaaa", "ou-root-bbbbbbbb"];
pub const ORGANIZATION: &str = "o-abcdefghij";

/// The policies attached to one level or account.
#[derive(Clone, Default)]
pub struct Attached {
    pub scps: Vec<Value>,
    pub rcps: Vec<Value>,
}

#[derive(Clone)]
pub struct Account {
    pub id: &'static str,
    /// The level that it stands directly below; `None` outside the organization.
    pub place: Option<usize>,
    pub attached: Attached,
    pub users: Vec<Identity>,
    pub roles: Vec<Identity>,
    pub resources: Vec<Resource>,
}

/// A user or a role.
#[derive(Clone)]
pub struct Identity {
    pub name: &'static str,
    pub arn: String,
    pub policies: Vec<Value>,
    pub boundary: Option<Value>,
    pub tags: Vec<(&'static str, &'static str)>,
    pub trust: Option<Value>,
}

#[derive(Clone)]
pub struct Resource {
    pub arn: &'static str,
    pub policy: Option<Value>,
    pub tags: Vec<(&'static str, &'static str)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Caller {
    Root {
        account: &'static str,
    },
    User {
        account: &'static str,
        arn: &'static str,
    },
    /// A session of a role; `role` is the name, which is all that a session's ARN tells.
    Session {
        account: &'static str,
        role: &'static str,
        session: &'static str,
    },
    Federated {
        account: &'static str,
        name: &'static str,
    },
    Service(&'static str),
    Anonymous,
}

/// One question.
#[derive(Clone)]
pub struct Question {
    pub caller: Caller,
    pub action: &'static str,
    /// An ARN or `*`.
    pub resource: &'static str,
    /// Who owns a resource that no account lists and whose ARN names no account.
    pub owner: Option<&'static str>,
    /// No values: the key is taken away.
    pub context: Vec<(&'static str, Vec<&'static str>)>,
    pub derive: bool,
    pub session_policies: Vec<Value>,
    pub session_tags: Vec<(&'static str, &'static str)>,
    pub endpoint_policy: Option<Value>,
    pub resource_policy: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Allowed,
    ExplicitDeny,
    ImplicitDeny,
}

impl World {
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The levels above an account, from the root down.
    pub fn path(&self, account: &Account) -> &[Attached] {
        match account.place {
            Some(place) if self.organization.is_some() => &self.levels[..=place],
            _ => &[],
        }
    }

    pub fn is_member(&self, id: &str) -> bool {
        self.account(id).is_some_and(|account| !self.path(account).is_empty())
    }

    /// The value of `aws:PrincipalOrgPaths` for an account.
    pub fn org_path(&self, id: &str) -> Option<String> {
        let place = self.account(id).filter(|_| self.is_member(id))?.place?;
        Some(format!("{ORGANIZATION}/{}/", LEVELS[..=place].join("/")))
    }

    pub fn is_management(&self, id: &str) -> bool {
        self.organization.as_ref().is_some_and(|settings| settings.management == Some(id))
    }

    /// The listed resource that an ARN names or lies in.
    pub fn listed(&self, arn: &str) -> Option<(&Account, &Resource)> {
        let covers = |resource: &Resource| {
            arn == resource.arn || arn.starts_with(&format!("{}/", resource.arn))
        };
        self.accounts.iter().find_map(|account| {
            Some((account, account.resources.iter().find(|resource| covers(resource))?))
        })
    }
}

impl Caller {
    pub fn account(&self) -> Option<&'static str> {
        match self {
            Self::Root { account }
            | Self::User { account, .. }
            | Self::Session { account, .. }
            | Self::Federated { account, .. } => Some(account),
            Self::Service(_) | Self::Anonymous => None,
        }
    }

    /// As a scenario writes it.
    pub fn text(&self) -> String {
        match self {
            Self::Root { account } => format!("arn:aws:iam::{account}:root"),
            Self::User { arn, .. } => (*arn).to_owned(),
            Self::Session { account, role, session } => {
                format!("arn:aws:sts::{account}:assumed-role/{role}/{session}")
            }
            Self::Federated { account, name } => {
                format!("arn:aws:sts::{account}:federated-user/{name}")
            }
            Self::Service(name) => (*name).to_owned(),
            Self::Anonymous => "*".to_owned(),
        }
    }
}
