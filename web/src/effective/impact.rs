//! What an edit would change, before it is made: for the forms that move and attach, and while something is dragged.

use std::rc::Rc;

use iam_effective::Effective;
use iam_evaluator::AccountId;
use iam_scenario::{Action, Document, apply};
use yew::prelude::*;

use super::changes::{Change, Comparison, Summary};
use super::job::{STEP, compare_account, in_slices};
use super::live::{LiveHandle, use_live};

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

/// The comparison in progress: first the state after the edit is computed, then account by account compared.
struct Work {
    live: LiveHandle,
    now: (Rc<Document>, Rc<Effective>),
    document: Document,
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
        let changes =
            compare_account(now, (&self.document, &then), account, &mut self.comparison, &facts);
        self.changes.extend(changes);
        None
    }
}
