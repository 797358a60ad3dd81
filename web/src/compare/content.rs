//! The words of the comparison, from `web/content/compare.json`, which lies beside the page.

use serde_json::Value;

use crate::reading::list;

/// Everything that the comparison says.
#[derive(Debug, Default, PartialEq)]
pub struct Content {
    /// The month in which it was last checked against AWS's documentation.
    pub date: String,
    /// The aspects, in reading order.
    pub aspects: Vec<Aspect>,
    /// The summary.
    pub table: Vec<Row>,
}

/// One aspect.
#[derive(Debug, PartialEq)]
pub struct Aspect {
    /// Names it in the page.
    pub id: String,
    /// The heading.
    pub title: String,
    /// What Organizations does.
    pub organizations: String,
    /// What IAM does.
    pub iam: String,
    /// What is less simple than that.
    pub note: String,
    /// The place that shows it.
    pub show: Show,
    /// The page of AWS's documentation.
    pub source: String,
}

/// A place in the seed scenario.
#[derive(Debug, PartialEq)]
pub struct Show {
    /// The words of the link.
    pub label: String,
    /// What it opens, as `Selection::parse` reads it.
    pub target: String,
}

/// A line of the summary.
#[derive(Debug, PartialEq)]
pub struct Row {
    /// What is compared.
    pub feature: String,
    /// Organizations' side.
    pub organizations: String,
    /// IAM's side.
    pub iam: String,
}

impl Content {
    /// Reads the words; a test holds that nothing in them is missing.
    pub fn read(content: &Value) -> Content {
        Content {
            date: text(content, "date"),
            aspects: list(content, "aspects").map(aspect).collect(),
            table: list(content, "table").map(row).collect(),
        }
    }
}

fn aspect(it: &Value) -> Aspect {
    let show = it.get("show").unwrap_or(&Value::Null);
    Aspect {
        id: text(it, "id"),
        title: text(it, "title"),
        organizations: text(it, "organizations"),
        iam: text(it, "iam"),
        note: text(it, "note"),
        show: Show { label: text(show, "label"), target: text(show, "target") },
        source: text(it, "source"),
    }
}

fn row(it: &Value) -> Row {
    Row {
        feature: text(it, "feature"),
        organizations: text(it, "organizations"),
        iam: text(it, "iam"),
    }
}

fn text(it: &Value, name: &str) -> String {
    crate::reading::text(it, name).to_owned()
}
