//! Reading a policy's text. Reading never fails as a whole: it gives what was understood and says what was not.
//!
//! Follows the IAM User Guide, "Grammar of the IAM JSON policy language". A statement that lacks an element it needs
//! is left out and named; an entry that nothing can match stays and is named.

mod condition;
mod principal;

use std::borrow::Cow;
use std::sync::Arc;

use super::check::{Grammar, lint, quota};
use super::{
    ActionElement, Effect, PolicyDocument, PolicyType, ResourceElement, Statement, Version,
};
use crate::action::ActionPattern;
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Span, Spanned};
use crate::json::{self, Json, JsonKind, Member};
use crate::resource::ResourcePattern;

impl PolicyDocument {
    /// Reads a policy's text by the rules of its type.
    #[must_use]
    pub fn parse(text: &str, policy_type: PolicyType) -> Self {
        let mut reader = Reader {
            policy_type,
            grammar: Grammar::of(policy_type),
            variables: false,
            diagnostics: Vec::new(),
            sids: Vec::new(),
        };
        let (version, statements) = match json::parse(text) {
            Ok(value) => reader.document(&value),
            Err(diagnostic) => {
                reader.diagnostics.push(diagnostic);
                (Version::V2008, Vec::new())
            }
        };
        reader.diagnostics.extend(quota(text, policy_type));
        reader.diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        Self {
            policy_type,
            text: Arc::from(text),
            version,
            statements,
            diagnostics: reader.diagnostics,
        }
    }
}

/// A policy that is being read.
pub(super) struct Reader {
    policy_type: PolicyType,
    grammar: Grammar,
    /// Whether `${…}` is a variable.
    variables: bool,
    diagnostics: Vec<Diagnostic>,
    /// The `Sid`s so far, each unique within one document.
    sids: Vec<(Box<str>, Span)>,
}

impl Reader {
    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    fn document(&mut self, value: &Json<'_>) -> (Version, Vec<Statement>) {
        let Some(members) = self.object(value, "a policy") else {
            return (Version::V2008, Vec::new());
        };
        for member in members {
            match &*member.name {
                "Version" | "Statement" => {}
                "Id" if self.grammar.id => self.expect_text(&member.value, "Id"),
                "Id" => self.forbidden(member),
                _ => self.unknown(member, "`Version`, `Id` or `Statement`"),
            }
        }
        let version = self.version(find(members, "Version"), value.span);
        self.variables = version == Version::V2012;
        let statements = match find(members, "Statement") {
            None => {
                self.report(Code::MissingElement, value.span, "the policy has no `Statement`");
                Vec::new()
            }
            Some(member) => self.statements(&member.value),
        };
        (version, statements)
    }

    fn version(&mut self, member: Option<&Member<'_>>, policy: Span) -> Version {
        let Some(member) = member else {
            let message = "the policy has no `Version`, so the rules of 2008-10-17 apply, without policy variables";
            self.report(
                Code::MissingVersion,
                Span { end: policy.start.saturating_add(1), ..policy },
                message,
            );
            return Version::V2008;
        };
        match &member.value.kind {
            JsonKind::String(text) if text == "2012-10-17" => Version::V2012,
            JsonKind::String(text) if text == "2008-10-17" => Version::V2008,
            JsonKind::String(text) => {
                let message = format!(
                    "`{text}` is not a version of the policy language, expected `2012-10-17`"
                );
                self.report(Code::InvalidVersion, member.value.span, message);
                Version::V2008
            }
            _ => {
                self.wrong_type(&member.value, "`Version`", "the string `2012-10-17`");
                Version::V2008
            }
        }
    }

    fn statements(&mut self, value: &Json<'_>) -> Vec<Statement> {
        match &value.kind {
            JsonKind::Object(_) => self.statement(0, value).into_iter().collect(),
            JsonKind::Array(list) if list.is_empty() => {
                self.report(
                    Code::EmptyList,
                    value.span,
                    "`Statement` is empty, expected at least one statement",
                );
                Vec::new()
            }
            JsonKind::Array(list) => list
                .iter()
                .enumerate()
                .filter_map(|(index, value)| self.statement(index, value))
                .collect(),
            _ => {
                self.wrong_type(value, "`Statement`", "a statement or a list of statements");
                Vec::new()
            }
        }
    }

