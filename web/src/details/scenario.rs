//! The scenario itself in the middle: title, description, and the requests worth asking about with what they expect.

use std::rc::Rc;

use iam_scenario::{Action, Compiled, Decision, Document, Request};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::DetailsProps;
use super::parts::{card, nothing, remove_button};
use crate::dialog::Ports;
use crate::icons::{Icon, decision_words, icon, verdict};
use crate::question::{Question, ask};
use crate::selection::Selection;

/// Shows the scenario itself.
#[component]
pub fn ScenarioDetails(props: &DetailsProps) -> Html {
    let DetailsProps { document, compiled, ports, question, .. } = props;
    let decisions = use_memo(compiled.clone(), decisions);
    let set_title = {
        let on_action = ports.on_action.clone();
        Callback::from(move |event: InputEvent| {
            let title = event.target_unchecked_into::<HtmlInputElement>().value();
            on_action.emit(Action::SetTitle { title });
        })
    };
    let set_description = {
        let on_action = ports.on_action.clone();
        Callback::from(move |event: InputEvent| {
            let description = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            on_action.emit(Action::SetDescription { description });
        })
    };
    html! {
        <>
            <header class="details-header"><h2 id="details-heading" tabindex="-1">{ "Scenario" }</h2></header>
            <div class="fields">
                <div class="field">
                    <label for="scenario-title">{ "Title" }</label>
                    <input id="scenario-title" value={document.title().to_owned()} oninput={set_title} autocomplete="off" />
                </div>
                <div class="field">
                    <label for="scenario-description">{ "Description" }</label>
                    <textarea id="scenario-description" rows="2" value={document.description().to_owned()} oninput={set_description} />
                </div>
            </div>
            { requests(document, &decisions, question, ports) }
        </>
    }
}

/// What AWS decides on each request; none where it cannot be asked yet.
fn decisions(compiled: &Rc<Compiled>) -> Vec<Option<Decision>> {
    let document = compiled.document();
    (0..document.requests().len())
        .filter_map(|index| Question::of(document, index))
        .map(|question| ask(compiled, &question).ok().map(|answer| answer.decision()))
        .collect()
}

fn requests(
    document: &Document,
    decisions: &[Option<Decision>],
    question: &Question,
    ports: &Ports,
) -> Html {
    let tests = document.requests().iter().zip(decisions);
    let expected = tests.clone().filter(|(request, _)| request.expect.is_some()).count();
    let met =
        tests.clone().filter(|(request, found)| is_met(request, **found) == Some(true)).count();
    let count = html! {
        if expected > 0 {
            <span class={classes!("chip", if met == expected { "allowed" } else { "explicit-deny" })}>
                { format!("{met} of {expected} as expected") }
            </span>
        }
    };
    let rows = tests.enumerate().map(|(index, (request, found))| {
        request_row(index, request, *found, question.index == Some(index), ports)
    });
    let contents = match document.requests().is_empty() {
        true => nothing("None yet. Ask a question on the right and keep it."),
        false => html! { <ol class="requests">{ for rows }</ol> },
    };
    card("requests-heading", "Questions worth asking", count, contents)
}

/// Whether a request is decided as it expects; none where it expects nothing.
fn is_met(request: &Request, found: Option<Decision>) -> Option<bool> {
    request.expect.map(|expected| found == Some(expected))
}

fn request_row(
    index: usize,
    request: &Request,
    found: Option<Decision>,
    current: bool,
    ports: &Ports,
) -> Html {
    let remove = ports.make(Action::RemoveRequest { index });
    let label = request.label();
    html! {
        <li key={index} class={classes!("request", current.then_some("selected"))}>
            <button type="button" class="link request-name" aria-current={current.then_some("true")}
                onclick={ports.open(Selection::Request(index))}>{ &label }</button>
            <span class="request-verdict">
                { found.map_or_else(|| html! { <span class="chip">{ "unfinished" }</span> }, verdict) }
                if is_met(request, found) == Some(false) {
                    <span class="request-differs">
                        { icon(Icon::Warning) }
                        { format!("expected: {}", request.expect.map(decision_words).unwrap_or_default()) }
                    </span>
                }
            </span>
            { remove_button(format!("Remove {label}"), remove) }
        </li>
    }
}
