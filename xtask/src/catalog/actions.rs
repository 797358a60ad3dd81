//! Writes services, condition keys, resource types and what actions act on.

use std::collections::HashMap;

use anyhow::{Context, Result};
use iam_catalog::ConditionKeyType;
use iam_catalog::wire::{ARN_SHORT_FORMS, MULTIVALUED, NAME, PASCAL_NAME, PREFIX, pascal_case};

use super::names::{self, ByStem};
use super::source::{Action, Facts, Key, Service};
use super::writer::{Numbers, Writer};

/// The payload of the catalogue.
pub fn encode(facts: &Facts) -> Result<Writer> {
    let mut output = Writer::default();
    let mut header = Writer::default();
    header.line(&facts.date);
    header.line(&facts.source);
    output.section(header);

    let (mut lines, mut flags) = (Writer::default(), Writer::default());
    for service in &facts.services {
        lines.line(&format!("{}\t{}", service.prefix, service.name));
        flags.byte(service.supports_rcp.into());
    }
    output.section(lines);
    output.section(flags);

    let shared = write_shared_keys(facts, &mut output);
    let services: Vec<ByStem> = facts.services.iter().map(names::by_stem).collect();
    let mut parts = Parts::default();
    for (service, stems) in facts.services.iter().zip(&services) {
        parts.write(service, stems, &shared).with_context(|| service.prefix.clone())?;
    }
    for section in [parts.keys, parts.key_types, parts.shared_keys] {
        output.section(section);
    }
    for section in [parts.resource_types, parts.arns, parts.resource_type_keys] {
        output.section(section);
    }
    names::write(facts, &services, &mut output);
    for section in [parts.shapes, parts.shape_keys, parts.uses, parts.use_keys] {
        output.section(section);
    }
    Ok(output)
}

/// Writes the keys that are not a service's own; gives their numbers.
fn write_shared_keys<'a>(facts: &'a Facts, output: &mut Writer) -> Numbers<&'a str> {
    let foreign = facts.services.iter().flat_map(|service| {
        service.keys.iter().filter(|key| !service.owns(key)).map(|key| (&*key.name, key.key_type))
    });
    let types: HashMap<&str, ConditionKeyType> = foreign.clone().collect();
    let (mut lines, mut written_types) = (Writer::default(), Writer::default());
    written_types.number(facts.global_keys.len());
    let mut names: Vec<&str> = Vec::new();
    for key in &facts.global_keys {
        names.push(&key.name);
        written_types.byte(type_number(key.key_type));
    }
    for name in names::frequent_first(foreign.map(|(name, _)| name)) {
        if let Some(key_type) = types.get(name).filter(|_| !names.contains(&name)) {
            names.push(name);
            written_types.byte(type_number(*key_type));
        }
    }
    names.iter().for_each(|name| lines.line(name));
    output.section(lines);
    output.section(written_types);
    Numbers::of_all(names)
}

fn type_number(key_type: ConditionKeyType) -> u8 {
    key_type.kind as u8 + if key_type.multivalued { MULTIVALUED } else { 0 }
}

/// The sections in which each service has its part.
#[derive(Default)]
struct Parts {
    keys: Writer,
    key_types: Writer,
    shared_keys: Writer,
    resource_types: Writer,
    arns: Writer,
    resource_type_keys: Writer,
    shapes: Writer,
    shape_keys: Writer,
    uses: Writer,
    use_keys: Writer,
}

impl Parts {
    fn write(&mut self, service: &Service, stems: &ByStem, shared: &Numbers<&str>) -> Result<()> {
        let mut sets = KeySets { numbers: self.write_keys(service, shared), seen: Vec::new() };
        for resource_type in &service.resource_types {
            self.resource_types.line(&resource_type.name);
            let short = shorten(&service.prefix, &resource_type.name, &resource_type.arn_format);
            self.arns.line(&short);
            sets.write(&resource_type.keys, &mut self.resource_type_keys)?;
        }
        self.resource_types.line("");
        // The most recent one is the last.
        let mut recent: Vec<&Action> = Vec::new();
        for action in stems.values().flat_map(|actions| actions.values()) {
            match recent.iter().rposition(|other| same_shape(other, action)) {
                Some(position) => {
                    self.shapes.number(recent.len() - position);
                    recent.remove(position);
                }
                None => {
                    self.shapes.number(0);
                    self.write_shape(service, action, &mut sets)?;
                }
            }
            recent.push(action);
        }
        Ok(())
    }

