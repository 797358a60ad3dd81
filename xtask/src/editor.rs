//! The text editor's bundle: CodeMirror and our few lines around it, made one module by esbuild.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::places::Places;
use crate::{command, node, stamp};

/// Makes `web/editor/dist/editor.js` and the licences of what is inside, unless they are up to date.
pub fn bundle(places: &Places) -> Result<()> {
    let folder = places.root().join("web/editor");
    let inputs: Vec<PathBuf> =
        ["package-lock.json", "build.mjs", "editor.js", "marks.js", "styles.js"]
            .map(|name| folder.join(name))
            .into();
    let inputs = stamp::of_files(&inputs);
    let kept = folder.join("dist/.stamp");
    if stamp::is_fresh(&kept, &inputs) {
        return Ok(());
    }
    node::install(&folder)?;
    command::run(Command::new("node").current_dir(&folder).arg("build.mjs"))?;
    stamp::write(&kept, &inputs)
}

/// Minifies scripts and styles in place.
pub fn minify(places: &Places, files: &[PathBuf]) -> Result<()> {
    let folder = places.root().join("web/editor");
    node::install(&folder)?;
    command::run(Command::new("node").current_dir(&folder).arg("minify.mjs").args(files))
}
