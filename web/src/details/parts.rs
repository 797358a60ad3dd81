//! Small parts that the details share.

use yew::prelude::*;

use crate::icons::{Icon, icon};
use crate::prose::visible;

/// A card: a heading, buttons beside it, contents below.
pub fn card(id: &'static str, heading: &str, buttons: Html, contents: Html) -> Html {
    html! {
        <section class="card" aria-labelledby={id}>
            <header class="card-header">
                <h3 {id}>{ heading }</h3>
                <div class="card-buttons">{ buttons }</div>
            </header>
            { contents }
        </section>
    }
}

/// A button with words.
pub fn button(words: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button small" {onclick}>{ words.to_owned() }</button> }
}

/// A button that adds something.
pub fn add_button(words: &str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="button small" {onclick}>{ icon(Icon::Plus) }{ words.to_owned() }</button>
    }
}

/// A button that takes something away.
pub fn danger_button(words: &str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="button small danger-quiet" {onclick}>{ words.to_owned() }</button>
    }
}

/// A small button with nothing but a cross, named for what it takes away.
pub fn remove_button(label: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="button quiet icon-only small" aria-label={label.clone()} title={label} {onclick}>
            { icon(Icon::Close) }
        </button>
    }
}

/// One line of a list: a drawing, a name that leads somewhere, words beside it, and buttons.
pub fn line(
    key: String,
    drawn: Icon,
    name: &str,
    onclick: Callback<MouseEvent>,
    aside: Html,
    buttons: Html,
) -> Html {
    html! {
        <li {key} class="line">
            <span class="line-icon">{ icon(drawn) }</span>
            <button type="button" class="link line-name" {onclick}><bdi>{ visible(name) }</bdi></button>
            <span class="line-aside">{ aside }</span>
            <span class="line-buttons">{ buttons }</span>
        </li>
    }
}

/// What stands where a list has nothing.
pub fn nothing(words: &str) -> Html {
    html! { <p class="hint">{ words.to_owned() }</p> }
}
