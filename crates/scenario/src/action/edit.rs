//! Reaching into a document to change one part: what is on the way is copied, everything else stays shared.

use std::sync::Arc;

use crate::names;
use crate::{
    Account, Document, Exception, Identity, InlinePolicy, Organization, OrganizationalUnit,
};
use crate::{Pairs, PolicyPlace, PolicyText, Request, Resource, built_in};

pub(super) fn organization(document: &Document) -> Result<&Organization, Exception> {
    document.organization.as_deref().ok_or_else(no_organization)
}

pub(super) fn organization_mut(document: &mut Document) -> Result<&mut Organization, Exception> {
    document.organization.as_mut().map(Arc::make_mut).ok_or_else(no_organization)
}

fn no_organization() -> Exception {
    Exception::new(
        "AWSOrganizationsNotInUseException",
        "Your account isn't a member of an organization.",
    )
}

/// Reaches the root or an organizational unit; `exception` is how the operation says that it is not there.
pub(super) fn unit_mut<'a>(
    document: &'a mut Document,
    id: &str,
    exception: &'static str,
) -> Result<&'a mut OrganizationalUnit, Exception> {
    let root = &mut organization_mut(document)?.root;
    descend(root, id).ok_or_else(|| {
        Exception::new(exception, format!("There is no root or organizational unit `{id}`."))
    })
}

fn descend<'a>(
    unit: &'a mut Arc<OrganizationalUnit>,
    id: &str,
) -> Option<&'a mut OrganizationalUnit> {
    if unit.id == id {
        return Some(Arc::make_mut(unit));
    }
    let way = unit
        .organizational_units
        .iter()
        .position(|below| below.walk().any(|unit| unit.id == id))?;
    descend(Arc::make_mut(unit).organizational_units.get_mut(way)?, id)
}

/// Changes the root and every unit below it.
pub(super) fn for_each_unit(
    unit: &mut Arc<OrganizationalUnit>,
    change: &mut impl FnMut(&mut OrganizationalUnit),
) {
    let unit = Arc::make_mut(unit);
    change(unit);
    for below in &mut unit.organizational_units {
        for_each_unit(below, change);
    }
}

pub(super) fn account<'a>(document: &'a Document, id: &str) -> Result<&'a Account, Exception> {
    document.account(id).map(|account| &**account).ok_or_else(|| no_account(id))
}

pub(super) fn account_mut<'a>(
    document: &'a mut Document,
    id: &str,
) -> Result<&'a mut Account, Exception> {
    let account = document.accounts.iter_mut().find(|account| account.id == id);
    account.map(Arc::make_mut).ok_or_else(|| no_account(id))
}

pub(super) fn no_account(id: &str) -> Exception {
    Exception::new("AccountNotFoundException", format!("There is no account `{id}`."))
}

/// What users, groups and roles have in common, to be changed.
pub(super) struct IdentityMut<'a> {
    pub name: &'a mut String,
    pub path: &'a mut String,
    pub attached_policies: &'a mut Vec<String>,
    pub inline_policies: &'a mut Vec<Arc<InlinePolicy>>,
    /// Groups have none.
    pub permissions_boundary: Option<&'a mut Option<String>>,
    /// Groups have none.
    pub tags: Option<&'a mut Pairs<String>>,
}

pub(super) fn identity_mut<'a>(
    account: &'a mut Account,
    identity: &Identity,
) -> Result<IdentityMut<'a>, Exception> {
    let found = match identity {
        Identity::User(name) => {
            account.users.iter_mut().find(|user| user.name == *name).map(Arc::make_mut).map(
                |user| IdentityMut {
                    name: &mut user.name,
                    path: &mut user.path,
                    attached_policies: &mut user.attached_policies,
                    inline_policies: &mut user.inline_policies,
                    permissions_boundary: Some(&mut user.permissions_boundary),
                    tags: Some(&mut user.tags),
                },
            )
        }
        Identity::Group(name) => {
            account.groups.iter_mut().find(|group| group.name == *name).map(Arc::make_mut).map(
                |group| IdentityMut {
                    name: &mut group.name,
                    path: &mut group.path,
                    attached_policies: &mut group.attached_policies,
                    inline_policies: &mut group.inline_policies,
                    permissions_boundary: None,
                    tags: None,
                },
            )
        }
        Identity::Role(name) => {
            account.roles.iter_mut().find(|role| role.name == *name).map(Arc::make_mut).map(
                |role| IdentityMut {
                    name: &mut role.name,
                    path: &mut role.path,
                    attached_policies: &mut role.attached_policies,
                    inline_policies: &mut role.inline_policies,
                    permissions_boundary: Some(&mut role.permissions_boundary),
                    tags: Some(&mut role.tags),
                },
            )
        }
    };
    found.ok_or_else(|| no_identity(identity))
}

