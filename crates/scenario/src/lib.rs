//! The scenario: one document that a person edits, a link carries, a file stores and the command line tests.
//!
//! * [`Document`]: the organization, its policies, the accounts with what is in them, and the requests worth asking about;
//!   read from and written as versioned JSON, the public format of SCP Playground.
//! * [`Action`] and [`apply`]: every edit, refused with AWS's own exception where it breaks AWS's rules; [`History`] undoes them.
//! * [`Compiled`]: a document ready to be asked ([`Compiled::ask`]), judged with parts left open ([`Compiled::judge`]),
//!   changed until the answer is another one ([`Compiled::flips`]) and checked ([`Compiled::check`]).
//! * [`Script`] and [`from_scratch`]: edits, and a whole organization, as calls of the AWS CLI.
//! * [`link`]: the whole scenario in the fragment of a URL.
//! * [`vocabulary`]: names and resources in policies that AWS's catalogue does not have.
//! * [`assist`]: completion, hover and layout for a policy's text.
//! * [`built_in`]: the policies that exist without being written: AWS's own.
//!
//! Names are AWS's own, from the Organizations and IAM APIs. Nothing here does I/O or reads a clock, and no input makes it panic.
//!
//! ```
//! use iam_scenario::Document;
//!
//! let document = Document::from_json(r#"{
//!     "format": 1,
//!     "organization": { "root": { "accounts": ["222222222222"] } },
//!     "accounts": [{ "id": "222222222222", "name": "dev-1", "users": [{ "name": "John" }] }]
//! }"#)?;
//! assert_eq!(document.accounts()[0].name, "dev-1");
//!
//! let error = Document::from_json(r#"{ "format": 1, "accounts": [{ "id": "222222222222", "usrs": [] }] }"#).unwrap_err();
//! assert!(error.to_string().starts_with("`accounts[0]`: unknown member `usrs`"));
//! # Ok::<(), iam_scenario::DocumentError>(())
//! ```

mod action;
mod ask;
mod check;
mod commands;
mod compile;
mod denial;
mod document;
mod exception;
mod flip;
mod history;
mod judge;
mod place;
mod policy_text;
mod simulate;
mod test;
mod trace;

pub mod assist;
pub mod built_in;
pub mod link;
pub mod names;
pub mod vocabulary;

pub use action::{Action, apply, without_policy};
pub use ask::{Answer, AskError, question};
pub use check::{Problem, ProblemReport, Subject};
pub use commands::{Script, from_scratch};
pub use compile::Compiled;
pub use denial::{Denial, DenialError};
pub use document::{
    Account, AccountState, ContextValue, Decision, Document, DocumentError, FeatureSet, Group,
    InlinePolicy, JoinedMethod, Located, ManagedPolicy, Organization, OrganizationalUnit, Pairs,
    Policy, PolicyType, Request, Resource, Role, User,
};
pub use exception::Exception;
pub use flip::{Change, Flip, with_context};
pub use history::History;
pub use judge::{DependsOn, Judged, JudgedExample, Open, Unknown};
pub use place::{Identity, PolicyPlace};
pub use policy_text::PolicyText;
pub use simulate::Simulation;
pub use test::{TestResult, test};
pub use trace::{Explanation, Warning};

#[cfg(test)]
mod schema;
