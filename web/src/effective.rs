//! What the principal of the question can do: common actions by service and access level, each decided live.

pub mod actions;
mod cells;
mod grid;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use iam_scenario::{Action, Compiled, Decision, Document};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::icons::{Icon, decision_class, decision_words, icon};
use crate::question::Question;
use crate::selection::Selection;
use crate::why::suggestions;

use cells::{Cells, Filter, cells};

/// Properties of [`EffectivePanel`].
#[derive(Properties, PartialEq)]
pub struct EffectivePanelProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The document.
    pub document: Rc<Document>,
    /// The question, whose principal it is about.
    pub question: Question,
    /// Another question is asked.
    pub on_question: Callback<Question>,
    /// The scenario is edited.
    pub on_action: Callback<Action>,
    /// Something is to be opened.
    pub on_open: Callback<Selection>,
}

/// The grid of services and access levels, with its filters and counts.
#[component]
pub fn EffectivePanel(props: &EffectivePanelProps) -> Html {
    let EffectivePanelProps { compiled, document, question, on_question, .. } = props;
    let base = cells::base(document, &question.request);
    let all = use_memo((compiled.clone(), document.clone(), base), |(compiled, document, base)| {
        cells(compiled, document, base)
    });
    let filter = use_state(Filter::default);
    let names = use_state(|| false);
    let shown = all.filtered(&filter);
    html! {
        <section class="effective" aria-labelledby="effective-title">
            <header class="effective-head">
                <h2 id="effective-title">{ "Effective permissions" }</h2>
                <p class="muted">{ who(document, question) }</p>
            </header>
            if all.services.is_empty() {
                <p class="muted">{ "Choose a principal above." }</p>
            } else {
                { filters(&filter, &all) }
                <button type="button" class="button small effective-names" aria-pressed={names.to_string()}
                    onclick={{ let names = names.clone(); move |_: MouseEvent| names.set(!*names) }}>{ "Names of actions" }</button>
                <div class={classes!("effective-body", (*names || !filter.text.is_empty()).then_some("named"))}>
                    { grid::show(&shown, question, on_question) }
                </div>
                if shown.services.is_empty() {
                    <p class="muted" role="status">{ "No action fits the filter." }</p>
                }
            }
        </section>
    }
}

/// The principal by name and account.
fn who(document: &Document, question: &Question) -> String {
    let principal = &question.request.principal;
    let name = principal.rsplit([':', '/']).next().unwrap_or(principal);
    let id = principal.split(':').nth(4).unwrap_or_default();
    let region = suggestions::region(document, &question.request);
    let common = format!("{} common actions on example resources in {region}", cells::count());
    match document.account(id) {
        // The last part of a session's ARN is the session's name; the role stands before it.
        Some(account) => {
            let role = principal.split("assumed-role/").nth(1).and_then(|it| it.split('/').next());
            format!("{} in {}: {common}", role.unwrap_or(name), account.name)
        }
        None => format!("{name}: {common}"),
    }
}

/// The text filter, and one button for each decision with its count.
fn filters(filter: &UseStateHandle<Filter>, all: &Cells) -> Html {
    let oninput = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let text = input.map(|input| input.value()).unwrap_or_default();
            filter.set(Filter { text, ..(*filter).clone() });
        })
    };
    let decisions = [Decision::Allowed, Decision::ExplicitDeny, Decision::ImplicitDeny];
    html! {
        <div class="effective-filters">
            <input type="search" class="effective-search" aria-label="Filter services and actions" placeholder="Filter: s3, Create, tag …" value={filter.text.clone()} {oninput} />
            <div class="effective-decisions" role="group" aria-label="Show only">
                { for decisions.into_iter().map(|decision| {
                    let chosen = filter.decision == Some(decision);
                    let count = all.count(decision);
                    let onclick = {
                        let filter = filter.clone();
                        Callback::from(move |_: MouseEvent| {
                            let decision = if chosen { None } else { Some(decision) };
                            filter.set(Filter { decision, ..(*filter).clone() });
                        })
                    };
                    html! {
                        <button key={decision.as_str()} type="button" aria-pressed={chosen.to_string()}
                            class={classes!("sign-button", decision_class(decision))} {onclick}>
                            { icon(Icon::of_decision(decision)) }
                            <strong>{ count }</strong>{ " " }{ decision_words(decision).to_ascii_lowercase() }
                        </button>
                    }
                }) }
            </div>
        </div>
    }
}
