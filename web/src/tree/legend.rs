//! What the signs on the tree say, and the sign of one node.

use iam_evaluator::GateOutcome;
use iam_scenario::Decision;
use yew::prelude::*;

use super::marks::{Mark, Marks};
use crate::icons::{Icon, decision_class, icon, outcome_class};

/// The sign for what a level says; at the caller's account, for the decision.
pub fn sign(mark: &Mark) -> Html {
    match (mark.verdict, mark.outcome) {
        (Some(verdict), _) => html! {
            <span class={classes!("sign", "sign-verdict", decision_class(verdict))} title={mark.words()}>
                { icon(Icon::of_decision(verdict)) }
            </span>
        },
        (None, Some(outcome)) => html! {
            <span class={classes!("sign", outcome_class(outcome), mark.elsewhere.then_some("elsewhere"))} title={mark.words()}>
                if mark.blocks { <span class="sign-words">{ "blocks" }</span> }
                { icon(Icon::of_outcome(outcome)) }
            </span>
        },
        (None, None) => Html::default(),
    }
}

/// Explains the signs, folded away below the tree; nothing where there are none.
pub fn legend(marks: &Marks) -> Html {
    if marks.is_empty() {
        return Html::default();
    }
    let mark = |outcome: GateOutcome| Mark {
        outcome: Some(outcome),
        blocks: false,
        verdict: None,
        elsewhere: false,
    };
    let allow = mark(GateOutcome::Allow(None));
    let caller = Mark { verdict: Some(Decision::Allowed), ..allow };
    let lines = [
        (caller, "In a ring, at the caller’s account: AWS’s decision."),
        (allow, "On the way from the root: this level allows the request."),
        (mark(GateOutcome::ImplicitDeny), "Nothing here allows it; every level must."),
        (mark(GateOutcome::ExplicitDeny), "A policy here denies it; no Allow overrides that."),
        (
            Mark { elsewhere: true, ..allow },
            "Pale, off the way: what SCPs would say if the caller’s account stood there. At an OU its own, at an account those of all levels together. Conditions still see where the account really stands (aws:PrincipalOrgPaths).",
        ),
    ];
    html! {
        <details class="tree-legend">
            <summary>{ "What the signs say" }</summary>
            <ul>
                { for lines.into_iter().map(|(mark, words)| html! {
                    <li key={words}><span class="tree-legend-sign" aria-hidden="true">{ sign(&mark) }</span><span>{ words }</span></li>
                }) }
            </ul>
        </details>
    }
}