pub(super) fn no_identity(identity: &Identity) -> Exception {
    Exception::no_such_entity(format!(
        "The {} with name {} cannot be found.",
        identity.kind(),
        identity.name()
    ))
}

pub(super) fn request_mut(
    document: &mut Document,
    index: usize,
) -> Result<&mut Request, Exception> {
    document.requests.get_mut(index).map(Arc::make_mut).ok_or_else(|| no_request(index))
}

pub(super) fn no_request(index: usize) -> Exception {
    Exception::no_such_entity(format!("There is no request number {}.", index + 1))
}

pub(super) fn resource_mut<'a>(
    account: &'a mut Account,
    arn: &str,
) -> Result<&'a mut Arc<Resource>, Exception> {
    let found = account.resources.iter_mut().find(|resource| resource.arn == arn);
    found.ok_or_else(|| Exception::no_such_entity(format!("The resource {arn} cannot be found.")))
}

pub(super) fn policy_text_mut<'a>(
    document: &'a mut Document,
    place: &PolicyPlace,
) -> Result<&'a mut PolicyText, Exception> {
    let nothing = || Exception::no_such_entity("There is no policy in this place.");
    match place {
        PolicyPlace::Organization { policy } => {
            Ok(&mut super::policy::policy_mut(document, policy)?.document)
        }
        PolicyPlace::Managed { arn } => {
            Ok(&mut super::iam_policy::policy_mut(document, arn)?.document)
        }
        PolicyPlace::Inline { account, identity, name } => {
            let policies = identity_mut(account_mut(document, account)?, identity)?.inline_policies;
            let found =
                policies.iter_mut().find(|policy| policy.name == *name).ok_or_else(nothing)?;
            Ok(&mut Arc::make_mut(found).document)
        }
        PolicyPlace::Trust { account, role } => {
            let roles = &mut account_mut(document, account)?.roles;
            let found = roles.iter_mut().find(|found| found.name == *role);
            let found = found.ok_or_else(|| no_identity(&Identity::Role(role.clone())))?;
            Ok(&mut Arc::make_mut(found).trust_policy)
        }
        PolicyPlace::Resource { account, arn } => {
            let resource = resource_mut(account_mut(document, account)?, arn)?;
            Ok(Arc::make_mut(resource).policy.get_or_insert_default())
        }
        PolicyPlace::Session { request, index } => {
            request_mut(document, *request)?.session_policies.get_mut(*index).ok_or_else(nothing)
        }
        PolicyPlace::VpcEndpoint { request } => {
            Ok(request_mut(document, *request)?.vpc_endpoint_policy.get_or_insert_default())
        }
        PolicyPlace::RequestResource { request } => {
            Ok(request_mut(document, *request)?.resource_policy.get_or_insert_default())
        }
    }
}

/// Checks the length of a name of Organizations.
pub(super) fn check_length(name: &str, longest: usize) -> Result<(), Exception> {
    match name.chars().count() {
        0 => Err(Exception::invalid_input(
            "MIN_LENGTH_EXCEEDED",
            "You provided a string parameter that is shorter than allowed.",
        )),
        length if length > longest => Err(Exception::invalid_input(
            "MAX_LENGTH_EXCEEDED",
            format!(
                "You provided a string parameter that is longer than allowed: {length} characters, at most {longest}."
            ),
        )),
        _ => Ok(()),
    }
}

/// Checks that an id or ARN has the form that AWS gives it.
pub(super) fn check_pattern(fits: bool, value: &str) -> Result<(), Exception> {
    let message =
        || format!("You provided a value that doesn't match the required pattern: `{value}`.");
    if fits { Ok(()) } else { Err(Exception::invalid_input("INVALID_PATTERN", message())) }
}

/// Checks a name and a path of IAM.
pub(super) fn check_iam_name(name: &str, path: &str, longest: usize) -> Result<(), Exception> {
    if !names::is_iam_name(name, longest) {
        return Err(Exception::new(
            "ValidationError",
            format!(
                "The specified value for the name is invalid: `{name}`. It must contain only alphanumeric characters and the following: +=,.@_- and have at most {longest} characters."
            ),
        ));
    }
    if !names::is_iam_path(path) {
        let message = "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.";
        return Err(Exception::new("ValidationError", message));
    }
    Ok(())
}

/// AWS's own policies cannot be edited, renamed or deleted.
pub(super) fn check_own_policy(id: &str) -> Result<(), Exception> {
    match built_in::organization_policy(id) {
        Some(_) => Err(Exception::invalid_input(
            "IMMUTABLE_POLICY",
            "You specified a policy that is managed by AWS and can't be modified.",
        )),
        None => Ok(()),
    }
}
