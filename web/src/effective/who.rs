//! Who can do something: every principal's decision on one action and one resource, as a question would be answered.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use iam_evaluator::explanation;
use iam_scenario::{Compiled, Decision, Document, Pairs, Request};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Way;
use super::callers::{Caller, Kind, with_root_users};
use super::signs::{class, sign, words};
use super::tally::number;
use crate::icons::icon;
use crate::prose::prose;
use crate::question::{Question, now};

/// How many principals are listed before somebody asks for more: each has its reason worked out.
const ROWS: usize = 60;
/// How many principals are decided at once; a page of more of them asks again.
const AT_ONCE: usize = 4_000;

/// Properties of [`WhoCan`].
#[derive(Properties, PartialEq)]
pub struct WhoCanProps {
    /// The document.
    pub document: Rc<Document>,
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The question, whose action, resource and context count.
    pub question: Question,
    /// The way back.
    pub way: Way,
}

/// What is shown of everybody.
#[derive(Debug, Clone, Default, PartialEq)]
struct Shown {
    decision: Option<Decision>,
    text: String,
    pages: usize,
}

/// Everybody with the decision and its reason.
#[component]
pub fn WhoCan(props: &WhoCanProps) -> Html {
    let WhoCanProps { document, compiled, question, way } = props;
    let shown = use_state(Shown::default);
    let all = use_memo(document.clone(), |document| with_root_users(document));
    let inputs = (compiled.clone(), question.request.clone());
    let decisions = use_memo(inputs, |(compiled, request)| decide(compiled, request, &all));
    let text = shown.text.trim().to_ascii_lowercase();
    let fits = |caller: &Caller, decision: Decision| {
        shown.decision.is_none_or(|it| it == decision)
            && (text.is_empty()
                || caller.arn.to_ascii_lowercase().contains(&text)
                || caller.account_name.to_ascii_lowercase().contains(&text))
    };
    let found = all.iter().zip(decisions.iter()).filter_map(|(caller, decision)| {
        let decision = decision.filter(|decision| fits(caller, *decision))?;
        Some((caller, decision))
    });
    let mut found: Vec<(&Caller, Decision)> = found.collect();
    // A root user is seldom whom somebody looks for.
    found.sort_by_key(|(caller, decision)| (order(*decision), caller.kind == Kind::Root));
    let most = (shown.pages + 1) * ROWS;
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| {
            shown.set(Shown { pages: shown.pages + 1, ..(*shown).clone() })
        })
    };
    html! {
        <>
            { asked(question, way) }
            { filters(&shown, &decisions) }
            if found.is_empty() {
                <p class="muted" role="status">{ nobody(question, &decisions) }</p>
            }
            <ul class="who-list">
                { for found.iter().take(most).map(|(caller, decision)| row(compiled, question, caller, *decision, way)) }
            </ul>
            if found.len() > most {
                <button type="button" class="button small" onclick={more}>{ format!("Show {} more of {}", ROWS.min(found.len() - most), number(found.len())) }</button>
            }
            if all.len() > AT_ONCE {
                <p class="muted">{ format!("The first {} of {} principals.", number(AT_ONCE), number(all.len())) }</p>
            }
        </>
    }
}

/// The question of somebody else: what belongs to a session stays with the one who has it.
fn request_for(request: &Request, arn: &str) -> Request {
    if request.principal == arn {
        return request.clone();
    }
    Request {
        principal: arn.to_owned(),
        session_policies: Vec::new(),
        session_tags: Pairs::default(),
        name: String::new(),
        expect: None,
        ..request.clone()
    }
}

fn decide(compiled: &Compiled, request: &Request, all: &[Caller]) -> Vec<Option<Decision>> {
    let all = all.iter().take(AT_ONCE);
    all.map(|caller| compiled.decide(&request_for(request, &caller.arn), now()).ok()).collect()
}

fn order(decision: Decision) -> usize {
    match decision {
        Decision::Allowed => 0,
        Decision::ExplicitDeny => 2,
        Decision::ImplicitDeny => 3,
    }
}

