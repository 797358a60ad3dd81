//! Patterns as regular expressions, character by character.

use regex::Regex;

/// A piece of a pattern: what is written, or what a variable put there, in which nothing is a wildcard.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Written(char),
    Literal(String),
}

pub fn written(text: &str) -> Vec<Piece> {
    text.chars().map(Piece::Written).collect()
}

/// `*` stands for any run of characters, `?` for exactly one.
pub fn glob(pattern: &[Piece], text: &str) -> bool {
    let mut expression = String::new();
    for piece in pattern {
        match piece {
            Piece::Written('*') => expression.push_str(".*"),
            Piece::Written('?') => expression.push('.'),
            Piece::Written(other) => expression.push_str(&regex::escape(&other.to_string())),
            Piece::Literal(text) => expression.push_str(&regex::escape(text)),
        }
    }
    matches(&expression, text)
}

pub fn matches(expression: &str, text: &str) -> bool {
    Regex::new(&format!("(?s)^(?:{expression})$")).unwrap().is_match(text)
}

/// An action in an `Action` element (1.7).
pub fn action(pattern: &str, action: &str) -> bool {
    if pattern == "*" || pattern == "*:*" {
        return true;
    }
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let (Some((prefix, name)), Some((service, asked))) =
        (pattern.split_once(':'), action.split_once(':'))
    else {
        return false;
    };
    !name.is_empty() && prefix == service && glob(&written(name), asked)
}

/// An ARN in a `Resource` element (1.8): a `*` at the end of a field may run past the colon into following fields, any
/// other stays inside its field, and in the sixth field colons are characters like any other.
pub fn resource(pattern: &[Piece], text: &str) -> bool {
    if pattern == written("*") {
        return true;
    }
    if text == "*" {
        return false;
    }
    let mut expression = String::new();
    let mut field = 1;
    for (at, piece) in pattern.iter().enumerate() {
        let ends_field = matches!(pattern.get(at + 1), None | Some(Piece::Written(':')));
        let one = if field < 6 { "[^:]" } else { "." };
        match piece {
            Piece::Written('*') if ends_field || field == 6 => expression.push_str(".*"),
            Piece::Written('*') => expression.push_str("[^:]*"),
            Piece::Written('?') => expression.push_str(one),
            Piece::Written(':') => {
                field = (field + 1).min(6);
                expression.push(':');
            }
            Piece::Written(other) => expression.push_str(&regex::escape(&other.to_string())),
            Piece::Literal(text) => expression.push_str(&regex::escape(text)),
        }
    }
    matches(&expression, text)
}

/// An ARN in a condition: both sides split at the first five colons, each of the six parts a pattern of its own.
pub fn arn(pattern: &[Piece], text: &str) -> bool {
    let texts: Vec<&str> = text.splitn(6, ':').collect();
    let mut patterns: Vec<Vec<Piece>> = vec![vec![]];
    for piece in pattern {
        match piece {
            Piece::Written(':') if patterns.len() < 6 => patterns.push(vec![]),
            piece => patterns.last_mut().unwrap().push(piece.clone()),
        }
    }
    texts.len() == 6
        && texts.first() == Some(&"arn")
        && patterns.len() == 6
        && patterns.iter().zip(texts).all(|(pattern, text)| glob(pattern, text))
}
