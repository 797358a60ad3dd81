//! Effective permissions: what every principal of an organization may do, for every action at once.
//!
//! AWS has about 22,000 actions, and an organization may have 20,000 principals: 440 million cells, each *allowed*,
//! *denied*, or *depending* on the resource or on condition keys. They are computed at every edit, and they are exact:
//! what a cell says is what `iam_evaluator` says, the slow way, of that action. How can that be fast?
//!
//! **Actions are bits.** A [`Universe`] gives each action a place, and what a policy says of all actions is a few sets
//! of places ([`ActionSet`]). One level of the tree must allow: its policies' sets are joined. Every level must allow:
//! the levels' sets are intersected. 64 actions take one instruction (`combine.rs`).
//!
//! **Most statements are certain.** A statement without conditions that means every resource allows, or denies, for
//! certain. Where only such statements meet, sets are the whole answer (`settle.rs`). A condition on what is known of
//! the caller, such as its ARN, its tags or its place in the tree, is certain too, once it is known who calls.
//!
//! **The rest is asked, once.** The actions of which the same open statements speak form a group. A few sample requests,
//! well chosen and decided by the evaluator, mostly show that the group is allowed here and denied there (`sample.rs`).
//! Where they do not, the evaluator searches all requests there are ([`iam_evaluator::judge_resources`]).
//!
//! **Parts are settled alone.** What the organization leaves (`guardrails.rs`, level by level) and what the account
//! grants (`grants.rs`) are settled apart and kept. If both say *sometimes*, and one looks at the resource and the other
//! at the source address, then some request satisfies both; only where they look at the same thing the two are asked
//! together (`clash.rs`).
//!
//! **An edit touches little.** An edit of an SCP settles one level again, puts together the paths below it, and counts
//! the principals below these; everything else is kept, known by the numbers of its policies (`engine.rs`,
//! `effective.rs`). Accounts, policies and paths that look alike are one and the same.
//!
//! The cells of a principal speak of the resources of its own account. Whether it reaches a resource elsewhere is a
//! question of its own, and [`who_can`] answers it for all principals.
//!
//! Start at [`Engine`]; [`Difference`] compares two states; [`why`] says what a cell depends on.

mod action_set;
mod sparse;

mod universe;

mod cells;
mod difference;
mod effective;
mod who;

mod advance;
mod engine;
mod numbers;

mod granting;
mod grants;
mod guardrails;
mod path;
mod questions;

mod clash;
mod combine;
mod together;

mod ask;
mod glob;
mod reading;
mod sample;
mod settle;
mod world;

pub use action_set::ActionSet;
pub use cells::{Cells, Totals, Verdict};
pub use difference::{AccountDifference, ChangedActions, Changes, Difference};
pub use effective::{AccountPermissions, Effective, PrincipalPermissions};
pub use engine::Engine;
pub use universe::{Entry, ServiceActions, Universe};
pub use who::{example_request, who_can, who_might, why};
