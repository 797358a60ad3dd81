//! The page: editor, wasm target, program and bindings, put together in `dist/`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::places::Places;
use crate::steps::Steps;
use crate::wasm_target::WasmTarget;
use crate::{bindings, command, dist, editor, licences, node, sizes, wasm_target};

const PACKAGE: &str = "scp-playground-web";

/// Builds the page in five steps out of `total`, and fails when it is larger than it may be.
pub fn build(places: &Places, total: usize) -> Result<Steps> {
    let mut steps = Steps::new(total);
    steps.next("looking for Rust and Node");
    let rust = wasm_target::Compiler::find()?;
    let node = node::check()?;
    steps.done(&format!("Rust {}, Node {node}", rust.version));

    steps.next("the wasm target of this compiler");
    let target = wasm_target::find_or_make(&rust)?;
    steps.done(&target.from);

    steps.next("the text editor");
    editor::bundle(places)?;
    steps.done("bundled");

    steps.next("compiling the page (the first time one to two minutes, later some seconds)");
    let wasm = compile(places, &target, PACKAGE)?.join(format!("{PACKAGE}.wasm"));
    let bound = places.work().join("bindings");
    bindings::for_page(&wasm, &bound)?;
    steps.done("compiled, and its bindings made");

    steps.next("putting the page together in dist/");
    dist::assemble(places, &bound)?;
    let licences = licences::of_crates(places, PACKAGE)?;
    fs::write(places.dist().join("LICENSE-crates.txt"), licences)?;
    sizes::check(places)?;
    Ok(steps)
}

/// Compiles a package for the browser, small; gives the folder in which its program lies.
pub fn compile(places: &Places, target: &WasmTarget, package: &str) -> Result<PathBuf> {
    let mut cargo = places.cargo();
    cargo.args([
        "build",
        "--package",
        package,
        "--profile",
        "page",
        "--target",
        wasm_target::TRIPLE,
    ]);
    cargo.envs(target.environment.iter().map(|(name, value)| (name, value)));
    command::run(&mut cargo).with_context(|| format!("{package} could not be compiled"))?;
    Ok(places.target().join(wasm_target::TRIPLE).join("page"))
}