    fn statement(&mut self, index: usize, value: &Json<'_>) -> Option<Statement> {
        let members = self.object(value, "a statement")?;
        for member in members {
            self.known_element(member);
        }
        let sid = self.sid(find(members, "Sid"));
        let effect = self.effect(find(members, "Effect"), value.span);
        let principal = self.principal(members, value.span);
        let action = self.action(members, value.span);
        let resource = self.resource(members, value.span);
        let conditions = self.conditions(find(members, "Condition"));
        let (effect, action) = (effect?, action?);
        let resource = if self.grammar.resource { Some(resource?) } else { None };
        let principal = if self.grammar.principal { Some(principal?) } else { None };
        let span = value.span;
        let statement =
            Statement { index, span, sid, effect, principal, action, resource, conditions };
        lint(&statement, &mut self.diagnostics);
        Some(statement)
    }

    fn known_element(&mut self, member: &Member<'_>) {
        match &*member.name {
            "Sid" | "Effect" | "Action" | "Condition" => {}
            "NotAction" if self.grammar.not_action => {}
            "Principal" if self.grammar.principal => {}
            "NotPrincipal" if self.grammar.not_principal => {}
            "Resource" | "NotResource" if self.grammar.resource => {}
            "NotAction" | "Principal" | "NotPrincipal" | "Resource" | "NotResource" => {
                self.forbidden(member)
            }
            _ => self.unknown(member, "an element such as `Effect`, `Action` or `Condition`"),
        }
    }

    fn sid(&mut self, member: Option<&Member<'_>>) -> Option<Box<str>> {
        let member = member?;
        let JsonKind::String(text) = &member.value.kind else {
            self.wrong_type(&member.value, "`Sid`", "a string");
            return None;
        };
        let sid: Box<str> = text.as_ref().into();
        let span = member.value.span;
        // Resource policies follow their service's rules: KMS, for one, writes whole sentences.
        if !self.grammar.principal && !sid.chars().all(|c| c.is_ascii_alphanumeric()) {
            self.report(
                Code::InvalidSid,
                span,
                format!("`{sid}` is not a `Sid`, expected letters and digits only"),
            );
        }
        if let Some((_, first)) = self.sids.iter().find(|(known, _)| *known == sid) {
            let (related, message) =
                (Some(*first), format!("the `Sid` `{sid}` stands twice in this policy"));
            self.diagnostics.push(Diagnostic { code: Code::InvalidSid, span, related, message });
        } else if !sid.is_empty() {
            self.sids.push((sid.clone(), span));
        }
        Some(sid)
    }

    fn effect(&mut self, member: Option<&Member<'_>>, statement: Span) -> Option<Effect> {
        let Some(member) = member else {
            self.report(
                Code::MissingElement,
                statement,
                "the statement has no `Effect`, expected `Allow` or `Deny`",
            );
            return None;
        };
        let effect = match &member.value.kind {
            JsonKind::String(text) if text == "Allow" => Effect::Allow,
            JsonKind::String(text) if text == "Deny" => Effect::Deny,
            JsonKind::String(text) => {
                let message = format!("`{text}` is not an `Effect`, expected `Allow` or `Deny`");
                self.report(Code::InvalidEffect, member.value.span, message);
                return None;
            }
            _ => {
                self.wrong_type(&member.value, "`Effect`", "`Allow` or `Deny`");
                return None;
            }
        };
        if effect == Effect::Allow && self.grammar.deny_only {
            let message = format!("a {} can only `Deny`", self.policy_type.name());
            self.report(Code::InvalidEffect, member.value.span, message);
        }
        Some(effect)
    }

