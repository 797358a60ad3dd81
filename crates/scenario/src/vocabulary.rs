//! What a policy's text gets wrong about AWS's services: names that AWS does not have, condition keys that no request for
//! the statement's actions carries, resources that the actions do not work on.
//!
//! Reading a policy needs no catalogue; these checks do, and whoever has one makes them: [`check`]. Follows AWS's Service
//! Authorization Reference, and for types of values the IAM User Guide's "IAM policy validation check reference".
//!
//! All are warnings: a catalogue is of one day, and AWS adds actions on every other.
//!
//! ```
//! use iam_catalog::Catalog;
//! use iam_evaluator::{PolicyDocument, PolicyType};
//! use iam_scenario::vocabulary;
//!
//! let catalog = Catalog::decode(include_bytes!("../../catalog/data/catalog.bin"))?;
//! let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObjct","Resource":"*"}}"#;
//! let found = vocabulary::check(&catalog, &PolicyDocument::parse(text, PolicyType::Identity));
//! assert_eq!(found[0].code.as_str(), "unknown-action");
//! let fix = found[0].fix.as_ref().ok_or("no fix")?;
//! assert_eq!(fix.apply(text), Some(text.replace("GetObjct", "GetObject")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod actions;
mod arn_format;
mod keys;
mod resources;

use iam_catalog::{ActionRanges, Catalog};
use iam_evaluator::{
    ActionPattern, Diagnostic, DiagnosticCode, PolicyDocument, PolicyType, Span, Spanned, Statement,
};
use serde_json::Value;

pub(crate) use arn_format::fits as can_name;
pub(crate) use keys::{fits as operators_fit, operators_of};
pub(crate) use resources::types_of;

/// Says what the policy gets wrong about AWS's services, in the order of its text.
pub fn check(catalog: &Catalog, policy: &PolicyDocument) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for statement in &policy.statements {
        let vocabulary = Vocabulary { catalog, policy, statement };
        let named = vocabulary.named();
        // A trust policy speaks of assuming its role, which reading it has checked.
        if policy.policy_type != PolicyType::RoleTrust {
            actions::check(&vocabulary, &named, &mut found);
            resources::check(&vocabulary, &named, &mut found);
        }
        keys::check(&vocabulary, &named, &mut found);
    }
    iam_evaluator::sort_few_by_key(&mut found, |diagnostic| diagnostic.span);
    found
}

/// One statement beside what AWS knows.
#[derive(Clone, Copy)]
struct Vocabulary<'a> {
    catalog: &'a Catalog,
    policy: &'a PolicyDocument,
    statement: &'a Statement,
}

/// An entry of `Action` or `NotAction` with the actions that it names.
struct Named<'a> {
    entry: &'a Spanned<ActionPattern>,
    actions: ActionRanges,
}

impl<'a> Vocabulary<'a> {
    /// The entries that AWS accepts; the others have an error already.
    fn named(&self) -> Vec<Named<'a>> {
        let entries = self.statement.action.patterns.iter();
        let accepted = entries.filter(|entry| !self.is_refused(entry.span));
        let expand = |entry: &'a Spanned<ActionPattern>| Named {
            actions: self.catalog.expand(entry.value.as_str()),
            entry,
        };
        accepted.map(expand).collect()
    }

    fn is_refused(&self, span: Span) -> bool {
        let mut known = self.policy.diagnostics.iter();
        known.any(|it| it.span == span && it.code == DiagnosticCode::InvalidAction)
    }
}

/// A string as JSON writes it.
fn quote(text: &str) -> String {
    Value::from(text).to_string()
}
