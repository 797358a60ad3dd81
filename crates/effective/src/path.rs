//! Settling the guardrails of a path: each level of the tree alone, then one after the other.

use std::rc::Rc;
use std::sync::Arc;

use iam_evaluator::{Organization, Policy, PolicyDocument, Request, Target, TargetIndex};

use crate::ask::{Ask, World};
use crate::clash;
use crate::engine::{Caller, Engine};
use crate::guardrails::{Guardrails, Level};
use crate::numbers::RESOURCE;
use crate::questions::Answers;
use crate::settle::{Class, Layer, Open, settle};
use crate::{ActionSet, world};

/// The policies of one type at one place of the tree.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// Below the root.
    pub depth: usize,
    /// RCPs rather than SCPs.
    pub is_rcp: bool,
    pub policies: Vec<Arc<Policy>>,
    pub documents: Vec<Arc<PolicyDocument>>,
    /// Equal lists have equal numbers.
    pub number: u32,
    /// What it asks of the caller, and whether it names accounts.
    pub asked: (Vec<u32>, bool),
}

/// The lists at each place of the tree, worked out once for a state of the organization.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    by_target: Vec<Vec<Rc<List>>>,
}

impl Lists {
    pub fn at(&self, index: TargetIndex) -> &[Rc<List>] {
        self.by_target.get(index.place()).map_or(&[], Vec::as_slice)
    }
}

impl Engine {
    /// The lists at every place.
    pub(crate) fn all_lists(&mut self, organization: &Organization) -> Lists {
        let targets = organization.targets();
        Lists {
            by_target: targets.map(|(_, target)| self.lists_at(organization, target)).collect(),
        }
    }

    /// The lists at one place.
    pub(crate) fn lists_at(
        &mut self,
        organization: &Organization,
        target: &Target,
    ) -> Vec<Rc<List>> {
        let mut lists = Vec::new();
        let Some(settings) = organization.settings() else { return lists };
        let policies = &target.policies;
        let depth = target.levels().len() - 1;
        if settings.service_control_policies {
            lists.push(self.list(depth, false, &policies.service_control_policies));
        }
        // Without RCPs a place leaves everything.
        let rcps = &policies.resource_control_policies;
        if settings.resource_control_policies && !rcps.is_empty() {
            lists.push(self.list(depth, true, rcps));
        }
        lists
    }

    fn list(&mut self, depth: usize, is_rcp: bool, policies: &[Arc<Policy>]) -> Rc<List> {
        let documents: Vec<_> = policies.iter().map(|it| Arc::clone(&it.document)).collect();
        let mut key = vec![u32::from(is_rcp)];
        key.extend(documents.iter().map(|document| self.numbers.document(document)));
        let number = self.numbers.key(&key);
        let asked = self.asked_by(&documents);
        Rc::new(List { depth, is_rcp, policies: policies.to_vec(), documents, number, asked })
    }

    /// What a path leaves to a caller.
    pub(crate) fn path(
        &mut self,
        caller: &Caller<'_>,
        lists: &[Rc<List>],
        answers: &mut Answers,
    ) -> Rc<Guardrails> {
        let mut path = Rc::clone(&self.no_guardrails);
        for (at, list) in lists.iter().enumerate() {
            let level = self.level(caller, list, answers);
            if level.leaves_all {
                continue;
            }
            let key = [path.id, level.id];
            path = match self.guardrails.get(&key) {
                Some(known) => Rc::clone(known),
                None => {
                    let so_far = lists.get(..=at).unwrap_or_default();
                    let never = self.levels_never_at_once(caller, so_far, &path, &level);
                    let longer = path.with(self.next_id(), &level, &never, &self.universe);
                    let longer = Rc::new(longer);
                    self.guardrails.insert(key, Rc::clone(&longer));
                    longer
                }
            };
        }
        path
    }

    fn level(&mut self, caller: &Caller<'_>, list: &Rc<List>, answers: &mut Answers) -> Rc<Level> {
        let mut key = vec![list.number];
        key.extend(self.profile(&list.asked, caller, answers));
        if let Some(known) = self.levels.get(&*key) {
            return Rc::clone(known);
        }
        let universe = Rc::clone(&self.universe);
        let traits = universe.traits();
        let mut layer = Layer::new(&universe);
        let mut guards = Vec::new();
        self.add_to_layer(&list.documents, caller, 0, &mut layer, &mut guards);
        let mut unsure = None;
        if list.is_rcp {
            layer.allows = traits.all.clone();
            layer.denies.keep(&traits.rcp);
            layer.may_deny.keep(&traits.rcp);
            // RCPs spare service-linked roles.
            let spared = layer.denies.in_common(&traits.assume_roles);
            layer.denies.subtract(&spared);
            layer.may_deny.add(&spared);
            unsure = Some(spared);
        }
        let [everywhere, identity, resource] = self.everything.clone();
        let template = granted(caller.template, resource);
        let lists = std::slice::from_ref(list);
        let world = World::new(|| world_of_lists(caller, lists, &everywhere, &identity));
        let question = Open {
            within: &traits.all,
            layers: &[layer],
            guards: &guards,
            granted: None,
            unsure: unsure.as_ref(),
            refused: None,
        };
        let mut settled =
            settle(&Ask { template: &template, ..caller.ask(&universe, &world) }, &question);
        if list.is_rcp {
            // Which role is assumed matters, for service-linked ones are spared.
            let of_roles = |class: &&mut Class| {
                class.actions.iter().any(|it| traits.assume_roles.contains(it))
            };
            for class in settled.classes.iter_mut().filter(of_roles) {
                class.looks_at(RESOURCE);
            }
        }
        let level = Rc::new(Level::new(self.next_id(), list, &universe, settled));
        self.levels.insert(key.into(), Rc::clone(&level));
        level
    }

