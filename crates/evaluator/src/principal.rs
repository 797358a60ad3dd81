//! Who a statement means: the entries of `Principal` and `NotPrincipal`.
//!
//! Follows the IAM User Guide, "AWS JSON policy elements: Principal".

use crate::arn::{AccountId, Arn};

/// Identity providers that IAM knows without being told about them.
pub(crate) const PUBLIC_PROVIDERS: [&str; 4] = [
    "cognito-identity.amazonaws.com",
    "www.amazon.com",
    "graph.facebook.com",
    "accounts.google.com",
];

/// One entry of `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalEntry {
    /// `"*"` or `{"AWS": "*"}`: everybody, anonymous callers included.
    Everyone,
    /// An account's id or its root ARN: delegates to the account.
    Account(AccountId),
    /// A user's ARN.
    User(IdentityArn),
    /// A role's ARN: every session of the role.
    Role(IdentityArn),
    /// One session of a role.
    AssumedRole {
        /// The account of the role.
        account: AccountId,
        /// The role's name, without path.
        role: Box<str>,
        /// The session's name.
        session: Box<str>,
    },
    /// One session made with `GetFederationToken`.
    FederatedUser {
        /// The account of the calling user.
        account: AccountId,
        /// The session's name.
        name: Box<str>,
    },
    /// An identity provider, in trust policies.
    Federated(Box<str>),
    /// An AWS service acting for itself.
    Service(Box<str>),
    /// The canonical id of an account, in S3.
    CanonicalUser(Box<str>),
    /// The unique id left behind by a deleted user or role: nobody living.
    UniqueId(Box<str>),
    /// A text that AWS refuses: nobody.
    Invalid(Box<str>),
}

/// The ARN of a user or a role, in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityArn {
    /// The partition, such as `aws`.
    pub partition: Box<str>,
    /// The account.
    pub account: AccountId,
    /// The path, from `/` to `/`.
    pub path: Box<str>,
    /// The name.
    pub name: Box<str>,
}

impl IdentityArn {
    /// Splits `path/to/Name` behind `user/` or `role/`.
    pub(crate) fn new(partition: &str, account: AccountId, path_and_name: &str) -> Self {
        let (path, name) = match path_and_name.rsplit_once('/') {
            Some((path, name)) => (format!("/{path}/"), name),
            None => ("/".to_owned(), path_and_name),
        };
        Self { partition: partition.into(), account, path: path.into(), name: name.into() }
    }
}

impl PrincipalEntry {
    /// Reads an entry under `"AWS"`; the second value says what is wrong with it, if anything.
    pub(crate) fn parse_aws(text: &str) -> (Self, Option<String>) {
        if text == "*" {
            return (Self::Everyone, None);
        }
        if let Ok(account) = text.parse() {
            return (Self::Account(account), None);
        }
        if is_unique_id(text) {
            return (Self::UniqueId(text.into()), None);
        }
        match Self::parse_arn(text) {
            Some(entry) => (entry, None),
            None => (Self::Invalid(text.into()), Some(aws_problem(text))),
        }
    }

    fn parse_arn(text: &str) -> Option<Self> {
        let arn = Arn::split(text)?;
        let account = arn.account_id()?;
        if arn.resource.contains(['*', '?']) || arn.resource.ends_with('/') {
            return None;
        }
        match (arn.service, arn.resource.split_once('/')) {
            ("iam", None) if arn.resource == "root" => Some(Self::Account(account)),
            ("iam", Some(("user", rest))) => {
                Some(Self::User(IdentityArn::new(arn.partition, account, rest)))
            }
            ("iam", Some(("role", rest))) => {
                Some(Self::Role(IdentityArn::new(arn.partition, account, rest)))
            }
            ("sts", Some(("assumed-role", rest))) => {
                let (role, session) = rest.split_once('/')?;
                Some(Self::AssumedRole { account, role: role.into(), session: session.into() })
            }
            ("sts", Some(("federated-user", name))) => {
                Some(Self::FederatedUser { account, name: name.into() })
            }
            _ => None,
        }
    }

    /// Reads an entry under `"Service"`.
    pub(crate) fn parse_service(text: &str) -> (Self, Option<String>) {
        let is_service = text.contains('.') && !text.contains(['*', '?', ' ', '/', ':']);
        if is_service {
            (Self::Service(text.into()), None)
        } else {
            let problem = format!(
                "`{text}` is not a service principal, expected a name such as `lambda.amazonaws.com`"
            );
            (Self::Invalid(text.into()), Some(problem))
        }
    }

    /// Reads an entry under `"Federated"`; the second value says what is wrong with it, if anything.
    pub(crate) fn parse_federated(text: &str) -> (Self, Option<String>) {
        let is_provider = Arn::split(text).is_some_and(|arn| {
            let (kind, name) = arn.resource.split_once('/').unwrap_or_default();
            arn.service == "iam"
                && arn.account_id().is_some()
                && matches!(kind, "saml-provider" | "oidc-provider")
                && !name.is_empty()
                && !name.contains(['*', '?'])
        });
        let problem = (!is_provider && !PUBLIC_PROVIDERS.contains(&text)).then(|| {
            format!(
                "`{text}` is not an identity provider, expected the ARN of a SAML or OIDC provider, or a name such as \
                 `cognito-identity.amazonaws.com`"
            )
        });
        (Self::Federated(text.into()), problem)
    }

    /// Reads an entry under `"CanonicalUser"`; the second value says what is wrong with it, if anything.
    pub(crate) fn parse_canonical_user(text: &str) -> (Self, Option<String>) {
        let is_hexadecimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let problem = (!is_hexadecimal).then(|| {
            format!("`{text}` is not a canonical user id, expected 64 hexadecimal digits")
        });
        (Self::CanonicalUser(text.into()), problem)
    }
}

fn is_unique_id(text: &str) -> bool {
    let prefixes = ["AROA", "AIDA", "AGPA", "ASIA", "AKIA", "AIPA", "ANPA"];
    text.len() >= 16
        && prefixes.iter().any(|prefix| text.starts_with(prefix))
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

fn aws_problem(text: &str) -> String {
    if text.contains(['*', '?']) {
        return format!(
            "`{text}` has a wildcard, which `Principal` does not know: write `*` and a condition on `aws:PrincipalArn`"
        );
    }
    if text.contains(":group/") {
        return format!("`{text}` is a group, and groups cannot be principals");
    }
    format!(
        "`{text}` is not a principal, expected `*`, an account id, or the ARN of a user, role or session"
    )
}
