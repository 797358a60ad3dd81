//! One service unfolded: its actions by verdict and reason, a page at a time.

use std::rc::Rc;

use iam_scenario::Request;
use yew::prelude::*;

use super::Way;
use super::engine::Permissions;
use super::list::{groups, show};
use super::live::{Facts, use_live};
use super::tally::Filter;
use super::why::Asked;
use crate::question::Question;

/// How many actions come at once: each has its reason worked out.
const PAGE: usize = 60;

/// Properties of [`ServiceActions`].
#[derive(Properties)]
pub struct ServiceActionsProps {
    /// The actions and the engine.
    pub facts: Rc<Facts>,
    /// What each action comes to.
    pub permissions: Rc<Permissions>,
    /// A request of the principal.
    pub request: Rc<Request>,
    /// What is shown.
    pub filter: Filter,
    /// The number of the service.
    pub service: usize,
    /// The question.
    pub question: Question,
    /// The way back.
    pub way: Way,
}

impl PartialEq for ServiceActionsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.facts, &other.facts)
            && Rc::ptr_eq(&self.permissions, &other.permissions)
            && self.request == other.request
            && self.filter == other.filter
            && self.service == other.service
            && self.question == other.question
            && self.way == other.way
    }
}

/// Shows the actions.
#[component]
pub fn ServiceActions(props: &ServiceActionsProps) -> Html {
    let ServiceActionsProps { facts, permissions, request, filter, service, question, way } = props;
    let live = use_live();
    let pages = use_state(|| 1_usize);
    let most = *pages * PAGE;
    let Some(compiled) = live.compiled.clone() else { return Html::default() };
    let actions = filter.actions(&facts.index, permissions, *service);
    let mut actions: Vec<usize> = actions.map(|(place, _)| place).collect();
    actions.sort_by_key(|action| permissions.at(*action));
    let count = actions.len();
    actions.truncate(most);
    let inputs = (actions, live.clone(), request.clone());
    let listed = use_memo(inputs, {
        let (facts, permissions, compiled) = (facts.clone(), permissions.clone(), compiled.clone());
        move |(actions, _, request)| {
            let asked = Asked { facts: &facts, compiled: &compiled, request };
            groups(actions.iter().map(|action| {
                let verdict = permissions.at(*action);
                (*action, verdict, asked.why(*action, verdict))
            }))
        }
    });
    let ask = asking(facts, &compiled, request, way);
    let ask_denied = asking_denied(facts, &compiled, request, way);
    html! {
        <>
            { show(&facts.index, &listed, &question.request.action, &ask, &ask_denied) }
            if count > most {
                <button type="button" class="button small" onclick={move |_: MouseEvent| pages.set(*pages + 1)}>
                    { format!("Show {} more of {count}", PAGE.min(count - most)) }
                </button>
            }
        </>
    }
}

/// Asks about an action with the place of its verdict.
pub fn asking(
    facts: &Rc<Facts>,
    compiled: &Rc<iam_scenario::Compiled>,
    request: &Rc<Request>,
    way: &Way,
) -> Callback<(usize, usize)> {
    let (facts, compiled, request) = (facts.clone(), compiled.clone(), request.clone());
    way.on_question.reform(move |(action, verdict)| {
        Asked { facts: &facts, compiled: &compiled, request: &request }.question(action, verdict)
    })
}

/// Asks about an action that depends, as it is denied.
pub fn asking_denied(
    facts: &Rc<Facts>,
    compiled: &Rc<iam_scenario::Compiled>,
    request: &Rc<Request>,
    way: &Way,
) -> Callback<usize> {
    let (facts, compiled, request) = (facts.clone(), compiled.clone(), request.clone());
    let on_question = way.on_question.clone();
    Callback::from(move |action: usize| {
        let asked = Asked { facts: &facts, compiled: &compiled, request: &request };
        if let Some(question) = asked.denied_question(action) {
            on_question.emit(question);
        }
    })
}
