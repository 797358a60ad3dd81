//! What is offered at a place: one entry each, and their order.

use iam_catalog::{AccessLevel, Action};

use super::Completion;
use super::scenario::Known;

/// How many are offered: more nobody reads.
pub(super) const MOST: usize = 100;

/// The patterns that name all actions of a service with the same first word: `s3:Get*`.
pub(super) fn verbs<'c>(
    actions: impl Iterator<Item = Action<'c>>,
    prefix: &str,
) -> Vec<Completion> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for action in actions {
        let name = action.name();
        let end = name.char_indices().skip(1).find(|(_, letter)| letter.is_ascii_uppercase());
        let verb = end.and_then(|(end, _)| name.get(..end)).unwrap_or(name);
        match counts.last_mut() {
            Some((last, count)) if *last == verb => *count += 1,
            _ => counts.push((verb, 1)),
        }
    }
    let many = counts.into_iter().filter(|(_, count)| *count > 1);
    let pattern = |(verb, count): (&str, usize)| Completion {
        kind: "action",
        ..value(&format!("{prefix}:{verb}*"), &format!("{count} actions"))
    };
    many.map(pattern).collect()
}

pub(super) fn action(action: Action<'_>) -> Completion {
    let level = match action.access_level() {
        AccessLevel::PermissionsManagement => "Permissions",
        other => other.name(),
    };
    Completion { kind: "action", ..value(action.full_name(), level) }
}

pub(super) fn value(text: &str, detail: &str) -> Completion {
    Completion {
        label: text.to_owned(),
        detail: detail.to_owned(),
        kind: "value",
        insert: text.to_owned(),
        goes_on: false,
    }
}

pub(super) fn listed(known: Vec<Known>, kind: &'static str) -> Vec<Completion> {
    known.into_iter().map(|(text, says)| Completion { kind, ..value(&text, &says) }).collect()
}

pub(super) fn quoted(item: Completion) -> Completion {
    Completion { insert: format!("\"{}\"", item.insert), ..item }
}

/// An ARN format with a field for each placeholder; Region and account may be any.
pub(super) fn fields(format: &str) -> String {
    let mut insert = String::new();
    let mut rest = format;
    let mut number = 0;
    while let Some((before, (name, after))) =
        rest.split_once("${").and_then(|(before, it)| Some((before, it.split_once('}')?)))
    {
        insert.push_str(before);
        match name {
            "Partition" => insert.push_str("aws"),
            _ => {
                number += 1;
                let default = if matches!(name, "Region" | "Account") { "*" } else { name };
                insert.push_str(&format!("${{{number}:{default}}}"));
            }
        }
        rest = after;
    }
    insert.push_str(rest);
    insert
}

/// Whether a name has these letters, in lower case, somewhere.
pub(super) fn has(name: &str, wanted: &str) -> bool {
    let (name, wanted) = (name.as_bytes(), wanted.as_bytes());
    name.windows(wanted.len().max(1)).any(|part| part.eq_ignore_ascii_case(wanted))
}

/// Those that have what was typed, the nearest first: from the beginning, from the name's beginning, somewhere.
pub(super) fn best(items: Vec<Completion>, typed: &str) -> Vec<Completion> {
    if typed.is_empty() {
        return items.into_iter().take(MOST).collect();
    }
    let wanted = typed.to_ascii_lowercase();
    let rank = |label: &str| {
        let label = label.to_ascii_lowercase();
        let name = label.split_once(':').map_or("", |(_, name)| name);
        if label == wanted || name == wanted {
            Some(0)
        } else if label.starts_with(&wanted) {
            Some(1)
        } else if name.starts_with(&wanted) {
            Some(2)
        } else {
            label.contains(&wanted).then_some(3)
        }
    };
    // Services are found by their full names too: "Simple Queue".
    let in_detail =
        |item: &Completion| (item.kind == "service" && has(&item.detail, &wanted)).then_some(4);
    let mut ranked: Vec<(u8, Completion)> = items
        .into_iter()
        .filter_map(|item| Some((rank(&item.label).or_else(|| in_detail(&item))?, item)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, item)| item).take(MOST).collect()
}
