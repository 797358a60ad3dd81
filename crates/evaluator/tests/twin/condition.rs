//! Conditions (2.1 to 2.4), read off the truth table.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde_json::Value;

use crate::twin::glob::{Piece, arn, glob, written};

/// Key names in lower case, each with at least one value.
pub type Context = BTreeMap<String, Vec<String>>;

/// Keys that hold several values by nature: they cannot be variables.
const MULTIVALUED: [&str; 7] = [
    "aws:principalorgpaths",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:vpceorgpaths",
    "aws:tagkeys",
    "aws:calledvia",
    "aws:principalservicenameslist",
];

/// All operators hold, and under each operator all keys.
pub fn holds(condition: &Value, has_variables: bool, context: &Context) -> bool {
    condition.as_object().unwrap().iter().all(|(operator, keys)| {
        keys.as_object().unwrap().iter().all(|(key, values)| {
            let found = context.get(&key.to_ascii_lowercase()).map_or(&[][..], Vec::as_slice);
            let wanted: Vec<String> = texts(values);
            row(operator, found, &wanted, has_variables, context)
        })
    })
}

/// One value is a list of one; numbers and booleans keep their literal text.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        literal => vec![literal.to_string()],
    }
}

/// One row of the truth table.
fn row(
    operator: &str,
    found: &[String],
    wanted: &[String],
    variables: bool,
    context: &Context,
) -> bool {
    let (set, operator) = match operator.split_once(':') {
        Some((set, operator)) => (set, operator),
        None => ("", operator),
    };
    if operator == "Null" {
        return (wanted[0] == "true") == found.is_empty();
    }
    let (operator, if_exists) = match operator.strip_suffix("IfExists") {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    let (test, negated) = base(operator);
    if wanted.iter().any(|value| is_malformed(test, value)) {
        return false;
    }
    if found.is_empty() && if_exists {
        return true;
    }
    let one = |value: &String| satisfies(test, negated, value, wanted, variables, context);
    match set {
        "ForAllValues" => found.iter().all(one) || found.iter().all(String::is_empty),
        "ForAnyValue" => found.iter().any(one),
        _ => match found {
            [] => negated,
            [only] => one(only),
            _ => false,
        },
    }
}

/// Whether one value of the request fits: it matches some wanted value, or none where the operator is negated.
fn satisfies(
    test: &str,
    negated: bool,
    found: &str,
    wanted: &[String],
    variables: bool,
    context: &Context,
) -> bool {
    let comparable = match test {
        "NumericEquals" => number(found).is_some(),
        "DateEquals" => date(found).is_some(),
        _ => true,
    };
    let any = wanted.iter().any(|value| compare(test, found, value, variables, context));
    comparable && any != negated
}

/// The test behind an operator, and whether the operator is its negation.
fn base(operator: &str) -> (&str, bool) {
    match operator {
        "StringNotEquals" => ("StringEquals", true),
        "StringNotEqualsIgnoreCase" => ("StringEqualsIgnoreCase", true),
        "StringNotLike" => ("StringLike", true),
        "NumericNotEquals" => ("NumericEquals", true),
        "DateNotEquals" => ("DateEquals", true),
        "NotIpAddress" => ("IpAddress", true),
        "ArnNotEquals" | "ArnNotLike" => ("ArnLike", true),
        "ArnEquals" => ("ArnLike", false),
        other => (other, false),
    }
}

fn compare(test: &str, found: &str, wanted: &str, variables: bool, context: &Context) -> bool {
    let order = |parse: fn(&str) -> Option<f64>, operator: &str| {
        let (Some(left), Some(right)) = (parse(found), parse(wanted)) else { return false };
        match operator {
            "Equals" => left == right,
            "LessThan" => left < right,
            "LessThanEquals" => left <= right,
            "GreaterThan" => left > right,
            "GreaterThanEquals" => left >= right,
            other => panic!("no such comparison: {other}"),
        }
    };
    if let Some(operator) = test.strip_prefix("Numeric") {
        return order(number, operator);
    }
    if let Some(operator) = test.strip_prefix("Date") {
        return order(date, operator);
    }
    match test {
        "IpAddress" => within(found, wanted),
        "Bool" => boolean(found).is_some() && boolean(found) == boolean(wanted),
        _ => {
            let Some(pieces) = expand(wanted, variables, context) else { return false };
            match test {
                "StringEquals" => plain(&pieces) == found,
                "StringEqualsIgnoreCase" => plain(&pieces).to_lowercase() == found.to_lowercase(),
                "StringLike" => glob(&pieces, found),
                "ArnLike" => arn(&pieces, found),
                other => panic!("no such operator: {other}"),
            }
        }
    }
}

fn is_malformed(test: &str, wanted: &str) -> bool {
    match test {
        "Bool" => boolean(wanted).is_none(),
        "IpAddress" => network(wanted).is_none(),
        "ArnLike" => {
            let variable = regex::Regex::new(r"\$\{[^}]*\}").unwrap();
            variable.replace_all(wanted, "").matches(':').count() < 5
        }
        _ if test.starts_with("Numeric") => number(wanted).is_none(),
        _ if test.starts_with("Date") => date(wanted).is_none(),
        _ => false,
    }
}

/// Replaces `${…}`; `None` where a variable has neither a value nor a default.
pub fn expand(text: &str, variables: bool, context: &Context) -> Option<Vec<Piece>> {
    let Some((before, rest)) = text.split_once("${").filter(|_| variables) else {
        return Some(written(text));
    };
    let Some((variable, after)) = rest.split_once('}') else { return Some(written(text)) };
    let (key, default) = match variable.split_once(", ") {
        Some((key, default)) => (key, Some(default.trim_matches('\''))),
        None => (variable, None),
    };
    let value = match key {
        "*" | "?" | "$" => key,
        key => {
            let key = key.to_ascii_lowercase();
            match context.get(&key).map(Vec::as_slice) {
                Some([only]) if !MULTIVALUED.contains(&key.as_str()) => only,
                _ => default?,
            }
        }
    };
    let mut pieces = written(before);
    pieces.push(Piece::Literal(value.to_owned()));
    pieces.extend(expand(after, variables, context)?);
    Some(pieces)
}

fn plain(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Written(character) => character.to_string(),
        Piece::Literal(text) => text.clone(),
    };
    pieces.iter().map(piece).collect()
}

