//! Where the organization leaves an action sometimes and the account grants it sometimes: whether ever at once.
//!
//! If they look at different things, yes. Most often they both look at the region: an SCP that leaves only some, and an
//! ARN that names one. Where nothing else is looked at that is settled for all actions of all principals by a few sets;
//! what is left is asked in `clash.rs`.

use std::rc::Rc;
use std::sync::Arc;

use crate::ActionSet;
use crate::ask::{Ask, World};
use crate::clash;
use crate::combine::Never;
use crate::engine::{Caller, Engine};
use crate::grants::Grants;
use crate::guardrails::{Guardrails, Level};
use crate::numbers::{REGION, Region};
use crate::path::{granted, world_of_lists};
use crate::settle::Class;
use crate::universe::number;
use crate::world;

fn add(never: &mut Never, index: usize, bits: u64) {
    if bits == 0 {
        return;
    }
    match never.iter_mut().find(|(at, _)| *at as usize == index) {
        Some((_, known)) => *known |= bits,
        None => never.push((number(index), bits)),
    }
}

/// Actions of one class for which both sides look at the same thing.
struct Clash {
    index: usize,
    bits: u64,
}

fn clashes(guardrails: &Guardrails, class: &Class) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let shared = |(dimension, _): &&(u32, ActionSet)| class.dimensions.contains(dimension);
    let shared: Vec<&ActionSet> =
        guardrails.reads.iter().filter(shared).map(|(_, set)| set).collect();
    if shared.is_empty() {
        return clashes;
    }
    for (index, word) in class.actions.words() {
        let mut bits = 0;
        for set in &shared {
            bits |= set.word(index);
        }
        if bits & word != 0 {
            clashes.push(Clash { index, bits: bits & word });
        }
    }
    clashes
}

/// What the region alone settles.
struct ByRegion {
    never: u64,
    unknown: u64,
}

impl Clash {
    fn by_region(&self, guardrails: &Guardrails, class: &Class) -> ByRegion {
        let Self { index, bits } = *self;
        let unknown = ByRegion { never: 0, unknown: bits };
        let others = guardrails.reads.iter().filter(|(it, _)| *it != REGION);
        let others = others.fold(0, |all, (_, set)| all | set.word(index));
        let pure = bits & !others;
        // The class's own sample is allowed where its region is left; if it has none, in one that is left.
        let mut left_in_own = if class.from_any_region { u64::MAX } else { 0 };
        if let Some(own) = class.own_region {
            let Some(left) = guardrails.left_in(own, index) else { return unknown };
            left_in_own = left;
        }
        let mut left_in_any = u64::MAX;
        if let Some(regions) = &class.regions {
            left_in_any = 0;
            for region in regions {
                let Some(left) = guardrails.left_in(*region, index) else { return unknown };
                left_in_any |= left;
            }
        }
        let never = pure & !left_in_any;
        ByRegion { never, unknown: bits & !never & !(pure & left_in_own) }
    }
}

impl Guardrails {
    /// Of one word the actions that levels which look at nothing but the region leave in one; `None` where that has not
    /// been asked.
    fn left_in(&self, region: Region, index: usize) -> Option<u64> {
        self.levels.iter().try_fold(u64::MAX, |left, level| {
            let known = level.left_in.borrow();
            let (_, set) = known.iter().find(|(known, _)| *known == region)?;
            Some(left & set.word(index))
        })
    }
}

impl Engine {
    /// The actions that are left sometimes and granted sometimes, but never at once; `None` where that must be asked.
    /// `own` tells the caller from all others.
    pub(crate) fn never_at_once(
        &mut self,
        guardrails: &Guardrails,
        grants: &Grants,
        own: [u32; 2],
    ) -> Option<Never> {
        let mut never = Never::new();
        if guardrails.reads.is_empty() {
            return Some(never);
        }
        let classes = grants.classes.iter().zip(&grants.local).zip(&grants.masks);
        for ((class, is_local), _) in classes.filter(|(_, mask)| **mask & guardrails.mask != 0) {
            for clash in clashes(guardrails, class) {
                let mut of_region = clash.by_region(guardrails, class);
                if of_region.unknown != 0 {
                    let of = if *is_local { own } else { [0, 0] };
                    of_region.never |=
                        self.known_disagreements(guardrails, class, &clash, of_region.unknown, of)?;
                }
                add(&mut never, clash.index, of_region.never);
            }
        }
        never.sort_unstable();
        Some(never)
    }

