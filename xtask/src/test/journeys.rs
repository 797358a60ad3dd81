//! The journeys: Node's test runner over `e2e/journeys`, with the browser of this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::browser;
use super::counts::Counts;
use crate::places::Places;
use crate::{command, node, steps};

/// Runs every journey on the page in `dist/`.
pub fn run(places: &Places) -> Result<Counts> {
    if !places.dist().join("index.html").is_file() {
        bail!("there is no page in dist/: `cargo xtask build` makes it");
    }
    node::check()?;
    let folder = places.root().join("e2e");
    node::install(&folder)?;
    let browser = browser::find_or_install()?;
    steps::note(&format!("browser: {}", browser.display()));
    let pictures = places.target().join("journeys");
    fs::create_dir_all(&pictures)?;

    let mut counts = Counts::NONE;
    let mut runner = Command::new("node");
    runner.current_dir(&folder).args(["--test", "--test-reporter=spec", "--test-reporter=tap"]);
    runner.args(["--test-reporter-destination=stderr", "--test-reporter-destination=stdout"]);
    runner.args(journeys(&folder)?);
    runner.env("CHROME", browser).env("PAGE", places.dist()).env("PICTURES", pictures);
    let succeeded = command::watched_quietly(&mut runner, |line| counts.read_node(line))?;
    Ok(counts.or_failed_unless(succeeded))
}

/// Every journey in the order of names; their lists are ours, for Node 20 knows no patterns here.
fn journeys(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder.join("journeys")).context("e2e/journeys is missing")?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> =
        files.filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    if files.is_empty() {
        bail!("e2e/journeys holds no journey");
    }
    Ok(files)
}
