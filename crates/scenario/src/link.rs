//! Share links: a whole scenario in the fragment of a URL, which the browser never sends anywhere.
//!
//! `#s1.<payload>.<checksum>`: the tag names the layout, the compression and its dictionary; the checksum is six letters or
//! digits, so that no mail client or chat cuts off the end of a link. Every tag that was ever published decodes for ever.
//!
//! | fragment | what it holds |
//! | --- | --- |
//! | `s1.<payload>.<checksum>` | a scenario |
//! | `s2.<payload>.<checksum>` | a scenario, and the question and what is open beside it ([`View`]) |
//! | `g1.<name>.<payload>.<checksum>` | what is different from a scenario of the gallery, and a [`View`] |
//! | `gallery=<name>` | a scenario of the gallery as it is |
//! | `json=<percent-encoded JSON>` | a scenario, in links that are made by hand or by scripts |
//!
//! A scenario of the gallery never changes under its name: an edited one gets another name, and the old one stays.

mod base62;
mod crc32;
mod error;
mod g1;
mod s1;
mod s2;
#[cfg(test)]
mod tests;
mod view;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::Document;
pub use error::LinkError;
pub use view::{Asked, View};

/// How long the name of a scenario of the gallery may be.
const LONGEST_NAME: usize = 60;

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
    seal("s1", &URL_SAFE_NO_PAD.encode(s1::pack(document)))
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

/// Writes a scenario with what is looked at as the fragment of a link, without `#`.
///
/// ```
/// use iam_scenario::{Document, link};
///
/// let document = Document::from_json(r#"{ "format": 1, "requests": [{ "action": "s3:*" }, { "action": "ec2:*" }] }"#)?;
/// let view = link::View { asked: link::Asked::Number(1), ..link::View::default() };
/// let fragment = link::encode_view(&document, &view);
/// assert_eq!(link::open(&fragment, None)?, (document, view));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn encode_view(document: &Document, view: &View) -> String {
    if *view == View::default() {
        return encode(document);
    }
    seal("s2", &URL_SAFE_NO_PAD.encode(s2::pack(document, view)))
}

/// Writes a scenario that was made from one of the gallery as the fragment of a link: only what is different, where that
/// is shorter. A name that no scenario of the gallery can have gives the whole scenario.
pub fn encode_edited(document: &Document, view: &View, name: &str, gallery: &Document) -> String {
    let whole = || encode_view(document, view);
    if !is_name(name) {
        return whole();
    }
    if document == gallery && *view == View::default() {
        return format!("gallery={name}");
    }
    let difference = URL_SAFE_NO_PAD.encode(g1::pack(document, view, gallery));
    let edited = seal("g1", &format!("{name}.{difference}"));
    let whole = whole();
    if edited.len() < whole.len() { edited } else { whole }
}

/// Reads a scenario from a link: its fragment with or without `#`, or the whole URL.
pub fn decode(link: &str) -> Result<Document, LinkError> {
    open(link, None).map(|(document, _)| document)
}

/// Reads a scenario and what is looked at from a link; `gallery` is the scenario that [`gallery_name`] asks for.
pub fn open(link: &str, gallery: Option<&Document>) -> Result<(Document, View), LinkError> {
    let fragment = fragment(link);
    let as_usual = |document| (document, View::default());
    if let Some(json) = fragment.strip_prefix("json=") {
        let json = percent_decode_str(json).decode_utf8().map_err(|_| LinkError::Corrupt)?;
        return Document::from_json(&json).map(as_usual).map_err(LinkError::Invalid);
    }
    if let Some(name) = fragment.strip_prefix("gallery=") {
        let name = Some(name).filter(|name| is_name(name)).ok_or(LinkError::NotAScenario)?;
        let missing = || LinkError::Gallery { name: name.to_owned() };
        return gallery.cloned().map(as_usual).ok_or_else(missing);
    }
    let (tag, rest) = fragment.split_once('.').unwrap_or((fragment, ""));
    match version(tag) {
        Some(("s", 1)) => s1::unpack(&bytes(unseal(rest)?)?).map(as_usual),
        Some(("s", 2)) => s2::unpack(&bytes(unseal(rest)?)?),
        Some(("g", 1)) => {
            let (name, difference) = unseal_edited(rest)?;
            let name_of = || name.to_owned();
            let gallery = gallery.ok_or_else(|| LinkError::Gallery { name: name_of() })?;
            g1::unpack(&bytes(difference)?, gallery)?
                .ok_or_else(|| LinkError::OtherGallery { name: name_of() })
        }
        Some(_) => Err(LinkError::Newer { tag: tag.to_owned() }),
        None => Err(LinkError::NotAScenario),
    }
}

