//! The files as they lie beside this crate's source, for programs that carry them inside. A page fetches them instead.

use crate::{Catalog, CatalogError, ManagedPolicies};

/// The catalogue of actions.
///
/// # Errors
/// Never, as long as the tests pass that read the same file.
pub fn catalog() -> Result<Catalog, CatalogError> {
    Catalog::decode(include_bytes!("../data/catalog.bin"))
}

/// The managed policies of AWS.
///
/// # Errors
/// Never, as long as the tests pass that read the same file.
pub fn managed_policies() -> Result<ManagedPolicies, CatalogError> {
    ManagedPolicies::decode(include_bytes!("../data/catalog-policies.bin"))
}
