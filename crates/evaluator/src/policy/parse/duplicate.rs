//! Members that stand twice in one object: IAM takes neither the first nor the last, it refuses the policy.

use super::Reader;
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix};
use crate::fold::eq_ignoring_case;
use crate::json::{Json, JsonKind, Member};
use crate::policy::edit::{append, span_of, take_out};

impl Reader<'_> {
    /// The members of an object, each named once.
    pub(super) fn object<'v, 'a>(
        &mut self,
        value: &'v Json<'a>,
        what: &str,
    ) -> Option<&'v [Member<'a>]> {
        let Some(members) = value.members() else {
            self.wrong_type(value, what, "an object", None);
            return None;
        };
        for (index, member) in members.iter().enumerate() {
            let earlier = members.iter().take(index);
            if let Some(first) = earlier.into_iter().find(|first| first.name == member.name) {
                let message = format!("`{}` stands twice in one object", member.name);
                let diagnostic = Diagnostic::new(Code::DuplicateMember, member.name_span, message)
                    .with_related(first.name_span)
                    .with_fix(self.without_duplicate(members, first, index));
                self.push(diagnostic);
            }
        }
        Some(members)
    }

    /// Puts two equal members together, where nothing they say differs.
    pub(super) fn without_duplicate(
        &self,
        members: &[Member<'_>],
        first: &Member<'_>,
        index: usize,
    ) -> Option<Fix> {
        let second = members.get(index)?;
        let removal = take_out(members, index)?;
        if first.value.span.of(self.text) == second.value.span.of(self.text) {
            let title = format!("remove the second `{}`", second.name);
            return Some(Fix { title, edits: vec![removal] });
        }
        let (old, new) = (first.value.members()?, second.value.members()?);
        let is_old = |member: &Member<'_>| {
            old.iter().any(|other| eq_ignoring_case(&other.name, &member.name))
        };
        if new.iter().any(is_old) || has_duplicates(&second.value) {
            return None;
        }
        let moved: Option<Vec<&str>> =
            new.iter().map(|member| span_of(member).of(self.text)).collect();
        let mut edits = vec![removal];
        if !new.is_empty() {
            edits.push(append(self.text, &first.value, &moved?.join(", "))?);
        }
        Some(Fix { title: format!("put the two `{}` together", second.name), edits })
    }
}

/// Whether an object somewhere within has two members of one name.
fn has_duplicates(value: &Json<'_>) -> bool {
    match &value.kind {
        JsonKind::Object(members) => members.iter().enumerate().any(|(index, member)| {
            members.iter().take(index).any(|first| first.name == member.name)
                || has_duplicates(&member.value)
        }),
        JsonKind::Array(entries) => entries.iter().any(has_duplicates),
        _ => false,
    }
}
