//! Effective permissions: every action of AWS for every principal, live; what an edit changes; who can do something.
//!
//! [`live`] works the permissions out beside the page; everything else shows them. The middle of the page has the full
//! view ([`PermissionsView`]) of a principal, of an account, OU or root, of one action for everybody, and of what has
//! changed since the baseline. The right pane has the same in short ([`EffectivePanel`]).

pub mod actions;
mod callers;
mod changed;
mod changes;
mod conditions;
mod engine;
mod grid;
mod impact;
mod index;
mod job;
mod list;
mod live;
mod panel;
mod service;
mod signs;
mod tally;
mod target;
#[cfg(test)]
mod tests;
mod who;
mod why;

use std::rc::Rc;

use iam_scenario::{Compiled, Document};
use yew::prelude::*;

pub use changed::{ChangesLine, change_words, tree_chips};
pub use impact::{Impact, Limits, impact};
pub use live::{LiveHandle, LiveProps, LiveProvider, LiveWorker, use_live};
pub use panel::EffectivePanel;
pub use signs::definitions;

use crate::dialog::Ports;
use crate::icons::{Icon, icon};
use crate::question::Question;
use crate::show::view;
use grid::PrincipalGrid;
use target::TargetTotals;
use who::WhoCan;

/// What the middle of the page shows of permissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// Those of the question's principal, with a text in the filter.
    Principal(String),
    /// Those of everybody in an account, or below an OU or the root, by its id.
    Target(String),
    /// Everybody's for the question's action and resource.
    Who,
    /// What has changed since the baseline.
    Changes,
}

/// The way of these views back to the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Asks another question.
    pub on_question: Callback<Question>,
    /// Takes the scenario as it is for the baseline.
    pub on_baseline: Callback<()>,
    /// The name of the policy without which the scenario is compared, in the place of the baseline.
    pub without: Option<String>,
    /// The way of everything else, other views among it.
    pub ports: Ports,
}

impl yew::html::ImplicitClone for Way {}

impl Way {
    /// A callback that opens a view.
    fn view<E>(&self, view: View) -> Callback<E> {
        self.ports.on_view.reform(move |_: E| Some(view.clone()))
    }
}

/// Properties of [`PermissionsView`].
#[derive(Properties, PartialEq)]
pub struct PermissionsViewProps {
    /// Which view is open.
    pub view: View,
    /// The document.
    pub document: Rc<Document>,
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The question.
    pub question: Question,
    /// The way back.
    pub way: Way,
}

/// The full view of permissions, in the middle of the page.
#[component]
pub fn PermissionsView(props: &PermissionsViewProps) -> Html {
    let PermissionsViewProps { view, document, compiled, question, way } = props;
    let live = use_live();
    let close = way.ports.on_view.reform(|_: MouseEvent| None);
    html! {
        <article class="permissions" aria-labelledby="permissions-title">
            <header class="permissions-head">
                <h2 id="permissions-title" tabindex="-1">{ "Permissions" }</h2>
                <button type="button" class="button quiet small" onclick={close}>{ icon(Icon::Close) }{ "Close" }</button>
            </header>
            { tabs(view, document, &live, way) }
            { match view {
                View::Principal(text) => view!(key = text.clone(), PrincipalGrid { document, question, text: text.clone(), way }),
                View::Target(id) => view!(TargetTotals { document, id: id.clone(), question, way }),
                View::Who => view!(WhoCan { document, compiled, question, way }),
                View::Changes => changed::show(&live, question, way),
            } }
        </article>
    }
}

/// The views side by side.
fn tabs(view: &View, document: &Document, live: &LiveHandle, way: &Way) -> Html {
    let root = document.organization().map(|it| it.root.id.clone());
    let root = root.or_else(|| document.accounts().first().map(|account| account.id.clone()));
    let target = match view {
        View::Target(id) => id.clone(),
        _ => root.unwrap_or_default(),
    };
    let changes = match live.changes.len() {
        0 => "Changes".to_owned(),
        principals => format!("Changes · {principals}"),
    };
    let all = [
        (View::Principal(String::new()), "A principal".to_owned()),
        (View::Target(target), "Accounts".to_owned()),
        (View::Who, "Who can".to_owned()),
        (View::Changes, changes),
    ];
    html! {
        <nav class="permissions-tabs" aria-label="Views of permissions">
            { for all.into_iter().map(|(of, words)| {
                let shown = std::mem::discriminant(&of) == std::mem::discriminant(view);
                html! {
                    <button key={format!("{:?}", std::mem::discriminant(&of))} type="button" class={classes!("permissions-tab", shown.then_some("shown"))}
                        aria-current={shown.then_some("true")} onclick={way.view(of)}>{ words }</button>
                }
            }) }
        </nav>
    }
}

/// What stands where permissions are not known yet.
fn waiting() -> Html {
    html! { <p class="muted effective-waiting" role="status">{ "Working the permissions out …" }</p> }
}
