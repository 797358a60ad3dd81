//! Cutting the actions into groups that are decided alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use iam_evaluator::sort_few_by_key;
use iam_evaluator::{ActionKind, DerivedKey, Organization, Request, Statement, policies_in_view};

use crate::{ActionSet, Covers, Universe};

/// Cuts the universe for one caller: within a group, no statement that applies to the caller tells two actions apart,
/// nor does any rule that looks at the action or at the form of its resources.
pub(crate) fn partition(
    organization: &Organization,
    request: &Request,
    universe: &Universe,
    covers: &mut Covers,
) -> Vec<ActionSet> {
    let mut policies = policies_in_view(organization, request);
    // The same policy can stand at several levels; it cuts only once.
    sort_few_by_key(&mut policies, |policy| Arc::as_ptr(&policy.document).addr());
    policies.dedup_by_key(|policy| Arc::as_ptr(&policy.document).addr());
    let mut cuts: Vec<ActionSet> = Vec::new();
    let mut sensitive = ActionSet::none(universe.len());
    for policy in &policies {
        let sets = covers.of(&policy.document, universe);
        for (statement, set) in policy.document.statements.iter().zip(sets.iter()) {
            if looks_at_resources(statement) {
                sensitive.add(set);
            }
            cuts.push(set.clone());
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut groups = by_kind(universe, &sensitive);
    for cut in &cuts {
        groups = groups
            .into_iter()
            .flat_map(|group| {
                let (inside, outside) = group.split(cut);
                [inside, outside]
            })
            .filter(|group| !group.is_empty())
            .collect();
    }
    groups
}

/// Whether a statement tells resources of different forms apart.
fn looks_at_resources(statement: &Statement) -> bool {
    let names_one = statement.resource.as_ref().is_some_and(|element| {
        element.negated || element.patterns.iter().any(|pattern| !pattern.value.is_any())
    });
    let asks_for_one = statement.conditions.iter().any(|clause| {
        matches!(
            clause.key.derived(),
            Some(
                DerivedKey::ResourceAccount
                    | DerivedKey::ResourceOrgId
                    | DerivedKey::ResourceOrgPaths
                    | DerivedKey::ResourceTag
                    | DerivedKey::S3BucketTag
                    | DerivedKey::S3ExistingObjectTag
            )
        )
    });
    // The policy of a listed resource counts for that resource alone.
    names_one || asks_for_one || statement.principal.is_some()
}

/// The first cut: kinds of action, and kinds of resource. Where a statement looks at resources every form of resource
/// is a kind of its own; elsewhere only what the evaluator's own rules look at counts.
fn by_kind(universe: &Universe, sensitive: &ActionSet) -> Vec<ActionSet> {
    let mut kinds: BTreeMap<(ActionKind, FormKind), ActionSet> = BTreeMap::new();
    for (place, entry) in universe.entries().iter().enumerate() {
        let form = if sensitive.contains(place) {
            FormKind::Exactly(universe.forms_number(place))
        } else {
            FormKind::of(&entry.forms)
        };
        let group = kinds.entry((entry.action.kind(), form));
        group.or_insert_with(|| ActionSet::none(universe.len())).insert(place);
    }
    kinds.into_values().collect()
}

/// What the evaluator's own rules see of a resource's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FormKind {
    /// No resource.
    None,
    /// Resources of which some have a region in their ARN or none has, and some have a policy that must agree.
    Rules { with_region: bool, without_region: bool, must_agree: bool },
    /// Just these forms.
    Exactly(u32),
}

impl FormKind {
    fn of(forms: &[Box<str>]) -> Self {
        let fields =
            |form: &str| -> Vec<String> { form.splitn(6, ':').map(str::to_owned).collect() };
        let region = |form: &str| fields(form).get(3).is_some_and(|region| !region.is_empty());
        if forms.is_empty() {
            return Self::None;
        }
        Self::Rules {
            with_region: forms.iter().any(|form| region(form)),
            without_region: forms.iter().any(|form| !region(form)),
            must_agree: forms.iter().any(|form| form.contains(":kms:") || form.contains(":role/")),
        }
    }
}
