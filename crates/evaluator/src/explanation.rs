//! English, made from the trace: the only place where decisions become sentences.
//!
//! First the sentence that AWS would answer ([`message()`]), then every cause ([`causes()`]), and the words for each
//! part of the trace. The page, the command line and JavaScript all take their words from here.
//! [`read_denial`] reads AWS's sentence back, and [`agreement`] compares it with an answer.

mod agreement;
mod brief;
mod causes;
mod denial;
mod labels;
mod markdown;
mod message;
mod mismatch;
mod notes;
#[cfg(test)]
mod tests;
mod words;

pub use agreement::{Agreement, agreement};
pub use brief::{also_denied, brief, depends, depends_heading, difference, otherwise};
pub use causes::{Cause, causes};
pub use denial::{Blame, DenialMessage, is_denied, read_denial};
pub use labels::{
    broken_policy, causes_heading, gate_outcome, level_outcome, missing_keys, short_gate,
    statement_name,
};
pub use markdown::markdown;
pub use message::message;
pub use mismatch::{Mismatch, mismatch};
pub use notes::notes;
pub use words::{
    also_needed, clause, decision, flips_heading, gate, grant, no_flip, not_applicable, reason,
    statement, summary, tally, target,
};

use crate::evaluation::{StatementResult, StatementTrace};
use crate::policy::Effect;

/// Whether a statement denies the request.
fn denies(statement: &StatementTrace) -> bool {
    statement.effect == Effect::Deny && matches!(statement.result, StatementResult::Applies(_))
}
