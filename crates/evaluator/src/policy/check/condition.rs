//! Conditions that are accepted, and do not do what people think.
//!
//! Follows the IAM User Guide, "Set operators for multivalued context keys", "IAM JSON policy elements: Condition
//! operators" and "AWS global condition context keys".

use super::keys::{self, GlobalKey, global_key};
use super::set_operator::with;
use super::variable::Place;
use crate::condition::{ConditionClause, ConditionKey, ConditionOperator, Test};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix, Span};
use crate::fold::fold;
use crate::policy::edit::{KeySite, quote, rename};
use crate::policy::nearest::nearest;
use crate::policy::parse::Reader;
use crate::policy::{Effect, Statement};

impl Reader<'_> {
    /// Whether AWS knows the key.
    pub(super) fn check_key(&mut self, site: KeySite<'_, '_>, clause: &ConditionClause) {
        let name = clause.key.as_str();
        self.check_variables(name, site.key.name_span, Place::ConditionKey);
        if global_key(name).is_some() {
            return;
        }
        let (message, near) = match name.split_once(':') {
            None => {
                let with_prefix = format!("aws:{name}");
                let near = keys::names().find(|known| known.eq_ignore_ascii_case(&with_prefix));
                let message = format!(
                    "`{name}` is not a condition key, expected a service's prefix, a colon and a name"
                );
                (message, near)
            }
            Some((prefix, _)) if prefix.eq_ignore_ascii_case("aws") => {
                let near = near_key(name);
                let expected = match near {
                    Some(near) if near.ends_with('/') => {
                        format!("expected a tag key as in `{near}team`")
                    }
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "so it is missing in every request".to_owned(),
                };
                (format!("AWS defines no key `{name}`, {expected}"), near)
            }
            Some(_) => return,
        };
        // A tag's key is not known, only that one is missing.
        let near = near.filter(|near| !near.ends_with('/'));
        let siblings = site.operator.value.members().unwrap_or_default();
        let edit = near.and_then(|near| rename(siblings, site.key, near));
        let title = near.map(|near| format!("write `{near}`"));
        let fix = title.zip(edit).map(|(title, edit)| Fix { title, edits: vec![edit] });
        self.push(Diagnostic::new(Code::UnknownKey, site.key.name_span, message).with_fix(fix));
    }

    /// A value that its operator can read.
    pub(in crate::policy) fn check_condition_value(&mut self, test: Test, text: &str, span: Span) {
        let is_text = matches!(
            test,
            Test::StringEquals
                | Test::StringEqualsIgnoreCase
                | Test::StringLike
                | Test::Arn
                | Test::Bool
        );
        if is_text {
            self.check_variables(text, span, Place::ConditionValue);
        }
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        if matches!(test, Test::Date(_)) && is_year {
            let message = format!(
                "`{text}` is read as seconds since 1970, not as a year, expected a date such as `{text}-01-01`"
            );
            let replacement = quote(&format!("{text}-01-01"));
            let fix = Fix::replace(format!("write `{replacement}`"), span, replacement);
            self.push(Diagnostic::new(Code::AmbiguousDate, span, message).with_fix(fix));
        }
    }

    pub(super) fn check_clause(
        &mut self,
        statement: &Statement,
        site: KeySite<'_, '_>,
        clause: &ConditionClause,
    ) {
        let key = global_key(clause.key.as_str());
        if clause.operator.test != Test::Null {
            self.operator_type(site, clause, key);
            self.set_operator(statement, site, clause, key);
            self.missing_key(statement, site, clause, key);
            self.wildcards(site, clause, key);
        }
    }

    fn operator_type(
        &mut self,
        site: KeySite<'_, '_>,
        clause: &ConditionClause,
        key: Option<&GlobalKey>,
    ) {
        let Some(key) = key.filter(|key| !key.kind.suits(clause.operator.test)) else { return };
        let message = format!(
            "`{}` does not fit the values of `{}`, expected {}",
            clause.operator,
            key.name,
            key.kind.expected()
        );
        self.report(Code::OperatorType, site.operator.name_span, message);
    }

    /// A Deny with `Bool` and `false` is meant for requests without the key too, as a rule.
    fn missing_key(
        &mut self,
        statement: &Statement,
        site: KeySite<'_, '_>,
        clause: &ConditionClause,
        key: Option<&GlobalKey>,
    ) {
        let wants_false =
            clause.values.iter().any(|value| value.text.eq_ignore_ascii_case("false"));
        let operator = clause.operator;
        let is_plain_bool =
            operator.test == Test::Bool && !operator.if_exists && operator.set.is_none();
        let is_always_there = key.is_some_and(|key| key.always);
        if statement.effect == Effect::Allow || !wants_false || !is_plain_bool || is_always_there {
            return;
        }
        let message = "this `Bool` does not hold when the key is missing, so such requests slip past the Deny: \
                       `BoolIfExists` catches them";
        let better = with(operator, operator.set, true);
        let fix = self.other_operator(site, better);
        let code = Code::BoolWithoutIfExists;
        self.push(Diagnostic::new(code, site.operator.name_span, message).with_fix(fix));
    }

    /// Wildcards where they are plain characters, and where they open more than meant.
    fn wildcards(
        &mut self,
        site: KeySite<'_, '_>,
        clause: &ConditionClause,
        key: Option<&GlobalKey>,
    ) {
        let operator = clause.operator;
        let is_equals = matches!(operator.test, Test::StringEquals | Test::StringEqualsIgnoreCase);
        let is_sensitive = key.is_some_and(|key| key.sensitive);
        for value in clause.values.iter().filter(|value| has_wildcard(&value.text)) {
            let text = &value.text;
            if is_equals {
                let message = format!(
                    "`{operator}` takes the wildcard in `{text}` for a plain character, expected `StringLike` for a \
                     pattern"
                );
                let fix = like(operator).and_then(|like| self.other_operator(site, like));
                self.push(
                    Diagnostic::new(Code::WildcardInEquals, value.span, message).with_fix(fix),
                );
            } else if is_sensitive && matches!(operator.test, Test::StringLike | Test::Arn) {
                let message = format!(
                    "`{text}` matches more than one value of `{}`, expected a value written out",
                    clause.key
                );
                self.report(Code::WildcardInSensitiveKey, value.span, message);
            }
        }
    }

    pub(super) fn other_operator(
        &self,
        site: KeySite<'_, '_>,
        operator: ConditionOperator,
    ) -> Option<Fix> {
        let edits = site.change_operator(self.text, operator)?;
        Some(Fix { title: format!("write `{operator}`"), edits })
    }
}

/// Whether a text has `*` or `?` outside of policy variables.
fn has_wildcard(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("${") {
        if before.contains(['*', '?']) {
            return true;
        }
        rest = inside.split_once('}').map_or("", |(_, after)| after);
    }
    rest.contains(['*', '?'])
}

/// The operator for patterns in the place of one for equal texts; none ignores case.
fn like(operator: ConditionOperator) -> Option<ConditionOperator> {
    if operator.test != Test::StringEquals {
        return None;
    }
    let name = if operator.negated { "StringNotLike" } else { "StringLike" };
    let like = ConditionOperator::parse(name)?;
    Some(with(like, operator.set, operator.if_exists))
}

/// The global key that was meant, by spelling or because only its tag key is missing.
fn near_key(name: &str) -> Option<&'static str> {
    let folded = ConditionKey::new(name).folded().to_owned();
    let is_family =
        |known: &&str| fold(known).trim_end_matches('/') == folded.trim_end_matches('/');
    keys::names()
        .find(is_family)
        .or_else(|| nearest(name, keys::names().filter(|known| !known.ends_with('/')), 3))
}