/// Action and resource, which are those of the question.
fn asked(question: &Question, way: &Way) -> Html {
    let change = |set: fn(&mut Request, String)| {
        let question = question.clone();
        way.on_question.reform(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let mut request = (*question.request).clone();
            set(&mut request, input.map(|input| input.value()).unwrap_or_default());
            Question { request: Arc::new(request), index: question.index }
        })
    };
    let request = &question.request;
    html! {
        <div class="who-asked">
            <label for="who-action">{ "Who can" }</label>
            <input id="who-action" class="code" value={request.action.clone()} spellcheck="false" autocomplete="off" oninput={change(|request, text| request.action = text)} />
            <label for="who-resource">{ "on" }</label>
            <input id="who-resource" class="code" value={request.resource.clone()} spellcheck="false" autocomplete="off" oninput={change(|request, text| request.resource = text)} />
            if !request.context.is_empty() {
                <p class="hint">{ "The condition keys of the question count for everybody." }</p>
            }
        </div>
    }
}

fn filters(shown: &UseStateHandle<Shown>, decisions: &[Option<Decision>]) -> Html {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for decision in decisions.iter().flatten() {
        *counts.entry(order(*decision)).or_default() += 1;
    }
    let oninput = {
        let shown = shown.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let text = input.map(|input| input.value()).unwrap_or_default();
            shown.set(Shown { text, pages: 0, ..(*shown).clone() });
        })
    };
    let all = [Decision::Allowed, Decision::ExplicitDeny, Decision::ImplicitDeny];
    html! {
        <div class="effective-filters">
            <input type="search" class="effective-search" aria-label="Filter principals" placeholder="Filter: a name, an account …" value={shown.text.clone()} {oninput} />
            <div class="effective-legend" role="group" aria-label="Show only">
                { for all.into_iter().map(|decision| {
                    let place = order(decision);
                    let pressed = shown.decision == Some(decision);
                    let onclick = {
                        let shown = shown.clone();
                        let decision = (!pressed).then_some(decision);
                        Callback::from(move |_: MouseEvent| shown.set(Shown { decision, pages: 0, ..(*shown).clone() }))
                    };
                    html! {
                        <button key={place} type="button" aria-pressed={pressed.to_string()} class={classes!("sign-button", class(place))} {onclick}>
                            { sign(place) }<strong>{ number(counts.get(&place).copied().unwrap_or(0)) }</strong>{ " " }{ words(place).to_ascii_lowercase() }
                        </button>
                    }
                }) }
            </div>
        </div>
    }
}

fn nobody(question: &Question, decisions: &[Option<Decision>]) -> &'static str {
    match decisions {
        [] => "The scenario has no principals yet.",
        _ if decisions.iter().all(Option::is_none) && question.request.action.is_empty() => {
            "Which action? Write one above, such as s3:GetObject."
        }
        _ if decisions.iter().all(Option::is_none) => {
            "This cannot be asked: an action looks like s3:GetObject, a resource is an ARN or *."
        }
        _ => "Nobody fits the filter.",
    }
}

fn row(
    compiled: &Compiled,
    question: &Question,
    caller: &Caller,
    decision: Decision,
    way: &Way,
) -> Html {
    let request = request_for(&question.request, &caller.arn);
    let answer = compiled.ask(&request, now());
    let why = answer.map(|it| explanation::brief(compiled.organization(), &it.evaluation));
    let is_asked = question.request.principal == caller.arn;
    let asked = match is_asked {
        true => question.clone(),
        false => Question::new(request),
    };
    let place = order(decision);
    let onclick = way.on_question.reform(move |_: MouseEvent| asked.clone());
    html! {
        <li key={caller.arn.clone()}>
            <button type="button" class={classes!("who-row", is_asked.then_some("chosen"))} aria-current={is_asked.then_some("true")} {onclick}>
                <span class={classes!("mark", class(place))} title={words(place)}>{ sign(place) }<span class="visually-hidden">{ words(place) }{ ": " }</span></span>
                <span class="who-name">{ icon(caller.kind.icon()) }<strong>{ &caller.name }</strong><span class="muted">{ caller.aside() }</span></span>
                <span class="who-why">{ prose(&why.unwrap_or_default()) }</span>
            </button>
        </li>
    }
}
