//! Condition operators.

/// A condition operator, taken apart: `ForAllValues:StringNotLikeIfExists` is a set operator, a test that is negated,
/// and `IfExists`.
///
/// ```
/// use iam_evaluator::{ConditionOperator, SetOperator, Test};
/// let operator = ConditionOperator::parse("ForAllValues:StringNotLikeIfExists").unwrap();
/// assert_eq!((operator.set, operator.test), (Some(SetOperator::ForAllValues), Test::StringLike));
/// assert!(operator.negated && operator.if_exists);
/// assert_eq!(operator.to_string(), "ForAllValues:StringNotLikeIfExists");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConditionOperator {
    /// `ForAllValues:` or `ForAnyValue:`.
    pub set: Option<SetOperator>,
    /// How one value is compared.
    pub test: Test,
    /// The `Not` form: none of the values may match.
    pub negated: bool,
    /// `IfExists`: true when the key is missing.
    pub if_exists: bool,
    name: &'static str,
}

/// How several values of the request are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetOperator {
    /// Every value of the request must pass; true when there is none.
    ForAllValues,
    /// At least one value of the request must pass; false when there is none.
    ForAnyValue,
}

/// How one value of the request is compared with one value of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Equal, case-sensitive.
    StringEquals,
    /// Equal, ignoring case.
    StringEqualsIgnoreCase,
    /// Matches a pattern with `*` and `?`.
    StringLike,
    /// Compares decimal numbers.
    Numeric(Ordering),
    /// Compares instants.
    Date(Ordering),
    /// Both true or both false.
    Bool,
    /// Equal bytes, written in base64.
    BinaryEquals,
    /// Lies in a block of addresses.
    IpAddress,
    /// Matches an ARN part by part.
    Arn,
    /// Whether the key is missing.
    Null,
}

/// The order that a number or date must have to the policy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ordering {
    /// `Equals`.
    Equals,
    /// `LessThan`.
    LessThan,
    /// `LessThanEquals`.
    LessThanEquals,
    /// `GreaterThan`.
    GreaterThan,
    /// `GreaterThanEquals`.
    GreaterThanEquals,
}

impl Ordering {
    /// Whether two values compare as wanted.
    pub(crate) fn accepts(self, found: std::cmp::Ordering) -> bool {
        match self {
            Self::Equals => found.is_eq(),
            Self::LessThan => found.is_lt(),
            Self::LessThanEquals => found.is_le(),
            Self::GreaterThan => found.is_gt(),
            Self::GreaterThanEquals => found.is_ge(),
        }
    }
}

/// Every operator without prefix and suffix.
const OPERATORS: &[(&str, Test, bool)] = &[
    ("StringEquals", Test::StringEquals, false),
    ("StringNotEquals", Test::StringEquals, true),
    ("StringEqualsIgnoreCase", Test::StringEqualsIgnoreCase, false),
    ("StringNotEqualsIgnoreCase", Test::StringEqualsIgnoreCase, true),
    ("StringLike", Test::StringLike, false),
    ("StringNotLike", Test::StringLike, true),
    ("NumericEquals", Test::Numeric(Ordering::Equals), false),
    ("NumericNotEquals", Test::Numeric(Ordering::Equals), true),
    ("NumericLessThan", Test::Numeric(Ordering::LessThan), false),
    ("NumericLessThanEquals", Test::Numeric(Ordering::LessThanEquals), false),
    ("NumericGreaterThan", Test::Numeric(Ordering::GreaterThan), false),
    ("NumericGreaterThanEquals", Test::Numeric(Ordering::GreaterThanEquals), false),
    ("DateEquals", Test::Date(Ordering::Equals), false),
    ("DateNotEquals", Test::Date(Ordering::Equals), true),
    ("DateLessThan", Test::Date(Ordering::LessThan), false),
    ("DateLessThanEquals", Test::Date(Ordering::LessThanEquals), false),
    ("DateGreaterThan", Test::Date(Ordering::GreaterThan), false),
    ("DateGreaterThanEquals", Test::Date(Ordering::GreaterThanEquals), false),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::BinaryEquals, false),
    ("IpAddress", Test::IpAddress, false),
    ("NotIpAddress", Test::IpAddress, true),
    ("ArnEquals", Test::Arn, false),
    ("ArnLike", Test::Arn, false),
    ("ArnNotEquals", Test::Arn, true),
    ("ArnNotLike", Test::Arn, true),
    ("Null", Test::Null, false),
];

impl ConditionOperator {
    /// Stands for an operator that nobody knows. Its values are malformed, so it never holds.
    pub(crate) const UNKNOWN: Self = Self {
        set: None,
        test: Test::Null,
        negated: false,
        if_exists: false,
        name: "an unknown operator",
    };

    /// Reads an operator in any letter case; `None` where there is no such operator.
    ///
    /// `IfExists` cannot be added to `Null`, nor can a set operator.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (set, rest) = match text.split_once(':') {
            None => (None, text),
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (Some(SetOperator::ForAllValues), rest)
            }
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(SetOperator::ForAnyValue), rest)
            }
            Some(_) => return None,
        };
        let find =
            |name: &str| OPERATORS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let (found, if_exists) = match find(rest) {
            Some(found) => (found, false),
            None => {
                let cut = rest.len().checked_sub("IfExists".len())?;
                let (name, suffix) = rest.split_at_checked(cut)?;
                (find(name).filter(|_| suffix.eq_ignore_ascii_case("IfExists"))?, true)
            }
        };
        let &(name, test, negated) = found;
        let null_alone = test != Test::Null || (set.is_none() && !if_exists);
        null_alone.then_some(Self { set, test, negated, if_exists, name })
    }

    /// The names of all operators without prefix and suffix, for messages and completion.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OPERATORS.iter().map(|(name, ..)| *name)
    }
}

impl std::fmt::Display for ConditionOperator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set = match self.set {
            None => "",
            Some(SetOperator::ForAllValues) => "ForAllValues:",
            Some(SetOperator::ForAnyValue) => "ForAnyValue:",
        };
        let if_exists = if self.if_exists { "IfExists" } else { "" };
        write!(f, "{set}{}{if_exists}", self.name)
    }
}
