//! Changes to a policy's text that keep it JSON: what the fixes of diagnostics are made of.

use crate::condition::{ConditionOperator, Test};
use crate::diagnostic::{Edit, Span};
use crate::fold::eq_ignoring_case;
use crate::json::{Json, Member};

/// A string as JSON writes it.
pub(super) fn quote(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// The place of a whole member, name and value.
pub(super) fn span_of(member: &Member<'_>) -> Span {
    Span { start: member.name_span.start, end: member.value.span.end }
}

/// Takes a member out, unless another of its name would then count in its place.
pub(super) fn remove(members: &[Member<'_>], index: usize) -> Option<Edit> {
    let name = &members.get(index)?.name;
    let is_only = members.iter().filter(|member| member.name == *name).count() == 1;
    if is_only { take_out(members, index) } else { None }
}

/// Takes a member out, with the comma that parted it from its neighbour.
pub(super) fn take_out(members: &[Member<'_>], index: usize) -> Option<Edit> {
    let member = members.get(index)?;
    let before = index.checked_sub(1).and_then(|index| members.get(index));
    let span = match (before, members.get(index + 1)) {
        (Some(before), _) => Span { start: before.value.span.end, end: member.value.span.end },
        (None, Some(after)) => Span { start: member.name_span.start, end: after.name_span.start },
        (None, None) => span_of(member),
    };
    Some(Edit { span, replacement: String::new() })
}

/// Puts a member, written as JSON, behind the last one of an object.
pub(super) fn append(text: &str, object: &Json<'_>, member: &str) -> Option<Edit> {
    let Some(last) = object.members()?.last() else {
        let start = object.span.start.checked_add(1)?;
        return Some(Edit { span: Span { start, end: start }, replacement: member.to_owned() });
    };
    let end = last.value.span.end;
    let separator = line_before(text, last.name_span.start).unwrap_or(" ");
    let replacement = format!(",{separator}{member}");
    Some(Edit { span: Span { start: end, end }, replacement })
}

/// Puts a member, written as JSON, before the first one of an object.
pub(super) fn prepend(text: &str, object: &Json<'_>, member: &str) -> Option<Edit> {
    let Some(first) = object.members()?.first() else { return append(text, object, member) };
    let start = first.name_span.start;
    let separator = line_before(text, start).unwrap_or(" ");
    let replacement = format!("{member},{separator}");
    Some(Edit { span: Span { start, end: start }, replacement })
}

/// The line break and indentation before a place, where nothing else stands before it in its line.
fn line_before(text: &str, place: u32) -> Option<&str> {
    let before = text.get(..place as usize)?;
    let space = before.get(before.trim_end().len()..)?;
    space.contains('\n').then_some(space)
}

/// Writes a member's name otherwise, unless the object has that name already.
pub(super) fn rename(members: &[Member<'_>], member: &Member<'_>, name: &str) -> Option<Edit> {
    let taken = members
        .iter()
        .any(|other| !std::ptr::eq(other, member) && other.name.eq_ignore_ascii_case(name));
    (!taken).then(|| Edit { span: member.name_span, replacement: quote(name) })
}

/// A key of a condition, where it stands.
#[derive(Clone, Copy)]
pub(super) struct KeySite<'v, 'a> {
    /// The value of `Condition`.
    pub condition: &'v Json<'a>,
    /// Which of its operators.
    pub operator_index: usize,
    /// That operator.
    pub operator: &'v Member<'a>,
    /// Which of the operator's keys.
    pub key_index: usize,
    /// That key.
    pub key: &'v Member<'a>,
}

impl<'v, 'a> KeySite<'v, 'a> {
    fn siblings(self) -> Option<&'v [Member<'a>]> {
        self.operator.value.members()
    }

    /// Puts the key under another operator; `None` where it already stands there.
    pub(super) fn change_operator(
        self,
        text: &str,
        operator: ConditionOperator,
    ) -> Option<Vec<Edit>> {
        let (operators, keys) = (self.condition.members()?, self.siblings()?);
        let name = operator.to_string();
        let written = span_of(self.key).of(text)?;
        let alone = keys.len() == 1;
        let take_out = || {
            if alone {
                remove(operators, self.operator_index)
            } else {
                remove(keys, self.key_index)
            }
        };
        let Some(target) = operators.iter().find(|other| other.name.eq_ignore_ascii_case(&name))
        else {
            if alone {
                let span = self.operator.name_span;
                return Some(vec![Edit { span, replacement: quote(&name) }]);
            }
            let put_in =
                append(text, self.condition, &format!("{}: {{ {written} }}", quote(&name)))?;
            return Some(vec![take_out()?, put_in]);
        };
        let is_there = |other: &Member<'_>| eq_ignoring_case(&other.name, &self.key.name);
        if std::ptr::eq(target, self.operator) || target.value.members()?.iter().any(is_there) {
            return None;
        }
        Some(vec![take_out()?, append(text, &target.value, written)?])
    }

    /// Demands that the key exists: `"Null": { key: "false" }`.
    pub(super) fn demand_presence(self, text: &str) -> Option<Vec<Edit>> {
        let written = format!("{}: \"false\"", self.key.name_span.of(text)?);
        let is_null = |member: &&Member<'_>| {
            ConditionOperator::parse(&member.name).is_some_and(|it| it.test == Test::Null)
        };
        let Some(null) = self.condition.members()?.iter().find(is_null) else {
            let member = format!("\"Null\": {{ {written} }}");
            return append(text, self.condition, &member).map(|edit| vec![edit]);
        };
        let is_there = |other: &Member<'_>| eq_ignoring_case(&other.name, &self.key.name);
        if null.value.members()?.iter().any(is_there) {
            return None;
        }
        append(text, &null.value, &written).map(|edit| vec![edit])
    }
}