    /// Of some actions those of which it is known that they are never allowed; `None` where of one nothing is known.
    fn known_disagreements(
        &self,
        guardrails: &Guardrails,
        class: &Class,
        clash: &Clash,
        bits: u64,
        of: [u32; 2],
    ) -> Option<u64> {
        let mut never = 0;
        // Neighbours are mostly of the same classes.
        let mut last: Option<(Vec<&Class>, bool)> = None;
        for place in crate::action_set::bits(clash.index, bits) {
            let mut left = guardrails.classes(place);
            let same = last.as_ref().filter(|(classes, _)| {
                classes.iter().all(|it| left.next().is_some_and(|left| std::ptr::eq(*it, left)))
                    && left.next().is_none()
            });
            let agree = match same {
                Some((_, agree)) => *agree,
                None => {
                    let left: Vec<&Class> = guardrails.classes(place).collect();
                    let all: Vec<&Class> =
                        std::iter::once(class).chain(left.iter().copied()).collect();
                    let agree = self.known_agreement(&of, &all)?;
                    last = Some((left, agree));
                    agree
                }
            };
            never |= if agree { 0 } else { 1 << (place % 64) };
        }
        Some(never)
    }

    /// The same, asking what is not known.
    pub(crate) fn never_at_once_granted(
        &mut self,
        caller: &Caller<'_>,
        guardrails: &Guardrails,
        grants: &Grants,
    ) -> Never {
        let mut never = Never::new();
        for class in grants.classes.iter().filter(|class| class.mask() & guardrails.mask != 0) {
            for region in class.regions.iter().flatten().chain(&class.own_region) {
                for level in &guardrails.levels {
                    self.ask_for_region(caller, level, *region);
                }
            }
        }
        let universe = Rc::clone(&self.universe);
        let (organization, membership) = (caller.organization, caller.membership);
        let real = World::new(|| {
            let account = Arc::clone(membership.shared_account());
            let as_it_is = world::AsItIs(organization, membership);
            world::around(organization, membership, account, &as_it_is)
        });
        let ask = caller.ask(&universe, &real);
        for (class, is_local) in grants.classes.iter().zip(&grants.local) {
            for clash in clashes(guardrails, class) {
                let mut of_region = clash.by_region(guardrails, class);
                for place in crate::action_set::bits(clash.index, of_region.unknown) {
                    let left = guardrails.classes(place);
                    let all: Vec<&Class> = std::iter::once(class).chain(left).collect();
                    // What hangs on this account's resources holds for this principal alone.
                    let of = if *is_local { caller.own } else { [caller.special, 0] };
                    if !self.agree(&of, place, &ask, &all) {
                        of_region.never |= 1 << (place % 64);
                    }
                }
                add(&mut never, clash.index, of_region.never);
            }
        }
        never.sort_unstable();
        never
    }

    /// Makes sure that it is known what a level leaves in a region, of the actions for which it looks at nothing else.
    fn ask_for_region(&self, caller: &Caller<'_>, level: &Level, region: Region) {
        if level.left_in.borrow().iter().any(|(known, _)| *known == region) {
            return;
        }
        let [everywhere, identity, resource] = &self.everything;
        let template = granted(caller.template, Arc::clone(resource));
        let lists = std::slice::from_ref(&level.list);
        let world = World::new(|| world_of_lists(caller, lists, everywhere, identity));
        let ask = Ask { template: &template, ..caller.ask(&self.universe, &world) };
        let mut left: ActionSet = level.always.clone();
        for class in level.classes.iter().filter(|class| class.dimensions == [REGION]) {
            let place = class.actions.iter().next();
            if place.is_some_and(|place| clash::left_in(&ask, place, region.name())) {
                class.actions.add_to(&mut left);
            }
        }
        level.left_in.borrow_mut().push((region, left));
    }
}
