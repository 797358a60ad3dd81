//! JSON read strictly: a member written twice is an error that names it, never the last one silently.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::error::DocumentError;

/// Reads JSON text; deeper than 128 levels is an error, so nothing can overflow the stack.
pub(crate) fn read(text: &str) -> Result<Value, DocumentError> {
    let wrong = RefCell::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict { place: &Place::WHOLE, wrong: &wrong }
        .deserialize(&mut deserializer)
        .and_then(|value| {
            deserializer.end()?;
            Ok(value)
        });
    value.map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            DocumentError::new(wrong.borrow().as_str(), error.to_string())
        }
        _ => DocumentError::new("", format!("not JSON: {error}")),
    })
}

/// Reads a number of JSON and keeps it as it is written.
pub(crate) fn number(text: &str) -> Option<Number> {
    // Parsing it would bring in what floating point takes, and the way there and back may round.
    is_number(text).then(|| Number::from_string_unchecked(text.to_owned()))
}

fn is_number(text: &str) -> bool {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    all_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && all_digits(fraction)
        && all_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

/// Names the kind of a value, with its article.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A place in a document: where it is below the place above.
#[derive(Clone, Copy)]
pub(super) struct Place<'a>(Option<(&'a Place<'a>, Step<'a>)>);

#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The document itself.
    pub(super) const WHOLE: Place<'static> = Place(None);

    pub(super) fn member(&'a self, name: &'a str) -> Place<'a> {
        Place(Some((self, Step::Member(name))))
    }

    pub(super) fn index(&'a self, index: usize) -> Place<'a> {
        Place(Some((self, Step::Index(index))))
    }

    pub(super) fn error(&self, message: impl Into<String>) -> DocumentError {
        DocumentError::new(self.text(), message)
    }

    fn text(&self) -> String {
        let Some((above, step)) = self.0 else { return String::new() };
        let mut text = above.text();
        match step {
            Step::Member(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
        text
    }
}

/// The member under which serde_json hands out a number that is no integer of 64 bits, with its digits as they are written.
const NUMBER: &str = "$serde_json::private::Number";

/// Builds a [`Value`]; on an error `wrong` is told the place.
#[derive(Clone, Copy)]
struct Strict<'a> {
    place: &'a Place<'a>,
    wrong: &'a RefCell<String>,
}

impl<'a> Strict<'a> {
    fn at<'b>(self, place: &'b Place<'b>) -> Strict<'b>
    where
        'a: 'b,
    {
        Strict { place, wrong: self.wrong }
    }

    fn error<E: Error>(self, message: impl fmt::Display) -> E {
        *self.wrong.borrow_mut() = self.place.text();
        E::custom(message)
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        // Not called, see `NUMBER`; the error that would be here by default prints it, for which it needs large tables.
        Err(self.error("a number without its digits"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.at(&self.place.index(list.len())))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name == NUMBER {
                let digits = members.next_value_seed(self)?;
                let number = digits.as_str().and_then(number);
                return number.map(Value::Number).ok_or_else(|| self.error("not a number"));
            }
            if object.contains_key(&name) {
                return Err(self.error(format_args!("member `{name}` is written twice")));
            }
            let value = members.next_value_seed(self.at(&self.place.member(&name)))?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json_and_keep_their_digits() {
        for text in ["0", "-1", "1.50", "1e5", "1E+05", "-0.0e-0", "123456789012345678901234567890"]
        {
            let Value::Number(read) = read(text).unwrap() else { panic!("{text} is no number") };
            assert_eq!(number(&read.to_string()), Some(read), "{text}");
            assert!(
                serde_json::from_str::<Value>(text).is_ok() && number(text).is_some(),
                "{text}"
            );
        }
        for text in ["", "-", "01", "1.", ".1", "1e", "+1", "1e+", "0x1", "NaN", "1 "] {
            assert_eq!(number(text), None, "{text}");
        }
        let pretends = read(r#"[{ "$serde_json::private::Number": "x" }]"#).unwrap_err();
        assert_eq!(pretends.place(), "[0]");
    }
}
