//! The difference of two states: which actions of which callers an edit newly denies, allows or makes conditional.

use std::collections::BTreeMap;
use std::rc::Rc;

use iam_effective::{ActionSet, ChangedActions, PrincipalPermissions, Universe};
use iam_evaluator::explanation;
use iam_scenario::Document;

use super::callers::Caller;
use super::conditions::{self, Seen};

/// How a decision changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It was allowed, at least sometimes, and never is now.
    Denied,
    /// It is always allowed now, and was not.
    Allowed,
    /// It depends now, and did not.
    Depends,
    /// It depends as before, but a statement that speaks of it was changed.
    Conditions,
}

impl Kind {
    /// All kinds; what may break something goes first.
    pub const ALL: [Kind; 4] = [Kind::Denied, Kind::Allowed, Kind::Depends, Kind::Conditions];

    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Denied => "newly denied",
            Kind::Allowed => "newly allowed",
            Kind::Depends => "newly conditional",
            Kind::Conditions => "conditional by changed statements",
        }
    }

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Kind::Denied => "−",
            Kind::Allowed => "+",
            Kind::Depends => "~",
            Kind::Conditions => "≈",
        }
    }

    /// The class that gives it its colour.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Denied => "denied",
            Kind::Allowed => "allowed",
            Kind::Depends => "depends",
            Kind::Conditions => "conditions",
        }
    }
}

/// The actions that change.
#[derive(Debug, PartialEq)]
pub struct Changed {
    /// Those of another verdict.
    pub verdicts: ChangedActions,
    /// Those that depend as before, perhaps on something else.
    pub conditions: ActionSet,
}

/// What changes for one caller.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The caller.
    pub caller: Caller,
    /// The actions; callers for whom the same changes share them.
    pub actions: Rc<Changed>,
}

impl Change {
    /// The actions of one kind.
    fn set(&self, kind: Kind) -> &ActionSet {
        match kind {
            Kind::Denied => &self.actions.verdicts.denied,
            Kind::Allowed => &self.actions.verdicts.allowed,
            Kind::Depends => &self.actions.verdicts.conditional,
            Kind::Conditions => &self.actions.conditions,
        }
    }

    /// The places of the actions of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = usize> + '_ {
        self.set(kind).iter()
    }
}

/// Compares callers; what is alike for many of them is compared once.
#[derive(Debug, Default)]
pub struct Comparison {
    known: Vec<(Option<PrincipalPermissions>, Option<PrincipalPermissions>, Rc<Changed>)>,
}

impl Comparison {
    /// What changes for one caller; `None` where nothing does.
    pub fn between(
        &mut self,
        before: Option<Seen<'_>>,
        now: Option<Seen<'_>>,
        arn: &str,
        universe: &Universe,
    ) -> Option<Rc<Changed>> {
        let (seen_before, seen_now) = (before, now);
        let (before, now) = (before.map(|(_, it)| it), now.map(|(_, it)| it));
        let is_same =
            |one: Option<&PrincipalPermissions>, other: Option<&PrincipalPermissions>| match (
                one, other,
            ) {
                (Some(one), Some(other)) => one.is_same(other),
                (None, None) => true,
                _ => false,
            };
        if is_same(before, now) {
            return None;
        }
        let known = self.known.iter().find(|(known_before, known_now, _)| {
            is_same(known_before.as_ref(), before) && is_same(known_now.as_ref(), now)
        });
        let changed = match known {
            Some((_, _, changed)) => Rc::clone(changed),
            None => {
                let conditions = match (seen_before, seen_now) {
                    (Some(before), Some(now)) => conditions::changed(before, now, arn, universe),
                    _ => ActionSet::none(universe.places()),
                };
                let verdicts = ChangedActions::between(before, now, universe);
                let changed = Rc::new(Changed { verdicts, conditions });
                self.known.push((before.cloned(), now.cloned(), Rc::clone(&changed)));
                changed
            }
        };
        let any = !changed.verdicts.count().is_empty() || !changed.conditions.is_empty();
        any.then_some(changed)
    }
}

/// For each kind how many different actions change, and for how many principals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Actions and principals, by kind.
    pub counts: [(usize, usize); 4],
}

impl Summary {
    /// Counts changes.
    pub fn of<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Summary {
        let mut sums = Sums::default();
        changes.into_iter().for_each(|change| sums.add(change));
        sums.summary()
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.counts.iter().all(|(actions, _)| *actions == 0)
    }

    /// The counts of one kind.
    pub fn count(&self, kind: Kind) -> (usize, usize) {
        self.counts.get(kind as usize).copied().unwrap_or_default()
    }

    /// In one sentence.
    pub fn words(&self) -> String {
        let [denied, allowed, depends, conditions] = self.counts;
        explanation::difference(denied, allowed, depends, conditions)
    }
}

/// Changes of several callers together: the actions as a union, the callers by their number.
#[derive(Debug, Clone, Default)]
struct Sums {
    parts: [(Option<ActionSet>, usize); 4],
    /// What was added last, which need not be added again.
    last: Option<Rc<Changed>>,
}

impl Sums {
    fn add(&mut self, change: &Change) {
        let again = self.last.as_ref().is_some_and(|last| Rc::ptr_eq(last, &change.actions));
        for (part, kind) in self.parts.iter_mut().zip(Kind::ALL) {
            let set = change.set(kind);
            if again {
                part.1 += usize::from(!set.is_empty());
            } else {
                merge(part, set, usize::from(!set.is_empty()));
            }
        }
        self.last = Some(Rc::clone(&change.actions));
    }

    fn add_all(&mut self, other: &Sums) {
        for (part, (set, callers)) in self.parts.iter_mut().zip(&other.parts) {
            if let Some(set) = set {
                merge(part, set, *callers);
            }
        }
    }

    fn summary(&self) -> Summary {
        let count = |(set, callers): &(Option<ActionSet>, usize)| {
            (set.as_ref().map_or(0, ActionSet::len), *callers)
        };
        let [denied, allowed, depends, conditions] = &self.parts;
        Summary { counts: [count(denied), count(allowed), count(depends), count(conditions)] }
    }
}

fn merge(part: &mut (Option<ActionSet>, usize), set: &ActionSet, callers: usize) {
    if callers == 0 {
        return;
    }
    match &mut part.0 {
        Some(union) => union.add(set),
        None => part.0 = Some(set.clone()),
    }
    part.1 += callers;
}

/// Sums changes up the tree: for each account, OU and the root what changes there and below.
pub fn by_target(document: &Document, changes: &[Change]) -> BTreeMap<String, Summary> {
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    for change in changes {
        sums.entry(&change.caller.account).or_default().add(change);
    }
    let mut units: BTreeMap<&str, Sums> = BTreeMap::new();
    for (account, sum) in &sums {
        for unit in document.path_to(account) {
            units.entry(&unit.id).or_default().add_all(sum);
        }
    }
    sums.into_iter().chain(units).map(|(id, sum)| (id.to_owned(), sum.summary())).collect()
}
