//! Settling what one part of a decision comes to for every action: allowed always, sometimes or never.
//!
//! First by sets: what some statement allows for certain, what one might allow, and the same for denying. Where only
//! certain statements meet, that is the answer. The actions that are left are put into groups of which the same open
//! statements speak; one action of each is decided with samples, or judged by the evaluator, and the answer holds for
//! the group.

use std::collections::HashMap;
use std::rc::Rc;

use iam_evaluator::{Decision, Effect, Statement};

use crate::ask::{Ask, Sample};
use crate::clash;
use crate::glob;
use crate::numbers::{REGION, Region};
use crate::reading::Reading;
use crate::sample::samples;
use crate::sparse::Sparse;
use crate::universe::number;
use crate::{ActionSet, Universe, Verdict};

/// Policies of which one must allow and none may deny.
pub(crate) struct Layer {
    pub allows: ActionSet,
    pub may_allow: ActionSet,
    pub denies: ActionSet,
    pub may_deny: ActionSet,
}

impl Layer {
    pub fn new(universe: &Universe) -> Self {
        let none = || universe.none();
        Self { allows: none(), may_allow: none(), denies: none(), may_deny: none() }
    }
}

/// A statement that is open for some actions: whether it applies depends on the resource or on condition keys.
pub(crate) struct Guard {
    /// The same wherever the statement means the same.
    pub number: u32,
    pub layer: usize,
    pub reading: Rc<Reading>,
    pub at: usize,
    /// Whether it is open for the actions, too, that it means whole.
    pub whole: bool,
    /// The clauses whose keys are not settled.
    pub open: Vec<usize>,
    /// What the request's resource or keys must be like, by number: see `Engine::dimension`.
    pub dimensions: Vec<u32>,
    /// The listed resource whose policy this is.
    pub resource: Option<Box<str>>,
}

impl Guard {
    pub fn statement(&self) -> Option<&Statement> {
        self.reading.document.statements.get(self.at)
    }

    pub fn effect(&self) -> Effect {
        self.statement().map_or(Effect::Deny, |statement| statement.effect)
    }

    /// Whether the statement means only some resources of an action.
    pub fn is_part(&self, place: usize) -> bool {
        self.reading.statements.get(self.at).is_some_and(|read| read.part.contains(place))
    }

    /// Whether nothing but the request's region decides whether it applies.
    fn asks_for_region_alone(&self) -> bool {
        self.resource.is_none() && self.dimensions == [REGION]
    }

    /// The actions for which it is open.
    fn sets(&self) -> impl Iterator<Item = &Sparse> {
        let read = self.reading.statements.get(self.at);
        let whole = read.filter(|_| self.whole).map(|read| &read.whole);
        whole.into_iter().chain(read.map(|read| &read.part))
    }
}

/// What is to be settled.
pub(crate) struct Open<'a> {
    /// The actions in question.
    pub within: &'a ActionSet,
    pub layers: &'a [Layer],
    pub guards: &'a [Guard],
    /// Actions that a resource's policy may allow, whatever the layers say.
    pub granted: Option<&'a ActionSet>,
    /// Actions that are never certain.
    pub unsure: Option<&'a ActionSet>,
    /// Actions of which no resource's policy agrees, though it must.
    pub refused: Option<&'a ActionSet>,
}

/// What every action comes to.
#[derive(Debug)]
pub(crate) struct Settlement {
    /// Allowed whatever the resource and the keys are.
    pub always: ActionSet,
    /// Allowed for some resource and some keys.
    pub possible: ActionSet,
    /// Denied explicitly whatever the resource and the keys are.
    pub denies: ActionSet,
    /// Denied by nothing but a `Deny`, if at all: an `Allow` is there whatever the resource and the keys are.
    pub granted: ActionSet,
    /// The actions that are allowed sometimes, in classes that are decided alike.
    pub classes: Vec<Class>,
}

/// Actions that one part of a decision allows sometimes.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// What makes it a class, as numbers: classes with equal ones are decided alike, whenever they were settled.
    pub key: Box<[u32]>,
    pub actions: Sparse,
    /// What it depends on at most.
    pub dimensions: Vec<u32>,
    /// A request that is allowed, if one is known.
    pub sample: Sample,
    /// Where it allows nothing in other regions: these.
    pub regions: Option<Vec<Region>>,
    /// The region of the sample, where it has one.
    pub own_region: Option<Region>,
    /// Whether the sample is allowed from whichever region: it has none, and nothing here looks at it.
    pub from_any_region: bool,
    /// Whether all these actions work on resources of the same forms, so that the sample's resource is one of each.
    pub of_one_form: bool,
}

impl Class {
    /// Notes one more thing that it may depend on.
    pub fn looks_at(&mut self, dimension: u32) {
        if let Err(at) = self.dimensions.binary_search(&dimension) {
            self.dimensions.insert(at, dimension);
        }
    }

    /// Some bits for what it depends on: without a bit in common two things are not alike.
    pub fn mask(&self) -> u64 {
        mask(self.dimensions.iter().copied())
    }
}

