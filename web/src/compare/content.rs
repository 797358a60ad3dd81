//! The words of the comparison, from `web/content/compare.json`.

use serde::Deserialize;

/// Everything that the comparison says.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The month in which it was last checked against AWS's documentation.
    pub date: String,
    /// The aspects, in reading order.
    pub aspects: Vec<Aspect>,
    /// The summary.
    pub table: Vec<Row>,
}

/// One aspect.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Show {
    /// The words of the link.
    pub label: String,
    /// What it opens, as `Selection::parse` reads it.
    pub target: String,
}

/// A line of the summary.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What is compared.
    pub feature: String,
    /// Organizations' side.
    pub organizations: String,
    /// IAM's side.
    pub iam: String,
}

/// Reads the content. It is part of the program and a test reads it, so it is never empty.
pub fn content() -> Content {
    serde_json::from_str(include_str!("../../content/compare.json")).unwrap_or_default()
}
