//! `ForAllValues` and `ForAnyValue`: they belong to multivalued keys, and to no others.
//!
//! Follows the IAM User Guide, "Set operators for multivalued context keys" and "Single-valued vs. multivalued context
//! keys".

use super::keys::GlobalKey;
use crate::condition::{ConditionClause, ConditionOperator, SetOperator, Test, TypedValue};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix};
use crate::policy::edit::KeySite;
use crate::policy::parse::Reader;
use crate::policy::{Effect, Statement};

/// What is wrong with an operator, and the one to write in its place.
type Finding = (Code, String, Option<ConditionOperator>);

impl Reader<'_> {
    pub(super) fn set_operator(
        &mut self,
        statement: &Statement,
        site: KeySite<'_, '_>,
        clause: &ConditionClause,
        key: Option<&GlobalKey>,
    ) {
        let ConditionOperator { set, if_exists, .. } = clause.operator;
        let (code, message, better) = match (set, key) {
            (None, Some(key)) if key.multivalued => without_set_operator(clause),
            (Some(set), Some(key)) if !key.multivalued => on_single_value(clause, set),
            (Some(SetOperator::ForAnyValue), _) if if_exists => (
                Code::ForAnyValueIfExists,
                format!(
                    "`{}` contradicts itself when the key is missing: `ForAnyValue` would not hold, `IfExists` does",
                    clause.operator
                ),
                Some(with(clause.operator, set, false)),
            ),
            (Some(SetOperator::ForAllValues), _) => {
                return self.for_all_values(statement, site, clause);
            }
            _ => return,
        };
        let fix = better.and_then(|better| self.other_operator(site, better));
        let diagnostic = Diagnostic::new(code, site.operator.name_span, message);
        self.push(diagnostic.with_fix(fix));
    }

    /// `ForAllValues` holds when there is no value, so an Allow must also ask for one.
    fn for_all_values(
        &mut self,
        statement: &Statement,
        site: KeySite<'_, '_>,
        clause: &ConditionClause,
    ) {
        let excludes_missing = statement.conditions.iter().any(|other| {
            other.key == clause.key
                && other.operator.test == Test::Null
                && other.values.iter().any(|value| value.typed == TypedValue::Missing(false))
        });
        if statement.effect == Effect::Deny || excludes_missing {
            return;
        }
        let message = "`ForAllValues` is also true when the key is missing: add `Null` with `false` for the key";
        let title = format!("add `Null` with `false` for `{}`", clause.key);
        let fix = site.demand_presence(self.text).map(|edits| Fix { title, edits });
        let code = Code::ForAllValuesWithoutNull;
        self.push(Diagnostic::new(code, site.operator.name_span, message).with_fix(fix));
    }
}

/// A multivalued key whose values are to be judged together, and nothing says how.
fn without_set_operator(clause: &ConditionClause) -> Finding {
    let ConditionClause { operator, key, .. } = clause;
    if operator.negated {
        let message = format!(
            "`{key}` can have several values, and `{operator}` does not say for how many of them: expected `ForAllValues` \
             before it"
        );
        let better = with(*operator, Some(SetOperator::ForAllValues), operator.if_exists);
        return (Code::NegatedWithoutSetOperator, message, Some(better));
    }
    let message = format!(
        "`{key}` can have several values, and `{operator}` does not hold for several: expected `ForAnyValue` or \
         `ForAllValues` before it"
    );
    // Together with `IfExists` it would be unclear again.
    let better =
        (!operator.if_exists).then(|| with(*operator, Some(SetOperator::ForAnyValue), false));
    (Code::MissingSetOperator, message, better)
}

fn on_single_value(clause: &ConditionClause, set: SetOperator) -> Finding {
    let also = match set {
        SetOperator::ForAllValues => ", and the condition holds when the key is missing",
        SetOperator::ForAnyValue => "",
    };
    let message =
        format!("`{}` has one value, so a set operator is out of place{also}", clause.key);
    let better = with(clause.operator, None, clause.operator.if_exists);
    (Code::SetOperatorOnSingleValue, message, Some(better))
}

/// The operator with another prefix and suffix.
pub(super) fn with(
    mut operator: ConditionOperator,
    set: Option<SetOperator>,
    if_exists: bool,
) -> ConditionOperator {
    operator.set = set;
    operator.if_exists = if_exists;
    operator
}
