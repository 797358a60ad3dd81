//! Condition keys of services: whether AWS has them, whether the statement's actions bring them, and what they hold.
//!
//! Global keys are checked where a policy is read. Keys of OpenID Connect providers are real without being listed, and
//! tags may be anything.

use iam_catalog::{Action, Catalog, ConditionKey, ConditionKeyKind};
use iam_evaluator::{ConditionClause, Diagnostic, DiagnosticCode, Fix, Test};

use super::{Named, Vocabulary, quote};

pub(super) fn check(vocabulary: &Vocabulary<'_>, named: &[Named<'_>], found: &mut Vec<Diagnostic>) {
    for clause in &vocabulary.statement.conditions {
        let name = clause.key.as_str();
        let Some((prefix, _)) = name.split_once(':').filter(|(prefix, _)| is_service(prefix))
        else {
            continue;
        };
        let Some(key) = vocabulary.catalog.condition_key(name) else {
            if is_tag(name) && vocabulary.catalog.service(prefix).is_some() {
                continue;
            }
            found.push(unknown(vocabulary, clause, prefix));
            continue;
        };
        found.extend(not_provided(vocabulary, named, clause, key));
        found.extend(wrong_type(clause, key));
    }
}

/// Whether keys of this prefix are listed: not those of identity providers, which are host names.
fn is_service(prefix: &str) -> bool {
    !prefix.eq_ignore_ascii_case("aws")
        && !prefix.is_empty()
        && prefix.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

/// Whether it is the key of a tag, such as `ssm:resourceTag/team`. AWS does not list them all.
fn is_tag(name: &str) -> bool {
    let is_tag = |before: &str| before.to_ascii_lowercase().ends_with("tag");
    name.split_once('/').is_some_and(|(before, tag)| is_tag(before) && !tag.is_empty())
}

fn unknown(vocabulary: &Vocabulary<'_>, clause: &ConditionClause, prefix: &str) -> Diagnostic {
    let catalog = vocabulary.catalog;
    let (name, date) = (clause.key.as_str(), catalog.date());
    let near = match catalog.service(prefix) {
        Some(_) => near_key(catalog, name),
        None => catalog
            .nearest_service(prefix)
            .and_then(|service| {
                let (_, rest) = name.split_once(':')?;
                Some(format!("{}:{rest}", service.prefix()))
            })
            .filter(|near| catalog.condition_key(near).is_some()),
    };
    let message = match &near {
        Some(near) => {
            format!("AWS has no condition key `{name}` as of {date}, did you mean `{near}`?")
        }
        None => format!(
            "AWS has no condition key `{name}` as of {date}, so it is missing in every request"
        ),
    };
    let is_taken = |near: &String| {
        let mut others = vocabulary.statement.conditions.iter();
        others.any(|other| {
            other.operator_span == clause.operator_span
                && other.key.as_str().eq_ignore_ascii_case(near)
        })
    };
    let fix = near
        .filter(|near| !is_taken(near))
        .map(|near| Fix::replace(format!("write `{near}`"), clause.key_span, quote(&near)));
    Diagnostic::new(DiagnosticCode::UnknownKey, clause.key_span, message).with_fix(fix)
}

/// The nearest key, with the person's own tag in the place of a placeholder.
fn near_key(catalog: &Catalog, name: &str) -> Option<String> {
    let key = catalog.nearest_condition_key(name)?;
    match key.around_placeholder() {
        None => Some(key.name().to_owned()),
        Some((before, after)) => {
            let (_, tag) = name.split_once('/')?;
            (before.ends_with('/') && after.is_empty() && !tag.is_empty())
                .then(|| format!("{before}{tag}"))
        }
    }
}

/// A key that no action of the statement brings, while others do.
fn not_provided(
    vocabulary: &Vocabulary<'_>,
    named: &[Named<'_>],
    clause: &ConditionClause,
    key: ConditionKey<'_>,
) -> Option<Diagnostic> {
    let catalog = vocabulary.catalog;
    let name = key.name();
    // Some services define keys that are in every request of whoever they gave credentials to.
    let mut global = catalog.global_condition_keys();
    let is_of_caller =
        global.any(|it| it.name().eq_ignore_ascii_case(name)) || name == "s3:ResourceAccount";
    let everything = named.is_empty() || named.iter().any(|it| it.entry.value.is_all());
    // An entry that names nothing has its own warning.
    let nothing = named.iter().all(|it| it.actions.is_empty());
    if vocabulary.statement.action.negated || everything || nothing || is_tag(name) || is_of_caller
    {
        return None;
    }
    let mut actions =
        named.iter().flat_map(|it| it.actions.iter()).filter_map(|at| catalog.action_at(at));
    if actions.any(|action| brings(action, name)) {
        return None;
    }
    let (prefix, _) = name.split_once(':')?;
    let service = catalog.service(prefix)?;
    // Where AWS lists the key at no action, the list says nothing.
    let mut bringing = service.actions().filter(|action| brings(*action, name));
    let example = bringing.next()?;
    let others = bringing.count();
    let message = match others {
        0 => format!(
            "no action of this statement has the key `{name}`, only `{}` has",
            example.full_name()
        ),
        _ => format!(
            "no action of this statement has the key `{name}`, which {} actions such as `{}` have",
            others + 1,
            example.full_name()
        ),
    };
    Some(Diagnostic::new(DiagnosticCode::KeyNotProvided, clause.key_span, message))
}

/// Whether AWS lists the key at the action.
fn brings(action: Action<'_>, name: &str) -> bool {
    let is = |key: ConditionKey<'_>| key.name() == name;
    action.condition_keys().any(is)
        || action.resource_types().any(|used| {
            used.condition_keys().any(is) || used.resource_type().condition_keys().any(is)
        })
}

fn wrong_type(clause: &ConditionClause, key: ConditionKey<'_>) -> Option<Diagnostic> {
    let kind = key.key_type().kind;
    if fits(clause.operator.test, kind) {
        return None;
    }
    let message = format!(
        "`{}` does not fit the values of `{}`, expected {}",
        clause.operator,
        key.name(),
        operators_of(kind)
    );
    Some(Diagnostic::new(DiagnosticCode::OperatorType, clause.operator_span, message))
}

/// Whether an operator compares values of this kind as what they are. Everything can be compared as text.
pub fn fits(test: Test, kind: ConditionKeyKind) -> bool {
    let is_text = matches!(
        test,
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike | Test::Arn
    );
    test == Test::Null
        || match kind {
            ConditionKeyKind::String | ConditionKeyKind::Arn => is_text,
            ConditionKeyKind::Bool => is_text || test == Test::Bool,
            ConditionKeyKind::Numeric => is_text || matches!(test, Test::Numeric(_)),
            ConditionKeyKind::Date => matches!(test, Test::Date(_) | Test::Numeric(_)),
            ConditionKeyKind::IpAddress => test == Test::IpAddress,
            ConditionKeyKind::Binary => is_text || test == Test::BinaryEquals,
        }
}

/// The operators made for values of this kind, in words.
pub fn operators_of(kind: ConditionKeyKind) -> &'static str {
    match kind {
        ConditionKeyKind::String => "a String operator",
        ConditionKeyKind::Arn => "an Arn or String operator",
        ConditionKeyKind::Bool => "`Bool`",
        ConditionKeyKind::Numeric => "a Numeric operator",
        ConditionKeyKind::Date => "a Date operator",
        ConditionKeyKind::IpAddress => "`IpAddress` or `NotIpAddress`",
        ConditionKeyKind::Binary => "`BinaryEquals`",
    }
}
