//! The npm package, tested from outside: every conformance case, its examples and its types, in Node.

use anyhow::Result;

use super::counts::Counts;
use super::node_tests;
use crate::places::Places;
use crate::{js, node};

/// Builds the package and runs its tests.
pub fn run(places: &Places) -> Result<Counts> {
    let package = js::build(places)?;
    let folder = places.root().join("crates/js");
    node::install(&folder)?;
    node_tests::run(&folder, "tests", "./tests/reporter.mjs", |runner| {
        runner.env("PACKAGE", package)
    })
}
