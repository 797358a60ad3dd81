//! The permissions of everybody in an account, or below an OU or the root: totals side by side.

use std::rc::Rc;

use iam_effective::PrincipalPermissions;
use iam_scenario::{Account, Document};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::callers::{Caller, request_of};
use super::engine::{Count, anyone, count};
use super::live::{LiveHandle, use_live};
use super::signs::{bar, class, count_words, sign, words};
use super::tally::number;
use super::{View, Way, waiting};
use crate::catalog::use_catalog;
use crate::dialog::forms::name_of;
use crate::icons::{Icon, icon};
use crate::question::Question;

/// How many rows stand in a table before somebody asks for more.
const ROWS: usize = 100;

/// Properties of [`TargetTotals`].
#[derive(Properties, PartialEq)]
pub struct TargetTotalsProps {
    /// The document.
    pub document: Rc<Document>,
    /// The id of the account, OU or root.
    pub id: AttrValue,
    /// The question, whose principal is marked.
    pub question: Question,
    /// The way back.
    pub way: Way,
}

/// Totals of an account's principals, or of the accounts below an OU.
#[component]
pub fn TargetTotals(props: &TargetTotalsProps) -> Html {
    let TargetTotalsProps { document, id, question, way } = props;
    let (live, catalog) = (use_live(), use_catalog());
    let most = use_state(|| ROWS);
    if live.now.is_none() {
        return html! { <><p class="muted" role="status">{ catalog.line() }</p>{ waiting() }</> };
    }
    let rows = match document.account(id) {
        Some(account) => of_account(account, &live, question, way),
        None => below(document, id, &live, way),
    };
    let count = rows.len();
    let step = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + ROWS))
    };
    html! {
        <>
            { choice(document, id, way) }
            if document.account(id).is_none() {
                <p class="hint">{ "Actions that a principal of the account may do, on average." }</p>
            }
            if rows.is_empty() {
                <p class="muted">{ "No user and no role here: nobody can do anything, but for the root user." }</p>
            } else {
                <table class="effective-totals">
                    <thead>
                        <tr>
                            <th scope="col">{ if document.account(id).is_some() { "Principal" } else { "Account" } }</th>
                            { for (0..4).map(|place| html! { <th key={place} scope="col" class={classes!("number", class(place))}>{ sign(place) }<span>{ words(place) }</span></th> }) }
                        </tr>
                    </thead>
                    <tbody>{ for rows.into_iter().take(*most) }</tbody>
                </table>
                if count > *most {
                    <button type="button" class="button small" onclick={step}>{ format!("Show {} more of {count}", ROWS.min(count - *most)) }</button>
                }
            }
        </>
    }
}

/// The root, OUs and accounts to choose from, indented as in the tree.
fn choice(document: &Document, id: &str, way: &Way) -> Html {
    let mut all: Vec<(String, String)> = Vec::new();
    if let Some(organization) = document.organization() {
        for unit in organization.root.walk() {
            let depth = document.path_to(&unit.id).len().saturating_sub(1);
            all.push((unit.id.clone(), indented(depth, &unit.name)));
            let accounts = unit.accounts.iter().filter_map(|id| document.account(id));
            all.extend(accounts.map(|it| (it.id.clone(), indented(depth + 1, &it.name))));
        }
    }
    let outside = document.accounts().iter().filter(|account| !document.is_member(&account.id));
    all.extend(outside.map(|it| (it.id.clone(), it.name.clone())));
    let onchange = way.ports.on_view.reform(|event: Event| {
        Some(View::Target(event.target_unchecked_into::<HtmlSelectElement>().value()))
    });
    html! {
        <div class="effective-choice">
            <label for="effective-target">{ "Account, OU or root" }</label>
            <select id="effective-target" {onchange}>
                { for all.into_iter().map(|(it, words)| {
                    let selected = it == id;
                    html! { <option key={it.clone()} value={it} {selected}>{ words }</option> }
                }) }
            </select>
        </div>
    }
}

