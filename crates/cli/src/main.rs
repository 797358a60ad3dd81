//! `scp-playground`: the core of SCP Playground without a page.
//!
//! * `scp-playground test FILE...` asks every request that has an `expect` and prints what differs and why.
//! * `scp-playground check FILE...` prints what AWS would refuse, and what it accepts and people regret.
//! * `scp-playground evaluate` answers questions, one JSON line each.
//!
//! Exit code 0: all as expected; 1: a test differs, or AWS would refuse something that was checked; 2: bad usage or an unreadable file.

mod check;
mod evaluate;
mod test;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use iam_evaluator::Instant;
use iam_scenario::Document;
use lexopt::prelude::*;

const HELP: &str = "\
Test and evaluate AWS organization scenarios.

Usage:
  scp-playground test FILE...             ask every request that has an `expect`, print what differs and why
  scp-playground check FILE...            print what AWS would refuse, and what it accepts and people regret
  scp-playground evaluate [--decisions]   read {\"scenario\": …, \"request\": …} lines, write one JSON line each

A line may leave parts open: \"unknown\": [condition keys] or true, \"resources\": [ARN patterns]. Its answer then says
whether the decision is certain, what it depends on, and gives an example for each decision that is possible.

Options:
  --decisions   leave message and trace out
  -h, --help    print this
  -V, --version print the version

Exit code 0: all as expected; 1: a test differs, or AWS would refuse something that was checked; 2: bad usage or an
unreadable file.
";

/// What a person asked for.
enum Command {
    Help,
    Version,
    Test { files: Vec<String> },
    Check { files: Vec<String> },
    Evaluate { decisions_only: bool },
}

fn main() -> ExitCode {
    let command = match read_arguments(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => return usage(&error.to_string()),
    };
    // The test that reads the file holds that it can be read; without it only the names of some policies would be known.
    if let Ok(policies) = iam_catalog::shipped::managed_policies() {
        iam_scenario::built_in::provide(policies);
    }
    let mut output = BufWriter::new(io::stdout().lock());
    let outcome = match command {
        Command::Help => output.write_all(HELP.as_bytes()).map(|()| ExitCode::SUCCESS),
        Command::Version => writeln!(output, "scp-playground {}", env!("CARGO_PKG_VERSION"))
            .map(|()| ExitCode::SUCCESS),
        Command::Test { files } => test::run(&files, now(), &mut output),
        Command::Check { files } => check::run(&files, &mut output),
        Command::Evaluate { decisions_only } => {
            evaluate::run(&mut io::stdin().lock(), decisions_only, now(), &mut output)
        }
    };
    match outcome.and_then(|code| output.flush().map(|()| code)) {
        Ok(code) => code,
        // Who reads our output may stop whenever it likes: `scp-playground evaluate | head -1` is no error.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => usage(&error.to_string()),
    }
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("scp-playground: {problem}; `scp-playground --help` says more");
    ExitCode::from(2)
}

fn read_arguments(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut words: Vec<String> = Vec::new();
    let mut decisions_only = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("decisions") => decisions_only = true,
            Value(word) => words.push(word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    match words.split_first() {
        None => Err("expected a command, `test`, `check` or `evaluate`".into()),
        Some((command, files)) => match (command.as_str(), files) {
            ("test" | "check", []) => Err(format!("`{command}` expects at least one file").into()),
            ("test" | "check", _) if decisions_only => {
                Err("`--decisions` belongs to `evaluate`".into())
            }
            ("check", files) => Ok(Command::Check { files: files.to_vec() }),
            ("test", files) => Ok(Command::Test { files: files.to_vec() }),
            ("evaluate", []) => Ok(Command::Evaluate { decisions_only }),
            ("evaluate", _) => Err("`evaluate` reads standard input and takes no file".into()),
            (other, _) => {
                Err(format!("unknown command `{other}`, expected `test`, `check` or `evaluate`")
                    .into())
            }
        },
    }
}

/// Reads the scenario in a file. Editors of some systems put a byte order mark in front, which is no part of it.
fn read(file: &str) -> Result<Document, String> {
    let text =
        std::fs::read_to_string(file).map_err(|error| format!("cannot read `{file}`: {error}"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Document::from_json(text).map_err(|error| format!("`{file}` is not a scenario: {error}"))
}

/// The time that `aws:CurrentTime` tells, read once.
fn now() -> Option<Instant> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Some(Instant::from_epoch_seconds(i64::try_from(since.as_secs()).ok()?))
}
