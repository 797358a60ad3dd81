//! The left pane: the organization as a tree, the accounts outside of it, and the policies.

mod drag;
mod keys;
mod legend;
pub mod marks;
mod nodes;
mod pane;
#[cfg(test)]
mod tests;
mod view;
mod window;

pub use nodes::state_word;
pub use pane::OrganizationPane;
