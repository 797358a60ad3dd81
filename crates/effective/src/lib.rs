//! Effective permissions: what a principal may do, for every action at once.
//!
//! One cell for each action: allowed on everything, denied, or depending on the resource or on condition keys. Cells are
//! not computed one by one. The policies that apply to a principal cut the actions into groups that no statement tells
//! apart (`partition.rs`); one action of each group is judged by `iam_evaluator`, exactly, and the answer holds for all.

mod action_set;
mod cells;
mod covers;
mod partition;
mod universe;

pub use action_set::ActionSet;
pub use cells::{Cells, Group, Verdict, cell, cells};
pub use covers::Covers;
pub use universe::{Entry, Universe};
