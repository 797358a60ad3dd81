//! What is wrong with a policy's text: one sentence each, with a stable code and the place.
//!
//! AWS's own rules are in the IAM User Guide, "Grammar of the IAM JSON policy language"; what AWS rejects is an
//! [`Severity::Error`], what it accepts but people regret is a [`Severity::Warning`].

use std::fmt;

/// A place in a policy's text: byte offsets into its UTF-8, `start` included, `end` excluded.
///
/// ```
/// use iam_evaluator::Span;
/// assert_eq!(Span::new(2, 9).of("[\"a\"]"), None);
/// assert_eq!(Span::new(1, 4).of("[\"a\"]"), Some("\"a\""));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        // A policy longer than 4 GiB does not reach this point: AWS's largest document has 32 KB.
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The text at this place, or `None` where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }
}

/// A value together with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// AWS refuses to save the policy.
    Error,
    /// AWS saves it, and people regret it.
    Warning,
}

/// The stable name of a rule that a policy's text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiagnosticCode {
    /// The text is not JSON.
    InvalidJson,
    /// A member occurs twice in one object.
    DuplicateMember,
    /// A value has the wrong JSON type.
    WrongType,
    /// An element that the policy language does not know.
    UnknownElement,
    /// An element that this type of policy must not contain.
    ForbiddenElement,
    /// An element that this type of policy needs.
    MissingElement,
    /// Two elements that exclude each other, such as `Action` and `NotAction`.
    ConflictingElements,
    /// A `Version` other than `2012-10-17` and `2008-10-17`.
    InvalidVersion,
    /// No `Version`: the rules of 2008-10-17 apply, without policy variables.
    MissingVersion,
    /// An `Effect` other than `Allow` and `Deny`, or one that this type of policy must not have.
    InvalidEffect,
    /// A `Sid` with characters other than letters and digits, or one used twice.
    InvalidSid,
    /// A list without entries.
    EmptyList,
    /// An action that is not `service:Name`.
    InvalidAction,
    /// A resource that is not an ARN pattern.
    InvalidResource,
    /// A principal that no policy can name.
    InvalidPrincipal,
    /// A condition operator that the policy language does not know.
    UnknownOperator,
    /// A condition operator written in an unusual letter case.
    OperatorCase,
    /// A condition value that its operator cannot read.
    InvalidConditionValue,
    /// A policy variable that is not closed or has no name.
    InvalidVariable,
    /// The text is longer than AWS's quota for this type of policy.
    TooLong,
    /// `ForAllValues` that is also true when the key is missing.
    ForAllValuesWithoutNull,
    /// `Bool` in a Deny that lets requests without the key through.
    BoolWithoutIfExists,
    /// `NotPrincipal`, which denies every principal that has a permissions boundary.
    NotPrincipalUsed,
    /// `Allow` with `NotAction`, which grants everything that is not listed.
    AllowWithNotAction,
}

impl DiagnosticCode {
    /// The code as it is written in files and tests, in kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidJson => "invalid-json",
            Self::DuplicateMember => "duplicate-member",
            Self::WrongType => "wrong-type",
            Self::UnknownElement => "unknown-element",
            Self::ForbiddenElement => "forbidden-element",
            Self::MissingElement => "missing-element",
            Self::ConflictingElements => "conflicting-elements",
            Self::InvalidVersion => "invalid-version",
            Self::MissingVersion => "missing-version",
            Self::InvalidEffect => "invalid-effect",
            Self::InvalidSid => "invalid-sid",
            Self::EmptyList => "empty-list",
            Self::InvalidAction => "invalid-action",
            Self::InvalidResource => "invalid-resource",
            Self::InvalidPrincipal => "invalid-principal",
            Self::UnknownOperator => "unknown-operator",
            Self::OperatorCase => "operator-case",
            Self::InvalidConditionValue => "invalid-condition-value",
            Self::InvalidVariable => "invalid-variable",
            Self::TooLong => "too-long",
            Self::ForAllValuesWithoutNull => "for-all-values-without-null",
            Self::BoolWithoutIfExists => "bool-without-if-exists",
            Self::NotPrincipalUsed => "not-principal-used",
            Self::AllowWithNotAction => "allow-with-not-action",
        }
    }

    /// Whether AWS refuses such a policy or only people regret it.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::MissingVersion
            | Self::OperatorCase
            | Self::ForAllValuesWithoutNull
            | Self::BoolWithoutIfExists
            | Self::NotPrincipalUsed
            | Self::AllowWithNotAction => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// One thing that is wrong with a policy's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that is broken.
    pub code: DiagnosticCode,
    /// The smallest place that shows it.
    pub span: Span,
    /// A second place, where there is one: the first of two equal members.
    pub related: Option<Span>,
    /// One sentence in lower case without a full stop; the person's own text stands in backticks.
    pub message: String,
}

impl Diagnostic {
    /// A diagnostic with one place.
    pub(crate) fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, related: None, message: message.into() }
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, self.code.as_str())
    }
}
