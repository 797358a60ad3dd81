//! The bindings between a program and JavaScript, made by wasm-bindgen as a library.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{imports, stamp};

/// Writes NAME.js and NAME_bg.wasm for the page into the folder.
pub fn for_page(wasm: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.typescript(false);
    let name = wasm.file_stem().context("a program without a name")?.to_string_lossy();
    generate(bindgen, wasm, folder, |folder| imports::shorten(folder, &name))
}

/// Writes modules for bundlers into the folder, with their types.
pub fn for_package(name: &str, wasm: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.bundler(true)?.typescript(true).out_name(name);
    generate(bindgen, wasm, folder, |_| Ok(()))
}

/// Writes a module for Node into the folder.
pub fn for_node(wasm: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.nodejs(true)?.typescript(false);
    generate(bindgen, wasm, folder, |_| Ok(()))
}

/// Does nothing where the folder was made from this very program.
fn generate(
    mut bindgen: Bindgen,
    wasm: &Path,
    folder: &Path,
    finish: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("{} can't be read", wasm.display()))?;
    let inputs = stamp::of(&bytes);
    let kept = folder.join(".stamp");
    if stamp::is_fresh(&kept, &inputs) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    bindgen
        .input_path(wasm)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("the bindings of {} could not be made", wasm.display()))?;
    finish(folder)?;
    stamp::write(&kept, &inputs)
}
