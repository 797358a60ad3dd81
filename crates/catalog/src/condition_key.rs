//! One condition key.

use std::fmt;

use crate::catalog::Catalog;
use crate::fold;
use crate::store::{KeyRecord, index, length, part};

/// What the values of a condition key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConditionKeyType {
    /// What one value is.
    pub kind: ConditionKeyKind,
    /// Whether a request may have several: such keys need `ForAnyValue` or `ForAllValues`.
    pub multivalued: bool,
}

/// What one value of a condition key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "these are AWS's own words")]
pub enum ConditionKeyKind {
    String,
    Arn,
    Bool,
    Numeric,
    Date,
    IpAddress,
    Binary,
}

impl ConditionKeyKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::String,
        Self::Arn,
        Self::Bool,
        Self::Numeric,
        Self::Date,
        Self::IpAddress,
        Self::Binary,
    ];

    /// The kind in AWS's word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Arn => "ARN",
            Self::Bool => "Bool",
            Self::Numeric => "Numeric",
            Self::Date => "Date",
            Self::IpAddress => "IPAddress",
            Self::Binary => "Binary",
        }
    }
}

/// A condition key, such as `aws:SourceIp`, or a form for many, such as `aws:RequestTag/${TagKey}`.
#[derive(Clone, Copy)]
pub struct ConditionKey<'a> {
    catalog: &'a Catalog,
    number: u32,
}

impl<'a> ConditionKey<'a> {
    pub(crate) fn new(catalog: &'a Catalog, number: u32) -> Self {
        Self { catalog, number }
    }

    fn record(self) -> Option<&'a KeyRecord> {
        self.catalog.store.keys.get(index(self.number))
    }

    /// The name as AWS writes it.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.record().map_or("", |record| self.catalog.store.text(record.name))
    }

    /// What its values are.
    #[must_use]
    pub fn key_type(self) -> ConditionKeyType {
        let string = ConditionKeyType { kind: ConditionKeyKind::String, multivalued: false };
        self.record().map_or(string, |record| record.key_type)
    }

    /// Where the name has a placeholder, such as `${TagKey}`, what stands before and after it.
    ///
    /// ```
    /// # let catalog = iam_catalog::Catalog::decode(include_bytes!("../data/catalog.bin"))?;
    /// let around = |name| catalog.condition_key(name).and_then(|key| key.around_placeholder());
    /// assert_eq!(around("aws:ResourceTag/Team"), Some(("aws:ResourceTag/", "")));
    /// assert_eq!(around("secretsmanager:ResourceTag/Team"), Some(("secretsmanager:ResourceTag/", "")));
    /// assert_eq!(around("aws:SourceIp"), None);
    /// # Ok::<(), iam_catalog::CatalogError>(())
    /// ```
    #[must_use]
    pub fn around_placeholder(self) -> Option<(&'a str, &'a str)> {
        let name = self.name();
        // Some services write their tags' keys as `secretsmanager:ResourceTag/tag-key`, or leave them out.
        if let Some(before) =
            name.strip_suffix("tag-key").or(Some(name)).filter(|it| it.ends_with('/'))
        {
            return Some((before, ""));
        }
        let (before, rest) = name.split_once("${").or_else(|| name.split_once('<'))?;
        let (_, after) = rest.split_once(['}', '>'])?;
        Some((before, after))
    }

    /// Whether the name of a key is of this form; case is ignored, and the placeholder is not empty.
    fn is_form_of(self, name: &str) -> bool {
        let Some((before, after)) = self.around_placeholder() else { return false };
        name.len() > before.len() + after.len()
            && name.get(..before.len()).is_some_and(|part| part.eq_ignore_ascii_case(before))
            && name
                .get(name.len() - after.len()..)
                .is_some_and(|part| part.eq_ignore_ascii_case(after))
    }
}

impl fmt::Debug for ConditionKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConditionKey({})", self.name())
    }
}

/// A set of condition keys.
#[derive(Clone, Copy)]
pub(crate) struct Set<'a> {
    pub catalog: &'a Catalog,
    pub set: u32,
}

impl<'a> Set<'a> {
    pub fn iter(self) -> impl ExactSizeIterator<Item = ConditionKey<'a>> + Clone {
        let keys = self.catalog.store.key_set(self.set).iter();
        keys.map(move |number| ConditionKey::new(self.catalog, *number))
    }
}

/// The keys among which a name is looked for: those of the prefix's service, and those that are of none.
pub(crate) fn candidates<'a>(
    catalog: &'a Catalog,
    name: &str,
) -> impl Iterator<Item = ConditionKey<'a>> + Clone {
    let service = name.split_once(':').and_then(|(prefix, _)| catalog.service(prefix));
    let own = service.map(|service| service.key_run()).unwrap_or_default();
    let numbers = (own.start..own.end).chain(0..catalog.store.shared_keys);
    numbers.map(|number| ConditionKey::new(catalog, number))
}

pub(crate) fn find<'a>(catalog: &'a Catalog, name: &str) -> Option<ConditionKey<'a>> {
    let candidates = candidates(catalog, name);
    own(catalog, name)
        .or_else(|| candidates.clone().find(|key| key.name().eq_ignore_ascii_case(name)))
        .or_else(|| candidates.clone().find(|key| key.is_form_of(name)))
}

/// The service's own key of exactly that name: the fast way.
fn own<'a>(catalog: &'a Catalog, name: &str) -> Option<ConditionKey<'a>> {
    let run = catalog.service(name.split_once(':')?.0)?.key_run();
    let found = part(&catalog.store.keys, run)
        .binary_search_by(|key| fold::compare(catalog.store.text(key.name), name));
    found.ok().map(|at| ConditionKey::new(catalog, run.start + length(at)))
}
