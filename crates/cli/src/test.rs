//! `scp-playground test`: guardrails, tested with the file that the page saved.

use std::io::{self, Write};
use std::process::ExitCode;

use iam_evaluator::Instant;
use iam_scenario::{Document, TestResult, test};

/// Tests every file and prints what differs; an unreadable file is said and the others are tested all the same.
pub fn run(
    files: &[String],
    now: Option<Instant>,
    output: &mut impl Write,
) -> io::Result<ExitCode> {
    let (mut passed, mut failed, mut unreadable) = (0, 0, 0);
    for file in files {
        match read(file) {
            Ok(document) => {
                for result in test(&document, now) {
                    if result.passed() {
                        passed += 1;
                    } else {
                        failed += 1;
                        print(output, file, &result)?;
                    }
                }
            }
            Err(error) => {
                unreadable += 1;
                output.flush()?;
                eprintln!("scp-playground: {error}");
            }
        }
    }
    writeln!(output, "{passed} passed, {failed} failed")?;
    Ok(match (unreadable, failed) {
        (0, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(1),
        _ => ExitCode::from(2),
    })
}

fn read(file: &str) -> Result<Document, String> {
    let text =
        std::fs::read_to_string(file).map_err(|error| format!("cannot read `{file}`: {error}"))?;
    Document::from_json(&text).map_err(|error| format!("`{file}` is not a scenario: {error}"))
}

fn print(output: &mut impl Write, file: &str, result: &TestResult) -> io::Result<()> {
    let found = match &result.found {
        Ok(decision) => decision.as_str(),
        Err(_) => "an error",
    };
    writeln!(
        output,
        "{file}: {}: expected {}, found {found}",
        result.label,
        result.expected.as_str()
    )?;
    writeln!(output, "  {}", result.message)?;
    for cause in &result.causes {
        writeln!(output, "  - {cause}")?;
    }
    Ok(())
}
