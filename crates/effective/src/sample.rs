//! Sample requests: a few of them, well chosen, settle most questions without a search.
//!
//! For each `Allow` that is open a request that it means and no open `Deny` means; for each open `Deny` a request that
//! it means; and one that brings nothing along. Whether they are that is for the evaluator to say.

use iam_evaluator::{ConditionClause, ConditionKey, DerivedKey, Effect, Settled, Statement};

use crate::ask::Sample;
use crate::glob;
use crate::settle::Guard;
use crate::universe::ACCOUNT;

/// Sample requests for an action with resources of these forms, for the statements that are open for it. They are made
/// one at a time, until one of them satisfies `enough`.
pub(crate) fn samples(
    guards: &[&Guard],
    place: usize,
    forms: &[Box<str>],
    settled: &Settled<'_>,
    account: &str,
    enough: &mut dyn FnMut(Sample) -> bool,
) {
    let maker = Maker { place, forms, settled, account };
    let mut make = |draft: &Draft| maker.realize(draft, enough);
    if make(&Draft::default()) {
        return;
    }
    let of = |effect| guards.iter().copied().filter(move |guard| guard.effect() == effect);
    let (allows, denies) = (|| of(Effect::Allow), || of(Effect::Deny));
    let first: Vec<Option<&Guard>> = match allows().next() {
        None => vec![None],
        Some(_) => allows().map(Some).collect(),
    };
    for first in first {
        let mut draft = Draft::default();
        let others = allows().filter(|it| first.is_none_or(|first| it.layer != first.layer));
        for guard in first.into_iter().chain(others) {
            maker.fulfil(&mut draft, guard, true);
        }
        denies().for_each(|guard| maker.fulfil(&mut draft, guard, false));
        if make(&draft) {
            return;
        }
    }
    for guard in denies() {
        let mut draft = Draft::default();
        maker.fulfil(&mut draft, guard, true);
        if make(&draft) {
            return;
        }
    }
}

/// A sample in the making.
#[derive(Default)]
struct Draft {
    /// Resource patterns, any of which will do.
    patterns: Vec<String>,
    region: Option<Box<str>>,
    context: Vec<(ConditionKey, Vec<Box<str>>)>,
}

struct Maker<'a> {
    place: usize,
    forms: &'a [Box<str>],
    settled: &'a Settled<'a>,
    account: &'a str,
}

