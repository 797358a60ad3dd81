//! The scenarios that were saved in this browser under a name: open, rename, duplicate, delete.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::modal::Modal;
use crate::browser;
use crate::kept::{self, Kind, Record};
use crate::lines::when;
use crate::opening::Opening;
use crate::prose::visible;
use crate::sharing::Looked;
use crate::show::view;

/// Properties of [`SavesDialog`].
#[derive(Properties, PartialEq)]
pub struct SavesDialogProps {
    /// What is on the page.
    pub looked: Looked,
    /// Opens another scenario in the place of one's own.
    pub on_replace: Callback<Opening>,
    /// What is on the page has been saved.
    pub on_saved: Callback<()>,
    /// It has been closed.
    pub on_close: Callback<()>,
}

/// What the dialog shows and what has just happened in it.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    saves: Vec<Record>,
    /// The id of the one that gets another name.
    renaming: Option<String>,
    /// The last one that was deleted.
    deleted: Option<Record>,
    /// What could not be done.
    refused: bool,
}

/// What a person does in the dialog.
#[derive(Clone)]
enum Do {
    Write(Record),
    Rename(Option<String>),
    Delete(Record),
    Restore(Record),
    /// Another tab has changed something.
    Look,
}

impl Reducible for Shown {
    type Action = Do;

    fn reduce(self: Rc<Self>, what: Do) -> Rc<Self> {
        let mut shown = Shown { renaming: None, refused: false, ..(*self).clone() };
        match what {
            Do::Write(record) => shown.refused = !kept::write(Kind::Save, &record),
            Do::Rename(id) => shown.renaming = id,
            Do::Delete(record) => {
                kept::remove(Kind::Save, &record.id);
                shown.deleted = Some(record);
            }
            Do::Restore(record) => {
                shown.refused = !kept::write(Kind::Save, &record);
                shown.deleted = shown.deleted.filter(|_| shown.refused);
            }
            Do::Look => shown.renaming = self.renaming.clone(),
        }
        shown.saves = kept::all(Kind::Save);
        Rc::new(shown)
    }
}

/// Lists the saved scenarios.
#[component]
pub fn SavesDialog(props: &SavesDialogProps) -> Html {
    let SavesDialogProps { looked, on_replace, on_saved, on_close } = props;
    let shown = use_reducer(|| Shown { saves: kept::all(Kind::Save), ..Shown::default() });
    let name = use_node_ref();
    {
        let dispatcher = shown.dispatcher();
        use_effect_with((), move |()| {
            let listener = browser::on_window("storage", move |_| dispatcher.dispatch(Do::Look));
            move || drop(listener)
        });
    }
    let send = {
        let dispatcher = shown.dispatcher();
        Callback::from(move |what: Do| dispatcher.dispatch(what))
    };
    let onsubmit = {
        let (send, looked, name) = (send.clone(), looked.clone(), name.clone());
        let on_saved = on_saved.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = name.cast::<HtmlInputElement>().map(|input| input.value());
            send.emit(Do::Write(record(&looked, name.unwrap_or_default().trim())));
            on_saved.emit(());
        })
    };
    view!(Modal {
        title: "My scenarios",
        on_close,
        children: html! { <>
            <p class="muted">{ "What you are working on is kept by itself. Save it under a name to come back to it later: saved scenarios stay in this browser until you delete them." }</p>
            <form class="share-link" {onsubmit}>
                <input ref={name} required=true maxlength="128" aria-label="Name to save it under" value={looked.document.title().to_owned()} />
                <button class="button primary">{ "Save as" }</button>
            </form>
            <p class="share-state" role="status">
                if shown.refused { { browser::STORAGE_FULL } }
                if let Some(record) = shown.deleted.clone() {
                    { format!("{} is deleted. ", record.title()) }
                    <button type="button" class="button small" onclick={send.reform(move |_: MouseEvent| Do::Restore(record.clone()))}>{ "Undo" }</button>
                }
            </p>
            <ul class="saves">
                { for shown.saves.iter().map(|record| row(record, &shown, &send, on_replace, on_close)) }
            </ul>
            if shown.saves.is_empty() { <p class="hint">{ "Nothing is saved yet." }</p> }
        </> }
    })
}

/// A record of what is on the page, under a new id.
fn record(looked: &Looked, name: &str) -> Record {
    let name = if name.is_empty() { "Untitled scenario" } else { name };
    Record {
        id: browser::new_id(),
        kept: browser::milliseconds(),
        name: name.to_owned(),
        gallery: looked.gallery.clone().unwrap_or_default(),
        ..Record::of(&looked.document, &looked.question, &looked.selection)
    }
}

fn row(
    record: &Record,
    shown: &Shown,
    send: &Callback<Do>,
    on_replace: &Callback<Opening>,
    on_close: &Callback<()>,
) -> Html {
    let title = record.title();
    let open = {
        let (record, on_replace, on_close) = (record.clone(), on_replace.clone(), on_close.clone());
        Callback::from(move |_: MouseEvent| {
            if let Ok(opening) = Opening::kept(&record) {
                on_replace.emit(opening);
                on_close.emit(());
            }
        })
    };
    let duplicate = Record {
        id: browser::new_id(),
        name: format!("{title} (copy)"),
        by_itself: false,
        kept: browser::milliseconds(),
        ..record.clone()
    };
    let does = |words: &'static str, what: Do| {
        let onclick = send.reform(move |_: MouseEvent| what.clone());
        html! { <button type="button" class="button small quiet" aria-label={format!("{words} {title}")} {onclick}>{ words }</button> }
    };
    html! {
        <li key={record.id.clone()} class="save">
            if shown.renaming.as_ref() == Some(&record.id) {
                { rename(record, send) }
            } else {
                <button type="button" class="save-open" onclick={open}>
                    <bdi>{ visible(&title) }</bdi>
                    <span class="hint">{ when(record) }{ if record.by_itself { " · saved by the page before something else was opened" } else { "" } }</span>
                </button>
                { does("Rename", Do::Rename(Some(record.id.clone()))) }
                { does("Duplicate", Do::Write(duplicate)) }
                { does("Delete", Do::Delete(record.clone())) }
            }
        </li>
    }
}

fn rename(record: &Record, send: &Callback<Do>) -> Html {
    let onsubmit = {
        let (record, send) = (record.clone(), send.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_unchecked_into::<web_sys::Element>();
            let input = form.query_selector("input").ok().flatten();
            let name = input.map(wasm_bindgen::JsCast::unchecked_into::<HtmlInputElement>);
            let name = name.map(|input| input.value().trim().to_owned()).unwrap_or_default();
            if !name.is_empty() {
                send.emit(Do::Write(Record { name, by_itself: false, ..record.clone() }));
            }
        })
    };
    html! {
        <form class="share-link" {onsubmit}>
            <input autofocus=true required=true maxlength="128" aria-label="New name" value={record.title().to_string()} />
            <button class="button small primary">{ "Rename" }</button>
            <button type="button" class="button small" onclick={send.reform(|_: MouseEvent| Do::Rename(None))}>{ "Cancel" }</button>
        </form>
    }
}
