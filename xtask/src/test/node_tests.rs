//! Node's test runner over the `*.test.mjs` of a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::counts::Counts;
use crate::command;

/// Runs the tests below `package` that stand in `folder`, in the order of names; `set` adds to the command.
///
/// Their list is ours, for Node 20 knows no patterns here.
pub fn run(
    package: &Path,
    folder: &str,
    reporter: &str,
    set: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<Counts> {
    let mut counts = Counts::NONE;
    let mut runner = Command::new("node");
    runner.current_dir(package).args(["--test", "--test-reporter", reporter]);
    runner.args(["--test-reporter-destination=stderr", "--test-reporter=tap"]);
    runner.arg("--test-reporter-destination=stdout").args(tests(&package.join(folder))?);
    let succeeded = command::watched_quietly(set(&mut runner), |line| counts.read_node(line))?;
    Ok(counts.or_failed_unless(succeeded))
}

fn tests(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} is missing", folder.display()))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> =
        files.filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    if files.is_empty() {
        bail!("{} holds no test", folder.display());
    }
    Ok(files)
}
