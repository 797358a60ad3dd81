//! The two ways of a Debian system without rustup's server, and what they keep in the cache folder.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, Result, bail};

use super::debian::{Debian, Lists};
use super::{Compiler, WasmTarget, library};
use crate::{command, places, steps};

/// Sources of the very release that the compiler is of: the quickest way, where a suite still has them.
pub fn make_from_sources(rust: &Compiler) -> Result<WasmTarget> {
    let debian = Debian::find()?;
    let work = Work::new("sources")?;
    steps::note(&format!("looking for the sources of Rust {} in Debian", rust.version));
    let (lists, version) = find_sources(&debian, rust, &work.0)?;
    steps::note("fetching and unpacking them (45 MB)");
    let unpacked = work.0.join("unpacked");
    lists.unpack_one(&format!("rust-src={version}"), &unpacked)?;
    let sysroot = work.0.join("sysroot");
    let into = library::folder_below(&sysroot);
    library::build(&source_folder(&unpacked)?, &[], &work.0.join("build"), &into)?;
    keep(&sysroot, &sources_home(rust))?;
    kept_sources(rust).context("what was just built is gone")
}

pub fn kept_sources(rust: &Compiler) -> Option<WasmTarget> {
    let home = sources_home(rust);
    library::is_in(&library::folder_below(&home)).then(|| WasmTarget {
        environment: vec![("CARGO_ENCODED_RUSTFLAGS", flag("--sysroot", &home))],
        from: format!(
            "built from Debian's sources of Rust {}, kept in {}",
            rust.version,
            home.display()
        ),
    })
}

fn sources_home(rust: &Compiler) -> PathBuf {
    places::cache().join(format!("wasm-library-{}-{}", rust.version, rust.commit))
}

/// The suites are asked one after the other, the smallest list first, until one has the release.
fn find_sources(debian: &Debian, rust: &Compiler, work: &Path) -> Result<(Lists, String)> {
    for suite in ["trixie-backports", "testing", "unstable"] {
        let Ok(lists) = Lists::fetch(&work.join(suite), &debian.source(suite)) else { continue };
        let wanted = format!("{}+", rust.version);
        let found = lists.versions("rust-src")?.into_iter().find(|v| v.starts_with(&wanted));
        if let Some(version) = found {
            return Ok((lists, version));
        }
    }
    bail!("no suite of Debian has the sources of Rust {}", rust.version)
}

/// Debian's own compiler with its sources: larger and slower, but there as long as the release lives.
pub fn make_compiler(rust: &Compiler) -> Result<WasmTarget> {
    let debian = Debian::find()?;
    let linker = rust.wasm_linker()?;
    let work = Work::new("compiler")?;
    steps::note("looking for a newer compiler among Debian's packages");
    let sources = [debian.security_source().unwrap_or_default(), debian.source(&debian.codename)];
    let lists = Lists::fetch(&work.0, &sources.concat())?;
    let oldest = minor(env!("CARGO_PKG_RUST_VERSION"));
    let version = lists.versions("rustc-web")?.into_iter().find(|version| minor(version) >= oldest);
    let version = version.context("Debian's compiler is too old for this page")?;
    steps::note(&format!("fetching and unpacking Debian's Rust {version} (140 MB)"));
    let unpacked = work.0.join("unpacked");
    let packages = ["rustc-web", "rust-web-src"].map(|name| format!("{name}={version}"));
    lists.unpack_with_needs(&packages, &unpacked)?;
    let home = unpacked.join("usr");
    let into = library::folder_below(&home);
    let sources = source_folder(&unpacked)?;
    library::build(&sources, &environment(&home, &linker), &work.0.join("build"), &into)?;
    for unneeded in ["src", "share"] {
        fs::remove_dir_all(home.join(unneeded)).ok();
    }
    keep(&home, &compiler_home())?;
    kept_compiler(rust).context("the compiler just unpacked does not start")
}

pub fn kept_compiler(rust: &Compiler) -> Option<WasmTarget> {
    let home = compiler_home();
    if !library::is_in(&library::folder_below(&home)) {
        return None;
    }
    let environment = environment(&home, &rust.wasm_linker().ok()?);
    let mut rustc = Command::new(home.join("bin/rustc"));
    rustc.arg("--version").envs(environment.iter().map(|(name, value)| (name, value)));
    let version = command::output(&mut rustc).ok()?;
    let from = format!("Debian's {}, kept in {}", version.trim(), home.display());
    Some(WasmTarget { environment, from })
}

fn compiler_home() -> PathBuf {
    places::cache().join("debian-compiler")
}

fn environment(home: &Path, linker: &Path) -> Vec<(&'static str, OsString)> {
    let libraries = format!("lib/{}-linux-gnu", env::consts::ARCH);
    let before = env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let paths = [home.join(libraries)].into_iter().chain(env::split_paths(&before));
    let mut settings = vec![
        ("RUSTC", home.join("bin/rustc").into_os_string()),
        ("RUSTDOC", home.join("bin/rustdoc").into_os_string()),
        ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.as_os_str().to_owned()),
    ];
    // A path with a colon in it can't be joined; then the loader's own places must do.
    settings.extend(env::join_paths(paths).ok().map(|paths| ("LD_LIBRARY_PATH", paths)));
    settings
}

/// Flags in the form that leaves spaces in paths alone.
fn flag(name: &str, value: &Path) -> OsString {
    let mut flag = OsString::from(format!("{name}\u{1f}"));
    flag.push(value);
    flag
}

fn source_folder(unpacked: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(unpacked.join("usr/src"))?;
    let mut folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let found = folders.find(|folder| folder.join("library/sysroot/Cargo.toml").is_file());
    found.context("the package holds no sources of the standard library")
}

/// The minor number of a Rust version, which is what tells releases apart.
fn minor(version: &str) -> u32 {
    version.split('.').nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Moves the finished folder to its home in one go, so that a home is always complete.
fn keep(folder: &Path, home: &Path) -> Result<()> {
    if home.exists() {
        fs::remove_dir_all(home)?;
    }
    fs::rename(folder, home).with_context(|| format!("{} can't be made", home.display()))
}

/// A folder in the cache for half-finished things, gone when the work is over or given up.
struct Work(PathBuf);

impl Work {
    fn new(name: &str) -> Result<Self> {
        let folder = places::cache().join(format!("{name}-{}.partial", process::id()));
        fs::create_dir_all(&folder).with_context(|| {
            format!(
                "the cache folder {} can't be made; name another in XDG_CACHE_HOME",
                folder.display()
            )
        })?;
        Ok(Self(folder))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minor_number_is_read_from_rust_and_debian_versions() {
        assert_eq!(minor("1.95"), 95);
        assert_eq!(minor("1.96.0+dfsg1-1~deb12u2"), 96);
        assert_eq!(minor("strange"), 0);
    }
}
