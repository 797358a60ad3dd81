//! All permissions of one principal: services by access levels, filtered, each service unfolding to its actions.

use std::collections::BTreeSet;
use std::rc::Rc;

use iam_catalog::AccessLevel;
use iam_scenario::{Document, Request};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::callers::request_like;
use super::engine::{Count, Permissions};
use super::live::{Facts, use_live};
use super::service::ServiceActions;
use super::signs::{bar, class, count_words, legend, sign, words};
use super::tally::{Filter, Tally, number, part};
use super::{Way, waiting};
use crate::catalog::use_catalog;
use crate::icons::{Icon, icon};
use crate::question::Question;
use crate::show::view;

/// How many services stand in the table before somebody asks for more.
const ROWS: usize = 60;

/// Properties of [`PrincipalGrid`].
#[derive(Properties, PartialEq)]
pub struct PrincipalGridProps {
    /// The document.
    pub document: Rc<Document>,
    /// The question, whose principal it is about.
    pub question: Question,
    /// What stands in the filter to begin with.
    pub text: AttrValue,
    /// The way back.
    pub way: Way,
}

/// The table of services and access levels of the question's principal, with its filters.
#[component]
pub fn PrincipalGrid(props: &PrincipalGridProps) -> Html {
    let PrincipalGridProps { document, question, text, way } = props;
    let (live, catalog) = (use_live(), use_catalog());
    let filter = use_state(|| Filter { text: text.to_string(), ..Filter::default() });
    let unfolded = use_state(BTreeSet::<usize>::new);
    let rows = use_state(|| None::<usize>);
    let Some((facts, permissions)) = live.facts.as_ref().zip(live.asked.as_ref()) else {
        return unknown(&catalog.line(), live.facts.is_some());
    };
    let request = Rc::new(request_like(&question.request));
    let all = filter.tallies(&facts.index, permissions);
    let shown: Count = all.iter().fold(Count::default(), |sum, tally| {
        let total = tally.total();
        std::array::from_fn(|at| {
            sum.get(at).copied().unwrap_or(0) + total.get(at).copied().unwrap_or(0)
        })
    });
    let (telling, alike) = match filter.text.trim().is_empty() {
        true => part(all, &facts.index, permissions),
        false => (all, Vec::new()),
    };
    let grid = Grid {
        facts,
        permissions,
        request: &request,
        filter: &filter,
        unfolded: &unfolded,
        question,
        way,
    };
    let most = (*rows).unwrap_or(if telling.is_empty() { 0 } else { ROWS });
    html! {
        <>
            <p class="effective-who">{ super::panel::who(document, question) }</p>
            { bar(&permissions.totals) }
            { legend(&permissions.totals, filter.verdict, &set(&filter, |filter, verdict| filter.verdict = verdict)) }
            { filters(&filter) }
            if !filter.is_open() {
                <p class="muted effective-found" role="status">{ match shown.iter().sum::<usize>() {
                    0 => "No action fits the filter.".to_owned(),
                    count => format!("{} of {} actions: {}", number(count), number(facts.index.universe().len()), count_words(&shown)),
                } }</p>
            }
            if !telling.is_empty() || !alike.is_empty() {
                { table(&grid, &telling, &alike, most, &rows) }
            }
        </>
    }
}

/// What the rows need to know.
struct Grid<'a> {
    facts: &'a Rc<Facts>,
    permissions: &'a Rc<Permissions>,
    request: &'a Rc<Request>,
    filter: &'a UseStateHandle<Filter>,
    unfolded: &'a UseStateHandle<BTreeSet<usize>>,
    question: &'a Question,
    way: &'a Way,
}

/// Why there is nothing to show.
fn unknown(catalog: &str, is_there: bool) -> Html {
    match is_there {
        true => {
            html! { <p class="muted" role="status">{ "Choose a principal in the question: a user or role of the scenario, a root user, or anyone without credentials." }</p> }
        }
        false => {
            html! { <><p class="muted" role="status">{ catalog.to_owned() }</p>{ waiting() }</> }
        }
    }
}

fn set<T: 'static>(
    filter: &UseStateHandle<Filter>,
    change: impl Fn(&mut Filter, T) + 'static,
) -> Callback<T> {
    let filter = filter.clone();
    Callback::from(move |value: T| {
        let mut new = (*filter).clone();
        change(&mut new, value);
        filter.set(new);
    })
}

fn filters(filter: &UseStateHandle<Filter>) -> Html {
    let text = set(filter, |filter, event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        filter.text = input.map(|input| input.value()).unwrap_or_default();
    });
    html! {
        <div class="effective-filters">
            <input type="search" class="effective-search" aria-label="Filter services and actions" placeholder="Filter: s3, Create, kms:Decrypt …" value={filter.text.clone()} oninput={text} />
            <div class="effective-levels" role="group" aria-label="Access level">
                { for AccessLevel::ALL.iter().enumerate().map(|(at, level)| {
                    let pressed = filter.level == Some(at);
                    let next = (!pressed).then_some(at);
                    let onclick = set(filter, move |filter, _: MouseEvent| filter.level = next);
                    html! { <button key={at} type="button" class="effective-level" aria-pressed={pressed.to_string()} {onclick}>{ level.name() }</button> }
                }) }
            </div>
        </div>
    }
}

