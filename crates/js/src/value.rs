//! JavaScript values read as JSON, as strictly as the text of a scenario.
//!
//! An object cannot hold a member twice, so only what JSON has no word for is an error here: a function, a `Map`, a
//! number that JSON text would not keep. A member that is `undefined` is left out, as `JSON.stringify` does it.

use std::fmt;

use js_sys::{Array, Object, Reflect};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// JSON text may nest as deeply. What contains itself ends here too.
const DEEPEST: usize = 128;

/// From here on the next integer is further than one away: digits were lost.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Why a value cannot be read, and where.
#[derive(Debug)]
pub struct Unreadable {
    place: String,
    message: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.trim_start_matches('.') {
            "" => f.write_str(&self.message),
            place => write!(f, "`{place}`: {}", self.message),
        }
    }
}

/// Reads a value and everything in it.
pub fn read(value: &JsValue) -> Result<Value, Unreadable> {
    read_at(value, DEEPEST)
}

fn read_at(value: &JsValue, left: usize) -> Result<Value, Unreadable> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    if let Some(truth) = value.as_bool() {
        return Ok(Value::Bool(truth));
    }
    if let Some(text) = value.as_string() {
        return Ok(Value::String(text));
    }
    if let Some(number) = value.as_f64() {
        return read_number(number).map(Value::Number);
    }
    if left == 0 {
        return Err(unreadable(format!("nested more than {DEEPEST} levels deep")));
    }
    if Array::is_array(value) {
        return read_list(value.unchecked_ref(), left - 1);
    }
    if is_plain(value) {
        return read_object(value.unchecked_ref(), left - 1);
    }
    Err(unreadable(format!("expected plain data, found {}", kind(value))))
}

fn read_number(number: f64) -> Result<Number, Unreadable> {
    if number.abs() >= EXACT {
        let advice = "this number is too large to be kept exactly; write it as a string";
        return Err(unreadable(advice.to_owned()));
    }
    if number.fract() == 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "an integer below 2^53")]
        return Ok(Number::from(number as i64));
    }
    Number::from_f64(number).ok_or_else(|| unreadable(format!("{number} is not a number of JSON")))
}

fn read_list(list: &Array, left: usize) -> Result<Value, Unreadable> {
    let items = list.iter().enumerate().map(|(index, item)| {
        read_at(&item, left).map_err(|error| error.below(&format!("[{index}]")))
    });
    items.collect::<Result<_, _>>().map(Value::Array)
}

fn read_object(object: &Object, left: usize) -> Result<Value, Unreadable> {
    let mut members = Map::new();
    for name in Object::keys(object).iter() {
        let text = name.as_string().unwrap_or_default();
        let below = |error: Unreadable| error.below(&format!(".{text}"));
        let value = Reflect::get(object, &name)
            .map_err(|_| below(unreadable("reading this member throws an error".to_owned())))?;
        if !value.is_undefined() {
            let value = read_at(&value, left).map_err(below)?;
            members.insert(text, value);
        }
    }
    Ok(Value::Object(members))
}

/// An object literal, or one made by another window's `JSON.parse`: nothing stands above its prototype.
fn is_plain(value: &JsValue) -> bool {
    let prototype =
        |value: &JsValue| JsValue::from(Object::get_prototype_of(value.unchecked_ref()));
    value.is_object() && {
        let own = prototype(value);
        own.is_null() || prototype(&own).is_null()
    }
}

fn kind(value: &JsValue) -> String {
    let word = value.js_typeof().as_string().unwrap_or_default();
    match word.as_str() {
        "undefined" => "`undefined`".to_owned(),
        "object" => class(value),
        other => format!("a {other}"),
    }
}

fn class(value: &JsValue) -> String {
    let constructor = Reflect::get(value, &"constructor".into());
    let name = constructor.and_then(|constructor| Reflect::get(&constructor, &"name".into()));
    match name.ok().and_then(|name| name.as_string()) {
        Some(name) if !name.is_empty() => format!("an object of the class `{name}`"),
        _ => "an object of a class".to_owned(),
    }
}

fn unreadable(message: String) -> Unreadable {
    Unreadable { place: String::new(), message }
}

impl Unreadable {
    fn below(self, step: &str) -> Unreadable {
        Unreadable { place: format!("{step}{}", self.place), ..self }
    }
}
