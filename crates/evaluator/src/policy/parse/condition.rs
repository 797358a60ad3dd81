//! Reading `Condition`.

use super::Reader;
use crate::condition::{
    ConditionClause, ConditionKey, ConditionOperator, ConditionValue, TypedValue,
};
use crate::diagnostic::{DiagnosticCode as Code, Span};
use crate::json::{Json, JsonKind, Member};

impl Reader {
    pub(super) fn conditions(&mut self, member: Option<&Member<'_>>) -> Vec<ConditionClause> {
        let Some(member) = member else { return Vec::new() };
        let Some(operators) = self.object(&member.value, "`Condition`") else {
            return vec![never(member.value.span)];
        };
        let mut clauses = Vec::new();
        for operator in operators {
            let read = self.operator(operator);
            match self.object(&operator.value, &format!("`{}`", operator.name)) {
                Some(keys) => clauses.extend(keys.iter().map(|key| self.clause(read, key))),
                None => clauses.push(never(operator.value.span)),
            }
        }
        clauses
    }

    fn operator(&mut self, member: &Member<'_>) -> Option<ConditionOperator> {
        let Some(operator) = ConditionOperator::parse(&member.name) else {
            let message = match nearest_operator(&member.name) {
                Some(near) => {
                    format!("unknown condition operator `{}`, did you mean `{near}`?", member.name)
                }
                None => format!("unknown condition operator `{}`", member.name),
            };
            self.report(Code::UnknownOperator, member.name_span, message);
            return None;
        };
        if operator.to_string() != member.name {
            let message = format!("write `{operator}`: AWS spells operators in this letter case");
            self.report(Code::OperatorCase, member.name_span, message);
        }
        Some(operator)
    }

    /// Reads one key with its values. Under an operator that nobody knows the clause stays, and never holds.
    fn clause(
        &mut self,
        operator: Option<ConditionOperator>,
        member: &Member<'_>,
    ) -> ConditionClause {
        let mut values = Vec::new();
        match &member.value.kind {
            JsonKind::Array(list) => {
                if list.is_empty() {
                    let message = format!("`{}` has no values, so it matches nothing", member.name);
                    self.report(Code::EmptyList, member.value.span, message);
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
                self.wrong_type(value, "a condition value", "a string, a number or a boolean");
                return Some(ConditionValue {
                    text: "".into(),
                    typed: TypedValue::Malformed,
                    span,
                });
            }
        };
        let Some(operator) = operator else {
            return Some(ConditionValue { text, typed: TypedValue::Malformed, span });
        };
        let mut broken = Vec::new();
        let typed = TypedValue::read(operator.test, &text, self.variables, &mut |variable| {
            broken.push(variable.to_owned())
        });
        if typed == TypedValue::Malformed {
            let message =
                format!("`{operator}` cannot read `{text}`, so the condition never holds");
            self.report(Code::InvalidConditionValue, span, message);
        }
        self.broken_variables(&broken, span);
        Some(ConditionValue { text, typed, span })
    }
}

/// A clause that never holds, in the place of a condition that could not be understood: dropping it would let the
/// statement apply to everything.
fn never(span: Span) -> ConditionClause {
    ConditionClause {
        operator: ConditionOperator::UNKNOWN,
        key: ConditionKey::new(""),
        values: Vec::new(),
        span,
    }
}

/// The operator that differs least from a mistyped one, if any is close.
fn nearest_operator(text: &str) -> Option<&'static str> {
    let (_, name) = text.rsplit_once(':').unwrap_or(("", text));
    let name = name.strip_suffix("IfExists").unwrap_or(name).to_lowercase();
    ConditionOperator::names()
        .map(|known| (distance(&name, &known.to_lowercase()), known))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, known)| known)
}

/// How many letters must be put in, taken out or changed.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (i, l) in left.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (cell, r) in row.iter_mut().skip(1).zip(right.chars()) {
            let changed = diagonal + usize::from(l != r);
            diagonal = *cell;
            before = changed.min(before + 1).min(diagonal + 1);
            *cell = before;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
