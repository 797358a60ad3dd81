//! The facts as the npm package states them, sorted and checked.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, bail, ensure};
use iam_catalog::{AccessLevel, ConditionKeyKind, ConditionKeyType};
use serde_json::Value;

use super::npm::{Package, text};

/// Everything, service by service.
#[derive(Debug)]
pub struct Facts {
    pub date: String,
    pub source: String,
    pub global_keys: Vec<Key>,
    /// By prefix.
    pub services: Vec<Service>,
}

#[derive(Debug)]
pub struct Service {
    pub prefix: String,
    pub name: String,
    pub supports_rcp: bool,
    /// By name ignoring case, shared ones included.
    pub keys: Vec<Key>,
    /// By name.
    pub resource_types: Vec<ResourceType>,
    /// By name ignoring case.
    pub actions: Vec<Action>,
}

#[derive(Debug, Clone)]
pub struct Key {
    pub name: String,
    pub key_type: ConditionKeyType,
}

#[derive(Debug)]
pub struct ResourceType {
    pub name: String,
    pub arn_format: String,
    pub keys: Vec<String>,
}

#[derive(Debug)]
pub struct Action {
    pub name: String,
    pub level: AccessLevel,
    pub keys: Vec<String>,
    /// By name.
    pub uses: Vec<Use>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    pub resource_type: String,
    pub required: bool,
    pub keys: Vec<String>,
}

impl Facts {
    pub fn summary(&self) -> String {
        let count = |part: fn(&Service) -> usize| self.services.iter().map(part).sum::<usize>();
        format!(
            "{} services, {} actions, {} resource types, {} condition keys, {} global ones",
            self.services.len(),
            count(|service| service.actions.len()),
            count(|service| service.resource_types.len()),
            count(|service| service.keys.iter().filter(|key| service.owns(key)).count()),
            self.global_keys.len(),
        )
    }
}

impl Service {
    /// Whether the key begins with the service's prefix.
    pub fn owns(&self, key: &Key) -> bool {
        key.name.strip_prefix(&self.prefix).is_some_and(|rest| rest.starts_with(':'))
    }
}

/// Reads the package; the global keys are our own table, which must hold all that the package knows.
pub fn read(package: &Package, global_keys: &str) -> Result<Facts> {
    let updated = text(&package.manifest, "updatedAt")?;
    let date = updated.split('T').next().unwrap_or_default().to_owned();
    let rcp = package.json("data/rcpSupportedServices.json")?;
    let rcp = strings(&rcp);
    let names = package.json("data/serviceNames.json")?;
    let mut prefixes = package.json("data/services.json").map(|list| strings(&list))?;
    prefixes.sort_unstable();
    if let Some(unknown) = rcp.iter().find(|prefix| !prefixes.contains(prefix)) {
        bail!("{unknown} supports RCPs but is no service of {package}");
    }
    let services = prefixes.into_iter().map(|prefix| {
        let supports_rcp = rcp.contains(&prefix);
        let name = text(&names, &prefix)?.to_owned();
        read_service(package, &prefix, name, supports_rcp).with_context(|| prefix.clone())
    });
    let facts = Facts {
        date,
        source: package.to_string(),
        global_keys: read_global_keys(global_keys)?,
        services: services.collect::<Result<_>>()?,
    };
    check_global_keys(package, &facts)?;
    Ok(facts)
}

fn read_service(
    package: &Package,
    prefix: &str,
    name: String,
    supports_rcp: bool,
) -> Result<Service> {
    let members = |folder: &str| -> Result<Vec<Value>> {
        let file = package.json(&format!("data/{folder}/{prefix}.json"))?;
        Ok(file.as_object().context("no object")?.values().cloned().collect())
    };
    let keys = members("conditionKeys")?.iter().map(read_key).collect::<Result<Vec<_>>>()?;
    let resource_types =
        members("resourceTypes")?.iter().map(read_resource_type).collect::<Result<Vec<_>>>()?;
    let actions = members("actions")?.iter().map(read_action).collect::<Result<Vec<_>>>()?;
    let mut service =
        Service { prefix: prefix.to_owned(), name, supports_rcp, keys, resource_types, actions };
    service.keys.sort_by_key(|key| key.name.to_ascii_lowercase());
    service.resource_types.sort_by(|a, b| a.name.cmp(&b.name));
    service.actions.sort_by_key(|action| action.name.to_ascii_lowercase());
    Ok(service)
}

