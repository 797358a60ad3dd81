//! Where two parts of a decision look at the same things: whether both ever allow an action at once.
//!
//! Each part knows a request that it allows. One of these, or what comes of putting them together, is mostly allowed by
//! all parts; then the question is settled by one decision. Otherwise the evaluator searches.

use iam_evaluator::{ConditionKey, Decision, DerivedKey};

use crate::ask::{Ask, Sample};
use crate::glob;
use crate::settle::Class;
use crate::universe::ACCOUNT;

/// Whether some request for the action at a place is allowed by all parts; `None` where the search finds none and has to
/// leave some out.
pub(crate) fn agree(ask: &Ask<'_>, place: usize, classes: &[&Class]) -> Option<bool> {
    let Some(entry) = ask.universe.entry(place) else { return Some(false) };
    let allowed = |sample: &Sample| ask.decide(&entry.action, sample) == Some(Decision::Allowed);
    if merged(&entry.forms, classes, ask.account, &allowed) {
        return Some(true);
    }
    let judgement = ask.judge(entry);
    let found = judgement.example(Decision::Allowed).is_some();
    (found || judgement.exact).then_some(found)
}

/// Whether the action is allowed in a region, where nothing but that decides.
pub(crate) fn left_in(ask: &Ask<'_>, place: usize, region: &str) -> bool {
    let Some(entry) = ask.universe.entry(place) else { return false };
    let context = vec![(ConditionKey::new(REGION_KEY), vec![region.into()])];
    let form = entry.forms.first().and_then(|form| glob::between(None, form, Some(region)));
    let sample = Sample { resource: form, context };
    ask.decide(&entry.action, &sample) == Some(Decision::Allowed)
}

const REGION_KEY: &str = "aws:RequestedRegion";

/// Whether of the requests put together from those that the parts allow one is as wanted. They are made one at a time,
/// for mostly the first one is.
fn merged(
    forms: &[Box<str>],
    classes: &[&Class],
    account: &str,
    is_wanted: &dyn Fn(&Sample) -> bool,
) -> bool {
    let regions: Vec<Option<String>> = classes.iter().map(|class| region(&class.sample)).collect();
    let mut tried = Vec::new();
    for first in classes {
        let mut context = first.sample.context.clone();
        for (key, values) in classes.iter().flat_map(|class| &class.sample.context) {
            if context.iter().all(|(known, _)| known != key) {
                context.push((key.clone(), values.clone()));
            }
        }
        let own = std::iter::once(region(&first.sample));
        for region in own.chain(regions.iter().cloned()) {
            for resource in resources(forms, first, region.as_deref(), account) {
                let mut context = context.clone();
                if let Some(region) = &region {
                    context.retain(|(key, _)| !is_region(key));
                    if resource.as_deref().is_none_or(|arn| region_of(arn).is_none()) {
                        context.push((ConditionKey::new(REGION_KEY), vec![region.as_str().into()]));
                    }
                }
                let sample = Sample { resource, context };
                if tried.contains(&sample) {
                    continue;
                }
                if is_wanted(&sample) {
                    return true;
                }
                tried.push(sample);
            }
        }
    }
    false
}

/// The resource of a class's own request, or one of each form, in a region.
fn resources(
    forms: &[Box<str>],
    class: &Class,
    region: Option<&str>,
    account: &str,
) -> Vec<Option<String>> {
    if forms.is_empty() {
        return vec![None];
    }
    let own = class.sample.resource.as_ref().filter(|_| class.of_one_form);
    let mut found = Vec::new();
    for form in forms.iter().take(4) {
        match own {
            None => found.extend(glob::between(None, form, region).map(Some)),
            Some(own) => {
                // A variable region of the form takes another region; what else the ARN says stays.
                let moved = region.and_then(|region| in_region(own, region));
                let fits = |arn: &String| {
                    glob::is_of(&form.replace(ACCOUNT, account), &arn.replace(ACCOUNT, account))
                };
                found.extend(moved.into_iter().chain([own.clone()]).filter(fits).map(Some));
            }
        }
    }
    found
}

fn in_region(arn: &str, region: &str) -> Option<String> {
    let [arn, partition, service, _, account, resource] = glob::parts(arn)?;
    Some([arn, partition, service, region, account, resource].join(":"))
}

fn region_of(arn: &str) -> Option<&str> {
    arn.split(':').nth(3).filter(|region| !region.is_empty())
}

/// The region of a request: its resource's, and only where that has none the one that it brings along.
pub(crate) fn region(sample: &Sample) -> Option<String> {
    let of_resource = sample.resource.as_deref().and_then(region_of).map(str::to_owned);
    of_resource.or_else(|| {
        let given = sample.context.iter().find(|(key, _)| is_region(key));
        given.and_then(|(_, values)| values.first()).map(ToString::to_string)
    })
}

fn is_region(key: &ConditionKey) -> bool {
    key.derived() == Some(DerivedKey::RequestedRegion)
}
