//! A labelled line of text with suggestions, and its error beside it.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::prose::prose;

/// Of a longer list nothing is on the page until somebody comes to choose from it: what is on the page costs time at every
/// change of it.
pub const LONG_LIST: usize = 200;

/// Properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// Its id, unique on the page.
    pub id: AttrValue,
    /// What it asks.
    pub label: AttrValue,
    /// What stands in it.
    pub value: AttrValue,
    /// It was typed into.
    pub on_input: Callback<String>,
    /// What else may stand in it.
    #[prop_or_default]
    pub suggestions: Vec<String>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to type, while it is empty.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Whether the label is for screen readers alone.
    #[prop_or_default]
    pub quiet: bool,
}

/// A line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let TextFieldProps { id, label, value, on_input, suggestions, error, placeholder, quiet } =
        props;
    let wanted = use_state_eq(|| false);
    let onfocus = {
        let wanted = wanted.clone();
        Callback::from(move |_: FocusEvent| wanted.set(true))
    };
    let suggestions = match suggestions.len() <= LONG_LIST || *wanted {
        true => suggestions.as_slice(),
        false => &[],
    };
    let list = (!suggestions.is_empty()).then(|| AttrValue::from(format!("{id}-list")));
    let described = error.is_some().then(|| AttrValue::from(format!("{id}-error")));
    html! {
        <div class="field">
            <label for={id} class={quiet.then_some("visually-hidden")}>{ label }</label>
            <input {id} {value} {placeholder} class="mono" list={list.clone()} oninput={on_input.reform(input_text)} {onfocus}
                aria-invalid={error.as_ref().map(|_| "true")} aria-describedby={described.clone()}
                autocomplete="off" autocapitalize="off" spellcheck="false" />
            if let Some(list) = list {
                <datalist id={list}>
                    { for suggestions.iter().map(|text| html! { <option key={text.clone()} value={text.clone()} /> }) }
                </datalist>
            }
            { show_error(described, error.as_ref()) }
        </div>
    }
}

/// The sentence below a field that cannot be read.
pub fn show_error(id: Option<AttrValue>, error: Option<&AttrValue>) -> Html {
    match error {
        Some(error) => html! { <p {id} class="field-error">{ prose(error) }</p> },
        None => Html::default(),
    }
}

/// The text of an `<input>`.
pub fn input_text(event: InputEvent) -> String {
    event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

/// The text of a `<textarea>`.
pub fn area_text(event: InputEvent) -> String {
    event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}