fn boolean(text: &str) -> Option<bool> {
    text.to_ascii_lowercase().parse().ok()
}

/// Optional sign, digits, optional fraction. The generator writes few digits, so binary fractions compare well.
fn number(text: &str) -> Option<f64> {
    let form = r"[+-]?[0-9]+(\.[0-9]+)?";
    crate::twin::glob::matches(form, text).then(|| text.parse().unwrap())
}

fn network(text: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = text.split_once('/').unwrap_or((text, ""));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = if text.contains('/') { bits.parse().ok()? } else { most };
    (bits <= most).then_some((address, bits))
}

fn within(found: &str, wanted: &str) -> bool {
    let (Ok(address), Some((network, bits))) = (found.parse::<IpAddr>(), network(wanted)) else {
        return false;
    };
    let binary = |address: IpAddr| match address {
        IpAddr::V4(address) => format!("{:032b}", address.to_bits()),
        IpAddr::V6(address) => format!("{:0128b}", address.to_bits()),
    };
    let (left, right) = (binary(address), binary(network));
    left.len() == right.len() && left[..bits as usize] == right[..bits as usize]
}

/// Seconds since 1970 of a day, or of a day and a time with its zone; digits alone are those seconds.
fn date(text: &str) -> Option<f64> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let form = regex::Regex::new(
        r"^([0-9]{4})-([0-9]{2})-([0-9]{2})(T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|([+-])([0-9]{2}):([0-9]{2})))?$",
    );
    let parts = form.unwrap().captures(text)?;
    let part = |at: usize| parts.get(at).map_or(0.0, |it| it.as_str().parse::<f64>().unwrap());
    let (mut days, year, month) = (part(3) - 1.0, part(1) as i64, part(2) as usize);
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let february = if leap(year) { 29.0 } else { 28.0 };
    let lengths = [31.0, february, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];
    days += (1970..year).map(|year| if leap(year) { 366.0 } else { 365.0 }).sum::<f64>();
    days += lengths[..month - 1].iter().sum::<f64>();
    let zone = part(10) * 3600.0 + part(11) * 60.0;
    let zone = if parts.get(9).is_some_and(|sign| sign.as_str() == "-") { -zone } else { zone };
    Some(days * 86400.0 + part(5) * 3600.0 + part(6) * 60.0 + part(7) - zone)
}
