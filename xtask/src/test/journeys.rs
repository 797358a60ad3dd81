//! The journeys: Node's test runner over `e2e/journeys`, with the browser of this machine.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::counts::Counts;
use super::{browser, node_tests};
use crate::places::Places;
use crate::{node, steps};

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

    let first = node_tests::run(&folder, "journeys", "spec", |runner| {
        runner.env("CHROME", browser).env("PAGE", places.dist()).env("PICTURES", &pictures)
    })?;
    Ok(first + second_engine(places, &folder, &pictures)?)
}

/// The way through the page in Gecko. A machine where Firefox cannot be had says so and is not blamed for it.
fn second_engine(places: &Places, folder: &Path, pictures: &Path) -> Result<Counts> {
    let firefox = match browser::find_or_install_firefox() {
        Ok(firefox) => firefox,
        Err(reason) => {
            steps::note(&format!("SKIPPED: the journey in a second engine, for {reason}"));
            return Ok(Counts::NONE);
        }
    };
    steps::note(&format!("second engine: {}", firefox.display()));
    node_tests::run(folder, "second-engine", "spec", |runner| {
        runner.env("FIREFOX", firefox).env("PAGE", places.dist()).env("PICTURES", pictures)
    })
}
