//! The tests of the scenario as a table: what is asked, what is expected, what is decided, and why where they differ.

use std::ops::Range;
use std::sync::Arc;

use iam_scenario::{Action, Compiled, Decision, Document, Request};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::parts::{card, nothing, remove_button};
use crate::dialog::Ports;
use crate::icons::{Icon, decision_words, icon, verdict};
use crate::prose::prose;
use crate::question::{Question, now};
use crate::selection::Selection;

const DECISIONS: [Decision; 3] =
    [Decision::Allowed, Decision::ExplicitDeny, Decision::ImplicitDeny];

/// What AWS decides on each request; none where it cannot be asked yet.
pub fn decisions(compiled: &Compiled) -> Vec<Option<Decision>> {
    let requests = compiled.document().requests().iter();
    requests.map(|request| compiled.decide(request, now()).ok()).collect()
}

/// Shows the table.
pub fn table(
    compiled: &Compiled,
    decisions: &[Option<Decision>],
    question: &Question,
    ports: &Ports,
    (shown, way): (Range<usize>, Html),
) -> Html {
    let document = compiled.document();
    let requests = document.requests();
    let count = requests.len();
    let rows = requests.iter().zip(decisions).enumerate();
    let rows = rows.skip(shown.start).take(shown.len()).map(|(index, (request, found))| {
        let why = match is_met(request, *found) {
            Some(false) => compiled.test(index, now()).and_then(|test| test.reason()),
            _ => None,
        };
        let current = question.index == Some(index);
        row(&Row { index, count, request, found: *found, why, current, ports })
    });
    let contents = match requests.is_empty() {
        true => nothing("None yet. Ask a question on the right and keep it."),
        false => html! {
            <div class="tests-scroll" tabindex="0" role="group" aria-label="Table of tests">
                <table class="tests">
                    <thead><tr>
                        <th scope="col"><span class="visually-hidden">{ "Result" }</span></th>
                        <th scope="col">{ "Test" }</th>
                        <th scope="col">{ "Expected, and decided" }</th>
                        <th scope="col"><span class="visually-hidden">{ "Edit" }</span></th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
                { way }
            </div>
        },
    };
    let buttons = html! {
        <>
            { summary(document, decisions) }
            { add(question, ports) }
        </>
    };
    card("requests-heading", "Tests", buttons, contents)
}

/// How many come out as expected.
fn summary(document: &Document, decisions: &[Option<Decision>]) -> Html {
    let met = document.requests().iter().zip(decisions);
    let met: Vec<bool> = met.filter_map(|(request, found)| is_met(request, *found)).collect();
    let passed = met.iter().filter(|met| **met).count();
    let class = if passed == met.len() { "allowed" } else { "explicit-deny" };
    html! {
        if !met.is_empty() {
            <span class={classes!("chip", class)}>{ format!("{passed} of {} as expected", met.len()) }</span>
        }
    }
}

/// Adds the question that is asked on the right.
fn add(question: &Question, ports: &Ports) -> Html {
    let (request, on_action) = (question.request.clone(), ports.on_action.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        on_action.emit(Action::AddRequest { request: request.clone() });
    });
    html! { <button type="button" class="button small" {onclick}>{ icon(Icon::Plus) }{ "Current question" }</button> }
}

/// Whether a request is decided as it expects; none where it expects nothing.
fn is_met(request: &Request, found: Option<Decision>) -> Option<bool> {
    request.expect.map(|expected| found == Some(expected))
}

struct Row<'a> {
    index: usize,
    count: usize,
    request: &'a Arc<Request>,
    found: Option<Decision>,
    why: Option<String>,
    current: bool,
    ports: &'a Ports,
}

