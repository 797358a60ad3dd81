//! `dist/`: what `index.html` asks for, and nothing else.
//!
//! `index.html` names its parts as `<link data-trunk …>`, one to a line, so that Trunk builds the same page.
//! Here the `copy-file` links are carried out and the links taken out.
//! The stylesheet and the starting script get a `?v=…` made from all contents, and the script hands it on,
//! so that a browser never mixes the parts of two releases.
//! At last `xtask/offline.mjs` draws the icons and tells the service worker which files the release has.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::page::PACKAGE;
use crate::places::Places;
use crate::{command, editor, split, stamp};

/// Writes `dist/` anew from `index.html` and the program's bindings.
pub fn assemble(places: &Places, bindings: &Path) -> Result<()> {
    let source = places.root().join("index.html");
    let html = fs::read_to_string(&source).context("index.html can't be read")?;
    let links = trunk_links(&html)?;
    let dist = places.dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).context("the old dist/ can't be removed")?;
    }
    copy_folder(bindings, &dist)?;
    for link in &links {
        match link {
            Link::Rust => {}
            Link::CopyFile(path) => copy_into(&places.root().join(path), &dist)?,
            Link::CopyDir(path) => {
                let from = places.root().join(path);
                let name = from.file_name().context("a path without a name")?;
                copy_folder(&from, &dist.join(name))?;
            }
        }
    }
    editor::minify(places, &own_parts(&dist)?)?;
    let version = version(&html, &dist)?;
    split::with_version(&dist, PACKAGE, &version)?;
    fs::write(dist.join("index.html"), finished(&html, &version))
        .context("dist/ can't be written")?;
    let script = places.root().join("xtask/offline.mjs");
    command::run(Command::new("node").arg(script).arg(&dist).arg(version))
}

/// The scripts and styles that are not minified yet; the text editor comes so.
fn own_parts(dist: &Path) -> Result<Vec<PathBuf>> {
    let is_own = |path: &PathBuf| {
        let ending = path.extension().and_then(|it| it.to_str());
        matches!(ending, Some("js" | "css"))
            && !path.ends_with("editor.js")
            && !path.ends_with("qr.js")
    };
    Ok(files_below(dist)?.into_iter().filter(is_own).collect())
}

#[derive(Debug, PartialEq, Eq)]
enum Link {
    /// The program, already built.
    Rust,
    CopyFile(String),
    /// A folder with everything in it, under its own name.
    CopyDir(String),
}

fn trunk_links(html: &str) -> Result<Vec<Link>> {
    html.lines().filter(|line| is_trunk(line)).map(trunk_link).collect()
}

fn trunk_link(line: &str) -> Result<Link> {
    match (attribute(line, "rel"), attribute(line, "href")) {
        (Some("rust"), _) => Ok(Link::Rust),
        (Some("copy-file"), Some(path)) => Ok(Link::CopyFile(path.to_owned())),
        (Some("copy-dir"), Some(path)) => Ok(Link::CopyDir(path.to_owned())),
        _ => bail!(
            "index.html: only `rust`, `copy-file` and `copy-dir` links are understood here, found: {}",
            line.trim()
        ),
    }
}

fn is_trunk(line: &str) -> bool {
    line.contains("<link data-trunk")
}

fn attribute<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The page as the browser gets it: without the links, and with the version on what it loads first.
fn finished(html: &str, version: &str) -> String {
    let kept: Vec<&str> = html.lines().filter(|line| !is_trunk(line)).collect();
    let mut text = kept.join("\n");
    text.push('\n');
    for name in ["style.css", "boot.js"] {
        text = text.replace(&format!("\"{name}\""), &format!("\"{name}?v={version}\""));
    }
    text
}

fn version(html: &str, dist: &Path) -> Result<String> {
    let mut files = files_below(dist)?;
    files.sort();
    let contents = files.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    Ok(stamp::of((html, contents)))
}

/// Every file below the folder.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// Copies everything below one folder into another, hidden files left out.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let name = file.strip_prefix(from)?;
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let copy = to.join(name);
        copy_into(&file, copy.parent().unwrap_or(to))?;
    }
    Ok(())
}

fn copy_into(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().context("a path without a name")?;
    fs::create_dir_all(folder)?;
    fs::copy(file, folder.join(name)).with_context(|| {
        format!("index.html asks for {}, which can't be copied", file.display())
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<head>\n  <link rel=\"stylesheet\" href=\"style.css\">\n  \
        <link data-trunk rel=\"rust\" href=\"web/Cargo.toml\">\n  \
        <link data-trunk rel=\"copy-file\" href=\"web/style.css\">\n</head>\n";

    #[test]
    fn links_for_trunk_are_read() {
        let links = trunk_links(HTML).unwrap();
        assert_eq!(links, [Link::Rust, Link::CopyFile("web/style.css".to_owned())]);
    }

    #[test]
    fn links_for_trunk_are_taken_out_and_the_version_put_in() {
        let expected = "<head>\n  <link rel=\"stylesheet\" href=\"style.css?v=7\">\n</head>\n";
        assert_eq!(finished(HTML, "7"), expected);
    }

    #[test]
    fn an_unknown_link_is_an_error() {
        assert!(trunk_links("<link data-trunk rel=\"scss\" href=\"a.scss\">").is_err());
    }
}
