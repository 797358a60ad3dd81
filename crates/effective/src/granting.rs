//! Settling what the account grants a principal.
//!
//! First as if nothing but the principal were in the account: that is kept for all principals of like policies, in
//! whichever account. Then, for the few actions that work on listed resources or assume roles, in the account as it is.

use std::rc::Rc;
use std::sync::Arc;

use iam_evaluator::{Account, Effect, Grant, Policy, PolicyDocument, RequestPrincipal};

use crate::ask::World;
use crate::engine::{Caller, Engine, open_clauses};
use crate::glob;
use crate::grants::{Grants, fingerprint};
use crate::numbers::{REGION, RESOURCE};
use crate::questions::Answers;
use crate::settle::{Guard, Layer, Open, settle};
use crate::universe::{ACCOUNT, service_of};
use crate::{ActionSet, Universe, world};

/// The policies of a principal, in the layers of which each must allow.
struct Own {
    layers: Vec<Vec<Arc<PolicyDocument>>>,
    /// The root user needs no policy.
    is_root: bool,
}

impl Own {
    fn of(caller: &Caller<'_>) -> Self {
        let account = caller.membership.account();
        let principal = &caller.template.principal;
        let none: (&[Arc<Policy>], Option<&Arc<Policy>>) = (&[], None);
        let (policies, boundary) = match principal {
            RequestPrincipal::User(user) => account
                .user(&user.name)
                .map_or(none, |user| (&user.policies, user.permissions_boundary.as_ref())),
            RequestPrincipal::AssumedRole { role, .. } => account
                .role(&role.name)
                .map_or(none, |role| (&role.policies, role.permissions_boundary.as_ref())),
            RequestPrincipal::FederatedUser { name, user, .. } => {
                let user = match (user, &*account.users) {
                    (Some(user), _) => account.user(user),
                    (None, [only]) => Some(only),
                    (None, _) => account.user(name),
                };
                user.map_or(none, |user| (&user.policies, user.permissions_boundary.as_ref()))
            }
            _ => none,
        };
        let documents = |policies: &[Arc<Policy>]| -> Vec<_> {
            policies.iter().map(|policy| Arc::clone(&policy.document)).collect()
        };
        let mut layers = vec![documents(policies)];
        layers.extend(boundary.map(|policy| documents(std::slice::from_ref(policy))));
        let session = &caller.template.session_policies;
        let is_federated = matches!(principal, RequestPrincipal::FederatedUser { .. });
        let takes_session = !matches!(principal, RequestPrincipal::User(_));
        if is_federated || (takes_session && !session.is_empty()) {
            layers.push(documents(session));
        }
        let endpoint = caller.template.vpc_endpoint_policy.as_ref();
        layers.extend(endpoint.map(|policy| documents(std::slice::from_ref(policy))));
        Self { layers, is_root: matches!(principal, RequestPrincipal::RootUser { .. }) }
    }
}

impl Engine {
    /// What the account grants to a caller; `touched` are the actions that work on its listed resources.
    pub(crate) fn granted(&mut self, caller: &Caller<'_>, touched: &ActionSet) -> Rc<Grants> {
        let own = Own::of(caller);
        let base = self.granted_alone(caller, &own);
        self.granted_here(caller, &own, base, touched)
    }

    fn granted_alone(&mut self, caller: &Caller<'_>, own: &Own) -> Rc<Grants> {
        let mut key = vec![u32::from(own.is_root)];
        for documents in &own.layers {
            let numbers = documents.iter().map(|document| self.numbers.document(document));
            key.extend(numbers.chain([u32::MAX]));
        }
        let all: Vec<_> = own.layers.iter().flatten().cloned().collect();
        let asked = self.asked_by(&all);
        key.extend(self.profile(&asked, caller, &mut Answers::default()));
        if let Some(known) = self.grants.get(&*key) {
            return Rc::clone(known);
        }
        let universe = Rc::clone(&self.universe);
        let (layers, guards) = self.layers(caller, own);
        let world = World::new(|| {
            let alone = world::alone(caller.membership.account(), &caller.template.principal);
            let (organization, membership) = (caller.organization, caller.membership);
            world::around(organization, membership, Arc::new(alone), &world::Nothing)
        });
        let mut within = universe.traits().all.clone();
        within.subtract(&universe.traits().assume_roles);
        let question = Open {
            within: &within,
            layers: &layers,
            guards: &guards,
            granted: None,
            unsure: None,
            refused: None,
        };
        let settled = settle(&caller.ask(&universe, &world), &question);
        let grants = Rc::new(Grants::new(self.next_id(), settled));
        self.grants.insert(key.into(), Rc::clone(&grants));
        grants
    }

    fn layers(&mut self, caller: &Caller<'_>, own: &Own) -> (Vec<Layer>, Vec<Guard>) {
        let universe = Rc::clone(&self.universe);
        let (mut layers, mut guards) = (Vec::new(), Vec::new());
        for (number, documents) in own.layers.iter().enumerate() {
            let mut layer = Layer::new(&universe);
            if own.is_root && number == 0 {
                layer.allows = universe.traits().all.clone();
            }
            self.add_to_layer(documents, caller, number, &mut layer, &mut guards);
            layers.push(layer);
        }
        (layers, guards)
    }

