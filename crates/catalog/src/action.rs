//! One action.

use std::fmt;

use crate::catalog::Catalog;
use crate::condition_key::Set;
use crate::store::{ActionRecord, ShapeRecord, index};
use crate::{ConditionKey, ResourceTypeUse, Service};

/// The number of an action in its catalogue: dense, from zero, in the order of [`Catalog::actions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionIndex(pub u32);

/// How far an action reaches, as AWS's service authorization reference sorts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// Shows which resources there are.
    List,
    /// Shows what is in resources.
    Read,
    /// Creates, changes or deletes resources.
    Write,
    /// Changes who may do what.
    PermissionsManagement,
    /// Changes tags only.
    Tagging,
}

impl AccessLevel {
    /// All levels, in AWS's order.
    pub const ALL: [Self; 5] =
        [Self::List, Self::Read, Self::Write, Self::PermissionsManagement, Self::Tagging];

    /// The level in AWS's words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::PermissionsManagement => "Permissions management",
            Self::Tagging => "Tagging",
        }
    }
}

/// An action of a service.
#[derive(Clone, Copy)]
pub struct Action<'a> {
    catalog: &'a Catalog,
    at: ActionIndex,
}

impl<'a> Action<'a> {
    /// INVARIANT: the catalogue has an action of that number.
    pub(crate) fn new(catalog: &'a Catalog, at: ActionIndex) -> Self {
        Self { catalog, at }
    }

    fn record(self) -> Option<&'a ActionRecord> {
        self.catalog.store.actions.get(index(self.at.0))
    }

    fn shape(self) -> Option<&'a ShapeRecord> {
        self.catalog.store.shapes.get(index(self.record()?.shape))
    }

    /// Its number in the catalogue.
    #[must_use]
    pub fn index(self) -> ActionIndex {
        self.at
    }

    /// Its service.
    #[must_use]
    pub fn service(self) -> Service<'a> {
        Service::new(self.catalog, self.record().map_or(0, |record| record.service.into()))
    }

    /// Prefix and name as AWS writes them, such as `s3:GetObject`.
    #[must_use]
    pub fn full_name(self) -> &'a str {
        self.record().map_or("", |record| self.catalog.store.text(record.full_name))
    }

    /// The name without the prefix, such as `GetObject`.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.full_name().split_once(':').map_or("", |(_, name)| name)
    }

    /// How far it reaches.
    #[must_use]
    pub fn access_level(self) -> AccessLevel {
        self.record().map_or(AccessLevel::Write, |record| record.level)
    }

    /// The types of resources that it is authorized against. None means that a statement must say `"Resource": "*"`.
    pub fn resource_types(self) -> impl ExactSizeIterator<Item = ResourceTypeUse<'a>> + Clone {
        let run = self.shape().map(|shape| shape.uses).unwrap_or_default();
        (run.start..run.end).map(move |number| ResourceTypeUse::new(self.catalog, number))
    }

    /// The condition keys of the action itself, whatever the resource; global keys are among them only where AWS lists
    /// them, such as `aws:TagKeys`.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'a>> + Clone {
        Set { catalog: self.catalog, set: self.shape().map_or(0, |shape| shape.keys) }.iter()
    }

    /// Every condition key that may be in a request for this action: the action's own, those of its resource types, and
    /// those that its resource types have with this action. No key twice, sorted by name.
    ///
    /// The keys that every service knows are [`Catalog::global_condition_keys`].
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// let action = catalog.action("ec2:RunInstances").ok_or("unknown")?;
    /// let names: Vec<&str> = action.all_condition_keys().iter().map(|key| key.name()).collect();
    /// assert!(names.contains(&"ec2:InstanceType") && names.contains(&"aws:RequestTag/${TagKey}"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn all_condition_keys(self) -> Vec<ConditionKey<'a>> {
        let mut keys: Vec<_> = self.condition_keys().collect();
        for used in self.resource_types() {
            keys.extend(used.condition_keys());
            keys.extend(used.resource_type().condition_keys());
        }
        keys.sort_unstable_by_key(|key| key.name());
        keys.dedup_by_key(|key| key.name());
        keys
    }
}

impl fmt::Debug for Action<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Action({})", self.full_name())
    }
}
