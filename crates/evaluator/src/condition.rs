//! Conditions as they are written: operators, keys and values.
//!
//! Follows the IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for multivalued
//! context keys". Whether a condition holds is decided in [`crate::condition::holds`].

pub(crate) mod holds;
mod key;
mod operator;
mod value;

pub use key::{ConditionKey, DerivedKey};
pub use operator::{ConditionOperator, Ordering, SetOperator, Test};
pub use value::{ConditionValue, Decimal, Instant, TypedValue};

use crate::diagnostic::Span;

/// One line of a `Condition` element: an operator, a key and the values it is compared with.
///
/// All clauses of a statement must hold; the values of one clause are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionClause {
    /// The operator.
    pub operator: ConditionOperator,
    /// The key.
    pub key: ConditionKey,
    /// The values, in the order of the text.
    pub values: Vec<ConditionValue>,
    /// From the key to its last value.
    pub span: Span,
    /// The operator's name, which several clauses can share.
    pub operator_span: Span,
    /// The key's name.
    pub key_span: Span,
}
