//! `cargo xtask measure`: how long a first visit waits for its first verdict, beside a published wasm playground's engine,
//! and how long a key in the editor waits for its new one.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::places::Places;
use crate::test::browser;
use crate::{command, node, steps};

/// What <https://play.ruff.rs> runs; its page itself is not on npm.
const PEER: &str = "@astral-sh/ruff-wasm-web@0.16.9";

/// Measures the page in `dist/` and the peer. Without the peer, which comes from npm, the page alone.
pub fn run(places: &Places) -> Result<()> {
    if !places.dist().join("index.html").is_file() {
        bail!("there is no page in dist/: `cargo xtask build` makes it");
    }
    node::check()?;
    let folder = places.root().join("e2e");
    node::install(&folder)?;
    let chrome = browser::find_or_install()?;
    let script = |name: &str| {
        let mut node = Command::new("node");
        node.current_dir(&folder).arg(name).env("CHROME", &chrome).env("PAGE", places.dist());
        node
    };
    command::run(&mut script("typing.mjs"))?;
    let mut measure = script("measure.mjs");
    match peer(places) {
        Ok(peer) => drop(measure.env("PEER", peer)),
        Err(error) => steps::note(&format!("without a peer: {error:#}")),
    }
    command::run(&mut measure)
}

/// The peer's package, fetched once.
fn peer(places: &Places) -> Result<PathBuf> {
    let folder = places.target().join("peer");
    let package = folder.join("package");
    if !package.join("package.json").is_file() {
        fs::create_dir_all(&folder)?;
        let mut pack = Command::new(node::NPM);
        let archive = command::output(pack.current_dir(&folder).args(["pack", "--silent", PEER]))?;
        command::run(Command::new("tar").current_dir(&folder).args(["xzf", archive.trim()]))?;
    }
    Ok(package)
}
