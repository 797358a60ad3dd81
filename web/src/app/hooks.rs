//! What connects the page with the browser: saving by itself, links, keys.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use iam_scenario::{Compiled, Document, without_policy};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::browser;
use crate::dialog::Dialog;
use crate::display::Display;
use crate::kept::{self, Kept, Record};
use crate::lessons;
use crate::opening;
use crate::question::Question;
use crate::selection::Selection;
use crate::sharing::Looked;
use crate::state::{Event, NoticeKind, Page, Pane};

/// How long after the last key stroke the scenario is kept and the edit is taken as finished.
const PAUSE: u32 = 600;

/// The document, ready to be asked; after an edit only what changed is made again.
#[hook]
pub fn use_compiled(document: &Rc<Document>, texts_have_come: bool) -> Rc<Compiled> {
    let last = use_mut_ref(|| None::<(bool, Rc<Compiled>)>);
    let compiled = use_memo((document.clone(), texts_have_come), move |(document, texts)| {
        let mut last = last.borrow_mut();
        let compiled = Rc::new(match &*last {
            // What was made without the texts of AWS's managed policies would be kept.
            Some((known, last)) if known == texts => last.update(document),
            _ => Compiled::new(document),
        });
        *last = Some((*texts, compiled.clone()));
        compiled
    });
    (*compiled).clone()
}

/// The state that the scenario is compared with.
#[hook]
pub fn use_baseline(page: &Page) -> Rc<Document> {
    let inputs = (page.document.clone(), page.baseline.clone(), page.without.clone());
    let baseline = use_memo(inputs, |(document, baseline, without)| match without {
        Some(policy) => Rc::new(without_policy(document, policy)),
        None => baseline.clone(),
    });
    (*baseline).clone()
}

/// What is to be kept.
#[derive(Clone, PartialEq)]
struct ToKeep {
    looked: Looked,
    /// The link of a shared scenario.
    link: Option<String>,
    /// Whether the person has changed anything.
    changed: bool,
}

impl ToKeep {
    fn of(page: &Page) -> ToKeep {
        ToKeep {
            looked: page.looked(),
            link: page.shared.as_ref().map(|shared| shared.link.clone()),
            changed: page.undo_label().is_some(),
        }
    }

    /// Keeps it; false where the browser refuses.
    fn keep(&self, send: &Callback<Event>) -> bool {
        let Looked { document, question, selection, gallery } = &self.looked;
        let gallery = gallery.clone().unwrap_or_default();
        let record = Record { gallery, ..Record::of(document, question, selection) };
        // A shared scenario is kept beside one's own, and only once something in it was changed.
        if let Some(link) = self.link.clone() {
            return !self.changed || kept::keep_link(Record { link, ..record });
        }
        let send = send.clone();
        kept::keep_own(record, move || {
            let words = "This scenario is open in another tab as well. Both tabs are kept from here on, each with its own changes; the one that you change last opens next time.";
            send.emit(Event::Say(NoticeKind::News, words.to_owned()));
        })
    }
}

