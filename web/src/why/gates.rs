//! The gates in AWS's order, each with its levels, the blocking one open.

use iam_evaluator::{
    Effect, GateOutcome, GateTrace, LevelTrace, PolicyTrace, StatementResult, TargetKind,
    explanation,
};
use yew::prelude::*;

use super::answer::View;
use super::policies;
use crate::icons::{Icon, icon, outcome_class};
use crate::selection::Selection;

/// Shows every gate. Those that do not concern the request are one quiet line each.
pub fn show(view: &View<'_>) -> Html {
    let gates = &view.answer.evaluation.gates;
    if gates.is_empty() {
        return Html::default();
    }
    html! {
        <div class="why-gates">
            <h3>{ "Gate by gate" }</h3>
            <ol>{ for gates.iter().map(|gate| show_gate(view, gate)) }</ol>
        </div>
    }
}

fn show_gate(view: &View<'_>, gate: &GateTrace) -> Html {
    let name = explanation::gate(gate.gate);
    let key = gate.gate.as_str();
    let class = classes!("why-gate", outcome_class(gate.outcome), gate.blocks.then_some("blocks"));
    let headline = html! {
        <>
            <span class="why-gate-mark">{ icon(Icon::of_outcome(gate.outcome)) }</span>
            <span class="why-gate-name">{ name }</span>
            <span class="why-gate-outcome">{ explanation::gate_outcome(gate) }</span>
        </>
    };
    let empty = gate.levels.iter().all(|level| level.policies.is_empty() && level.target.is_none());
    if empty || matches!(gate.outcome, GateOutcome::NotApplicable(_)) {
        return html! { <li {key} {class}><div class="why-gate-head">{ headline }</div></li> };
    }
    html! {
        <li {key} {class}>
            <details open={gate.blocks}>
                <summary class="why-gate-head">{ headline }{ path(view, gate) }</summary>
                <ol class="why-levels">
                    { for gate.levels.iter().enumerate().map(|(index, level)| show_level(view, gate, index, level)) }
                </ol>
            </details>
        </li>
    }
}

/// The levels of the tree in one line, for the closed gate.
fn path(view: &View<'_>, gate: &GateTrace) -> Html {
    let organization = view.compiled.organization();
    let levels = gate.levels.iter().filter_map(|level| {
        let target = organization.target(level.target?)?;
        Some(html! {
            <span key={&*target.id} class={classes!("why-step", outcome_class(level.outcome))}>
                { icon(Icon::of_outcome(level.outcome)) }{ &*target.name }
            </span>
        })
    });
    let levels: Vec<Html> = levels.collect();
    match levels.is_empty() {
        true => Html::default(),
        false => html! { <span class="why-path">{ for levels }</span> },
    }
}

fn show_level(view: &View<'_>, gate: &GateTrace, index: usize, level: &LevelTrace) -> Html {
    let organization = view.compiled.organization();
    let Some(target) = level.target.and_then(|index| organization.target(index)) else {
        // A gate without levels: its policies stand directly below it.
        return html! { <li key={index} class="why-level flat">{ policies::show(view, level, gate.blocks) }</li> };
    };
    let blocks = gate.blocks && !matches!(level.outcome, GateOutcome::Allow(_));
    let class = classes!("why-level", outcome_class(level.outcome), blocks.then_some("blocks"));
    let kind = match target.kind {
        TargetKind::Root => Icon::Root,
        TargetKind::OrganizationalUnit => Icon::Unit,
        TargetKind::Account => Icon::Account,
    };
    let selection = Selection::Target(target.id.to_string());
    let onclick = view.on_open.reform(move |_: MouseEvent| selection.clone());
    html! {
        <li key={&*target.id} {class}>
            <details open={blocks}>
                <summary class="why-level-head">
                    <span class="why-gate-mark">{ icon(Icon::of_outcome(level.outcome)) }</span>
                    { icon(kind) }
                    <span class="why-level-name">{ &*target.name }</span>
                    <span class="why-gate-outcome">{ explanation::level_outcome(level) }</span>
                </summary>
                { policies::show(view, level, blocks) }
                <button type="button" class="link why-open" {onclick}>{ format!("Open {}", target.name) }</button>
            </details>
        </li>
    }
}

/// Whether a policy has a statement that settles what its level says.
pub fn settles(outcome: GateOutcome, policy: &PolicyTrace) -> bool {
    let effect = match outcome {
        GateOutcome::Allow(_) => Effect::Allow,
        GateOutcome::ExplicitDeny => Effect::Deny,
        GateOutcome::ImplicitDeny | GateOutcome::NotApplicable(_) => return false,
    };
    policy.statements.iter().any(|statement| {
        statement.effect == effect && matches!(statement.result, StatementResult::Applies(_))
    })
}
