//! Condition values, read once by the rules of their operator.

use std::cmp::Ordering;
use std::net::IpAddr;

use base64::Engine as _;
use ipnet::IpNet;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::operator::Test;
use crate::diagnostic::Span;
use crate::pattern::{Pattern, Syntax, Variable};
use crate::resource::ArnPattern;

/// One value of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionValue {
    /// The text as it was written; numbers and booleans keep their literal form.
    pub text: Box<str>,
    /// What the operator makes of it.
    pub typed: TypedValue,
    /// Where it stands.
    pub span: Span,
}

/// A value as its operator reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedValue {
    /// For the String operators and `Bool`.
    Text(Pattern),
    /// For the Arn operators.
    Arn(Box<ArnPattern>),
    /// For the Numeric operators.
    Number(Decimal),
    /// For the Date operators.
    Instant(Instant),
    /// For the IpAddress operators.
    Network(IpNet),
    /// For `BinaryEquals`.
    Bytes(Box<[u8]>),
    /// For `Null`.
    Missing(bool),
    /// The operator cannot read it: then the clause is false, whatever the request says.
    Malformed,
}

impl TypedValue {
    /// Reads a value by the rules of an operator. Broken policy variables are given to `malformed`.
    pub(crate) fn read(
        test: Test,
        text: &str,
        variables: bool,
        malformed: &mut dyn FnMut(&str),
    ) -> Self {
        let pattern = |wildcards, malformed: &mut dyn FnMut(&str)| {
            Self::Text(Pattern::parse(text, Syntax { wildcards, variables }, malformed))
        };
        let typed = match test {
            Test::StringEquals | Test::StringEqualsIgnoreCase => Some(pattern(false, malformed)),
            Test::StringLike => Some(pattern(true, malformed)),
            Test::Bool => (parse_bool(text).is_some() || (variables && text.contains("${")))
                .then(|| pattern(false, malformed)),
            Test::Arn => ArnPattern::parse_condition_value(text, variables, malformed)
                .map(|arn| Self::Arn(Box::new(arn))),
            Test::Numeric(_) => Decimal::parse(text).map(Self::Number),
            Test::Date(_) => Instant::parse(text).map(Self::Instant),
            Test::IpAddress => parse_network(text).map(Self::Network),
            Test::BinaryEquals => decode_base64(text).map(Self::Bytes),
            Test::Null => parse_bool(text).map(Self::Missing),
        };
        typed.unwrap_or(Self::Malformed)
    }
}

impl TypedValue {
    /// The policy variables, from left to right.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        let (text, arn) = match self {
            Self::Text(pattern) => (Some(pattern), None),
            Self::Arn(pattern) => (None, Some(&**pattern)),
            _ => (None, None),
        };
        let of_arn = arn.into_iter().flat_map(ArnPattern::variables);
        text.into_iter().flat_map(Pattern::variables).chain(of_arn)
    }
}

/// `true` or `false` in any letter case.
pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A block of addresses; an address without prefix is one host.
pub(crate) fn parse_network(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

pub(crate) fn decode_base64(text: &str) -> Option<Box<[u8]>> {
    base64::engine::general_purpose::STANDARD.decode(text).ok().map(Into::into)
}

/// A decimal number of any length, compared by value: `10` equals `10.0`.
///
/// Binary floating point would call 0.1 + 0.2 and 0.3 different, and a big-number crate would allocate for every
/// comparison, so the digits themselves are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// Without leading zeros.
    integer: Box<str>,
    /// Without trailing zeros.
    fraction: Box<str>,
}

/// The parts of a decimal number within its text.
struct DecimalParts<'a> {
    negative: bool,
    integer: &'a str,
    fraction: &'a str,
}

impl Decimal {
    /// Reads an optional sign, digits and an optional fraction.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        DecimalParts::parse(text).map(|parts| Self {
            negative: parts.negative,
            integer: parts.integer.into(),
            fraction: parts.fraction.into(),
        })
    }

    /// How the number written in `text` compares with this one; `None` where it is no number.
    pub(crate) fn compare_text(&self, text: &str) -> Option<Ordering> {
        let other = DecimalParts {
            negative: self.negative,
            integer: &self.integer,
            fraction: &self.fraction,
        };
        DecimalParts::parse(text).map(|parts| parts.cmp(&other))
    }
}

impl<'a> DecimalParts<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let incomplete = digits.ends_with('.') || (integer.is_empty() && fraction.is_empty());
        if incomplete || !all_digits(integer) || !all_digits(fraction) {
            return None;
        }
        let (integer, fraction) = (integer.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = integer.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !is_zero, integer, fraction })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        // Without leading zeros the longer integer is the larger one; fractions compare digit by digit.
        let magnitude = || {
            (self.integer.len(), self.integer, self.fraction).cmp(&(
                other.integer.len(),
                other.integer,
                other.fraction,
            ))
        };
        match (self.negative, other.negative) {
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// A point in time, in nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i128);

impl Instant {
    /// The instant so many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_epoch_seconds(seconds: i64) -> Self {
        Self(i128::from(seconds) * 1_000_000_000)
    }

    /// Seconds since 1970-01-01T00:00:00Z, fractions cut off.
    #[must_use]
    pub fn epoch_seconds(self) -> i128 {
        self.0.div_euclid(1_000_000_000)
    }

    pub(crate) fn plus_nanoseconds(self, nanoseconds: i128) -> Self {
        Self(self.0.saturating_add(nanoseconds))
    }

    pub(crate) fn nanoseconds_since(self, other: Self) -> i128 {
        self.0.saturating_sub(other.0)
    }

    /// Reads a date of the W3C profile of ISO 8601, from `YYYY-MM` to fractions of a second, or seconds since the
    /// epoch as digits. Without a zone it is UTC.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok().map(Self::from_epoch_seconds);
        }
        let complete = complete_date(text)?;
        OffsetDateTime::parse(&complete, &Rfc3339)
            .ok()
            .map(|date| Self(date.unix_timestamp_nanos()))
    }

    /// As AWS writes dates: `2026-11-23T12:00:00Z`. `None` outside the years that the format can hold.
    #[must_use]
    pub fn to_iso8601(self) -> Option<String> {
        OffsetDateTime::from_unix_timestamp_nanos(self.0).ok()?.format(&Rfc3339).ok()
    }
}

/// Fills a date of the W3C profile up to the full form of RFC 3339.
fn complete_date(text: &str) -> Option<String> {
    let (date, time) = match text.split_once(['T', 't']) {
        None => (text, None),
        Some((date, time)) => (date, Some(time)),
    };
    let date = match date.len() {
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    let Some(time) = time else { return Some(format!("{date}T00:00:00Z")) };
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock.to_owned() };
    let zone = if zone.is_empty() { "Z" } else { zone };
    Some(format!("{date}T{clock}{zone}"))
}
