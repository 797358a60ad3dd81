//! A form that makes one edit. AWS's refusal stands in the form, and nothing that was typed is lost.

use std::rc::Rc;

use iam_scenario::{Action, Document, apply};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::Ports;
use super::modal::Modal;
use crate::effective::impact;
use crate::prose::prose;
use crate::selection::Selection;
use crate::show::view;

/// A form that makes one edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What it does.
    pub title: String,
    /// What there is to know about it, in a sentence or two.
    pub intro: String,
    /// What it asks; may be nothing.
    pub fields: Vec<Field>,
    /// The words on the button.
    pub submit: String,
    /// Whether it takes something away.
    pub danger: bool,
    /// Makes the edit from the fields' values.
    pub action: Callback<Vec<String>, Action>,
    /// What to open when the edit is made.
    pub open: Option<Callback<Vec<String>, Selection>>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its label.
    pub label: String,
    /// What stands in it to begin with.
    pub value: String,
    /// A hint below it.
    pub hint: String,
    /// What it takes.
    pub kind: FieldKind,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// One of these: value and words.
    Choice(Vec<(String, String)>),
}

impl Field {
    /// A line of text.
    pub fn text(label: &str, value: impl Into<String>) -> Field {
        let (label, hint) = (label.to_owned(), String::new());
        Field { label, value: value.into(), hint, kind: FieldKind::Text }
    }

    /// One of several; the first to begin with.
    pub fn choice(label: &str, options: Vec<(String, String)>) -> Field {
        let value = options.first().map(|(value, _)| value.clone()).unwrap_or_default();
        let kind = FieldKind::Choice(options);
        Field { label: label.to_owned(), value, hint: String::new(), kind }
    }

    /// The same with a hint.
    pub fn hint(self, hint: &str) -> Field {
        Field { hint: hint.to_owned(), ..self }
    }
}

/// Properties of [`FormDialog`].
#[derive(Properties, PartialEq)]
pub struct FormDialogProps {
    /// The form.
    pub form: Rc<Form>,
    /// The document that it edits.
    pub document: Rc<Document>,
    /// The way back.
    pub ports: Ports,
    /// It has been closed.
    pub on_close: Callback<()>,
}

/// Shows a form and makes its edit.
#[component]
pub fn FormDialog(props: &FormDialogProps) -> Html {
    let FormDialogProps { form, document, ports, on_close } = props;
    let values =
        use_state(|| form.fields.iter().map(|field| field.value.clone()).collect::<Vec<_>>());
    let refusal = use_state(|| None::<String>);
    let onsubmit = {
        let (form, document, ports) = (form.clone(), document.clone(), ports.clone());
        let (values, refusal, on_close) = (values.clone(), refusal.clone(), on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let action = form.action.emit((*values).clone());
            match apply(&document, &action) {
                Err(exception) => refusal.set(Some(exception.to_string())),
                Ok(_) => {
                    on_close.emit(());
                    ports.on_action.emit(action);
                    if let Some(open) = &form.open {
                        ports.on_open.emit(open.emit((*values).clone()));
                    }
                }
            }
        })
    };
    let set = {
        let values = values.clone();
        Callback::from(move |(index, value): (usize, String)| {
            let mut new = (*values).clone();
            if let Some(slot) = new.get_mut(index) {
                *slot = value;
            }
            values.set(new);
        })
    };
    let fields = form.fields.iter().zip(values.iter()).enumerate();
    let close = on_close.reform(|_: MouseEvent| ());
    view!(Modal {
        title: form.title.clone(),
        on_close,
        children: html! { <>
            <form class="dialog-form" {onsubmit} method="dialog">
                if !form.intro.is_empty() { <p class="muted">{ &form.intro }</p> }
                { for fields.map(|(index, (field, value))| show_field(index, field, value, &set)) }
                { impact(&form.action.emit((*values).clone()), document) }
                if let Some(refusal) = &*refusal { <p class="refusal" role="alert">{ prose(refusal) }</p> }
                <div class="dialog-buttons">
                    <button type="button" class="button" onclick={close}>{ "Cancel" }</button>
                    <button type="submit" class={classes!("button", if form.danger { "danger" } else { "primary" })}>
                        { &form.submit }
                    </button>
                </div>
            </form>
        </> }
    })
}

fn show_field(index: usize, field: &Field, value: &str, set: &Callback<(usize, String)>) -> Html {
    let id = format!("field-{index}");
    let hint = (!field.hint.is_empty()).then(|| format!("field-{index}-hint"));
    let input = match &field.kind {
        FieldKind::Text => {
            let oninput = set.reform(move |event: InputEvent| {
                (index, event.target_unchecked_into::<HtmlInputElement>().value())
            });
            html! { <input id={id.clone()} autofocus={index == 0} value={value.to_owned()} {oninput} aria-describedby={hint.clone()} autocomplete="off" spellcheck="false" /> }
        }
        FieldKind::Choice(options) => {
            let onchange = set.reform(move |event: Event| {
                (index, event.target_unchecked_into::<HtmlSelectElement>().value())
            });
            html! {
                <select id={id.clone()} autofocus={index == 0} {onchange} aria-describedby={hint.clone()}>
                    { for options.iter().map(|(option, words)| html! {
                        <option key={option.clone()} value={option.clone()} selected={option == value}>{ words }</option>
                    }) }
                </select>
            }
        }
    };
    html! {
        <div class="field" key={index}>
            <label for={id}>{ &field.label }</label>
            { input }
            if let Some(hint) = hint { <p id={hint} class="hint">{ &field.hint }</p> }
        </div>
    }
}
