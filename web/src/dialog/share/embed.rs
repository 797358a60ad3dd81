//! The scenario inside another page: what of it is shown there, and the lines to copy.

use yew::prelude::*;

use crate::browser;
use crate::display::{Display, PANES};
use crate::state::Pane;
use crate::theme::Theme;

/// The choices and the snippet that they make.
pub fn show(
    fragment: &str,
    title: &str,
    display: &UseStateHandle<Display>,
    copy: impl Fn(String) -> Callback<MouseEvent>,
) -> Html {
    let snippet = snippet(&browser::page_address(), **display, fragment, title);
    html! {
        <details class="share-embed">
            <summary>{ "Embed it in another page" }</summary>
            <div class="share-choices" role="group" aria-label="What the embedded page shows">
                { for PANES.into_iter().map(|(pane, name)| {
                    let now = **display;
                    let words = match pane {
                        Pane::Organization => "Tree",
                        Pane::Details => "Details",
                        Pane::Why => "Question and answer",
                    };
                    choice(name, words, now.shows(pane), display, now.with_pane(pane, !now.shows(pane)))
                }) }
                { choice("readonly", "Read-only", display.read_only, display, Display { read_only: !display.read_only, ..**display }) }
                { choice("dark", "Dark", display.theme == Some(Theme::Dark), display, Display {
                    theme: if display.theme.is_none() { Some(Theme::Dark) } else { None },
                    ..**display
                }) }
            </div>
            <textarea class="share-snippet mono" rows="4" readonly=true aria-label="Lines for another page" value={snippet.clone()} />
            <button type="button" class="button" onclick={copy(snippet)}>{ "Copy these lines" }</button>
        </details>
    }
}

fn choice(
    name: &'static str,
    words: &'static str,
    checked: bool,
    display: &UseStateHandle<Display>,
    next: Display,
) -> Html {
    let display = display.clone();
    let onchange = Callback::from(move |_: Event| display.set(next));
    html! { <label key={name} class="share-choice"><input type="checkbox" {checked} {onchange} />{ words }</label> }
}

fn snippet(page: &str, display: Display, fragment: &str, title: &str) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
    };
    let address = escape(&format!("{page}{}#{fragment}", display.to_query()));
    let title = escape(if title.is_empty() { "SCP Playground" } else { title });
    format!(
        "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"560\" loading=\"lazy\" allow=\"clipboard-write\"></iframe>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_title_stays_a_title() {
        let display = Display::read("embed=1&view=why");
        let lines = snippet("https://example.org/p/", display, "s1.x.y", "\"><script>");
        assert!(lines.contains("src=\"https://example.org/p/?embed=1&amp;view=why#s1.x.y\""));
        assert!(lines.contains("title=\"&quot;&gt;&lt;script&gt;\""), "{lines}");
    }
}
