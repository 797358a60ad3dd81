//! A decision in one short sentence that does not repeat the request: for lists, where the action stands beside it.

use super::words;
use crate::condition::ConditionKey;
use crate::evaluation::{Decision, Evaluation, Gate, GateOutcome, LevelTrace, StatementResult};
use crate::organization::{Organization, TargetIndex};
use crate::policy::{Effect, Policy};
use crate::unknown::Judgement;

/// Which gate, policy and statement decided, in one sentence; further causes of a denial are counted.
///
/// ```
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource, evaluate, explanation};
/// let organization = Organization::standalone().build();
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("ec2:DescribeInstances")?, RequestResource::None);
/// let evaluation = evaluate(&organization, &request);
/// assert_eq!(explanation::brief(&organization, &evaluation), "No identity-based policy allows it.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn brief(organization: &Organization, evaluation: &Evaluation) -> String {
    if evaluation.decision() == Decision::Allowed {
        return sentence(&words::reason(evaluation.reason), 1);
    }
    let causes = causes(organization, evaluation);
    match causes.first() {
        Some(first) => sentence(first, causes.len()),
        None => sentence(&words::reason(evaluation.reason), 1),
    }
}

/// What a judgement depends on: "Depends on the resource and on `aws:SourceIp`."
#[must_use]
pub fn depends(judgement: &Judgement) -> String {
    let keys = judgement.depends_on.iter().map(|dependency| code(&dependency.key));
    let resource = judgement.depends_on_resource.then(|| "the resource".to_owned());
    let on: Vec<String> = resource.into_iter().chain(keys).collect();
    let on = match on.split_last() {
        None => "what the request brings along".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    };
    match judgement.exact {
        true => format!("Depends on {on}."),
        false => format!("Depends on {on}, as far as it was searched."),
    }
}

/// What an action depends on, and why it is denied where it is.
#[must_use]
pub fn otherwise(depends: &str, denied: &str) -> String {
    format!("{depends} Otherwise: {denied}")
}

/// Why an action is never allowed for want of an `Allow`, where a `Deny` means some of its requests besides.
#[must_use]
pub fn also_denied(implicitly: &str, explicitly: &str) -> String {
    format!("{implicitly} Some requests are denied explicitly as well: {explicitly}")
}

/// The heading of a verdict over many requests: "Depends".
#[must_use]
pub fn depends_heading() -> &'static str {
    "Depends"
}

/// What an edit changes, in one sentence: "212 actions are newly denied to 3 principals."
///
/// The counts are of actions, each with the principals whom it concerns; the last is of those that depend as before,
/// while a statement that speaks of them was changed.
#[must_use]
pub fn difference(
    denied: (usize, usize),
    allowed: (usize, usize),
    depends: (usize, usize),
    conditions: (usize, usize),
) -> String {
    let part = |(actions, principals): (usize, usize), verb: &str, to: &str| {
        let be = if actions == 1 { "is" } else { "are" };
        (actions > 0).then(|| {
            format!(
                "{} {be} {verb} {to} {}",
                count(actions, "action"),
                count(principals, "principal")
            )
        })
    };
    let parts: Vec<String> = [
        part(denied, "newly denied", "to"),
        part(allowed, "newly allowed", "to"),
        part(depends, "newly conditional", "for"),
        part(conditions, "still conditional, but by changed statements,", "for"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match parts.split_last() {
        None => "No action of any principal is decided otherwise.".to_owned(),
        Some((last, [])) => format!("{last}."),
        Some((last, before)) => format!("{} and {last}.", before.join(", ")),
    }
}

/// A number of things, with a comma between thousands: "1,204 actions".
fn count(number: usize, thing: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text} {thing}{}", if number == 1 { "" } else { "s" })
}

fn code(key: &ConditionKey) -> String {
    format!("`{key}`")
}

fn causes(organization: &Organization, evaluation: &Evaluation) -> Vec<String> {
    let blocking = evaluation.gates.iter().filter(|gate| gate.blocks);
    let texts = blocking.flat_map(|gate| {
        let missing = gate.levels.is_empty().then(|| missing(organization, gate.gate, None));
        let levels = gate.levels.iter().flat_map(|level| at_level(organization, gate.gate, level));
        missing.into_iter().chain(levels)
    });
    let (denied, missing): (Vec<_>, Vec<_>) = texts.partition(|(is_deny, _)| *is_deny);
    denied.into_iter().chain(missing).map(|(_, text)| text).collect()
}

/// What denies at a level of the tree; each with whether it is a `Deny`.
fn at_level(organization: &Organization, gate: Gate, level: &LevelTrace) -> Vec<(bool, String)> {
    let denying = level.policies.iter().flat_map(|policy| {
        let statements = policy.statements.iter().enumerate();
        let denying = statements.filter(|(_, statement)| {
            statement.effect == Effect::Deny
                && matches!(statement.result, StatementResult::Applies(_))
        });
        denying.map(|(index, _)| (true, denied(organization, level.target, &policy.policy, index)))
    });
    let mut causes: Vec<(bool, String)> = denying.collect();
    if level.outcome == GateOutcome::ImplicitDeny {
        causes.push(missing(organization, gate, level.target));
    }
    causes
}

fn denied(
    organization: &Organization,
    target: Option<TargetIndex>,
    policy: &Policy,
    statement: usize,
) -> String {
    let place = target.map(|target| format!(" at {}", words::target(organization, target)));
    let name = match policy.document.statements.get(statement) {
        Some(named) if named.sid.as_deref().is_some_and(|sid| !sid.is_empty()) => {
            format!("`{}`", super::statement_name(named))
        }
        Some(numbered) => super::statement_name(numbered),
        None => "a statement".to_owned(),
    };
    format!(
        "{name} of the {} `{}`{} denies it",
        policy.document.policy_type.name(),
        policy.name,
        place.unwrap_or_default()
    )
}

fn missing(organization: &Organization, gate: Gate, target: Option<TargetIndex>) -> (bool, String) {
    let place = target.map(|target| format!(" at {}", words::target(organization, target)));
    (false, format!("no {}{} allows it", words::gate_noun(gate), place.unwrap_or_default()))
}

/// A text as a sentence; of several causes only the first is told.
fn sentence(text: &str, causes: usize) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let more = match causes {
        0 | 1 => String::new(),
        2 => " (and one more cause)".to_owned(),
        many => format!(" (and {} more causes)", many - 1),
    };
    format!("{first}{}{more}.", letters.as_str())
}
