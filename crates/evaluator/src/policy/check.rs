//! What each type of policy may contain, how long it may be, and what AWS accepts but people regret.
//!
//! Follows the IAM User Guide's "Grammar of the IAM JSON policy language", "IAM and AWS STS quotas" and "IAM policy
//! validation check reference", and the Organizations User Guide's "SCP syntax", "RCP syntax" and "Quotas and service
//! limits". Reading tells what a statement says; here it is judged.

mod action;
mod condition;
mod contradiction;
mod grammar;
mod keys;
mod length;
mod principal;
mod resource;
mod set_operator;
mod statement;
mod variable;

pub(super) use grammar::Grammar;
pub use length::{PolicySize, characters_without_white_space};
pub(super) use length::{characters, quota};

use super::Statement;
use super::edit::KeySite;
use super::parse::Reader;
use crate::condition::{ConditionClause, ConditionOperator};
use crate::json::Json;

impl Reader<'_> {
    /// Judges a statement that was understood.
    pub(super) fn check_statement(&mut self, statement: &Statement, condition: Option<&Json<'_>>) {
        self.check_scope(statement);
        self.check_not_principal(statement);
        let Some(condition) = condition else { return };
        let sites = sites(condition, &statement.conditions);
        for (site, clause) in &sites {
            self.check_key(*site, clause);
            if clause.operator != ConditionOperator::UNKNOWN {
                self.check_clause(statement, *site, clause);
            }
        }
        self.check_contradictions(&sites);
    }
}

/// The clauses of a condition with the places of their keys.
fn sites<'v, 'a>(
    condition: &'v Json<'a>,
    clauses: &'v [ConditionClause],
) -> Vec<(KeySite<'v, 'a>, &'v ConditionClause)> {
    let mut found = Vec::with_capacity(clauses.len());
    let mut rest = clauses.iter().peekable();
    for (operator_index, operator) in condition.members().into_iter().flatten().enumerate() {
        for (key_index, key) in operator.value.members().into_iter().flatten().enumerate() {
            // Both are in the order of the text; clauses that stand for something unreadable have no key.
            while let Some(clause) = rest.next_if(|it| it.span.start <= key.name_span.start) {
                if clause.span.start == key.name_span.start {
                    let site = KeySite { condition, operator_index, operator, key_index, key };
                    found.push((site, clause));
                }
            }
        }
    }
    found
}