/// A bit for each thing that may be looked at; far ones share theirs.
pub(crate) fn mask(dimensions: impl Iterator<Item = u32>) -> u64 {
    dimensions.fold(0, |mask, dimension| mask | 1 << (dimension % 64))
}

pub(crate) fn settle(ask: &Ask<'_>, question: &Open<'_>) -> Settlement {
    let universe = ask.universe;
    let (mut upper, mut lower) = (question.within.clone(), question.within.clone());
    let (mut denies, mut may_deny) = (universe.none(), universe.none());
    for layer in question.layers {
        let mut allowed = layer.allows.clone();
        lower.keep(&allowed);
        allowed.add(&layer.may_allow);
        upper.keep(&allowed);
        denies.add(&layer.denies);
        may_deny.add(&layer.may_deny);
    }
    if let Some(granted) = question.granted {
        upper.add(&granted.in_common(question.within));
    }
    if let Some(refused) = question.refused {
        upper.subtract(refused);
        lower.subtract(refused);
    }
    denies.keep(question.within);
    upper.subtract(&denies);
    if let Some(unsure) = question.unsure {
        lower.subtract(unsure);
    }
    let granted = lower.clone();
    lower.subtract(&denies);
    lower.subtract(&may_deny);
    let mut open = upper.clone();
    open.subtract(&lower);
    // Of what nothing may allow it is asked whether its Denies leave anything.
    may_deny.keep(question.within);
    may_deny.subtract(&denies);
    open.add(&may_deny);
    let free = universe.traits().free.in_common(question.within);
    open.subtract(&free);
    let possible = lower.clone();
    let settlement = Settlement { possible, always: lower, denies, granted, classes: vec![] };
    let mut settlement = by_groups(ask, question, &open, &upper, settlement);
    for set in [&mut settlement.always, &mut settlement.possible, &mut settlement.granted] {
        set.add(&free);
    }
    settlement.denies.subtract(&free);
    settlement
}

fn by_groups(
    ask: &Ask<'_>,
    question: &Open<'_>,
    open: &ActionSet,
    upper: &ActionSet,
    mut settled: Settlement,
) -> Settlement {
    for group in groups(ask.universe, question, open, upper) {
        let Some(place) = group.places.first().copied() else { continue };
        let guards: Vec<&Guard> =
            group.guards.iter().filter_map(|at| question.guards.get(*at as usize)).collect();
        let found = resolve(ask, &guards, place, upper.contains(place));
        for place in &group.places {
            if found.always {
                settled.always.insert(*place);
            }
            if found.allowed.is_some() {
                settled.possible.insert(*place);
            }
            if found.denied {
                settled.denies.insert(*place);
            }
        }
        if let Some(sample) = found.allowed.filter(|_| !found.always) {
            settled.classes.push(class(ask, question, group, &guards, sample));
        }
    }
    settled
}

fn class(
    ask: &Ask<'_>,
    question: &Open<'_>,
    group: Group,
    guards: &[&Guard],
    sample: Sample,
) -> Class {
    let mut dimensions: Vec<u32> =
        guards.iter().flat_map(|guard| guard.dimensions.iter().copied()).collect();
    dimensions.sort_unstable();
    dimensions.dedup();
    let key = group.key.into_iter().chain(guards.iter().map(|guard| guard.number)).collect();
    let regions = group.places.first().and_then(|place| regions(ask, question, guards, *place));
    let own_region = clash::region(&sample).and_then(|region| Region::of(&region));
    Class {
        key,
        actions: Sparse::of_places(&group.places),
        from_any_region: own_region.is_none() && !dimensions.contains(&REGION),
        dimensions,
        sample,
        own_region,
        regions,
        of_one_form: group.of_one_form,
    }
}

/// The regions outside of which nothing is allowed: there is a layer of which every statement that might allow the
/// action names regions.
fn regions(
    ask: &Ask<'_>,
    question: &Open<'_>,
    guards: &[&Guard],
    place: usize,
) -> Option<Vec<Region>> {
    if question.granted.is_some_and(|granted| granted.contains(place)) {
        return None;
    }
    let open = |(_, layer): &(usize, &Layer)| !layer.allows.contains(place);
    let forms = ask.universe.entry(place).map_or(&[][..], |entry| &entry.forms);
    question.layers.iter().enumerate().filter(open).find_map(|(number, _)| {
        let mut regions = Vec::new();
        let allows = guards.iter().filter(|it| it.layer == number && it.effect() == Effect::Allow);
        for guard in allows {
            let element = guard.statement()?.resource.as_ref().filter(|it| !it.negated)?;
            for pattern in element.patterns.iter().map(|pattern| pattern.value.as_str()) {
                let [arn, partition, service, region, _, _] = glob::parts(pattern)?;
                let of_service = |form: &str| form.split(':').nth(2) == Some(service);
                let is_plain =
                    [arn, partition, service].iter().all(|it| !it.contains(['*', '?', '$']));
                if is_plain && !forms.iter().any(|form| of_service(form)) {
                    continue;
                }
                if !is_plain || region.is_empty() || region.contains(['*', '?', '$']) {
                    return None;
                }
                regions.push(Region::of(region)?);
            }
        }
        (!regions.is_empty()).then_some(regions)
    })
}

