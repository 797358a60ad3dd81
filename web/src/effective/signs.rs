//! How verdicts look: a sign, a word and a bar; each verdict has a shape of its own besides its colour.

use iam_evaluator::{Decision, explanation};
use yew::prelude::*;

use super::engine::{Count, VERDICTS, Verdict};
use super::tally::number;
use crate::icons::{Icon, icon};

/// The verdict of a place in [`VERDICTS`].
fn verdict(place: usize) -> Verdict {
    VERDICTS.get(place).copied().unwrap_or(Verdict::ImplicitDeny)
}

/// The words for a verdict, by its place.
pub fn words(place: usize) -> &'static str {
    match verdict(place) {
        Verdict::Allowed => explanation::decision(Decision::Allowed),
        Verdict::Depends => explanation::depends_heading(),
        Verdict::ExplicitDeny => explanation::decision(Decision::ExplicitDeny),
        Verdict::ImplicitDeny => explanation::decision(Decision::ImplicitDeny),
    }
}

/// The class that gives a verdict its colour.
pub fn class(place: usize) -> &'static str {
    match verdict(place) {
        Verdict::Allowed => "allowed",
        Verdict::Depends => "depends",
        Verdict::ExplicitDeny => "explicit-deny",
        Verdict::ImplicitDeny => "implicit-deny",
    }
}

/// The sign of a verdict.
pub fn sign(place: usize) -> Html {
    icon(match verdict(place) {
        Verdict::Allowed => Icon::Check,
        Verdict::Depends => Icon::Diamond,
        Verdict::ExplicitDeny => Icon::Cross,
        Verdict::ImplicitDeny => Icon::Circle,
    })
}

/// Counts in words: "12 allowed, 3 denied explicitly".
pub fn count_words(count: &Count) -> String {
    let parts = count.iter().enumerate().filter(|(_, count)| **count > 0);
    let parts = parts
        .map(|(place, count)| format!("{} {}", number(*count), words(place).to_ascii_lowercase()));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

/// The counts as a bar: what is allowed stands full and high, what depends is striped, an explicit denial is half as
/// high, an implicit one hardly more than a line. The words stand beside it, so it is silent.
pub fn bar(count: &Count) -> Html {
    let all = count.iter().sum::<usize>().max(1);
    // Of the same width for every service; what is there at all can be seen.
    let width = |count: usize| count as f64 * 1000.0 / all as f64;
    let mut from = 0.0;
    let parts = count.iter().enumerate().filter(|(_, count)| **count > 0);
    let parts = parts.map(|(place, count)| {
        let (y, height) = match verdict(place) {
            Verdict::Allowed | Verdict::Depends => ("0", "10"),
            Verdict::ExplicitDeny => ("4", "6"),
            Verdict::ImplicitDeny => ("8", "2"),
        };
        let x = from;
        from += width(*count);
        let depends = verdict(place) == Verdict::Depends;
        html! {
            <rect key={place} class={class(place)} x={format!("{x:.1}")} {y} width={format!("{:.1}", width(*count).max(6.0))} {height}
                fill={depends.then_some("url(#depends-stripes)")} />
        }
    });
    html! {
        <svg class="effective-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">{ for parts }</svg>
    }
}

/// What the bars of the page share; it stands once on the page.
pub fn definitions() -> Html {
    html! {
        <svg class="effective-definitions" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>
                <pattern id="depends-stripes" width="18" height="10" patternUnits="userSpaceOnUse">
                    <rect class="depends" width="10" height="10" />
                </pattern>
            </defs>
        </svg>
    }
}

/// One button for each verdict with its count; a second click shows all again.
pub fn legend(count: &Count, chosen: Option<usize>, choose: &Callback<Option<usize>>) -> Html {
    html! {
        <div class="effective-legend" role="group" aria-label="Show only">
            { for count.iter().enumerate().map(|(place, count)| {
                let pressed = chosen == Some(place);
                let next = (!pressed).then_some(place);
                let onclick = choose.reform(move |_: MouseEvent| next);
                html! {
                    <button key={place} type="button" aria-pressed={pressed.to_string()} class={classes!("sign-button", class(place))} {onclick}>
                        { sign(place) }<strong>{ number(*count) }</strong>{ " " }{ words(place).to_ascii_lowercase() }
                    </button>
                }
            }) }
        </div>
    }
}
