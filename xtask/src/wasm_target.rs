//! The standard library for wasm32-unknown-unknown: where it is, and where it comes from when it is not.
//!
//! rustup is asked first. Where its server can't be reached, a Debian system still has two ways:
//! the sources of this very compiler, built here, or Debian's own newer compiler with its sources.
//! Both are fetched with private package lists into the cache folder; nothing is installed.

mod debian;
mod library;
mod sources;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::{command, steps};

pub const TRIPLE: &str = "wasm32-unknown-unknown";

/// rustup answers in seconds or hangs for minutes.
const RUSTUP_LIMIT: Duration = Duration::from_secs(40);

/// Settings for Cargo's build of the page, and a word on where the target comes from.
#[derive(Debug)]
pub struct WasmTarget {
    pub environment: Vec<(&'static str, OsString)>,
    pub from: String,
}

impl WasmTarget {
    fn of_the_compiler(from: &str) -> Self {
        Self { environment: Vec::new(), from: from.to_owned() }
    }
}

/// The compiler that Cargo uses here.
#[derive(Debug)]
pub struct Compiler {
    program: PathBuf,
    pub version: String,
    commit: String,
    host: String,
}

impl Compiler {
    pub fn find() -> Result<Self> {
        let program = env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
        let text = command::output(Command::new(&program).arg("-vV")).context(
            "the Rust compiler is needed\n  install it with rustup (rustup.rs), then run this again",
        )?;
        let field = |name: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            found.map(str::to_owned).with_context(|| format!("rustc -vV names no {name}"))
        };
        let (version, commit, host) = (field("release")?, field("commit-hash")?, field("host")?);
        Ok(Self { program, version, commit, host })
    }

    fn has_target(&self) -> Result<bool> {
        let mut rustc = Command::new(&self.program);
        rustc.args(["--print", "target-libdir", "--target", TRIPLE]);
        let folder = PathBuf::from(command::output(&mut rustc)?.trim());
        Ok(library::is_in(&folder))
    }

    /// The linker that rustup ships with the compiler, else one on PATH.
    fn wasm_linker(&self) -> Result<PathBuf> {
        let sysroot = command::output(Command::new(&self.program).args(["--print", "sysroot"]))?;
        let own = PathBuf::from(sysroot.trim())
            .join("lib/rustlib")
            .join(&self.host)
            .join("bin")
            .join(format!("rust-lld{}", env::consts::EXE_SUFFIX));
        let found =
            if own.is_file() { Some(own) } else { command::on_path(&["rust-lld", "wasm-ld"]) };
        found.context("no linker for wasm: neither rust-lld nor wasm-ld was found")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Rustup,
    DebianSources,
    DebianCompiler,
}

impl Way {
    const ALL: [Self; 3] = [Self::Rustup, Self::DebianSources, Self::DebianCompiler];

    fn name(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::DebianSources => "debian-sources",
            Self::DebianCompiler => "debian-compiler",
        }
    }

    /// The ways that the person allows, in the person's order.
    fn allowed() -> Result<Vec<Self>> {
        let Ok(wanted) = env::var("WASM_TARGET_FROM") else { return Ok(Self::ALL.to_vec()) };
        let way = |name: &str| {
            let found = Self::ALL.into_iter().find(|way| way.name() == name.trim());
            found.ok_or_else(|| anyhow!("WASM_TARGET_FROM: there is no way called `{name}`"))
        };
        wanted.split(',').map(way).collect()
    }

    fn kept(self, rust: &Compiler) -> Option<WasmTarget> {
        match self {
            Self::Rustup => None,
            Self::DebianSources => sources::kept_sources(rust),
            Self::DebianCompiler => sources::kept_compiler(rust),
        }
    }

    fn make(self, rust: &Compiler) -> Result<WasmTarget> {
        match self {
            Self::Rustup => ask_rustup(rust),
            Self::DebianSources => sources::make_from_sources(rust),
            Self::DebianCompiler => sources::make_compiler(rust),
        }
    }
}

/// The target of this compiler, or of one that can be had.
pub fn find_or_make(rust: &Compiler) -> Result<WasmTarget> {
    if rust.has_target()? {
        return Ok(WasmTarget::of_the_compiler("installed with the compiler"));
    }
    let ways = Way::allowed()?;
    if let Some(kept) = ways.iter().find_map(|way| way.kept(rust)) {
        return Ok(kept);
    }
    steps::note(&format!("this compiler has no standard library for {TRIPLE} yet"));
    let mut failures = String::new();
    for way in ways {
        match way.make(rust) {
            Ok(target) => return Ok(target),
            Err(error) => {
                steps::note(&format!("{}: {error:#}", way.name()));
                failures.push_str(&format!("\n  {}: {error:#}", way.name()));
            }
        }
    }
    bail!(
        "the standard library for {TRIPLE} could not be had{failures}\n  what you can do: run \
         `rustup target add {TRIPLE}` where rustup's server can be reached,\n  or install it with the \
         compiler of your system (Debian: libstd-rust-dev-wasm32, Fedora: rust-std-static-{TRIPLE}),\n  \
         then run this again"
    )
}

fn ask_rustup(rust: &Compiler) -> Result<WasmTarget> {
    if command::on_path(&["rustup"]).is_none() {
        bail!("the program `rustup` was not found on PATH");
    }
    let limit = RUSTUP_LIMIT.as_secs();
    steps::note(&format!("asking rustup for it (20 MB; given up after {limit} s for another way)"));
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TRIPLE]).env("RUST_BACKTRACE", "0");
    command::run_for(&mut rustup, RUSTUP_LIMIT)?;
    if !rust.has_target()? {
        bail!("rustup added the target, but to another compiler than `{}`", rust.program.display());
    }
    Ok(WasmTarget::of_the_compiler("added by rustup"))
}
