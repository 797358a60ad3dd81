//! What connects the page with the browser: saving by itself, links, keys.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use iam_scenario::{Compiled, Document};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::browser::{self, keys};
use crate::dialog::Dialog;
use crate::opening::{self, Beside};
use crate::state::{Event, NoticeKind, Page};

/// How long after the last key stroke the scenario is kept and the edit is taken as finished.
const PAUSE: u32 = 600;

/// The document, ready to be asked; after an edit only what changed is made again.
#[hook]
pub fn use_compiled(document: &Rc<Document>) -> Rc<Compiled> {
    let last = use_mut_ref(|| None::<Rc<Compiled>>);
    let compiled = use_memo(document.clone(), move |document| {
        let mut last = last.borrow_mut();
        let compiled = Rc::new(match &*last {
            Some(last) => last.update(document),
            None => Compiled::new(document),
        });
        *last = Some(compiled.clone());
        compiled
    });
    (*compiled).clone()
}

/// What is to be kept.
#[derive(Clone, PartialEq)]
struct ToKeep {
    document: Rc<Document>,
    question: crate::question::Question,
    /// The link of a shared scenario.
    link: Option<String>,
    /// Whether the person has changed anything.
    changed: bool,
}

impl ToKeep {
    /// Keeps it; false where the browser refuses.
    fn keep(&self) -> bool {
        let Some(link) = &self.link else {
            let question = self.question.request.to_json();
            return browser::keep(keys::SCENARIO, &self.document.to_json_minified())
                && browser::keep(keys::QUESTION, &question);
        };
        // A shared scenario is kept beside one's own, and only once something in it was changed.
        let beside = Beside { link: link.clone(), scenario: self.document.to_json_minified() };
        !self.changed || browser::keep(keys::BESIDE, &beside.to_json())
    }
}

/// Keeps the scenario by itself: soon after each edit, and at the latest when the page is left.
#[hook]
pub fn use_autosave(page: &Page, send: &Callback<Event>) {
    let told = use_mut_ref(|| false);
    let to_keep = ToKeep {
        document: page.document.clone(),
        question: page.question.clone(),
        link: page.shared.as_ref().map(|shared| shared.link.clone()),
        changed: page.undo_label().is_some(),
    };
    let send = send.clone();
    use_effect_with(to_keep, move |to_keep| {
        let late = to_keep.clone();
        let leaving = browser::on_window("pagehide", move |_| {
            late.keep();
        });
        let to_keep = to_keep.clone();
        let soon = browser::window().map(|_| {
            Timeout::new(PAUSE, move || {
                let refused = !to_keep.keep();
                if refused && !*told.borrow() {
                    *told.borrow_mut() = true;
                    let words = browser::STORAGE_REFUSED.to_owned();
                    send.emit(Event::Say(NoticeKind::Refusal, words));
                }
                send.emit(Event::Pause);
            })
        });
        move || drop((leaving, soon))
    });
}

/// Opens what a link holds when the address changes while the page is open.
#[hook]
pub fn use_links(send: &Callback<Event>) {
    let send = send.clone();
    use_effect_with((), move |()| {
        let listener = browser::on_window("hashchange", move |_| {
            let fragment = browser::fragment();
            if iam_scenario::link::is_link(&fragment) {
                let opening = opening::open(&fragment, &browser::kept_scenario());
                send.emit(Event::Arrive(Box::new(opening)));
            }
        });
        move || drop(listener)
    });
}

/// The keys that work everywhere but in text fields.
#[hook]
pub fn use_keys(document: &Rc<Document>, send: &Callback<Event>) {
    let send = send.clone();
    use_effect_with(document.clone(), move |document| {
        let document = document.clone();
        let listener = browser::on_window("keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if pressed(event, &document, &send) {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Does what a key asks for; false where it means nothing here.
fn pressed(event: &KeyboardEvent, document: &Document, send: &Callback<Event>) -> bool {
    let control = event.ctrl_key() || event.meta_key();
    let key = event.key().to_ascii_lowercase();
    if control && key == "s" {
        let say = send.reform(|(kind, text): (NoticeKind, String)| Event::Say(kind, text));
        crate::toolbar::save(document, &say);
        return true;
    }
    if event.default_prevented() || in_text(event) || in_dialog(event) {
        return false;
    }
    let what = match (key.as_str(), control) {
        ("z", true) if event.shift_key() => Event::Redo,
        ("z", true) => Event::Undo,
        ("y", true) => Event::Redo,
        ("?", false) => Event::Dialog(Some(Dialog::Keys)),
        _ => return false,
    };
    send.emit(what);
    true
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()
}

/// Text fields have keys and an undo of their own.
fn in_text(event: &KeyboardEvent) -> bool {
    let fields =
        "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
    target(event).is_some_and(|it| it.closest(fields).ok().flatten().is_some())
}

fn in_dialog(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|it| it.closest("dialog").ok().flatten().is_some())
}
