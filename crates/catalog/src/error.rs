//! What can be wrong with a file of the catalogue.

use std::fmt;

/// Why bytes could not be read as a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogError {
    /// The bytes do not begin as such a file does: perhaps a server's error page came instead.
    NotACatalog,
    /// The file is of a format that this program does not know.
    UnknownFormat(u8),
    /// The file is the other one of the two: actions instead of policies, or policies instead of actions.
    OtherContents,
    /// The compressed part cannot be unpacked to the length that the file states.
    NotUnpacked,
    /// The checksum is another: bytes were changed on the way.
    WrongChecksum,
    /// The checksum holds, but a part makes no sense: whoever wrote the file made a mistake.
    Malformed(&'static str),
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotACatalog => write!(f, "this is no catalogue file"),
            Self::UnknownFormat(found) => {
                write!(f, "the catalogue has the format {found}, expected {}", crate::wire::FORMAT)
            }
            Self::OtherContents => {
                write!(f, "this is the other catalogue file, actions and policies are mixed up")
            }
            Self::NotUnpacked => write!(f, "the catalogue is damaged and cannot be unpacked"),
            Self::WrongChecksum => write!(f, "the catalogue is damaged, its checksum is wrong"),
            Self::Malformed(part) => write!(f, "the catalogue's part `{part}` makes no sense"),
        }
    }
}

impl std::error::Error for CatalogError {}
