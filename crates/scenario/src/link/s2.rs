//! The layout `s2`, frozen: the scenario as in `s1`, and behind it in the same stream what is looked at.

use super::s1::stream::{Reader, Writer};
use super::s1::{self, deflate};
use super::{LinkError, View};
use crate::Document;
use crate::document::check;

/// Packs a document with what is looked at into bytes.
pub(super) fn pack(document: &Document, view: &View) -> Vec<u8> {
    deflate::compress(&stream(document, view), &deflate::dictionary())
}

/// Unpacks a document with what is looked at.
pub(super) fn unpack(bytes: &[u8]) -> Result<(Document, View), LinkError> {
    read(&deflate::decompress(bytes, deflate::dictionary())?)
}

/// The stream of a document with what is looked at.
pub(super) fn stream(document: &Document, view: &View) -> Vec<u8> {
    let mut writer = Writer::new();
    s1::write(&mut writer, document);
    view.write(&mut writer);
    writer.finish()
}

/// Reads such a stream, and checks the document like any other that comes from outside.
pub(super) fn read(stream: &[u8]) -> Result<(Document, View), LinkError> {
    let mut reader = Reader::new(stream);
    let document = s1::read(&mut reader)?;
    let view = View::read(&mut reader)?;
    reader.end()?;
    check(&document).map_err(LinkError::Invalid)?;
    Ok((document, view))
}
