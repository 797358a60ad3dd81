//! The JSON Schema of the format, generated from the types: `schema/scenario.schema.json` is tested to be current.
//!
//! `UPDATE_SCHEMA=1 cargo test -p iam-scenario schema` rewrites it.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, json_schema};

use crate::document::Written;

/// The schema of `format`, which is the only number that a reader may look at before anything else.
pub(crate) fn format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": crate::document::FORMAT })
}

#[test]
fn schema_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/scenario.schema.json");
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Written>();
    let mut schema = serde_json::to_value(schema).unwrap();
    forget_empty_defaults(&mut schema);
    let wanted = format!("{schema:#}\n");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema")).unwrap();
        std::fs::write(path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == wanted,
        "the schema is out of date: UPDATE_SCHEMA=1 cargo test -p iam-scenario schema"
    );
}

/// An empty name or id stands for one that is made up while reading: it is no default that one could write.
fn forget_empty_defaults(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(members) => {
            members.retain(|name, value| name != "default" || value != "");
            members.values_mut().for_each(forget_empty_defaults);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(forget_empty_defaults),
        _ => {}
    }
}
