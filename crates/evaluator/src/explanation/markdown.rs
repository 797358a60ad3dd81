//! The whole explanation as Markdown, to be pasted into a ticket or a chat.

use std::fmt::Write as _;

use super::labels::{gate_outcome, level_outcome, statement_name};
use super::{causes, message, words};
use crate::evaluation::{
    Evaluation, GateOutcome, GateTrace, LevelTrace, PolicyTrace, StatementResult,
};
use crate::organization::Organization;
use crate::request::Request;

/// The question, the decision, AWS's sentence, every cause, and the gates in AWS's order with each level.
///
/// Names that people choose stand in code spans, so that no name can become a heading or a link.
///
/// ```
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource, evaluate, explanation};
/// let organization = Organization::standalone().build();
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("ec2:DescribeInstances")?, RequestResource::None);
/// let text = explanation::markdown(&organization, &request, &evaluate(&organization, &request));
/// assert!(text.starts_with("**Denied implicitly**: no identity-based policy allows it.\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn markdown(organization: &Organization, request: &Request, evaluation: &Evaluation) -> String {
    let decision = words::decision(evaluation.decision());
    let mut text = format!("**{decision}**: {}.\n\n", words::reason(evaluation.reason));
    question(&mut text, request);
    let said = message(organization, request, evaluation);
    write(&mut text, format_args!("\n> {}\n", plain(&said)));
    let causes = causes(organization, request, evaluation);
    if !causes.is_empty() {
        write(&mut text, format_args!("\nCauses:\n\n"));
        for cause in &causes {
            write(&mut text, format_args!("* {}\n", capital(&cause.text)));
        }
    }
    write(&mut text, format_args!("\nGate by gate, in AWS's order:\n\n"));
    for (index, gate) in evaluation.gates.iter().enumerate() {
        show_gate(&mut text, index + 1, organization, request, gate);
    }
    text
}

fn question(text: &mut String, request: &Request) {
    write(text, format_args!("| | |\n| --- | --- |\n"));
    let mut row = |name: &str, value: &str| {
        write(text, format_args!("| {name} | {} |\n", code(value).replace('|', "\\|")));
    };
    row("Principal", &request.principal.to_string());
    row("Action", request.action.as_str());
    row("Resource", request.resource.as_str());
    for (key, values) in request.context.iter() {
        let values: Vec<&str> = values.iter().map(|value| &**value).collect();
        row(&code(key.as_str()), &values.join(", "));
    }
}

fn show_gate(
    text: &mut String,
    number: usize,
    organization: &Organization,
    request: &Request,
    gate: &GateTrace,
) {
    let mark = mark(gate.outcome, gate.blocks);
    let name = words::gate(gate.gate);
    write(text, format_args!("{number}. {mark} **{name}**: {}\n", gate_outcome(gate)));
    for level in &gate.levels {
        show_level(text, organization, request, level, gate.blocks);
    }
}

fn show_level(
    text: &mut String,
    organization: &Organization,
    request: &Request,
    level: &LevelTrace,
    blocks: bool,
) {
    let indent = match level.target.and_then(|index| organization.target(index)) {
        None => "   ",
        Some(target) => {
            let mark = mark(level.outcome, blocks);
            let name = code(&target.name);
            write(text, format_args!("   * {mark} {name}: {}\n", level_outcome(level)));
            "     "
        }
    };
    for policy in &level.policies {
        show_policy(text, indent, request, policy);
    }
}

fn show_policy(text: &mut String, indent: &str, request: &Request, policy: &PolicyTrace) {
    let written = &policy.policy;
    write(text, format_args!("{indent}* {}\n", code(&written.name)));
    for (statement, read) in written.document.statements.iter().zip(&policy.statements) {
        let name = code(&statement_name(statement));
        let said = words::statement(request, statement, read);
        let effect = match read.result {
            StatementResult::Applies(_) => format!("**{}**", read.effect.as_str()),
            _ => read.effect.as_str().to_owned(),
        };
        write(text, format_args!("{indent}  * {effect} {name} {}\n", plain(&said)));
    }
}

/// Different in shape, not in colour alone.
fn mark(outcome: GateOutcome, blocks: bool) -> &'static str {
    match outcome {
        GateOutcome::NotApplicable(_) => "–",
        GateOutcome::Allow(_) => "✓",
        GateOutcome::ImplicitDeny if !blocks => "–",
        GateOutcome::ImplicitDeny | GateOutcome::ExplicitDeny => "✗",
    }
}

/// A code span around whatever a person wrote: its fence is longer than any run of backticks inside.
fn code(text: &str) -> String {
    let text = plain(text);
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// On one line.
fn plain(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase().to_string()).unwrap_or_default();
    plain(&format!("{first}{}.", letters.as_str()))
}

fn write(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing into a `String` cannot fail.
    text.write_fmt(what).ok();
}
