//! The dated facts of AWS: services, actions with access levels, resource types with ARN formats, condition keys, and
//! the managed IAM policies that people meet.
//!
//! They come from AWS's service authorization reference and lie in two compact files beside this crate's source
//! (`data/README.md` says from where, and how to refresh them). The crate does no I/O: whoever uses it gets the bytes,
//! and [`Catalog::decode`] and [`ManagedPolicies::decode`] read them. Both are total: damaged bytes give a
//! [`CatalogError`]. Quotas are not here but in the evaluator, which judges by them.
//!
//! ```
//! use iam_catalog::{AccessLevel, Catalog};
//!
//! let catalog = Catalog::decode(include_bytes!("../data/catalog.bin"))?;
//! let action = catalog.action("S3:getobject").ok_or("unknown")?;
//! assert_eq!(action.full_name(), "s3:GetObject");
//! assert_eq!(action.access_level(), AccessLevel::Read);
//! let formats: Vec<&str> = action.resource_types().map(|used| used.resource_type().arn_format()).collect();
//! assert!(formats.contains(&"arn:${Partition}:s3:::${BucketName}/${ObjectName}"));
//!
//! // Patterns become ranges of dense numbers.
//! let ranges = catalog.expand("s3:Get*");
//! assert!(ranges.contains(action.index()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod catalog;
mod service;

mod action;
mod condition_key;
mod expand;
mod nearest;
mod resource_type;

mod managed_policies;
pub mod shipped;

mod crc32;
mod decode;
mod error;
mod fold;
mod reader;
mod store;
#[doc(hidden)]
pub mod wire;

pub use action::{AccessLevel, Action, ActionIndex};
pub use catalog::Catalog;
pub use condition_key::{ConditionKey, ConditionKeyKind, ConditionKeyType};
pub use error::CatalogError;
pub use expand::ActionRanges;
pub use managed_policies::{ManagedPolicies, ManagedPolicy};
pub use resource_type::{ResourceType, ResourceTypeUse};
pub use service::Service;