impl Maker<'_> {
    /// Gives `enough` a sample for each form and pattern that fit together; whether it had enough.
    fn realize(&self, draft: &Draft, enough: &mut dyn FnMut(Sample) -> bool) -> bool {
        let sample = |resource, with_region: bool| {
            let mut context = draft.context.clone();
            if let Some(region) = draft.region.as_ref().filter(|_| with_region) {
                context.push((ConditionKey::new(REGION_KEY), vec![region.clone()]));
            }
            Sample { resource, context }
        };
        if self.forms.is_empty() {
            return enough(sample(None, true));
        }
        let region = draft.region.as_deref();
        let pairs = self.forms.iter().flat_map(|form| {
            draft.patterns.iter().map(move |pattern| (form, Some(pattern.as_str())))
        });
        let plain = self.forms.iter().take(4).map(|form| (form, None));
        let mut fitting = 0;
        for (form, pattern) in pairs.chain(plain) {
            // Without a pattern only where none fits.
            if fitting > if pattern.is_some() { 5 } else { 0 } {
                continue;
            }
            let form = form.replace(ACCOUNT, self.account);
            let Some(text) = glob::between(pattern, &form, region) else { continue };
            fitting += usize::from(pattern.is_some());
            let without_region = form.split(':').nth(3).is_none_or(str::is_empty);
            let portable = match self.account.is_empty() {
                true => text,
                false => text.replace(self.account, ACCOUNT),
            };
            if enough(sample(Some(portable), without_region)) {
                return true;
            }
        }
        false
    }

    /// Adds to a draft what makes a statement mean it, or not mean it.
    fn fulfil(&self, draft: &mut Draft, guard: &Guard, meant: bool) {
        let Some(statement) = guard.statement() else { return };
        let in_part = guard.is_part(self.place);
        let names_resources =
            statement.resource.as_ref().is_some_and(|element| element.negated != meant);
        if in_part && names_resources && draft.patterns.is_empty() {
            draft.patterns = self.patterns(statement);
        }
        if let Some(arn) = guard.resource.as_deref().filter(|_| meant && draft.patterns.is_empty())
        {
            draft.patterns = vec![arn.to_owned(), format!("{arn}/*"), format!("{arn}:*")];
        }
        let open = guard.open.iter().filter_map(|at| statement.conditions.get(*at));
        if meant {
            open.for_each(|clause| {
                self.choose(draft, clause, true);
            });
        } else if !in_part || !names_resources {
            let mut open = open;
            let _ = open.any(|clause| self.choose(draft, clause, false));
        }
    }

    fn patterns(&self, statement: &Statement) -> Vec<String> {
        let patterns = statement.resource.iter().flat_map(|element| &element.patterns);
        patterns
            .map(|pattern| fill(pattern.value.as_str(), self.settled, pattern.value.variables()))
            .collect()
    }

    /// Chooses values with which a clause holds, or fails, unless its key has values already; whether it is so now.
    fn choose(&self, draft: &mut Draft, clause: &ConditionClause, holds: bool) -> bool {
        let is = |values: &[Box<str>]| self.settled.holds_for(clause, values) == holds;
        if clause.key.derived() == Some(DerivedKey::RequestedRegion) {
            if let Some(region) = &draft.region {
                return is(std::slice::from_ref(region));
            }
            draft.region = self.values(clause, holds).and_then(|values| values.into_iter().next());
            return draft.region.is_some();
        }
        if let Some((_, values)) = draft.context.iter().find(|(key, _)| *key == clause.key) {
            return is(values);
        }
        if self.settled.settles(&clause.key) {
            return self.settled.holds(clause) == holds;
        }
        let Some(values) = self.values(clause, holds) else { return false };
        draft.context.push((clause.key.clone(), values));
        true
    }

    /// Values with which a clause holds, or fails: first what lies near, then what the evaluator finds.
    fn values(&self, clause: &ConditionClause, holds: bool) -> Option<Vec<Box<str>>> {
        let fits = |values: &Vec<Box<str>>| self.settled.holds_for(clause, values) == holds;
        let written = clause.values.iter().take(3).map(|value| {
            let text = value
                .text
                .split('/')
                .next()
                .filter(|it| it.contains(['.', ':']))
                .filter(|_| matches!(value.typed, iam_evaluator::TypedValue::Network(_)));
            text.unwrap_or(&value.text).replace('*', "zq0").replace('?', "q")
        });
        let written = written.map(|text| vec![text.into_boxed_str()]);
        let others = ["zq0", "true", "false", "0", "999999999"].map(|text| vec![text.into()]);
        let mut near = written.chain(others).chain([Vec::new()]);
        near.find(fits).or_else(|| self.settled.choices(clause).into_iter().find(fits))
    }
}

/// The region's key, which the ARN of a bucket does not tell.
const REGION_KEY: &str = "aws:RequestedRegion";

/// A pattern with its variables filled in.
fn fill<'v>(
    pattern: &str,
    settled: &Settled<'_>,
    variables: impl Iterator<Item = &'v iam_evaluator::Variable>,
) -> String {
    let mut filled = String::new();
    let mut variables = variables;
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once("${") {
        filled.push_str(before);
        let value = variables.next().and_then(|variable| settled.value(variable));
        filled.push_str(value.as_deref().unwrap_or("zq0"));
        rest = behind.split_once('}').map_or("", |(_, after)| after);
    }
    filled.push_str(rest);
    filled
}
