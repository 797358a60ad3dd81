//! Entries of `Principal` and `NotPrincipal`.

use super::variable::Place;
use crate::arn::{AccountId, Arn};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix, Severity, Span, Spanned};
use crate::json::Member;
use crate::policy::edit::quote;
use crate::policy::parse::Reader;
use crate::policy::{Effect, PolicyType, PrincipalElement, Statement};
use crate::principal::PrincipalEntry;

impl Reader<'_> {
    /// Whether a type of principal has its place in this type of policy.
    pub(in crate::policy) fn check_principal_type(&mut self, member: &Member<'_>) {
        let (message, severity) = match (&*member.name, self.policy_type) {
            ("Federated", PolicyType::Resource | PolicyType::VpcEndpoint) => (
                "`Federated` matches nobody here: only role trust policies speak of identity providers",
                Severity::Warning,
            ),
            ("CanonicalUser", PolicyType::RoleTrust) => (
                "a role trust policy cannot contain `CanonicalUser`, which only S3 knows",
                Severity::Error,
            ),
            ("CanonicalUser", PolicyType::VpcEndpoint) => {
                ("`CanonicalUser` matches nobody here: only S3 knows it", Severity::Warning)
            }
            _ => return,
        };
        let diagnostic = Diagnostic::new(Code::MisplacedPrincipal, member.name_span, message);
        self.push(diagnostic.with_severity(severity));
    }

    pub(in crate::policy) fn check_principal(
        &mut self,
        entry: &PrincipalEntry,
        text: &str,
        span: Span,
    ) {
        if let PrincipalEntry::UniqueId(_) = entry {
            let message = format!(
                "`{text}` is the unique id of a deleted user or role, which matches nobody: a new one of the same name \
                 has another id"
            );
            self.report(Code::OrphanPrincipal, span, message);
        }
        self.check_variables(text, span, Place::Principal);
    }

    /// `NotPrincipal` and its traps: IAM User Guide, "AWS JSON policy elements: NotPrincipal".
    pub(super) fn check_not_principal(&mut self, statement: &Statement) {
        let Some(principal) = statement.principal.as_ref().filter(|it| it.negated) else { return };
        if statement.effect == Effect::Allow {
            let message = "AWS does not support `NotPrincipal` with `Allow`, expected `Principal`";
            self.report(Code::NotPrincipalWithAllow, principal.span, message);
            return;
        }
        let message = "`NotPrincipal` denies every principal that has a permissions boundary, listed or not: \
                       a condition on `aws:PrincipalArn` is safer";
        self.report(Code::NotPrincipalUsed, principal.span, message);
        for (index, entry) in principal.entries.iter().enumerate() {
            let Some(account) = account_of(&entry.value) else { continue };
            let same = |other: &Spanned<PrincipalEntry>| account_of(&other.value) == Some(account);
            let is_first = !principal.entries.iter().take(index).any(same);
            let is_listed =
                principal.entries.iter().any(|it| it.value == PrincipalEntry::Account(account));
            if is_first && !is_listed {
                self.account_not_listed(principal, entry, account);
            }
        }
    }

    fn account_not_listed(
        &mut self,
        principal: &PrincipalElement,
        entry: &Spanned<PrincipalEntry>,
        account: AccountId,
    ) {
        let message = format!(
            "`NotPrincipal` lists this identity but not its account, so AWS may deny it all the same: expected the root \
             of `{account}` beside it"
        );
        let written = entry.span.of(self.text).unwrap_or_default();
        let partition = Arn::split(written.trim_matches('"')).map_or("aws", |arn| arn.partition);
        let root = quote(&format!("arn:{partition}:iam::{account}:root"));
        // A list has its entries in brackets; one that stands alone gets them.
        let start = principal.span.start as usize;
        let before = self.text.get(start..entry.span.start as usize).unwrap_or_default();
        let in_list = before.trim_end().ends_with(['[', ',']);
        let replacement =
            if in_list { format!("{written}, {root}") } else { format!("[{written}, {root}]") };
        let fix = Fix::replace(format!("list `{account}` too"), entry.span, replacement);
        let diagnostic = Diagnostic::new(Code::NotPrincipalWithoutAccount, entry.span, message);
        self.push(diagnostic.with_fix(fix));
    }
}

/// The account of a user, role or session.
fn account_of(entry: &PrincipalEntry) -> Option<AccountId> {
    match entry {
        PrincipalEntry::User(arn) | PrincipalEntry::Role(arn) => Some(arn.account),
        PrincipalEntry::AssumedRole { account, .. }
        | PrincipalEntry::FederatedUser { account, .. } => Some(*account),
        _ => None,
    }
}
