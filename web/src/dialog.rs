//! Dialogs: a form that makes one edit, the share dialog, the list of keys. One at a time, above everything.

mod find;
mod form;
pub mod forms;
mod keys;
mod modal;
mod saves;
mod share;

use std::rc::Rc;

use iam_scenario::Action;
use yew::prelude::*;

use find::FindDialog;
#[cfg(test)]
use form::FieldKind;
pub use form::Form;
use form::{Field, FormDialog};
use keys::KeysDialog;
use saves::SavesDialog;
use share::ShareDialog;

use crate::effective::View;
use crate::lazy::later;
use crate::opening::Opening;
use crate::selection::Selection;
use crate::sharing::Looked;
use crate::show::view;
use crate::state::{Event, NoticeKind};

/// Which dialog is open.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// A form that makes one edit.
    Form(Rc<Form>),
    /// The link to the scenario.
    Share,
    /// The scenarios that were saved in this browser.
    Saves,
    /// Finding anything by its name.
    Find,
    /// The keys of the page.
    Keys,
}

impl From<Form> for Dialog {
    fn from(form: Form) -> Dialog {
        Dialog::Form(Rc::new(form))
    }
}

/// The way of a component back to the page: edits, what to open, which dialog to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Ports {
    /// Whether the scenario can only be looked at; edits are refused all the same.
    pub read_only: bool,
    /// Makes an edit.
    pub on_action: Callback<Action>,
    /// Opens something in the middle.
    pub on_open: Callback<Selection>,
    /// Shows a dialog.
    pub on_dialog: Callback<Dialog>,
    /// Opens a view of permissions in the middle, or closes it.
    pub on_view: Callback<Option<View>>,
    /// Opens another scenario in the place of one's own.
    pub on_replace: Callback<Opening>,
    /// Compares with the scenario as it would be without a policy of the organization, or with the baseline again.
    pub on_without: Callback<Option<String>>,
}

impl yew::html::ImplicitClone for Ports {}

impl Ports {
    /// A callback that shows a form.
    pub fn show<E>(&self, form: impl Fn() -> Form + 'static) -> Callback<E> {
        let on_dialog = self.on_dialog.clone();
        Callback::from(move |_: E| on_dialog.emit(form().into()))
    }

    /// A callback that makes an edit.
    pub fn make<E>(&self, action: Action) -> Callback<E> {
        let on_action = self.on_action.clone();
        Callback::from(move |_: E| on_action.emit(action.clone()))
    }

    /// A callback that opens something.
    pub fn open<E>(&self, selection: Selection) -> Callback<E> {
        let on_open = self.on_open.clone();
        Callback::from(move |_: E| on_open.emit(selection.clone()))
    }
}

#[cfg(test)]
impl Ports {
    /// Ports that lead nowhere.
    pub fn nowhere() -> Ports {
        Ports {
            read_only: false,
            on_action: Callback::noop(),
            on_open: Callback::noop(),
            on_dialog: Callback::noop(),
            on_view: Callback::noop(),
            on_replace: Callback::noop(),
            on_without: Callback::noop(),
        }
    }
}

/// Properties of [`DialogHost`].
#[derive(Properties, PartialEq, Clone)]
pub struct DialogHostProps {
    /// The open dialog, if any.
    pub dialog: Option<Dialog>,
    /// What is on the page.
    pub looked: Looked,
    /// The way back.
    pub ports: Ports,
    /// Tells the page what was chosen among all that can be found.
    pub send: Callback<Event>,
    /// The dialog has been closed.
    pub on_close: Callback<()>,
    /// Says something to the person.
    pub on_say: Callback<(NoticeKind, String)>,
}

/// The place where the open dialog stands.
#[component]
pub fn DialogHost(props: &DialogHostProps) -> Html {
    // The place stays: a dialog whose surroundings are taken away first could not give the focus back.
    html! {
        <div class="dialog-place">
            if props.dialog.is_some() {
                { later!(Views, Words, dialog(props)) }
            }
        </div>
    }
}

/// The open dialog.
pub fn open(props: &DialogHostProps) -> Html {
    let DialogHostProps { dialog, looked, ports, send, on_close, on_say } = props;
    let document = &looked.document;
    let on_saved = send.reform(|()| Event::SetBaseline);
    match dialog {
        None => Html::default(),
        Some(Dialog::Form(form)) => {
            view!(FormDialog { form, document, ports, on_close })
        }
        Some(Dialog::Share) => view!(ShareDialog { looked, on_close, on_say, on_saved }),
        Some(Dialog::Saves) => {
            view!(SavesDialog { looked, on_replace: &ports.on_replace, on_saved, on_close })
        }
        Some(Dialog::Find) => {
            view!(FindDialog { document, read_only: ports.read_only, send, on_close })
        }
        Some(Dialog::Keys) => view!(KeysDialog { on_close }),
    }
}
