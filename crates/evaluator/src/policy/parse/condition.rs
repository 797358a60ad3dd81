//! Reading `Condition`.

use super::Reader;
use crate::condition::{
    ConditionClause, ConditionKey, ConditionOperator, ConditionValue, Test, TypedValue,
};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix, Severity, Span};
use crate::fold::{eq_ignoring_case, fold};
use crate::json::{Json, JsonKind, Member};
use crate::policy::edit::{quote, remove, rename};
use crate::policy::nearest::nearest;

impl Reader<'_> {
    pub(super) fn conditions(
        &mut self,
        statement: &[Member<'_>],
        member: Option<&Member<'_>>,
    ) -> Vec<ConditionClause> {
        let Some(member) = member else { return Vec::new() };
        let Some(operators) = self.object(&member.value, "`Condition`") else {
            return vec![never(member.value.span)];
        };
        if operators.is_empty() {
            let fix = without_condition(statement);
            self.empty_condition(member, fix);
        }
        let mut clauses = Vec::new();
        for (index, operator) in operators.iter().enumerate() {
            let read = self.operator(operators, operator);
            let Some(keys) = self.object(&operator.value, &format!("`{}`", operator.name)) else {
                clauses.push(never(operator.value.span));
                continue;
            };
            if keys.is_empty() {
                // Taking out the only operator would leave an empty `Condition`.
                let removal = || {
                    let edits = vec![remove(operators, index)?];
                    Some(Fix { title: format!("remove `{}`", operator.name), edits })
                };
                let fix =
                    if operators.len() == 1 { without_condition(statement) } else { removal() };
                self.empty_condition(operator, fix);
            }
            self.keys_once(keys);
            clauses.extend(keys.iter().map(|key| self.clause(read, operator.name_span, key)));
        }
        clauses
    }

    fn empty_condition(&mut self, member: &Member<'_>, fix: Option<Fix>) {
        let message = format!("`{}` has no keys, so it always holds", member.name);
        let diagnostic = Diagnostic::new(Code::EmptyCondition, member.value.span, message);
        self.push(diagnostic.with_fix(fix));
    }

    /// Key names compare ignoring case, so two that differ in nothing else are one.
    fn keys_once(&mut self, keys: &[Member<'_>]) {
        for (index, key) in keys.iter().enumerate() {
            let same = |first: &&Member<'_>| {
                first.name != key.name && eq_ignoring_case(&first.name, &key.name)
            };
            if let Some(first) = keys.iter().take(index).find(same) {
                let (old, new) = (&first.name, &key.name);
                let message = format!("`{new}` and `{old}` are one key, whose name has no case");
                let fix = self.without_duplicate(keys, first, index);
                let diagnostic = Diagnostic::new(Code::DuplicateKeyCase, key.name_span, message)
                    .with_related(first.name_span)
                    .with_fix(fix);
                self.push(diagnostic);
            }
        }
    }

    fn operator(
        &mut self,
        operators: &[Member<'_>],
        member: &Member<'_>,
    ) -> Option<ConditionOperator> {
        let rename_to = |name: &str| {
            let edits = vec![rename(operators, member, name)?];
            Some(Fix { title: format!("write `{name}`"), edits })
        };
        let (span, written) = (member.name_span, &*member.name);
        let Some(operator) = ConditionOperator::parse(written) else {
            let diagnostic = if is_null(written) {
                let message = format!(
                    "`{written}` is not an operator: `Null` takes neither `IfExists` nor a set operator"
                );
                Diagnostic::new(Code::OperatorOnNull, span, message).with_fix(rename_to("Null"))
            } else if let Some(near) = nearest_operator(written) {
                let message =
                    format!("unknown condition operator `{written}`, did you mean `{near}`?");
                Diagnostic::new(Code::UnknownOperator, span, message).with_fix(rename_to(&near))
            } else {
                let message = format!(
                    "unknown condition operator `{written}`, expected one such as `StringEquals`"
                );
                Diagnostic::new(Code::UnknownOperator, span, message)
            };
            self.push(diagnostic);
            return None;
        };
        let name = operator.to_string();
        if name != written {
            let message = format!(
                "`{written}` is in an unusual letter case, expected `{name}` as AWS writes it"
            );
            let diagnostic = Diagnostic::new(Code::OperatorCase, span, message);
            self.push(diagnostic.with_fix(rename_to(&name)));
        }
        Some(operator)
    }

    /// Reads one key with its values. Under an operator that nobody knows the clause stays, and never holds.
    fn clause(
        &mut self,
        operator: Option<ConditionOperator>,
        operator_span: Span,
        member: &Member<'_>,
    ) -> ConditionClause {
        let mut values = Vec::new();
        match &member.value.kind {
            JsonKind::Array(list) => {
                if list.is_empty() {
                    let message = format!("`{}` has no values, so it matches nothing", member.name);
                    let diagnostic = Diagnostic::new(Code::EmptyList, member.value.span, message);
                    self.push(diagnostic.with_severity(Severity::Warning));
                }
                for value in list {
                    values.extend(self.condition_value(operator, value));
                }
            }
            _ => values.extend(self.condition_value(operator, &member.value)),
        }
        ConditionClause {
            operator: operator.unwrap_or(ConditionOperator::UNKNOWN),
            key: ConditionKey::new(&member.name),
            values,
            span: Span { start: member.name_span.start, end: member.value.span.end },
            operator_span,
            key_span: member.name_span,
        }
    }

    fn condition_value(
        &mut self,
        operator: Option<ConditionOperator>,
        value: &Json<'_>,
    ) -> Option<ConditionValue> {
        let span = value.span;
        let text: Box<str> = match &value.kind {
            JsonKind::String(text) => text.as_ref().into(),
            JsonKind::Literal(text) => (*text).into(),
            _ => {
                let expected = "a string, a number or a boolean";
                self.wrong_type(value, "a condition value", expected, None);
                let typed = TypedValue::Malformed;
                return Some(ConditionValue { text: "".into(), typed, span });
            }
        };
        let Some(operator) = operator else {
            return Some(ConditionValue { text, typed: TypedValue::Malformed, span });
        };
        let typed = TypedValue::read(operator.test, &text, self.variables, &mut |_| ());
        if typed == TypedValue::Malformed {
            let message = format!(
                "`{operator}` cannot read `{text}`, expected {}, so the condition never holds",
                expected_value(operator.test)
            );
            let fix = readable(operator.test, &text).map(|readable| {
                let replacement = quote(&readable);
                Fix::replace(format!("write `{replacement}`"), span, replacement)
            });
            self.push(Diagnostic::new(Code::InvalidConditionValue, span, message).with_fix(fix));
        } else {
            self.check_condition_value(operator.test, &text, span);
        }
        Some(ConditionValue { text, typed, span })
    }
}

fn without_condition(statement: &[Member<'_>]) -> Option<Fix> {
    let index = statement.iter().position(|member| member.name == "Condition")?;
    let edits = vec![remove(statement, index)?];
    Some(Fix { title: "remove `Condition`".to_owned(), edits })
}

/// What the values of an operator look like.
fn expected_value(test: Test) -> &'static str {
    match test {
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => "a text",
        Test::Numeric(_) => "a number such as `3600`",
        Test::Date(_) => "a date such as `2026-11-23T00:00:00Z` or seconds since 1970",
        Test::Bool | Test::Null => "`true` or `false`",
        Test::BinaryEquals => "bytes in base64",
        Test::IpAddress => "an address or a block such as `203.0.113.0/24`",
        Test::Arn => "an ARN with six parts such as `arn:aws:iam::111122223333:role/*`",
    }
}

/// What was meant by a value that its operator cannot read, where a slip of the pen explains it.
fn readable(test: Test, text: &str) -> Option<String> {
    let trimmed = text.trim();
    let candidates = [
        trimmed.to_owned(),
        trimmed.replacen(' ', "T", 1),
        trimmed.replace(',', ""),
        format!("{trimmed}="),
        format!("{trimmed}=="),
    ];
    let can_read =
        |it: &String| TypedValue::read(test, it, false, &mut |_| ()) != TypedValue::Malformed;
    candidates.into_iter().find(can_read)
}

/// A clause that never holds, in the place of a condition that could not be understood: dropping it would let the
/// statement apply to everything.
fn never(span: Span) -> ConditionClause {
    ConditionClause {
        operator: ConditionOperator::UNKNOWN,
        key: ConditionKey::new(""),
        values: Vec::new(),
        span,
        operator_span: span,
        key_span: span,
    }
}

/// Whether a text is `Null` with something that `Null` does not take.
fn is_null(written: &str) -> bool {
    let name = fold(written.rsplit_once(':').map_or(written, |(_, name)| name));
    name.strip_suffix("ifexists").unwrap_or(&name) == "null"
}

/// The operator that differs least from a mistyped one, if any is close, with its prefix and suffix.
fn nearest_operator(text: &str) -> Option<String> {
    let (set, name) = match text.split_once(':') {
        Some((set, name)) => {
            (format!("{}:", nearest(set.trim(), ["ForAllValues", "ForAnyValue"], 3)?), name.trim())
        }
        None => (String::new(), text.trim()),
    };
    let suffix = "IfExists";
    let cut = name.len().checked_sub(suffix.len());
    let (name, if_exists) = match cut.and_then(|cut| name.split_at_checked(cut)) {
        Some((name, end)) if end.eq_ignore_ascii_case(suffix) => (name, suffix),
        _ => (name, ""),
    };
    let near = nearest(name, ConditionOperator::names(), 3)?;
    let operator = format!("{set}{near}{if_exists}");
    ConditionOperator::parse(&operator).is_some().then_some(operator)
}
