//! The scenario's JSON as a whole, for those who prefer it: checked while one types, applied as one edit.
//!
//! What is half typed stays, wherever the person goes on the page meanwhile, and after a reload.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use iam_evaluator::{Severity, Span};
use iam_scenario::{Action, Document, DocumentError, Located, assist};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::browser;
use crate::dialog::Ports;
use crate::disclosure::use_disclosure;
use crate::editor::{Calls, Problem, Shown, use_code_editor};
use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::show::view;
use crate::text_position::utf16_span;

/// Where a half-typed text is kept.
const DRAFT: &str = "scp-playground.json-draft";
/// Which state of the scenario a half-typed text began from.
const DRAFT_OF: &str = "scp-playground.json-draft-of";
/// The id of what is said of the text.
const STATE: &str = "scenario-json-state";

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
    let (open, ontoggle) = use_disclosure(|| draft.is_some());
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
        <details class="card json-card" {open} {ontoggle}>
            <summary>{ "The whole scenario as JSON" }</summary>
            if open {
                { view!(JsonText { document, draft: draft.as_deref().map(|it| AttrValue::from(it.to_owned())), set, ports: ports.clone() }) }
            }
        </details>
    }
}

/// Tells one state of a scenario from another.
fn state_of(document: &Document) -> String {
    let mut hasher = DefaultHasher::new();
    document.to_json_minified().hash(&mut hasher);
    hasher.finish().to_string()
}

/// Properties of [`JsonText`].
#[derive(Properties, PartialEq)]
struct JsonTextProps {
    document: Rc<Document>,
    /// The text that the person has begun.
    draft: Option<AttrValue>,
    /// Keeps another one, or forgets it.
    set: Callback<Option<String>>,
    ports: Ports,
}

/// The text in its editor.
#[component]
fn JsonText(props: &JsonTextProps) -> Html {
    let JsonTextProps { document, draft, set, ports } = props;
    let text = use_memo((document.clone(), draft.clone()), |(document, draft)| {
        draft.clone().unwrap_or_else(|| document.to_json().into())
    });
    let read = use_memo(draft.clone(), |draft| draft.as_deref().map(Document::from_json));
    let read = (*read).as_ref();
    let state_now = use_memo(document.clone(), |document| state_of(document));
    let located = read.and_then(|read| read.as_ref().err()).map(|error| Mistake::of(error, &text));
    let shown = Shown {
        text: (*text).clone(),
        problems: located.iter().filter_map(Mistake::problem).collect(),
        ..Shown::default()
    };
    let label = AttrValue::Static("JSON of the scenario");
    // What the editor calls is made once; it finds what is on the page now in here.
    let now = use_mut_ref(|| (set.clone(), (*text).clone()));
    *now.borrow_mut() = (set.clone(), (*text).clone());
    let read_only = ports.read_only;
    let editor = use_code_editor(&label, read_only, &shown, Box::new(move || calls(&now)));
    let oninput = set.reform(|event: InputEvent| {
        Some(event.target_unchecked_into::<HtmlTextAreaElement>().value())
    });
    let changed = matches!(read, Some(Ok(new)) if *new != **document);
    let apply = {
        let (set, on_action) = (set.clone(), ports.on_action.clone());
        let new = read.and_then(|read| read.as_ref().ok()).cloned();
        Callback::from(move |_: MouseEvent| {
            if let Some(document) = new.clone() {
                on_action.emit(Action::ReplaceDocument { document });
                set.emit(None);
            }
        })
    };
    let discard = set.reform(|_: MouseEvent| None);
    let state = match (&located, read) {
        (Some(mistake), _) => {
            let (editor, span) = (editor.clone(), mistake.utf16_span(&text));
            mistake.show(Callback::from(move |_: MouseEvent| editor.select(span)))
        }
        (None, Some(_)) if changed => {
            html! { <p class="why-expect passes">{ icon(Icon::Check) }{ "A whole scenario: it can be applied." }</p> }
        }
        (None, Some(_)) => html! { <p class="muted">{ "The same as what is open." }</p> },
        (None, None) => Html::default(),
    };
    html! {
        <>
            <p class="hint">{ "The document that links and files carry. Your text takes effect when you apply it, and undo takes it back." }</p>
            if draft.is_some() && browser::kept(DRAFT_OF).is_some_and(|of| of != *state_now) {
                <p class="note">{ "The scenario has been changed since this text was begun; applied, it takes the place of all of that." }</p>
            }
            <div id={STATE} role="status">{ state }</div>
            <div class="editor">
                <div class="editor-text">
                    <textarea ref={editor.area()} class="code" rows="24" value={(*text).clone()} {oninput} spellcheck="false" autocapitalize="off"
                        autocomplete="off" aria-label={label} readonly={read_only} aria-describedby={STATE} />
                </div>
            </div>
            <div class="card-buttons">
                <button type="button" class="button primary small" disabled={!changed} onclick={apply}>{ "Apply" }</button>
                if draft.is_some() { <button type="button" class="button small quiet" onclick={discard}>{ "Discard my text" }</button> }
            </div>
        </>
    }
}

/// What is on the page: where another text goes, and the text.
type Now = Rc<RefCell<(Callback<Option<String>>, AttrValue)>>;

/// What the code editor calls, by what is on the page at that time.
fn calls(now: &Now) -> Calls {
    let (retyped, laid_out) = (now.clone(), now.clone());
    Calls {
        on_text: Callback::from(move |text| {
            let set = retyped.borrow().0.clone();
            set.emit(Some(text));
        }),
        on_format: Callback::from(move |()| {
            let (set, text) = laid_out.borrow().clone();
            if let Some(formatted) = assist::format(&text).filter(|it| **it != *text) {
                set.emit(Some(formatted));
            }
        }),
        ..Calls::default()
    }
}

/// What is wrong with the text, and where.
struct Mistake {
    message: String,
    /// Line, column and span; nothing where the text as a whole is meant.
    place: Option<Located>,
}

impl Mistake {
    fn of(error: &DocumentError, text: &str) -> Mistake {
        Mistake { message: error.to_string(), place: error.locate(text) }
    }

    fn span(&self) -> Option<Span> {
        let place = self.place.as_ref()?;
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Some(Span { start: at(place.span.start), end: at(place.span.end) })
    }

    fn utf16_span(&self, text: &str) -> (u32, u32) {
        self.span().map_or((0, 0), |span| utf16_span(text, span))
    }

    fn problem(&self) -> Option<Problem> {
        Some(Problem {
            span: self.span()?,
            severity: Severity::Error,
            message: self.message.replace('`', ""),
            code: "",
            fix: None,
        })
    }

    fn show(&self, onclick: Callback<MouseEvent>) -> Html {
        let place = self.place.as_ref().map(|it| format!("Line {}, column {}", it.line, it.column));
        html! {
            <p class="field-error">
                if let Some(place) = place {
                    <button type="button" class="link" {onclick}>{ place }</button>{ ": " }
                }
                { prose(&self.message) }
            </p>
        }
    }
}
