//! Resource types and their ARN formats.

use super::{keys::KeySets, push};
use crate::CatalogError;
use crate::reader::{Lines, Reader};
use crate::store::{ResourceTypeRecord, Run, Store, length};
use crate::wire::{self, ARN_SHORT_FORMS};

/// The resource types of the services.
pub(super) struct ResourceTypes<'a> {
    names: Lines<'a>,
    arns: Lines<'a>,
    keys: Reader<'a>,
}

impl<'a> ResourceTypes<'a> {
    pub fn new(input: &mut Reader<'a>) -> Result<Self, CatalogError> {
        let names = Lines::new(&input.section("resource types")?)?;
        let arns = Lines::new(&input.section("ARN formats")?)?;
        Ok(Self { names, arns, keys: input.section("condition keys of resource types")? })
    }

    pub fn read(
        &mut self,
        store: &mut Store,
        prefix: &str,
        sets: &mut KeySets,
    ) -> Result<Run, CatalogError> {
        let start = length(store.resource_types.len());
        let mut arn = String::new();
        while let Some(name) = self.names.item()? {
            let keys = sets.read(store, &mut self.keys)?;
            write_out(&mut arn, prefix, name, self.arns.line()?);
            let arn_format = push(store, &[&arn])?;
            let name = push(store, &[name])?;
            store.resource_types.push(ResourceTypeRecord { name, arn_format, keys });
        }
        Ok(Run { start, end: length(store.resource_types.len()) })
    }
}

/// Writes the ARN format with its short forms replaced.
fn write_out(arn: &mut String, prefix: &str, name: &str, short: &str) {
    arn.clear();
    let pascal = wire::pascal_case(name);
    for c in short.chars() {
        let Some((_, expansion)) = ARN_SHORT_FORMS.iter().find(|(form, _)| *form == c) else {
            arn.push(c);
            continue;
        };
        for c in expansion.chars() {
            match c {
                wire::PREFIX => arn.push_str(prefix),
                wire::NAME => arn.push_str(name),
                wire::PASCAL_NAME => arn.push_str(&pascal),
                other => arn.push(other),
            }
        }
    }
}
