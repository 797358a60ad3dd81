//! The exceptions with which AWS refuses an edit: its own names, reasons and sentences.

use std::fmt;

/// Why AWS would refuse an edit.
///
/// ```
/// use iam_scenario::{Action, Document, apply};
///
/// let document = Document::from_json(r#"{ "format": 1, "organization": {} }"#)?;
/// let action = Action::DetachPolicy { policy: "p-FullAWSAccess".into(), target: "r-root".into() };
/// let refusal = apply(&document, &action).unwrap_err();
/// assert!(refusal.to_string().starts_with(
///     "ConstraintViolationException (MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED): You attempted to detach a policy"
/// ));
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    exception: &'static str,
    reason: Option<&'static str>,
    message: String,
}

impl Exception {
    pub(crate) fn new(exception: &'static str, message: impl Into<String>) -> Exception {
        Exception { exception, reason: None, message: message.into() }
    }

    pub(crate) fn with_reason(
        exception: &'static str,
        reason: &'static str,
        message: impl Into<String>,
    ) -> Exception {
        Exception { exception, reason: Some(reason), message: message.into() }
    }

    /// A rule of Organizations is broken.
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html#API_AttachPolicy_Errors>
    pub(crate) fn constraint(reason: &'static str, message: impl Into<String>) -> Exception {
        Exception::with_reason("ConstraintViolationException", reason, message)
    }

    /// A name, id or text is not one that Organizations takes.
    pub(crate) fn invalid_input(reason: &'static str, message: impl Into<String>) -> Exception {
        Exception::with_reason("InvalidInputException", reason, message)
    }

    /// IAM knows nothing of that name.
    pub(crate) fn no_such_entity(message: impl Into<String>) -> Exception {
        Exception::new("NoSuchEntity", message)
    }

    /// Returns the name of the exception, such as `ConstraintViolationException`.
    pub fn exception(&self) -> &'static str {
        self.exception
    }

    /// Returns the reason that AWS gives with it, such as `OU_DEPTH_LIMIT_EXCEEDED`.
    pub fn reason(&self) -> Option<&'static str> {
        self.reason
    }

    /// Returns the sentence.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            Some(reason) => write!(f, "{} ({reason}): {}", self.exception, self.message),
            None => write!(f, "{}: {}", self.exception, self.message),
        }
    }
}

impl std::error::Error for Exception {}
