//! The tests of the scenario: a strip of marks, always live, and the list behind it.

use std::rc::Rc;

use iam_scenario::{AskError, Compiled, Decision, Document, Request};
use yew::prelude::*;

use crate::disclosure::use_disclosure;
use crate::icons::{Icon, decision_class, decision_words, icon};
use crate::prose::prose;
use crate::question::{Question, now};
use crate::selection::Selection;
use crate::stretch::use_stretch;

/// Properties of [`SavedQuestions`].
#[derive(Properties, PartialEq)]
pub struct SavedQuestionsProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The document.
    pub document: Rc<Document>,
    /// The question that is asked now.
    pub question: Question,
    /// Another is chosen.
    pub on_question: Callback<Question>,
    /// The table of all tests is to be opened.
    pub on_open: Callback<Selection>,
}

/// How many tests pass, the way to the previous and next question, and the list.
#[component]
pub fn SavedQuestions(props: &SavedQuestionsProps) -> Html {
    let SavedQuestionsProps { compiled, document, question, on_question, on_open } = props;
    let found = use_memo((compiled.clone(), document.clone()), |(compiled, document)| {
        let requests = document.requests().iter();
        requests.map(|request| compiled.decide(request, now())).collect::<Vec<_>>()
    });
    let requests = document.requests();
    let (shown, way) = use_stretch(requests.len(), question.index);
    let (open, ontoggle) = use_disclosure(|| false);
    let rows = requests.iter().zip(found.iter()).enumerate();
    let rows = rows.skip(shown.start).take(shown.len());
    let marks = rows.clone().map(|(index, (request, found))| {
        let asked = Question::of(document, index).unwrap_or_default();
        let chosen = question.index == Some(index);
        mark(index, request, found, chosen, on_question.reform(move |_| asked.clone()))
    });
    html! {
        <section class="why-saved" aria-label="Tests of this scenario">
            <div class="why-steps">
                { step(document, question, on_question, Step::Back) }
                { step(document, question, on_question, Step::On) }
            </div>
            <details {ontoggle}>
                <summary>
                    <span>{ "Tests" }</span>
                    { tally(document, &found) }
                </summary>
                if requests.is_empty() {
                    <p class="muted">{ "None yet: ask one below and add it as a test." }</p>
                }
                <ol start={(shown.start + 1).to_string()}>
                    { for rows.filter(|_| open).map(|(index, (request, found))| {
                        let chosen = question.index == Some(index);
                        let asked = Question::of(document, index).unwrap_or_default();
                        let failed = request.expect.is_some_and(|expected| *found != Ok(expected));
                        let why = failed.then(|| compiled.test(index, now())?.reason()).flatten();
                        show_row(index, request, found, chosen, why, on_question.reform(move |_| asked.clone()))
                    }) }
                </ol>
                <button type="button" class="button small quiet" onclick={on_open.reform(|_: MouseEvent| Selection::Scenario)}>{ "Open the table of tests" }</button>
            </details>
            if !requests.is_empty() { <div class="test-strip" role="group" aria-label="Each test">{ for marks }</div> }
            { way }
        </section>
    }
}

fn show_row(
    index: usize,
    request: &Request,
    found: &Result<Decision, AskError>,
    chosen: bool,
    why: Option<String>,
    onclick: Callback<MouseEvent>,
) -> Html {
    let (mark, class, words) = match found {
        Ok(decision) => {
            (Icon::of_decision(*decision), decision_class(*decision), decision_words(*decision))
        }
        Err(_) => (Icon::Warning, "unclear", "Cannot be asked"),
    };
    let missed = request.expect.filter(|expected| *found != Ok(*expected));
    html! {
        <li key={index}>
            <button type="button" class={classes!("why-saved-question", chosen.then_some("chosen"))}
                aria-current={chosen.then_some("true")} {onclick}>
                <span class={classes!("mark", class)}>{ icon(mark) }<span class="visually-hidden">{ words }{ ": " }</span></span>
                <span class="why-saved-name">{ request.label() }</span>
                if let Some(expected) = missed {
                    <span class="why-expect fails">{ icon(Icon::Warning) }{ format!("expected: {}", decision_words(expected)) }</span>
                }
                if let Some(why) = why { <span class="test-why">{ prose(&why) }</span> }
            </button>
        </li>
    }
}

/// One test in the strip: whether it comes out as expected.
fn mark(
    index: usize,
    request: &Request,
    found: &Result<Decision, AskError>,
    chosen: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let (drawn, class, words) = match (request.expect, found) {
        (_, Err(_)) => (Icon::Warning, "fails", "cannot be asked"),
        (None, Ok(_)) => (Icon::Dash, "open", "expects nothing"),
        (Some(expected), Ok(found)) if expected == *found => (Icon::Check, "passes", "as expected"),
        (Some(_), Ok(_)) => (Icon::Cross, "fails", "not as expected"),
    };
    let label = format!("{}. {}: {words}", index + 1, request.label());
    html! {
        <button key={index} type="button" class={classes!("test-mark", class, chosen.then_some("chosen"))}
            aria-current={chosen.then_some("true")} aria-label={label.clone()} title={label} {onclick}>{ icon(drawn) }</button>
    }
}

/// How many of the tests come out as expected.
fn tally(document: &Document, found: &[Result<Decision, AskError>]) -> Html {
    let tests = document.requests().iter().zip(found);
    let tests = tests.filter_map(|(request, found)| Some(*found == Ok(request.expect?)));
    let (passed, failed): (Vec<bool>, Vec<bool>) = tests.partition(|passed| *passed);
    let all = passed.len() + failed.len();
    let (mark, class) = match failed.len() {
        0 => (Icon::Check, "passes"),
        _ => (Icon::Warning, "fails"),
    };
    html! {
        if all > 0 {
            <span class={classes!("why-expect", class)}>
                { icon(mark) }{ format!("{} of {all} as expected", passed.len()) }
            </span>
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Back,
    On,
}

/// A button to the previous or next question of the scenario.
fn step(
    document: &Document,
    question: &Question,
    on_question: &Callback<Question>,
    step: Step,
) -> Html {
    let next = match (step, question.index) {
        (Step::On, None) => Some(0),
        (Step::On, Some(index)) => index.checked_add(1),
        (Step::Back, index) => index.and_then(|index| index.checked_sub(1)),
    };
    let next = next.and_then(|index| Question::of(document, index));
    let words = match step {
        Step::Back => "Previous question",
        Step::On => "Next question",
    };
    let disabled = next.is_none();
    let onclick = on_question.reform(move |_: MouseEvent| next.clone().unwrap_or_default());
    html! {
        <button type="button" class={classes!("button", "quiet", "icon-only", (step == Step::Back).then_some("turned"))}
            aria-label={words} title={words} {disabled} {onclick}>{ icon(Icon::Chevron) }</button>
    }
}
