//! What the organization leaves to the principals of an account: SCPs and RCPs, level by level from the root down.
//!
//! Each level is settled alone and kept for all accounts below it; a path is put together from its levels one by one,
//! and kept for all paths that begin with it. An edit of one policy therefore settles one level again, and puts together
//! what hangs below.

use std::cell::RefCell;
use std::rc::Rc;

use crate::cells::Totals;
use crate::combine::nothing_granted;
use crate::numbers::Region;
use crate::path::List;
use crate::settle::{Class, Settlement, mask};
use crate::{ActionSet, Universe};

/// The policies of one type at one place of the tree, settled for callers of one profile.
#[derive(Debug)]
pub(crate) struct Level {
    pub id: u32,
    pub always: ActionSet,
    pub possible: ActionSet,
    pub denies: ActionSet,
    pub granted: ActionSet,
    pub reads: Reads,
    pub classes: Vec<Class>,
    /// The policies.
    pub list: Rc<List>,
    /// By region: the actions that are left there, of those for which nothing else is looked at. Filled when asked.
    pub left_in: RefCell<Vec<(Region, ActionSet)>>,
    /// By place: the number of its class plus one; nothing where there are no classes.
    class_of: Vec<u16>,
    /// Whether the level leaves everything.
    pub leaves_all: bool,
}

/// For each thing that a request may bring along, the actions that it decides about.
pub(crate) type Reads = Vec<(u32, ActionSet)>;

impl Level {
    pub fn new(id: u32, list: &Rc<List>, universe: &Universe, settled: Settlement) -> Self {
        let Settlement { always, possible, denies, granted, classes } = settled;
        let mut class_of = match classes.is_empty() {
            true => Vec::new(),
            false => vec![0; universe.places()],
        };
        for (number, class) in (1..).zip(&classes) {
            for place in class.actions.iter() {
                if let Some(slot) = class_of.get_mut(place) {
                    *slot = number;
                }
            }
        }
        let reads = reads(universe, &classes);
        let leaves_all = denies.is_empty() && always == universe.traits().all;
        Self {
            id,
            always,
            possible,
            denies,
            granted,
            reads,
            classes,
            list: Rc::clone(list),
            left_in: RefCell::default(),
            class_of,
            leaves_all,
        }
    }

    /// The class of an action that the level leaves sometimes.
    pub fn class(&self, place: usize) -> Option<&Class> {
        let number = self.class_of.get(place)?.checked_sub(1)?;
        self.classes.get(usize::from(number))
    }
}

fn reads(universe: &Universe, classes: &[Class]) -> Reads {
    let mut reads = Reads::new();
    for class in classes {
        for dimension in &class.dimensions {
            class.actions.add_to(set_of(&mut reads, *dimension, universe));
        }
    }
    reads
}

fn set_of<'r>(reads: &'r mut Reads, dimension: u32, universe: &Universe) -> &'r mut ActionSet {
    let at = match reads.iter().position(|(known, _)| *known == dimension) {
        Some(at) => at,
        None => {
            reads.push((dimension, universe.none()));
            reads.len() - 1
        }
    };
    // The entry was found or has just been added.
    #[expect(clippy::indexing_slicing, reason = "the position was found or added above")]
    &mut reads[at].1
}

/// All levels of a path together.
#[derive(Debug)]
pub(crate) struct Guardrails {
    pub id: u32,
    pub always: ActionSet,
    pub possible: ActionSet,
    pub denies: ActionSet,
    pub granted: ActionSet,
    pub reads: Reads,
    /// What is in `reads`, see [`Class::mask`].
    pub mask: u64,
    /// The levels that leave some actions sometimes.
    pub levels: Vec<Rc<Level>>,
    /// The totals of a principal who is granted nothing.
    pub nothing_granted: Totals,
}

impl Guardrails {
    /// No guardrails: everything is left.
    pub fn none(universe: &Universe) -> Self {
        let all = universe.traits().all.clone();
        Self {
            id: 0,
            always: all.clone(),
            possible: all.clone(),
            granted: all,
            denies: universe.none(),
            reads: Vec::new(),
            mask: 0,
            levels: Vec::new(),
            nothing_granted: nothing_granted(universe, &universe.none()),
        }
    }

    /// The actions that this path and a further level leave sometimes and by a look at the same things.
    pub fn clash(&self, level: &Level, universe: &Universe) -> ActionSet {
        let mut clash = universe.none();
        for (dimension, set) in &level.reads {
            if let Some((_, own)) = self.reads.iter().find(|(known, _)| known == dimension) {
                clash.add(&own.in_common(set));
            }
        }
        clash
    }

    /// The path with one more level; `never` are the actions that both leave sometimes, but never at once.
    pub fn with(&self, id: u32, level: &Rc<Level>, never: &ActionSet, universe: &Universe) -> Self {
        let always = self.always.in_common(&level.always);
        let mut possible = self.possible.in_common(&level.possible);
        possible.subtract(never);
        let mut denies = self.denies.clone();
        denies.add(&level.denies);
        let granted = self.granted.in_common(&level.granted);
        denies.add(&never.in_common(&granted));
        let mut sometimes = possible.clone();
        sometimes.subtract(&always);
        let mut reads = self.reads.clone();
        for (dimension, set) in &level.reads {
            set_of(&mut reads, *dimension, universe).add(set);
        }
        reads.iter_mut().for_each(|(_, set)| set.keep(&sometimes));
        reads.retain(|(_, set)| !set.is_empty());
        let mut levels = self.levels.clone();
        if !level.classes.is_empty() {
            levels.push(Rc::clone(level));
        }
        let nothing_granted = nothing_granted(universe, &denies);
        let mask = mask(reads.iter().map(|(dimension, _)| *dimension));
        Self { id, always, possible, denies, granted, reads, mask, levels, nothing_granted }
    }

    /// The classes of an action at the levels that leave it sometimes.
    pub fn classes(&self, place: usize) -> impl Iterator<Item = &Class> {
        self.levels.iter().filter_map(move |level| level.class(place))
    }
}
