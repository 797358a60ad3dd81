//! Accounts: into the organization, around in it, out of it, and closed.

use std::sync::Arc;

use serde_json::json;

use super::{attachment, edit};
use crate::{Account, AccountState, Document, Exception, JoinedMethod, PolicyText, Role, names};

/// The role that a created account has for the management account.
const ACCESS_ROLE: &str = "OrganizationAccountAccessRole";

pub(super) fn create(
    document: &mut Document,
    id: &str,
    name: &str,
    email: &str,
) -> Result<(), Exception> {
    let management_account = edit::organization(document)?.management_account.clone();
    let account = add(document, id, name, email)?;
    account.joined_method = JoinedMethod::Created;
    if let Some(management_account) = management_account {
        account.roles.push(Arc::new(access_role(&management_account)));
    }
    join(document, id)
}

pub(super) fn invite(document: &mut Document, id: &str) -> Result<(), Exception> {
    edit::organization(document)?;
    if document.is_member(id) {
        let message = "The account that you invited is already a member of an organization.";
        return Err(Exception::with_reason(
            "HandshakeConstraintViolationException",
            "ALREADY_IN_AN_ORGANIZATION",
            message,
        ));
    }
    edit::account_mut(document, id)?.joined_method = JoinedMethod::Invited;
    join(document, id)
}

pub(super) fn move_to(document: &mut Document, id: &str, parent: &str) -> Result<(), Exception> {
    let from = parent_of(document, id)?;
    if from == parent {
        let message = "That account is already present in the specified destination.";
        return Err(Exception::new("DuplicateAccountException", message));
    }
    let to = edit::unit_mut(document, parent, "DestinationParentNotFoundException")?;
    to.accounts.push(id.to_owned());
    let from = edit::unit_mut(document, &from, "SourceParentNotFoundException")?;
    from.accounts.retain(|account| account != id);
    Ok(())
}

pub(super) fn remove(document: &mut Document, id: &str) -> Result<(), Exception> {
    let from = parent_of(document, id)?;
    if edit::organization(document)?.is_management_account(id) {
        let message = "You can't remove a management account from an organization. If you want the management account to become a member account in another organization, you must first delete the current organization of the management account.";
        return Err(Exception::new("MasterCannotLeaveOrganizationException", message));
    }
    edit::unit_mut(document, &from, "ParentNotFoundException")?
        .accounts
        .retain(|account| account != id);
    edit::account_mut(document, id)?.attached_policies.clear();
    Ok(())
}

pub(super) fn close(document: &mut Document, id: &str) -> Result<(), Exception> {
    parent_of(document, id)?;
    if edit::organization(document)?.is_management_account(id) {
        let message = "You attempted to close the management account. To close the management account for the organization, you must first either remove or close all member accounts in the organization. Follow standard account closure process using root credentials.";
        return Err(Exception::constraint("CANNOT_CLOSE_MANAGEMENT_ACCOUNT", message));
    }
    let account = edit::account_mut(document, id)?;
    if matches!(account.state, AccountState::Closed | AccountState::PendingClosure) {
        let message = "You attempted to close an account that is already closed.";
        return Err(Exception::new("AccountAlreadyClosedException", message));
    }
    account.state = AccountState::Closed;
    Ok(())
}

pub(super) fn reopen(document: &mut Document, id: &str) -> Result<(), Exception> {
    edit::account_mut(document, id)?.state = AccountState::Active;
    Ok(())
}

pub(super) fn rename(document: &mut Document, id: &str, name: &str) -> Result<(), Exception> {
    edit::check_length(name, 50)?;
    edit::account_mut(document, id)?.name = name.to_owned();
    Ok(())
}

pub(super) fn update(
    document: &mut Document,
    id: &str,
    email: &str,
    state: AccountState,
    joined_method: JoinedMethod,
) -> Result<(), Exception> {
    let is_email = |text: &str| {
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            && text.len() <= 64
            && !text.contains(char::is_whitespace)
    };
    if !email.is_empty() && !is_email(email) {
        let message = format!("`{email}` is not an email address of 6 to 64 characters.");
        return Err(Exception::new("ValidationException", message));
    }
    let taken = |other: &Arc<Account>| other.id != id && other.email.eq_ignore_ascii_case(email);
    if !email.is_empty() && document.accounts.iter().any(taken) {
        let message = "The email address is already associated with another account.";
        return Err(Exception::new("ConflictException", message));
    }
    let closes = matches!(state, AccountState::Closed | AccountState::PendingClosure);
    let manages = document.organization().is_some_and(|it| it.is_management_account(id));
    if closes && manages {
        return close(document, id);
    }
    let account = edit::account_mut(document, id)?;
    email.clone_into(&mut account.email);
    (account.state, account.joined_method) = (state, joined_method);
    Ok(())
}

/// Lists a new account, which is in no organization yet.
pub(super) fn add<'a>(
    document: &'a mut Document,
    id: &str,
    name: &str,
    email: &str,
) -> Result<&'a mut Account, Exception> {
    edit::check_pattern(names::is_account_id(id), id)?;
    edit::check_length(name, 50)?;
    if document.account(id).is_some() {
        return Err(Exception::new(
            "DuplicateAccountException",
            format!("There is already an account `{id}`."),
        ));
    }
    let account = Account {
        id: id.to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        ..Account::default()
    };
    document.accounts.push(Arc::new(account));
    edit::account_mut(document, id)
}

pub(super) fn forget(document: &mut Document, id: &str) -> Result<(), Exception> {
    edit::account(document, id)?;
    if document.is_member(id) {
        let message =
            "The account is a member of the organization. Remove it from the organization first.";
        return Err(Exception::with_reason(
            "InvalidInputException",
            "ALREADY_IN_AN_ORGANIZATION",
            message,
        ));
    }
    document.accounts.retain(|account| account.id != id);
    Ok(())
}

/// Every account joins in the root, with what AWS attaches there.
fn join(document: &mut Document, id: &str) -> Result<(), Exception> {
    edit::account_mut(document, id)?.attached_policies = attachment::to_begin_with(document);
    Arc::make_mut(&mut edit::organization_mut(document)?.root).accounts.push(id.to_owned());
    Ok(())
}

fn parent_of(document: &Document, id: &str) -> Result<String, Exception> {
    edit::organization(document)?;
    edit::account(document, id)?;
    document.parent(id).map(|unit| unit.id.clone()).ok_or_else(|| {
        let message = format!("The account `{id}` isn't a member of the organization.");
        Exception::new("AccountNotFoundException", message)
    })
}

fn access_role(management_account: &str) -> Role {
    let trust_policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "AWS": format!("arn:aws:iam::{management_account}:root") },
            "Action": "sts:AssumeRole"
        }]
    });
    Role {
        name: ACCESS_ROLE.to_owned(),
        trust_policy: PolicyText::pretty(&trust_policy),
        attached_policies: vec!["arn:aws:iam::aws:policy/AdministratorAccess".to_owned()],
        ..Role::default()
    }
}
