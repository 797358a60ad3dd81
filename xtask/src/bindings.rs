//! The bindings between the page's program and the browser, made by wasm-bindgen as a library.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::stamp;

/// Writes NAME.js and NAME_bg.wasm into the folder, unless they were made from this very program.
pub fn generate(wasm: &Path, folder: &Path) -> Result<()> {
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
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("the bindings of the page could not be made")?;
    stamp::write(&kept, &inputs)
}
