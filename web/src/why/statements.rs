//! One statement: whether it applies, and if not, the element or the condition that does not fit.

use iam_evaluator::{
    ClauseTrace, ConditionClause, Effect, Policy, Statement, StatementResult, StatementTrace,
    explanation,
};
use yew::prelude::*;

use super::answer::View;
use crate::icons::{Icon, icon};
use crate::prose::prose;

/// More values than these are counted instead of shown.
const MOST_VALUES: usize = 6;

/// Shows a statement with its conditions.
pub fn show(
    view: &View<'_>,
    policy: &Policy,
    index: usize,
    written: &Statement,
    read: &StatementTrace,
) -> Html {
    let applies = matches!(read.result, StatementResult::Applies(_));
    let class = classes!("why-statement", applies.then_some("applies"), effect_class(read.effect));
    let name = explanation::statement_name(written);
    let open = view.open(policy, Some(index));
    let clauses = written.conditions.iter().zip(&read.conditions).enumerate();
    html! {
        <li key={index} {class}>
            <div class="why-statement-head">
                <span class={classes!("why-effect", effect_class(read.effect))}>{ read.effect.as_str() }</span>
                { match open {
                    Some(onclick) => html! { <button type="button" class="link" {onclick}>{ name }</button> },
                    None => html! { <span>{ name }</span> },
                } }
            </div>
            <p class="why-statement-result">{ prose(&explanation::statement(&view.answer.request, written, read)) }</p>
            if applies { { text(policy, written) } }
            if let Some(it) = explanation::mismatch(&policy.document, &view.answer.request, written, read) {
                <div class="why-clause fails why-mismatch">
                    <p class="why-clause-key">{ icon(Icon::Cross) }<code>{ it.element }</code></p>
                    <dl>
                        <div><dt>{ "wanted" }</dt><dd>{ values(it.wanted.iter().map(String::as_str)) }</dd></div>
                        <div><dt>{ "found" }</dt><dd>{ values([it.found.as_str()].into_iter()) }</dd></div>
                    </dl>
                </div>
            }
            if !read.conditions.is_empty() {
                <ul class="why-clauses">
                    { for clauses.map(|(index, (written, read))| show_clause(index, written, read)) }
                </ul>
            }
        </li>
    }
}

/// The statement as the person wrote it, moved to the left edge.
fn text(policy: &Policy, written: &Statement) -> Html {
    let text = written.span.of(&policy.document.text).unwrap_or_default();
    let indents = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let indent = indents.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let lines = text.lines().enumerate().map(|(index, line)| match index {
        0 => line,
        _ => line.get(indent..).unwrap_or(line),
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    // A long statement can be scrolled, by keyboard as well.
    html! { <pre class="why-text" tabindex="0">{ text }</pre> }
}

fn effect_class(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "allow",
        Effect::Deny => "deny",
    }
}

/// One clause of a condition: the operator and key, what is wanted, what was found.
fn show_clause(index: usize, written: &ConditionClause, read: &ClauseTrace) -> Html {
    let (mark, class, words) = match read.holds {
        true => (Icon::Check, "holds", "holds"),
        false => (Icon::Cross, "fails", "does not hold"),
    };
    html! {
        <li key={index} class={classes!("why-clause", class)}>
            <p class="why-clause-key">
                { icon(mark) }<span class="visually-hidden">{ words }{ ": " }</span>
                <code>{ written.operator.to_string() }</code>{ " " }<code>{ written.key.to_string() }</code>
            </p>
            <dl>
                <div><dt>{ "wanted" }</dt><dd>{ values(written.values.iter().map(|value| &*value.text)) }</dd></div>
                <div><dt>{ "found" }</dt><dd>{ values(read.found.iter().map(|value| &**value)) }</dd></div>
            </dl>
        </li>
    }
}

fn values<'a>(values: impl ExactSizeIterator<Item = &'a str>) -> Html {
    let count = values.len();
    if count == 0 {
        return html! { <em>{ "nothing" }</em> };
    }
    html! {
        <>
            { for values.take(MOST_VALUES).enumerate().map(|(index, value)| html! { <code key={index}>{ value }</code> }) }
            if count > MOST_VALUES { <span class="muted">{ format!("and {} more", count - MOST_VALUES) }</span> }
        </>
    }
}
