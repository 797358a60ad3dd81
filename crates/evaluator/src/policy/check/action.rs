//! Entries of `Action` and `NotAction`.

use crate::action::ActionPattern;
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix, Span};
use crate::evaluate::rcp_supports;
use crate::policy::PolicyType;
use crate::policy::edit::quote;
use crate::policy::parse::Reader;

/// What a role trust policy can speak of: IAM User Guide, "Update a role trust policy".
const TRUST_ACTIONS: [&str; 6] = [
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:SetContext",
];

impl Reader<'_> {
    pub(in crate::policy) fn check_action(
        &mut self,
        pattern: &ActionPattern,
        problem: Option<String>,
        span: Span,
        in_list: bool,
    ) {
        let text = pattern.as_str();
        let rcp = self.is_rcp() && self.grammar.deny_only;
        let diagnostic = if let Some(problem) = problem {
            let fix = repaired(text, span, in_list, rcp);
            Diagnostic::new(Code::InvalidAction, span, problem).with_fix(fix)
        } else if self.policy_type == PolicyType::RoleTrust && !speaks_of_trust(pattern) {
            let message = format!(
                "a role trust policy cannot name `{text}`, expected an action such as `sts:AssumeRole`"
            );
            Diagnostic::new(Code::UnsupportedAction, span, message)
        } else if pattern.is_all() && rcp {
            let message = format!(
                "a resource control policy cannot name all actions as `{text}`, expected a service's prefix as in `s3:*`"
            );
            Diagnostic::new(Code::InvalidAction, span, message)
        } else if pattern.is_all() && text != "*" {
            let message = format!("AWS does not document `{text}`, expected `*` for all actions");
            let fix = Fix::replace("write `*`".to_owned(), span, "\"*\"");
            Diagnostic::new(Code::UndocumentedAction, span, message).with_fix(fix)
        } else if let Some(prefix) = rcp.then(|| prefix(text)).filter(|it| !rcp_supports(it)) {
            let message = format!(
                "`{text}` has no effect, for resource control policies do not apply to the service `{prefix}`"
            );
            Diagnostic::new(Code::UnsupportedService, span, message)
        } else {
            return;
        };
        self.push(diagnostic);
    }
}

fn prefix(text: &str) -> String {
    text.split_once(':').map_or(text, |(prefix, _)| prefix).to_ascii_lowercase()
}

fn speaks_of_trust(pattern: &ActionPattern) -> bool {
    let actions = TRUST_ACTIONS.into_iter().filter_map(|it| crate::Action::parse(it).ok());
    !pattern.is_all() && actions.into_iter().any(|action| pattern.matches(&action))
}

/// Several actions in one string, or stray white space.
fn repaired(text: &str, span: Span, in_list: bool, rcp: bool) -> Option<Fix> {
    let parts: Vec<String> = text
        .split(',')
        .map(|part| part.split_whitespace().collect::<String>())
        .filter(|part| !part.is_empty())
        .collect();
    let is_valid = |part: &String| {
        let (pattern, problem) = ActionPattern::parse(part);
        problem.is_none() && !(rcp && pattern.is_all())
    };
    if parts.is_empty() || !parts.iter().all(is_valid) {
        return None;
    }
    let entries: Vec<String> = parts.iter().map(|part| quote(part)).collect();
    let written = entries.join(", ");
    let replacement = if parts.len() == 1 || in_list { written } else { format!("[{written}]") };
    Some(Fix::replace(format!("write `{replacement}`"), span, replacement))
}
