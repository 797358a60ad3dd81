//! The policies of one level: what settles it is open, the others are folded.

use iam_evaluator::{GateOutcome, LevelTrace, PolicyTrace, Severity};
use yew::prelude::*;

use super::answer::View;
use super::gates::settles;
use super::statements;
use crate::icons::{Icon, icon};

/// Shows the policies of a level; `emphasised` where the request fails here.
pub fn show(view: &View<'_>, level: &LevelTrace, emphasised: bool) -> Html {
    if level.policies.is_empty() {
        return Html::default();
    }
    // The policies that settle it go first; the order does not matter to AWS.
    let (settling, others): (Vec<_>, Vec<_>) =
        level.policies.iter().enumerate().partition(|(_, policy)| settles(level.outcome, policy));
    let both =
        settling.into_iter().map(|it| (it, true)).chain(others.into_iter().map(|it| (it, false)));
    html! {
        <ul class="why-policies">
            { for both.map(|((index, policy), decides)| {
                // Where nothing settles it, every policy is worth a look.
                let open = emphasised && (decides || level.outcome == GateOutcome::ImplicitDeny);
                show_policy(view, index, policy, decides, open)
            }) }
        </ul>
    }
}

fn show_policy(
    view: &View<'_>,
    index: usize,
    policy: &PolicyTrace,
    decides: bool,
    open: bool,
) -> Html {
    let written = &policy.policy;
    let statements = written.document.statements.iter().zip(&policy.statements).enumerate();
    let broken = written.document.diagnostics.iter().any(|it| it.severity() == Severity::Error);
    let count = match written.document.statements.len() {
        1 => "1 statement".to_owned(),
        count => format!("{count} statements"),
    };
    html! {
        <li key={format!("{index} {}", written.name)} class={classes!("why-policy-trace", decides.then_some("decides"))}>
            <details {open}>
                <summary>
                    { icon(Icon::Policy) }
                    <span class="why-policy-name">{ &*written.name }</span>
                    <span class="muted">{ count }</span>
                    if broken { <span class="why-expect fails">{ icon(Icon::Warning) }{ "has errors" }</span> }
                </summary>
                <ol class="why-statements">
                    { for statements.map(|(index, (statement, trace))| {
                        statements::show(view, written, index, statement, trace)
                    }) }
                </ol>
                if let Some(onclick) = view.open(written, None) {
                    <button type="button" class="link why-open" {onclick}>{ "Open the policy" }</button>
                }
            </details>
        </li>
    }
}
