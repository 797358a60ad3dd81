//! The keys of the page.

use crate::show::view;
use yew::prelude::*;

use super::modal::Modal;

/// The keys, and what they do.
const KEYS: &[(&str, &[(&str, &str)])] = &[
    (
        "Everywhere",
        &[
            ("Ctrl+K", "Find anything: nodes, people, policies, commands"),
            ("F6, Shift+F6", "To the next pane, the one before"),
            ("Alt+Shift+N", "New question"),
            ("Alt+Shift+J, K", "Next question, the one before"),
            ("Alt+Shift+S", "Share"),
            ("Ctrl+S", "Save to a file"),
            ("Ctrl+Z", "Undo (in other fields than the policy editor: what was typed there)"),
            ("Ctrl+Shift+Z or Ctrl+Y", "Redo"),
            ("?", "This list"),
        ],
    ),
    (
        "Organization tree",
        &[
            ("↑ ↓ Home End", "Move"),
            ("→ ←", "Unfold, fold; into and out of an OU"),
            ("Letters", "Find by name"),
            ("Enter", "Open"),
            ("F2", "Rename"),
            ("Ctrl+X, then Ctrl+V", "Move an account or OU"),
            ("Delete", "Delete an OU, remove an account"),
            ("*", "Unfold all of the same level"),
        ],
    ),
    (
        "Borders between the panes",
        &[("← →", "Move"), ("Home End", "Narrowest, widest"), ("Enter", "As at first")],
    ),
    (
        "Policy editor",
        &[
            ("Ctrl+Space", "What may be written here"),
            ("F1", "What this is"),
            ("F8", "Next problem"),
            ("Ctrl+F", "Search"),
            ("Shift+Alt+F", "Format document"),
            ("Tab", "Leave the editor"),
        ],
    ),
];

/// Properties of [`KeysDialog`].
#[derive(Properties, PartialEq)]
pub struct KeysDialogProps {
    /// It has been closed.
    pub on_close: Callback<()>,
}

/// Lists the keys.
#[component]
pub fn KeysDialog(props: &KeysDialogProps) -> Html {
    view!(Modal {
        title: "Keys",
        on_close: &props.on_close,
        children: html! { <>
            <div class="keys">
                { for KEYS.iter().map(|(heading, keys)| html! {
                    <section key={*heading}>
                        <h3>{ *heading }</h3>
                        <dl>
                            { for keys.iter().map(|(key, does)| html! {
                                <div key={*key}><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></div>
                            }) }
                        </dl>
                    </section>
                }) }
            </div>
        </> }
    })
}
