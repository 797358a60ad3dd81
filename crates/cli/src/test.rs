//! `scp-playground test`: guardrails, tested with the file that the page saved.

use std::io::{self, Write};
use std::process::ExitCode;

use iam_evaluator::Instant;
use iam_scenario::{TestResult, Warning, test};

use crate::read;

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
                let mut warned: Vec<Warning> = Vec::new();
                for result in test(&document, now) {
                    if result.passed() {
                        passed += 1;
                    } else {
                        failed += 1;
                        print(output, file, &result)?;
                    }
                    warn(output, file, result.warnings, &mut warned)?;
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

/// What AWS would refuse in the policies that took part, said once: the decision is about less than what was written.
fn warn(
    output: &mut impl Write,
    file: &str,
    warnings: Vec<Warning>,
    warned: &mut Vec<Warning>,
) -> io::Result<()> {
    for warning in warnings {
        if !warned.contains(&warning) {
            let Warning { policy, code, message } = &warning;
            writeln!(output, "{file}: AWS would refuse the policy {policy}: {message} [{code}]")?;
            warned.push(warning);
        }
    }
    Ok(())
}