    /// The actions that a path and its next level leave sometimes, but never at once.
    fn levels_never_at_once(
        &mut self,
        caller: &Caller<'_>,
        lists: &[Rc<List>],
        path: &Guardrails,
        level: &Level,
    ) -> ActionSet {
        let universe = Rc::clone(&self.universe);
        let mut never = universe.none();
        let clash = path.clash(level, &universe);
        if clash.is_empty() {
            return never;
        }
        let [everywhere, identity, resource] = self.everything.clone();
        let template = granted(caller.template, resource);
        let world = World::new(|| world_of_lists(caller, lists, &everywhere, &identity));
        let ask = Ask { template: &template, ..caller.ask(&universe, &world) };
        for place in clash.iter() {
            let classes: Vec<&Class> =
                level.class(place).into_iter().chain(path.classes(place)).collect();
            if !self.agree(&[caller.special, 0], place, &ask, &classes) {
                never.insert(place);
            }
        }
        never
    }

    /// Whether parts of a decision that allow an action sometimes ever allow it at once; `of` tells callers apart for
    /// whom the same parts may come to something else.
    pub(crate) fn agree(
        &mut self,
        of: &[u32; 2],
        place: usize,
        ask: &Ask<'_>,
        classes: &[&Class],
    ) -> bool {
        if let Some(known) = self.known_agreement(of, classes) {
            return known;
        }
        let agree = clash::agree(ask, place, classes);
        if let Some(agree) = agree {
            self.agreements.insert(key_of(of, classes).into(), agree);
        }
        // What could not be searched to its end may be, and with other policies around it the search may end.
        agree.unwrap_or(true)
    }

    /// The same, where it has been asked before.
    pub(crate) fn known_agreement(&self, of: &[u32; 2], classes: &[&Class]) -> Option<bool> {
        self.agreements.get(&*key_of(of, classes)).copied()
    }
}

fn key_of(of: &[u32; 2], classes: &[&Class]) -> Vec<u32> {
    let mut key = Vec::with_capacity(classes.len() * 8 + 2);
    key.extend(of);
    for class in classes {
        key.push(u32::MAX);
        key.extend(&class.key);
    }
    key
}

/// A small organization in which only these lists limit the caller.
pub(crate) fn world_of_lists(
    caller: &Caller<'_>,
    lists: &[Rc<List>],
    everywhere: &Arc<Policy>,
    identity: &Arc<Policy>,
) -> Organization {
    let account = caller.membership.account();
    let account = world::alone_with_everything(account, &caller.template.principal, identity);
    let kept = Kept { lists, everywhere };
    world::around(caller.organization, caller.membership, Arc::new(account), &kept)
}

/// A request that every resource grants, as far as its policy has a say.
pub(crate) fn granted(template: &Request, everything: Arc<Policy>) -> Request {
    Request { resource_policy: Some(everything), ..template.clone() }
}

impl Caller<'_> {
    pub(crate) fn ask<'b>(
        &'b self,
        universe: &'b crate::Universe,
        world: &'b World<'b>,
    ) -> Ask<'b> {
        Ask {
            universe,
            world,
            template: self.template,
            settled: &self.settled,
            account: self.account(),
        }
    }
}

struct Kept<'a> {
    lists: &'a [Rc<List>],
    everywhere: &'a Arc<Policy>,
}

impl Kept<'_> {
    fn at(&self, depth: usize, is_rcp: bool) -> Option<Vec<Arc<Policy>>> {
        let mut of_type = self.lists.iter().filter(|list| list.is_rcp == is_rcp).peekable();
        of_type.peek()?;
        let here = of_type.find(|list| list.depth == depth);
        Some(match here {
            Some(list) => list.policies.clone(),
            None if is_rcp => Vec::new(),
            None => vec![Arc::clone(self.everywhere)],
        })
    }
}

impl world::Kept for Kept<'_> {
    fn service_control_policies(&self, depth: usize) -> Option<Vec<Arc<Policy>>> {
        self.at(depth, false)
    }

    fn resource_control_policies(&self, depth: usize) -> Option<Vec<Arc<Policy>>> {
        self.at(depth, true)
    }
}
