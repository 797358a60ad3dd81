//! Decides what AWS would decide: may this principal do this action to this resource?
//!
//! The core of SCP Playground. It reads policies ([`PolicyDocument`]), knows an organization with its accounts
//! ([`Organization`]), takes a question ([`Request`]) and answers with a decision and the complete trace
//! ([`evaluate()`]). It does no I/O, reads no clock, cannot fail and does not panic: whatever a policy's text says,
//! there is an answer, and what could not be understood is a [`Diagnostic`].
//!
//! Start reading at `evaluate.rs`, which follows the IAM User Guide's "How AWS enforcement code logic evaluates
//! requests to allow or deny access" box by box.
//!
//! ```
//! use std::sync::Arc;
//! use iam_evaluator::*;
//!
//! // One account outside any organization, with one user who may read one bucket.
//! let text = r#"{"Version": "2012-10-17",
//!                "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*"}}"#;
//! let arn = "arn:aws:iam::111122223333:user/Ana";
//! let policy = Arc::new(Policy {
//!     name: "ReadData".into(),
//!     origin: PolicyOrigin::Inline { identity: arn.into() },
//!     document: Arc::new(PolicyDocument::parse(text, PolicyType::Identity)),
//! });
//! let mut account = Account::new("111122223333".parse()?, "data");
//! account.users.push(User {
//!     name: "Ana".into(),
//!     arn: arn.into(),
//!     policies: vec![policy],
//!     permissions_boundary: None,
//!     tags: vec![],
//! });
//! let mut builder = Organization::standalone();
//! builder.account(None, Arc::new(account), TargetPolicies::default())?;
//! let organization = builder.build();
//!
//! let ask = |action: &str| -> Result<Decision, Box<dyn std::error::Error>> {
//!     let resource = RequestResource::parse("arn:aws:s3:::data/report.csv")?;
//!     let request = Request::new(RequestPrincipal::parse(arn)?, Action::parse(action)?, resource);
//!     Ok(evaluate(&organization, &request).decision())
//! };
//! assert_eq!(ask("s3:GetObject")?, Decision::Allowed);
//! assert_eq!(ask("s3:PutObject")?, Decision::ImplicitDeny);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod evaluate;
mod evaluation;
pub mod explanation;

mod facts;
mod organization;
mod request;
mod unknown;

mod policy;

mod action;
mod arn;
mod condition;
mod diagnostic;
mod few;
mod fold;
mod json;
mod pattern;
mod principal;
mod resource;

pub use action::{Action, ActionKind, ActionPattern, InvalidAction};
pub use arn::{AccountId, Arn, InvalidAccountId};
pub use condition::{
    ConditionClause, ConditionKey, ConditionOperator, ConditionValue, Decimal, DerivedKey, Instant,
    Ordering, SetOperator, Test, TypedValue,
};
pub use diagnostic::{Diagnostic, DiagnosticCode, Edit, Fix, Severity, Span, Spanned};
pub use evaluate::{Surveyed, decide, evaluate, survey};
pub use evaluation::{
    ClauseTrace, Decision, Evaluation, Gate, GateOutcome, GateTrace, Grant, LevelTrace,
    NotApplicable, PolicyTrace, Reason, StatementResult, StatementTrace,
};
pub use facts::key_values;
pub use few::sort_few_by_key;
pub use fold::{fold, fold_char};
pub use organization::{
    Account, Membership, Organization, OrganizationBuilder, OrganizationError,
    OrganizationSettings, Resource, Role, Target, TargetIndex, TargetKind, TargetPolicies, User,
};
pub use pattern::{Pattern, Variable};
pub use policy::{
    ActionElement, Effect, Policy, PolicyDocument, PolicyOrigin, PolicySize, PolicyType,
    PrincipalElement, ResourceElement, Statement, Version, characters_without_white_space,
};
pub use principal::{IdentityArn, PrincipalEntry};
pub use request::{
    InvalidPrincipal, InvalidResource, Request, RequestContext, RequestPrincipal, RequestResource,
    Tag,
};
pub use resource::{ArnPattern, ResourcePattern};
pub use unknown::{
    Dependency, Example, Judgement, Settled, UnknownKeys, judge, judge_resources, policies_in_view,
};
