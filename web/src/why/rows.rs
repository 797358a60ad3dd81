//! Condition keys as rows of a form. A row that is not finished yet stays, though the question does not have it.

use iam_scenario::{ContextValue, Pairs};

/// One row: a key and what the request says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key, as far as it is typed.
    pub key: String,
    /// Its value or values, or that it is absent.
    pub value: ContextValue,
}

impl Row {
    /// A row to type into.
    pub fn empty() -> Row {
        Row { key: String::new(), value: ContextValue::One(String::new()) }
    }

    /// Its values; none where the key is absent.
    pub fn values(&self) -> &[String] {
        match &self.value {
            ContextValue::One(value) => std::slice::from_ref(value),
            ContextValue::Many(values) => values,
            ContextValue::Absent => &[],
        }
    }

    /// The same row with another value at this place; a place past the end adds one.
    pub fn with_value(&self, index: usize, value: String) -> Row {
        let mut values = self.values().to_vec();
        match values.get_mut(index) {
            Some(slot) => *slot = value,
            None => values.push(value),
        }
        self.with_values(values)
    }

    /// The same row without the value at this place.
    pub fn without_value(&self, index: usize) -> Row {
        let values = self.values().iter().enumerate().filter(|(at, _)| *at != index);
        self.with_values(values.map(|(_, value)| value.clone()).collect())
    }

    fn with_values(&self, values: Vec<String>) -> Row {
        let value = match <[String; 1]>::try_from(values) {
            Ok([value]) => ContextValue::One(value),
            Err(values) => ContextValue::Many(values),
        };
        Row { key: self.key.clone(), value }
    }
}

/// The rows of a question: what was typed, as long as it still means the same.
pub fn rows(draft: &[Row], context: &Pairs<ContextValue>) -> Vec<Row> {
    if to_pairs(draft) == *context {
        return draft.to_vec();
    }
    context.iter().map(|(key, value)| Row { key: key.to_owned(), value: value.clone() }).collect()
}

/// What the rows say: rows without a key say nothing, and of two with the same key the first counts.
pub fn to_pairs(rows: &[Row]) -> Pairs<ContextValue> {
    let mut pairs = Pairs::default();
    for (index, row) in rows.iter().enumerate() {
        if !row.key.trim().is_empty() && !repeats(rows, index) {
            pairs.set(row.key.trim(), row.value.clone());
        }
    }
    pairs
}

/// Whether an earlier row has the key already; names compare ignoring case.
pub fn repeats(rows: &[Row], index: usize) -> bool {
    rows.get(index).is_some_and(|row| {
        let key = row.key.trim();
        !key.is_empty()
            && rows.iter().take(index).any(|earlier| earlier.key.trim().eq_ignore_ascii_case(key))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, value: &str) -> Row {
        Row { key: key.to_owned(), value: ContextValue::One(value.to_owned()) }
    }

    #[test]
    fn unfinished_rows_stay_as_long_as_the_question_is_the_same() {
        let draft = [row("aws:SourceIp", "203.0.113.7"), Row::empty()];
        let context = to_pairs(&draft);
        assert_eq!(context.len(), 1);
        assert_eq!(rows(&draft, &context), draft);
        assert_eq!(rows(&draft, &Pairs::default()), []);
    }

    #[test]
    fn of_two_rows_with_the_same_key_the_first_counts() {
        let draft = [row("aws:SourceIp", "a"), row("AWS:sourceip", "b")];
        assert!(repeats(&draft, 1) && !repeats(&draft, 0));
        assert_eq!(to_pairs(&draft).iter().len(), 1);
    }

    #[test]
    fn one_value_is_a_string_and_several_are_a_list() {
        let two = row("aws:TagKeys", "a").with_value(1, "b".to_owned());
        assert_eq!(two.value, ContextValue::Many(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(two.without_value(0), row("aws:TagKeys", "b"));
        assert_eq!(two.without_value(0).without_value(0).values(), [""; 0]);
    }
}
