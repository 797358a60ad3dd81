//! Sentences of the core as HTML: what stands in backticks is code.

use yew::prelude::*;

/// Shows a sentence whose code stands in backticks.
pub fn prose(text: &str) -> Html {
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 => html! { { part.to_owned() } },
        _ => html! { <code>{ part.to_owned() }</code> },
    };
    text.split('`').enumerate().map(part).collect()
}
