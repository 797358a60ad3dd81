//! Reading a policy's text. Reading never fails as a whole: it gives what was understood and says what was not.
//!
//! Follows the IAM User Guide, "Grammar of the IAM JSON policy language". A statement that lacks an element it needs
//! is left out and named; an entry that nothing can match stays and is named.

mod condition;
mod duplicate;
mod element;
mod principal;
mod repair;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::check::{Grammar, characters, quota};
use super::edit::{prepend, quote};
use super::nearest::nearest;
use super::{PolicyDocument, PolicyType, Statement, Version};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Edit, Fix, Span};
use crate::few::sort_few_by_key;
use crate::json::{self, Json, JsonKind, Member};

impl PolicyDocument {
    /// Reads a policy's text by the rules of its type.
    #[must_use]
    pub fn parse(text: &str, policy_type: PolicyType) -> Self {
        let mut reader = Reader {
            text,
            policy_type,
            grammar: Grammar::of(policy_type),
            variables: false,
            newer_version: None,
            diagnostics: Vec::new(),
            sids: Vec::new(),
            taken_sids: BTreeSet::new(),
        };
        let (version, statements) = match json::parse(text) {
            Ok(value) => {
                reader.diagnostics.extend(characters(text, policy_type));
                reader.document(&value)
            }
            Err(diagnostic) => {
                reader.push(diagnostic.with_fix(repair::repair(text)));
                (Version::V2008, Vec::new())
            }
        };
        reader.diagnostics.extend(quota(text, policy_type));
        sort_few_by_key(&mut reader.diagnostics, |diagnostic| diagnostic.span);
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
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub policy_type: PolicyType,
    pub grammar: Grammar,
    /// Whether `${…}` is a variable.
    pub variables: bool,
    /// What makes `${…}` a variable, where it is not.
    pub newer_version: Option<Fix>,
    pub diagnostics: Vec<Diagnostic>,
    /// The `Sid`s so far, each unique within one document.
    sids: Vec<(Box<str>, Span)>,
    /// Every `Sid` of the document, for new ones to differ from.
    taken_sids: BTreeSet<String>,
}

impl Reader<'_> {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(code, span, message));
    }

    fn document(&mut self, value: &Json<'_>) -> (Version, Vec<Statement>) {
        let Some(members) = self.object(value, "a policy") else {
            return (Version::V2008, Vec::new());
        };
        for (index, member) in members.iter().enumerate() {
            match &*member.name {
                "Version" | "Statement" => {}
                "Id" if self.grammar.id => self.expect_text(&member.value, "Id"),
                "Id" => self.forbidden(members, index),
                _ => {
                    let known: &[&str] = if self.grammar.id {
                        &["Version", "Id", "Statement"]
                    } else {
                        &["Version", "Statement"]
                    };
                    self.unknown(members, member, known);
                }
            }
        }
        let version = self.version(value, members);
        self.variables = version == Version::V2012;
        if self.policy_type == PolicyType::ResourceControlPolicy && is_rcp_full_aws_access(members)
        {
            self.grammar.deny_only = false;
        }
        let statements = match find(members, "Statement") {
            None => {
                let is_misspelled =
                    |member: &Member<'_>| nearest(&member.name, ["Statement"], 2).is_some();
                if !members.iter().any(is_misspelled) {
                    let message = "the policy has no `Statement`";
                    self.report(Code::MissingElement, opening(value), message);
                }
                Vec::new()
            }
            Some(member) => self.statements(&member.value),
        };
        (version, statements)
    }

    fn version(&mut self, policy: &Json<'_>, members: &[Member<'_>]) -> Version {
        const NEWEST: &str = "\"2012-10-17\"";
        let write = |span| Fix::replace(format!("write `{NEWEST}`"), span, NEWEST);
        let Some(member) = find(members, "Version") else {
            let edit = prepend(self.text, policy, &format!("\"Version\": {NEWEST}"));
            let title = format!("add `\"Version\": {NEWEST}`");
            self.newer_version = edit.map(|edit| Fix { title, edits: vec![edit] });
            let message = "the policy has no `Version`, so the rules of 2008-10-17 apply, without policy variables";
            let diagnostic = Diagnostic::new(Code::MissingVersion, opening(policy), message);
            self.push(diagnostic.with_fix(self.newer_version.clone()));
            return Version::V2008;
        };
        let span = member.value.span;
        match member.value.as_text() {
            Some("2012-10-17") => Version::V2012,
            Some("2008-10-17") => {
                self.newer_version = Some(write(span));
                Version::V2008
            }
            Some(text) => {
                let message = format!(
                    "`{text}` is not a version of the policy language, expected `2012-10-17`"
                );
                let diagnostic = Diagnostic::new(Code::InvalidVersion, span, message);
                self.push(diagnostic.with_fix(write(span)));
                Version::V2008
            }
            None => {
                let fix = write(span);
                self.wrong_type(&member.value, "`Version`", "the string `2012-10-17`", Some(fix));
                Version::V2008
            }
        }
    }

    fn statements(&mut self, value: &Json<'_>) -> Vec<Statement> {
        let list = match &value.kind {
            JsonKind::Object(_) => std::slice::from_ref(value),
            JsonKind::Array(list) if list.is_empty() => {
                let message = "`Statement` is empty, expected at least one statement";
                self.report(Code::EmptyList, value.span, message);
                return Vec::new();
            }
            JsonKind::Array(list) => list,
            _ => {
                self.wrong_type(value, "`Statement`", "a statement or a list of statements", None);
                return Vec::new();
            }
        };
        let sids =
            list.iter().filter_map(|statement| find(statement.members()?, "Sid")?.value.as_text());
        for sid in sids {
            self.taken_sids.insert(sid.to_owned());
        }
        let read = |(index, value)| self.statement(index, value);
        list.iter().enumerate().filter_map(read).collect()
    }

    fn statement(&mut self, index: usize, value: &Json<'_>) -> Option<Statement> {
        let members = self.object(value, "a statement")?;
        for index in 0..members.len() {
            self.known_element(members, index);
        }
        let sid = self.sid(find(members, "Sid"));
        let effect = self.effect(find(members, "Effect"), value);
        let principal = self.principal(members, value);
        let action = self.action(members, value);
        let resource = self.resource(members, value);
        let condition = find(members, "Condition");
        let conditions = self.conditions(members, condition);
        let (effect, action) = (effect?, action?);
        let resource = if self.grammar.resource { Some(resource?) } else { None };
        let principal = if self.grammar.principal { Some(principal?) } else { None };
        let span = value.span;
        let statement =
            Statement { index, span, sid, effect, principal, action, resource, conditions };
        self.check_statement(&statement, condition.map(|member| &member.value));
        Some(statement)
    }

    pub(super) fn expect_text(&mut self, value: &Json<'_>, element: &str) {
        if value.as_text().is_none() {
            self.wrong_type(value, &format!("`{element}`"), "a string", quoted(value));
        }
    }

    pub(super) fn wrong_type(
        &mut self,
        value: &Json<'_>,
        what: &str,
        expected: &str,
        fix: Option<Fix>,
    ) {
        let message = format!("{what} is {}, expected {expected}", value.describe());
        self.push(Diagnostic::new(Code::WrongType, value.span, message).with_fix(fix));
    }
}

