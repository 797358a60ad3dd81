//! The right side of the page: a question, AWS's answer to it, and what each gate on the way said.

mod answer;
mod besides;
mod context;
mod copy;
mod field;
mod flips;
mod form;
mod formula;
mod gates;
mod more;
mod paste;
mod policies;
mod rows;
mod save;
mod saved;
mod statements;
pub mod suggestions;
#[cfg(test)]
mod tests;
mod verify;
pub mod what_if;

use std::rc::Rc;

use iam_scenario::{Action, Compiled, Document};
use yew::prelude::*;

use crate::browser;
use crate::question::{self, Question};
use crate::selection::Selection;
use crate::show::view;

use answer::AnswerView;
use context::ContextRows;
use flips::Flips;
use form::QuestionForm;
use more::MoreFields;
use paste::PasteDenial;
pub use paste::{PasteDenialProps, Pasted};
use save::SaveBar;
use saved::SavedQuestions;
use verify::Verify;
pub use verify::{Simulated, SimulatedProps};

/// Properties of [`WhyPane`].
#[derive(Properties, PartialEq)]
pub struct WhyPaneProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The document.
    pub document: Rc<Document>,
    /// The question.
    pub question: Question,
    /// Another question is asked.
    pub on_question: Callback<Question>,
    /// The scenario's list of questions is edited.
    pub on_action: Callback<Action>,
    /// A policy or a level of the tree is to be opened.
    pub on_open: Callback<Selection>,
}

/// Shows the question and why it is answered as it is.
#[component]
pub fn WhyPane(props: &WhyPaneProps) -> Html {
    let WhyPaneProps { compiled, document, question, on_question, on_action, on_open } = props;
    let answer = use_memo((compiled.clone(), question.clone()), |(compiled, question)| {
        question::ask(compiled, question)
    });
    use_effect_with(answer.is_ok(), |answered| {
        if *answered {
            browser::mark_time("first verdict");
        }
    });
    let error = answer.as_ref().as_ref().err().cloned();
    let decision = answer.as_ref().as_ref().ok().map(|answer| answer.decision());
    html! {
        <div class="why">
            { view!(SavedQuestions { compiled, document, question, on_question, on_open }) }
            { view!(PasteDenial { document, question, on_question, answer: answer.clone() }) }
            <section class="why-question" aria-label="Question">
                { view!(SaveBar { document, question, decision, on_question, on_action }) }
                { view!(QuestionForm { document, question, on_question, error: error.clone() }) }
                <div class="why-extras">
                    { view!(ContextRows { compiled, question, on_question, answer: answer.clone() }) }
                    { view!(MoreFields { document, question, on_question, error }) }
                </div>
            </section>
            { view!(AnswerView { compiled, question, answer: answer.clone(), on_open, children: html! { <>
                { view!(Flips { compiled, question, answer: answer.clone(), on_question, on_action }) }
                { view!(Verify { compiled, answer }) }
            </> } }) }
        </div>
    }
}
