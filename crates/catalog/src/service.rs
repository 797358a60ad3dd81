//! One service.

use std::fmt;

use crate::catalog::Catalog;
use crate::fold;
use crate::store::{Run, ServiceRecord, index, length, part};
use crate::{Action, ActionIndex, ConditionKey, ResourceType, nearest};

/// A service: what stands before the colon of an action.
#[derive(Clone, Copy)]
pub struct Service<'a> {
    catalog: &'a Catalog,
    number: u32,
}

impl<'a> Service<'a> {
    pub(crate) fn new(catalog: &'a Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    fn record(self) -> Option<&'a ServiceRecord> {
        self.catalog.store.services.get(index(self.number))
    }

    pub(crate) fn action_run(self) -> Run {
        self.record().map(|record| record.actions).unwrap_or_default()
    }

    pub(crate) fn key_run(self) -> Run {
        self.record().map(|record| record.keys).unwrap_or_default()
    }

    /// The position in [`Catalog::services`].
    #[must_use]
    pub fn number(self) -> usize {
        index(self.number)
    }

    /// The prefix, such as `s3`.
    #[must_use]
    pub fn prefix(self) -> &'a str {
        self.record().map_or("", |record| self.catalog.store.text(record.prefix))
    }

    /// The name in words, such as `Amazon S3`.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.record().map_or("", |record| self.catalog.store.text(record.name))
    }

    /// Whether resource control policies reach its resources.
    #[must_use]
    pub fn supports_rcp(self) -> bool {
        self.record().is_some_and(|record| record.supports_rcp)
    }

    /// The numbers of its actions.
    #[must_use]
    pub fn action_range(self) -> std::ops::Range<u32> {
        let run = self.action_run();
        run.start..run.end
    }

    /// Its actions, in the order of their names.
    pub fn actions(self) -> impl ExactSizeIterator<Item = Action<'a>> + Clone {
        self.action_range().map(move |number| Action::new(self.catalog, ActionIndex(number)))
    }

    /// Its action of that name, such as `GetObject`.
    #[must_use]
    pub fn action(self, name: &str) -> Option<Action<'a>> {
        let run = self.action_run();
        let actions = part(&self.catalog.store.actions, run);
        let skipped = self.prefix().len() + 1;
        let found = actions.binary_search_by(|action| {
            let full_name = self.catalog.store.text(action.full_name);
            fold::compare(full_name.get(skipped..).unwrap_or_default(), name)
        });
        found.ok().map(|at| Action::new(self.catalog, ActionIndex(run.start + length(at))))
    }

    /// With which word or words its actions begin that somebody may have meant who wrote this; `None` where all are far
    /// away.
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// let ec2 = catalog.service("ec2").ok_or("unknown")?;
    /// assert_eq!(ec2.nearest_beginning("Descibe"), Some("Describe"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn nearest_beginning(self, written: &str) -> Option<&'a str> {
        nearest::beginning(self, written)
    }

    /// Its resource types, in the order of their names.
    pub fn resource_types(self) -> impl ExactSizeIterator<Item = ResourceType<'a>> + Clone {
        let run = self.record().map(|record| record.resource_types).unwrap_or_default();
        (run.start..run.end).map(move |number| ResourceType::new(self.catalog, number))
    }

    /// The condition keys that begin with its prefix, in the order of their names.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'a>> + Clone {
        let run = self.key_run();
        (run.start..run.end).map(move |number| ConditionKey::new(self.catalog, number))
    }
}

impl fmt::Debug for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Service({})", self.prefix())
    }
}