/// Writes a number or boolean as a string.
pub(super) fn quoted(value: &Json<'_>) -> Option<Fix> {
    let JsonKind::Literal(text) = value.kind else { return None };
    let replacement = quote(text);
    let title = format!("write `{replacement}`");
    Some(Fix { title, edits: vec![Edit { span: value.span, replacement }] })
}

/// The opening brace of an object, where something is missing in it.
pub(super) fn opening(object: &Json<'_>) -> Span {
    Span { end: object.span.start.saturating_add(1), ..object.span }
}

/// The first member of this name: a second one is reported and does not count.
pub(super) fn find<'v, 'a>(members: &'v [Member<'a>], name: &str) -> Option<&'v Member<'a>> {
    members.iter().find(|member| member.name == name)
}

/// Whether this is AWS's own RCP, the only one that allows: one statement that allows everything to everybody.
fn is_rcp_full_aws_access(members: &[Member<'_>]) -> bool {
    let statement = find(members, "Statement").and_then(|member| match &member.value.kind {
        JsonKind::Array(list) => <&[Json<'_>; 1]>::try_from(list.as_slice()).ok().map(|[one]| one),
        _ => Some(&member.value),
    });
    let expected = [("Effect", "Allow"), ("Principal", "*"), ("Action", "*"), ("Resource", "*")];
    statement.and_then(Json::members).is_some_and(|members| {
        let says = |(name, value): &(&str, &str)| {
            find(members, name).is_some_and(|member| member.value.as_text() == Some(*value))
        };
        members.iter().filter(|member| member.name != "Sid").count() == expected.len()
            && expected.iter().all(says)
    })
}
