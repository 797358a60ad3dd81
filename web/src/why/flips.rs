//! What would flip the answer: single changes, each a button that makes it. They are looked for when somebody wants to
//! see them, since each one is tried on the whole scenario.

use std::rc::Rc;

use iam_evaluator::explanation;
use iam_scenario::{Action, Answer, AskError, Change, Compiled, Flip, with_context};
use yew::prelude::*;

use crate::groups;
use crate::icons::{Icon, decision_class, decision_words, icon};
use crate::lazy::{Arrival, Group, now, use_group};
use crate::prose::prose;
use crate::question::{self, Question};

/// Properties of [`Flips`].
#[derive(Properties, PartialEq)]
pub struct FlipsProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The question.
    pub question: Question,
    /// Its answer.
    pub answer: Rc<Result<Answer, AskError>>,
    /// The question is asked with another value.
    pub on_question: Callback<Question>,
    /// The scenario is edited.
    pub on_action: Callback<Action>,
}

/// Lists what would flip the answer, once it is opened.
#[component]
pub fn Flips(props: &FlipsProps) -> Html {
    let open = use_state(|| false);
    let arrival = use_group(Group::Views, *open);
    let inputs = (props.compiled.clone(), props.question.clone(), props.answer.clone(), *open);
    let flips = use_memo((inputs, arrival.clone()), |((compiled, question, answer, open), _)| {
        let Ok(answer) = &**answer else { return Vec::new() };
        match open {
            true => now(groups::flips(compiled, &question.request, answer, question::now()))
                .unwrap_or_default(),
            false => Vec::new(),
        }
    });
    let Ok(answer) = &*props.answer else { return Html::default() };
    let (moves, others): (Vec<&Flip>, Vec<&Flip>) =
        flips.iter().partition(|flip| account_of(flip).is_some());
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="why-flips">
            <button type="button" class="button small" aria-expanded={open.to_string()} onclick={toggle}>
                { explanation::flips_heading(answer.evaluation.decision()) }
            </button>
            if *open && arrival == Arrival::Here && flips.is_empty() {
                <p class="muted" role="status">{ explanation::no_flip() }</p>
            }
            if *open { { arrival.words() } }
            <ul>
                { for others.iter().map(|flip| show(props, flip)) }
                { for moves.chunk_by(|one, next| account_of(one) == account_of(next)).map(|moves| show_moves(props, moves)) }
            </ul>
        </div>
    }
}

/// The account that a flip moves.
fn account_of(flip: &Flip) -> Option<&str> {
    match &flip.change {
        Change::Edit(Action::MoveAccount { id, .. }) => Some(id),
        _ => None,
    }
}

/// The places to which one account could move, in one line.
fn show_moves(props: &FlipsProps, moves: &[&Flip]) -> Html {
    let Some((first, account)) = moves.first().and_then(|first| Some((first, account_of(first)?)))
    else {
        return Html::default();
    };
    let document = props.compiled.document();
    let name = document.account(account).map_or(account, |account| account.name.as_str());
    html! {
        <li key={format!("move {account}")} class="why-moves">
            { mark(first) }
            <span>
                { format!("Move the account {name} to") }
                { for moves.iter().map(|flip| show_move(props, flip)) }
            </span>
        </li>
    }
}

fn show_move(props: &FlipsProps, flip: &Flip) -> Html {
    let Change::Edit(action @ Action::MoveAccount { parent, .. }) = &flip.change else {
        return Html::default();
    };
    let document = props.compiled.document();
    let name = document.organizational_unit(parent).map_or(parent, |unit| &unit.name);
    let onclick = {
        let action = action.clone();
        props.on_action.reform(move |_: MouseEvent| action.clone())
    };
    html! {
        <button key={parent.clone()} type="button" class="button small" aria-label={flip.label.clone()} {onclick}>{ name }</button>
    }
}

fn mark(flip: &Flip) -> Html {
    let words = decision_words(flip.decision);
    html! {
        <span class={classes!("mark", decision_class(flip.decision))} title={words}>
            { icon(Icon::of_decision(flip.decision)) }<span class="visually-hidden">{ words }{ ": " }</span>
        </span>
    }
}

fn show(props: &FlipsProps, flip: &Flip) -> Html {
    let onclick = match &flip.change {
        Change::Edit(action) => {
            let action = action.clone();
            props.on_action.reform(move |_: MouseEvent| action.clone())
        }
        Change::Context { key, values } => {
            let request = with_context(&props.question.request, key, values);
            let asked = Question { request: request.into(), index: props.question.index };
            props.on_question.reform(move |_: MouseEvent| asked.clone())
        }
    };
    html! {
        <li key={flip.label.clone()}>
            <button type="button" class="why-flip" {onclick}>
                { mark(flip) }
                <span>{ prose(&flip.label) }</span>
            </button>
        </li>
    }
}
