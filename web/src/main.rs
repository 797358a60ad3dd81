//! The page of SCP Playground: what people see and do. It decides nothing itself; answers come from the core.
//!
//! Start reading at `app.rs` (what is where) and `state.rs` (what can happen).

mod afterwards;
mod app;
mod state;
mod stretch;

mod kept;
mod opening;
mod question;
mod reading;
mod seed;
mod selection;
mod sharing;
mod show;

mod commands;
mod compare;
mod details;
mod dialog;
mod editor;
mod effective;
mod embed;
mod gallery;
mod groups;
mod layout;
mod lazy;
mod lessons;
mod lines;
mod notices;
mod toolbar;
mod tree;
mod why;

mod browser;
mod catalog;
mod disclosure;
mod display;
mod icons;
mod managed_policies;
mod parts;
mod prose;
#[cfg(test)]
mod testing;
mod text_position;
mod theme;

use app::{App, AppProps};

fn main() {
    let Some(root) = browser::window().and_then(|it| it.document()?.get_element_by_id("app"))
    else {
        return;
    };
    // A guest in another page keeps nothing.
    let guest = display::Display::now().embedded;
    let kept = if guest { kept::Kept::default() } else { kept::begin() };
    wasm_bindgen_futures::spawn_local(async move {
        let opening = opening::arrive(&browser::fragment(), &kept).await;
        if let Some(record) = &opening.record {
            kept::takes_place_of(record);
        }
        yew::Renderer::<App>::with_root_and_props(root, AppProps { opening }).render();
    });
}