/// Actions of which the same open statements speak, and which the evaluator's own rules treat alike.
struct Group {
    key: [u32; 3],
    guards: Vec<u32>,
    places: Vec<usize>,
    of_one_form: bool,
}

fn groups(
    universe: &Universe,
    question: &Open<'_>,
    open: &ActionSet,
    upper: &ActionSet,
) -> Vec<Group> {
    let places: Vec<usize> = open.iter().collect();
    // By position among the places: a number that those share of which the same guards have spoken so far.
    let mut chain_of = vec![0_u32; places.len()];
    let mut chains: Vec<(u32, u32)> = vec![(0, 0)];
    for (guard_number, guard) in question.guards.iter().enumerate() {
        let mut longer: HashMap<u32, u32> = HashMap::new();
        for set in guard.sets() {
            let mut position = 0;
            for (index, word) in set.words().filter(|(index, word)| word & open.word(*index) != 0) {
                for place in crate::action_set::bits(index, word & open.word(index)) {
                    position += places
                        .get(position..)
                        .map_or(0, |rest| rest.partition_point(|it| *it < place));
                    let Some(chain) = chain_of.get_mut(position) else { continue };
                    *chain = *longer.entry(*chain).or_insert_with(|| {
                        chains.push((*chain, number(guard_number)));
                        number(chains.len() - 1)
                    });
                }
            }
        }
    }
    let guards_of = |mut chain: u32| {
        let mut guards = Vec::new();
        while let Some((before, guard)) = chains.get(chain as usize).filter(|_| chain != 0) {
            guards.push(*guard);
            chain = *before;
        }
        guards.reverse();
        guards
    };
    let traits = universe.traits();
    let mut by_key: HashMap<[u32; 4], usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (place, chain) in places.into_iter().zip(chain_of) {
        let in_part = question.unsure.is_some_and(|unsure| unsure.contains(place))
            || question.guards.iter().any(|guard| guard.is_part(place) || guard.resource.is_some());
        let form = if in_part { traits.forms_number(place) } else { u32::MAX };
        // Where a layer allows for certain its open statements do not count.
        let certain =
            question.layers.iter().fold(u32::from(upper.contains(place)), |bits, layer| {
                bits << 1 | u32::from(layer.allows.contains(place))
            });
        let at = *by_key.entry([chain, traits.kind(place), form, certain]).or_insert_with(|| {
            groups.push(Group {
                key: [traits.kind(place), form, certain],
                guards: guards_of(chain),
                places: Vec::new(),
                of_one_form: in_part,
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.places.push(place);
        }
    }
    groups
}

/// What one action comes to.
struct Resolved {
    always: bool,
    /// A request that is allowed, if any is.
    allowed: Option<Sample>,
    /// Whether every request is denied explicitly.
    denied: bool,
}

fn resolve(ask: &Ask<'_>, guards: &[&Guard], place: usize, may_be_allowed: bool) -> Resolved {
    let mut found = Resolved { always: false, allowed: None, denied: false };
    let Some(entry) = ask.universe.entry(place) else { return found };
    let (mut otherwise, mut implicitly, mut settled) = (false, false, false);
    let is_fixed = entry.action.kind().is_global()
        && guards.iter().all(|guard| !guard.is_part(place) && guard.asks_for_region_alone());
    samples(guards, place, &entry.forms, ask.settled, ask.account, &mut |sample| {
        match ask.decide(&entry.action, &sample) {
            Some(Decision::Allowed) => {
                found.allowed.get_or_insert(sample);
            }
            Some(decision) => {
                otherwise = true;
                implicitly |= decision == Decision::ImplicitDeny;
                // Where all requests are alike, this one speaks for them.
                found.denied = is_fixed && decision == Decision::ExplicitDeny;
            }
            None => {}
        }
        settled = is_fixed
            || match may_be_allowed {
                true => found.allowed.is_some() && otherwise,
                false => implicitly,
            };
        settled
    });
    if settled {
        found.always = found.allowed.is_some() && !otherwise;
        return found;
    }
    let judgement = ask.judge(entry);
    let example = |decision| judgement.example(decision);
    let denied_so = |decision| example(decision).is_some();
    otherwise |= denied_so(Decision::ExplicitDeny) || denied_so(Decision::ImplicitDeny);
    otherwise |= !judgement.exact;
    if found.allowed.is_none() {
        let sample = example(Decision::Allowed).map(|example| Sample {
            resource: example.resource.as_ref().map(ToString::to_string),
            context: example.context.clone(),
        });
        found.allowed =
            sample.or_else(|| (!judgement.exact && may_be_allowed).then(Sample::default));
    }
    found.always = found.allowed.is_some() && !otherwise;
    found.denied = found.allowed.is_none() && Verdict::of(&judgement) == Verdict::ExplicitDeny;
    found
}
