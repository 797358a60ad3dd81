//! The bindings between a program and JavaScript, made by wasm-bindgen as a library.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{imports, split, stamp};

/// Writes NAME.js and NAME_bg.wasm for the page into the folder.
pub fn for_page(wasm: &Path, folder: &Path) -> Result<()> {
    let name = wasm.file_stem().context("a program without a name")?.to_string_lossy();
    unless_fresh(wasm, folder, |program| {
        let main = split::split(program, folder, &name)?;
        let mut bindgen = Bindgen::new();
        // The parts need the main program's table of functions, which is dropped otherwise.
        bindgen.web(true)?.typescript(false).keep_lld_exports(true);
        bind(bindgen, &main, folder)?;
        fs::remove_file(main)?;
        split::register(folder, &name)?;
        imports::shorten(folder, &name)
    })
}

/// Writes modules for bundlers into the folder, with their types.
pub fn for_package(name: &str, wasm: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.bundler(true)?.typescript(true).out_name(name);
    unless_fresh(wasm, folder, |_| bind(bindgen, wasm, folder))
}

/// Writes a module for browsers into the folder.
pub fn for_browser(wasm: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.typescript(false);
    unless_fresh(wasm, folder, |_| bind(bindgen, wasm, folder))
}

/// Does nothing where the folder was made from this very program.
fn unless_fresh(wasm: &Path, folder: &Path, make: impl FnOnce(&[u8]) -> Result<()>) -> Result<()> {
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
    make(&bytes)?;
    stamp::write(&kept, &inputs)
}

fn bind(mut bindgen: Bindgen, wasm: &Path, folder: &Path) -> Result<()> {
    bindgen
        .input_path(wasm)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("the bindings of {} could not be made", wasm.display()))
}
