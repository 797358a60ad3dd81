//! What is open to be read in the middle, in the place of the details: its texts lie beside the page and are fetched when
//! they are opened, so that nobody's first visit pays for them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use iam_scenario::Document;
use serde_json::Value;
use yew::prelude::*;

use crate::effective::View;
use crate::icons::{Icon, icon};
use crate::parts;

/// What is open to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Organizations and IAM side by side.
    Compare,
    /// The gallery.
    Gallery,
    /// What a scenario of the gallery shows, by its name.
    Introduction(String),
    /// The lessons.
    Lessons,
    /// The calls of the AWS CLI that make what was edited.
    Commands,
    /// Effective permissions.
    Permissions(View),
}

impl Reading {
    /// The class of a page to which the whole width belongs while it is read. An introduction and permissions stand beside
    /// the tree and the answer, for they speak of them.
    pub fn class(&self) -> Option<&'static str> {
        let beside = matches!(self, Reading::Introduction(_) | Reading::Permissions(_));
        (!beside).then_some("reading-wide")
    }
}

/// A text beside the page, on its way or here.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// On its way.
    Coming,
    /// Here, as JSON.
    Here(Rc<Value>),
    /// It did not come; the sentence says why.
    Failed(String),
}

thread_local! {
    /// What was fetched once.
    static FETCHED: RefCell<HashMap<String, Rc<Value>>> = RefCell::default();
}

fn fetched(name: &str) -> Option<Rc<Value>> {
    FETCHED.with_borrow(|all| all.get(name).cloned())
}

/// Takes a text in as if it had been fetched; the error is a sentence for the person.
pub fn provide(name: &str, text: &str) -> Result<Rc<Value>, String> {
    let value = Document::read_json(text)
        .map_err(|error| format!("`{name}` beside the page cannot be read: {error}"))?;
    let value = Rc::new(value);
    FETCHED.with_borrow_mut(|all| all.insert(name.to_owned(), Rc::clone(&value)));
    Ok(value)
}

/// Fetches a JSON file beside the page, once; the error is a sentence for the person.
pub async fn fetch(name: &str) -> Result<Rc<Value>, String> {
    match fetched(name) {
        Some(value) => Ok(value),
        None => provide(name, &parts::text(name).await?),
    }
}

/// A JSON file beside the page, fetched when the component is first shown.
#[hook]
pub fn use_part(name: &'static str) -> Part {
    let part = use_state(|| fetched(name).map_or(Part::Coming, Part::Here));
    {
        let part = part.clone();
        use_effect_with((), move |()| {
            if *part == Part::Coming && crate::browser::window().is_some() {
                wasm_bindgen_futures::spawn_local(async move {
                    part.set(match fetch(name).await {
                        Ok(value) => Part::Here(value),
                        Err(sentence) => Part::Failed(sentence),
                    });
                });
            }
        });
    }
    (*part).clone()
}

/// Begins at the heading of this id when something to read is first shown: for the eye and for those who listen.
#[hook]
pub fn use_heading(id: &'static str) {
    use_effect_with((), move |()| crate::browser::focus(id));
}

/// A page to read: its heading with a button that closes it, a sentence, and what it says.
pub fn article(
    class: &'static str,
    title: &str,
    lead: &str,
    on_close: &Callback<()>,
    contents: Html,
) -> Html {
    let close = on_close.reform(|_: MouseEvent| ());
    html! {
        <article class={classes!("reading", class)} aria-labelledby="reading-title">
            <header class="reading-head">
                <h2 id="reading-title" tabindex="-1">{ title.to_owned() }</h2>
                <button type="button" class="button quiet" onclick={close}>{ icon(Icon::Close) }{ "Close" }</button>
                <p class="reading-lead">{ lead.to_owned() }</p>
            </header>
            { contents }
        </article>
    }
}

/// What stands in the place of a text that is not here yet; `None` where it is.
pub fn waiting(part: &Part) -> Option<Html> {
    match part {
        Part::Coming => Some(html! { <p class="muted" role="status">{ "Fetching …" }</p> }),
        Part::Failed(sentence) => {
            Some(html! { <p class="refusal" role="alert">{ sentence.clone() }</p> })
        }
        Part::Here(_) => None,
    }
}

/// A member that is a text; empty where there is none.
pub fn text<'a>(it: &'a Value, name: &str) -> &'a str {
    it.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The entries of a member that is a list.
pub fn list<'a>(it: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + Clone {
    it.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter()
}

/// A member that is a small number; 0 where there is none.
pub fn number(it: &Value, name: &str) -> usize {
    it.get(name).and_then(Value::as_u64).and_then(|it| it.try_into().ok()).unwrap_or_default()
}
