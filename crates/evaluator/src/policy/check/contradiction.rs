//! Pairs of condition clauses that no request can meet together.

use std::cmp::Ordering as Compared;

use crate::condition::{ConditionClause, Ordering, SetOperator, Test, TypedValue};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code};
use crate::policy::edit::KeySite;
use crate::policy::parse::Reader;

impl Reader<'_> {
    /// Names clauses about one key that exclude each other, each once.
    pub(super) fn check_contradictions(&mut self, sites: &[(KeySite<'_, '_>, &ConditionClause)]) {
        for (index, (site, clause)) in sites.iter().enumerate() {
            // Under one operator they are one key written twice, which is named already.
            let earlier = sites.iter().take(index).filter(|(first, other)| {
                other.key == clause.key && !std::ptr::eq(first.operator, site.operator)
            });
            let found = earlier.into_iter().find(|(_, other)| {
                exclude_each_other(clause, other) || exclude_each_other(other, clause)
            });
            if let Some((first, other)) = found {
                let message = format!(
                    "`{}` and `{}` of `{}` never hold together, so this statement never applies",
                    other.operator, clause.operator, clause.key
                );
                let diagnostic =
                    Diagnostic::new(Code::ConditionNeverHolds, site.key.name_span, message);
                self.push(diagnostic.with_related(first.key.name_span));
            }
        }
    }
}

/// Whether two clauses about one key never hold together, the first seen as the stricter one.
fn exclude_each_other(clause: &ConditionClause, other: &ConditionClause) -> bool {
    if demands_absence(clause) {
        return demands_presence(other);
    }
    // Without a set operator both speak of the one value that there is.
    let single = |clause: &ConditionClause| clause.operator.set.is_none();
    if !single(clause) || !single(other) || !(demands_presence(clause) || demands_presence(other)) {
        return false;
    }
    disjoint_texts(clause, other) || excluded_texts(clause, other) || empty_range(clause, other)
}

fn null_values(clause: &ConditionClause) -> Option<(bool, bool)> {
    let says =
        |wanted| clause.values.iter().any(|value| value.typed == TypedValue::Missing(wanted));
    (clause.operator.test == Test::Null).then(|| (says(true), says(false)))
}

fn demands_absence(clause: &ConditionClause) -> bool {
    null_values(clause) == Some((true, false))
}

/// Whether the clause cannot hold when the key is missing.
fn demands_presence(clause: &ConditionClause) -> bool {
    let operator = clause.operator;
    if operator.test == Test::Null {
        return null_values(clause) == Some((false, true));
    }
    match operator.set {
        _ if operator.if_exists => false,
        Some(SetOperator::ForAllValues) => false,
        Some(SetOperator::ForAnyValue) => true,
        None => !operator.negated,
    }
}

/// The texts that a clause compares for equality, where all of them are plain.
fn plain_texts(clause: &ConditionClause) -> Option<Vec<&str>> {
    if clause.operator.test != Test::StringEquals || clause.values.is_empty() {
        return None;
    }
    let plain = clause.values.iter().map(|value| match &value.typed {
        TypedValue::Text(pattern) => pattern.as_literal(),
        _ => None,
    });
    plain.collect()
}

/// Equal to one of these and to one of those, which have nothing in common.
fn disjoint_texts(clause: &ConditionClause, other: &ConditionClause) -> bool {
    let (false, false) = (clause.operator.negated, other.operator.negated) else { return false };
    let (Some(texts), Some(others)) = (plain_texts(clause), plain_texts(other)) else {
        return false;
    };
    !texts.iter().any(|text| others.contains(text))
}

/// Equal to one of these, all of which are excluded.
fn excluded_texts(clause: &ConditionClause, other: &ConditionClause) -> bool {
    let (false, true) = (clause.operator.negated, other.operator.negated) else { return false };
    let (Some(texts), Some(excluded)) = (plain_texts(clause), plain_texts(other)) else {
        return false;
    };
    texts.iter().all(|text| excluded.contains(text))
}

/// Below a number or date and above another that is not smaller.
fn empty_range(clause: &ConditionClause, other: &ConditionClause) -> bool {
    let (Some(upper), Some(lower)) = (bound(clause), bound(other)) else { return false };
    let is_upper = matches!(upper, Ordering::LessThan | Ordering::LessThanEquals);
    let is_lower = matches!(lower, Ordering::GreaterThan | Ordering::GreaterThanEquals);
    let both_closed = upper == Ordering::LessThanEquals && lower == Ordering::GreaterThanEquals;
    // Values of one clause are alternatives, so every pair of them must be empty.
    let is_empty = |top: &TypedValue, bottom: &TypedValue, text: &str| {
        compare(bottom, top, text).is_some_and(|order| match order {
            Compared::Greater => true,
            Compared::Equal => !both_closed,
            Compared::Less => false,
        })
    };
    let pairs = || {
        let tops = clause.values.iter();
        tops.flat_map(|top| other.values.iter().map(move |bottom| (top, bottom)))
    };
    is_upper
        && is_lower
        && pairs().next().is_some()
        && pairs().all(|(top, bottom)| is_empty(&top.typed, &bottom.typed, &bottom.text))
}

fn bound(clause: &ConditionClause) -> Option<Ordering> {
    match clause.operator.test {
        Test::Numeric(ordering) | Test::Date(ordering) => Some(ordering),
        _ => None,
    }
}

/// How the lower bound, also given as text, compares with the upper one.
fn compare(bottom: &TypedValue, top: &TypedValue, text: &str) -> Option<Compared> {
    match (bottom, top) {
        (TypedValue::Number(_), TypedValue::Number(top)) => top.compare_text(text),
        (TypedValue::Instant(bottom), TypedValue::Instant(top)) => Some(bottom.cmp(top)),
        _ => None,
    }
}
