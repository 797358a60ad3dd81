//! The page inside another one: one line instead of the head, with the way to the whole page.

use yew::prelude::*;

use crate::browser;
use crate::display::Display;
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
            <h1 class="embed-title"><bdi>{ title }</bdi></h1>
            <a class="embed-open" href={whole} target="_blank" rel="noopener">{ "Open in SCP Playground" }</a>
        </header>
    }
}

/// On a read-only page, lets the fields of the details be read and copied but not changed. Buttons that edit are taken
/// away by the style sheet, and the state refuses edits anyway.
pub fn freeze_fields(display: Display) {
    if display.read_only {
        let fields = "#pane-details :is(input, textarea, select):not([type='search'])";
        browser::each(fields, |field| {
            let attribute = if field.tag_name() == "SELECT" { "disabled" } else { "readonly" };
            field.set_attribute(attribute, "").ok();
        });
    }
}
