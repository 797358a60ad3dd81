//! The elements that each type of policy has.

use crate::policy::PolicyType;
use crate::resource::ShortArn;

/// A row of the table "elements permitted by policy type", as of 2026-11-23: IAM User Guide, "Grammar of the IAM JSON
/// policy language"; Organizations User Guide, "SCP syntax" and "RCP syntax".
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a table whose columns are yes or no")]
pub(in crate::policy) struct Grammar {
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
    /// A `Sid` has letters and digits only; otherwise the service that keeps the policy decides.
    pub plain_sid: bool,
    /// `Allow` is not to be written.
    pub deny_only: bool,
    /// What a resource with fewer than six parts means.
    pub short_arn: ShortArn,
}

impl Grammar {
    pub(in crate::policy) fn of(policy_type: PolicyType) -> Self {
        let identity = Self {
            principal: false,
            not_principal: false,
            not_action: true,
            resource: true,
            id: false,
            plain_sid: true,
            deny_only: false,
            short_arn: ShortArn::Fill,
        };
        let resource = Self {
            principal: true,
            not_principal: true,
            id: true,
            plain_sid: false,
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
            PolicyType::RoleTrust => {
                Self { not_principal: false, resource: false, plain_sid: true, ..resource }
            }
            PolicyType::VpcEndpoint => Self { short_arn: ShortArn::Fill, ..resource },
        }
    }

    /// The elements that a statement may have.
    pub(in crate::policy) fn elements(self) -> Vec<&'static str> {
        let optional = [
            ("Principal", self.principal),
            ("NotPrincipal", self.not_principal),
            ("Action", true),
            ("NotAction", self.not_action),
            ("Resource", self.resource),
            ("NotResource", self.resource),
            ("Condition", true),
        ];
        let present = optional.into_iter().filter(|(_, present)| *present).map(|(name, _)| name);
        ["Sid", "Effect"].into_iter().chain(present).collect()
    }
}
