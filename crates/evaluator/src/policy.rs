//! Policies as AWS's policy language defines them: what a statement says, typed, with the place of every part.
//!
//! Follows the IAM User Guide, "IAM JSON policy element reference", and the Organizations User Guide, "SCP syntax" and
//! "RCP syntax". Reading is in [`PolicyDocument::parse`].

mod check;
pub use check::{PolicySize, characters_without_white_space};
mod edit;
mod nearest;
mod parse;

use std::sync::Arc;

use crate::action::{Action, ActionPattern};
use crate::condition::ConditionClause;
use crate::diagnostic::{Diagnostic, Severity, Span, Spanned};
use crate::principal::PrincipalEntry;
use crate::resource::ResourcePattern;

/// The types of policy that take part in authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyType {
    /// A service control policy (SCP): limits the principals of member accounts.
    ServiceControlPolicy,
    /// A resource control policy (RCP): limits access to the resources of member accounts.
    ResourceControlPolicy,
    /// An identity-based policy: managed or inline, of a user, group or role; also used as permissions boundary.
    Identity,
    /// A session policy, passed when a session is made.
    Session,
    /// A resource-based policy, such as a bucket policy or a KMS key policy.
    Resource,
    /// A role's trust policy: who may assume it.
    RoleTrust,
    /// A VPC endpoint policy.
    VpcEndpoint,
}

impl PolicyType {
    /// The name in prose: "service control policy".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceControlPolicy => "service control policy",
            Self::ResourceControlPolicy => "resource control policy",
            Self::Identity => "identity-based policy",
            Self::Session => "session policy",
            Self::Resource => "resource-based policy",
            Self::RoleTrust => "role trust policy",
            Self::VpcEndpoint => "VPC endpoint policy",
        }
    }

    /// Whether the policy is a document of AWS Organizations.
    #[must_use]
    pub fn is_organizations(self) -> bool {
        matches!(self, Self::ServiceControlPolicy | Self::ResourceControlPolicy)
    }
}

/// A policy where it stands: its name, its place and its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The name that people see.
    pub name: Box<str>,
    /// Where it stands.
    pub origin: PolicyOrigin,
    /// What it says.
    pub document: Arc<PolicyDocument>,
}

/// Where a policy stands, precisely enough to open it and to write it into AWS's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyOrigin {
    /// An SCP or RCP of the organization.
    Organizations {
        /// Its id, such as `p-FullAWSAccess`.
        id: Box<str>,
        /// Its ARN; `None` where the management account, which stands in it, is not in view.
        arn: Option<Box<str>>,
    },
    /// A managed policy, of the account or of AWS.
    Managed {
        /// Its ARN.
        arn: Box<str>,
    },
    /// An inline policy of a user, group or role.
    Inline {
        /// The ARN of the identity that holds it.
        identity: Box<str>,
    },
    /// The policy of a resource, or the trust policy of a role.
    Resource {
        /// The resource's ARN.
        arn: Box<str>,
    },
    /// A policy that came with the request: a session policy by its place in the list, an endpoint policy, or a
    /// resource policy given instead of a listed one.
    Request {
        /// Its place among those of its type, from 0.
        index: usize,
    },
}

impl Policy {
    /// The policy's ARN, where it has one. Inline policies have none.
    #[must_use]
    pub fn arn(&self) -> Option<&str> {
        match &self.origin {
            PolicyOrigin::Organizations { arn, .. } => arn.as_deref(),
            PolicyOrigin::Managed { arn } => Some(arn),
            PolicyOrigin::Inline { .. }
            | PolicyOrigin::Resource { .. }
            | PolicyOrigin::Request { .. } => None,
        }
    }
}

/// The `Version` of a policy: under 2008-10-17, `${…}` is plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, also when there is no `Version`.
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// A policy's text, understood as far as it can be.
///
/// ```
/// use iam_evaluator::{DiagnosticCode, Effect, PolicyDocument, PolicyType};
/// let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ec2:*","Resource":"*"},{}]}"#;
/// let document = PolicyDocument::parse(text, PolicyType::ServiceControlPolicy);
/// assert_eq!(document.statements[0].effect, Effect::Deny);
/// assert!(document.diagnostics.iter().all(|it| it.code == DiagnosticCode::MissingElement));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// The type by whose rules it was read.
    pub policy_type: PolicyType,
    /// The text as the person wrote it.
    pub text: Arc<str>,
    /// The version.
    pub version: Version,
    /// The statements that could be understood, in the order of the text. The others are named in `diagnostics`.
    pub statements: Vec<Statement>,
    /// What is wrong with the text, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl PolicyDocument {
    /// Whether AWS would refuse to save this text.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }
}

/// `Effect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// `Allow`.
    Allow,
    /// `Deny`.
    Deny,
}

impl Effect {
    /// As it is written in a policy.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its place in the policy's `Statement` list, from 0; statements that could not be understood are counted too.
    pub index: usize,
    /// The whole object.
    pub span: Span,
    /// `Sid`.
    pub sid: Option<Box<str>>,
    /// `Effect`.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`; `None` in the types of policy that have none.
    pub principal: Option<PrincipalElement>,
    /// `Action` or `NotAction`.
    pub action: ActionElement,
    /// `Resource` or `NotResource`; `None` in a role trust policy, whose resource is the role.
    pub resource: Option<ResourceElement>,
    /// `Condition`: all clauses must hold.
    pub conditions: Vec<ConditionClause>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalElement {
    /// `NotPrincipal`.
    pub negated: bool,
    /// The whole member's value.
    pub span: Span,
    /// The principals listed.
    pub entries: Vec<Spanned<PrincipalEntry>>,
}

/// `Action` or `NotAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionElement {
    /// `NotAction`.
    pub negated: bool,
    /// The whole member's value.
    pub span: Span,
    /// The patterns listed.
    pub patterns: Vec<Spanned<ActionPattern>>,
}

impl ActionElement {
    /// Whether the statement speaks of this action.
    #[must_use]
    pub fn covers(&self, action: &Action) -> bool {
        self.patterns.iter().any(|pattern| pattern.value.matches(action)) != self.negated
    }
}

/// `Resource` or `NotResource`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceElement {
    /// `NotResource`.
    pub negated: bool,
    /// The whole member's value.
    pub span: Span,
    /// The patterns listed.
    pub patterns: Vec<Spanned<ResourcePattern>>,
}
