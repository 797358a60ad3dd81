//! The head of the page: the scenario, undo and redo, sharing, files, theme.

use std::rc::Rc;

use iam_scenario::Document;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser;
use crate::catalog::use_catalog;
use crate::dialog::{Dialog, Ports, forms};
use crate::effective::View;
use crate::icons::{Icon, icon};
use crate::opening::Opening;
use crate::prose::visible;
use crate::reading::Reading;
use crate::selection::Selection;
use crate::show::view;
use crate::state::NoticeKind;
use crate::theme::ThemeButton;

/// Properties of [`Toolbar`].
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// The document.
    pub document: Rc<Document>,
    /// What undo would undo.
    pub undo: Option<AttrValue>,
    /// What redo would make again.
    pub redo: Option<AttrValue>,
    /// What is open to be read.
    pub reading: Option<Reading>,
    /// The way back.
    pub ports: Ports,
    /// Undo.
    pub on_undo: Callback<()>,
    /// Redo.
    pub on_redo: Callback<()>,
    /// Open something to be read, or close it.
    pub on_read: Callback<Option<Reading>>,
    /// Says something to the person.
    pub on_say: Callback<(NoticeKind, String)>,
    /// The scenario has been saved to a file.
    pub on_saved: Callback<()>,
}

/// Shows the head of the page.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let ToolbarProps { document, reading, ports, on_undo, on_redo, on_read, .. } = props;
    let title = match document.title() {
        "" => "Untitled scenario",
        title => title,
    };
    html! {
        <header class="toolbar">
            <h1 class="brand">{ "SCP Playground" }</h1>
            <button type="button" class="scenario-title" onclick={ports.open(Selection::Scenario)} title="Title, description and questions of this scenario">
                <bdi>{ visible(title) }</bdi>
            </button>
            <div class="toolbar-space" />
            <button type="button" class="button toolbar-find" aria-keyshortcuts="Control+K" onclick={show(ports, Dialog::Find)}>
                { icon(Icon::Search) }<span class="wide-only">{ "Find anything" }</span><kbd aria-hidden="true">{ "Ctrl K" }</kbd>
            </button>
            { step("Undo", &props.undo, Icon::Undo, on_undo) }
            { step("Redo", &props.redo, Icon::Redo, on_redo) }
            { for READINGS.into_iter().map(|(words, of)| read_button(words, of, reading, on_read)) }
            <button type="button" class="button primary" onclick={show(ports, Dialog::Share)}>{ icon(Icon::Share) }<span class="wide-only">{ "Share" }</span></button>
            { view!(ThemeButton {  }) }
            { view!(Menu { document: document.clone(), ports: ports.clone(), on_read, on_say: &props.on_say, on_saved: &props.on_saved }) }
        </header>
    }
}

fn show(ports: &Ports, dialog: Dialog) -> Callback<MouseEvent> {
    let on_dialog = ports.on_dialog.clone();
    Callback::from(move |_| on_dialog.emit(dialog.clone()))
}

/// All permissions of the question's principal.
const EVERYTHING: Reading = Reading::Permissions(View::Principal(String::new()));

/// What can be read, in the toolbar; a narrow screen has it in the menu.
const READINGS: [(&str, Reading); 4] = [
    ("Gallery", Reading::Gallery),
    ("Lessons", Reading::Lessons),
    ("Compare", Reading::Compare),
    ("Permissions", EVERYTHING),
];

/// A button that opens something to be read, and closes it again.
fn read_button(
    words: &'static str,
    of: Reading,
    reading: &Option<Reading>,
    on_read: &Callback<Option<Reading>>,
) -> Html {
    let pressed = reading.as_ref() == Some(&of);
    let onclick = on_read.reform(move |_: MouseEvent| (!pressed).then(|| of.clone()));
    html! {
        <button key={words} type="button" class="button toolbar-compare" aria-pressed={pressed.to_string()} {onclick}>{ words }</button>
    }
}

fn step(word: &str, label: &Option<AttrValue>, drawn: Icon, on_step: &Callback<()>) -> Html {
    let words = match label {
        Some(label) => format!("{word}: {label}"),
        None => format!("Nothing to {}", word.to_ascii_lowercase()),
    };
    let onclick = on_step.reform(|_: MouseEvent| ());
    html! {
        <button type="button" class="button quiet icon-only" aria-label={words.clone()} title={words}
            aria-disabled={label.is_none().to_string()} {onclick}>
            { icon(drawn) }
        </button>
    }
}

