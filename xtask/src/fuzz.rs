//! Fuzzing with cargo-fuzz: the targets in `fuzz/`, from seeds that are made of the conformance cases.
//!
//! It needs a nightly compiler, so it is no part of `cargo xtask test`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::places::Places;

const TARGETS: [&str; 6] = ["policy", "pattern", "condition", "scenario", "link", "denial"];
const SECONDS: u32 = 60;

/// What to run, and for how long.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    targets: Vec<String>,
    seconds: u32,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { targets: Vec::new(), seconds: SECONDS };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--seconds" {
                let number = arguments.next().and_then(|number| number.parse().ok());
                options.seconds = number.context("`--seconds` needs a whole number behind it")?;
            } else if TARGETS.contains(&argument.as_str()) {
                options.targets.push(argument.clone());
            } else {
                bail!("there is no target `{argument}`; the targets are {}", TARGETS.join(" "));
            }
        }
        if options.targets.is_empty() {
            options.targets = TARGETS.map(str::to_owned).to_vec();
        }
        Ok(options)
    }
}

/// Runs the targets one after the other; a find ends the run and is kept in `fuzz/artifacts`.
pub fn run(places: &Places, options: &Options) -> Result<()> {
    check()?;
    let folder = places.root().join("fuzz");
    let build = places.target().join("fuzz");
    let seeds = places.target().join("fuzz-seeds");
    let mut make = nightly();
    make.current_dir(&folder).args(["cargo", "run", "--release", "--bin", "seeds", "--target-dir"]);
    command::run(make.arg(&build).arg("--").arg(places.root()).arg(&seeds))?;

    let mut done = Vec::new();
    for target in &options.targets {
        println!("\n== {target}, for {} s", options.seconds);
        let corpus = places.target().join("fuzz-corpus").join(target);
        std::fs::create_dir_all(&corpus)?;
        let mut fuzz = nightly();
        fuzz.current_dir(&folder).args(["cargo", "fuzz", "run", "--sanitizer", "none"]);
        fuzz.arg("--target-dir").arg(&build).arg(target).args([corpus, seeds.join(target)]);
        fuzz.args(["--", "-print_final_stats=1", "-timeout=20", "-dict=policy.dict"]);
        fuzz.arg(format!("-max_total_time={}", options.seconds));
        command::run(&mut fuzz).with_context(|| {
            format!(
                "`{target}` broke off; what it found, if anything, is in fuzz/artifacts/{target}"
            )
        })?;
        done.push(target.as_str());
    }
    println!("\nnothing found by {}", done.join(", "));
    Ok(())
}

/// The nightly compiler that rustup keeps, whichever one runs this.
fn nightly() -> Command {
    let mut rustup = Command::new("rustup");
    rustup.args(["run", "nightly"]).env_remove("RUSTC").env_remove("CARGO");
    rustup
}

/// Says at once all that is missing.
fn check() -> Result<()> {
    let works = |arguments: &[&str]| command::output(nightly().args(arguments)).is_ok();
    let mut missing = Vec::new();
    if command::on_path(&["rustup"]).is_none() {
        missing.push("rustup: rustup.rs");
    } else if !works(&["rustc", "--version"]) {
        missing.push("a nightly compiler: rustup toolchain install nightly");
    }
    let fuzzer: Option<PathBuf> = command::on_path(&["cargo-fuzz"]);
    if fuzzer.is_none() {
        missing.push("cargo-fuzz: cargo install cargo-fuzz --locked");
    }
    if !missing.is_empty() {
        bail!("fuzzing needs what is missing here\n  {}", missing.join("\n  "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Result<Options> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words)
    }

    #[test]
    fn all_targets_run_unless_one_is_named() {
        assert_eq!(parse("").unwrap().targets, TARGETS);
        let named = parse("link --seconds 5").unwrap();
        assert_eq!(named, Options { targets: vec!["link".to_owned()], seconds: 5 });
    }

    #[test]
    fn unknown_targets_are_refused() {
        let message = parse("links").unwrap_err().to_string();
        assert!(message.starts_with("there is no target `links`; the targets are policy"));
        assert!(parse("link --seconds soon").is_err());
    }
}
