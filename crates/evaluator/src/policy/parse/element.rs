//! Reading the elements of a statement, except `Principal` and `Condition`.

use super::{Reader, find, opening, quoted};
use crate::action::ActionPattern;
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix, Severity, Span, Spanned};
use crate::json::{Json, JsonKind, Member};
use crate::policy::edit::{append, quote, remove, rename};
use crate::policy::nearest::nearest;
use crate::policy::{ActionElement, Effect, PolicyType, ResourceElement};
use crate::resource::ResourcePattern;

/// Everything that some type of policy has in a statement.
const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

impl Reader<'_> {
    pub(super) fn known_element(&mut self, members: &[Member<'_>], index: usize) {
        let Some(member) = members.get(index) else { return };
        let known = self.grammar.elements();
        if known.contains(&&*member.name) {
            return;
        }
        if ELEMENTS.contains(&&*member.name) {
            self.forbidden(members, index);
        } else {
            self.unknown(members, member, &known);
        }
    }

    pub(super) fn forbidden(&mut self, members: &[Member<'_>], index: usize) {
        let Some(member) = members.get(index) else { return };
        let removal = || {
            let edits = vec![remove(members, index)?];
            Some(Fix { title: format!("remove `{}`", member.name), edits })
        };
        let fix = match &*member.name {
            // Without it the statement would lack an element that it needs.
            "NotAction" if find(members, "Action").is_none() => None,
            "NotPrincipal" if self.grammar.principal && find(members, "Principal").is_none() => {
                None
            }
            _ => removal(),
        };
        let message = format!("a {} cannot contain `{}`", self.policy_type.name(), member.name);
        self.push(Diagnostic::new(Code::ForbiddenElement, member.name_span, message).with_fix(fix));
    }

    pub(super) fn unknown(&mut self, members: &[Member<'_>], member: &Member<'_>, known: &[&str]) {
        let near = nearest(&member.name, known.iter().copied(), 2);
        let expected = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected {}", list(known)),
        };
        let fix = near.and_then(|near| {
            let edits = vec![rename(members, member, near)?];
            Some(Fix { title: format!("write `{near}`"), edits })
        });
        let message = format!("unknown element `{}`, {expected}", member.name);
        self.push(Diagnostic::new(Code::UnknownElement, member.name_span, message).with_fix(fix));
    }

    pub(super) fn sid(&mut self, member: Option<&Member<'_>>) -> Option<Box<str>> {
        let member = member?;
        let Some(text) = member.value.as_text() else {
            self.expect_text(&member.value, "Sid");
            return None;
        };
        let span = member.value.span;
        let plain = plain_sid(text);
        if self.grammar.plain_sid && plain != text {
            let message = format!("`{text}` is not a `Sid`, expected letters and digits only");
            let fix = self.new_sid(&plain, span);
            self.push(Diagnostic::new(Code::InvalidSid, span, message).with_fix(fix));
        }
        if let Some((_, first)) = self.sids.iter().find(|(known, _)| **known == *text) {
            let message = format!("the `Sid` `{text}` stands twice in this policy");
            let severity = if self.grammar.plain_sid { Severity::Error } else { Severity::Warning };
            let diagnostic = Diagnostic::new(Code::DuplicateSid, span, message)
                .with_related(*first)
                .with_severity(severity)
                .with_fix(self.new_sid(text, span));
            self.push(diagnostic);
        } else if !text.is_empty() {
            self.sids.push((text.into(), span));
        }
        Some(text.into())
    }

    /// A `Sid` like `wanted` that no statement has yet.
    fn new_sid(&self, wanted: &str, span: Span) -> Option<Fix> {
        let numbered = (2..100).map(|number| format!("{wanted}{number}"));
        let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
        let free = candidates.find(|it| !it.is_empty() && !self.taken_sids.contains(it))?;
        let replacement = quote(&free);
        Some(Fix::replace(format!("write `{replacement}`"), span, replacement))
    }

    pub(super) fn effect(
        &mut self,
        member: Option<&Member<'_>>,
        statement: &Json<'_>,
    ) -> Option<Effect> {
        let Some(member) = member else {
            if !self.is_misspelled(statement, &["Effect"]) {
                let message = "the statement has no `Effect`, expected `Allow` or `Deny`";
                self.report(Code::MissingElement, opening(statement), message);
            }
            return None;
        };
        let span = member.value.span;
        let Some(text) = member.value.as_text() else {
            self.wrong_type(&member.value, "`Effect`", "`Allow` or `Deny`", None);
            return None;
        };
        let effects = [Effect::Allow, Effect::Deny];
        let Some(effect) = effects.into_iter().find(|effect| effect.as_str() == text) else {
            let allowed =
                effects.iter().filter(|it| !self.grammar.deny_only || **it == Effect::Deny);
            let near = nearest(text.trim(), allowed.map(|effect| effect.as_str()), 1);
            let fix = near.map(|near| Fix::replace(format!("write `{near}`"), span, quote(near)));
            let message = format!("`{text}` is not an `Effect`, expected `Allow` or `Deny`");
            self.push(Diagnostic::new(Code::InvalidEffect, span, message).with_fix(fix));
            return None;
        };
        if effect == Effect::Allow && self.grammar.deny_only {
            let message = format!("a {} can only `Deny`", self.policy_type.name());
            self.report(Code::InvalidEffect, span, message);
        }
        Some(effect)
    }

    pub(super) fn action(
        &mut self,
        members: &[Member<'_>],
        statement: &Json<'_>,
    ) -> Option<ActionElement> {
        let (negated, member) = self.one_of(members, "Action", "NotAction", statement)?;
        let listed = self.texts(&member.value, &member.name)?;
        let in_list = matches!(member.value.kind, JsonKind::Array(_));
        let mut patterns = Vec::with_capacity(listed.len());
        for Spanned { value: text, span } in listed {
            let (pattern, problem) = ActionPattern::parse(&text);
            self.check_action(&pattern, problem, span, in_list);
            patterns.push(Spanned { value: pattern, span });
        }
        Some(ActionElement { negated, span: member.value.span, patterns })
    }

    pub(super) fn resource(
        &mut self,
        members: &[Member<'_>],
        statement: &Json<'_>,
    ) -> Option<ResourceElement> {
        if !self.grammar.resource {
            return None;
        }
        let (negated, member) = self.one_of(members, "Resource", "NotResource", statement)?;
        let listed = self.texts(&member.value, &member.name)?;
        let mut patterns = Vec::with_capacity(listed.len());
        for Spanned { value: text, span } in listed {
            let (variables, short) = (self.variables, self.grammar.short_arn);
            let (pattern, problem) = ResourcePattern::parse(&text, variables, short, &mut |_| ());
            self.check_resource(&text, problem, span);
            patterns.push(Spanned { value: pattern, span });
        }
        Some(ResourceElement { negated, span: member.value.span, patterns })
    }

    /// Exactly one of an element and its negation.
    pub(super) fn one_of<'v, 'a>(
        &mut self,
        members: &'v [Member<'a>],
        plain: &str,
        negated: &str,
        statement: &Json<'_>,
    ) -> Option<(bool, &'v Member<'a>)> {
        match (find(members, plain), find(members, negated)) {
            (Some(member), None) => Some((false, member)),
            (None, Some(member)) => Some((true, member)),
            (Some(first), Some(second)) => {
                let message = format!("a statement has either `{plain}` or `{negated}`, not both");
                let (span, related) = (second.name_span, first.name_span);
                let diagnostic = Diagnostic::new(Code::ConflictingElements, span, message);
                self.push(diagnostic.with_related(related));
                None
            }
            (None, None) if self.is_misspelled(statement, &[plain, negated]) => None,
            (None, None) => {
                let message = format!("the statement has neither `{plain}` nor `{negated}`");
                let organizations = self.policy_type.is_organizations() && plain == "Resource";
                let fix = organizations.then(|| self.addition(statement, "\"Resource\": \"*\""));
                let span = opening(statement);
                let diagnostic = Diagnostic::new(Code::MissingElement, span, message);
                self.push(diagnostic.with_fix(fix.flatten()));
                None
            }
        }
    }

    /// Whether the element is there under a name that is named as a misspelling of it.
    pub(super) fn is_misspelled(&self, statement: &Json<'_>, names: &[&str]) -> bool {
        let known = self.grammar.elements();
        let members = statement.members().into_iter().flatten();
        members.filter(|member| !ELEMENTS.contains(&&*member.name)).any(|member| {
            nearest(&member.name, known.iter().copied(), 2)
                .is_some_and(|near| names.contains(&near))
        })
    }

    /// Adds a member to a statement.
    pub(super) fn addition(&self, statement: &Json<'_>, member: &str) -> Option<Fix> {
        let edits = vec![append(self.text, statement, member)?];
        Some(Fix { title: format!("add `{member}`"), edits })
    }

    /// A string or a list of strings; what is neither is named and left out.
    pub(super) fn texts(
        &mut self,
        value: &Json<'_>,
        element: &str,
    ) -> Option<Vec<Spanned<Box<str>>>> {
        // An account id without quotes is a number; elsewhere a number makes no sense as a string either.
        let fix = |value: &Json<'_>| {
            if matches!(element, "AWS" | "CanonicalUser") { quoted(value) } else { None }
        };
        let list = match &value.kind {
            JsonKind::String(_) => std::slice::from_ref(value),
            JsonKind::Array(list) => list,
            _ => {
                let (what, expected) = (format!("`{element}`"), "a string or a list of strings");
                self.wrong_type(value, &what, expected, fix(value));
                return None;
            }
        };
        if list.is_empty() {
            let message = format!("`{element}` is empty, so it matches nothing");
            self.report(Code::EmptyList, value.span, message);
        }
        let mut texts = Vec::with_capacity(list.len());
        for entry in list {
            match entry.as_text() {
                Some(text) => texts.push(Spanned { value: text.into(), span: entry.span }),
                None => {
                    let what = format!("an entry of `{element}`");
                    self.wrong_type(entry, &what, "a string", fix(entry));
                }
            }
        }
        Some(texts)
    }

    /// What must stand for everybody in this type of policy: RCPs speak of all principals.
    pub(in crate::policy) fn is_rcp(&self) -> bool {
        self.policy_type == PolicyType::ResourceControlPolicy
    }
}

/// Letters and digits only; what followed something else begins in upper case.
fn plain_sid(text: &str) -> String {
    let (mut plain, mut starts_word) = (String::with_capacity(text.len()), false);
    for character in text.chars() {
        if !character.is_ascii_alphanumeric() {
            starts_word = !plain.is_empty();
        } else if std::mem::take(&mut starts_word) {
            plain.push(character.to_ascii_uppercase());
        } else {
            plain.push(character);
        }
    }
    plain
}

/// "`A`, `B` or `C`".
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => quoted.concat(),
    }
}
