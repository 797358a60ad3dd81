//! The actions as the page lists them: by service and access level, and found by what somebody types. An action is known
//! by its place in the [`Universe`].

use std::ops::Range;
use std::rc::Rc;

use iam_catalog::AccessLevel;
use iam_effective::Universe;

use crate::catalog::CatalogHandle;

/// How many access levels there are.
pub const LEVELS: usize = AccessLevel::ALL.len();

/// Every action of the catalogue.
#[derive(Debug)]
pub struct Index {
    catalog: CatalogHandle,
    universe: Rc<Universe>,
    /// In the order of [`Universe::services`], which is that of their prefixes.
    services: Vec<Service>,
}

/// A service with its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The prefix of its actions.
    pub prefix: String,
    /// Its name.
    pub name: String,
    /// For each access level the places of its actions.
    pub places: [Range<usize>; LEVELS],
}

impl Index {
    /// Lists what a universe has, with the services' names.
    pub fn new(catalog: CatalogHandle, universe: Rc<Universe>) -> Index {
        let services = universe.services().iter().map(|service| {
            let named = catalog.service(&service.prefix);
            Service {
                prefix: service.prefix.to_string(),
                name: named.map_or_else(String::new, |it| short_name(it.name())),
                places: service.places.clone(),
            }
        });
        let services = services.collect();
        Index { catalog, universe, services }
    }

    /// The catalogue.
    pub fn catalog(&self) -> &CatalogHandle {
        &self.catalog
    }

    /// The actions with their places.
    pub fn universe(&self) -> &Universe {
        &self.universe
    }

    /// Every service, by prefix.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The number of an action's service.
    pub fn service_of(&self, place: usize) -> usize {
        let prefix = self.full_name(place).split(':').next().unwrap_or_default();
        let prefix = prefix.to_ascii_lowercase();
        self.services.partition_point(|service| service.prefix < prefix)
    }

    /// Prefix and name of an action, as AWS writes them.
    pub fn full_name(&self, place: usize) -> &str {
        self.universe.entry(place).map_or("", |entry| entry.action.as_str())
    }

    /// The name of an action without its prefix.
    pub fn name(&self, place: usize) -> &str {
        self.full_name(place).split_once(':').map_or("", |(_, name)| name)
    }

    /// Whether a text stands in an action's full name; the text is in lower case.
    pub fn is_named(&self, place: usize, text: &str) -> bool {
        self.universe.entry(place).is_some_and(|entry| entry.action.folded().contains(text))
    }
}

/// "S3" rather than "Amazon S3": what all names begin with tells nothing.
fn short_name(name: &str) -> String {
    let short = name.strip_prefix("Amazon ").or_else(|| name.strip_prefix("AWS "));
    short.unwrap_or(name).to_owned()
}
