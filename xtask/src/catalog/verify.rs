//! Reads the files back and compares every fact with the packages.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use iam_catalog::{Catalog, ConditionKey, ManagedPolicies};
use serde_json::Value;

use super::policies::Policies;
use super::source::{self, Facts, Key};

/// Whether the file says exactly what the package says.
pub fn actions(facts: &Facts, file: &[u8]) -> Result<()> {
    let catalog = Catalog::decode(file)?;
    ensure!(catalog.date() == facts.date && catalog.source() == facts.source, "date or source");
    ensure!(catalog.global_condition_keys().len() == facts.global_keys.len(), "global keys");
    for (key, wanted) in catalog.global_condition_keys().zip(&facts.global_keys) {
        same_key(key, wanted)?;
    }
    ensure!(catalog.services().len() == facts.services.len(), "the number of services");
    let mut number = 0;
    for (service, wanted) in catalog.services().zip(&facts.services) {
        let prefix = &wanted.prefix;
        ensure!(service.prefix() == prefix && service.name() == wanted.name, "service {prefix}");
        ensure!(catalog.supports_rcp(prefix) == wanted.supports_rcp, "RCPs of {prefix}");
        let own = wanted.keys.iter().filter(|key| wanted.owns(key));
        ensure!(service.condition_keys().len() == own.clone().count(), "keys of {prefix}");
        for (key, wanted) in service.condition_keys().zip(own) {
            same_key(key, wanted)?;
            ensure!(catalog.condition_key(&wanted.name).is_some(), "no {}", wanted.name);
        }
        let types = service.resource_types().len() == wanted.resource_types.len();
        ensure!(types && service.actions().len() == wanted.actions.len(), "counts of {prefix}");
        for (found, wanted) in service.resource_types().zip(&wanted.resource_types) {
            let name = &wanted.name;
            ensure!(found.name() == name, "resource type {prefix}:{name}");
            ensure!(found.arn_format() == wanted.arn_format, "ARN format of {prefix}:{name}");
            same_keys(found.condition_keys(), &wanted.keys).with_context(|| name.clone())?;
        }
        for wanted in &wanted.actions {
            let full_name = format!("{prefix}:{}", wanted.name);
            let found = catalog.action(&full_name);
            let found = found.with_context(|| format!("{full_name} is missing"))?;
            ensure!(found.index().0 == number && found.full_name() == full_name, "{full_name}");
            same_action(found, wanted).context(full_name)?;
            number += 1;
        }
    }
    Ok(())
}

fn same_action(found: iam_catalog::Action, wanted: &source::Action) -> Result<()> {
    ensure!(found.access_level() == wanted.level, "another access level");
    same_keys(found.condition_keys(), &wanted.keys)?;
    ensure!(found.resource_types().len() == wanted.uses.len(), "another number of resource types");
    for (used, wanted) in found.resource_types().zip(&wanted.uses) {
        ensure!(used.resource_type().name() == wanted.resource_type, "another resource type");
        ensure!(used.is_required() == wanted.required, "required or not");
        same_keys(used.condition_keys(), &wanted.keys)?;
    }
    Ok(())
}

fn same_key(found: ConditionKey, wanted: &Key) -> Result<()> {
    let same = found.name() == wanted.name && found.key_type() == wanted.key_type;
    ensure!(same, "{found:?} instead of {wanted:?}");
    Ok(())
}

fn same_keys<'a>(found: impl Iterator<Item = ConditionKey<'a>>, wanted: &[String]) -> Result<()> {
    let found: BTreeSet<&str> = found.map(ConditionKey::name).collect();
    let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    ensure!(found == wanted, "the keys {found:?} instead of {wanted:?}");
    Ok(())
}

/// Whether the file holds every policy, word for word.
pub fn policies(policies: &Policies, file: &[u8]) -> Result<()> {
    let read = ManagedPolicies::decode(file)?;
    ensure!(read.date() == policies.date && read.source() == policies.source, "date or source");
    ensure!(read.iter().len() == policies.list.len(), "the number of policies");
    for (found, wanted) in read.iter().zip(&policies.list) {
        let same = found.path() == wanted.path && found.version() == wanted.version;
        ensure!(same && read.policy(&found.arn()).is_some(), "{found:?}");
        let text: Value = serde_json::from_str(&found.text())?;
        // Written out, for two objects with the same members in another order count as equal.
        let (text, wanted) = (text.to_string(), wanted.document.to_string());
        ensure!(text == wanted, "another document: {found:?}");
    }
    Ok(())
}