/// Names the scenario of the gallery that this link builds on, if it is intact and does.
///
/// ```
/// use iam_scenario::link;
///
/// assert_eq!(link::gallery_name("#gallery=region-deny"), Some("region-deny"));
/// assert_eq!(link::gallery_name("#json={}"), None);
/// ```
pub fn gallery_name(link: &str) -> Option<&str> {
    let fragment = fragment(link);
    match fragment.strip_prefix("gallery=") {
        Some(name) => Some(name).filter(|name| is_name(name)),
        None => Some(unseal_edited(fragment.strip_prefix("g1.")?).ok()?.0),
    }
}

/// Whether a fragment means to be a scenario; anything else, such as the name of a part of the page, is left alone.
pub fn is_link(fragment: &str) -> bool {
    let fragment = fragment.trim_start_matches('#');
    is_fragment(fragment)
}

/// The fragment of a link, without `#`.
fn fragment(link: &str) -> &str {
    let link = link.trim();
    if is_fragment(link) {
        return link;
    }
    link.split_once('#').map_or(link, |(_, fragment)| fragment)
}

/// Decides whether a text is a fragment already: a URL has none of these beginnings.
fn is_fragment(link: &str) -> bool {
    link.starts_with("json=")
        || link.starts_with("gallery=")
        || link.split('.').next().and_then(version).is_some()
}

/// What may be the name of a scenario of the gallery, and so of a file: nothing that leads elsewhere.
fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(plain)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Reads the letter and the number of a tag; there is no tag 0.
fn version(tag: &str) -> Option<(&str, u32)> {
    let (letter, digits) = tag.split_at_checked(1)?;
    let plain = matches!(letter, "s" | "g")
        && !digits.is_empty()
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| (letter, digits.parse().unwrap_or(u32::MAX)))
}

fn bytes(payload: &str) -> Result<Vec<u8>, LinkError> {
    URL_SAFE_NO_PAD.decode(payload).map_err(|_| LinkError::Corrupt)
}

fn seal(tag: &str, payload: &str) -> String {
    format!("{tag}.{payload}.{}", base62::encode(crc32::crc32(payload.as_bytes())))
}

fn unseal(rest: &str) -> Result<&str, LinkError> {
    let rest = without_end(rest);
    let (payload, checksum) = rest.split_once('.').ok_or(LinkError::Truncated)?;
    verify(payload, checksum)
}

/// The name of the scenario of the gallery, and the difference.
fn unseal_edited(rest: &str) -> Result<(&str, &str), LinkError> {
    let rest = without_end(rest);
    let name_length = rest.find('.').ok_or(LinkError::Truncated)?;
    let (name, difference) = rest.split_at_checked(name_length).ok_or(LinkError::Truncated)?;
    let length = difference.get(1..).and_then(|rest| rest.find('.')).ok_or(LinkError::Truncated)?;
    let (sealed, checksum) =
        rest.split_at_checked(name_length + 1 + length).ok_or(LinkError::Truncated)?;
    verify(sealed, checksum.trim_start_matches('.'))?;
    let difference = difference.get(1..=length).unwrap_or_default();
    if is_name(name) { Ok((name, difference)) } else { Err(LinkError::Corrupt) }
}

/// What a sentence put after the link is not part of it.
fn without_end(rest: &str) -> &str {
    rest.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.')
}

fn verify<'a>(payload: &'a str, checksum: &str) -> Result<&'a str, LinkError> {
    let checksum = checksum.trim_end_matches('.');
    let wanted = base62::encode(crc32::crc32(payload.as_bytes()));
    match checksum == wanted {
        true => Ok(payload),
        false if wanted.starts_with(checksum) => Err(LinkError::Truncated),
        false => Err(LinkError::Corrupt),
    }
}
