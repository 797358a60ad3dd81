//! The document: what a scenario is made of, and how it is read and written.
//!
//! A [`Document`] is immutable and its parts are shared: a clone is cheap, undo is a list of clones,
//! and a part that two documents share is equal by pointer, so that caches can go by pointer too.
//! It can only be made by reading ([`Document::from_json`]) or by applying an action to another one,
//! so a reference inside it always leads somewhere.

mod account;
mod check;
mod defaults;
mod error;
mod free;
mod identity;
pub(crate) mod json;
mod locate;
mod lookup;
mod organization;
mod pairs;
mod read;
mod request;
#[cfg(test)]
mod tests;
mod write;
#[cfg(test)]
mod written;

use std::sync::Arc;

use serde_json::Value;

pub use account::{Account, AccountState, JoinedMethod, Resource};
pub use error::DocumentError;
pub use identity::{Group, InlinePolicy, ManagedPolicy, Role, User};
pub use locate::Located;
pub use organization::{FeatureSet, Organization, OrganizationalUnit, Policy, PolicyType};
pub use pairs::Pairs;
pub use request::{ContextValue, Decision, Request};

pub(crate) use check::{DEEPEST_UNIT, check};
#[cfg(test)]
pub(crate) use written::Written;

/// The newest format that this version reads, and the one that it writes.
pub(crate) const FORMAT: u64 = 1;

/// A scenario: everything a person builds on the page.
///
/// ```
/// use iam_scenario::Document;
///
/// let document = Document::from_json(r#"{ "format": 1, "title": "Example Corp" }"#)?;
/// assert_eq!(document.title(), "Example Corp");
/// assert_eq!(document.to_json_minified(), r#"{"format":1,"title":"Example Corp"}"#);
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub(crate) title: Arc<str>,
    pub(crate) description: Arc<str>,
    pub(crate) organization: Option<Arc<Organization>>,
    pub(crate) accounts: Vec<Arc<Account>>,
    pub(crate) requests: Vec<Arc<Request>>,
}

impl Document {
    /// Reads a scenario from its JSON text; an error names the place and what was expected there.
    pub fn from_json(text: &str) -> Result<Document, DocumentError> {
        Document::from_value(json::read(text)?)
    }

    /// Reads a scenario from JSON that is already parsed.
    pub fn from_value(mut value: Value) -> Result<Document, DocumentError> {
        check_format(&value)?;
        defaults::fill_in(&mut value);
        let document = read::document(value)?;
        check(&document)?;
        Ok(document)
    }

    /// Reads JSON text as strictly as a scenario's: a member written twice is an error that names it.
    pub fn read_json(text: &str) -> Result<Value, DocumentError> {
        json::read(text)
    }

    /// Writes the scenario as JSON to be read by people, indented by two spaces.
    pub fn to_json(&self) -> String {
        format!("{:#}", write::document(self))
    }

    /// Writes the scenario as JSON without any white space.
    pub fn to_json_minified(&self) -> String {
        write::document(self).to_string()
    }

    /// Returns the title; empty when there is none.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the description; empty when there is none.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns the organization; without one the accounts stand alone.
    pub fn organization(&self) -> Option<&Arc<Organization>> {
        self.organization.as_ref()
    }

    /// Returns all accounts, members of the organization and outsiders, in the order in which they are listed.
    pub fn accounts(&self) -> &[Arc<Account>] {
        &self.accounts
    }

    /// Returns the requests worth asking about, in order.
    pub fn requests(&self) -> &[Arc<Request>] {
        &self.requests
    }
}

/// Checks `format` before anything else: a newer document may have members that this version cannot know.
fn check_format(value: &Value) -> Result<(), DocumentError> {
    let Value::Object(members) = value else {
        return Err(DocumentError::new(
            "",
            format!("a scenario is a JSON object, not {}", json::kind(value)),
        ));
    };
    match members.get("format") {
        None => {
            Err(DocumentError::new("format", "missing; a scenario begins with `\"format\": 1`"))
        }
        Some(Value::Number(number)) => match number.as_u64() {
            Some(FORMAT) => Ok(()),
            Some(newer) if newer > FORMAT => Err(DocumentError::newer(format!(
                "this scenario was made by a newer version (format {newer}); this page reads format {FORMAT}"
            ))),
            _ => Err(DocumentError::new(
                "format",
                format!("there is no format {number}; this page reads format {FORMAT}"),
            )),
        },
        Some(other) => Err(DocumentError::new(
            "format",
            format!("expected a number, found {}", json::kind(other)),
        )),
    }
}
