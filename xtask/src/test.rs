//! `cargo xtask test`: every check, one after the other, and the counts as the last line.
//!
//! A failed stage does not stop the ones after it: one run tells everything.

pub mod browser;
mod counts;
mod journeys;
mod node_tests;
mod package;

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::places::Places;
use crate::{command, page};
use counts::Counts;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Fmt,
    Clippy,
    Unit,
    Doc,
    Js,
    Page,
    Journeys,
}

impl Stage {
    const ALL: [Self; 7] =
        [Self::Fmt, Self::Clippy, Self::Unit, Self::Doc, Self::Js, Self::Page, Self::Journeys];

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Unit => "unit",
            Self::Doc => "doc",
            Self::Js => "js",
            Self::Page => "page",
            Self::Journeys => "journeys",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Fmt => "the code is formatted",
            Self::Clippy => "clippy has no complaint",
            Self::Unit => "unit, conformance, property and documentation tests",
            Self::Doc => "the documentation builds without a warning",
            Self::Js => {
                "the same cases through wasm in Node, with the package's types and examples"
            }
            Self::Page => "the page builds and keeps its budget",
            Self::Journeys => "journeys through the page in a real browser",
        }
    }

    fn run(self, places: &Places) -> Result<Counts> {
        match self {
            Self::Fmt => one(&mut cargo(places, "fmt --all --check")),
            Self::Clippy => one(&mut cargo(
                places,
                "clippy --workspace --all-targets --keep-going -- -D warnings",
            )),
            Self::Unit => unit(places),
            Self::Doc => {
                let mut doc = cargo(places, "doc --no-deps --workspace --keep-going");
                one(doc.env("RUSTDOCFLAGS", "-Dwarnings"))
            }
            Self::Js => package::run(places),
            Self::Page => page::build(places, page::Profile::Page, 5).map(|_| Counts::PASSED),
            Self::Journeys => journeys::run(places),
        }
    }
}

#[derive(Debug)]
struct Outcome {
    stage: Stage,
    counts: Counts,
    time: Duration,
}

/// Runs the stages named, or all, and says at the end how each one went.
pub fn run(places: &Places, names: &[String]) -> Result<ExitCode> {
    let stages = chosen(names)?;
    let outcomes: Vec<Outcome> = stages.into_iter().map(|stage| attempt(stage, places)).collect();
    let sum = outcomes.iter().fold(Counts::NONE, |sum, outcome| sum + outcome.counts);
    println!();
    for outcome in &outcomes {
        let word = if outcome.counts.failed == 0 { "ok" } else { "FAILED" };
        let seconds = outcome.time.as_secs_f64();
        let Counts { passed, failed } = outcome.counts;
        let name = outcome.stage.name();
        println!("{name:<9} {word:<7} {seconds:>6.1} s  {passed:>6} passed {failed:>4} failed");
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(names: &[String]) -> Result<Vec<Stage>> {
    let unknown = names.iter().find(|name| !Stage::ALL.iter().any(|stage| stage.name() == **name));
    if let Some(name) = unknown {
        let known = Stage::ALL.map(Stage::name).join(" ");
        bail!("there is no stage `{name}`; the stages are {known}");
    }
    let named = |stage: &Stage| names.is_empty() || names.iter().any(|name| name == stage.name());
    Ok(Stage::ALL.into_iter().filter(named).collect())
}

fn attempt(stage: Stage, places: &Places) -> Outcome {
    println!("\n== {}: {}", stage.name(), stage.heading());
    let started = Instant::now();
    let counts = stage.run(places).unwrap_or_else(|error| {
        println!("error: {error:#}");
        Counts::FAILED
    });
    Outcome { stage, counts, time: started.elapsed() }
}

/// A check that is passed or not.
fn one(check: &mut Command) -> Result<Counts> {
    command::run(check).map(|()| Counts::PASSED)
}

fn unit(places: &Places) -> Result<Counts> {
    let mut counts = Counts::NONE;
    let mut tests = cargo(places, "test --workspace --no-fail-fast");
    let succeeded = command::watched(&mut tests, |line| counts.read_cargo(line))?;
    Ok(counts.or_failed_unless(succeeded))
}

fn cargo(places: &Places, words: &str) -> Command {
    let mut cargo = places.cargo();
    cargo.args(words.split(' '));
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_run_in_their_own_order_and_all_by_default() {
        assert_eq!(chosen(&[]).unwrap(), Stage::ALL);
        let named = ["doc", "fmt"].map(str::to_owned);
        assert_eq!(chosen(&named).unwrap(), [Stage::Fmt, Stage::Doc]);
    }

    #[test]
    fn an_unknown_stage_is_refused() {
        let message = chosen(&["units".to_owned()]).unwrap_err().to_string();
        assert!(message.starts_with("there is no stage `units`; the stages are fmt clippy"));
    }
}
