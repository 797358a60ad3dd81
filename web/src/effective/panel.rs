//! The permissions of the question's principal in short, and what has changed: beside the answer.

use std::rc::Rc;

use iam_scenario::Document;
use yew::prelude::*;

use super::engine::Count;
use super::live::use_live;
use super::signs::{bar, count_words, legend};
use super::tally::{Filter, Tally, number, part};
use super::{View, Way, waiting};
use crate::catalog::use_catalog;
use crate::question::Question;

/// How many services stand here.
const SERVICES: usize = 12;

/// Properties of [`EffectivePanel`].
#[derive(Properties, PartialEq)]
pub struct EffectivePanelProps {
    /// The document.
    pub document: Rc<Document>,
    /// The question, whose principal it is about.
    pub question: Question,
    /// The way back.
    pub way: Way,
}

/// The summary, with ways to the full views.
#[component]
pub fn EffectivePanel(props: &EffectivePanelProps) -> Html {
    let EffectivePanelProps { document, question, way } = props;
    let (live, catalog) = (use_live(), use_catalog());
    let body = match (live.facts.as_ref(), live.asked.as_ref()) {
        (Some(facts), Some(permissions)) => {
            let (telling, _) = part(
                Filter::default().tallies(&facts.index, permissions),
                &facts.index,
                permissions,
            );
            let open =
                way.ports.on_view.reform(|_: Option<usize>| Some(View::Principal(String::new())));
            html! {
                <>
                    <p class="effective-who">{ who(document, question) }</p>
                    { bar(&permissions.totals) }
                    { legend(&permissions.totals, None, &open) }
                    <ul class="effective-short">
                        { for telling.iter().take(SERVICES).filter_map(|tally| {
                            let service = facts.index.services().get(tally.service)?;
                            Some(short_row(&service.name, &service.prefix, tally, way))
                        }) }
                    </ul>
                    if telling.len() > SERVICES {
                        <p class="hint">{ format!("And {} more services of which policies speak.", telling.len() - SERVICES) }</p>
                    }
                </>
            }
        }
        (Some(_), None) if question.request.principal.is_empty() => {
            html! { <p class="muted">{ "Choose a principal above." }</p> }
        }
        (Some(_), None) if live.compiled.is_some() => {
            html! { <p class="muted">{ "This principal is not in the scenario." }</p> }
        }
        _ => html! { <><p class="muted" role="status">{ catalog.line() }</p>{ waiting() }</> },
    };
    html! {
            <section class="effective" aria-labelledby="effective-title">
                <header class="effective-head">
                    <h2 id="effective-title">{ "Effective permissions" }</h2>
                    <div class="effective-ways">
                        <button type="button" class="button small" onclick={way.view(View::Principal(String::new()))}>{ "All actions" }</button>
                        <button type="button" class="button small" onclick={way.view(View::Who)}>{ "Who can do this?" }</button>
                    </div>
                </header>
                { body }
            </section>
    }
}

fn short_row(name: &str, prefix: &str, tally: &Tally, way: &Way) -> Html {
    let total: Count = tally.total();
    let all: usize = total.iter().sum();
    let [allowed, depends, ..] = total;
    let onclick = way.view(View::Principal(prefix.to_owned()));
    html! {
        <li key={prefix.to_owned()}>
            <button type="button" class="effective-short-row" title={count_words(&total)} {onclick}>
                <span class="effective-service-name">{ name.to_owned() }</span>
                { bar(&total) }
                <span class="effective-number" aria-hidden="true"><strong>{ number(allowed + depends) }</strong>{ "/" }{ number(all) }</span>
                <span class="visually-hidden">{ count_words(&total) }</span>
            </button>
        </li>
    }
}

/// The principal by name and account.
pub fn who(document: &Document, question: &Question) -> String {
    let principal = &question.request.principal;
    if principal == "*" {
        return "Anyone, without credentials".to_owned();
    }
    let name = principal.rsplit([':', '/']).next().unwrap_or(principal);
    // The last part of a session's ARN is the session's name; the role stands before it.
    let role = principal.split("assumed-role/").nth(1).and_then(|it| it.split('/').next());
    let id = principal.split(':').nth(4).unwrap_or_default();
    let name = match (role, name) {
        (Some(role), _) => role,
        (None, "root") => "The root user",
        (None, name) => name,
    };
    match document.account(id) {
        Some(account) => format!("{name} in {}, every action of AWS", account.name),
        None => format!("{name}, every action of AWS"),
    }
}
