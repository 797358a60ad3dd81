//! What esbuild bundles: the text editor, CodeMirror and our few lines around it, to one module; the styles to one sheet.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::places::Places;
use crate::{command, dist, node, stamp};

/// Makes `editor.js`, the licences of what is inside, and `style.css` in `web/editor/dist`, unless they are up to date.
pub fn bundle(places: &Places) -> Result<()> {
    let folder = places.root().join("web/editor");
    let mut inputs = dist::files_below(&places.root().join("web/styles"))?;
    inputs.extend(files_beside(&folder)?);
    inputs.sort();
    let inputs = stamp::of_files(&inputs);
    let kept = folder.join("dist/.stamp");
    if stamp::is_fresh(&kept, &inputs) {
        return Ok(());
    }
    node::install(&folder)?;
    command::run(Command::new("node").current_dir(&folder).arg("build.mjs"))?;
    stamp::write(&kept, &inputs)
}

/// The editor's own scripts and what they are bundled with.
fn files_beside(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let is_input = |path: &PathBuf| {
        let ending = path.extension().and_then(|it| it.to_str());
        matches!(ending, Some("js" | "mjs" | "json"))
    };
    Ok(entries.into_iter().filter(is_input).collect())
}

/// Minifies scripts and styles in place.
pub fn minify(places: &Places, files: &[PathBuf]) -> Result<()> {
    let folder = places.root().join("web/editor");
    node::install(&folder)?;
    command::run(Command::new("node").current_dir(&folder).arg("minify.mjs").args(files))
}
