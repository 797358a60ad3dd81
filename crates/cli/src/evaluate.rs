//! `scp-playground evaluate`: one question a line, one answer a line, in order.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use iam_evaluator::Instant;
use iam_scenario::{Compiled, Document, Explanation, Open, Request};
use serde_json::{Map, Value, json};

/// Answers every line; a line that cannot be answered gets an `error` of its own.
pub fn run(
    input: &mut impl BufRead,
    decisions_only: bool,
    now: Option<Instant>,
    output: &mut impl Write,
) -> io::Result<ExitCode> {
    let mut session = Session { decisions_only, now, last: None };
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            let answer = match std::str::from_utf8(&line) {
                // Some programs put a byte order mark in front of what they write.
                Ok(text) => session
                    .answer(text.strip_prefix('\u{feff}').unwrap_or(text))
                    .unwrap_or_else(|error| json!({ "error": error })),
                Err(_) => json!({ "error": "not UTF-8 text" }),
            };
            writeln!(output, "{answer}")?;
            // A program that talks to us line by line waits for each answer.
            output.flush()?;
        }
        line.clear();
    }
    Ok(ExitCode::SUCCESS)
}

/// What stays from line to line: many questions in a row are mostly about one scenario.
struct Session {
    decisions_only: bool,
    now: Option<Instant>,
    last: Option<(Value, Compiled)>,
}

impl Session {
    fn answer(&mut self, text: &str) -> Result<Value, String> {
        let Line { scenario, request, open } =
            members(Document::read_json(text).map_err(|error| error.to_string())?)?;
        let request =
            Request::from_value(request).map_err(|error| format!("`request`: {error}"))?;
        let (decisions_only, now) = (self.decisions_only, self.now);
        let compiled = self.compile(scenario)?;
        if let Some(open) = open {
            let open = Open::from_value(open)?;
            let judged = compiled.judge(&request, &open, now).map_err(|error| error.to_string())?;
            return serde_json::to_value(judged).map_err(|error| error.to_string());
        }
        if decisions_only {
            let decision = compiled.decide(&request, now).map_err(|error| error.to_string())?;
            return Ok(json!({ "decision": decision.as_str() }));
        }
        let answer = compiled.ask(&request, now).map_err(|error| error.to_string())?;
        let flips = compiled.flips(&request, &answer, now);
        let explanation = Explanation::new(compiled, &answer).with_flips(&flips);
        let trace = serde_json::to_value(explanation).map_err(|error| error.to_string())?;
        Ok(json!({
            "decision": answer.decision().as_str(),
            "message": answer.message(compiled),
            "trace": trace,
        }))
    }

    /// Compiles a scenario, unless it is the one of the line before.
    fn compile(&mut self, scenario: Value) -> Result<&Compiled, String> {
        if self.last.as_ref().is_none_or(|(known, _)| *known != scenario) {
            let document = Document::from_value(scenario.clone())
                .map_err(|error| format!("`scenario`: {error}"))?;
            self.last = Some((scenario, Compiled::new(&document)));
        }
        let compiled = self.last.as_ref().map(|(_, compiled)| compiled);
        compiled.ok_or_else(|| "`scenario`: nothing was compiled".to_owned())
    }
}

/// What a line holds.
struct Line {
    scenario: Value,
    request: Value,
    /// `unknown` and `resources`, where the line leaves something open.
    open: Option<Value>,
}

fn members(line: Value) -> Result<Line, String> {
    let expected = "expected an object with the members `scenario` and `request`";
    let Value::Object(mut line) = line else { return Err(expected.to_owned()) };
    let take = |name: &str, line: &mut Map<String, Value>| {
        line.shift_remove(name).ok_or_else(|| format!("missing member `{name}`, {expected}"))
    };
    let (scenario, request) = (take("scenario", &mut line)?, take("request", &mut line)?);
    match line.keys().find(|name| !matches!(name.as_str(), "unknown" | "resources")) {
        Some(other) => Err(format!("unknown member `{other}`, {expected}")),
        None if line.is_empty() => Ok(Line { scenario, request, open: None }),
        None => Ok(Line { scenario, request, open: Some(Value::Object(line)) }),
    }
}
