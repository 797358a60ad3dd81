//! The licences of the crates inside the page's program, as one text beside the page.
//!
//! A crate that may be used under Apache-2.0 is listed with it, the text being `LICENSE-APACHE`;
//! every other crate comes with the licence files of its own package.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::places::Places;
use crate::{command, wasm_target};

/// The text for the crates that this package is made of.
pub fn of_crates(places: &Places, package: &str) -> Result<String> {
    let mut cargo = places.cargo();
    cargo.args(["metadata", "--format-version", "1", "--filter-platform", wasm_target::TRIPLE]);
    let metadata: Value = serde_json::from_str(&command::output(&mut cargo)?)?;
    let packages = by_id(metadata.get("packages"));
    let nodes = by_id(metadata.pointer("/resolve/nodes"));
    let root = packages.iter().find(|(_, p)| text(p, "name") == package);
    let root = root.with_context(|| format!("cargo metadata knows no package {package}"))?.0;

    let mut crates: Vec<&Value> = linked(root, &nodes)
        .into_iter()
        .filter_map(|id| packages.get(id).copied())
        .filter(|package| !package.get("source").is_none_or(Value::is_null))
        .collect();
    crates.sort_by_key(|package| (text(package, "name"), text(package, "version")));
    Ok(crates.into_iter().map(entry).collect())
}

fn by_id(list: Option<&Value>) -> BTreeMap<&str, &Value> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.map(|item| (text(item, "id"), item)).collect()
}

/// What the package is linked with, found along the edges that are not for tests or builds only.
fn linked<'a>(root: &'a str, nodes: &BTreeMap<&'a str, &'a Value>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let edges = nodes.get(id).and_then(|node| node.get("deps")?.as_array());
            let normal = edges.into_iter().flatten().filter(|edge| is_normal(edge));
            open.extend(normal.map(|edge| text(edge, "pkg")));
        }
    }
    found
}

fn is_normal(edge: &Value) -> bool {
    let kinds = edge.get("dep_kinds").and_then(Value::as_array).into_iter().flatten();
    kinds.into_iter().any(|kind| kind.get("kind").is_some_and(Value::is_null))
}

fn entry(package: &Value) -> String {
    let licence = text(package, "license");
    let heading = format!("{} {} ({licence})\n", text(package, "name"), text(package, "version"));
    if licence.contains("Apache-2.0") && !licence.contains("AND") {
        return heading;
    }
    let folder = Path::new(text(package, "manifest_path")).parent();
    let texts = folder.map(licence_files).unwrap_or_default();
    format!("{heading}\n{}\n", texts.join("\n"))
}

fn licence_files(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        ["LICEN", "COPYING", "UNLICENSE"].iter().any(|start| name.starts_with(start))
    });
    files.sort();
    files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
