//! Why a link does not open, in words.

use std::fmt;

use crate::DocumentError;

/// Why a link does not open a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// The text is something else than a share link.
    NotAScenario,
    /// A newer version of the page made it.
    Newer {
        /// The tag that this version does not know, such as `s2`.
        tag: String,
    },
    /// Its end is missing.
    Truncated,
    /// Something in it was changed on the way.
    Corrupt,
    /// It holds more than this page is willing to unpack.
    TooLarge,
    /// It builds on a scenario of the gallery, which is not at hand: see [`gallery_name`](super::gallery_name).
    Gallery {
        /// The name of that scenario.
        name: String,
    },
    /// It edits a scenario of the gallery, but what is at hand under its name is another one.
    OtherGallery {
        /// The name of that scenario.
        name: String,
    },
    /// It is intact, but what it holds is not a scenario.
    Invalid(DocumentError),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::NotAScenario => f.write_str("this link holds no scenario"),
            LinkError::Newer { tag } => {
                write!(
                    f,
                    "this link was made by a newer version (`{tag}`); reload the page to get that version"
                )
            }
            LinkError::Truncated => f.write_str(
                "this link was cut off: its end is missing; ask for it again, perhaps as a file",
            ),
            LinkError::Corrupt => {
                f.write_str("this link was damaged on the way: its checksum does not fit")
            }
            LinkError::TooLarge => f.write_str("this link unpacks to more than this page accepts"),
            LinkError::Gallery { name } => write!(
                f,
                "this link builds on the scenario `{name}` of the gallery, which is not at hand here"
            ),
            LinkError::OtherGallery { name } => write!(
                f,
                "this link was made from another version of the scenario `{name}` than this page's gallery has"
            ),
            LinkError::Invalid(error) => write!(f, "this link holds no valid scenario: {error}"),
        }
    }
}

impl std::error::Error for LinkError {}
