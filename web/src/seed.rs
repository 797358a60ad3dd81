//! The scenario that a stranger sees first: Example Corp.

use iam_scenario::Document;

/// Reads the seed. It is part of the program and a test reads it, so it is never empty.
pub fn document() -> Document {
    Document::from_json(include_str!("../../crates/scenario/seed/example-corp.json"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_seed_is_read() {
        assert_eq!(super::document().title(), "Example Corp");
    }
}
