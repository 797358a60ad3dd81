//! The global condition keys: their types, and whether they can have several values.

use std::sync::LazyLock;

use crate::condition::Test;

/// A global condition key.
#[derive(Debug)]
pub(super) struct GlobalKey {
    /// As AWS writes it; behind a final slash a tag key follows.
    pub name: &'static str,
    pub kind: KeyType,
    pub multivalued: bool,
    /// In the context of every request.
    pub always: bool,
    /// Names one account, organization or network, so that a wildcard opens more than meant.
    pub sensitive: bool,
}

/// The type of a key's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyType {
    Text,
    Bool,
    Ip,
    Numeric,
    Date,
    /// A date in seconds, which numeric operators read too.
    Epoch,
}

static GLOBAL_KEYS: LazyLock<Vec<GlobalKey>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/global-keys.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(read).collect()
});

fn read(line: &'static str) -> Option<GlobalKey> {
    let mut columns = line.split_whitespace();
    let name = columns.next()?;
    let kind = match columns.next()? {
        "bool" => KeyType::Bool,
        "ip" => KeyType::Ip,
        "numeric" => KeyType::Numeric,
        "date" => KeyType::Date,
        "epoch" => KeyType::Epoch,
        _ => KeyType::Text,
    };
    let multivalued = columns.next()? == "multi";
    let flags: Vec<&str> = columns.collect();
    let (always, sensitive) = (flags.contains(&"always"), flags.contains(&"sensitive"));
    Some(GlobalKey { name, kind, multivalued, always, sensitive })
}

/// The global key of this name, in any letter case; `None` for keys of services, and where AWS defines none.
pub(super) fn global_key(name: &str) -> Option<&'static GlobalKey> {
    GLOBAL_KEYS.iter().find(|key| {
        if key.name.ends_with('/') {
            let (start, tag) = name.split_at_checked(key.name.len()).unwrap_or_default();
            start.eq_ignore_ascii_case(key.name) && !tag.is_empty()
        } else {
            name.eq_ignore_ascii_case(key.name)
        }
    })
}

/// The names of all global keys; those of tags end in a slash.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    GLOBAL_KEYS.iter().map(|key| key.name)
}

impl KeyType {
    /// The operators made for values of this type.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Text => "a String or Arn operator",
            Self::Bool => "`Bool`",
            Self::Ip => "`IpAddress` or `NotIpAddress`",
            Self::Numeric => "a Numeric operator",
            Self::Date | Self::Epoch => "a Date operator",
        }
    }

    /// Whether an operator compares values of this type as what they are.
    pub(super) fn suits(self, test: Test) -> bool {
        let is_text =
            matches!(test, Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike);
        match self {
            _ if test == Test::Null => true,
            Self::Text => is_text || matches!(test, Test::Arn | Test::BinaryEquals),
            Self::Bool => is_text || test == Test::Bool,
            Self::Ip => test == Test::IpAddress,
            Self::Numeric => matches!(test, Test::Numeric(_)),
            Self::Date => matches!(test, Test::Date(_)),
            Self::Epoch => matches!(test, Test::Date(_) | Test::Numeric(_)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::ConditionKey;

    /// What the evaluator takes for multivalued is what the table says.
    #[test]
    fn multivalued_keys_agree_with_the_evaluator() {
        for name in names() {
            let name = if name.ends_with('/') { format!("{name}team") } else { name.to_owned() };
            let listed = global_key(&name).unwrap().multivalued;
            assert_eq!(listed, ConditionKey::new(&name).is_multivalued(), "{name}");
        }
    }
}
