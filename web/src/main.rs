//! The page of SCP Playground: what people see and do. It decides nothing itself; answers come from the core.
//!
//! Start reading at `app.rs` (what is where) and `state.rs` (what can happen).

mod app;
mod state;

mod opening;
mod question;
mod seed;
mod selection;

mod compare;
mod details;
mod dialog;
mod editor;
mod effective;
mod layout;
mod notices;
mod toolbar;
mod tree;
mod why;

mod browser;
mod catalog;
mod icons;
mod parts;
mod prose;
#[cfg(test)]
mod testing;
mod text_position;
mod theme;

use app::{App, AppProps};

fn main() {
    let opening = opening::open(&browser::fragment(), &browser::kept_scenario());
    if let Some(text) = &opening.unreadable {
        browser::keep(browser::keys::UNREADABLE, text);
    }
    let root = browser::window().and_then(|window| window.document()?.get_element_by_id("app"));
    if let Some(root) = root {
        yew::Renderer::<App>::with_root_and_props(root, AppProps { opening }).render();
    }
}
