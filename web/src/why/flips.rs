//! What would flip the answer: single changes, each a button that makes it. They are looked for when somebody wants to
//! see them, since each one is tried on the whole scenario.

use std::rc::Rc;

use iam_evaluator::explanation;
use iam_scenario::{Action, Answer, AskError, Change, Compiled, Flip, with_context};
use yew::prelude::*;

use crate::icons::{Icon, decision_class, decision_words, icon};
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
    let inputs = (props.compiled.clone(), props.question.clone(), props.answer.clone(), *open);
    let flips = use_memo(inputs, |(compiled, question, answer, open)| match &**answer {
        Ok(answer) if *open => compiled.flips(&question.request, answer, question::now()),
        _ => Vec::new(),
    });
    let Ok(answer) = &*props.answer else { return Html::default() };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="why-flips">
            <button type="button" class="button small" aria-expanded={open.to_string()} onclick={toggle}>
                { explanation::flips_heading(answer.evaluation.decision()) }
            </button>
            if *open && flips.is_empty() {
                <p class="muted" role="status">{ explanation::no_flip() }</p>
            }
            <ul>{ for flips.iter().map(|flip| show(props, flip)) }</ul>
        </div>
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
    let words = decision_words(flip.decision);
    html! {
        <li key={flip.label.clone()}>
            <button type="button" class="why-flip" {onclick}>
                <span class={classes!("mark", decision_class(flip.decision))} title={words}>
                    { icon(Icon::of_decision(flip.decision)) }<span class="visually-hidden">{ words }{ ": " }</span>
                </span>
                <span>{ prose(&flip.label) }</span>
            </button>
        </li>
    }
}
