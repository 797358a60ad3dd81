//! The condition keys of the question, one row each, and those that conditions ask for.

use std::rc::Rc;

use iam_evaluator::explanation;
use iam_scenario::{Answer, AskError, Compiled, ContextValue};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::field::input_text;
use super::form::edit;
use super::rows::{self, Row};
use super::what_if::WhatIf;
use crate::groups;
use crate::icons::{Icon, decision_class, decision_words, icon};
use crate::lazy::{Group, now, use_group};
use crate::question::Question;

/// Keys that people try first.
const COMMON_KEYS: &[&str] = &[
    "aws:RequestedRegion",
    "aws:SourceIp",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalTag/",
    "aws:ResourceTag/",
    "aws:RequestTag/",
    "aws:TagKeys",
    "aws:SourceVpce",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:ViaAWSService",
    "aws:SecureTransport",
    "aws:CurrentTime",
];

/// Properties of [`ContextRows`].
#[derive(Properties, PartialEq)]
pub struct ContextRowsProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The question.
    pub question: Question,
    /// Its answer.
    pub answer: Rc<Result<Answer, AskError>>,
    /// The question has been changed.
    pub on_question: Callback<Question>,
}

/// The rows, and the what-ifs below them.
#[component]
pub fn ContextRows(props: &ContextRowsProps) -> Html {
    let ContextRowsProps { compiled, question, answer, on_question } = props;
    let draft = use_state(Vec::<Row>::new);
    let shown = rows::rows(&draft, &question.request.context);
    let arrival = use_group(Group::Catalog, true);
    let inputs = (compiled.clone(), question.clone(), arrival);
    let what_ifs = use_memo(inputs, |(compiled, question, _)| {
        let answer = answer.as_ref().as_ref().ok();
        answer
            .and_then(|it| now(groups::what_ifs(compiled, &question.request, it)).ok())
            .unwrap_or_default()
    });
    let set = {
        let edit = edit(question, on_question, |request, rows: Vec<Row>| {
            request.context = rows::to_pairs(&rows);
        });
        Callback::from(move |rows: Vec<Row>| {
            draft.set(rows.clone());
            edit.emit(rows);
        })
    };
    let add = {
        let shown = shown.clone();
        set.reform(move |_: MouseEvent| shown.iter().cloned().chain([Row::empty()]).collect())
    };
    html! {
        <fieldset class="why-context">
            <legend>{ "Context" }</legend>
            { for (0..shown.len()).map(|index| show_row(&shown, index, &set)) }
            <button type="button" class="button small" onclick={add}>{ icon(Icon::Plus) }{ "Condition key" }</button>
            <datalist id="why-keys">
                { for COMMON_KEYS.iter().map(|key| html! { <option key={*key} value={*key} /> }) }
            </datalist>
            { show_what_ifs(&what_ifs, question, on_question) }
        </fieldset>
    }
}

fn show_row(rows: &[Row], index: usize, set: &Callback<Vec<Row>>) -> Html {
    let Some(row) = rows.get(index) else { return Html::default() };
    let repeats = rows::repeats(rows, index);
    let absent = row.value == ContextValue::Absent;
    let name = if row.key.is_empty() { "this key" } else { &row.key };
    let on_key = change(rows, index, set, |row, key| Row { key, ..row.clone() });
    let on_absent = change(rows, index, set, |row, absent: bool| match absent {
        true => Row { value: ContextValue::Absent, ..row.clone() },
        false => Row { value: ContextValue::One(String::new()), ..row.clone() },
    });
    let add = change(rows, index, set, |row, (): ()| row.with_value(usize::MAX, String::new()));
    let all = rows.to_vec();
    let remove = set.reform(move |_: MouseEvent| {
        let others = all.iter().enumerate().filter(|(at, _)| *at != index);
        others.map(|(_, row)| row.clone()).collect()
    });
    html! {
        <div class="why-row" key={index} role="group" aria-label={format!("Condition key {}", index + 1)}>
            <input class="mono why-key" list="why-keys" aria-label="Condition key" placeholder="aws:SourceIp" value={row.key.clone()}
                aria-invalid={repeats.then_some("true")} oninput={on_key.reform(input_text)} autocomplete="off" spellcheck="false" />
            <div class="why-values">
                { for (0..row.values().len()).map(|at| show_value(rows, index, at, set)) }
                <span class="why-row-tools">
                    if !absent {
                        <button type="button" class="link" onclick={add.reform(|_| ())}>{ "another value" }</button>
                    }
                    <label><input type="checkbox" checked={absent} onchange={on_absent.reform(checked)} />{ " absent" }</label>
                </span>
            </div>
            <button type="button" class="button quiet icon-only" aria-label={format!("Remove {name}")} onclick={remove}>{ icon(Icon::Close) }</button>
            if repeats { <p class="field-error">{ "This key stands above already; the row above counts." }</p> }
        </div>
    }
}

fn show_value(rows: &[Row], index: usize, at: usize, set: &Callback<Vec<Row>>) -> Html {
    let Some(row) = rows.get(index) else { return Html::default() };
    let value = row.values().get(at).cloned().unwrap_or_default();
    let oninput = change(rows, index, set, move |row, text| row.with_value(at, text));
    let remove = change(rows, index, set, move |row, (): ()| row.without_value(at));
    html! {
        <span class="why-value" key={at}>
            <input class="mono" aria-label={format!("Value of {}", row.key)} {value} oninput={oninput.reform(input_text)}
                autocomplete="off" spellcheck="false" />
            if row.values().len() > 1 {
                <button type="button" class="button quiet icon-only" aria-label="Remove this value" onclick={remove.reform(|_| ())}>{ icon(Icon::Close) }</button>
            }
        </span>
    }
}

/// A callback that changes one row.
fn change<T: 'static>(
    rows: &[Row],
    index: usize,
    set: &Callback<Vec<Row>>,
    change: impl Fn(&Row, T) -> Row + 'static,
) -> Callback<T> {
    let rows = rows.to_vec();
    set.reform(move |value| {
        let mut rows = rows.clone();
        if let Some(row) = rows.get_mut(index) {
            *row = change(row, value);
        }
        rows
    })
}

fn checked(event: Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
}

/// What missing keys would lead to, each a button that gives the question the value.
fn show_what_ifs(
    what_ifs: &[WhatIf],
    question: &Question,
    on_question: &Callback<Question>,
) -> Html {
    if what_ifs.is_empty() {
        return Html::default();
    }
    html! {
        <div class="why-what-if">
            <p>{ explanation::missing_keys() }</p>
            <ul>
                { for what_ifs.iter().map(|what_if| {
                    let asked = what_if.question(question);
                    let onclick = on_question.reform(move |_: MouseEvent| asked.clone());
                    let words = decision_words(what_if.decision);
                    html! {
                        <li key={what_if.label()}>
                            <button type="button" class={classes!("sign-button", decision_class(what_if.decision))} {onclick} title={words}>
                                { icon(Icon::of_decision(what_if.decision)) }
                                <code>{ what_if.label() }</code>
                                <span class="visually-hidden">{ words }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}
