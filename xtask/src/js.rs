//! The JavaScript API as an npm package: program, bindings, types, examples and licences in one folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::places::Places;
use crate::steps::Steps;
use crate::{bindings, dist, licences, node, page, sizes, wasm_target};

const PACKAGE: &str = "iam-js";
const NAME: &str = "scp_playground";

/// Makes the package anew and gives its folder.
pub fn build(places: &Places) -> Result<PathBuf> {
    let mut steps = Steps::new(3);
    steps.next("looking for Rust and Node");
    let rust = wasm_target::Compiler::find()?;
    let node = node::check()?;
    let target = wasm_target::find_or_make(&rust)?;
    steps.done(&format!("Rust {}, Node {node}, wasm target: {}", rust.version, target.from));

    steps.next("compiling the JavaScript API");
    let wasm = page::compile(places, &target, PACKAGE, page::Profile::Page)?.join("iam_js.wasm");
    let bound = places.target().join("js-build");
    bindings::for_package(NAME, &wasm, &bound)?;
    steps.done("compiled, and its bindings made");

    let package = places.target().join("js-package");
    steps.next("putting the npm package together in js-package/ of the build folder");
    if package.exists() {
        fs::remove_dir_all(&package).context("the old package can't be removed")?;
    }
    assemble(places, &bound, &package)?;
    sizes::show(places, &package.join(format!("{NAME}_bg.wasm")), "the evaluator alone")?;
    Ok(package)
}

fn assemble(places: &Places, bound: &Path, package: &Path) -> Result<()> {
    let source = places.root().join("crates/js");
    dist::copy_folder(bound, package)?;
    dist::copy_folder(&source.join("package"), package)?;
    dist::copy_folder(&source.join("examples"), &package.join("examples"))?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(places.root().join(licence), package.join(licence))?;
    }
    fs::write(package.join("LICENSE-crates.txt"), licences::of_crates(places, PACKAGE)?)?;
    let manifest = package.join("package.json");
    let text = fs::read_to_string(&manifest)?;
    fs::write(&manifest, with_version(&text, env!("CARGO_PKG_VERSION")))?;
    Ok(())
}

/// The workspace has one version, and the package has it too.
fn with_version(manifest: &str, version: &str) -> String {
    manifest.replacen("\"version\": \"0.0.0\"", &format!("\"version\": \"{version}\""), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_gets_the_version_of_the_workspace() {
        let manifest = include_str!("../../crates/js/package/package.json");
        let finished: serde_json::Value =
            serde_json::from_str(&with_version(manifest, "1.2.3")).unwrap();
        assert_eq!(finished["version"], "1.2.3");
    }
}
