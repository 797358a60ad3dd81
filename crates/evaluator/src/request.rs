//! Requests: who wants to do what to which resource, and what else is known.
//!
//! Follows the IAM User Guide, "The request context".

use std::fmt;
use std::sync::Arc;

use crate::action::Action;
use crate::arn::{AccountId, Arn};
use crate::condition::{ConditionKey, Instant};
use crate::policy::Policy;
use crate::principal::{IdentityArn, PUBLIC_PROVIDERS};

/// One question: may this principal do this action to this resource?
///
/// ```
/// use iam_evaluator::{Action, Request, RequestPrincipal, RequestResource};
/// let request = Request::new(
///     RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?,
///     Action::parse("ec2:StartInstances")?,
///     RequestResource::parse("arn:aws:ec2:us-east-1:111122223333:instance/i-0abc")?,
/// );
/// assert!(request.derive_context);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who asks.
    pub principal: RequestPrincipal,
    /// What they want to do.
    pub action: Action,
    /// To which resource.
    pub resource: RequestResource,
    /// Who owns the resource, where its ARN does not say.
    pub resource_account: Option<AccountId>,
    /// The values of condition keys that the request brings along.
    pub context: RequestContext,
    /// Whether keys that follow from the organization, the identities and the request are filled in.
    pub derive_context: bool,
    /// When the request is made; gives `aws:CurrentTime` and `aws:EpochTime`. The evaluator reads no clock.
    pub time: Option<Instant>,
    /// Session policies. None: the session was made without any.
    pub session_policies: Vec<Arc<Policy>>,
    /// Session tags: they stand before the role's tags of the same key.
    pub session_tags: Vec<Tag>,
    /// The policy of the VPC endpoint that the request came through.
    pub vpc_endpoint_policy: Option<Arc<Policy>>,
    /// A resource-based policy that counts instead of the one that the resource has in the organization.
    pub resource_policy: Option<Arc<Policy>>,
}

impl Request {
    /// A question without context, with derived keys filled in.
    #[must_use]
    pub fn new(principal: RequestPrincipal, action: Action, resource: RequestResource) -> Self {
        Self {
            principal,
            action,
            resource,
            resource_account: None,
            context: RequestContext::default(),
            derive_context: true,
            time: None,
            session_policies: Vec::new(),
            session_tags: Vec::new(),
            vpc_endpoint_policy: None,
            resource_policy: None,
        }
    }
}

/// A tag of a user, role, session or resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The tag's key.
    pub key: Box<str>,
    /// Its value.
    pub value: Box<str>,
}

