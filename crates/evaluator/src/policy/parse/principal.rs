//! Reading `Principal` and `NotPrincipal`.

use super::{Reader, find, opening};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Edit, Fix, Span, Spanned};
use crate::json::{Json, JsonKind, Member};
use crate::policy::PrincipalElement;
use crate::policy::edit::{quote, rename, span_of};
use crate::policy::nearest::nearest;
use crate::principal::PrincipalEntry;

/// Reads an entry of one type; the second value says what is wrong with it, if anything.
type Read = fn(&str) -> (PrincipalEntry, Option<String>);

/// The types of principal.
const TYPES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

impl Reader<'_> {
    pub(super) fn principal(
        &mut self,
        members: &[Member<'_>],
        statement: &Json<'_>,
    ) -> Option<PrincipalElement> {
        if !self.grammar.principal {
            return None;
        }
        let (negated, member) = if self.grammar.not_principal {
            self.one_of(members, "Principal", "NotPrincipal", statement)?
        } else if let Some(member) = find(members, "Principal") {
            (false, member)
        } else {
            self.no_principal(find(members, "NotPrincipal"), statement);
            return None;
        };
        let entries = self.principal_entries(&member.value)?;
        if self.is_rcp() {
            self.only_everybody(&member.value, &entries);
        }
        Some(PrincipalElement { negated, span: member.value.span, entries })
    }

    /// Names the missing `Principal`, and repairs it where there is only one way to write it.
    fn no_principal(&mut self, not_principal: Option<&Member<'_>>, statement: &Json<'_>) {
        if self.is_misspelled(statement, &["Principal"]) {
            return;
        }
        let everybody = "\"Principal\": \"*\"";
        let fix = match not_principal {
            Some(member) => {
                let title = format!("write `{everybody}`");
                Some(Fix::replace(title, span_of(member), everybody))
            }
            None => self.addition(statement, everybody),
        };
        let message = "the statement has no `Principal`";
        let diagnostic = Diagnostic::new(Code::MissingElement, opening(statement), message);
        let fix = fix.filter(|_| self.is_rcp());
        self.push(diagnostic.with_fix(fix));
    }

    fn only_everybody(&mut self, value: &Json<'_>, entries: &[Spanned<PrincipalEntry>]) {
        for entry in entries.iter().filter(|entry| entry.value != PrincipalEntry::Everyone) {
            let message = "the `Principal` of a resource control policy can only be `*`";
            let diagnostic = Diagnostic::new(Code::InvalidPrincipal, entry.span, message);
            self.push(diagnostic.with_fix(everybody(value.span)));
        }
    }

    fn principal_entries(&mut self, value: &Json<'_>) -> Option<Vec<Spanned<PrincipalEntry>>> {
        match &value.kind {
            JsonKind::String(text) if text == "*" => {
                Some(vec![Spanned { value: PrincipalEntry::Everyone, span: value.span }])
            }
            JsonKind::String(text) => {
                let message = format!(
                    "`{text}` stands alone, expected `*` or an object such as {{\"AWS\": \"…\"}}"
                );
                let fix = if self.is_rcp() {
                    Some(everybody(value.span))
                } else {
                    with_type(text, value.span)
                };
                let diagnostic = Diagnostic::new(Code::InvalidPrincipal, value.span, message);
                self.push(diagnostic.with_fix(fix));
                None
            }
            JsonKind::Object(members) => {
                self.object(value, "`Principal`");
                if members.is_empty() {
                    let message = "the principal is empty, so it matches nobody";
                    self.report(Code::EmptyList, value.span, message);
                }
                let mut entries = Vec::new();
                for member in members {
                    self.principals_of_one_type(members, member, &mut entries);
                }
                Some(entries)
            }
            _ => {
                self.wrong_type(value, "`Principal`", "`*` or an object", None);
                None
            }
        }
    }

    fn principals_of_one_type(
        &mut self,
        members: &[Member<'_>],
        member: &Member<'_>,
        entries: &mut Vec<Spanned<PrincipalEntry>>,
    ) {
        let read: Read = match &*member.name {
            "AWS" => PrincipalEntry::parse_aws,
            "Service" => PrincipalEntry::parse_service,
            "Federated" => PrincipalEntry::parse_federated,
            "CanonicalUser" => PrincipalEntry::parse_canonical_user,
            other => {
                self.unknown_principal_type(members, member, other);
                return;
            }
        };
        self.check_principal_type(member);
        for Spanned { value: text, span } in
            self.texts(&member.value, &member.name).unwrap_or_default()
        {
            let (value, problem) = read(&text);
            if let Some(problem) = problem {
                let fix = principal_fix(members, member, &text, span);
                let diagnostic = Diagnostic::new(Code::InvalidPrincipal, span, problem);
                self.push(diagnostic.with_fix(fix));
            }
            self.check_principal(&value, &text, span);
            entries.push(Spanned { value, span });
        }
    }

    fn unknown_principal_type(
        &mut self,
        members: &[Member<'_>],
        member: &Member<'_>,
        written: &str,
    ) {
        let near = nearest(written, TYPES, 2).or((written == "*").then_some("AWS"));
        let edit = near.and_then(|near| rename(members, member, near));
        let title = near.map(|near| format!("write `{near}`"));
        let fix = title.zip(edit).map(|(title, edit)| Fix { title, edits: vec![edit] });
        let message = format!(
            "unknown type of principal `{written}`, expected `AWS`, `Service`, `Federated` or `CanonicalUser`"
        );
        let diagnostic = Diagnostic::new(Code::UnknownElement, member.name_span, message);
        self.push(diagnostic.with_fix(fix));
    }
}

/// Writes `*`, the only principal of an RCP.
fn everybody(span: Span) -> Fix {
    Fix::replace("write `\"*\"`".to_owned(), span, "\"*\"")
}

/// Wraps a principal that stands alone in the object that says its type.
fn with_type(text: &str, span: Span) -> Option<Fix> {
    let readers: [(&str, Read); 3] = [
        ("AWS", PrincipalEntry::parse_aws),
        ("Federated", PrincipalEntry::parse_federated),
        ("Service", PrincipalEntry::parse_service),
    ];
    let (name, _) = readers.iter().find(|(_, read)| read(text).1.is_none())?;
    let replacement = format!("{{ \"{name}\": {} }}", quote(text));
    Some(Fix::replace(format!("write `{replacement}`"), span, replacement))
}

/// Repairs the two mistakes that are common: all principals of an account, and a service under `AWS`.
fn principal_fix(
    members: &[Member<'_>],
    member: &Member<'_>,
    text: &str,
    span: Span,
) -> Option<Fix> {
    if member.name != "AWS" {
        return None;
    }
    if let Some(account) = text.strip_suffix(":*") {
        let root = format!("{account}:root");
        let is_account =
            matches!(PrincipalEntry::parse_aws(&root), (PrincipalEntry::Account(_), None));
        return is_account.then(|| Fix::replace(format!("write `{root}`"), span, quote(&root)));
    }
    let alone = member.value.as_text().is_some();
    let is_service =
        PrincipalEntry::parse_service(text).1.is_none() && text.contains(".amazonaws.");
    let edit: Edit = rename(members, member, "Service").filter(|_| alone && is_service)?;
    Some(Fix { title: "write `Service`".to_owned(), edits: vec![edit] })
}
