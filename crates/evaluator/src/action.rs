//! Actions and the patterns of `Action` and `NotAction`.
//!
//! Follows the IAM User Guide, "IAM JSON policy elements: Action": prefix and name compare ignoring case, `*` and `?`
//! may stand anywhere in the name.

use std::fmt;

use crate::pattern::{Pattern, Syntax, Values, Variable};

/// One action of one service, such as `ec2:StartInstances`.
///
/// ```
/// use iam_evaluator::Action;
/// let action = Action::parse("EC2:StartInstances")?;
/// assert_eq!((action.prefix(), action.as_str()), ("ec2", "EC2:StartInstances"));
/// assert!(Action::parse("StartInstances").is_err());
/// # Ok::<(), iam_evaluator::InvalidAction>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    written: Box<str>,
    /// The same in lower case: what patterns are compared with.
    folded: Box<str>,
    prefix_length: usize,
}

impl Action {
    /// Reads `service:Name`.
    ///
    /// # Errors
    /// Where there is no colon, a part is empty, or a wildcard, comma or space stands in it.
    pub fn parse(text: &str) -> Result<Self, InvalidAction> {
        let invalid = || InvalidAction(text.into());
        let (prefix, name) = text.split_once(':').ok_or_else(invalid)?;
        let is_word = |word: &str| {
            !word.is_empty()
                && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        if !is_word(prefix) || !is_word(name) {
            return Err(invalid());
        }
        Ok(Self {
            written: text.into(),
            folded: text.to_ascii_lowercase().into(),
            prefix_length: prefix.len(),
        })
    }

    /// The action as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The service's prefix in lower case.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.folded.get(..self.prefix_length).unwrap_or_default()
    }

    /// The name behind the prefix, in lower case.
    pub(crate) fn name(&self) -> &str {
        self.folded.get(self.prefix_length + 1..).unwrap_or_default()
    }

    /// Whether this is the action, given in lower case.
    pub(crate) fn is(&self, folded: &str) -> bool {
        &*self.folded == folded
    }

    /// The action in lower case, by which actions are compared.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// What else the decision takes from the action besides the statements that name it.
    #[must_use]
    pub fn kind(&self) -> ActionKind {
        let special = SPECIAL.iter().position(|special| self.is(special));
        ActionKind {
            special: special.map(|at| u8::try_from(at).unwrap_or(u8::MAX)),
            assumes_roles: self.prefix() == "sts",
            rcp_supported: crate::evaluate::rcp_supports(self.prefix()),
            global: crate::facts::is_global_service(self.prefix()),
        }
    }
}

/// Actions with a rule of their own.
const SPECIAL: &[&str] = &[
    "sts:getcalleridentity",
    "sts:assumerole",
    "sts:assumeroot",
    "kms:retiregrant",
    "s3:listallmybuckets",
    "s3:getbucketpolicy",
    "s3:putbucketpolicy",
    "s3:deletebucketpolicy",
];

/// Two actions of one kind that the same statements name, asked of the same resource, are decided alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionKind {
    special: Option<u8>,
    assumes_roles: bool,
    rcp_supported: bool,
    global: bool,
}

impl ActionKind {
    /// Whether the service's requests all go to one region, whatever their resource.
    #[must_use]
    pub fn is_global(self) -> bool {
        self.global
    }

    /// Whether RCPs can limit the service's resources.
    #[must_use]
    pub fn is_rcp_supported(self) -> bool {
        self.rcp_supported
    }
}

/// A text that is not `service:Name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidAction(pub Box<str>);

impl fmt::Display for InvalidAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an action, expected a service prefix, a colon and a name, such as `s3:GetObject`",
            self.0
        )
    }
}

impl std::error::Error for InvalidAction {}

/// One entry of `Action` or `NotAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionPattern {
    written: Box<str>,
    matcher: Matcher,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Matcher {
    All,
    /// A pattern over the whole action in lower case; its prefix has no wildcard.
    Named(Pattern),
    /// Text that no action can match: AWS refuses it, so it matches nothing.
    Nothing,
}

impl ActionPattern {
    /// Reads one entry; the second value says what is wrong with it, if anything.
    pub(crate) fn parse(text: &str) -> (Self, Option<String>) {
        let (matcher, problem) = match problem(text) {
            _ if matches!(text, "*" | "*:*") => (Matcher::All, None),
            Some(problem) => (Matcher::Nothing, Some(problem)),
            None => {
                let syntax = Syntax { wildcards: true, variables: false };
                (
                    Matcher::Named(Pattern::parse(&text.to_ascii_lowercase(), syntax, &mut |_| ())),
                    None,
                )
            }
        };
        (Self { written: text.into(), matcher }, problem)
    }

    /// The entry as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The text in lower case that every action named by the entry begins with.
    #[must_use]
    pub fn beginning(&self) -> &str {
        match &self.matcher {
            Matcher::All | Matcher::Nothing => "",
            Matcher::Named(pattern) => pattern.beginning(),
        }
    }

    /// Whether the entry names every action of every service.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.matcher == Matcher::All
    }

    /// Whether the action is meant.
    ///
    /// ```
    /// use iam_evaluator::{Action, PolicyDocument, PolicyType};
    /// let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}"#;
    /// let policy = PolicyDocument::parse(text, PolicyType::Identity);
    /// let pattern = &policy.statements[0].action.patterns[0].value;
    /// assert!(pattern.matches(&Action::parse("S3:getobject")?));
    /// # Ok::<(), iam_evaluator::InvalidAction>(())
    /// ```
    #[must_use]
    pub fn matches(&self, action: &Action) -> bool {
        match &self.matcher {
            Matcher::All => true,
            Matcher::Named(pattern) => pattern.matches(action.folded(), &NoVariables),
            Matcher::Nothing => false,
        }
    }
}

fn problem(text: &str) -> Option<String> {
    let expected = "expected `*` or a service prefix, a colon and a name, such as `s3:Get*`";
    let Some((prefix, name)) = text.split_once(':') else {
        return Some(format!("`{text}` is not an action, {expected}"));
    };
    if prefix.contains(['*', '?']) {
        return Some(format!(
            "a wildcard cannot stand in the service prefix `{prefix}`, {expected}"
        ));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '*' | '?');
    if prefix.is_empty() || name.is_empty() || !prefix.chars().chain(name.chars()).all(allowed) {
        return Some(format!("`{text}` is not an action, {expected}"));
    }
    None
}

/// Actions hold no variables.
struct NoVariables;

impl Values for NoVariables {
    fn value<'v>(&'v self, _: &'v Variable) -> Option<std::borrow::Cow<'v, str>> {
        None
    }
}
