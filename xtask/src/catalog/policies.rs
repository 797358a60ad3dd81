//! The managed policies that people meet, in AWS's words.

use anyhow::{Context, Result};
use serde_json::Value;

use super::npm::{Package, text};
use super::writer::Writer;

const ARN_BEGIN: &str = "arn:aws:iam::aws:policy/";

#[derive(Debug)]
pub struct Policies {
    pub date: String,
    pub source: String,
    /// By path.
    pub list: Vec<Policy>,
}

#[derive(Debug)]
pub struct Policy {
    /// What follows `arn:aws:iam::aws:policy/` in the ARN.
    pub path: String,
    pub version: String,
    pub document: Value,
}

/// Reads the policies that the list names. Their date is that of the newest change in the package.
pub fn read(package: &Package, wanted: &str) -> Result<Policies> {
    let all = package.json("dist/managedPolicies.json")?;
    let all = all.as_object().context("the policies are no object")?;
    let changes = all.values().map(|policy| text(policy, "lastUpdatedDate"));
    let newest = changes.collect::<Result<Vec<_>>>()?.into_iter().max().unwrap_or_default();
    let mut paths: Vec<&str> =
        wanted.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    paths.sort_unstable();
    paths.dedup();
    let list = paths.into_iter().map(|path| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let policy = all.get(name).filter(|policy| is_of_path(policy, path));
        policy.and_then(|policy| read_policy(path, policy)).with_context(|| {
            format!("{package} has no policy {path}: AWS may have withdrawn it, then take it off policies.txt")
        })
    });
    Ok(Policies {
        date: newest.split('T').next().unwrap_or_default().to_owned(),
        source: package.to_string(),
        list: list.collect::<Result<_>>()?,
    })
}

fn is_of_path(policy: &Value, path: &str) -> bool {
    text(policy, "arn").is_ok_and(|arn| arn.strip_prefix(ARN_BEGIN) == Some(path))
}

fn read_policy(path: &str, policy: &Value) -> Option<Policy> {
    let version = text(policy, "latestVersionId").ok()?;
    let document = policy.get("versions")?.get(version)?.get("document")?;
    let (path, version) = (path.to_owned(), version.to_owned());
    Some(Policy { path, version, document: document.clone() })
}

impl Policies {
    /// The payload of the file.
    pub fn encode(&self) -> Writer {
        let (mut header, mut list, mut documents) =
            (Writer::default(), Writer::default(), Writer::default());
        header.line(&self.date);
        header.line(&self.source);
        for policy in &self.list {
            list.line(&format!("{}\t{}", policy.path, policy.version));
            documents.line(&policy.document.to_string());
        }
        let mut output = Writer::default();
        for section in [header, list, documents] {
            output.section(section);
        }
        output
    }
}
