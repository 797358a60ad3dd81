//! How the two files are laid out: shared with the task that writes them, and no part of the API.
//!
//! A file is a header of 14 bytes and a raw deflate stream, so that it costs the same on every server, whether that
//! compresses or not. The unpacked bytes are sections, each a length and its bytes; numbers are LEB128.
//! What belongs together lies together: all stems of names, all ARNs, all sets. `data/README.md` describes the sections.

use crate::CatalogError;
use crate::crc32::crc32;

/// The number of the format that this program reads.
pub const FORMAT: u8 = 1;

const MAGIC: &[u8; 4] = b"SCPG";
const HEADER: usize = 14;
/// No file unpacks to more: a damaged length must not cost memory.
const LARGEST: u32 = 8 << 20;

/// Which of the two files it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Services and actions.
    Actions,
    /// AWS managed policies.
    Policies,
}

impl Contents {
    fn tag(self) -> u8 {
        match self {
            Self::Actions => b'A',
            Self::Policies => b'P',
        }
    }
}

/// Puts the header before the deflated payload.
#[must_use]
pub fn seal(contents: Contents, payload: &[u8], deflated: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let mut file = MAGIC.to_vec();
    file.extend([FORMAT, contents.tag()]);
    file.extend(length.to_le_bytes());
    file.extend(crc32(payload).to_le_bytes());
    file.extend(deflated);
    file
}

/// Checks the header and unpacks the payload.
pub(crate) fn open(contents: Contents, file: &[u8]) -> Result<Vec<u8>, CatalogError> {
    let (header, deflated) = file.split_first_chunk::<HEADER>().ok_or(CatalogError::NotACatalog)?;
    let [m0, m1, m2, m3, format, tag, l0, l1, l2, l3, c0, c1, c2, c3] = *header;
    if [m0, m1, m2, m3] != *MAGIC {
        return Err(CatalogError::NotACatalog);
    }
    if format != FORMAT {
        return Err(CatalogError::UnknownFormat(format));
    }
    if tag != contents.tag() {
        return Err(CatalogError::OtherContents);
    }
    let length = u32::from_le_bytes([l0, l1, l2, l3]);
    let limit = usize::try_from(length.min(LARGEST)).unwrap_or(0);
    let payload = miniz_oxide::inflate::decompress_to_vec_with_limit(deflated, limit)
        .map_err(|_| CatalogError::NotUnpacked)?;
    if u32::try_from(payload.len()) != Ok(length) {
        return Err(CatalogError::NotUnpacked);
    }
    if crc32(&payload) != u32::from_le_bytes([c0, c1, c2, c3]) {
        return Err(CatalogError::WrongChecksum);
    }
    Ok(payload)
}

/// A byte below this, in the list of names, says how much of the name before is kept: one less than the byte.
/// Larger bytes are letters, digits and hyphens.
pub const FIRST_LETTER: u8 = b'-';

/// In an affix, takes the last letter of the stem away: `List*<ies` makes `ListPolicies` of `Policy`.
pub const DROP_LAST: char = '<';

/// In the expansion of a short form, the service's prefix.
pub const PREFIX: u8 = b'\x01';
/// In the expansion of a short form, the resource type's name.
pub const NAME: u8 = b'\x02';
/// In the expansion of a short form, the resource type's name in `PascalCase`.
pub const PASCAL_NAME: u8 = b'\x03';

/// Short forms in ARN formats.
pub const ARN_SHORT_FORMS: [(u8, &str); 12] = [
    (b'\x0e', "arn:${Partition}:\x01:${Region}:${Account}:\x02/${\x03Id}"),
    (b'\x0f', "arn:${Partition}:\x01:${Region}:${Account}:\x02/${\x03Name}"),
    (b'\x04', "arn:${Partition}:\x01:${Region}:${Account}:"),
    (b'\x05', "arn:${Partition}:\x01::${Account}:"),
    (b'\x06', "arn:${Partition}:\x01:"),
    (b'\x07', "${\x03Id}"),
    (b'\x08', "${\x03Name}"),
    (b'\x0b', "${\x03"),
    (b'\x0c', "\x02"),
    (b'\x10', "Name}"),
    (b'\x11', "Id}"),
    (b'\x12', "${"),
];

/// The name of a resource type as AWS writes it inside placeholders: `key-pair` becomes `KeyPair`.
#[must_use]
pub fn pascal_case(name: &str) -> String {
    let mut word_begins = true;
    let mut result = String::with_capacity(name.len());
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            word_begins = true;
        } else if std::mem::take(&mut word_begins) {
            result.push(c.to_ascii_uppercase());
        } else {
            result.push(c);
        }
    }
    result
}

/// The number that stands for an access level.
pub const LEVELS: u8 = 5;

/// Added to the number of a condition key's kind when the key is multivalued.
pub const MULTIVALUED: u8 = 8;
