//! Creating, renaming, moving and deleting organizational units.

use std::sync::Arc;

use super::{attachment, edit};
use crate::document::DEEPEST_UNIT;
use crate::{Document, Exception, OrganizationalUnit, names};

pub(super) fn create(
    document: &mut Document,
    parent: &str,
    id: &str,
    name: &str,
) -> Result<(), Exception> {
    edit::check_pattern(names::is_organizational_unit_id(id), id)?;
    edit::check_length(name, 128)?;
    if document.organizational_unit(id).is_some() {
        let message = format!("An organizational unit with the id `{id}` already exists.");
        return Err(Exception::new("DuplicateOrganizationalUnitException", message));
    }
    let unit = OrganizationalUnit {
        id: id.to_owned(),
        name: name.to_owned(),
        attached_policies: attachment::to_begin_with(document),
        accounts: Vec::new(),
        organizational_units: Vec::new(),
    };
    put(document, parent, Arc::new(unit), "ParentNotFoundException")
}

pub(super) fn rename(document: &mut Document, id: &str, name: &str) -> Result<(), Exception> {
    edit::check_length(name, 128)?;
    if let Some(parent) = document.parent(id) {
        check_sibling(parent, id, name)?;
    }
    edit::unit_mut(document, id, "OrganizationalUnitNotFoundException")?.name = name.to_owned();
    Ok(())
}

pub(super) fn move_to(document: &mut Document, id: &str, parent: &str) -> Result<(), Exception> {
    let (unit, from) = find_below_root(document, id)?;
    if from.id == parent {
        return Ok(());
    }
    if unit.walk().any(|below| below.id == parent) {
        let message = "An organizational unit can't be moved into itself or below itself.";
        return Err(Exception::new("InvalidInputException", message));
    }
    let (unit, from) = (Arc::clone(unit), from.id.clone());
    take(document, &from, id)?;
    put(document, parent, unit, "DestinationParentNotFoundException")
}

pub(super) fn delete(document: &mut Document, id: &str) -> Result<(), Exception> {
    let (unit, parent) = find_below_root(document, id)?;
    if !unit.accounts.is_empty() || !unit.organizational_units.is_empty() {
        let message = "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.";
        return Err(Exception::new("OrganizationalUnitNotEmptyException", message));
    }
    let parent = parent.id.clone();
    take(document, &parent, id)
}

/// Finds a unit and what it stands in; the root stands in nothing.
fn find_below_root<'a>(
    document: &'a Document,
    id: &str,
) -> Result<(&'a Arc<OrganizationalUnit>, &'a Arc<OrganizationalUnit>), Exception> {
    edit::organization(document)?;
    document.organizational_unit(id).zip(document.parent(id)).ok_or_else(|| {
        Exception::new(
            "OrganizationalUnitNotFoundException",
            format!("There is no organizational unit `{id}`."),
        )
    })
}

fn take(document: &mut Document, parent: &str, id: &str) -> Result<(), Exception> {
    let parent = edit::unit_mut(document, parent, "ParentNotFoundException")?;
    parent.organizational_units.retain(|unit| unit.id != id);
    Ok(())
}

fn put(
    document: &mut Document,
    parent: &str,
    unit: Arc<OrganizationalUnit>,
    exception: &'static str,
) -> Result<(), Exception> {
    let levels = document.path_to(parent).len().saturating_sub(1) + height(&unit); // The root is no level.
    let parent = edit::unit_mut(document, parent, exception)?;
    check_sibling(parent, &unit.id, &unit.name)?;
    if levels > DEEPEST_UNIT {
        let message = "You attempted to create an OU tree that is too many levels deep.";
        return Err(Exception::constraint("OU_DEPTH_LIMIT_EXCEEDED", message));
    }
    parent.organizational_units.push(unit);
    Ok(())
}

fn height(unit: &OrganizationalUnit) -> usize {
    1 + unit.organizational_units.iter().map(|below| height(below)).max().unwrap_or(0)
}

fn check_sibling(parent: &OrganizationalUnit, id: &str, name: &str) -> Result<(), Exception> {
    match parent.organizational_units.iter().any(|unit| unit.id != id && unit.name == name) {
        true => Err(Exception::new(
            "DuplicateOrganizationalUnitException",
            "An OU with the same name already exists.",
        )),
        false => Ok(()),
    }
}
