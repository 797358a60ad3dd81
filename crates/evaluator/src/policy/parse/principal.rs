//! Reading `Principal` and `NotPrincipal`.

use super::{Reader, find};
use crate::diagnostic::{DiagnosticCode as Code, Span, Spanned};
use crate::json::{Json, JsonKind, Member};
use crate::policy::{PolicyType, PrincipalElement};
use crate::principal::PrincipalEntry;

impl Reader {
    pub(super) fn principal(
        &mut self,
        members: &[Member<'_>],
        statement: Span,
    ) -> Option<PrincipalElement> {
        if !self.grammar.principal {
            return None;
        }
        let (negated, member) = if self.grammar.not_principal {
            self.one_of(members, "Principal", "NotPrincipal", statement)?
        } else if let Some(member) = find(members, "Principal") {
            (false, member)
        } else {
            self.report(Code::MissingElement, statement, "the statement has no `Principal`");
            return None;
        };
        let entries = self.principal_entries(&member.value)?;
        if self.policy_type == PolicyType::ResourceControlPolicy {
            for entry in entries.iter().filter(|entry| entry.value != PrincipalEntry::Everyone) {
                let message = "the `Principal` of a resource control policy can only be `*`";
                self.report(Code::InvalidPrincipal, entry.span, message);
            }
        }
        Some(PrincipalElement { negated, span: member.value.span, entries })
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
                self.report(Code::InvalidPrincipal, value.span, message);
                None
            }
            JsonKind::Object(_) => {
                let members = self.object(value, "`Principal`")?;
                let mut entries = Vec::new();
                for member in members {
                    self.principals_of_one_type(member, &mut entries);
                }
                Some(entries)
            }
            _ => {
                self.wrong_type(value, "`Principal`", "`*` or an object");
                None
            }
        }
    }

    fn principals_of_one_type(
        &mut self,
        member: &Member<'_>,
        entries: &mut Vec<Spanned<PrincipalEntry>>,
    ) {
        let read: fn(&str) -> (PrincipalEntry, Option<String>) = match &*member.name {
            "AWS" => PrincipalEntry::parse_aws,
            "Service" => PrincipalEntry::parse_service,
            "Federated" => |text| (PrincipalEntry::Federated(text.into()), None),
            "CanonicalUser" => |text| (PrincipalEntry::CanonicalUser(text.into()), None),
            other => {
                let message = format!(
                    "unknown type of principal `{other}`, expected `AWS`, `Service`, `Federated` or `CanonicalUser`"
                );
                self.report(Code::InvalidPrincipal, member.name_span, message);
                return;
            }
        };
        for Spanned { value: text, span } in
            self.texts(&member.value, &member.name).unwrap_or_default()
        {
            let (value, problem) = read(&text);
            if let Some(problem) = problem {
                self.report(Code::InvalidPrincipal, span, problem);
            }
            entries.push(Spanned { value, span });
        }
    }
}
