//! What is wrong with a scenario, and where.

use std::fmt;

/// Why a text is not a scenario: the place, and what was expected there.
///
/// ```
/// use iam_scenario::Document;
///
/// let error = Document::from_json(r#"{ "format": 2 }"#).unwrap_err();
/// assert!(error.is_newer());
/// assert_eq!(
///     error.to_string(),
///     "this scenario was made by a newer version (format 2); this page reads format 1"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError {
    place: String,
    message: String,
    newer: bool,
}

impl DocumentError {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> DocumentError {
        DocumentError { place: place.into(), message: message.into(), newer: false }
    }

    pub(super) fn newer(message: String) -> DocumentError {
        DocumentError { place: String::new(), message, newer: true }
    }

    /// Returns the path of the offending member, such as `accounts[2].roles[0]`; empty for the whole document.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the sentence without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Decides whether the scenario was made by a newer version: then a reload may help.
    pub fn is_newer(&self) -> bool {
        self.newer
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.message),
            place => write!(f, "`{place}`: {}", self.message),
        }
    }
}

impl std::error::Error for DocumentError {}
