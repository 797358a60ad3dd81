//! A list of actions in groups: each group with its sign and its reason, each action a button that asks.

use yew::prelude::*;

use super::index::Index;
use super::signs::{class, sign, words};
use crate::prose::prose;

/// Actions of one verdict and one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The place of the verdict.
    pub verdict: usize,
    /// Why, in a sentence.
    pub reason: String,
    /// The actions.
    pub actions: Vec<usize>,
}

/// Puts actions with their verdicts and reasons into groups, in the order of the verdicts.
pub fn groups(reasons: impl IntoIterator<Item = (usize, usize, String)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (action, verdict, reason) in reasons {
        let known = groups.iter_mut().find(|it| it.verdict == verdict && it.reason == reason);
        match known {
            Some(group) => group.actions.push(action),
            None => groups.push(Group { verdict, reason, actions: vec![action] }),
        }
    }
    groups.sort_by_key(|group| group.verdict);
    groups
}

/// Shows groups; `ask` gets the action and the place of its verdict, `ask_denied` an action that depends.
pub fn show(
    index: &Index,
    groups: &[Group],
    asked: &str,
    ask: &Callback<(usize, usize)>,
    ask_denied: &Callback<usize>,
) -> Html {
    html! {
        <ul class="effective-groups">
            { for groups.iter().map(|group| html! {
                <li key={format!("{}{}", group.verdict, group.reason)} class="effective-group">
                    <p class="effective-reason">
                        <span class={classes!("mark", class(group.verdict))}>{ sign(group.verdict) }<strong>{ words(group.verdict) }</strong></span>
                        { " " }{ prose(&group.reason) }
                    </p>
                    <ul class="effective-actions">
                        { for group.actions.iter().map(|action| show_action(index, *action, group.verdict, asked, ask, ask_denied)) }
                    </ul>
                </li>
            }) }
        </ul>
    }
}

fn show_action(
    index: &Index,
    action: usize,
    verdict: usize,
    asked: &str,
    ask: &Callback<(usize, usize)>,
    ask_denied: &Callback<usize>,
) -> Html {
    let full_name = index.full_name(action);
    let is_asked = full_name == asked;
    let title = match verdict {
        1 => format!("Ask about {full_name} as it is allowed"),
        _ => format!("Ask about {full_name}"),
    };
    let onclick = ask.reform(move |_: MouseEvent| (action, verdict));
    html! {
        <li key={action}>
            <button type="button" class={classes!("effective-action", class(verdict), is_asked.then_some("chosen"))} aria-current={is_asked.then_some("true")} {title} {onclick}>
                { sign(verdict) }<span>{ index.name(action) }</span><span class="visually-hidden">{ ": " }{ words(verdict) }</span>
            </button>
            if verdict == 1 {
                <button type="button" class="effective-action-denied explicit-deny" title={format!("Ask about {full_name} as it is denied")}
                    aria-label={format!("{full_name} as it is denied")} onclick={ask_denied.reform(move |_: MouseEvent| action)}>{ sign(2) }</button>
            }
        </li>
    }
}
