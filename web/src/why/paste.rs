//! A denial from the real AWS, pasted: it fills in the question, and the page says whether it agrees.

use std::rc::Rc;

use iam_scenario::{Answer, AskError, Denial, Document};
use yew::prelude::*;

use super::field::area_text;
use crate::disclosure::use_disclosure;
use crate::icons::{Icon, icon};
use crate::lazy::later;
use crate::prose::prose;
use crate::question::Question;

/// Properties of [`PasteDenial`].
#[derive(Properties, PartialEq, Clone)]
pub struct PasteDenialProps {
    /// The document.
    pub document: Rc<Document>,
    /// The question.
    pub question: Question,
    /// Its answer.
    pub answer: Rc<Result<Answer, AskError>>,
    /// Another question is asked.
    pub on_question: Callback<Question>,
}

/// A place to paste an error message, a CloudTrail record or a decoded message.
#[component]
pub fn PasteDenial(props: &PasteDenialProps) -> Html {
    let (open, ontoggle) = use_disclosure(|| false);
    html! {
        <details class="why-paste" {ontoggle}>
            <summary>{ "Got an AccessDenied? Paste it" }</summary>
            if open {
                { later!(Views, Words, pasted(props)) }
            }
        </details>
    }
}

/// The text that was pasted, and what it says.
#[component]
pub fn Pasted(props: &PasteDenialProps) -> Html {
    let PasteDenialProps { document, question, answer, on_question } = props;
    let text = use_state(String::new);
    let read = use_memo((*text).clone(), |text| Denial::read(text));
    let oninput = {
        let (text, question, on_question) = (text.clone(), question.clone(), on_question.clone());
        Callback::from(move |event: InputEvent| {
            let pasted = area_text(event);
            if let Ok(denial) = Denial::read(&pasted) {
                on_question.emit(Question::new(denial.question(&question.request)));
            }
            text.set(pasted);
        })
    };
    let clear = {
        let text = text.clone();
        Callback::from(move |_: MouseEvent| text.set(String::new()))
    };
    html! {
        <>
            <textarea class="mono" rows="4" value={(*text).clone()} {oninput} spellcheck="false" aria-label="AccessDenied message or CloudTrail record"
                placeholder="User: arn:aws:iam::… is not authorized to perform: …" />
            <p class="hint">
                { prose("The error message, the call’s CloudTrail record, or what `aws sts decode-authorization-message` prints. It stays in this browser.") }
            </p>
            if !text.is_empty() {
                { match &*read {
                    Ok(denial) => said(denial, document, question, answer),
                    Err(error) => html! { <p class="field-error" role="status">{ prose(&format!("{}.", capital(&error.to_string()))) }</p> },
                } }
                <button type="button" class="button small quiet" onclick={clear}>{ "Clear" }</button>
            }
        </>
    }
}

/// Whether the scenario agrees, what it lacks, and what the message leaves out.
fn said(
    denial: &Denial,
    document: &Document,
    question: &Question,
    answer: &Result<Answer, AskError>,
) -> Html {
    let asked = denial.question(&question.request);
    let still = asked.principal == question.request.principal
        && asked.action == question.request.action
        && asked.resource == question.request.resource;
    let agreement = answer.as_ref().ok().filter(|_| still).map(|it| denial.agreement(it));
    let missing = denial.missing(document);
    html! {
        <div class="why-said" role="status">
            if let Some(it) = agreement {
                <p class={classes!("why-agrees", if it.agrees { "agrees" } else { "differs" })}>
                    { icon(if it.agrees { Icon::Check } else { Icon::Warning }) }
                    <span><strong>{ if it.agrees { "Agrees with AWS. " } else { "Differs from AWS. " } }</strong>{ prose(&it.text) }</span>
                </p>
            } else if !still {
                <p class="muted">{ "The question has been changed since; paste the message again to compare." }</p>
            }
            if let Some(missing) = missing { <p class="why-agrees differs">{ icon(Icon::Warning) }<span>{ prose(&missing) }</span></p> }
            <ul class="why-notes">
                { for denial.notes.iter().enumerate().map(|(index, note)| html! { <li key={index}>{ prose(note) }</li> }) }
            </ul>
        </div>
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}
