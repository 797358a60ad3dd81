//! Instructions per decision, counted by callgrind: the same on a busy machine as on an idle one.
//!
//! Each question is decided N and 2 N times; the difference leaves out reading the scenario.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::places::Places;

const QUESTIONS: [&str; 4] = ["simple", "simple-trace", "moderate", "moderate-trace"];

/// Patterns that are hard to match: a text twice as long may cost twice as much.
const PATTERNS: [(&str, &str); 3] = [
    ("string", "a*a*…b in a string of a"),
    ("arn", "a*a*…b in an ARN of a"),
    ("colons", "a*a*…b in an ARN of colons"),
];
const LENGTHS: [usize; 3] = [1000, 2000, 4000];
const MOST_GROWTH: f64 = 2.2;

/// Prints the counts, and fails where a pattern's cost grows faster than its text.
pub fn count(places: &Places) -> Result<()> {
    if command::on_path(&["valgrind"]).is_none() {
        bail!(
            "`valgrind` was not found on PATH\n  \
             install it with the system's package manager (Debian: apt-get install valgrind)"
        );
    }
    let mut cargo = places.cargo();
    cargo.args(["build", "--release", "--package", "iam-scenario", "--example", "count"]);
    command::run(&mut cargo)?;
    let program = places.target().join("release/examples/count");

    println!("\ninstructions per decision");
    for question in QUESTIONS {
        println!("  {:<28} {:>10.0}", question, per_decision(&program, question, 500)?);
    }
    println!("\ninstructions per decision, by the length of the text");
    let mut too_steep = Vec::new();
    for (name, what) in PATTERNS {
        let counts = LENGTHS.map(|length| per_decision(&program, &format!("{name}-{length}"), 4));
        let [short, middle, long] = counts;
        let (short, middle, long) = (short?, middle?, long?);
        let (first, second) = (middle / short, long / middle);
        println!(
            "  {what:<28} {short:>10.0} {middle:>10.0} {long:>10.0}   × {first:.2} × {second:.2}"
        );
        if first.max(second) > MOST_GROWTH {
            too_steep.push(what);
        }
    }
    if !too_steep.is_empty() {
        bail!("more than linear in the length of the text: {}", too_steep.join(", "));
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "some million instructions")]
fn per_decision(program: &Path, question: &str, times: u64) -> Result<f64> {
    let (once, twice) = (total(program, question, times)?, total(program, question, 2 * times)?);
    Ok(twice.saturating_sub(once) as f64 / times as f64)
}

fn total(program: &Path, question: &str, times: u64) -> Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let output = valgrind.arg(program).args([question, &times.to_string()]).output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = collected(&text).filter(|_| output.status.success());
    collected.with_context(|| format!("valgrind did not count `{question}`:\n{text}"))
}

/// The number in a line like `==123== Collected : 4567`.
fn collected(text: &str) -> Option<u64> {
    let (_, number) = text.lines().find_map(|line| line.split_once("Collected :"))?;
    number.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_found_among_the_other_lines() {
        let text = "==7== Events    : Ir\n==7== Collected : 1234567\n==7== \n";
        assert_eq!(collected(text), Some(1_234_567));
    }
}
