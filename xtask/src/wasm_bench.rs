//! Effective permissions at scale, measured as the page runs them: WebAssembly of the page's profile, in Node's V8.

use std::process::Command;

use anyhow::{Context, Result};

use crate::places::Places;
use crate::{bindings, command, node, page, wasm_target};

const PACKAGE: &str = "iam-effective";
const EXAMPLE: &str = "scale-wasm";

/// Accounts, and principals in each.
const SIZES: [(u32, u32); 4] = [(10, 20), (100, 20), (1_000, 20), (10_000, 2)];

/// Prints how long everything takes for each size of organization.
pub fn run(places: &Places) -> Result<()> {
    node::check()?;
    let rust = wasm_target::Compiler::find()?;
    let target = wasm_target::find_or_make(&rust)?;
    let folder = page::compile_example(places, &target, PACKAGE, EXAMPLE)?;
    let bound = places.target().join("wasm-bench");
    bindings::for_node(&folder.join("scale_wasm.wasm"), &bound)?;
    let script = places.root().join("crates/effective/examples/scale.mjs");
    for (accounts, principals) in SIZES {
        let mut node = Command::new("node");
        node.arg(&script).arg(bound.join("scale_wasm.js"));
        node.args([accounts.to_string(), principals.to_string()]);
        command::run(&mut node).with_context(|| format!("{accounts} accounts"))?;
    }
    Ok(())
}