fn read_key(value: &Value) -> Result<Key> {
    let name = text(value, "key")?.to_owned();
    Ok(Key { name, key_type: read_type(text(value, "type")?)? })
}

fn read_type(written: &str) -> Result<ConditionKeyType> {
    let (word, multivalued) = match written.strip_prefix("ArrayOf") {
        Some(word) => (word, true),
        None => (written, false),
    };
    let kind = ConditionKeyKind::ALL.into_iter().find(|kind| kind.name() == word);
    let kind = kind.with_context(|| format!("the type {written} is unknown"))?;
    Ok(ConditionKeyType { kind, multivalued })
}

fn read_resource_type(value: &Value) -> Result<ResourceType> {
    let arn_format = text(value, "arn")?.to_owned();
    Ok(ResourceType { name: text(value, "key")?.to_owned(), arn_format, keys: keys(value) })
}

fn read_action(value: &Value) -> Result<Action> {
    // What changes permissions or tags also writes, and the package says both.
    let level = text(value, "accessLevel")?.trim_end_matches(", Write");
    let level = AccessLevel::ALL.into_iter().find(|known| known.name() == level);
    let level = level.with_context(|| format!("the access level is unknown: {value}"))?;
    let uses = value.get("resourceTypes").and_then(Value::as_array).into_iter().flatten();
    let mut uses = uses.map(read_use).collect::<Result<Vec<_>>>()?;
    uses.sort_by(|a, b| a.resource_type.cmp(&b.resource_type));
    // A few actions name a resource type twice.
    uses.dedup_by(|second, first| {
        let same = second.resource_type == first.resource_type;
        if same {
            first.required |= second.required;
            first.keys.append(&mut second.keys);
        }
        same
    });
    Ok(Action { name: text(value, "name")?.to_owned(), level, keys: keys(value), uses })
}

fn read_use(value: &Value) -> Result<Use> {
    let required = value.get("required").and_then(Value::as_bool).context("required or not?")?;
    Ok(Use { resource_type: text(value, "name")?.to_owned(), required, keys: keys(value) })
}

fn keys(value: &Value) -> Vec<String> {
    value.get("conditionKeys").map(strings).unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    items.map(str::to_owned).collect()
}

fn read_global_keys(table: &str) -> Result<Vec<Key>> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, key_type) = line.split_once(' ').context("a line without a type")?;
            Ok(Key { name: name.to_owned(), key_type: read_type(key_type.trim())? })
        })
        .collect()
}

/// Nothing that AWS calls global may be missing from our table or be of another type there.
fn check_global_keys(package: &Package, facts: &Facts) -> Result<()> {
    let ours: HashMap<&str, ConditionKeyType> =
        facts.global_keys.iter().map(|key| (key.name.as_str(), key.key_type)).collect();
    let listed = package.evaluate(
        "dist/esm/globalConditionKeys.js",
        "m.globalConditionKeys.map(k => ({ key: k.key.replace('tag-key', '${TagKey}'), type: k.type }))",
    )?;
    let listed = listed.as_array().context("no list")?.iter().map(read_key);
    let mut theirs: BTreeMap<String, ConditionKeyType> = BTreeMap::new();
    for key in listed {
        let key = key?;
        theirs.insert(key.name, key.key_type);
    }
    let of_services = facts.services.iter().flat_map(|service| &service.keys);
    let named_aws = of_services.filter(|key| key.name.starts_with("aws:"));
    theirs.extend(named_aws.map(|key| (key.name.clone(), key.key_type)));
    for (name, key_type) in theirs {
        let known = ours.get(name.as_str());
        ensure!(
            known.is_some(),
            "`{name}` ({key_type:?}) is missing from {}/global-keys.txt",
            super::FOLDER
        );
        if known != Some(&key_type) {
            crate::steps::note(&format!(
                "{name}: our table says {known:?}, the package {key_type:?}"
            ));
        }
    }
    Ok(())
}