fn table(
    grid: &Grid<'_>,
    telling: &[Tally],
    alike: &[Tally],
    most: usize,
    rows: &UseStateHandle<Option<usize>>,
) -> Html {
    let more = |words: String, to: usize| {
        let rows = rows.clone();
        let onclick = Callback::from(move |_: MouseEvent| rows.set(Some(to)));
        html! { <button type="button" class="button small" {onclick}>{ words }</button> }
    };
    let listed = telling.iter().chain(alike);
    let count = telling.len() + alike.len();
    // The services that are all alike come in whole pages, and only when they are asked for.
    let shown = if rows.is_some() { most } else { most.min(telling.len()) };
    let rest = count.saturating_sub(shown);
    html! {
        <>
            <table class="effective-grid">
                <thead>
                    <tr>
                        <th scope="col">{ "Service" }</th>
                        { for AccessLevel::ALL.iter().map(|level| html! { <th key={level.name()} scope="col">{ level.name() }</th> }) }
                    </tr>
                </thead>
                { for listed.take(shown).map(|tally| service_rows(grid, tally)) }
            </table>
            if rest > 0 {
                <p class="effective-rest">
                    if shown >= telling.len() { { alike_words(telling.len(), alike) } }
                    { more(format!("Show {} more", rest.min(ROWS)), shown + ROWS) }
                    if rest > ROWS { { more(format!("Show all {count} services"), count) } }
                </p>
            }
        </>
    }
}

/// What the services have in common that are not listed.
fn alike_words(telling: usize, alike: &[Tally]) -> Html {
    let Some(verdict) = alike.first().and_then(Tally::only) else { return Html::default() };
    let actions: usize = alike.iter().flat_map(Tally::total).sum();
    let other = if telling == 0 { "" } else { "other " };
    html! {
        <span class={classes!("effective-alike", class(verdict))}>
            { sign(verdict) }
            { format!("All {} actions of {} {other}services: {}.", number(actions), alike.len(), words(verdict).to_ascii_lowercase()) }
        </span>
    }
}

fn service_rows(grid: &Grid<'_>, tally: &Tally) -> Html {
    let Some(service) = grid.facts.index.services().get(tally.service) else {
        return Html::default();
    };
    let at = tally.service;
    let is_unfolded = grid.unfolded.contains(&at);
    let total = tally.total();
    let id = format!("service-{}", service.prefix);
    let toggle = {
        let unfolded = grid.unfolded.clone();
        Callback::from(move |_: MouseEvent| {
            let mut new = (*unfolded).clone();
            if !new.remove(&at) {
                new.insert(at);
            }
            unfolded.set(new);
        })
    };
    html! {
        <tbody key={service.prefix.clone()}>
            <tr>
                <th scope="row">
                    <button type="button" class={classes!("effective-service", is_unfolded.then_some("unfolded"))} aria-expanded={is_unfolded.to_string()}
                        aria-controls={is_unfolded.then(|| id.clone())} title={count_words(&total)} onclick={toggle.clone()}>
                        { icon(Icon::Chevron) }<span class="effective-service-name">{ &service.name }</span><code>{ &service.prefix }</code>
                        <span class="visually-hidden">{ format!(": {}", count_words(&total)) }</span>
                    </button>
                    { bar(&total) }
                </th>
                { for tally.levels.iter().zip(AccessLevel::ALL).map(|(count, level)| level_cell(count, level, &toggle)) }
            </tr>
            if is_unfolded {
                <tr id={id}><td colspan="6" class="effective-unfolded">
                    { view!(ServiceActions { facts: grid.facts.clone(), permissions: grid.permissions.clone(), request: grid.request.clone(), filter: (**grid.filter).clone(), service: at, question: grid.question, way: grid.way }) }
                </td></tr>
            }
        </tbody>
    }
}

/// How many actions of one level are allowed, of how many; a click unfolds the service.
fn level_cell(count: &Count, level: AccessLevel, toggle: &Callback<MouseEvent>) -> Html {
    let all: usize = count.iter().sum();
    let [allowed, depends, ..] = *count;
    let words = format!("{}: {}", level.name(), count_words(count));
    // The sign of what they come to that are not simply denied.
    let verdict = match (allowed, depends) {
        (0, 0) if count.get(2).is_some_and(|denied| *denied > 0) => 2,
        (0, 0) => 3,
        (_, 0) => 0,
        _ => 1,
    };
    let is_mixed = verdict == 0 && allowed < all;
    html! {
        <td key={level.name()}>
            if all > 0 {
                <span class="effective-level-name" aria-hidden="true">{ level.name() }</span>
                <span class={classes!("effective-cell", class(verdict))} title={words.clone()} onclick={toggle}>
                    { if is_mixed { icon(Icon::Half) } else { sign(verdict) } }
                    <span class="effective-number" aria-hidden="true"><strong>{ number(allowed + depends) }</strong>{ "/" }{ number(all) }</span>
                    <span class="visually-hidden">{ words }</span>
                </span>
            } else {
                <span class="muted" aria-hidden="true">{ "·" }</span>
            }
        </td>
    }
}
