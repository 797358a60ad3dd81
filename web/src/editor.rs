//! The editor of a policy's text: a text area that works at once, and the code editor over it when it has come.

mod codemirror;
mod diagnostics;
mod statements;

use std::cell::Cell;
use std::rc::Rc;

use iam_evaluator::{Diagnostic, Fix};
use iam_scenario::{Action, Answer, Compiled, Document, PolicyPlace, PolicyText};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::text_position::{utf16, utf16_span};
use codemirror::CodeMirror;
use diagnostics::DiagnosticList;
pub use statements::{StatementMark, statement_marks};

/// Properties of [`PolicyEditor`].
#[derive(Properties, PartialEq)]
pub struct PolicyEditorProps {
    /// The document.
    pub document: Rc<Document>,
    /// The document, ready to be asked: it knows what is wrong with each text.
    pub compiled: Rc<Compiled>,
    /// The answer to the question, whose deciding statements are marked.
    pub answer: Option<Rc<Answer>>,
    /// The request that the question came from.
    pub request: Option<usize>,
    /// Where the policy stands. An editor is for one place: give it a key.
    pub place: PolicyPlace,
    /// The statement to show, by its place in `Statement`.
    pub statement: Option<usize>,
    /// Whether it can only be read.
    pub read_only: bool,
    /// What the policy is called.
    pub label: AttrValue,
    /// Makes an edit.
    pub on_action: Callback<Action>,
}

/// Edits the text of one policy.
#[component]
pub fn PolicyEditor(props: &PolicyEditorProps) -> Html {
    let text = props.document.policy_text(&props.place).cloned().unwrap_or_default();
    let policy = props.compiled.policy(&props.place);
    let diagnostics = policy.as_ref().map(|it| it.diagnostics.clone()).unwrap_or_default();
    let marks = props.answer.as_deref().map_or_else(Vec::new, |answer| {
        statement_marks(&props.compiled, answer, &props.place, props.request)
    });
    let reveal = props.statement.and_then(|index| {
        let statement = policy.as_ref()?.statements.iter().find(|it| it.index == index)?;
        Some(utf16(text.as_str(), statement.span.start))
    });
    let on_text = use_callback(
        (props.place.clone(), props.on_action.clone()),
        |text: String, (place, on_action)| {
            let text = PolicyText::new(text);
            on_action.emit(Action::EditPolicyText { place: place.clone(), text });
        },
    );
    let shown = Shown { text: text.clone(), diagnostics: diagnostics.clone(), marks, reveal };
    let area = use_node_ref();
    let editor = use_codemirror(&area, &props.label, props.read_only, &on_text, &shown);
    let oninput = on_text
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let on_select = {
        let (area, editor, text) = (area.clone(), editor.clone(), text.clone());
        Callback::from(move |diagnostic: Diagnostic| {
            let (from, to) = utf16_span(text.as_str(), diagnostic.span);
            select(&area, &editor, from, to);
        })
    };
    let on_fix = (!props.read_only).then(|| {
        let (place, on_action, text) = (props.place.clone(), props.on_action.clone(), text.clone());
        Callback::from(move |fix: Fix| {
            if let Some(fixed) = fix.apply(text.as_str()) {
                let label = format!("Fix: {}", fix.title.replace('`', ""));
                let (place, text) = (place.clone(), PolicyText::new(fixed));
                on_action.emit(Action::RewritePolicyText { place, text, label });
            }
        })
    });
    html! {
        <div class="editor">
            <div class="editor-text">
                <textarea ref={area} class="code" rows="18" spellcheck="false" autocapitalize="off" autocomplete="off"
                    aria-label={&props.label} readonly={props.read_only} value={text.as_str().to_owned()} {oninput} />
            </div>
            <DiagnosticList text={text.as_str().to_owned()} {diagnostics} {on_select} {on_fix} />
        </div>
    }
}

/// What the code editor shows.
#[derive(Clone, PartialEq)]
struct Shown {
    text: PolicyText,
    diagnostics: Vec<Diagnostic>,
    marks: Vec<StatementMark>,
    /// Where to scroll to, in UTF-16 units.
    reveal: Option<u32>,
}

type Editor = Rc<std::cell::RefCell<Option<CodeMirror>>>;

/// Loads the code editor, puts it over the text area, and keeps it showing what the page knows.
#[hook]
fn use_codemirror(
    area: &NodeRef,
    label: &AttrValue,
    read_only: bool,
    on_text: &Callback<String>,
    shown: &Shown,
) -> Editor {
    let editor: Editor = use_mut_ref(|| None);
    let ready = use_state(|| false);
    {
        let (editor, ready, area) = (editor.clone(), ready.clone(), area.clone());
        let (label, on_text) = (label.clone(), on_text.clone());
        use_effect_with((), move |()| {
            let gone = Rc::new(Cell::new(false));
            let (slot, is_gone) = (editor.clone(), gone.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let Ok(loaded) = codemirror::load().await else { return };
                let area = area.cast::<HtmlTextAreaElement>().filter(|_| !is_gone.get());
                let Some(area) = area else { return };
                if let Ok(mounted) = loaded.mount(&area, &label, read_only, on_text) {
                    *slot.borrow_mut() = Some(mounted);
                    ready.set(true);
                }
            });
            move || {
                gone.set(true);
                drop(editor.borrow_mut().take());
            }
        });
    }
    let with = |change: fn(&CodeMirror, &Shown)| {
        let editor = editor.clone();
        move |(_, shown): &(bool, Shown)| {
            if let Some(editor) = &*editor.borrow() {
                change(editor, shown);
            }
        }
    };
    use_effect_with((*ready, shown.clone()), with(CodeMirror::show));
    let revealed = (*ready, shown.reveal);
    {
        let editor = editor.clone();
        use_effect_with(revealed, move |(_, reveal)| {
            if let (Some(editor), Some(from)) = (&*editor.borrow(), reveal) {
                editor.reveal(*from);
            }
        });
    }
    editor
}

/// Puts the cursor over a stretch of the text, in UTF-16 units.
fn select(area: &NodeRef, editor: &Editor, from: u32, to: u32) {
    if let Some(editor) = &*editor.borrow() {
        editor.select(from, to);
    } else if let Some(area) = area.cast::<HtmlTextAreaElement>() {
        area.focus().ok();
        area.set_selection_range(from, to).ok();
    }
}
