//! Effective permissions at scale, measured as the page runs them: WebAssembly of the page's profile, in Chromium.

use std::process::Command;

use anyhow::Result;

use crate::places::Places;
use crate::test::browser;
use crate::{bindings, command, node, page, wasm_target};

const PACKAGE: &str = "iam-effective";
const EXAMPLE: &str = "scale-wasm";

/// Accounts, and principals in each.
const SIZES: [&str; 4] = ["10x20", "100x20", "1000x20", "10000x2"];

/// Prints how long everything takes for each size of organization.
pub fn run(places: &Places) -> Result<()> {
    node::check()?;
    let rust = wasm_target::Compiler::find()?;
    let target = wasm_target::find_or_make(&rust)?;
    let folder = page::compile_example(places, &target, PACKAGE, EXAMPLE)?;
    let bound = places.target().join("wasm-bench");
    bindings::for_browser(&folder.join("scale_wasm.wasm"), &bound)?;
    let journeys = places.root().join("e2e");
    node::install(&journeys)?;
    let mut measure = Command::new("node");
    measure.current_dir(&journeys).arg("scale.mjs").arg(bound).args(SIZES);
    command::run(measure.env("CHROME", browser::find_or_install()?))
}
