//! The gallery: scenarios worth a visit, each with the trap that it shows. They lie beside the page; opening one leaves
//! the person's own scenario as it is.

mod drawing;
mod introduction;
#[cfg(test)]
mod tests;

use serde_json::Value;
use yew::prelude::*;

pub use introduction::Introduction;

use crate::browser;
use crate::prose::prose;
use crate::reading::{Part, Reading, article, list, number, text, use_heading, use_part, waiting};

/// The file that lists the scenarios.
pub const INDEX: &str = "content/gallery.json";

const LEAD: &str = "Scenarios that show one thing each, and the trap in it. Opening one leaves your own scenario as it is: the way back is one click.";

/// Properties of [`GalleryView`].
#[derive(Properties, PartialEq)]
pub struct GalleryViewProps {
    /// Something else is to be read, or nothing more.
    pub on_read: Callback<Option<Reading>>,
}

/// All scenarios, or those of one topic.
#[component]
pub fn GalleryView(props: &GalleryViewProps) -> Html {
    use_heading("reading-title");
    let index = use_part(INDEX);
    let topic = use_state(|| None::<String>);
    let contents = waiting(&index).unwrap_or_else(|| match &index {
        Part::Here(index) => shown(index, &topic, &props.on_read),
        _ => Html::default(),
    });
    article("gallery", "Gallery", LEAD, &props.on_read.reform(|()| None), contents)
}

fn shown(
    index: &Value,
    topic: &UseStateHandle<Option<String>>,
    on_read: &Callback<Option<Reading>>,
) -> Html {
    let all = list(index, "scenarios");
    let chosen: Vec<&Value> =
        all.clone().filter(|entry| topic.as_ref().is_none_or(|it| has_topic(entry, it))).collect();
    html! {
        <>
            { topics(all, topic) }
            <p class="visually-hidden" role="status">{ format!("{} scenarios", chosen.len()) }</p>
            <ul class="gallery-cards">{ for chosen.into_iter().map(|entry| card(entry, on_read)) }</ul>
        </>
    }
}

fn has_topic(entry: &Value, topic: &str) -> bool {
    list(entry, "topics").any(|it| it.as_str() == Some(topic))
}

/// The filter: each topic of two scenarios or more with how many it has, in the order in which they come up.
fn topics<'a>(
    all: impl Iterator<Item = &'a Value> + Clone,
    topic: &UseStateHandle<Option<String>>,
) -> Html {
    let count = |name: &str| all.clone().filter(|entry| has_topic(entry, name)).count();
    let mut names: Vec<&str> = Vec::new();
    for name in all.clone().flat_map(|entry| list(entry, "topics")).filter_map(Value::as_str) {
        if !names.contains(&name) && count(name) > 1 {
            names.push(name);
        }
    }
    let button = |name: Option<&str>, words: &str, of: usize| {
        let onclick = {
            let (topic, name) = (topic.clone(), name.map(str::to_owned));
            Callback::from(move |_: MouseEvent| topic.set(name.clone()))
        };
        let pressed = topic.as_deref() == name;
        html! {
            <button key={words.to_owned()} type="button" class="gallery-topic" aria-pressed={pressed.to_string()} {onclick}>
                { words.to_owned() }<span class="muted">{ of }</span>
            </button>
        }
    };
    html! {
        <div class="gallery-topics" role="group" aria-label="Topics">
            { button(None, "All", all.clone().count()) }
            { for names.into_iter().map(|name| button(Some(name), name, count(name))) }
        </div>
    }
}

fn card(entry: &Value, on_read: &Callback<Option<Reading>>) -> Html {
    let id = text(entry, "id").to_owned();
    html! {
        <li key={id.clone()} class="gallery-card">
            { drawing::draw(entry.get("drawing").unwrap_or(&Value::Null)) }
            <h3>{ open_link(&id, text(entry, "title"), on_read) }</h3>
            <p>{ prose(text(entry, "paragraph")) }</p>
            <p class="gallery-trap"><strong>{ "The trap. " }</strong>{ prose(text(entry, "trap")) }</p>
            { facts(entry) }
        </li>
    }
}

/// A link that opens a scenario beside one's own. Where it is open already the address does not change: then its
/// introduction is shown again.
fn open_link(id: &str, words: &str, on_read: &Callback<Option<Reading>>) -> Html {
    let fragment = format!("gallery={id}");
    let onclick = {
        let (fragment, id, on_read) = (fragment.clone(), id.to_owned(), on_read.clone());
        Callback::from(move |event: MouseEvent| {
            if browser::fragment() == fragment {
                event.prevent_default();
                on_read.emit(Some(Reading::Introduction(id.clone())));
            }
        })
    };
    html! { <a class="gallery-open" href={format!("#{fragment}")} {onclick}>{ words.to_owned() }</a> }
}

/// How hard it is, how many questions it asks, what it is about.
fn facts(entry: &Value) -> Html {
    let topics: Vec<&str> = list(entry, "topics").filter_map(Value::as_str).collect();
    html! {
        <p class="gallery-facts">
            <span class="chip">{ text(entry, "level").to_owned() }</span>
            <span>{ format!("{} tested questions", number(entry, "tests")) }</span>
            <span>{ topics.join(" · ") }</span>
        </p>
    }
}
