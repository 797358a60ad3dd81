//! Is a step still up to date? Its inputs, reduced to a number, are kept beside its result.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The number that stands for these contents, as 16 hexadecimal digits.
///
/// Another Rust release may count differently; then a step is done once more than needed.
pub fn of(contents: impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The number that stands for these files, names included; a missing file counts as empty.
pub fn of_files(files: &[PathBuf]) -> String {
    let contents: Vec<_> =
        files.iter().map(|file| (file, fs::read(file).unwrap_or_default())).collect();
    of(contents)
}

/// Whether the stamp file says that the result was made from these inputs.
pub fn is_fresh(file: &Path, inputs: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|kept| kept.trim() == inputs)
}

pub fn write(file: &Path, inputs: &str) -> Result<()> {
    fs::write(file, inputs).with_context(|| format!("{} can't be written", file.display()))
}
