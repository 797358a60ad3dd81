//! The standard library itself: is it in a folder, and how it is built from a compiler's sources.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::TRIPLE;
use crate::{command, places, steps};

/// Whether the folder holds a standard library.
pub fn is_in(folder: &Path) -> bool {
    let holds =
        |prefix: &str| libraries(folder).iter().any(|file| name_of(file).starts_with(prefix));
    holds("libcore-") && holds("libstd-")
}

/// Where a compiler with this root looks for the target's library.
pub fn folder_below(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TRIPLE).join("lib")
}

/// Builds the library from `SOURCES/library` with the compiler that the environment names.
pub fn build(
    sources: &Path,
    environment: &[(&'static str, OsString)],
    work: &Path,
    into: &Path,
) -> Result<()> {
    steps::note("building the standard library from it (about half a minute)");
    let mut cargo = Command::new(places::cargo_program());
    cargo
        .current_dir(sources.join("library/sysroot"))
        .args(["build", "--quiet", "--locked", "--release", "--target", TRIPLE])
        .env("CARGO_TARGET_DIR", work)
        // The library's sources use what only a compiler under development allows, by design.
        .env("RUSTC_BOOTSTRAP", "1")
        // Keeps the crates' names apart from crates of the same name in the page.
        .env("__CARGO_DEFAULT_LIB_METADATA", "scp-playground")
        // Bitcode is what the page's link-time optimization reads.
        .env("CARGO_ENCODED_RUSTFLAGS", "-Zforce-unstable-if-unmarked\u{1f}-Cembed-bitcode=yes")
        .env_remove("RUSTUP_AUTO_INSTALL")
        .envs(environment.iter().map(|(name, value)| (name, value)));
    // Silent, for it warns of what is right here: the target knows no dynamic libraries.
    command::run_silently(&mut cargo).context("the standard library could not be built")?;

    fs::create_dir_all(into)?;
    for file in libraries(&work.join(TRIPLE).join("release/deps")) {
        fs::copy(&file, into.join(name_of(&file)))?;
    }
    if !is_in(into) {
        bail!("the sources built, but gave no standard library");
    }
    Ok(())
}

fn libraries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    files.filter(|file| file.extension().is_some_and(|extension| extension == "rlib")).collect()
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
