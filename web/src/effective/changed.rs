//! What has changed since the baseline, as the page shows it: a line beside the answer, chips on the tree, and the list
//! of principals, each unfolding to services and actions.

use iam_scenario::Document;
use yew::prelude::*;

use super::callers::request_of;
use super::changes::{Change, Kind, Summary};
use super::index::Index;
use super::live::{Facts, Live, LiveHandle, use_live};
use super::service::{asking, asking_denied};
use super::tally::number;
use super::{View, Way};
use crate::icons::icon;
use crate::question::Question;
use std::rc::Rc;

/// How many principals are listed; of more, the sum says enough.
const MOST: usize = 60;
/// How many actions of one service are listed.
const MOST_ACTIONS: usize = 240;

/// Properties of [`ChangesLine`].
#[derive(Properties, PartialEq)]
pub struct ChangesLineProps {
    /// The document.
    pub document: Rc<Document>,
    /// The way back.
    pub way: Way,
}

/// The sum of changes with the way to all of them, above the answer; nothing where nothing has changed.
#[component]
pub fn ChangesLine(props: &ChangesLineProps) -> Html {
    let ChangesLineProps { document, way } = props;
    let live = use_live();
    if live.changes.is_empty() {
        return Html::default();
    }
    let root = document.organization().and_then(|it| live.by_target.get(&it.root.id));
    let all = match root {
        // Accounts may stand outside of the tree.
        Some(root) if live.changes.iter().all(|it| document.is_member(&it.caller.account)) => *root,
        _ => Summary::of(live.changes.iter()),
    };
    html! {
        <section class="changes-line" aria-labelledby="changes-title">
            <h2 id="changes-title">{ heading(way, "Since the baseline") }{ chips(&all) }</h2>
            <p role="status">{ all.words() }</p>
            <div class="effective-ways">
                <button type="button" class="button small" onclick={way.view(View::Changes)}>{ "See each" }</button>
                { set_baseline(way) }
            </div>
        </section>
    }
}

/// What the scenario is compared with.
fn heading(way: &Way, otherwise: &str) -> String {
    match &way.without {
        Some(name) => format!("What {name} changes"),
        None => otherwise.to_owned(),
    }
}

/// The way to another baseline, or back to it.
fn set_baseline(way: &Way) -> Html {
    if way.without.is_some() {
        let onclick = way.ports.on_without.reform(|_: MouseEvent| None);
        return html! {
            <button type="button" class="button small" {onclick}>{ "Back to the baseline" }</button>
        };
    }
    let onclick = way.on_baseline.reform(|_: MouseEvent| ());
    html! {
        <button type="button" class="button small" title="Compare with the scenario as it is now from here on" {onclick}>{ "Set baseline" }</button>
    }
}

/// A chip for each kind of change, with the number of actions.
fn chips(summary: &Summary) -> Html {
    html! {
        { for Kind::ALL.into_iter().filter(|kind| summary.count(*kind).0 > 0).map(|kind| {
            let (actions, principals) = summary.count(kind);
            let title = format!("{}: {} actions of {} principals", kind.words(), number(actions), number(principals));
            html! {
                <span key={kind.sign()} class={classes!("change-chip", kind.class())} {title}>
                    <span aria-hidden="true">{ kind.sign() }{ short(actions) }</span>
                    <span class="visually-hidden">{ " " }{ format!("{} {}", number(actions), kind.words()) }</span>
                </span>
            }
        }) }
    }
}

/// A number in few characters: "1.2k".
fn short(count: usize) -> String {
    match count {
        0..=999 => count.to_string(),
        1_000..=9_999 => format!("{}.{}k", count / 1_000, count % 1_000 / 100),
        _ => format!("{}k", count / 1_000),
    }
}

/// The chips on a node of the tree: what has changed there and below.
pub fn tree_chips(live: &Live, id: &str) -> Html {
    match live.by_target.get(id).filter(|summary| !summary.is_empty()) {
        Some(summary) => html! { <span class="tree-changes">{ chips(summary) }</span> },
        None => Html::default(),
    }
}

/// The same in words, for the node's name.
pub fn change_words(live: &Live, id: &str) -> Option<String> {
    let summary = live.by_target.get(id).filter(|summary| !summary.is_empty())?;
    let parts = Kind::ALL.into_iter().filter(|kind| summary.count(*kind).0 > 0);
    let parts = parts.map(|kind| format!("{} {}", number(summary.count(kind).0), kind.words()));
    Some(parts.collect::<Vec<_>>().join(", "))
}

