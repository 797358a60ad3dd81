//! The browser of the journeys: the machine's own Chromium or Chrome, installed only where root may.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, anyhow, bail};

use crate::{command, steps};

const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
];

const USUAL_PLACES: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
];

const ADVICE: &str = "the journeys need Chromium or Google Chrome\n  \
    install it (Debian: apt-get install chromium), or name the program in CHROME, \
    then run `cargo xtask test journeys`";

/// A browser, installed first if there is none and this user may.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROME").filter(|name| !name.is_empty()).map(PathBuf::from) {
        if named.is_file() {
            return Ok(named);
        }
        bail!("CHROME names {}, which is no file: {ADVICE}", named.display());
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if command::on_path(&["apt-get"]).is_none() || !is_root() {
        bail!("no browser was found: {ADVICE}");
    }
    install()?;
    match find() {
        Some(found) => Ok(found),
        None => bail!("chromium was installed, but is not on PATH: {ADVICE}"),
    }
}

const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

/// Firefox for the second engine, installed first if there is none and this user may; an error says why there is none.
pub fn find_or_install_firefox() -> Result<PathBuf> {
    if let Some(named) = env::var_os("FIREFOX").filter(|name| !name.is_empty()).map(PathBuf::from) {
        if named.is_file() {
            return Ok(named);
        }
        bail!("FIREFOX names {}, which is no file", named.display());
    }
    if let Some(found) = command::on_path(&FIREFOX) {
        return Ok(found);
    }
    if command::on_path(&["apt-get"]).is_none() || !is_root() {
        bail!(
            "no Firefox was found (Debian: apt-get install firefox-esr, or name the program in FIREFOX)"
        );
    }
    steps::note("no Firefox was found: installing Debian's firefox-esr (60 MB, about a minute)");
    apt_install(&["firefox-esr"])?;
    command::on_path(&FIREFOX)
        .ok_or_else(|| anyhow!("firefox-esr was installed, but is not on PATH"))
}

fn find() -> Option<PathBuf> {
    let usual = || USUAL_PLACES.into_iter().map(PathBuf::from).find(|file| file.is_file());
    command::on_path(&NAMES).or_else(usual)
}

fn install() -> Result<()> {
    steps::note("no browser was found: installing Debian's chromium (110 MB, about a minute)");
    // Without a font, pictures of the page would be empty boxes.
    match apt_install(&["chromium", "fonts-dejavu-core"]) {
        Ok(()) => Ok(()),
        Err(error) => bail!("{error}: {ADVICE}"),
    }
}

fn apt_install(packages: &[&str]) -> Result<()> {
    // Lists of other repositories may be out of reach; what counts is whether the install succeeds.
    command::run(Command::new("apt-get").args(["-qq", "update"])).ok();
    let mut apt = Command::new("apt-get");
    apt.args(["-qq", "install", "--yes", "--no-install-recommends"]).args(packages);
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    command::run(&mut apt)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