/// Keeps the scenario by itself: soon after each change, and at the latest when the page is left.
#[hook]
pub fn use_autosave(page: &Page, send: &Callback<Event>) {
    let guest = Display::now().embedded;
    let to_keep = ToKeep::of(page);
    let kept = use_mut_ref(|| to_keep.clone());
    let told = use_mut_ref(|| false);
    {
        let (send, told) = (send.clone(), told.clone());
        use_effect_with((), move |()| {
            if !guest && browser::window().is_some() && !kept::is_possible() {
                told.replace(true);
                send.emit(Event::Say(NoticeKind::Refusal, browser::STORAGE_REFUSED.to_owned()));
            }
        });
    }
    {
        let send = send.clone();
        use_effect_with(page.replaced.clone(), move |replaced| {
            if let Some(document) = replaced {
                let record = Record::of(document, &Question::first(document), &Selection::Scenario);
                if let Some(name) = kept::stash(record) {
                    let words =
                        format!("What was open before, {name}, is among your saved scenarios.");
                    send.emit(Event::Say(NoticeKind::News, words));
                }
            }
        });
    }
    let send = send.clone();
    use_effect_with(to_keep, move |to_keep| {
        let save = {
            let (to_keep, send) = (to_keep.clone(), send.clone());
            Rc::new(move || {
                if guest || *kept.borrow() == to_keep {
                    return;
                }
                let refused = !to_keep.keep(&send);
                kept.replace(to_keep.clone());
                if refused && !told.replace(true) {
                    let words = browser::STORAGE_REFUSED.to_owned();
                    send.emit(Event::Say(NoticeKind::Refusal, words));
                }
            })
        };
        let at_once = save.clone();
        let leaving = browser::on_window("pagehide", move |_| at_once());
        let soon = browser::window().map(|_| {
            Timeout::new(PAUSE, move || {
                save();
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
        take_lesson(&browser::fragment(), &send);
        let listener = browser::on_window("hashchange", move |_| {
            let (fragment, send) = (browser::fragment(), send.clone());
            take_lesson(&fragment, &send);
            if iam_scenario::link::is_link(&fragment) {
                wasm_bindgen_futures::spawn_local(async move {
                    // One's own is on the page already.
                    let opening = opening::arrive(&fragment, &Kept::default()).await;
                    send.emit(Event::Arrive(Box::new(opening)));
                });
            }
        });
        move || drop(listener)
    });
}

/// Takes the lesson that an address names, from its beginning.
fn take_lesson(fragment: &str, send: &Callback<Event>) {
    let Some(id) = lessons::named(fragment).map(str::to_owned) else { return };
    let send = send.clone();
    wasm_bindgen_futures::spawn_local(async move {
        send.emit(match lessons::take(&id, 0).await {
            Ok((lesson, document)) => Event::TakeLesson(lesson, Box::new(document)),
            Err(sentence) => Event::Say(NoticeKind::Refusal, sentence),
        });
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
        if crate::toolbar::save(document, &say) {
            send.emit(Event::SetBaseline);
        }
        return true;
    }
    if event.default_prevented() || in_dialog(event) {
        return false;
    }
    if let Some(what) = anywhere(event, &key, control) {
        send.emit(what);
        return true;
    }
    if key == "f6" {
        go_round(event, send);
        return true;
    }
    // The code editor has no undo of its own: there is one history for everything.
    if in_text(event) && !(control && in_code(event)) {
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

/// The keys that mean the same in a text field.
fn anywhere(event: &KeyboardEvent, key: &str, control: bool) -> Option<Event> {
    if control && key == "k" {
        return Some(Event::Dialog(Some(Dialog::Find)));
    }
    // By the place of the key: with Alt it makes other letters on some keyboards.
    let letter = event.code();
    match letter.strip_prefix("Key").filter(|_| event.alt_key() && event.shift_key())? {
        "N" => {
            browser::focus_soon("why-action");
            Some(Event::NewQuestion)
        }
        "S" => Some(Event::Dialog(Some(Dialog::Share))),
        "J" => Some(Event::Turn(true)),
        "K" => Some(Event::Turn(false)),
        _ => None,
    }
}

/// From pane to pane, and back with Shift.
fn go_round(event: &KeyboardEvent, send: &Callback<Event>) {
    let panes = [
        (Pane::Organization, "pane-organization"),
        (Pane::Details, "pane-details"),
        (Pane::Why, "pane-why"),
    ];
    let inside = |id: &str| {
        let found = target(event).and_then(|it| it.closest(&format!("#{id}")).ok().flatten());
        found.is_some()
    };
    let now = panes.iter().position(|(_, id)| inside(id));
    let next = match (now, event.shift_key()) {
        (Some(now), false) => (now + 1) % panes.len(),
        (Some(now), true) => (now + panes.len() - 1) % panes.len(),
        (None, _) => 0,
    };
    if let Some((pane, id)) = panes.get(next) {
        send.emit(Event::Show(*pane));
        browser::focus_first(id);
    }
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()
}

/// Text fields have keys and an undo of their own.
fn in_text(event: &KeyboardEvent) -> bool {
    let fields =
        "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
    target(event).is_some_and(|it| it.closest(fields).ok().flatten().is_some())
}

fn in_code(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|it| it.closest(".cm-content").ok().flatten().is_some())
}

fn in_dialog(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|it| it.closest("dialog").ok().flatten().is_some())
}