/// All changes: by principal, then by service, then the actions.
pub fn show(live: &LiveHandle, question: &Question, way: &Way) -> Html {
    let Some(facts) = &live.facts else { return super::waiting() };
    let all = Summary::of(live.changes.iter());
    html! {
        <section class="changes" aria-labelledby="changes-heading">
            <h3 id="changes-heading">{ heading(way, "Changes since the baseline") }{ chips(&all) }</h3>
            if let (Some(name), true) = (&way.without, live.changes.is_empty()) {
                <p class="muted">{ format!("{name} decides nothing here: without it, every action of every principal is decided alike.") }</p>
            } else if live.changes.is_empty() {
                <p class="muted">{ "The baseline is the scenario as it was opened, or as you set it. Edit a policy, attach one, move an account: what that newly denies, allows or makes conditional stands here at once, for every principal and every action." }</p>
            } else {
                <p role="status">{ all.words() }</p>
            }
            <p>{ set_baseline(way) }</p>
            <ul class="changes-list">
                { for live.changes.iter().take(MOST).map(|change| show_change(live, facts, change, question, way)) }
            </ul>
            if live.changes.len() > MOST {
                <p class="muted">{ format!("And {} more principals.", number(live.changes.len() - MOST)) }</p>
            }
        </section>
    }
}

fn show_change(
    live: &LiveHandle,
    facts: &Rc<Facts>,
    change: &Change,
    question: &Question,
    way: &Way,
) -> Html {
    let caller = &change.caller;
    html! {
        <li key={caller.arn.clone()}>
            <details class="changes-caller" open={live.changes.len() == 1}>
                <summary>
                    { icon(caller.kind.icon()) }<strong>{ &caller.name }</strong>
                    <span class="muted">{ caller.aside() }</span>
                    { chips(&Summary::of([change])) }
                </summary>
                { for Kind::ALL.into_iter().map(|kind| show_kind(live, facts, change, kind, question, way)) }
            </details>
        </li>
    }
}

fn show_kind(
    live: &LiveHandle,
    facts: &Rc<Facts>,
    change: &Change,
    kind: Kind,
    question: &Question,
    way: &Way,
) -> Html {
    let Some(compiled) = &live.compiled else { return Html::default() };
    let services = by_service(&facts.index, change, kind);
    if services.is_empty() {
        return Html::default();
    }
    let request = Rc::new(request_of(&change.caller.arn));
    let ask = asking(facts, compiled, &request, way);
    let ask_denied = asking_denied(facts, compiled, &request, way);
    let cells = live.of(&change.caller.arn).map(|it| it.cells(facts.index.universe()));
    let verdict = |action: usize| cells.as_ref().map_or(3, |it| it.verdict(action) as usize);
    html! {
        <div class={classes!("changes-kind", kind.class())}>
            <p><strong>{ format!("{} {}", kind.sign(), kind.words()) }</strong></p>
            { for services.into_iter().map(|(service, actions)| {
                let name = facts.index.services().get(service).map(|it| it.name.clone()).unwrap_or_default();
                let few = actions.iter().take(MOST_ACTIONS);
                let groups = super::list::groups(few.map(|action| (*action, verdict(*action), String::new())));
                html! {
                    <details key={service} class="changes-service" open={actions.len() <= 12}>
                        <summary>{ name }<span class="muted">{ number(actions.len()) }</span></summary>
                        { super::list::show(&facts.index, &groups, &question.request.action, &ask, &ask_denied) }
                        if actions.len() > MOST_ACTIONS {
                            <p class="hint">{ format!("And {} more.", actions.len() - MOST_ACTIONS) }</p>
                        }
                    </details>
                }
            }) }
        </div>
    }
}

/// The actions of one kind by the numbers of their services.
fn by_service(index: &Index, change: &Change, kind: Kind) -> Vec<(usize, Vec<usize>)> {
    let mut services: Vec<(usize, Vec<usize>)> = Vec::new();
    for action in change.of(kind) {
        let service = index.service_of(action);
        match services.iter_mut().find(|(known, _)| *known == service) {
            Some((_, actions)) => actions.push(action),
            None => services.push((service, vec![action])),
        }
    }
    services
}