impl Tag {
    /// A tag.
    #[must_use]
    pub fn new(key: &str, value: &str) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestPrincipal {
    /// An account's root user.
    RootUser {
        /// The partition, such as `aws`.
        partition: Box<str>,
        /// The account.
        account: AccountId,
    },
    /// An IAM user.
    User(IdentityArn),
    /// A session of a role.
    AssumedRole {
        /// The role. A session ARN names no path: then the path is `/` and only the name counts.
        role: IdentityArn,
        /// The session's name.
        session: Box<str>,
    },
    /// A session made with `GetFederationToken`.
    FederatedUser {
        /// The partition.
        partition: Box<str>,
        /// The account of the IAM user who made the session.
        account: AccountId,
        /// The session's name.
        name: Box<str>,
        /// The name of that IAM user. Without it: the user of the session's name, or the only user of the account.
        user: Option<Box<str>>,
    },
    /// Somebody for whom a SAML or OIDC identity provider vouches, by the provider's ARN or name: the caller of
    /// `sts:AssumeRoleWithSAML` and `sts:AssumeRoleWithWebIdentity`, who is of no account yet.
    Federated(Box<str>),
    /// An AWS service acting for itself, such as `cloudtrail.amazonaws.com`.
    Service(Box<str>),
    /// A caller who has proved nothing.
    Anonymous,
}

/// The session name of a role that is given by its ARN alone.
const DEFAULT_SESSION: &str = "session";

impl RequestPrincipal {
    /// Reads a principal: a user, role, session or root ARN, an identity provider, a service principal, or `*` for an
    /// anonymous caller.
    ///
    /// # Errors
    /// Where the text is none of these; the error says what was expected.
    pub fn parse(text: &str) -> Result<Self, InvalidPrincipal> {
        let invalid = || InvalidPrincipal(text.into());
        if text == "*" {
            return Ok(Self::Anonymous);
        }
        if PUBLIC_PROVIDERS.contains(&text) {
            return Ok(Self::Federated(text.into()));
        }
        if !text.starts_with("arn:") {
            let is_service = text.contains('.') && !text.contains([' ', '/', ':', '*', '?']);
            return if is_service { Ok(Self::Service(text.into())) } else { Err(invalid()) };
        }
        let arn = Arn::split(text).ok_or_else(invalid)?;
        let account = arn.account_id().ok_or_else(invalid)?;
        if arn.resource.contains(['*', '?']) || arn.resource.ends_with('/') {
            return Err(invalid());
        }
        let partition = arn.partition;
        match (arn.service, arn.resource.split_once('/')) {
            ("iam", None) if arn.resource == "root" => {
                Ok(Self::RootUser { partition: partition.into(), account })
            }
            ("iam", Some(("user", rest))) => {
                Ok(Self::User(IdentityArn::new(partition, account, rest)))
            }
            ("iam", Some(("role", rest))) => {
                let role = IdentityArn::new(partition, account, rest);
                Ok(Self::AssumedRole { role, session: DEFAULT_SESSION.into() })
            }
            ("iam", Some(("saml-provider" | "oidc-provider", _))) => {
                Ok(Self::Federated(text.into()))
            }
            ("sts", Some(("assumed-role", rest))) => {
                let (role, session) = rest.split_once('/').ok_or_else(invalid)?;
                let role = IdentityArn::new(partition, account, role);
                Ok(Self::AssumedRole { role, session: session.into() })
            }
            ("sts", Some(("federated-user", name))) => Ok(Self::FederatedUser {
                partition: partition.into(),
                account,
                name: name.into(),
                user: None,
            }),
            _ => Err(invalid()),
        }
    }

    /// The caller's account; services, federated identities and anonymous callers have none.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::RootUser { account, .. } | Self::FederatedUser { account, .. } => Some(*account),
            Self::User(arn) | Self::AssumedRole { role: arn, .. } => Some(arn.account),
            Self::Federated(_) | Self::Service(_) | Self::Anonymous => None,
        }
    }
}

impl fmt::Display for RequestPrincipal {
    /// The ARN as AWS writes it into messages: for sessions, the session's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RootUser { partition, account } => {
                write!(f, "arn:{partition}:iam::{account}:root")
            }
            Self::User(user) => {
                write!(
                    f,
                    "arn:{}:iam::{}:user{}{}",
                    user.partition, user.account, user.path, user.name
                )
            }
            Self::AssumedRole { role, session } => {
                write!(
                    f,
                    "arn:{}:sts::{}:assumed-role/{}/{session}",
                    role.partition, role.account, role.name
                )
            }
            Self::FederatedUser { partition, account, name, .. } => {
                write!(f, "arn:{partition}:sts::{account}:federated-user/{name}")
            }
            Self::Federated(name) | Self::Service(name) => f.write_str(name),
            Self::Anonymous => f.write_str("anonymous"),
        }
    }
}

/// A text that is no principal of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPrincipal(pub Box<str>);

impl fmt::Display for InvalidPrincipal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a principal, expected the ARN of a user, a role, a session, an account's root user or an \
             identity provider, a service principal such as `cloudtrail.amazonaws.com`, or `*` for an anonymous caller",
            self.0
        )
    }
}

impl std::error::Error for InvalidPrincipal {}

