//! The frame of every dialog: the browser's own `<dialog>`, which keeps the focus inside and gives it back.

use gloo::events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::icons::{Icon, icon};

/// Properties of [`Modal`].
#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// What the dialog is about.
    pub title: AttrValue,
    /// It was closed, by Escape, the cross or the page.
    pub on_close: Callback<()>,
    /// Its contents.
    pub children: Html,
}

/// Shows its children above the page.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let dialog = use_node_ref();
    let on_close = use_mut_ref(|| props.on_close.clone());
    on_close.replace(props.on_close.clone());
    {
        let dialog = dialog.clone();
        // Once: closing and showing again would report a close that nobody asked for.
        use_effect_with((), move |()| {
            let element = dialog.cast::<HtmlDialogElement>();
            let listener = element.as_ref().map(|element| {
                element.show_modal().ok();
                EventListener::new(element, "close", move |_| {
                    let on_close = on_close.borrow().clone();
                    on_close.emit(());
                })
            });
            move || {
                // No more closing is reported from here on: the page itself takes the dialog away.
                drop(listener);
                if let Some(element) = element {
                    element.close();
                }
            }
        });
    }
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(element) = dialog.cast::<HtmlDialogElement>() {
                element.close();
            }
        })
    };
    html! {
        <dialog class="dialog" ref={dialog} aria-labelledby="dialog-title">
            <header class="dialog-header">
                <h2 id="dialog-title">{ &props.title }</h2>
                <button type="button" class="button quiet icon-only" aria-label="Close" onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </header>
            { props.children.clone() }
        </dialog>
    }
}
