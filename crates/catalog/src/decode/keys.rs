//! Condition keys and sets of them.

use super::Draft;
use crate::reader::{Lines, Reader};
use crate::store::{KeyRecord, Run, Store, index, length};
use crate::wire::MULTIVALUED;
use crate::{CatalogError, ConditionKeyKind, ConditionKeyType};

/// Reads the keys that are global, or that services use and whose prefix is not their own.
pub(super) fn read_shared(draft: &mut Draft, input: &mut Reader) -> Result<(), CatalogError> {
    let mut lines = Lines::new(&input.section("shared condition keys")?)?;
    let mut types = input.section("types of shared condition keys")?;
    let global_keys = types.number()?;
    while !lines.is_empty() {
        let name = draft.push(&[lines.line()?.as_bytes()])?;
        let key_type = key_type(&mut types)?;
        draft.store.keys.push(KeyRecord { name, key_type });
    }
    let store = &mut draft.store;
    store.shared_keys = length(store.keys.len());
    store.global_keys = global_keys.min(store.shared_keys);
    Ok(())
}

fn key_type(types: &mut Reader) -> Result<ConditionKeyType, CatalogError> {
    let number = types.byte()?;
    let kind = ConditionKeyKind::ALL.get(usize::from(number % MULTIVALUED));
    let kind = *kind.ok_or_else(|| types.error())?;
    Ok(ConditionKeyType { kind, multivalued: number >= MULTIVALUED })
}

/// The condition keys of the services.
pub(super) struct Keys<'a> {
    names: Lines<'a>,
    types: Reader<'a>,
    /// Per service how many shared keys it uses, and which.
    shared: Reader<'a>,
}

impl<'a> Keys<'a> {
    pub fn new(input: &mut Reader<'a>) -> Result<Self, CatalogError> {
        let names = Lines::new(&input.section("condition keys")?)?;
        let types = input.section("types of condition keys")?;
        Ok(Self { names, types, shared: input.section("shared keys of services")? })
    }

    /// Reads one service's own keys; gives them, and all that it uses in the order in which its sets number them.
    pub fn read(
        &mut self,
        draft: &mut Draft,
        prefix: &str,
    ) -> Result<(Run, Vec<u32>), CatalogError> {
        let mut local = Vec::new();
        for _ in 0..self.shared.number()? {
            local.push(self.shared.number()?);
        }
        if local.iter().any(|key| *key >= draft.store.shared_keys) {
            return Err(self.shared.error());
        }
        let start = length(draft.store.keys.len());
        while let Some(name) = self.names.item()? {
            let name = draft.push(&[prefix.as_bytes(), b":", name.as_bytes()])?;
            draft.store.keys.push(KeyRecord { name, key_type: key_type(&mut self.types)? });
        }
        let own = Run { start, end: length(draft.store.keys.len()) };
        local.extend(own.start..own.end);
        Ok((own, local))
    }
}

/// The sets of condition keys of one service: each is written once, then named by how many came after it.
pub(super) struct KeySets {
    local_keys: Vec<u32>,
    seen: Vec<u32>,
}

impl KeySets {
    pub fn new(local_keys: Vec<u32>) -> Self {
        Self { local_keys, seen: Vec::new() }
    }

    pub fn read(&mut self, store: &mut Store, input: &mut Reader) -> Result<u32, CatalogError> {
        match input.number()? {
            0 => Ok(0),
            1 => self.read_new(store, input),
            back => {
                let position = self.seen.len().checked_sub(index(back - 1));
                let set = position.and_then(|position| self.seen.get(position));
                set.copied().ok_or_else(|| input.error())
            }
        }
    }

    /// Each key is given as the distance to the one before, and a zero ends the set.
    fn read_new(&mut self, store: &mut Store, input: &mut Reader) -> Result<u32, CatalogError> {
        let start = length(store.key_set_items.len());
        let mut next = 0;
        loop {
            let distance = input.index()?;
            if distance == 0 {
                break;
            }
            next += distance;
            let key = self.local_keys.get(next - 1).ok_or_else(|| input.error())?;
            store.key_set_items.push(*key);
        }
        let number = length(store.key_sets.len());
        store.key_sets.push(Run { start, end: length(store.key_set_items.len()) });
        self.seen.push(number);
        Ok(number)
    }
}
