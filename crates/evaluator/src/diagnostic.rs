//! What is wrong with a policy's text: one sentence each, with a stable code and the place.
//!
//! AWS's own rules are in the IAM User Guide, "Grammar of the IAM JSON policy language"; what AWS rejects is an
//! [`Severity::Error`], what it accepts but people regret is a [`Severity::Warning`].

mod code;
mod fix;

use std::fmt;

pub use code::DiagnosticCode;
pub use fix::{Edit, Fix};

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
    /// A repair, where one is known.
    pub fix: Option<Fix>,
    severity: Severity,
}

impl Diagnostic {
    /// A diagnostic with one place, as bad as its code says.
    ///
    /// Public for checks that need more than the policy, such as AWS's catalogue of actions.
    pub fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Self {
        let (message, severity) = (message.into(), code.severity());
        Self { code, span, related: None, message, fix: None, severity }
    }

    /// The same with a second place.
    pub(crate) fn with_related(self, span: Span) -> Self {
        Self { related: Some(span), ..self }
    }

    /// The same with a repair.
    #[must_use]
    pub fn with_fix(self, fix: impl Into<Option<Fix>>) -> Self {
        Self { fix: fix.into(), ..self }
    }

    /// The same, in a type of policy in which it is as bad as this.
    pub(crate) fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// How bad it is in this type of policy.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, self.code.as_str())
    }
}
