//! Where things lie: the repository, its build folders, and the folder kept between clones.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;

/// The folders that the tasks read and write.
#[derive(Debug)]
pub struct Places {
    root: PathBuf,
    target: PathBuf,
}

impl Places {
    pub fn find() -> Result<Self> {
        // At run time first: a moved clone would still carry the path it was compiled under.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask lies in no folder")?.to_path_buf();
        let target = target_folder(&root)?;
        Ok(Self { root, target })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's build folder.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The finished page.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// What the page's build keeps between two runs.
    pub fn work(&self) -> PathBuf {
        self.target.join("page-build")
    }

    /// A `cargo` that runs in this repository.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(cargo_program());
        command.current_dir(&self.root);
        command
    }
}

/// The cargo that started this task, so that a `cargo +toolchain xtask` stays with its toolchain.
pub fn cargo_program() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// The folder for what is costly to fetch and belongs to no clone.
pub fn cache() -> PathBuf {
    let variable = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA").filter(|_| cfg!(windows)))
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(env::temp_dir)
        .join("scp-playground")
}

fn target_folder(root: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new(cargo_program());
    cargo.current_dir(root).args(["metadata", "--no-deps", "--format-version", "1"]);
    let text = command::output(&mut cargo)?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).context("cargo metadata printed something unreadable")?;
    let target = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    target.map(PathBuf::from).context("cargo metadata names no target folder")
}
