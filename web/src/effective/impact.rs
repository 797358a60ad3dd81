//! What an edit would change, before it is made: for the forms that move and attach, and while something is dragged.

use std::rc::Rc;

use iam_effective::Effective;
use iam_evaluator::AccountId;
use iam_scenario::{Action, Document, apply, without_policy};
use yew::prelude::*;

use super::changes::{Change, Comparison, Summary};
use super::job::{STEP, compare_account, in_slices};
use super::live::{LiveHandle, use_live};
use crate::lazy::later;

/// What an edit would change, once that can be worked out.
pub fn impact(action: &Action, document: &Rc<Document>) -> Html {
    later!(Catalog, Nothing, impact(action, document))
}

/// Properties of [`Impact`].
#[derive(Properties, PartialEq)]
pub struct ImpactProps {
    /// The edit.
    pub action: Action,
    /// The document that it would be made to.
    pub document: Rc<Document>,
}

/// Says what an edit would newly deny, allow or make conditional.
#[component]
pub fn Impact(props: &ImpactProps) -> Html {
    let ImpactProps { action, document } = props;
    let live = use_live();
    let found = use_state_eq(|| None::<Summary>);
    let after = use_memo((action.clone(), document.clone()), |(action, document)| {
        matters(action).then(|| apply(document, action).ok()).flatten()
    });
    {
        let found = found.setter();
        let inputs = (after.clone(), document.clone(), live.clone());
        use_effect_with(inputs, move |(after, document, live)| {
            found.set(None);
            let work = after.as_ref().clone().and_then(|after| Work::new(live, document, after));
            let running = work.map(|mut work| {
                in_slices(0, move || work.step(), move |summary| found.set(Some(summary)))
            });
            move || drop(running)
        });
    }
    // AWS would refuse it, or it does not concern decisions.
    if after.is_none() || live.now.is_none() {
        return Html::default();
    }
    html! {
        <p class="impact" role="status">
            { match &*found {
                None => "Working out what this would change …".to_owned(),
                Some(summary) => format!("Afterwards: {}", summary.words()),
            } }
        </p>
    }
}

/// Properties of [`Limits`].
#[derive(Properties, PartialEq)]
pub struct LimitsProps {
    /// The id of an SCP or RCP.
    pub policy: String,
    /// The document.
    pub document: Rc<Document>,
    /// Compares with the scenario without the policy.
    pub on_without: Callback<Option<String>>,
}

/// Says what a policy of the organization takes away: what is decided otherwise than without it.
#[component]
pub fn Limits(props: &LimitsProps) -> Html {
    let LimitsProps { policy, document, on_without } = props;
    let live = use_live();
    let found = use_state_eq(|| None::<Summary>);
    {
        let found = found.setter();
        let inputs = (policy.clone(), document.clone(), live.clone());
        use_effect_with(inputs, move |(policy, document, live)| {
            found.set(None);
            let work = Work::new(live, document, without_policy(document, policy));
            let running = work.map(|mut work| {
                work.backwards = true;
                in_slices(0, move || work.step(), move |summary| found.set(Some(summary)))
            });
            move || drop(running)
        });
    }
    if live.now.is_none() {
        return Html::default();
    }
    let each = {
        let policy = policy.clone();
        on_without.reform(move |_: MouseEvent| Some(policy.clone()))
    };
    html! {
        <div class="impact limits">
            <p role="status">
                { match &*found {
                    None => "Working out what it changes …".to_owned(),
                    Some(summary) => format!("Because of it: {}", summary.words()),
                } }
            </p>
            if found.as_ref().is_some_and(|summary| !summary.is_empty()) {
                <button type="button" class="button small" onclick={each}>{ "See each" }</button>
            }
        </div>
    }
}

/// Whether an edit is one of those whose effect somebody wants to know before.
pub fn matters(action: &Action) -> bool {
    matches!(
        action,
        Action::MoveAccount { .. }
            | Action::MoveOrganizationalUnit { .. }
            | Action::AttachPolicy { .. }
            | Action::DetachPolicy { .. }
            | Action::RemoveAccount { .. }
            | Action::InviteAccount { .. }
            | Action::AttachManagedPolicy { .. }
            | Action::DetachManagedPolicy { .. }
    )
}

/// The comparison in progress: first the other state is computed, then account by account compared.
struct Work {
    live: LiveHandle,
    now: (Rc<Document>, Rc<Effective>),
    document: Document,
    /// Whether the other state is the one before.
    backwards: bool,
    computing: Option<Effective>,
    then: Option<Rc<Effective>>,
    accounts: Vec<AccountId>,
    comparison: Comparison,
    changes: Vec<Change>,
}

impl Work {
    fn new(live: &LiveHandle, now: &Rc<Document>, document: Document) -> Option<Work> {
        let (facts, compiled) = live.facts.as_ref().zip(live.compiled.as_ref())?;
        let compiled = compiled.update(&document);
        let organization = compiled.shared_organization();
        let computing = facts.engine.borrow_mut().begin(organization);
        let accounts = organization.accounts().map(|it| it.account().id).collect();
        Some(Work {
            live: live.clone(),
            now: (now.clone(), live.now.clone()?),
            document,
            backwards: false,
            computing: Some(computing),
            then: None,
            accounts,
            comparison: Comparison::default(),
            changes: Vec::new(),
        })
    }

    /// Does a little; gives the sum when all is compared.
    fn step(&mut self) -> Option<Summary> {
        let facts = self.live.facts.clone()?;
        if let Some(mut computing) = self.computing.take() {
            match facts.engine.borrow_mut().advance(&mut computing, STEP) {
                true => self.then = Some(Rc::new(computing)),
                false => self.computing = Some(computing),
            }
            return None;
        }
        let (then, account) = (self.then.clone()?, self.accounts.pop());
        let Some(account) = account else { return Some(Summary::of(self.changes.iter())) };
        let now: (&Document, &Effective) = (&self.now.0, &self.now.1);
        let then: (&Document, &Effective) = (&self.document, &then);
        let (before, after) = if self.backwards { (then, now) } else { (now, then) };
        let changes = compare_account(before, after, account, &mut self.comparison, &facts);
        self.changes.extend(changes);
        None
    }
}
