//! A scenario's tree, drawn small. The index holds the drawing, made from the scenario by `crates/scenario/tests/gallery.rs`.

use serde_json::Value;
use yew::prelude::*;

use crate::reading::{list, text};

/// The classes of the drawing's paths, from back to front.
const CLASSES: [&str; 6] = [
    "gallery-line",
    "gallery-node",
    "gallery-node limited",
    "gallery-shield",
    "gallery-account",
    "gallery-outside",
];

/// Shows the drawing. It says nothing that the words beside it do not say, so it is hidden from those who listen.
pub fn draw(drawing: &Value) -> Html {
    let paths = list(drawing, "paths").filter_map(Value::as_str).zip(CLASSES);
    html! {
        <svg class="gallery-drawing" viewBox={text(drawing, "viewBox").to_owned()} aria-hidden="true">
            { for paths.map(|(path, class)| html! { <path {class} d={path.to_owned()} /> }) }
        </svg>
    }
}