/// The resource of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestResource {
    /// `*`: the action works on no particular resource.
    None,
    /// An ARN.
    Arn(ResourceArn),
}

/// An ARN whose parts have been found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceArn {
    text: Box<str>,
    /// Where its first five colons stand.
    colons: [usize; 5],
}

impl RequestResource {
    /// Reads an ARN or `*`.
    ///
    /// # Errors
    /// Where the text is neither.
    pub fn parse(text: &str) -> Result<Self, InvalidResource> {
        if text == "*" {
            return Ok(Self::None);
        }
        let mut colons = text.match_indices(':').map(|(at, _)| at);
        let first_five: Option<Vec<usize>> = (0..5).map(|_| colons.next()).collect();
        match (Arn::split(text), first_five.and_then(|five| <[usize; 5]>::try_from(five).ok())) {
            (Some(_), Some(colons)) => Ok(Self::Arn(ResourceArn { text: text.into(), colons })),
            _ => Err(InvalidResource(text.into())),
        }
    }

    /// The text that patterns are compared with.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::None => "*",
            Self::Arn(arn) => &arn.text,
        }
    }

    /// The parts of the ARN.
    #[must_use]
    pub fn arn(&self) -> Option<Arn<'_>> {
        let Self::Arn(ResourceArn { text, colons: [first, second, third, fourth, fifth] }) = self
        else {
            return None;
        };
        Some(Arn {
            partition: text.get(first + 1..*second)?,
            service: text.get(second + 1..*third)?,
            region: text.get(third + 1..*fourth)?,
            account: text.get(fourth + 1..*fifth)?,
            resource: text.get(fifth + 1..)?,
        })
    }
}

/// A text that is no resource of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidResource(pub Box<str>);

impl fmt::Display for InvalidResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a resource, expected an ARN such as `arn:aws:s3:::bucket/key`, or `*`",
            self.0
        )
    }
}

impl std::error::Error for InvalidResource {}

/// The condition keys that a request brings along. Names compare ignoring case.
///
/// ```
/// use iam_evaluator::{ConditionKey, RequestContext};
/// let mut context = RequestContext::default();
/// context.set(ConditionKey::new("aws:SourceIp"), vec!["203.0.113.7".into()]);
/// assert_eq!(context.get(&ConditionKey::new("AWS:SOURCEIP")), Some(&["203.0.113.7".into()][..]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestContext {
    /// Sorted by key. A key without values is taken away even where it would be derived.
    entries: Vec<(ConditionKey, Vec<Box<str>>)>,
}

impl RequestContext {
    /// Gives a key its values; no values take the key away.
    pub fn set(&mut self, key: ConditionKey, values: Vec<Box<str>>) {
        match self.entries.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(at) => {
                if let Some(entry) = self.entries.get_mut(at) {
                    *entry = (key, values);
                }
            }
            Err(at) => self.entries.insert(at, (key, values)),
        }
    }

    /// The values of a key: `Some(&[])` where it was taken away, `None` where the request says nothing of it.
    #[must_use]
    pub fn get(&self, key: &ConditionKey) -> Option<&[Box<str>]> {
        self.get_folded(key.folded())
    }

    pub(crate) fn get_folded(&self, folded: &str) -> Option<&[Box<str>]> {
        // Texts of different lengths differ at a glance, so a few keys are looked through sooner than searched.
        const FEW: usize = 16;
        if self.entries.len() <= FEW {
            let entry = self.entries.iter().find(|(known, _)| known.folded() == folded);
            return entry.map(|(_, values)| &**values);
        }
        let at = self.entries.binary_search_by(|(known, _)| known.folded().cmp(folded)).ok()?;
        self.entries.get(at).map(|(_, values)| &**values)
    }

    /// Every key with its values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&ConditionKey, &[Box<str>])> {
        self.entries.iter().map(|(key, values)| (key, &**values))
    }
}
