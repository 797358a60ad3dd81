//! The catalogue: the way in to services, actions and condition keys.

use std::fmt;

use crate::condition_key::ConditionKey;
use crate::fold;
use crate::store::{Store, index, length};
use crate::wire::{self, Contents};
use crate::{Action, ActionIndex, ActionRanges, CatalogError, Service, decode, expand, nearest};

/// What AWS's service authorization reference says, as of one day.
///
/// All names are looked up ignoring case, as AWS compares them.
pub struct Catalog {
    pub(crate) store: Store,
}

impl Catalog {
    /// Reads the file `catalog.bin`.
    ///
    /// # Errors
    /// Where the bytes are something else, of another format, or damaged.
    ///
    /// ```
    /// use iam_catalog::{Catalog, CatalogError};
    ///
    /// let page = b"<!doctype html><title>404 Not Found</title>";
    /// assert_eq!(Catalog::decode(page).err(), Some(CatalogError::NotACatalog));
    /// ```
    pub fn decode(file: &[u8]) -> Result<Self, CatalogError> {
        let store = decode::read(&wire::open(Contents::Actions, file)?)?;
        Ok(Self { store })
    }

    /// The day on which the facts were taken, such as `2026-09-26`.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.store.date
    }

    /// From where the facts were taken: a package and its version.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.store.source
    }

    /// All services, by prefix.
    pub fn services(&self) -> impl ExactSizeIterator<Item = Service<'_>> + Clone {
        (0..length(self.store.services.len())).map(|number| Service::new(self, number))
    }

    /// The service with that prefix, such as `s3`.
    #[must_use]
    pub fn service(&self, prefix: &str) -> Option<Service<'_>> {
        let services = &self.store.services;
        let found = services
            .binary_search_by(|service| fold::compare(self.store.text(service.prefix), prefix));
        found.ok().map(|number| Service::new(self, length(number)))
    }

    /// Whether resource control policies reach the resources of that service.
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// assert!(catalog.supports_rcp("s3") && !catalog.supports_rcp("ec2"));
    /// # Ok::<(), iam_catalog::CatalogError>(())
    /// ```
    #[must_use]
    pub fn supports_rcp(&self, prefix: &str) -> bool {
        self.service(prefix).is_some_and(|service| service.supports_rcp())
    }

    /// All actions, service by service, in the order of their names: the order of [`ActionIndex`].
    pub fn actions(&self) -> impl ExactSizeIterator<Item = Action<'_>> + Clone {
        (0..length(self.store.actions.len())).map(|number| Action::new(self, ActionIndex(number)))
    }

    /// The action of that full name, such as `s3:GetObject`.
    #[must_use]
    pub fn action(&self, full_name: &str) -> Option<Action<'_>> {
        let (prefix, name) = full_name.split_once(':')?;
        self.service(prefix)?.action(name)
    }

    /// The action of that number, if there is one.
    #[must_use]
    pub fn action_at(&self, at: ActionIndex) -> Option<Action<'_>> {
        (index(at.0) < self.store.actions.len()).then(|| Action::new(self, at))
    }

    /// The actions that an entry of `Action` or `NotAction` names.
    ///
    /// `*` and `?` may stand anywhere in the name, but not in the service's prefix: AWS refuses that, and here it names
    /// nothing. `*` and `*:*` name everything.
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// let names = |pattern: &str| -> Vec<&str> {
    ///     let found = catalog.expand(pattern);
    ///     found.iter().filter_map(|at| Some(catalog.action_at(at)?.name())).collect()
    /// };
    /// assert_eq!(names("iam:*LoginProfile"), ["CreateLoginProfile", "DeleteLoginProfile", "GetLoginProfile", "UpdateLoginProfile"]);
    /// assert_eq!(catalog.expand("*").len(), catalog.actions().len());
    /// assert!(catalog.expand("s*:Get*").is_empty());
    /// # Ok::<(), iam_catalog::CatalogError>(())
    /// ```
    #[must_use]
    pub fn expand(&self, pattern: &str) -> ActionRanges {
        expand::expand(self, pattern)
    }

    /// The action that somebody may have meant who wrote this.
    ///
    /// First the nearest of the same service, then an action of exactly that name of another service, then the same for
    /// the service with the nearest prefix. `None` where all are far away.
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// let meant = |text| catalog.nearest_action(text).map(|action| action.full_name());
    /// assert_eq!(meant("s3:GetObjct"), Some("s3:GetObject"));
    /// assert_eq!(meant("iam:AssumeRole"), Some("sts:AssumeRole"));
    /// assert_eq!(meant("lamda:InvokeFunction"), Some("lambda:InvokeFunction"));
    /// assert_eq!(meant("s3:MakeCoffee"), None);
    /// # Ok::<(), iam_catalog::CatalogError>(())
    /// ```
    #[must_use]
    pub fn nearest_action(&self, full_name: &str) -> Option<Action<'_>> {
        nearest::action(self, full_name)
    }

    /// The service whose prefix is nearest to this, `None` where all are far away.
    #[must_use]
    pub fn nearest_service(&self, prefix: &str) -> Option<Service<'_>> {
        nearest::service(self, prefix)
    }

    /// The condition keys of all services, such as `aws:SourceIp`.
    pub fn global_condition_keys(&self) -> impl ExactSizeIterator<Item = ConditionKey<'_>> + Clone {
        (0..self.store.global_keys).map(|number| ConditionKey::new(self, number))
    }

    /// The condition key of that name, whether it stands in the catalogue so or as a form with a placeholder.
    ///
    /// Keys of OpenID Connect providers, such as `token.actions.githubusercontent.com:sub`, are real without being
    /// listed: AWS lists only some claims of some providers. A prefix with a dot is no reason to complain.
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// let name = |text| catalog.condition_key(text).map(|key| key.name());
    /// assert_eq!(name("aws:sourceip"), Some("aws:SourceIp"));
    /// assert_eq!(name("aws:RequestTag/Team"), Some("aws:RequestTag/${TagKey}"));
    /// assert_eq!(name("s3:ExistingObjectTag/Secret"), Some("s3:ExistingObjectTag/<key>"));
    /// assert_eq!(name("aws:RequestTag/"), None);
    /// # Ok::<(), iam_catalog::CatalogError>(())
    /// ```
    #[must_use]
    pub fn condition_key(&self, name: &str) -> Option<ConditionKey<'_>> {
        crate::condition_key::find(self, name)
    }

    /// The condition key that somebody may have meant who wrote this, `None` where all are far away.
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// let meant = |text| catalog.nearest_condition_key(text).map(|key| key.name());
    /// assert_eq!(meant("aws:PrincipalOrgId2"), Some("aws:PrincipalOrgID"));
    /// assert_eq!(meant("aws:RequestTags/Team"), Some("aws:RequestTag/${TagKey}"));
    /// # Ok::<(), iam_catalog::CatalogError>(())
    /// ```
    #[must_use]
    pub fn nearest_condition_key(&self, name: &str) -> Option<ConditionKey<'_>> {
        nearest::condition_key(self, name)
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog")
            .field("date", &self.date())
            .field("services", &self.store.services.len())
            .field("actions", &self.store.actions.len())
            .finish()
    }
}
