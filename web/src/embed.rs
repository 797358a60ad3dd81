//! The page inside another one: one line instead of the head, with the way to the whole page.

use yew::prelude::*;

use crate::browser;
use crate::prose::visible;
use crate::state::Page;

/// The line above the panes: the scenario's title, and the same scenario in a page of its own.
pub fn head(page: &Page) -> Html {
    let title = match page.document.title() {
        "" => "Scenario",
        title => title,
    };
    let whole = format!("{}#{}", browser::page_address(), page.looked().fragment(None));
    html! {
        <header class="embed-head">
            <h1 class="embed-title"><bdi>{ visible(title) }</bdi></h1>
            <a class="embed-open" href={whole} target="_blank" rel="noopener">{ "Open in SCP Playground" }</a>
        </header>
    }
}
