//! Whose permissions are shown: the users and roles of a scenario, and how a question about one is asked.

use iam_scenario::{Account, Document, Request};

use crate::icons::Icon;

/// A user or role of the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// The id of its account.
    pub account: String,
    /// The name of its account.
    pub account_name: String,
    /// What it is.
    pub kind: Kind,
}

/// What a caller is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An IAM user.
    User,
    /// An IAM role: what its sessions may do.
    Role,
    /// The root user of an account.
    Root,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::User => "user",
            Kind::Role => "role",
            Kind::Root => "root user",
        }
    }

    /// Its drawing.
    pub fn icon(self) -> Icon {
        match self {
            Kind::User | Kind::Root => Icon::User,
            Kind::Role => Icon::Role,
        }
    }
}

impl Caller {
    /// What stands behind its name: what it is, and where.
    pub fn aside(&self) -> String {
        match self.kind {
            Kind::Root => format!(" of {}", self.account_name),
            Kind::User | Kind::Role => format!(" {} in {}", self.kind.word(), self.account_name),
        }
    }

    /// The user or role of an ARN; the document knows the name of its account.
    pub fn of_arn(document: &Document, arn: &str) -> Caller {
        let id = arn.split(':').nth(4).unwrap_or_default();
        Caller {
            arn: arn.to_owned(),
            name: arn.rsplit('/').next().unwrap_or(arn).to_owned(),
            account: id.to_owned(),
            account_name: document.account(id).map_or(id, |account| &account.name).to_owned(),
            kind: if arn.contains(":user/") { Kind::User } else { Kind::Role },
        }
    }
}

/// Every user and role of the scenario, account by account, with the root users.
pub fn with_root_users(document: &Document) -> Vec<Caller> {
    let of = |account: &Account| {
        let arn = format!("arn:aws:iam::{}:root", account.id);
        let root = caller(account, arn, "Root user", Kind::Root);
        of_account(account).chain([root]).collect::<Vec<_>>()
    };
    document.accounts().iter().flat_map(|account| of(account)).collect()
}

fn of_account(account: &Account) -> impl Iterator<Item = Caller> + '_ {
    let users = account.users.iter();
    let users = users.map(|user| caller(account, account.user_arn(user), &user.name, Kind::User));
    let roles = account.roles.iter();
    users.chain(roles.map(|role| caller(account, account.role_arn(role), &role.name, Kind::Role)))
}

fn caller(account: &Account, arn: String, name: &str, kind: Kind) -> Caller {
    Caller {
        arn,
        name: name.to_owned(),
        account: account.id.clone(),
        account_name: account.name.clone(),
        kind,
    }
}

/// A question about everything that a principal may do: no action, no resource, no context.
pub fn request_of(principal: &str) -> Request {
    Request {
        principal: principal.to_owned(),
        action: "sts:GetCallerIdentity".to_owned(),
        ..Request::default()
    }
}

/// The same for the principal of a question, with its session and the endpoint that it comes through. Its context does
/// not count: what hangs on a condition key shows as such.
pub fn request_like(request: &Request) -> Request {
    Request {
        session_policies: request.session_policies.clone(),
        session_tags: request.session_tags.clone(),
        vpc_endpoint_policy: request.vpc_endpoint_policy.clone(),
        derive_context: request.derive_context,
        ..request_of(&request.principal)
    }
}
