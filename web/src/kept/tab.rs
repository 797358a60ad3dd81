//! The tab: which record is its own, whose place it takes, and which other tabs are open.

use std::cell::RefCell;

use iam_scenario::Document;

use super::{Kind, Record, all, read, remove, write};
use crate::{browser, parts};

/// How many scenarios are saved by the page itself, before something else is opened.
const MOST_BY_ITSELF: usize = 5;

/// This page's own state of keeping.
#[derive(Debug, Default)]
struct Tab {
    /// The id under which this page writes.
    id: String,
    /// The record that this page has opened, and whose place it takes with its first change.
    before: Option<Record>,
}

thread_local! {
    static TAB: RefCell<Tab> = RefCell::default();
}

/// What was kept for this page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The person's own scenarios: the one that this tab had, then the others, newest first.
    pub own: Vec<Record>,
    /// A shared scenario as this tab has changed it.
    pub link: Option<Record>,
}

/// Begins a page: gives it an id, and finds what was kept for it.
pub fn begin() -> Kept {
    let id = browser::new_id();
    browser::hold_tab(&id);
    TAB.with_borrow_mut(|tab| *tab = Tab { id, before: None });
    let had = browser::tab_id();
    let mut own = all(Kind::Own);
    // This tab's own comes first, whatever other tabs have kept since.
    own.sort_by_key(|record| Some(&record.id) != had.as_ref());
    let link = had.and_then(|id| read(Kind::Link, &id));
    Kept { own, link }
}

/// The page shows this record: it takes its place with its first change.
pub fn takes_place_of(record: &Record) {
    browser::set_tab_id(&record.id);
    TAB.with_borrow_mut(|tab| tab.before = Some(record.clone()));
}

/// Keeps the person's own scenario for this tab; false where the browser refuses. `on_both` is called when the tab whose
/// record this page had opened is still open: both are kept.
pub fn keep_own(record: Record, on_both: impl FnOnce() + 'static) -> bool {
    let id = TAB.with_borrow(|tab| tab.id.clone());
    if !write(Kind::Own, &Record { id: id.clone(), kept: browser::milliseconds(), ..record }) {
        return false;
    }
    browser::set_tab_id(&id);
    if let Some(before) = TAB.with_borrow_mut(|tab| tab.before.take()) {
        wasm_bindgen_futures::spawn_local(async move {
            let is_open = parts::open_tabs().await.contains(&before.id);
            if is_open {
                on_both();
            } else if read(Kind::Own, &before.id).as_ref() == Some(&before) {
                remove(Kind::Own, &before.id);
            }
        });
    }
    true
}

/// Keeps a shared scenario as this tab has changed it; false where the browser refuses.
pub fn keep_link(record: Record) -> bool {
    let id = TAB.with_borrow(|tab| tab.id.clone());
    browser::set_tab_id(&id);
    let kept = write(Kind::Link, &Record { id, kept: browser::milliseconds(), ..record });
    // Changed shared scenarios of long ago make room.
    const MOST: usize = 10;
    all(Kind::Link).iter().skip(MOST).for_each(|old| remove(Kind::Link, &old.id));
    kept
}

/// The scenarios of other tabs that are closed now, newest first; neither this page's nor the one whose place it takes.
pub async fn others() -> Vec<Record> {
    let open = parts::open_tabs().await;
    let (id, before) = TAB.with_borrow(|tab| (tab.id.clone(), tab.before.clone()));
    let is_other = |record: &Record| {
        record.id != id
            && before.as_ref().is_none_or(|before| before.id != record.id)
            && !open.contains(&record.id)
            && record.document().is_ok()
    };
    all(Kind::Own).into_iter().filter(is_other).collect()
}

/// Saves a scenario that is about to make room for another, unless it is kept or can be had again anyway; gives the name
/// under which it is saved.
pub fn stash(record: Record) -> Option<String> {
    let document = record.document().ok()?;
    let saves = all(Kind::Save);
    if document == crate::seed::document() || document == Document::default() {
        return None;
    }
    if saves.iter().any(|save| save.scenario == record.scenario) {
        return None;
    }
    let name = record.title().to_string();
    let (id, kept) = (browser::new_id(), browser::milliseconds());
    let save = Record { id, kept, name: name.clone(), by_itself: true, ..record };
    let old = saves.iter().filter(|save| save.by_itself).skip(MOST_BY_ITSELF - 1);
    old.for_each(|save| remove(Kind::Save, &save.id));
    write(Kind::Save, &save).then_some(name)
}
