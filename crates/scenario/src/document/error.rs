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

    /// Puts the error of serde into the words of the format: it has members and values, not fields and variants.
    pub(super) fn from_serde(
        error: serde_path_to_error::Error<serde_json::Error>,
    ) -> DocumentError {
        let path = error.path().to_string();
        let mut text = error.into_inner().to_string();
        for (theirs, ours) in [
            ("unknown field ", "unknown member "),
            ("missing field ", "missing member "),
            ("duplicate field ", "duplicate member "),
            ("unknown variant ", "unknown value "),
            ("invalid type: null", "invalid type: `null`"),
            ("invalid type: map", "invalid type: an object"),
            ("invalid type: sequence", "invalid type: a list"),
        ] {
            if let Some(rest) = text.strip_prefix(theirs) {
                text = format!("{ours}{rest}");
            }
        }
        // serde's path ends with the unknown member itself; the place is what it stands in.
        let place =
            match text.strip_prefix("unknown member `").and_then(|rest| rest.split('`').next()) {
                Some(member) => path
                    .strip_suffix(member)
                    .map(|parent| parent.trim_end_matches('.'))
                    .unwrap_or(&path),
                None => &path,
            };
        let place = if place == "." { "" } else { place };
        DocumentError::new(
            place,
            text.replace("struct ", "an object, ").replace("a map", "an object"),
        )
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
