//! Taking the answer along: as Markdown for a ticket, and as a call that asks AWS's own simulator the same.

use std::rc::Rc;

use iam_evaluator::explanation;
use iam_scenario::{Answer, AskError, Compiled, Simulation};
use yew::prelude::*;

use super::copy::CopyButton;
use crate::disclosure::use_disclosure;
use crate::lazy::later;
use crate::prose::prose;
use crate::show::view;

/// Properties of [`Verify`].
#[derive(Properties, PartialEq)]
pub struct VerifyProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The answer.
    pub answer: Rc<Result<Answer, AskError>>,
}

/// The explanation as Markdown, and the simulator's call, made only while it is unfolded.
#[component]
pub fn Verify(props: &VerifyProps) -> Html {
    let Ok(answer) = &*props.answer else { return Html::default() };
    let of = answer.message(&props.compiled);
    let markdown = {
        let (compiled, answer) = (props.compiled.clone(), props.answer.clone());
        Callback::from(move |()| match &*answer {
            Ok(answer) => {
                explanation::markdown(compiled.organization(), &answer.request, &answer.evaluation)
            }
            Err(error) => error.to_string(),
        })
    };
    let (open, ontoggle) = use_disclosure(|| false);
    let simulated =
        SimulatedProps { compiled: props.compiled.clone(), answer: props.answer.clone() };
    html! {
        <div class="why-take">
            <div class="why-take-head">
                { view!(CopyButton { text: markdown, label: "Copy as Markdown", of: of.clone() }) }
            </div>
            <details {ontoggle}>
                <summary>{ "Verify on AWS" }</summary>
                if open { { later!(Views, Words, simulated(simulated)) } }
            </details>
        </div>
    }
}

/// Properties of [`Simulated`].
#[derive(Properties, PartialEq, Clone)]
pub struct SimulatedProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The answer.
    pub answer: Rc<Result<Answer, AskError>>,
}

/// The simulator's call, and what it leaves out.
#[component]
pub fn Simulated(props: &SimulatedProps) -> Html {
    let Ok(answer) = &*props.answer else { return Html::default() };
    let made = Simulation::new(&props.compiled, answer);
    let text = {
        let command = made.command.clone();
        Callback::from(move |()| command.clone())
    };
    html! {
        <>
            <p class="hint">
                { prose("This call asks IAM’s policy simulator the same. It needs `iam:SimulateCustomPolicy` and changes nothing; it prints `allowed`, `explicitDeny` or `implicitDeny`.") }
            </p>
            <div class="why-take-head">{ view!(CopyButton { text, label: "Copy the call", of: made.command.clone() }) }</div>
            <pre class="why-text why-call" tabindex="0" aria-label="Call of the policy simulator">{ &made.command }</pre>
            if !made.notes.is_empty() {
                <h4>{ "What the simulator leaves out" }</h4>
                <ul class="why-notes">
                    { for made.notes.iter().enumerate().map(|(index, note)| html! { <li key={index}>{ prose(note) }</li> }) }
                </ul>
            }
        </>
    }
}
