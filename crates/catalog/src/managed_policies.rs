//! AWS managed IAM policies, word for word.

use std::fmt;

use crate::CatalogError;
use crate::reader::{Lines, Reader};
use crate::store::{Span, index, length};
use crate::wire::{self, Contents};

const ARN_BEGIN: &str = "arn:aws:iam::aws:policy/";

/// The managed policies that people meet, as of one day.
///
/// ```
/// use iam_catalog::ManagedPolicies;
///
/// let policies = ManagedPolicies::decode(include_bytes!("../data/catalog-policies.bin"))?;
/// let text = policies.text("arn:aws:iam::aws:policy/AdministratorAccess").ok_or("unknown")?;
/// assert!(text.contains(r#""Action": "*""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ManagedPolicies {
    date: String,
    source: String,
    text: String,
    /// By path.
    policies: Vec<Record>,
}

struct Record {
    path: Span,
    version: Span,
    document: Span,
}

impl ManagedPolicies {
    /// Reads the file `catalog-policies.bin`.
    ///
    /// # Errors
    /// Where the bytes are something else, of another format, or damaged.
    pub fn decode(file: &[u8]) -> Result<Self, CatalogError> {
        read(&wire::open(Contents::Policies, file)?)
    }

    /// The day on which the policies were taken, such as `2026-11-23`.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.date
    }

    /// From where the policies were taken: a package and its version.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// All policies, by what follows `arn:aws:iam::aws:policy/` in their ARNs.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ManagedPolicy<'_>> + Clone {
        self.policies.iter().map(|record| ManagedPolicy { policies: self, record })
    }

    /// The policy of that ARN; of any partition, for AWS's policies are the same in all.
    #[must_use]
    pub fn policy(&self, arn: &str) -> Option<ManagedPolicy<'_>> {
        let (partition, path) = arn.strip_prefix("arn:")?.split_once(":iam::aws:policy/")?;
        if !partition.starts_with("aws") || partition.contains(':') {
            return None;
        }
        let by_path = |record: &Record| self.part(record.path).cmp(path);
        let found = self.policies.binary_search_by(by_path).ok()?;
        let record = self.policies.get(found)?;
        Some(ManagedPolicy { policies: self, record })
    }

    /// The text of the policy of that ARN, laid out for reading.
    #[must_use]
    pub fn text(&self, arn: &str) -> Option<String> {
        self.policy(arn).map(|policy| policy.text())
    }

    fn part(&self, span: Span) -> &str {
        self.text.get(index(span.start)..index(span.end)).unwrap_or_default()
    }
}

impl fmt::Debug for ManagedPolicies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManagedPolicies")
            .field("date", &self.date)
            .field("policies", &self.policies.len())
            .finish()
    }
}

/// A managed policy of AWS.
#[derive(Clone, Copy)]
pub struct ManagedPolicy<'a> {
    policies: &'a ManagedPolicies,
    record: &'a Record,
}

impl<'a> ManagedPolicy<'a> {
    /// The ARN, such as `arn:aws:iam::aws:policy/job-function/Billing`.
    #[must_use]
    pub fn arn(self) -> String {
        format!("{ARN_BEGIN}{}", self.path())
    }

    /// What follows `arn:aws:iam::aws:policy/` in the ARN, such as `job-function/Billing`.
    #[must_use]
    pub fn path(self) -> &'a str {
        self.policies.part(self.record.path)
    }

    /// The name, the last part of the ARN.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.path().rsplit('/').next().unwrap_or_default()
    }

    /// The default version when the policy was taken, such as `v12`.
    #[must_use]
    pub fn version(self) -> &'a str {
        self.policies.part(self.record.version)
    }

    /// The document as JSON without any white space between its parts.
    #[must_use]
    pub fn json(self) -> &'a str {
        self.policies.part(self.record.document)
    }

    /// The document as JSON laid out for reading.
    #[must_use]
    pub fn text(self) -> String {
        let json = self.json();
        let value = serde_json::from_str::<serde_json::Value>(json);
        let text = value.and_then(|value| serde_json::to_string_pretty(&value));
        text.unwrap_or_else(|_| json.to_owned())
    }
}

impl fmt::Debug for ManagedPolicy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ManagedPolicy({} {})", self.path(), self.version())
    }
}

fn read(payload: &[u8]) -> Result<ManagedPolicies, CatalogError> {
    let mut input = Reader::new(payload, "sections");
    let mut header = Lines::new(&input.section("header")?)?;
    let mut list = Lines::new(&input.section("policies")?)?;
    let mut documents = Lines::new(&input.section("documents")?)?;
    let mut read = ManagedPolicies {
        date: header.line()?.to_owned(),
        source: header.line()?.to_owned(),
        text: String::with_capacity(payload.len()),
        policies: Vec::new(),
    };
    let mut last = "";
    while !list.is_empty() {
        let (path, version) = list.line()?.split_once('\t').ok_or_else(|| list.error())?;
        if path <= last {
            return Err(list.error());
        }
        last = path;
        let mut keep = |part: &str| {
            let start = length(read.text.len());
            read.text.push_str(part);
            Span { start, end: length(read.text.len()) }
        };
        let (path, version, document) = (keep(path), keep(version), keep(documents.line()?));
        read.policies.push(Record { path, version, document });
    }
    Ok(read)
}
