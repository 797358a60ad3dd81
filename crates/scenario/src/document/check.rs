//! What must hold in every document: each thing is there once, each reference leads somewhere, each id looks like AWS's.
//!
//! Reading checks it; every action keeps it. Quotas that AWS raises from time to time are not part of it:
//! a document is never unreadable because of one.

mod iam;
mod organization;

use std::collections::HashSet;
use std::hash::Hash;

use super::{Document, DocumentError};
use crate::names;

pub(crate) use organization::DEEPEST_UNIT;

type Outcome = Result<(), DocumentError>;

/// Checks a whole document and returns the first thing that is wrong.
pub(crate) fn check(document: &Document) -> Outcome {
    if let Some(organization) = &document.organization {
        organization::check(document, organization)?;
    }
    let mut ids = HashSet::new();
    for (index, account) in document.accounts.iter().enumerate() {
        let place = || format!("accounts[{index}]");
        let id = || format!("`{}` is not an account id, which has 12 digits", account.id);
        require(names::is_account_id(&account.id), || format!("{}.id", place()), id)?;
        once(&mut ids, account.id.as_str(), place, || {
            format!("the account `{}` is listed twice", account.id)
        })?;
        check_length(&account.name, 50, || format!("{}.name", place()))?;
        organization::check_attachments(document, &account.attached_policies, place)?;
        iam::check(account, &place())?;
    }
    Ok(())
}

/// Requires something of a place; the texts are made only when they are needed.
fn require(
    holds: bool,
    place: impl FnOnce() -> String,
    message: impl FnOnce() -> String,
) -> Outcome {
    if holds { Ok(()) } else { Err(DocumentError::new(place(), message())) }
}

/// Requires that a key comes for the first time.
fn once<K: Hash + Eq>(
    seen: &mut HashSet<K>,
    key: K,
    place: impl FnOnce() -> String,
    message: impl FnOnce() -> String,
) -> Outcome {
    require(seen.insert(key), place, message)
}

fn check_length(name: &str, longest: usize, place: impl FnOnce() -> String) -> Outcome {
    let length = name.chars().count();
    require((1..=longest).contains(&length), place, || {
        format!("a name has 1 to {longest} characters, this one has {length}")
    })
}
