//! What the schema of the format is made from: the derived reader and writer, to which the tests hold the real ones.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Account, Document, FORMAT, Organization, Request};

/// An AWS organization, its accounts and what is in them, and the requests worth asking about.
/// Everything but `format` may be left out.
#[derive(Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(title = "SCP Playground scenario", rename = "Scenario")]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// The version of this format: 1. A newer one is refused.
    #[schemars(schema_with = "crate::schema::format")]
    format: u64,
    /// What the scenario is called.
    #[serde(default, skip_serializing_if = "str_is_empty")]
    title: Arc<str>,
    /// What the scenario shows.
    #[serde(default, skip_serializing_if = "str_is_empty")]
    description: Arc<str>,
    /// The organization; without it the accounts stand alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization: Option<Arc<Organization>>,
    /// All accounts; left out: the accounts of the tree, with nothing in them.
    /// An account that is in no OU and not in the root is outside the organization.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    accounts: Vec<Arc<Account>>,
    /// Requests worth asking about; those with `expect` are tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    requests: Vec<Arc<Request>>,
}

impl Written {
    pub(crate) fn into_document(self) -> Document {
        let Written { format: _, title, description, organization, accounts, requests } = self;
        Document { title, description, organization, accounts, requests }
    }
}

impl From<Document> for Written {
    fn from(document: Document) -> Written {
        let Document { title, description, organization, accounts, requests } = document;
        Written { format: FORMAT, title, description, organization, accounts, requests }
    }
}

fn str_is_empty(text: &Arc<str>) -> bool {
    text.is_empty()
}
