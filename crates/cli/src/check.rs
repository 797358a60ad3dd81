//! `scp-playground check`: what AWS would refuse in a scenario, and what it accepts and people regret.

use std::io::{self, Write};
use std::process::ExitCode;

use iam_scenario::{Compiled, ProblemReport};

use crate::read;

/// Checks every file and prints a line for each problem; an unreadable file is said and the others are checked all the
/// same.
pub fn run(files: &[String], output: &mut impl Write) -> io::Result<ExitCode> {
    let catalog = iam_catalog::shipped::catalog().map_err(io::Error::other)?;
    let (mut errors, mut warnings, mut unreadable) = (0, 0, 0);
    for file in files {
        match read(file) {
            Ok(document) => {
                for problem in Compiled::new(&document).check(Some(&catalog)) {
                    let problem = ProblemReport::new(&document, &problem);
                    *if problem.severity == "error" { &mut errors } else { &mut warnings } += 1;
                    print(output, file, &problem)?;
                }
            }
            Err(error) => {
                unreadable += 1;
                output.flush()?;
                eprintln!("scp-playground: {error}");
            }
        }
    }
    writeln!(output, "{}, {}", counted(errors, "error"), counted(warnings, "warning"))?;
    Ok(match (unreadable, errors) {
        (0, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(1),
        _ => ExitCode::from(2),
    })
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

fn print(output: &mut impl Write, file: &str, problem: &ProblemReport) -> io::Result<()> {
    let ProblemReport { severity, code, subject, message, at, fix } = problem;
    writeln!(output, "{file}: {severity}: {subject}: {message} [{code}]")?;
    if let Some(at) = at {
        writeln!(output, "  at {at}")?;
    }
    if let Some(fix) = fix {
        writeln!(output, "  fix: {fix}")?;
    }
    Ok(())
}
