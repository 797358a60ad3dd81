//! One resource type, and how an action uses it.

use std::fmt;

use crate::ConditionKey;
use crate::catalog::Catalog;
use crate::condition_key::Set;
use crate::store::{ResourceTypeRecord, UseRecord, index};

/// A type of resources of a service, such as `bucket`.
#[derive(Clone, Copy)]
pub struct ResourceType<'a> {
    catalog: &'a Catalog,
    number: u32,
}

impl<'a> ResourceType<'a> {
    pub(crate) fn new(catalog: &'a Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    fn record(self) -> Option<&'a ResourceTypeRecord> {
        self.catalog.store.resource_types.get(index(self.number))
    }

    /// The name, such as `bucket`.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.record().map_or("", |record| self.catalog.store.text(record.name))
    }

    /// The form of its ARNs, such as `arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}`.
    #[must_use]
    pub fn arn_format(self) -> &'a str {
        self.record().map_or("", |record| self.catalog.store.text(record.arn_format))
    }

    /// The condition keys that such resources bring to a request.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'a>> + Clone {
        Set { catalog: self.catalog, set: self.record().map_or(0, |record| record.keys) }.iter()
    }
}

impl fmt::Debug for ResourceType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceType({})", self.name())
    }
}

/// A resource type as one action uses it.
#[derive(Clone, Copy)]
pub struct ResourceTypeUse<'a> {
    catalog: &'a Catalog,
    number: u32,
}

impl<'a> ResourceTypeUse<'a> {
    pub(crate) fn new(catalog: &'a Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    fn record(self) -> Option<&'a UseRecord> {
        self.catalog.store.uses.get(index(self.number))
    }

    /// The resource type.
    #[must_use]
    pub fn resource_type(self) -> ResourceType<'a> {
        let number = self.record().map_or(u32::MAX, |record| record.resource_type);
        ResourceType::new(self.catalog, number)
    }

    /// Whether every request names such a resource: an asterisk in AWS's table.
    #[must_use]
    pub fn is_required(self) -> bool {
        self.record().is_some_and(|record| record.required)
    }

    /// The condition keys that AWS lists for this action with this resource type.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'a>> + Clone {
        Set { catalog: self.catalog, set: self.record().map_or(0, |record| record.keys) }.iter()
    }
}

impl fmt::Debug for ResourceTypeUse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_required() { "*" } else { "" };
        write!(f, "ResourceTypeUse({}{mark})", self.resource_type().name())
    }
}
