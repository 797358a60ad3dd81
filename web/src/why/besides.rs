//! What belongs to an answer besides the policies: other actions that the same call needs, and what AWS checks that no
//! policy says.

use iam_evaluator::explanation;
use yew::prelude::*;

use super::answer::View;
use crate::icons::{Icon, decision_class, icon};
use crate::prose::prose;

/// One line for each; nothing where there is none.
pub(super) fn show(view: &View<'_>) -> Html {
    let answer = view.answer;
    let organization = view.compiled.organization();
    let notes = explanation::notes(organization, &answer.request, &answer.evaluation);
    let needed = answer.also_needed(view.compiled);
    if notes.is_empty() && needed.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="why-besides" aria-label="Besides the policies">
            { for needed.iter().map(|it| html! {
                <li key={it.request.action.as_str().to_owned()} class={decision_class(it.decision())}>
                    { icon(Icon::of_decision(it.decision())) }
                    <span>{ prose(&explanation::also_needed(it.request.action.as_str(), it.evaluation.decision())) }</span>
                </li>
            }) }
            { for notes.into_iter().map(|note| html! {
                <li key={note} class="muted">{ icon(Icon::Warning) }<span>{ prose(note) }</span></li>
            }) }
        </ul>
    }
}
