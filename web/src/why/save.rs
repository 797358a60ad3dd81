//! Keeping the question in the scenario: as a test, with what is decided now as what is expected.

use std::rc::Rc;
use std::sync::Arc;

use iam_scenario::{Action, Decision, Document, Request};
use yew::prelude::*;

use super::field::input_text;
use super::form::edit;
use crate::icons::{Icon, decision_words, icon};
use crate::question::Question;

/// Properties of [`SaveBar`].
#[derive(Properties, PartialEq)]
pub struct SaveBarProps {
    /// The document.
    pub document: Rc<Document>,
    /// The question.
    pub question: Question,
    /// What is decided now, where the question can be asked.
    pub decision: Option<Decision>,
    /// The question has been changed.
    pub on_question: Callback<Question>,
    /// The list of questions is edited.
    pub on_action: Callback<Action>,
}

/// The name of the question, what is expected of it, and the buttons that keep it.
#[component]
pub fn SaveBar(props: &SaveBarProps) -> Html {
    let SaveBarProps { document, question, on_question, .. } = props;
    let kept = question.index.and_then(|index| Some((index, document.requests().get(index)?)));
    let rename = edit(question, on_question, |request, name| request.name = name);
    let buttons = match kept {
        None => add_button(props, "Add as test"),
        Some((index, kept)) if *kept == question.request => kept_buttons(props, index),
        Some((index, _)) => changed_buttons(props, index),
    };
    html! {
        <div class="why-save">
            <input id="why-name" aria-label="Name of this question" placeholder="Name this question"
                value={question.request.name.clone()} oninput={rename.reform(input_text)} autocomplete="off" />
            { buttons }
        </div>
    }
}

/// The question stands in the scenario as it is: what is expected of it, and taking it out.
fn kept_buttons(props: &SaveBarProps, index: usize) -> Html {
    let expected = props.question.request.expect;
    let expect = props.decision.filter(|decision| expected != Some(*decision)).map(|decision| {
        let request = expecting(&props.question, Some(decision));
        let action = Action::UpdateRequest { index, request };
        button(format!("Expect: {}", decision_words(decision)), act(&props.on_action, action))
    });
    let said = expected.map(|expected| {
        let as_expected = props.decision == Some(expected);
        let (mark, class) = match as_expected {
            true => (Icon::Check, "passes"),
            false => (Icon::Warning, "fails"),
        };
        let words = decision_words(expected);
        html! { <span class={classes!("why-expect", class)}>{ icon(mark) }{ format!("Expected: {words}") }</span> }
    });
    let remove = act(&props.on_action, Action::RemoveRequest { index });
    html! {
        <div class="why-save-buttons">
            { said }
            { expect }
            <button type="button" class="button small quiet" onclick={remove}>{ "Remove from scenario" }</button>
        </div>
    }
}

/// The question came from the scenario and has been changed since.
fn changed_buttons(props: &SaveBarProps, index: usize) -> Html {
    let request = expecting(&props.question, props.question.request.expect.and(props.decision));
    let update = {
        let (on_action, on_question) = (props.on_action.clone(), props.on_question.clone());
        Callback::from(move |_: MouseEvent| {
            on_action.emit(Action::UpdateRequest { index, request: request.clone() });
            on_question.emit(Question { request: request.clone(), index: Some(index) });
        })
    };
    let back = Question::of(&props.document, index).unwrap_or_default();
    let back = props.on_question.reform(move |_: MouseEvent| back.clone());
    html! {
        <div class="why-save-buttons">
            { button("Save changes".to_owned(), update) }
            <button type="button" class="button small quiet" onclick={back}>{ "Discard changes" }</button>
            { add_button(props, "Add as another") }
        </div>
    }
}

/// Adds the question at the end of the scenario's, and goes on with it there.
fn add_button(props: &SaveBarProps, words: &str) -> Html {
    let request = expecting(&props.question, props.decision);
    let index = props.document.requests().len();
    let (on_action, on_question) = (props.on_action.clone(), props.on_question.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        on_action.emit(Action::AddRequest { request: request.clone() });
        on_question.emit(Question { request: request.clone(), index: Some(index) });
    });
    button(words.to_owned(), onclick)
}

fn button(words: String, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button small" {onclick}>{ words }</button> }
}

fn act(on_action: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    on_action.reform(move |_| action.clone())
}

fn expecting(question: &Question, expect: Option<Decision>) -> Arc<Request> {
    Arc::new(Request { expect, ..(*question.request).clone() })
}
