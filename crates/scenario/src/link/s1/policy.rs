//! The texts of policies: in the usual form without element names, else as a JSON value, else letter by letter.

use serde_json::{Map, Value};

use super::stream::{Reader, Writer};
use crate::PolicyText;
use crate::document::json;
use crate::link::LinkError;

/// How deep a JSON value may nest.
const DEEPEST: usize = 128;

const VERSION: &str = "2012-10-17";

/// Writes a text: 0 for letter by letter, 1 for any JSON, else one more than the number of statements in the usual form.
pub(super) fn write(writer: &mut Writer, text: &PolicyText) {
    let Some(object) = text.as_object() else {
        writer.number(0);
        return writer.text(text.as_str());
    };
    match statements(&object)
        .map(|statements| statements.iter().map(Statement::of).collect::<Option<Vec<_>>>())
    {
        Some(Some(statements)) => {
            writer.number(statements.len() + 2);
            statements.iter().for_each(|statement| statement.write(writer));
        }
        _ => {
            writer.number(1);
            write_value(writer, &object);
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<PolicyText, LinkError> {
    match reader.number()? {
        0 => Ok(PolicyText::new(reader.text()?)),
        1 => Ok(PolicyText::pretty(&read_value(reader, 0)?)),
        number => {
            let statements = reader.times(number - 2, read_statement)?;
            let mut object = Map::new();
            object.insert("Version".to_owned(), VERSION.into());
            object.insert("Statement".to_owned(), statements.into());
            Ok(PolicyText::pretty(&object.into()))
        }
    }
}

/// Takes the statements out of a policy in the usual form: the version and a list, nothing else.
fn statements(object: &Value) -> Option<&Vec<Value>> {
    let mut members = object.as_object()?.iter();
    let usual = members.next() == Some((&"Version".to_owned(), &VERSION.into()));
    let (name, statements) = members.next()?;
    (usual && name == "Statement" && members.next().is_none()).then_some(statements.as_array()?)
}

/// A statement in the usual form: these members, in this order.
struct Statement<'a> {
    sid: Option<&'a str>,
    denies: bool,
    principal: Option<(bool, &'a Value)>,
    action: (bool, &'a Value),
    resource: Option<(bool, &'a Value)>,
    condition: Option<&'a Map<String, Value>>,
}

impl<'a> Statement<'a> {
    fn of(value: &'a Value) -> Option<Statement<'a>> {
        let mut members = value.as_object()?.iter().peekable();
        let mut take = |name: &str| Some(members.next_if(|(found, _)| *found == name)?.1);
        let sid = take("Sid").map(Value::as_str);
        let effect = take("Effect")?.as_str()?;
        let mut either = |name: &str, not: &str| {
            take(name).map(|value| (false, value)).or_else(|| Some((true, take(not)?)))
        };
        let principal = either("Principal", "NotPrincipal");
        let action = either("Action", "NotAction")?;
        let resource = either("Resource", "NotResource");
        let condition = take("Condition").map(usual_condition);
        let statement = Statement {
            sid: transpose(sid)?,
            denies: effect == "Deny",
            principal,
            action,
            resource,
            condition: transpose(condition)?,
        };
        (members.next().is_none() && (effect == "Deny" || effect == "Allow")).then_some(statement)
    }

    fn write(&self, writer: &mut Writer) {
        let any =
            |part: Option<(bool, &Value)>| part.is_some_and(|(not, value)| !not && value == "*");
        let kind = |part: Option<(bool, &Value)>| match part {
            _ if any(part) => 0,
            Some((false, _)) => 1,
            Some((true, _)) => 2,
            None => 3,
        };
        let (principal, resource) = (kind(self.principal), kind(self.resource));
        // The most frequent statement, without principal and about all resources, is a small number.
        writer.number(
            usize::from(self.denies)
                | usize::from(self.condition.is_some()) << 1
                | resource << 2
                | (3 - principal) << 4
                | usize::from(self.sid.is_some()) << 6
                | usize::from(self.action.0) << 7,
        );
        self.sid.iter().for_each(|sid| writer.text(sid));
        let principal = self.principal.filter(|_| principal != 0);
        let resource = self.resource.filter(|_| resource != 0);
        for (_, value) in principal.into_iter().chain([self.action]).chain(resource) {
            write_values(writer, value);
        }
        if let Some(condition) = self.condition {
            writer.number(condition.len());
            for (operator, keys) in condition {
                writer.text(operator);
                let keys = keys.as_object();
                writer.number(keys.map_or(0, Map::len));
                for (key, values) in keys.into_iter().flatten() {
                    writer.text(key);
                    write_values(writer, values);
                }
            }
        }
    }
}

/// Turns "there, but of the wrong kind" into "not the usual form".
fn transpose<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    part.map_or(Some(None), |part| part.map(Some))
}

fn usual_condition(value: &Value) -> Option<&Map<String, Value>> {
    let operators = value.as_object()?;
    operators.values().all(Value::is_object).then_some(operators)
}

fn read_statement(reader: &mut Reader<'_>) -> Result<Value, LinkError> {
    let bits = reader.number()?;
    let (denies, conditional, has_sid, not_action) =
        (bits & 1 != 0, bits & 2 != 0, bits & 64 != 0, bits & 128 != 0);
    let (resource, principal) = (bits >> 2 & 3, 3 - (bits >> 4 & 3));
    let mut statement = Map::new();
    let mut set = |name: &str, value: Value| statement.insert(name.to_owned(), value);
    if has_sid {
        set("Sid", reader.text()?.into());
    }
    set("Effect", if denies { "Deny" } else { "Allow" }.into());
    match principal {
        0 => drop(set("Principal", "*".into())),
        1 => drop(set("Principal", read_values(reader)?)),
        2 => drop(set("NotPrincipal", read_values(reader)?)),
        _ => {}
    }
    set(if not_action { "NotAction" } else { "Action" }, read_values(reader)?);
    match resource {
        0 => drop(set("Resource", "*".into())),
        1 => drop(set("Resource", read_values(reader)?)),
        2 => drop(set("NotResource", read_values(reader)?)),
        _ => {}
    }
    if conditional {
        let read_key = |reader: &mut Reader<'_>| Ok((reader.text()?, read_values(reader)?));
        let operators = reader.list(|reader| Ok((reader.text()?, reader.list(read_key)?)))?;
        let operators = operators
            .into_iter()
            .map(|(name, keys)| (name, keys.into_iter().collect::<Map<_, _>>().into()));
        set("Condition", operators.collect::<Map<_, _>>().into());
    }
    Ok(statement.into())
}

/// Writes a string (1), a list of strings (two more than its length) or anything else (0).
fn write_values(writer: &mut Writer, value: &Value) {
    match value {
        Value::String(text) => {
            writer.number(1);
            writer.text(text);
        }
        Value::Array(items) if items.iter().all(Value::is_string) => {
            writer.number(items.len() + 2);
            items.iter().filter_map(Value::as_str).for_each(|item| writer.text(item));
        }
        other => {
            writer.number(0);
            write_value(writer, other);
        }
    }
}

fn read_values(reader: &mut Reader<'_>) -> Result<Value, LinkError> {
    match reader.number()? {
        0 => read_value(reader, 0),
        1 => Ok(reader.text()?.into()),
        length => Ok(reader.times(length - 2, |reader| reader.text())?.into()),
    }
}

/// Writes any JSON value with its type before it.
fn write_value(writer: &mut Writer, value: &Value) {
    match value {
        Value::Null => writer.number(0),
        Value::Bool(value) => writer.number(1 + usize::from(*value)),
        Value::Number(number) => {
            writer.number(3);
            writer.text(&number.to_string());
        }
        Value::String(text) => {
            writer.number(4);
            writer.text(text);
        }
        Value::Array(items) => {
            writer.number(5);
            writer.list(items, write_value);
        }
        Value::Object(members) => {
            writer.number(6);
            writer.number(members.len());
            for (name, value) in members {
                writer.text(name);
                write_value(writer, value);
            }
        }
    }
}

fn read_value(reader: &mut Reader<'_>, depth: usize) -> Result<Value, LinkError> {
    if depth > DEEPEST {
        return Err(LinkError::Corrupt);
    }
    match reader.number()? {
        0 => Ok(Value::Null),
        bit @ (1 | 2) => Ok(Value::Bool(bit == 2)),
        3 => json::number(&reader.text()?).map(Value::Number).ok_or(LinkError::Corrupt),
        4 => Ok(Value::String(reader.text()?)),
        5 => Ok(Value::Array(reader.list(|reader| read_value(reader, depth + 1))?)),
        6 => {
            let members =
                reader.list(|reader| Ok((reader.text()?, read_value(reader, depth + 1)?)))?;
            Ok(Value::Object(members.into_iter().collect()))
        }
        _ => Err(LinkError::Corrupt),
    }
}
