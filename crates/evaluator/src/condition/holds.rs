//! Whether a clause of a condition holds in a request.
//!
//! Follows the IAM User Guide, "IAM JSON policy elements: Condition operators":
//! what a missing key means, and what several values mean.

use std::net::IpAddr;

use super::operator::{SetOperator, Test};
use super::value::{Instant, TypedValue, decode_base64, parse_bool};
use super::{ConditionClause, ConditionValue};
use crate::facts::{Facts, Found};

/// Whether the clause holds for the values found.
pub(crate) fn holds(clause: &ConditionClause, found: &Found<'_>, facts: &Facts<'_>) -> bool {
    let operator = clause.operator;
    // AWS refuses to save such a policy; an evaluator that meets it must not guess.
    if clause.values.iter().any(|value| value.typed == TypedValue::Malformed) {
        return false;
    }
    if operator.test == Test::Null {
        return clause
            .values
            .iter()
            .any(|value| value.typed == TypedValue::Missing(found.len() == 0));
    }
    if found.len() == 0 {
        return operator.if_exists
            || match operator.set {
                Some(SetOperator::ForAllValues) => true,
                Some(SetOperator::ForAnyValue) => false,
                None => operator.negated,
            };
    }
    let passes = |found: &str| passes(clause, found, facts);
    match operator.set {
        // An empty string is an empty data set, and everything holds for all of nothing.
        Some(SetOperator::ForAllValues) => {
            found.iter().all(|value| value.is_empty() || passes(value))
        }
        Some(SetOperator::ForAnyValue) => found.iter().any(passes),
        // Tags whose keys differ in letter case only: the clause holds where it does whichever of them counts.
        None if matches!(found, Found::Ambiguous(_)) => found.iter().all(passes),
        // AWS demands a set operator for several values, so without one the clause fails, negated or not.
        None => found.len() == 1 && found.iter().all(passes),
    }
}

/// Whether one value of the request passes: it matches one of the policy's values or, negated, none of them.
pub(crate) fn passes(clause: &ConditionClause, found: &str, facts: &Facts<'_>) -> bool {
    let mut matched = false;
    for value in &clause.values {
        match matches(clause.operator.test, value, found, facts) {
            Some(true) => matched = true,
            Some(false) => {}
            None => return false,
        }
    }
    matched != clause.operator.negated
}

/// Whether one value of the request matches one value of the policy; `None` where the request's value is of another
/// type than the operator's, which fails the operator, negated or not.
fn matches(test: Test, value: &ConditionValue, found: &str, facts: &Facts<'_>) -> Option<bool> {
    match (test, &value.typed) {
        (Test::StringEquals | Test::StringLike, TypedValue::Text(pattern)) => {
            Some(pattern.resolves(facts) && pattern.matches(found, facts))
        }
        (Test::StringEqualsIgnoreCase, TypedValue::Text(pattern)) => {
            Some(pattern.equals_ignoring_case(found, facts))
        }
        (Test::Bool, TypedValue::Text(pattern)) => {
            let wanted = pattern.fill(facts)?;
            Some(parse_bool(&wanted)? == parse_bool(found)?)
        }
        (Test::Arn, TypedValue::Arn(pattern)) => {
            Some(pattern.resolves(facts) && pattern.matches_by_parts(found, facts))
        }
        (Test::Numeric(order), TypedValue::Number(number)) => {
            Some(order.accepts(number.compare_text(found)?))
        }
        (Test::Date(order), TypedValue::Instant(instant)) => {
            Some(order.accepts(Instant::parse(found)?.cmp(instant)))
        }
        // A service's DNS name in place of an address lies in no block, so here the negated operator holds.
        (Test::IpAddress, TypedValue::Network(network)) => {
            Some(found.parse::<IpAddr>().is_ok_and(|address| network.contains(&address)))
        }
        (Test::BinaryEquals, TypedValue::Bytes(bytes)) => Some(match decode_base64(found) {
            Some(decoded) => decoded == *bytes,
            None => found.as_bytes() == &**bytes,
        }),
        _ => None,
    }
}
