//! Lines between the head and the panes, for what the person may want to act on: a new release of the page, a scenario that
//! another tab has kept, and a catalogue that did not come.

use std::rc::Rc;

use iam_scenario::Document;
use yew::prelude::*;

use crate::catalog::{CatalogState, use_catalog};
use crate::kept::{self, Kind, Record};
use crate::managed_policies::missing;
use crate::opening::Opening;
use crate::prose::visible;
use crate::{browser, parts};

/// The event by which the page's starting script tells of a new release.
const RELEASE: &str = "scp-playground-release";

/// Properties of [`Lines`].
#[derive(Properties, PartialEq)]
pub struct LinesProps {
    /// The document.
    pub document: Rc<Document>,
    /// Opens another scenario in the place of one's own.
    pub on_replace: Callback<Opening>,
}

/// Shows the lines, most often none.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    let has_release = use_state(parts::has_new_release);
    let other = use_state(|| None::<Record>);
    let catalog = use_catalog();
    {
        let (has_release, other, document) =
            (has_release.clone(), other.clone(), props.document.clone());
        use_effect_with((), move |()| {
            let listener = browser::on_window(RELEASE, move |_| has_release.set(true));
            if browser::window().is_some() {
                wasm_bindgen_futures::spawn_local(async move {
                    let others = kept::others().await.into_iter();
                    let different =
                        |record: &Record| record.document().is_ok_and(|it| it != *document);
                    other.set(others.into_iter().find(different));
                });
            }
            move || drop(listener)
        });
    }
    html! {
        <>
            if *has_release { { release() } }
            if let CatalogState::Missing(why) = &catalog.state { { missing(why, Some(&catalog.again)) } }
            if let Some(record) = (*other).clone() { { of_another_tab(record, &other, &props.on_replace) } }
        </>
    }
}

fn release() -> Html {
    let take = Callback::from(|_: MouseEvent| _ = parts::call("takeNewRelease", &"".into()));
    html! {
        <section class="banner" aria-label="New version">
            <p><strong>{ "A new version of this page is there." }</strong>{ " Your scenario stays as it is." }</p>
            <button type="button" class="button small" onclick={take}>{ "Load it" }</button>
        </section>
    }
}

fn of_another_tab(
    record: Record,
    other: &UseStateHandle<Option<Record>>,
    on_replace: &Callback<Opening>,
) -> Html {
    let words = format!(", changed {}, comes from a tab that is closed now.", when(&record));
    let title = record.title();
    let record = Rc::new(record);
    let open = {
        let (record, other, on_replace) = (record.clone(), other.clone(), on_replace.clone());
        Callback::from(move |_: MouseEvent| {
            if let Ok(opening) = Opening::kept(&record) {
                kept::takes_place_of(&record);
                on_replace.emit(opening);
            }
            other.set(None);
        })
    };
    let save = {
        let other = other.clone();
        Callback::from(move |_: MouseEvent| {
            let name = record.title().to_string();
            if kept::write(Kind::Save, &Record { name, ..(*record).clone() }) {
                kept::remove(Kind::Own, &record.id);
            }
            other.set(None);
        })
    };
    html! {
        <section class="banner" aria-label="Scenario of another tab">
            <p>{ "Another scenario of yours, " }<strong><bdi>{ visible(&title) }</bdi></strong>{ words }</p>
            <button type="button" class="button small" onclick={open}>{ "Open it" }</button>
            <button type="button" class="button small" onclick={save}>{ "Put it among my saved scenarios" }</button>
        </section>
    }
}

/// When a record was kept.
pub fn when(record: &Record) -> String {
    browser::date_and_time(record.kept)
}
