//! Reads the unpacked bytes into the tables.

mod keys;
mod names;
mod resource_types;
mod shapes;

use crate::CatalogError;
use crate::reader::{Lines, Reader};
use crate::store::{ServiceRecord, Span, Store, length};
use keys::{KeySets, Keys};
use names::Names;
use resource_types::ResourceTypes;
use shapes::Shapes;

/// No catalogue has as much text: numbers that lead beyond are not believed.
const MOST_TEXT: usize = 16 << 20;

/// The tables while they are filled. Their text becomes a `String` at the end, checked in one go.
#[derive(Default)]
struct Draft {
    text: Vec<u8>,
    store: Store,
}

/// Reads the payload.
pub(crate) fn read(payload: &[u8]) -> Result<Store, CatalogError> {
    let mut draft = Draft::default();
    let mut input = Reader::new(payload, "sections");
    let mut header = Lines::new(&input.section("header")?)?;
    draft.store.date = header.line()?.to_owned();
    draft.store.source = header.line()?.to_owned();
    draft.text.reserve(payload.len().saturating_mul(3).min(MOST_TEXT));

    let services = read_services(&mut draft, &mut input)?;
    keys::read_shared(&mut draft, &mut input)?;
    let mut keys = Keys::new(&mut input)?;
    let mut resource_types = ResourceTypes::new(&mut input)?;
    let mut names = Names::new(&mut input)?;
    let mut shapes = Shapes::new(&mut input)?;
    if !input.is_empty() {
        return Err(input.error());
    }
    draft.store.key_sets.push(Default::default());
    for (prefix, mut service) in services {
        let (own_keys, local_keys) = keys.read(&mut draft, prefix)?;
        let mut sets = KeySets::new(local_keys);
        service.keys = own_keys;
        service.resource_types = resource_types.read(&mut draft, prefix, &mut sets)?;
        let mut actions = names.read(&mut draft, prefix)?;
        shapes.read(&mut draft.store, &mut actions, service.resource_types, &mut sets)?;
        service.actions = names.store_sorted(&mut draft, prefix, actions);
        draft.store.services.push(service);
    }
    let text = String::from_utf8(draft.text);
    draft.store.text = text.map_err(|_| CatalogError::Malformed("text"))?;
    Ok(draft.store)
}

/// Reads prefixes and names of the services.
fn read_services<'a>(
    draft: &mut Draft,
    input: &mut Reader<'a>,
) -> Result<Vec<(&'a str, ServiceRecord)>, CatalogError> {
    let mut lines = Lines::new(&input.section("services")?)?;
    let mut flags = input.section("services that support RCPs")?;
    let mut services: Vec<(&str, ServiceRecord)> = Vec::new();
    while !lines.is_empty() {
        let (prefix, name) = lines.line()?.split_once('\t').ok_or_else(|| lines.error())?;
        let follows = services.last().is_none_or(|(last, _)| prefix > *last);
        // An action says in 16 bits which service it is of.
        let fits = services.len() < usize::from(u16::MAX);
        if !follows || !fits || prefix.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(lines.error());
        }
        let supports_rcp = flags.byte()? != 0;
        let (begin, name) = (draft.push(&[prefix.as_bytes()])?, draft.push(&[name.as_bytes()])?);
        let record = ServiceRecord { prefix: begin, name, supports_rcp, ..Default::default() };
        services.push((prefix, record));
    }
    Ok(services)
}

impl Draft {
    /// Appends to the text.
    fn push(&mut self, parts: &[&[u8]]) -> Result<Span, CatalogError> {
        let start = length(self.text.len());
        parts.iter().for_each(|part| self.text.extend_from_slice(part));
        if self.text.len() > MOST_TEXT {
            return Err(CatalogError::Malformed("text"));
        }
        Ok(Span { start, end: length(self.text.len()) })
    }
}
