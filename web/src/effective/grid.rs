//! Services by access levels, as a table whose cells hold one sign for each action.

use std::sync::Arc;

use iam_scenario::Decision;
use yew::prelude::*;

use super::actions::AccessLevel;
use super::cells::{Cell, Cells, ServiceCells};
use crate::icons::{Icon, decision_class, decision_words, icon};
use crate::question::Question;

/// Shows the table; a click on an action asks about it.
pub fn show(cells: &Cells, question: &Question, on_question: &Callback<Question>) -> Html {
    let used = |level: &AccessLevel| {
        cells.services.iter().any(|service| service.cells.iter().any(|cell| cell.level == *level))
    };
    let levels: Vec<AccessLevel> = AccessLevel::ALL.into_iter().filter(used).collect();
    if cells.services.is_empty() {
        return Html::default();
    }
    html! {
        <table class="effective-grid">
            <thead>
                <tr>
                    <th scope="col">{ "Service" }</th>
                    { for levels.iter().map(|level| html! { <th key={level.name()} scope="col">{ level.name() }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for cells.services.iter().map(|service| show_service(service, &levels, question, on_question)) }
            </tbody>
        </table>
    }
}

fn show_service(
    service: &ServiceCells,
    levels: &[AccessLevel],
    question: &Question,
    on_question: &Callback<Question>,
) -> Html {
    html! {
        <tr key={service.prefix}>
            <th scope="row">
                <span class="effective-service">{ service.name }</span>
                { counts(service) }
            </th>
            { for levels.iter().map(|level| {
                let fitting = service.cells.iter().filter(|cell| cell.level == *level);
                let buttons: Vec<Html> = fitting.map(|cell| show_cell(cell, question, on_question)).collect();
                let size = match buttons.len() {
                    0 => Some("none"),
                    1 | 2 => None,
                    _ => Some("several"),
                };
                html! {
                    <td key={level.name()} class={classes!(size)}>
                        <span class="effective-level" aria-hidden="true">{ level.name() }</span>
                        <span class="effective-cells">{ for buttons }</span>
                    </td>
                }
            }) }
        </tr>
    }
}

/// How many of a service's actions are allowed and denied, for those that are not nought.
fn counts(service: &ServiceCells) -> Html {
    let decisions = [Decision::Allowed, Decision::ExplicitDeny, Decision::ImplicitDeny];
    let counted = decisions.into_iter().filter_map(|decision| {
        let count = service.count(decision);
        (count > 0).then(|| html! {
            <span key={decision.as_str()} class={classes!("effective-count", decision_class(decision))} title={decision_words(decision)}>
                { icon(Icon::of_decision(decision)) }{ count }
                <span class="visually-hidden">{ " " }{ decision_words(decision).to_ascii_lowercase() }{ " " }</span>
            </span>
        })
    });
    html! { <span class="effective-counts">{ for counted }</span> }
}

fn show_cell(cell: &Cell, question: &Question, on_question: &Callback<Question>) -> Html {
    let asked = Question::new(cell.request.clone());
    let chosen = question.request.action == cell.request.action
        && question.request.resource == cell.request.resource;
    let onclick = {
        let request = Arc::clone(&asked.request);
        on_question.reform(move |_: MouseEvent| Question { request: request.clone(), index: None })
    };
    let words = decision_words(cell.decision);
    let title = format!("{}: {words}, on {}", cell.request.action, cell.request.resource);
    html! {
        <button key={cell.name} type="button" {title} {onclick} aria-current={chosen.then_some("true")}
            class={classes!("effective-cell", decision_class(cell.decision), chosen.then_some("chosen"))}>
            { icon(Icon::of_decision(cell.decision)) }
            <span class="effective-action">{ cell.name }</span>
            <span class="visually-hidden">{ ": " }{ words }</span>
        </button>
    }
}