fn indented(depth: usize, name: &str) -> String {
    format!("{}{name}", "\u{2003}".repeat(depth))
}

fn of_account(account: &Account, live: &LiveHandle, question: &Question, way: &Way) -> Vec<Html> {
    let found = live.now.as_ref().zip(account.id.parse().ok());
    let found = found.and_then(|(now, id): (_, iam_evaluator::AccountId)| now.account(id));
    let (Some(found), Some(facts)) = (found, &live.facts) else { return Vec::new() };
    let principals: Vec<_> = found.principals().collect();
    let all = principals.iter().map(|(_, principal)| *principal);
    let anyone = anyone(all, facts.index.universe()).filter(|_| principals.len() > 1);
    let first = anyone.map(|anyone| {
        html! { <tr key="anyone" class="effective-anyone"><th scope="row"><span class="effective-row">{ icon(Icon::Group) }{ "Anyone of these" }</span>{ bar(&anyone) }</th>{ counts(&anyone) }</tr> }
    });
    let row = |(arn, principal): (&str, &PrincipalPermissions)| {
        let caller = Caller {
            account_name: account.name.clone(),
            ..Caller::of_arn(&Document::default(), arn)
        };
        caller_row(&caller, &count(principal.totals()), question, way)
    };
    first.into_iter().chain(principals.into_iter().map(row)).collect()
}

fn caller_row(caller: &Caller, totals: &Count, question: &Question, way: &Way) -> Html {
    let is_asked = question.request.principal == caller.arn;
    let onclick = {
        let (way, request) = (way.clone(), Question::new(request_of(&caller.arn)));
        Callback::from(move |_: MouseEvent| {
            way.on_question.emit(request.clone());
            way.ports.on_view.emit(Some(View::Principal(String::new())));
        })
    };
    html! {
        <tr key={caller.arn.clone()} class={classes!(is_asked.then_some("chosen"))}>
            <th scope="row">
                <button type="button" class="link effective-row" title={format!("All permissions of {}", caller.arn)} {onclick}>
                    { icon(caller.kind.icon()) }{ &caller.name }<span class="muted">{ caller.kind.word() }</span>
                </button>
                { bar(totals) }
            </th>
            { counts(totals) }
        </tr>
    }
}

/// The accounts below an OU or the root, each with what its principals may do on average.
fn below(document: &Document, id: &str, live: &LiveHandle, way: &Way) -> Vec<Html> {
    let (Some(unit), Some(now)) = (document.organizational_unit(id), &live.now) else {
        return Vec::new();
    };
    let accounts = unit.walk().flat_map(|unit| &unit.accounts);
    let row = |id: &String| {
        let account = now.account(id.parse().ok()?)?;
        let number = account.principals().count();
        let principals = match number {
            1 => "1 principal".to_owned(),
            many => format!("{many} principals"),
        };
        let sums = count(account.totals());
        let average = sums.map(|sum| (sum + number / 2) / number.max(1));
        Some(html! {
            <tr key={id.clone()}>
                <th scope="row">
                    <button type="button" class="link effective-row" onclick={way.view(View::Target(id.clone()))}>
                        { icon(Icon::Account) }{ name_of(document, id) }<span class="muted">{ principals }</span>
                    </button>
                    if number > 0 { { bar(&sums) } }
                </th>
                if number > 0 { { counts(&average) } } else { <td colspan="4" class="muted number">{ "nobody" }</td> }
            </tr>
        })
    };
    accounts.filter_map(row).collect()
}

fn counts(totals: &Count) -> Html {
    html! {
        { for totals.iter().enumerate().map(|(place, count)| html! {
            <td key={place} class={classes!("number", (*count == 0).then_some("muted"))} title={count_words(totals)}>{ number(*count) }</td>
        }) }
    }
}
