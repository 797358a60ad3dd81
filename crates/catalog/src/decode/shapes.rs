//! What actions act on: resource types and condition keys, shared by the actions that have them in common.

use super::keys::KeySets;
use crate::CatalogError;
use crate::reader::Reader;
use crate::store::{ActionRecord, Run, ShapeRecord, Store, UseRecord, index, length};

/// No service has as many shapes: what costs time by their square is not done for more.
const MOST_SHAPES: usize = 20_000;

/// The shapes of the actions, in the order in which the actions are written.
pub(super) struct Shapes<'a> {
    /// Per action: a new shape, or how recently its shape was used.
    of_actions: Reader<'a>,
    /// Per shape the action's own condition keys.
    keys: Reader<'a>,
    /// Per shape how many resource types there are; per resource type which, and whether it is required.
    uses: Reader<'a>,
    /// Per resource type the condition keys.
    use_keys: Reader<'a>,
}

impl<'a> Shapes<'a> {
    pub fn new(input: &mut Reader<'a>) -> Result<Self, CatalogError> {
        Ok(Self {
            of_actions: input.section("shapes of actions")?,
            keys: input.section("condition keys of actions")?,
            uses: input.section("resource types of actions")?,
            use_keys: input.section("condition keys of resource types of actions")?,
        })
    }

    pub fn read(
        &mut self,
        store: &mut Store,
        actions: &mut [ActionRecord],
        resource_types: Run,
        sets: &mut KeySets,
    ) -> Result<(), CatalogError> {
        // The most recent one is the last.
        let mut recent = Vec::new();
        for action in actions {
            action.shape = match self.of_actions.index()? {
                0 => self.read_new(store, resource_types, sets)?,
                back => {
                    let position = recent.len().checked_sub(back);
                    recent.remove(position.ok_or_else(|| self.of_actions.error())?)
                }
            };
            recent.push(action.shape);
            if recent.len() > MOST_SHAPES {
                return Err(self.of_actions.error());
            }
        }
        Ok(())
    }

    fn read_new(
        &mut self,
        store: &mut Store,
        resource_types: Run,
        sets: &mut KeySets,
    ) -> Result<u32, CatalogError> {
        let keys = sets.read(store, &mut self.keys)?;
        let start = length(store.uses.len());
        let mut next = index(resource_types.start);
        for _ in 0..self.uses.number()? {
            // The distance to the one before, twice; and one more where the action requires the resource.
            let number = self.uses.index()?;
            let resource_type = next + number / 2;
            if resource_type >= index(resource_types.end) {
                return Err(self.uses.error());
            }
            next = resource_type + 1;
            let keys = sets.read(store, &mut self.use_keys)?;
            let resource_type = length(resource_type);
            store.uses.push(UseRecord { resource_type, required: number % 2 == 1, keys });
        }
        let uses = Run { start, end: length(store.uses.len()) };
        store.shapes.push(ShapeRecord { keys, uses });
        Ok(length(store.shapes.len() - 1))
    }
}
