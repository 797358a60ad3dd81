//! Help at the cursor of a policy's editor: what may be written there ([`Assist::complete`]), what it is that stands
//! there ([`Assist::hover`]), and the whole laid out ([`format`](format())).
//!
//! Everything goes by the place in the policy grammar and by the type of policy; names come from AWS's catalogue and from
//! the scenario. Texts need not be JSON: they are being typed. Offsets count bytes.

mod complete;
mod format;
mod hover;
mod offer;
mod scan;
mod scenario;
mod words;

use iam_catalog::Catalog;
use iam_evaluator::{PolicyType, Span};

use crate::Document;

pub use format::format;
pub use hover::{Hover, HoverLine};
pub use words::Words;

/// What help at the cursor goes by.
#[derive(Clone, Copy, Debug)]
pub struct Assist<'a> {
    /// AWS's actions, resources and keys; without it only what the policy language itself knows is offered.
    pub catalog: Option<&'a Catalog>,
    /// What elements, operators and keys are.
    pub words: &'a Words,
    /// The scenario, whose accounts, principals and resources are offered.
    pub document: &'a Document,
    /// By whose rules the policy is read.
    pub policy_type: PolicyType,
}

/// What may be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// What is replaced.
    pub span: Span,
    /// The best first.
    pub items: Vec<Completion>,
}

/// One thing that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the person reads and looks for.
    pub label: String,
    /// What it is, in few words.
    pub detail: String,
    /// What kind of thing it is, for its sign: `element`, `value`, `service`, `action`, `resource`, `operator`, `key`,
    /// `principal`.
    pub kind: &'static str,
    /// What is put in the place of [`Completions::span`]; `${1:name}` is a field to fill in.
    pub insert: String,
    /// Whether the next thing should be offered at once.
    pub goes_on: bool,
}
