//! Resource types and their ARN formats.

use super::{Draft, keys::KeySets};
use crate::CatalogError;
use crate::reader::{Lines, Reader};
use crate::store::{ResourceTypeRecord, Run, length};
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
        draft: &mut Draft,
        prefix: &str,
        sets: &mut KeySets,
    ) -> Result<Run, CatalogError> {
        let start = length(draft.store.resource_types.len());
        let mut arn = Vec::new();
        while let Some(name) = self.names.item()? {
            let keys = sets.read(&mut draft.store, &mut self.keys)?;
            write_out(&mut arn, prefix, name, self.arns.line()?);
            let (arn_format, name) = (draft.push(&[&arn])?, draft.push(&[name.as_bytes()])?);
            draft.store.resource_types.push(ResourceTypeRecord { name, arn_format, keys });
        }
        Ok(Run { start, end: length(draft.store.resource_types.len()) })
    }
}

/// Writes the ARN format with its short forms replaced.
fn write_out(arn: &mut Vec<u8>, prefix: &str, name: &str, short: &str) {
    arn.clear();
    let pascal = wire::pascal_case(name);
    for byte in short.bytes() {
        let form = ARN_SHORT_FORMS.iter().find(|(form, _)| byte < b' ' && *form == byte);
        let Some((_, expansion)) = form else {
            arn.push(byte);
            continue;
        };
        for byte in expansion.bytes() {
            match byte {
                wire::PREFIX => arn.extend_from_slice(prefix.as_bytes()),
                wire::NAME => arn.extend_from_slice(name.as_bytes()),
                wire::PASCAL_NAME => arn.extend_from_slice(pascal.as_bytes()),
                other => arn.push(other),
            }
        }
    }
}