    fn action(&mut self, members: &[Member<'_>], statement: Span) -> Option<ActionElement> {
        let (negated, member) = self.one_of(members, "Action", "NotAction", statement)?;
        let listed = self.texts(&member.value, &member.name)?;
        let mut patterns = Vec::with_capacity(listed.len());
        for Spanned { value: text, span } in listed {
            let (pattern, problem) = ActionPattern::parse(&text);
            if let Some(problem) = problem {
                self.report(Code::InvalidAction, span, problem);
            } else if pattern.is_all() && self.policy_type == PolicyType::ResourceControlPolicy {
                let message = "a resource control policy cannot name all actions as `*`, expected a service's prefix";
                self.report(Code::InvalidAction, span, message);
            }
            patterns.push(Spanned { value: pattern, span });
        }
        Some(ActionElement { negated, span: member.value.span, patterns })
    }

    fn resource(&mut self, members: &[Member<'_>], statement: Span) -> Option<ResourceElement> {
        if !self.grammar.resource {
            return None;
        }
        let (negated, member) = self.one_of(members, "Resource", "NotResource", statement)?;
        let listed = self.texts(&member.value, &member.name)?;
        let mut patterns = Vec::with_capacity(listed.len());
        for Spanned { value: text, span } in listed {
            let mut broken = Vec::new();
            let (variables, short) = (self.variables, self.grammar.short_arn);
            let (pattern, problem) =
                ResourcePattern::parse(&text, variables, short, &mut |variable| {
                    broken.push(variable.to_owned())
                });
            if let Some(problem) = problem {
                self.report(Code::InvalidResource, span, problem);
            }
            self.broken_variables(&broken, span);
            patterns.push(Spanned { value: pattern, span });
        }
        Some(ResourceElement { negated, span: member.value.span, patterns })
    }

    fn broken_variables(&mut self, broken: &[String], span: Span) {
        for variable in broken {
            let message = format!(
                "`{variable}` is not a policy variable, expected `${{key}}` or `${{key, 'default'}}`"
            );
            self.report(Code::InvalidVariable, span, message);
        }
    }

    /// Exactly one of an element and its negation.
    fn one_of<'v, 'a>(
        &mut self,
        members: &'v [Member<'a>],
        plain: &str,
        negated: &str,
        statement: Span,
    ) -> Option<(bool, &'v Member<'a>)> {
        match (find(members, plain), find(members, negated)) {
            (Some(member), None) => Some((false, member)),
            (None, Some(member)) => Some((true, member)),
            (Some(first), Some(second)) => {
                self.diagnostics.push(Diagnostic {
                    code: Code::ConflictingElements,
                    span: second.name_span,
                    related: Some(first.name_span),
                    message: format!("a statement has either `{plain}` or `{negated}`, not both"),
                });
                None
            }
            (None, None) => {
                let message = format!("the statement has neither `{plain}` nor `{negated}`");
                self.report(Code::MissingElement, statement, message);
                None
            }
        }
    }

    /// A string or a list of strings; what is neither is named and left out.
    pub(super) fn texts(
        &mut self,
        value: &Json<'_>,
        element: &str,
    ) -> Option<Vec<Spanned<Box<str>>>> {
        match &value.kind {
            JsonKind::String(text) => {
                Some(vec![Spanned { value: text.as_ref().into(), span: value.span }])
            }
            JsonKind::Array(list) => {
                if list.is_empty() {
                    self.report(
                        Code::EmptyList,
                        value.span,
                        format!("`{element}` is empty, so it matches nothing"),
                    );
                }
                let mut texts = Vec::with_capacity(list.len());
                for entry in list {
                    match &entry.kind {
                        JsonKind::String(text) => {
                            texts.push(Spanned { value: text.as_ref().into(), span: entry.span });
                        }
                        _ => {
                            self.wrong_type(entry, &format!("an entry of `{element}`"), "a string")
                        }
                    }
                }
                Some(texts)
            }
            _ => {
                self.wrong_type(value, &format!("`{element}`"), "a string or a list of strings");
                None
            }
        }
    }

    /// The members of an object, each named once.
    pub(super) fn object<'v, 'a>(
        &mut self,
        value: &'v Json<'a>,
        what: &str,
    ) -> Option<&'v [Member<'a>]> {
        let JsonKind::Object(members) = &value.kind else {
            self.wrong_type(value, what, "an object");
            return None;
        };
        for (index, member) in members.iter().enumerate() {
            if let Some(first) = members.iter().take(index).find(|first| first.name == member.name)
            {
                self.diagnostics.push(Diagnostic {
                    code: Code::DuplicateMember,
                    span: member.name_span,
                    related: Some(first.name_span),
                    message: format!("`{}` stands twice in one object", member.name),
                });
            }
        }
        Some(members)
    }

    fn expect_text(&mut self, value: &Json<'_>, element: &str) {
        if !matches!(value.kind, JsonKind::String(Cow::Borrowed(_) | Cow::Owned(_))) {
            self.wrong_type(value, &format!("`{element}`"), "a string");
        }
    }

    pub(super) fn wrong_type(&mut self, value: &Json<'_>, what: &str, expected: &str) {
        let message = format!("{what} is {}, expected {expected}", value.describe());
        self.report(Code::WrongType, value.span, message);
    }

    fn forbidden(&mut self, member: &Member<'_>) {
        let message = format!("a {} cannot contain `{}`", self.policy_type.name(), member.name);
        self.report(Code::ForbiddenElement, member.name_span, message);
    }

    fn unknown(&mut self, member: &Member<'_>, expected: &str) {
        let message = format!("unknown element `{}`, expected {expected}", member.name);
        self.report(Code::UnknownElement, member.name_span, message);
    }
}

/// The first member of this name: a second one is reported and does not count.
pub(super) fn find<'v, 'a>(members: &'v [Member<'a>], name: &str) -> Option<&'v Member<'a>> {
    members.iter().find(|member| member.name == name)
}
