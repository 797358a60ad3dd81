//! The page's weight: each file raw, as gzip and as brotli, and the budgets of a first visit and of the catalogue.
//!
//! Node measures, for it has both compressors built in and is needed anyway.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::places::Places;
use crate::{command, dist, stamp};

/// What a first visit may cost as brotli, the catalogue of actions left out.
const BUDGET: u64 = 400_000;

/// What it may cost until it fits the budget: a little above what was reached. Lower it whenever the page gets smaller.
const RATCHET: u64 = 729_000;

/// The same for what is needed until the first verdict stands on the page.
const VERDICT_RATCHET: u64 = 403_000;

/// What each file of the catalogue may cost on any server: they are compressed already.
const CATALOG_BUDGET: u64 = 140_000;

#[derive(Debug, PartialEq, Eq)]
struct Size {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    /// The catalogue has a budget of its own; licences, drawn icons and what is fetched when it is opened are no part of
    /// a first visit. What belongs to several parts of the program counts, though most of it is fetched later.
    fn counts(&self) -> bool {
        let later =
            ["LICENSE", ".png", "qr.js", "gallery/", "content/", "split_views", "split_links"];
        !self.is_catalog() && !later.iter().any(|part| self.name.contains(part))
    }

    /// Whether the first verdict waits for it: not for the editor, and not for what goes by the catalogue.
    fn is_before_verdict(&self) -> bool {
        let after = ["editor.js", "split_", "chunk_", "sw.js"];
        self.counts() && !after.iter().any(|part| self.name.starts_with(part))
    }

    fn is_catalog(&self) -> bool {
        self.name.starts_with("catalog")
    }
}

/// Prints the sizes, and fails when the page is over its budget.
pub fn check(places: &Places) -> Result<()> {
    let sizes = measure(places)?;
    let (counted, others): (Vec<_>, Vec<_>) = sizes.into_iter().partition(Size::counts);
    let before = counted.iter().filter(|size| size.is_before_verdict());
    let before = before.fold(Size::nothing("until the first verdict"), Size::plus);
    let total = counted.iter().fold(Size::nothing("first visit"), Size::plus);
    table(counted.iter().chain([&before, &total]).chain(&others));
    check_catalog(&others)?;
    if before.brotli > VERDICT_RATCHET {
        bail!(
            "{} bytes as brotli until the first verdict, and it may be {VERDICT_RATCHET}",
            before.brotli
        );
    }
    let share = total.brotli * 100 / BUDGET;
    println!("      {share} % of the first visit's budget of {BUDGET} bytes as brotli");
    if total.brotli > BUDGET.max(RATCHET) {
        bail!(
            "a first visit costs {} bytes as brotli, and may cost {RATCHET} on the way to {BUDGET}",
            total.brotli
        );
    }
    Ok(())
}

/// Prints the sizes of the catalogue's files where they are kept, and fails when one is over its budget.
pub fn check_catalog_files(places: &Places, files: &[PathBuf], folder: &Path) -> Result<()> {
    let text = run_measure(places, files)?;
    let sizes = text.lines().map(|line| read_line(line, folder)).collect::<Result<Vec<_>>>()?;
    table(&sizes);
    check_catalog(&sizes)
}

fn check_catalog(sizes: &[Size]) -> Result<()> {
    for size in sizes.iter().filter(|size| size.is_catalog()) {
        let (name, share) = (&size.name, size.raw * 100 / CATALOG_BUDGET);
        println!("      {share} % of the budget of {CATALOG_BUDGET} bytes for {name}");
        if size.raw > CATALOG_BUDGET {
            bail!("{name} has {} bytes, and may have {CATALOG_BUDGET}", size.raw);
        }
    }
    Ok(())
}

fn table<'a>(sizes: impl IntoIterator<Item = &'a Size>) {
    println!("      {:>9} {:>9} {:>9}  bytes", "raw", "gzip", "brotli");
    for size in sizes {
        println!("      {:>9} {:>9} {:>9}  {}", size.raw, size.gzip, size.brotli, size.name);
    }
}

impl Size {
    fn nothing(name: &str) -> Self {
        Self { name: name.to_owned(), raw: 0, gzip: 0, brotli: 0 }
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            name: self.name,
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// Prints the sizes of one file.
pub fn show(places: &Places, file: &Path, what: &str) -> Result<()> {
    let folder = file.parent().unwrap_or(places.root());
    let text = weigh(places, &[file.to_path_buf()])?;
    let Size { raw, gzip, brotli, .. } = read_line(text.trim_end(), folder)?;
    println!("      {what}: {raw} bytes, {gzip} as gzip, {brotli} as brotli");
    Ok(())
}

/// The sizes of all files, measured again only when one has changed.
fn measure(places: &Places) -> Result<Vec<Size>> {
    let dist = places.dist();
    let mut files = dist::files_below(&dist)?;
    files.sort();
    let inputs = stamp::of_files(&files);
    let (kept, text_file) = (places.work().join("sizes.stamp"), places.work().join("sizes"));
    if !stamp::is_fresh(&kept, &inputs) {
        fs::write(&text_file, weigh(places, &files)?)?;
        stamp::write(&kept, &inputs)?;
    }
    let text = fs::read_to_string(&text_file)?;
    text.lines().map(|line| read_line(line, &dist)).collect()
}

fn weigh(places: &Places, files: &[PathBuf]) -> Result<String> {
    let script = places.root().join("xtask/measure.mjs");
    command::output(Command::new("node").arg(script).args(files))
}

fn run_measure(places: &Places, files: &[PathBuf]) -> Result<String> {
    let script = places.root().join("xtask/measure.mjs");
    command::output(Command::new("node").arg(script).args(files))
}

fn read_line(line: &str, dist: &Path) -> Result<Size> {
    let mut words = line.splitn(4, ' ');
    let mut number = || words.next().and_then(|word| word.parse().ok());
    let (raw, gzip, brotli) = (number(), number(), number());
    let name = words.next().and_then(|path| Path::new(path).strip_prefix(dist).ok());
    let read = || {
        let name = name?.to_string_lossy().into_owned();
        Some(Size { name, raw: raw?, gzip: gzip?, brotli: brotli? })
    };
    read().with_context(|| format!("measure.mjs printed a line that can't be read: {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_with_spaces_in_its_path() {
        let size = read_line("10 7 5 /my dist/a.js", Path::new("/my dist")).unwrap();
        assert_eq!(size, Size { name: "a.js".to_owned(), raw: 10, gzip: 7, brotli: 5 });
    }

    #[test]
    fn catalogue_and_licences_are_outside_the_budget() {
        let counted = [
            "catalog-policies.bin",
            "LICENSE-MIT",
            "gallery/mfa.json",
            "content/compare.json",
            "icon-512.png",
            "split_views.wasm",
            "a.js",
        ]
        .map(|n| Size::nothing(n).counts());
        assert_eq!(counted, [false, false, false, false, false, false, true]);
        assert!(!Size::nothing("editor.js").is_before_verdict());
        assert!(Size::nothing("style.css").is_before_verdict());
    }
}
