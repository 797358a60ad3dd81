//! The catalogue as it lies in memory: one text that holds all names, and tables of numbers that point into it.
//!
//! No action costs an allocation of its own. All tables are private; what they point at is checked when they are read,
//! and a pointer that leads nowhere reads as nothing.

use std::ops::Range;

use crate::{AccessLevel, ConditionKeyType};

/// A part of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
}

/// Entries of a table that follow each other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Run {
    pub start: u32,
    pub end: u32,
}

#[derive(Default)]
pub(crate) struct Store {
    pub date: String,
    pub source: String,
    pub text: String,
    /// By prefix.
    pub services: Vec<ServiceRecord>,
    /// Service by service, by name ignoring case.
    pub actions: Vec<ActionRecord>,
    pub shapes: Vec<ShapeRecord>,
    pub uses: Vec<UseRecord>,
    pub resource_types: Vec<ResourceTypeRecord>,
    /// Global ones, then those of no service of the catalogue, then service by service, by name ignoring case.
    pub keys: Vec<KeyRecord>,
    /// How many keys are global, and how many are global or of no service of the catalogue.
    pub global_keys: u32,
    pub shared_keys: u32,
    /// Sets of condition keys, each a run of `key_set_items`. The first is empty.
    pub key_sets: Vec<Run>,
    pub key_set_items: Vec<u32>,
}

#[derive(Default)]
pub(crate) struct ServiceRecord {
    pub prefix: Span,
    pub name: Span,
    pub supports_rcp: bool,
    pub actions: Run,
    pub resource_types: Run,
    pub keys: Run,
}

pub(crate) struct ActionRecord {
    /// With the service's prefix and the colon.
    pub full_name: Span,
    pub service: u16,
    pub level: AccessLevel,
    pub shape: u32,
}

/// What many actions of a service have in common.
pub(crate) struct ShapeRecord {
    pub keys: u32,
    pub uses: Run,
}

/// A resource type as an action uses it.
pub(crate) struct UseRecord {
    pub resource_type: u32,
    pub required: bool,
    pub keys: u32,
}

pub(crate) struct ResourceTypeRecord {
    pub name: Span,
    pub arn_format: Span,
    pub keys: u32,
}

pub(crate) struct KeyRecord {
    pub name: Span,
    pub key_type: ConditionKeyType,
}

impl Store {
    pub fn text(&self, span: Span) -> &str {
        self.text.get(index(span.start)..index(span.end)).unwrap_or_default()
    }

    pub fn key_set(&self, set: u32) -> &[u32] {
        let run = self.key_sets.get(index(set)).copied().unwrap_or_default();
        part(&self.key_set_items, run)
    }
}

/// The entries of a table that the run names.
pub(crate) fn part<T>(table: &[T], run: Run) -> &[T] {
    table.get(run.range()).unwrap_or_default()
}

impl Run {
    pub fn range(self) -> Range<usize> {
        index(self.start)..index(self.end)
    }
}

/// Every number in the tables is below 2³², and so is every address of the machines we run on.
pub(crate) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The length of a table or text; their limits are far below 2³².
pub(crate) fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