fn row(row: &Row<'_>) -> Html {
    let Row { index, request, found, current, ports, .. } = row;
    let met = is_met(request, *found);
    let (mark, class, words) = match met {
        Some(true) => (Icon::Check, "passes", "As expected"),
        Some(false) => (Icon::Cross, "fails", "Not as expected"),
        None => (Icon::Dash, "open", "Expects nothing"),
    };
    let open = ports.open(Selection::Request(*index));
    html! {
        <tr key={*index} class={classes!(class, current.then_some("selected"))}>
            <td><span class={classes!("test-mark", class)} title={words}>{ icon(mark) }<span class="visually-hidden">{ words }</span></span></td>
            <td class="test-asked">
                { name(row) }
                <button type="button" class="link request-name" aria-current={current.then_some("true")} onclick={open}
                    aria-label={format!("{}: ask {}", request.action, request.label())}><code>{ &request.action }</code></button>
                <span class="test-who">{ short(&request.principal) }{ " → " }{ short(&request.resource) }</span>
                if let Some(why) = &row.why { <p class="test-why">{ prose(why) }</p> }
            </td>
            <td class="test-decided">{ expected(row) }{ found.map_or_else(|| html! { <span class="chip">{ "unfinished" }</span> }, verdict) }</td>
            <td class="test-edit">{ tools(row) }</td>
        </tr>
    }
}

fn change(row: &Row<'_>, request: Request) -> Action {
    Action::UpdateRequest { index: row.index, request: Arc::new(request) }
}

/// The name, an edit when the person leaves the field.
fn name(row: &Row<'_>) -> Html {
    let (request, index, on_action) = (row.request.clone(), row.index, row.ports.on_action.clone());
    let onchange = Callback::from(move |event: Event| {
        let name = event.target_unchecked_into::<HtmlInputElement>().value();
        let request = Arc::new(Request { name, ..(*request).clone() });
        on_action.emit(Action::UpdateRequest { index, request });
    });
    let label = format!("Name of test {}", row.index + 1);
    html! { <input class="test-name" aria-label={label} value={row.request.name.clone()} placeholder={row.request.action.clone()} readonly={row.ports.read_only} {onchange} autocomplete="off" /> }
}

fn expected(row: &Row<'_>) -> Html {
    let (request, index, on_action) = (row.request.clone(), row.index, row.ports.on_action.clone());
    let onchange = Callback::from(move |event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        let expect = DECISIONS.into_iter().find(|decision| decision.as_str() == chosen);
        let request = Arc::new(Request { expect, ..(*request).clone() });
        on_action.emit(Action::UpdateRequest { index, request });
    });
    let now = row.request.expect;
    let differs = row.found.filter(|found| now != Some(*found));
    html! {
        <>
            <select aria-label={format!("Expected of {}", row.request.label())} disabled={row.ports.read_only} {onchange}>
                <option value="" selected={now.is_none()}>{ "nothing" }</option>
                { for DECISIONS.iter().map(|decision| html! {
                    <option key={decision.as_str()} value={decision.as_str()} selected={now == Some(*decision)}>{ decision_words(*decision) }</option>
                }) }
            </select>
            if let Some(found) = differs {
                <button type="button" class="link test-take" onclick={row.ports.make(change(row, Request { expect: Some(found), ..(**row.request).clone() }))}
                    aria-label={format!("as decided: what {} expects", row.request.label())}>{ "as decided" }</button>
            }
        </>
    }
}

/// Up, down, duplicate, remove.
fn tools(row: &Row<'_>) -> Html {
    let Row { index, count, ports, .. } = row;
    let label = row.request.label();
    let moved = |words: &str, sign: &'static str, to: Option<usize>| {
        let action = Action::MoveRequest { from: *index, to: to.unwrap_or(*index) };
        let label = format!("Move {label} {words}");
        html! {
            <button type="button" class="button quiet icon-only small" aria-label={label.clone()} title={label}
                disabled={to.is_none()} onclick={ports.make::<MouseEvent>(action)}>{ sign }</button>
        }
    };
    let down = Some(index + 1).filter(|next| next < count);
    let copy = format!("Duplicate {label}");
    html! {
        <>
            { moved("up", "↑", index.checked_sub(1)) }
            { moved("down", "↓", down) }
            <button type="button" class="button quiet icon-only small" aria-label={copy.clone()} title={copy}
                onclick={ports.make::<MouseEvent>(Action::DuplicateRequest { index: *index })}>{ icon(Icon::Copy) }</button>
            { remove_button(format!("Remove {label}"), ports.make(Action::RemoveRequest { index: *index })) }
        </>
    }
}

/// The telling end of an ARN.
fn short(arn: &str) -> String {
    match arn.splitn(6, ':').nth(5) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => arn.to_owned(),
    }
}
