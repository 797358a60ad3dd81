//! A button that copies a text and says whether it did.

use yew::prelude::*;

use crate::browser;

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    /// Makes the text when the button is pressed: it may be long.
    pub text: Callback<(), String>,
    /// The words on the button.
    pub label: AttrValue,
    /// What the copy is of: when it changes, nothing is copied any more.
    pub of: AttrValue,
}

/// A button that copies.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let copied = use_state(|| None::<Result<(), &'static str>>);
    {
        let copied = copied.clone();
        use_effect_with(props.of.clone(), move |_| copied.set(None));
    }
    let onclick = {
        let (text, copied) = (props.text.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, copied) = (text.emit(()), copied.clone());
            wasm_bindgen_futures::spawn_local(async move {
                copied.set(Some(browser::copy(&text).await));
            });
        })
    };
    html! {
        <>
            <button type="button" class="button small" {onclick}>{ &props.label }</button>
            <span class="why-copied" role="status">{ match *copied { Some(Err(refused)) => refused, Some(Ok(())) => "Copied", None => "" } }</span>
        </>
    }
}
