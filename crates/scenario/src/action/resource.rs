//! The resources that an account lists.

use std::sync::Arc;

use super::edit;
use crate::{Account, Document, Exception, Resource};

pub(super) fn add(
    document: &mut Document,
    account: &str,
    resource: &Arc<Resource>,
) -> Result<(), Exception> {
    let account = edit::account_mut(document, account)?;
    check_new(account, &resource.arn)?;
    account.resources.push(Arc::clone(resource));
    Ok(())
}

pub(super) fn update(
    document: &mut Document,
    account: &str,
    arn: &str,
    resource: &Arc<Resource>,
) -> Result<(), Exception> {
    let account = edit::account_mut(document, account)?;
    if resource.arn != arn {
        check_new(account, &resource.arn)?;
    }
    *edit::resource_mut(account, arn)? = Arc::clone(resource);
    Ok(())
}

pub(super) fn remove(document: &mut Document, account: &str, arn: &str) -> Result<(), Exception> {
    let account = edit::account_mut(document, account)?;
    edit::resource_mut(account, arn)?;
    account.resources.retain(|resource| resource.arn != arn);
    Ok(())
}

fn check_new(account: &Account, arn: &str) -> Result<(), Exception> {
    edit::check_pattern(arn.starts_with("arn:"), arn)?;
    match account.resources.iter().any(|resource| resource.arn == arn) {
        true => Err(Exception::new(
            "EntityAlreadyExists",
            format!("The resource {arn} is already listed."),
        )),
        false => Ok(()),
    }
}
