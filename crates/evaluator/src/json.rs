//! JSON text with places: `jsonc-parser` gives the spans, `serde_json` decides whether the text is JSON at all.
//!
//! `jsonc-parser` lets raw control characters through and keeps both of two equal members; `serde_json` rejects the
//! first, and [`crate::policy`] reports the second.

use std::borrow::Cow;
use std::fmt;

use jsonc_parser::ast;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Diagnostic, DiagnosticCode, Span};

/// A JSON value and where it stands.
pub(crate) struct Json<'a> {
    pub span: Span,
    pub kind: JsonKind<'a>,
}

/// What a [`Json`] is.
pub(crate) enum JsonKind<'a> {
    Null,
    /// `true`, `false` or a number, as written: conditions compare the literal text.
    Literal(&'a str),
    String(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Vec<Member<'a>>),
}

/// One member of an object.
pub(crate) struct Member<'a> {
    pub name: Cow<'a, str>,
    pub name_span: Span,
    pub value: Json<'a>,
}

impl<'a> Json<'a> {
    /// The members, where it is an object.
    pub(crate) fn members(&self) -> Option<&[Member<'a>]> {
        match &self.kind {
            JsonKind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The text, where it is a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            JsonKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages: "a string", "an object".
    pub(crate) fn describe(&self) -> &'static str {
        match &self.kind {
            JsonKind::Null => "`null`",
            JsonKind::Literal("true" | "false") => "a boolean",
            JsonKind::Literal(_) => "a number",
            JsonKind::String(_) => "a string",
            JsonKind::Array(_) => "a list",
            JsonKind::Object(_) => "an object",
        }
    }
}

/// Reads strict JSON (RFC 8259); the error names the first thing that is wrong and where.
pub(crate) fn parse(text: &str) -> Result<Json<'_>, Diagnostic> {
    if text.trim().is_empty() {
        let span = Span::new(0, text.len());
        return Err(Diagnostic::new(
            DiagnosticCode::InvalidJson,
            span,
            "the policy is empty, expected a JSON object",
        ));
    }
    // This gate also holds nesting to 128 levels, so nothing after it can exhaust the stack.
    if let Err(error) = serde_json::from_str::<Anything>(text) {
        return Err(syntax_error(text, &error));
    }
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        ..ParseOptions::default()
    };
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    match parse_to_ast(text, &collect, &options) {
        Ok(result) => result.value.map(convert).ok_or_else(|| {
            Diagnostic::new(
                DiagnosticCode::InvalidJson,
                Span::new(0, text.len()),
                "expected a JSON object",
            )
        }),
        Err(error) => {
            let range = error.range();
            let message =
                format!("this is not JSON: {}", error.kind().to_string().to_ascii_lowercase());
            Err(Diagnostic::new(
                DiagnosticCode::InvalidJson,
                Span::new(range.start, range.end),
                message,
            ))
        }
    }
}

/// Any JSON value, read through and forgotten.
struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

fn syntax_error(text: &str, error: &serde_json::Error) -> Diagnostic {
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    // serde_json counts columns in bytes, from 1, and points behind what it could not read.
    let mut start = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let described = error.to_string();
    let reason =
        described.rsplit_once(" at line ").map_or(described.as_str(), |(reason, _)| reason);
    let message = format!("this is not JSON: {reason}");
    Diagnostic::new(DiagnosticCode::InvalidJson, Span::new(start, start + length), message)
}

fn convert(value: ast::Value<'_>) -> Json<'_> {
    match value {
        ast::Value::StringLit(string) => {
            Json { span: span(string.range), kind: JsonKind::String(string.value) }
        }
        ast::Value::NumberLit(number) => {
            Json { span: span(number.range), kind: JsonKind::Literal(number.value) }
        }
        ast::Value::BooleanLit(boolean) => {
            let text = if boolean.value { "true" } else { "false" };
            Json { span: span(boolean.range), kind: JsonKind::Literal(text) }
        }
        ast::Value::NullKeyword(null) => Json { span: span(null.range), kind: JsonKind::Null },
        ast::Value::Array(array) => {
            let elements = array.elements.into_iter().map(convert).collect();
            Json { span: span(array.range), kind: JsonKind::Array(elements) }
        }
        ast::Value::Object(object) => {
            let members = object.properties.into_iter().map(member).collect();
            Json { span: span(object.range), kind: JsonKind::Object(members) }
        }
    }
}

fn member(property: ast::ObjectProp<'_>) -> Member<'_> {
    let (name, range) = match property.name {
        ast::ObjectPropName::String(string) => (string.value, string.range),
        ast::ObjectPropName::Word(word) => (Cow::Borrowed(word.value), word.range),
    };
    Member { name, name_span: span(range), value: convert(property.value) }
}

fn span(range: jsonc_parser::common::Range) -> Span {
    Span::new(range.start, range.end)
}
