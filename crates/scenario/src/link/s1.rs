//! The layout `s1`, frozen: links made with it are out there.
//!
//! A document becomes a stream of strings and small numbers in a fixed order ([`stream`]): members at their usual value
//! are one bit, references are indices, policies in the usual form lose their element names. The stream is compressed
//! with deflate, which knows a dictionary of what policies are full of ([`deflate`]).

pub(super) mod deflate;
mod iam;
mod organization;
mod policy;
pub(super) mod request;
pub(super) mod stream;

use std::sync::Arc;

use super::LinkError;
use crate::document::check;
use crate::{Document, Organization};
use stream::{Reader, Writer};

/// Packs a document into bytes.
pub(super) fn pack(document: &Document) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer, document);
    deflate::compress(&writer.finish(), &deflate::dictionary())
}

/// Unpacks a document and checks it like any other that comes from outside.
pub(super) fn unpack(bytes: &[u8]) -> Result<Document, LinkError> {
    let stream = deflate::decompress(bytes, deflate::dictionary())?;
    let mut reader = Reader::new(&stream);
    let document = read(&mut reader)?;
    reader.end()?;
    check(&document).map_err(LinkError::Invalid)?;
    Ok(document)
}

/// Writes a document as a stream. FROZEN as well: links that edit a scenario of the gallery count on its bytes.
pub(super) fn write(writer: &mut Writer, document: &Document) {
    writer.flags([
        !document.title.is_empty(),
        !document.description.is_empty(),
        document.organization.is_some(),
    ]);
    writer.optional_text(&document.title);
    writer.optional_text(&document.description);
    writer.list(&document.accounts, |writer, account| writer.text(&account.id));
    writer.know(document.accounts.iter().map(|account| account.id.as_str()));
    if let Some(organization) = &document.organization {
        writer.text(&organization.id);
        writer.know_organization(&organization.id);
        organization::write(writer, document, organization);
    }
    let policies = Policies::of(document.organization.as_deref());
    for account in &document.accounts {
        iam::write_account(writer, account, &policies);
    }
    writer.list(&document.requests, |writer, request| request::write(writer, request));
}

/// Reads a document from the beginning of a stream; it is still to be checked.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Document, LinkError> {
    let [has_title, has_description, has_organization] = reader.flags()?;
    let title = reader.optional_text(has_title)?;
    let description = reader.optional_text(has_description)?;
    let ids = reader.list(|reader| reader.text())?;
    reader.know(&ids);
    let organization = match has_organization {
        true => {
            let id = reader.text()?;
            reader.know_organization(&id);
            Some(Arc::new(organization::read(reader, id, &ids)?))
        }
        false => None,
    };
    let policies = Policies::of(organization.as_deref());
    let accounts = ids.into_iter().map(|id| iam::read_account(reader, id, &policies).map(Arc::new));
    let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
    let requests = reader.list(|reader| request::read(reader).map(Arc::new))?;
    let (title, description) = (title.into(), description.into());
    Ok(Document { title, description, organization, accounts, requests })
}

/// The policies that can be attached: number 0 is `FullAWSAccess`, then come those of the organization.
struct Policies<'a>(Vec<&'a str>);

impl<'a> Policies<'a> {
    fn of(organization: Option<&'a Organization>) -> Policies<'a> {
        let own = organization
            .iter()
            .flat_map(|organization| &organization.policies)
            .map(|policy| policy.id.as_str());
        Policies(std::iter::once(crate::built_in::FULL_AWS_ACCESS).chain(own).collect())
    }

    /// Writes what is attached: by far the most have `FullAWSAccess` alone (1) or nothing (0).
    fn write(&self, writer: &mut Writer, attached: &[String]) {
        let numbers =
            attached.iter().filter_map(|id| self.0.iter().position(|policy| policy == id));
        let numbers: Vec<usize> = numbers.collect();
        match numbers.as_slice() {
            [] => writer.number(0),
            [0] => writer.number(1),
            numbers => {
                writer.number(numbers.len() + 1);
                numbers.iter().for_each(|number| writer.number(*number));
            }
        }
    }

    fn read(&self, reader: &mut Reader<'_>) -> Result<Vec<String>, LinkError> {
        let numbers = match reader.number()? {
            0 => Vec::new(),
            1 => vec![0],
            length => reader.times(length - 1, |reader| reader.number())?,
        };
        let policy =
            |number: usize| self.0.get(number).map(|id| (*id).to_owned()).ok_or(LinkError::Corrupt);
        numbers.into_iter().map(policy).collect()
    }
}