/// Properties of [`Menu`].
#[derive(Properties, PartialEq)]
struct MenuProps {
    document: Rc<Document>,
    ports: Ports,
    on_read: Callback<Option<Reading>>,
    on_say: Callback<(NoticeKind, String)>,
    on_saved: Callback<()>,
}

/// Files and the rest: a popover, which the browser closes on Escape and on a click beside it.
#[component]
fn Menu(props: &MenuProps) -> Html {
    let MenuProps { document, ports, on_read, on_say, on_saved } = props;
    let facts = use_catalog();
    let file = use_node_ref();
    let save = {
        let (document, on_say, on_saved) = (document.clone(), on_say.clone(), on_saved.clone());
        Callback::from(move |_: MouseEvent| {
            if save(&document, &on_say) {
                on_saved.emit(());
            }
        })
    };
    let choose = {
        let file = file.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = file.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let onchange = {
        let (ports, on_say) = (ports.clone(), on_say.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let chosen = input.files().and_then(|files| files.get(0));
            // The same file can be chosen again afterwards.
            input.set_value("");
            let (ports, on_say) = (ports.clone(), on_say.clone());
            if let Some(chosen) = chosen {
                wasm_bindgen_futures::spawn_local(open_file(chosen, ports, on_say));
            }
        })
    };
    let read = |what: Reading| on_read.reform(move |_: MouseEvent| Some(what.clone()));
    let item = |words: &str, onclick: Callback<MouseEvent>| {
        html! { <li><button type="button" class="menu-item" popovertarget="menu" popovertargetaction="hide" {onclick}>{ words.to_owned() }</button></li> }
    };
    html! {
        <>
            <button type="button" class="button quiet icon-only" popovertarget="menu" aria-label="More: files, questions, keys">{ icon(Icon::Menu) }</button>
            <div id="menu" class="menu" popover="auto">
                <ul>
                    { item("Title, description, questions", ports.open(Selection::Scenario)) }
                    { item("Permissions of everybody", read(EVERYTHING)) }
                    { item("Gallery", read(Reading::Gallery)) }
                    { item("Lessons", read(Reading::Lessons)) }
                    { item("Compare Organizations and IAM", read(Reading::Compare)) }
                    { item("AWS CLI calls", read(Reading::Commands)) }
                    { item("My scenarios: save, open …", show(ports, Dialog::Saves)) }
                    { item("Save to a file", save) }
                    { item("Open a file …", choose) }
                    { item("Start again with Example Corp …", ports.show(forms::reset)) }
                    { item("Keys", show(ports, Dialog::Keys)) }
                </ul>
                <p class="hint">{ concat!("Version ", env!("CARGO_PKG_VERSION"), ". Everything stays in this browser.") }</p>
                <p class="hint">{ facts.line() }</p>
            </div>
            <input ref={file} type="file" hidden=true accept=".json,application/json" {onchange} />
        </>
    }
}

/// Offers the scenario as a file; false where the browser refuses. What is saved is what changes are compared with.
pub fn save(document: &Document, on_say: &Callback<(NoticeKind, String)>) -> bool {
    let name = file_name(document.title());
    let saved = browser::save_file(&name, &document.to_json()).is_some();
    let said = match saved {
        true => (NoticeKind::News, format!("Saved as {name}, where your browser keeps downloads.")),
        false => (NoticeKind::Refusal, "The browser does not let the page save a file.".to_owned()),
    };
    on_say.emit(said);
    saved
}

/// A name for the file that every system accepts.
fn file_name(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    match words.is_empty() {
        true => "scenario.json".to_owned(),
        false => format!("{}.json", words.join("-")),
    }
}

async fn open_file(file: web_sys::File, ports: Ports, on_say: Callback<(NoticeKind, String)>) {
    let name = file.name();
    let text = match browser::read_file(file).await {
        Ok(text) => text,
        Err(sentence) => return on_say.emit((NoticeKind::Refusal, sentence)),
    };
    match Document::from_json(&text) {
        Ok(document) => {
            let words = format!("{name} is open. Undo brings your former scenario back.");
            let notices = vec![(NoticeKind::News, words)];
            ports.on_replace.emit(Opening { notices, ..Opening::of(document) });
        }
        Err(error) => {
            on_say.emit((NoticeKind::Refusal, format!("`{name}` cannot be opened: {error}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn files_have_plain_names() {
        assert_eq!(file_name("Example Corp (2026)"), "example-corp-2026.json");
        assert_eq!(file_name("../…/"), "scenario.json");
    }
}
