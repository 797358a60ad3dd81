//! From the document to what the evaluator decides with: policies parsed, identities and tree put together.
//!
//! After an edit only what changed is made again: texts and accounts that two documents share are known by pointer.

mod account;
mod cache;
mod place;
mod tree;

use std::sync::Arc;

use iam_evaluator::{Diagnostic, Organization, PolicyDocument};

use crate::{Document, PolicyPlace};
pub(crate) use account::identity_of;
use cache::{Cache, Kept};

/// A document, ready to be asked.
///
/// ```
/// use iam_scenario::{Compiled, Document};
///
/// let document = Document::from_json(r#"{ "format": 1,
///     "accounts": [{ "id": "222222222222", "name": "dev", "users": [{ "name": "John" }] }],
///     "requests": [{ "principal": "arn:aws:iam::222222222222:user/John", "action": "ec2:StartInstances" }] }"#)?;
/// let compiled = Compiled::new(&document);
/// let answer = compiled.ask(&document.requests()[0], None)?;
/// assert_eq!(answer.decision().as_str(), "implicitDeny");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Compiled {
    document: Document,
    organization: Arc<Organization>,
    kept: Kept,
}

/// Two are equal when they are one and the same, which is cheap to see.
impl PartialEq for Compiled {
    fn eq(&self, other: &Compiled) -> bool {
        Arc::ptr_eq(&self.organization, &other.organization)
    }
}

impl Eq for Compiled {}

impl Compiled {
    /// Parses every policy of the document and puts the organization together.
    pub fn new(document: &Document) -> Compiled {
        Compiled::with(document, &Kept::default())
    }

    /// Does the same for a later state of the document, and makes again only what changed.
    pub fn update(&self, document: &Document) -> Compiled {
        Compiled::with(document, &self.kept)
    }

    fn with(document: &Document, known: &Kept) -> Compiled {
        let mut cache = Cache::new(known);
        let organization = Arc::new(tree::organization(document, &mut cache));
        Compiled { document: document.clone(), organization, kept: cache.finish() }
    }

    /// Returns the document that was compiled.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Returns the organization as the evaluator knows it.
    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    /// Returns the same, shared, for whoever keeps it beyond the next edit.
    pub fn shared_organization(&self) -> &Arc<Organization> {
        &self.organization
    }

    /// Reads the policy at a place, by the rules of its type.
    pub fn policy(&self, place: &PolicyPlace) -> Option<Arc<PolicyDocument>> {
        let text = self.document.policy_text(place)?;
        let policy_type = self.document.policy_type(place)?;
        Some(self.kept.policy(text, policy_type))
    }

    /// Says what is wrong with the policy at a place, in the order of its text.
    pub fn diagnostics(&self, place: &PolicyPlace) -> Vec<Diagnostic> {
        self.policy(place).map(|policy| policy.diagnostics.clone()).unwrap_or_default()
    }
}
