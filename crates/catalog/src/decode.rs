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

/// Reads the payload.
pub(crate) fn read(payload: &[u8]) -> Result<Store, CatalogError> {
    let mut store = Store::default();
    let mut input = Reader::new(payload, "sections");
    let mut header = Lines::new(&input.section("header")?)?;
    store.date = header.line()?.to_owned();
    store.source = header.line()?.to_owned();
    store.text.reserve(payload.len().saturating_mul(3).min(MOST_TEXT));

    let prefixes = read_services(&mut store, &mut input)?;
    keys::read_shared(&mut store, &mut input)?;
    let mut keys = Keys::new(&mut input)?;
    let mut resource_types = ResourceTypes::new(&mut input)?;
    let mut names = Names::new(&mut input)?;
    let mut shapes = Shapes::new(&mut input)?;
    if !input.is_empty() {
        return Err(input.error());
    }
    store.key_sets.push(Default::default());
    for (prefix, mut service) in prefixes.into_iter().zip(std::mem::take(&mut store.services)) {
        let (own_keys, local_keys) = keys.read(&mut store, prefix)?;
        let mut sets = KeySets::new(local_keys);
        service.keys = own_keys;
        service.resource_types = resource_types.read(&mut store, prefix, &mut sets)?;
        service.actions = names.read(&mut store, prefix)?;
        shapes.read(&mut store, &service, &mut sets)?;
        names::sort(&mut store, prefix, service.actions);
        store.services.push(service);
    }
    Ok(store)
}

/// Reads prefixes and names of the services; gives the prefixes.
fn read_services<'a>(
    store: &mut Store,
    input: &mut Reader<'a>,
) -> Result<Vec<&'a str>, CatalogError> {
    let mut lines = Lines::new(&input.section("services")?)?;
    let mut flags = input.section("services that support RCPs")?;
    let mut prefixes = Vec::new();
    while !lines.is_empty() {
        let (prefix, name) = lines.line()?.split_once('\t').ok_or_else(|| lines.error())?;
        let follows = prefixes.last().is_none_or(|last| prefix > *last);
        // An action says in 16 bits which service it is of.
        let fits = prefixes.len() < usize::from(u16::MAX);
        if !follows || !fits || prefix.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(lines.error());
        }
        prefixes.push(prefix);
        let supports_rcp = flags.byte()? != 0;
        let (prefix, name) = (push(store, &[prefix])?, push(store, &[name])?);
        store.services.push(ServiceRecord { prefix, name, supports_rcp, ..Default::default() });
    }
    Ok(prefixes)
}

/// Appends to the text.
fn push(store: &mut Store, parts: &[&str]) -> Result<Span, CatalogError> {
    let begin = store.text.len();
    parts.iter().for_each(|part| store.text.push_str(part));
    if store.text.len() > MOST_TEXT {
        return Err(CatalogError::Malformed("text"));
    }
    Ok(Span { start: length(begin), end: length(store.text.len()) })
}
