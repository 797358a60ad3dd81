//! The page: editor, wasm target, program and bindings, put together in `dist/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::places::Places;
use crate::steps::Steps;
use crate::wasm_target::WasmTarget;
use crate::{bindings, command, dist, editor, licences, node, sizes, wasm_target};

/// The package of the page's program.
pub const PACKAGE: &str = "scp-playground-web";

/// How the page's program is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Small, and held to its budget: what is tested and published.
    Page,
    /// Soon there and large: to try things out while writing.
    Quick,
}

impl Profile {
    /// Cargo's name for it, and that of its folder.
    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Quick => "quick",
        }
    }
}

/// Builds the page in five steps out of `total`, and fails when it is larger than it may be.
pub fn build(places: &Places, profile: Profile, total: usize) -> Result<Steps> {
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
    let wasm = compile_page(places, &target, profile)?.join(format!("{PACKAGE}.wasm"));
    let bound = places.work().join("bindings");
    bindings::for_page(&wasm, &bound)?;
    steps.done("compiled, and its bindings made");

    steps.next("putting the page together in dist/");
    dist::assemble(places, &bound)?;
    let licences = licences::of_crates(places, PACKAGE)?;
    fs::write(places.dist().join("LICENSE-crates.txt"), licences)?;
    if profile == Profile::Page {
        sizes::check(places)?;
    }
    Ok(steps)
}

/// Compiles the page's program so that it can be split: with its split points, and with what the linker knows.
fn compile_page(places: &Places, target: &WasmTarget, profile: Profile) -> Result<PathBuf> {
    let mut cargo = places.cargo();
    cargo.args(["rustc", "--package", PACKAGE, "--features", "split"]);
    cargo.args(["--profile", profile.name(), "--target", wasm_target::TRIPLE]);
    cargo.args(["--", "-C", "link-arg=--emit-relocs"]);
    run(places, target, &mut cargo, PACKAGE, profile)
}

/// Compiles a package for the browser; gives the folder in which its program lies.
pub fn compile(
    places: &Places,
    target: &WasmTarget,
    package: &str,
    profile: Profile,
) -> Result<PathBuf> {
    compile_part(places, target, package, &[], profile)
}

/// Compiles an example of a package as the page is compiled; gives the folder in which its program lies.
pub fn compile_example(
    places: &Places,
    target: &WasmTarget,
    package: &str,
    example: &str,
) -> Result<PathBuf> {
    let part = ["--example", example];
    Ok(compile_part(places, target, package, &part, Profile::Page)?.join("examples"))
}

fn compile_part(
    places: &Places,
    target: &WasmTarget,
    package: &str,
    part: &[&str],
    profile: Profile,
) -> Result<PathBuf> {
    let mut cargo = places.cargo();
    cargo.args(["build", "--package", package]).args(part);
    cargo.args(["--profile", profile.name(), "--target", wasm_target::TRIPLE]);
    run(places, target, &mut cargo, package, profile)
}

fn run(
    places: &Places,
    target: &WasmTarget,
    cargo: &mut Command,
    package: &str,
    profile: Profile,
) -> Result<PathBuf> {
    cargo.envs(target.environment.iter().map(|(name, value)| (name, value)));
    command::run(cargo).with_context(|| format!("{package} could not be compiled"))?;
    Ok(places.target().join(wasm_target::TRIPLE).join(profile.name()))
}