    /// Writes the service's own keys; gives the numbers that its sets use.
    fn write_keys<'a>(&mut self, service: &'a Service, shared: &Numbers<&str>) -> Numbers<&'a str> {
        let (own, mut foreign): (Vec<&Key>, Vec<&Key>) =
            service.keys.iter().partition(|key| service.owns(key));
        foreign.sort_by_key(|key| shared.of(&*key.name));
        self.shared_keys.number(foreign.len());
        foreign.iter().for_each(|key| self.shared_keys.number(shared.of(&*key.name)));
        for key in &own {
            self.keys.line(key.name.split_once(':').map_or("", |(_, name)| name));
            self.key_types.byte(type_number(key.key_type));
        }
        self.keys.line("");
        Numbers::of_all(foreign.into_iter().chain(own).map(|key| key.name.as_str()))
    }

    fn write_shape(
        &mut self,
        service: &Service,
        action: &Action,
        sets: &mut KeySets,
    ) -> Result<()> {
        sets.write(&action.keys, &mut self.shape_keys)?;
        self.uses.number(action.uses.len());
        let mut next = 0;
        for used in &action.uses {
            let mut types = service.resource_types.iter();
            let number = types.position(|known| known.name == used.resource_type);
            let number = number.with_context(|| format!("{} uses {used:?}", action.name))?;
            self.uses.number((number - next) * 2 + usize::from(used.required));
            next = number + 1;
            sets.write(&used.keys, &mut self.use_keys)?;
        }
        Ok(())
    }
}

fn same_shape(a: &Action, b: &Action) -> bool {
    a.keys == b.keys && a.uses == b.uses
}

/// The sets of condition keys of one service: 0 is the empty one, 1 announces a new one, more names one seen before.
struct KeySets<'a> {
    numbers: Numbers<&'a str>,
    seen: Vec<Vec<usize>>,
}

impl KeySets<'_> {
    fn write(&mut self, keys: &[String], output: &mut Writer) -> Result<()> {
        let numbers = keys.iter().map(|key| self.numbers.find(key.as_str()));
        let set: Option<Vec<usize>> = numbers.collect();
        let mut set = set.with_context(|| format!("an unknown key among {keys:?}"))?;
        set.sort_unstable();
        set.dedup();
        if set.is_empty() {
            output.number(0);
        } else if let Some(position) = self.seen.iter().position(|other| *other == set) {
            output.number(1 + self.seen.len() - position);
        } else {
            output.number(1);
            let mut next = 0;
            for number in &set {
                output.number(number + 1 - next);
                next = number + 1;
            }
            output.number(0);
            self.seen.push(set);
        }
        Ok(())
    }
}

/// The ARN format with everything that has a short form replaced by it, the longest first.
fn shorten(prefix: &str, name: &str, arn_format: &str) -> String {
    let mut forms: Vec<(char, String)> = ARN_SHORT_FORMS
        .map(|(form, expansion)| (char::from(form), write_out(expansion, prefix, name)))
        .into_iter()
        .filter(|(_, expansion)| expansion.len() > 1)
        .collect();
    forms.sort_by_key(|(_, expansion)| std::cmp::Reverse(expansion.len()));
    let mut short = String::new();
    let mut rest = arn_format;
    while !rest.is_empty() {
        let matching =
            forms.iter().find_map(|(form, long)| Some((*form, rest.strip_prefix(long.as_str())?)));
        let mut letters = rest.chars();
        let letter = letters.next().unwrap_or_default();
        let (form, after) = matching.unwrap_or((letter, letters.as_str()));
        short.push(form);
        rest = after;
    }
    short
}

fn write_out(expansion: &str, prefix: &str, name: &str) -> String {
    expansion
        .replace(char::from(PREFIX), prefix)
        .replace(char::from(NAME), name)
        .replace(char::from(PASCAL_NAME), &pascal_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arn_formats_are_shortened() {
        let short = |name, format| shorten("ec2", name, format);
        let whole = "arn:${Partition}:ec2:${Region}:${Account}:key-pair/${KeyPairName}";
        assert_eq!(short("key-pair", whole), "\x0f");
        assert_eq!(
            short("image", "arn:${Partition}:ec2:${Region}::image/${ImageId}").chars().count(),
            14
        );
    }
}
