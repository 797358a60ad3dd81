//! Node: bundles the editor, measures sizes, drives the journeys. Packages come by lock file only.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{command, stamp, steps};

const OLDEST: u32 = 20;
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Fails with advice unless a new enough Node and npm are there; gives Node's version.
pub fn check() -> Result<String> {
    let advice = format!(
        "the page needs Node {OLDEST} or newer with npm\n  \
         install it with the system's package manager or from nodejs.org, then run this again"
    );
    if command::on_path(&["node"]).is_none() {
        bail!("`node` was not found on PATH: {advice}");
    }
    let version = command::output(Command::new("node").arg("--version"))?.trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST) {
        bail!("Node {version} is too old: {advice}");
    }
    Ok(version)
}

/// Installs what the folder's lock file names, unless that is there already.
pub fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let inputs =
        stamp::of(fs::read(&lock).with_context(|| format!("{} is missing", lock.display()))?);
    let kept = folder.join("node_modules").join(".lock-stamp");
    if stamp::is_fresh(&kept, &inputs) {
        return Ok(());
    }
    steps::note("npm ci: fetches the packages of the lock file, once, some seconds");
    command::run(Command::new(NPM).current_dir(folder).args([
        "ci",
        "--ignore-scripts",
        "--silent",
    ]))
    .with_context(|| {
        format!(
            "the npm packages of {} could not be fetched: is the npm registry reachable?\n  \
                 try it by hand: (cd {0} && npm ci --ignore-scripts)",
            folder.display()
        )
    })?;
    stamp::write(&kept, &inputs)
}
