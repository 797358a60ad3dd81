//! The scenario's JSON as a whole, for those who prefer it: checked while one types, applied as one edit.
//!
//! What is half typed stays, wherever the person goes on the page meanwhile, and after a reload.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use iam_scenario::{Action, Document};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::browser;
use crate::dialog::Ports;
use crate::icons::{Icon, icon};
use crate::prose::prose;

/// Where a half-typed text is kept.
const DRAFT: &str = "scp-playground.json-draft";
/// Which state of the scenario a half-typed text began from.
const DRAFT_OF: &str = "scp-playground.json-draft-of";
const AREA: &str = "scenario-json";

/// Properties of [`JsonEditor`].
#[derive(Properties, PartialEq)]
pub struct JsonEditorProps {
    /// The document.
    pub document: Rc<Document>,
    /// The way back.
    pub ports: Ports,
}

/// The text of the scenario, with what is wrong with it.
#[component]
pub fn JsonEditor(props: &JsonEditorProps) -> Html {
    let JsonEditorProps { document, ports } = props;
    let draft = use_state(|| browser::kept(DRAFT).filter(|text| !text.is_empty()));
    let open = use_state(|| draft.is_some());
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<web_sys::Element>();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    let set = {
        let (draft, document) = (draft.clone(), document.clone());
        Callback::from(move |text: Option<String>| {
            match &text {
                Some(text) => {
                    if draft.is_none() {
                        browser::keep(DRAFT_OF, &state_of(&document));
                    }
                    browser::keep(DRAFT, text);
                }
                None => {
                    browser::forget(DRAFT);
                    browser::forget(DRAFT_OF);
                }
            }
            draft.set(text);
        })
    };
    html! {
        <details class="card json-card" open={*open} {ontoggle}>
            <summary>{ "The whole scenario as JSON" }</summary>
            if *open { { editor(document, draft.as_deref(), &set, ports) } }
        </details>
    }
}

/// Tells one state of a scenario from another.
fn state_of(document: &Document) -> String {
    let mut hasher = DefaultHasher::new();
    document.to_json_minified().hash(&mut hasher);
    hasher.finish().to_string()
}

fn editor(
    document: &Rc<Document>,
    draft: Option<&str>,
    set: &Callback<Option<String>>,
    ports: &Ports,
) -> Html {
    let text = draft.map_or_else(|| document.to_json(), str::to_owned);
    let read = draft.map(Document::from_json);
    let oninput = set.reform(|event: InputEvent| {
        Some(event.target_unchecked_into::<HtmlTextAreaElement>().value())
    });
    let changed = matches!(&read, Some(Ok(new)) if *new != **document);
    let apply = {
        let (set, on_action) = (set.clone(), ports.on_action.clone());
        let new = read.as_ref().and_then(|read| read.as_ref().ok()).cloned();
        Callback::from(move |_: MouseEvent| {
            if let Some(document) = new.clone() {
                on_action.emit(Action::ReplaceDocument { document });
                set.emit(None);
            }
        })
    };
    let discard = set.reform(|_: MouseEvent| None);
    html! {
        <>
            <p class="hint">{ "The document that links and files carry. Your text takes effect when you apply it, and undo takes it back." }</p>
            if draft.is_some() && browser::kept(DRAFT_OF).is_some_and(|of| of != state_of(document)) {
                <p class="note">{ "The scenario has been changed since this text was begun; applied, it takes the place of all of that." }</p>
            }
            <div id="scenario-json-state" role="status">{ state(&text, read.as_ref(), changed) }</div>
            <label class="visually-hidden" for={AREA}>{ "JSON of the scenario" }</label>
            <textarea id={AREA} class="mono json-text" rows="24" value={text.clone()} {oninput} spellcheck="false"
                aria-invalid={matches!(&read, Some(Err(_))).then_some("true")} aria-describedby="scenario-json-state" />
            <div class="card-buttons">
                <button type="button" class="button primary small" disabled={!changed} onclick={apply}>{ "Apply" }</button>
                if draft.is_some() { <button type="button" class="button small quiet" onclick={discard}>{ "Discard my text" }</button> }
            </div>
        </>
    }
}

/// What is wrong with the text and where, or that it can be applied.
fn state(
    text: &str,
    read: Option<&Result<Document, iam_scenario::DocumentError>>,
    changed: bool,
) -> Html {
    match read {
        None => Html::default(),
        Some(Ok(_)) if changed => {
            html! { <p class="why-expect passes">{ icon(Icon::Check) }{ "A whole scenario: it can be applied." }</p> }
        }
        Some(Ok(_)) => html! { <p class="muted">{ "The same as what is open." }</p> },
        Some(Err(error)) => {
            let located = error.locate(text);
            let place =
                located.as_ref().map(|it| format!("Line {}, column {}", it.line, it.column));
            let go = located.map(|it| {
                let units =
                    |at: usize| text.get(..at).map_or(0, |before| before.encode_utf16().count());
                let (start, end) = (units(it.span.start), units(it.span.end));
                Callback::from(move |_: MouseEvent| select(start, end))
            });
            html! {
                <p class="field-error">
                    if let (Some(place), Some(onclick)) = (place, go) {
                        <button type="button" class="link" {onclick}>{ place }</button>{ ": " }
                    }
                    { prose(&error.to_string()) }
                </p>
            }
        }
    }
}

/// Shows the place in the text.
fn select(start: usize, end: usize) {
    let area = browser::window()
        .and_then(|window| window.document()?.get_element_by_id(AREA))
        .and_then(|area| wasm_bindgen::JsCast::dyn_into::<HtmlTextAreaElement>(area).ok());
    if let (Some(area), Ok(start), Ok(end)) = (area, u32::try_from(start), u32::try_from(end)) {
        area.focus().ok();
        area.set_selection_range(start, end.max(start + 1)).ok();
    }
}
