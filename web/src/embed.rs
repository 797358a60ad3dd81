//! The page inside another one: one line instead of the head, with the way to the whole page.

use yew::prelude::*;

use crate::browser;
use crate::lazy::later;
use crate::prose::visible;
use crate::sharing::Looked;
use crate::state::Page;

/// The line above the panes: the scenario's title, and the same scenario in a page of its own.
pub fn head(page: &Page) -> Html {
    let title = match page.document.title() {
        "" => "Scenario",
        title => title,
    };
    let looked = page.looked();
    let whole = later!(Links, Nothing, whole_page(looked));
    html! {
        <header class="embed-head">
            <h1 class="embed-title"><bdi>{ visible(title) }</bdi></h1>
            { whole }
        </header>
    }
}

/// The way to the same scenario in a page of its own.
pub fn whole_page(looked: &Looked) -> Html {
    let whole = format!("{}#{}", browser::page_address(), looked.fragment(None));
    html! { <a class="embed-open" href={whole} target="_blank" rel="noopener">{ "Open in SCP Playground" }</a> }
}
