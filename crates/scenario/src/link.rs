//! Share links: a whole scenario in the fragment of a URL, which the browser never sends anywhere.
//!
//! `#s1.<payload>.<checksum>`: the tag names the layout, the compression and its dictionary; the checksum is six letters or
//! digits, so that no mail client or chat cuts off the end of a link. Every tag that was ever published decodes for ever.
//! `#json=<percent-encoded JSON>` is accepted as well, for links that are made by hand or by scripts.

mod base62;
mod crc32;
mod s1;
#[cfg(test)]
mod tests;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::{Document, DocumentError};

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
            LinkError::Invalid(error) => write!(f, "this link holds no valid scenario: {error}"),
        }
    }
}

impl std::error::Error for LinkError {}

/// Writes a scenario as the fragment of a link, without `#`. It ends on a letter or digit.
///
/// ```
/// use iam_scenario::{Document, link};
///
/// let document = Document::from_json(r#"{ "format": 1, "title": "Example Corp" }"#)?;
/// let fragment = link::encode(&document);
/// assert!(fragment.starts_with("s1."));
/// assert_eq!(link::decode(&fragment)?, document);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn encode(document: &Document) -> String {
    seal(&URL_SAFE_NO_PAD.encode(s1::pack(document)))
}

/// Writes a scenario as the fragment of a link that people can read and scripts can make: `json=` and percent-encoded JSON.
pub fn encode_json(document: &Document) -> String {
    /// What a fragment may hold as it is, less what chats and mail clients take for punctuation or markup.
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b':')
        .remove(b',')
        .remove(b'-')
        .remove(b'/')
        .remove(b'@')
        .remove(b'=');
    format!("json={}", utf8_percent_encode(&document.to_json_minified(), ESCAPED))
}

/// Reads a scenario from a link: its fragment with or without `#`, or the whole URL.
pub fn decode(link: &str) -> Result<Document, LinkError> {
    let link = link.trim();
    let fragment = if is_fragment(link) {
        link
    } else {
        link.split_once('#').map_or(link, |(_, fragment)| fragment)
    };
    if let Some(json) = fragment.strip_prefix("json=") {
        let json = percent_decode_str(json).decode_utf8().map_err(|_| LinkError::Corrupt)?;
        return Document::from_json(&json).map_err(LinkError::Invalid);
    }
    let (tag, rest) = fragment.split_once('.').unwrap_or((fragment, ""));
    match version(tag) {
        Some(1) => {}
        Some(_) => return Err(LinkError::Newer { tag: tag.to_owned() }),
        None => return Err(LinkError::NotAScenario),
    }
    let payload = unseal(rest)?;
    s1::unpack(&URL_SAFE_NO_PAD.decode(payload).map_err(|_| LinkError::Corrupt)?)
}

/// Decides whether a text is a fragment already: a URL has neither of these beginnings.
fn is_fragment(link: &str) -> bool {
    link.starts_with("json=") || link.split('.').next().and_then(version).is_some()
}

/// Reads the number of a tag; there is no tag 0.
fn version(tag: &str) -> Option<u32> {
    let digits = tag.strip_prefix('s')?;
    let plain = !digits.is_empty()
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(u32::MAX))
}

fn seal(payload: &str) -> String {
    format!("s1.{payload}.{}", base62::encode(crc32::crc32(payload.as_bytes())))
}

fn unseal(rest: &str) -> Result<&str, LinkError> {
    // What a sentence put after the link is not part of it.
    let rest =
        rest.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.');
    let (payload, checksum) = rest.split_once('.').ok_or(LinkError::Truncated)?;
    let checksum = checksum.trim_end_matches('.');
    let wanted = base62::encode(crc32::crc32(payload.as_bytes()));
    match checksum == wanted {
        true => Ok(payload),
        false if wanted.starts_with(checksum) => Err(LinkError::Truncated),
        false => Err(LinkError::Corrupt),
    }
}
