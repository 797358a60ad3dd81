//! English, made from the trace: the only place where decisions become sentences.
//!
//! First the sentence that AWS would answer ([`message()`]), then every cause ([`causes()`]), and the words for each
//! part of the trace. The page, the command line and JavaScript all take their words from here.

mod causes;
mod labels;
mod message;
mod words;

pub use causes::{Cause, causes};
pub use labels::{
    broken_policy, causes_heading, gate_outcome, level_outcome, missing_keys, short_gate,
    statement_name,
};
pub use message::message;
pub use words::{
    clause, decision, flips_heading, gate, grant, no_flip, not_applicable, reason, statement,
    summary, target,
};