    /// Settles again, in the account as it is, the actions that work on its listed resources or assume its roles.
    fn granted_here(
        &mut self,
        caller: &Caller<'_>,
        own: &Own,
        base: Rc<Grants>,
        touched: &ActionSet,
    ) -> Rc<Grants> {
        let universe = Rc::clone(&self.universe);
        let mut within = touched.clone();
        within.add(&universe.traits().assume_roles);
        let (mut layers, mut guards) = self.layers(caller, own);
        let resources = self.add_resource_policies(caller, layers.len(), &mut guards);
        let world = World::new(|| {
            let account = Arc::clone(caller.membership.shared_account());
            world::around(caller.organization, caller.membership, account, &world::Nothing)
        });
        if let Some(layer) = layers.first_mut() {
            layer.may_deny.add(&resources.denied);
        }
        let question = Open {
            within: &within,
            layers: &layers,
            guards: &guards,
            granted: Some(&resources.granted),
            unsure: Some(&resources.unsure),
            refused: Some(&resources.refused),
        };
        let mut settled = settle(&caller.ask(&universe, &world), &question);
        if base.agrees(&within, &settled) {
            return base;
        }
        for class in &mut settled.classes {
            class.looks_at(RESOURCE);
            // A listed resource lies in one region, where its ARN tells one.
            let entry = class.actions.iter().next().and_then(|place| universe.entry(place));
            let regional = |form: &str| form.split(':').nth(3).is_some_and(|it| !it.is_empty());
            if entry.is_some_and(|entry| entry.forms.iter().any(|form| regional(form))) {
                class.looks_at(REGION);
            }
        }
        let mut key = vec![u32::MAX, base.id];
        key.extend(fingerprint(&settled));
        for class in &settled.classes {
            key.push(u32::MAX);
            key.extend(&class.dimensions);
            key.extend(class.actions.iter().map(crate::universe::number));
        }
        if let Some(known) = self.grants.get(&*key) {
            return Rc::clone(known);
        }
        let grants = Rc::new(base.with(self.next_id(), &within, settled));
        self.grants.insert(key.into(), Rc::clone(&grants));
        grants
    }

    /// Adds the statements of resource and trust policies that mean the caller.
    fn add_resource_policies(
        &mut self,
        caller: &Caller<'_>,
        layer: usize,
        guards: &mut Vec<Guard>,
    ) -> Resources {
        let universe = Rc::clone(&self.universe);
        let traits = universe.traits();
        let account = caller.membership.account();
        let none = || universe.none();
        let mut all = Resources {
            granted: none(),
            unsure: traits.assume_roles.clone(),
            denied: none(),
            refused: traits.assume_roles.clone(),
        };
        let trust = account.roles.iter().map(|role| (&role.arn, role.trust_policy.as_ref()));
        let listed = account.resources.iter().map(|it| (&it.arn, it.policy.as_ref()));
        for (arn, policy) in listed.chain(trust) {
            let Some(policy) = policy else { continue };
            let mut agreed = none();
            self.add_resource_policy(caller, arn, policy, layer, guards, &mut all, &mut agreed);
            if arn.split(':').nth(2) == Some("kms") {
                // The policy of a key must at least let the account decide.
                let of_keys = universe.services().iter().find(|service| &*service.prefix == "kms");
                for place in of_keys.iter().flat_map(|it| it.places.iter().cloned()).flatten() {
                    if !agreed.contains(place) {
                        all.unsure.insert(place);
                    }
                }
            }
        }
        all
    }

    #[expect(clippy::too_many_arguments, reason = "what is read and what comes of it")]
    fn add_resource_policy(
        &mut self,
        caller: &Caller<'_>,
        arn: &str,
        policy: &Arc<Policy>,
        layer: usize,
        guards: &mut Vec<Guard>,
        all: &mut Resources,
        agreed: &mut ActionSet,
    ) {
        let reading = self.reading(&policy.document, caller.membership);
        for (at, statement) in policy.document.statements.iter().enumerate() {
            let named = |element| caller.settled.names(element, statement.effect);
            let Some(grant) = statement.principal.as_ref().and_then(named) else { continue };
            let Some(open) = open_clauses(statement, &caller.settled) else { continue };
            let Some(read) = reading.statements.get(at) else { continue };
            for set in [&read.whole, &read.part] {
                if statement.effect == Effect::Deny {
                    set.add_to(&mut all.denied);
                    continue;
                }
                set.iter().for_each(|place| all.refused.remove(place));
                if grant != Grant::Account {
                    set.add_to(&mut all.granted);
                }
            }
            if statement.effect == Effect::Allow && open.is_empty() {
                read.whole.add_to(agreed);
            }
            guards.push(Guard {
                number: u32::MAX,
                layer,
                reading: Rc::clone(&reading),
                at,
                whole: true,
                dimensions: self.dimensions(statement, &open, Some(read), caller),
                open,
                resource: Some(arn.into()),
            });
        }
    }
}

/// What the policies of resources do to actions.
struct Resources {
    /// They may allow it, whatever else.
    granted: ActionSet,
    /// They must agree, and may not.
    unsure: ActionSet,
    /// They may deny it.
    denied: ActionSet,
    /// They must agree, and never do.
    refused: ActionSet,
}

/// The actions that work on a listed resource of the account, or on what lies in it.
pub(crate) fn touched(universe: &Universe, account: &Account) -> ActionSet {
    let id = account.id.as_str();
    let mut touched = universe.none();
    for resource in &account.resources {
        let arn = &resource.arn;
        let patterns = [arn.to_string(), format!("{arn}/*"), format!("{arn}:*")];
        for (forms, places) in universe.traits().forms_of_service(service_of(arn)) {
            let mut forms = forms.iter().map(|form| form.replace(ACCOUNT, id));
            if forms.any(|form| patterns.iter().any(|pattern| glob::meets(pattern, &form))) {
                places.add_to(&mut touched);
            }
        }
    }
    touched
}
