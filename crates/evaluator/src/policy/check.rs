//! What each type of policy may contain, how long it may be, and what AWS accepts but people regret.
//!
//! Follows the IAM User Guide's "Grammar of the IAM JSON policy language" and "IAM and AWS STS quotas", and the
//! Organizations User Guide's "SCP syntax", "RCP syntax" and "Quotas and service limits".

use super::{Effect, PolicyType, Statement};
use crate::condition::{SetOperator, Test, TypedValue};
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Span};
use crate::resource::ShortArn;

/// The elements that a type of policy has, from the table of semantics §1.3.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a table whose columns are yes or no")]
pub(super) struct Grammar {
    /// `Principal` is required.
    pub principal: bool,
    /// `NotPrincipal` may stand in its place.
    pub not_principal: bool,
    /// `NotAction` may stand in the place of `Action`.
    pub not_action: bool,
    /// `Resource` or `NotResource` is required; otherwise neither may stand.
    pub resource: bool,
    /// `Id` may stand in the document.
    pub id: bool,
    /// `Allow` is not to be written.
    pub deny_only: bool,
    /// What a resource with fewer than six parts means.
    pub short_arn: ShortArn,
}

impl Grammar {
    pub(super) fn of(policy_type: PolicyType) -> Self {
        let identity = Self {
            principal: false,
            not_principal: false,
            not_action: true,
            resource: true,
            id: false,
            deny_only: false,
            short_arn: ShortArn::Fill,
        };
        let resource = Self {
            principal: true,
            not_principal: true,
            id: true,
            short_arn: ShortArn::FillBehindWildcard,
            ..identity
        };
        match policy_type {
            PolicyType::Identity => identity,
            PolicyType::Session => Self { short_arn: ShortArn::Reject, ..identity },
            PolicyType::ServiceControlPolicy => {
                Self { short_arn: ShortArn::FillBehindWildcard, ..identity }
            }
            PolicyType::ResourceControlPolicy => Self {
                principal: true,
                not_action: false,
                deny_only: true,
                short_arn: ShortArn::Reject,
                ..identity
            },
            PolicyType::Resource => resource,
            PolicyType::RoleTrust => Self { not_principal: false, resource: false, ..resource },
            PolicyType::VpcEndpoint => Self { short_arn: ShortArn::Fill, ..resource },
        }
    }
}

/// The longest text of each type, and whether white space outside strings counts. `None`: its length depends on the
/// identity that holds the policy.
fn limit(policy_type: PolicyType) -> Option<usize> {
    match policy_type {
        PolicyType::ServiceControlPolicy => Some(10_240),
        PolicyType::ResourceControlPolicy => Some(5_120),
        PolicyType::RoleTrust | PolicyType::Session => Some(2_048),
        PolicyType::Resource | PolicyType::Identity | PolicyType::VpcEndpoint => None,
    }
}

/// Whether the text is too long. White space outside strings is not counted: IAM never counts it, and the
/// Organizations console strips it before saving.
pub(super) fn quota(text: &str, policy_type: PolicyType) -> Option<Diagnostic> {
    let limit = limit(policy_type)?;
    let length = length_without_white_space(text);
    (length > limit).then(|| {
        let message = format!(
            "the {} has {length} characters without white space, and the quota is {limit}",
            policy_type.name()
        );
        Diagnostic::new(Code::TooLong, Span::new(0, text.len()), message)
    })
}

fn length_without_white_space(text: &str) -> usize {
    let (mut length, mut in_string, mut escaped) = (0, false, false);
    for character in text.chars() {
        if in_string || !matches!(character, ' ' | '\t' | '\r' | '\n') {
            length += 1;
        }
        if character == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = in_string && character == '\\' && !escaped;
    }
    length
}

/// What AWS accepts in a statement but people regret.
pub(super) fn lint(statement: &Statement, diagnostics: &mut Vec<Diagnostic>) {
    let mut warn =
        |code, span, message: &str| diagnostics.push(Diagnostic::new(code, span, message));
    if statement.effect == Effect::Allow && statement.action.negated {
        let message = "`Allow` with `NotAction` grants every action that is not listed, new services included";
        warn(Code::AllowWithNotAction, statement.action.span, message);
    }
    if let Some(principal) = statement.principal.as_ref().filter(|principal| principal.negated) {
        let message = "`NotPrincipal` denies every principal that has a permissions boundary, listed or not; \
                       a condition on `aws:PrincipalArn` is safer";
        warn(Code::NotPrincipalUsed, principal.span, message);
    }
    for clause in &statement.conditions {
        let operator = clause.operator;
        let excludes_missing = statement.conditions.iter().any(|other| {
            other.key == clause.key
                && other.operator.test == Test::Null
                && other.values.iter().any(|value| value.typed == TypedValue::Missing(false))
        });
        if operator.set == Some(SetOperator::ForAllValues)
            && statement.effect == Effect::Allow
            && !excludes_missing
        {
            let message = "`ForAllValues` is also true when the key is missing: add `Null` with `false` for the key";
            warn(Code::ForAllValuesWithoutNull, clause.span, message);
        }
        let wants_false =
            clause.values.iter().any(|value| value.text.eq_ignore_ascii_case("false"));
        if operator.test == Test::Bool
            && statement.effect == Effect::Deny
            && !operator.if_exists
            && wants_false
        {
            let message = "this `Bool` does not hold when the key is missing, so such requests slip past the Deny: \
                           `BoolIfExists` catches them";
            warn(Code::BoolWithoutIfExists, clause.span, message);
        }
    }
}
