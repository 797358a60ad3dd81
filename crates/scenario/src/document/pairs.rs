//! Names with values, in the order in which they were written.

use std::collections::BTreeMap;
#[cfg(test)]
use std::{fmt, marker::PhantomData};

#[cfg(test)]
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Names with values, each name once, in the order in which they were written: tags, condition keys.
///
/// ```
/// use iam_scenario::Pairs;
///
/// let mut tags = Pairs::default();
/// tags.set("team", "blue".to_owned());
/// tags.set("team", "green".to_owned());
/// assert_eq!(tags.get("team").map(String::as_str), Some("green"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pairs<V>(Vec<(String, V)>);

impl<V> Pairs<V> {
    /// Returns the value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Gives a name its value; a new name goes to the end.
    pub fn set(&mut self, name: impl Into<String>, value: V) {
        let name = name.into();
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes a name away and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        let index = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(index).1)
    }

    /// Walks through names and values in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Counts the names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Decides whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Pairs(Vec::new())
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for Pairs<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        // Not by `set`, which looks through all names: a hostile file has hundreds of thousands.
        let mut all: Vec<(String, V)> = Vec::new();
        let mut places = BTreeMap::new();
        for (name, value) in pairs {
            let name = name.into();
            match places.get(&name).and_then(|place: &usize| all.get_mut(*place)) {
                Some((_, old)) => *old = value,
                None => {
                    places.insert(name.clone(), all.len());
                    all.push((name, value));
                }
            }
        }
        Pairs(all)
    }
}

impl<V: Serialize> Serialize for Pairs<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Members<V> {
            type Value = Pairs<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Pairs<V>, A::Error> {
                let mut pairs = Pairs::default();
                while let Some(name) = members.next_key::<String>()? {
                    if pairs.get(&name).is_some() {
                        return Err(A::Error::custom(format!("member `{name}` is written twice")));
                    }
                    pairs.0.push((name, members.next_value()?));
                }
                Ok(pairs)
            }
        }

        deserializer.deserialize_map(Members(PhantomData))
    }
}

#[cfg(test)]
impl<V: schemars::JsonSchema> schemars::JsonSchema for Pairs<V> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Pairs_of_{}", V::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let values = generator.subschema_for::<V>();
        schemars::json_schema!({ "type": "object", "additionalProperties": values })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collecting_is_the_same_as_setting_one_after_the_other() {
        let pairs = [("b", 1), ("a", 2), ("b", 3), ("c", 4), ("a", 5)];
        let mut set = Pairs::default();
        pairs.iter().for_each(|(name, value)| set.set(*name, *value));
        assert_eq!(pairs.into_iter().collect::<Pairs<_>>(), set);
        assert_eq!(set.iter().collect::<Vec<_>>(), [("b", &3), ("a", &5), ("c", &4)]);
    }
}
