//! The head of the middle pane: where the selected thing stands, what it is, what can be done to it.

use iam_scenario::{Document, PolicyPlace};
use yew::prelude::*;

use crate::dialog::{Ports, forms};
use crate::icons::{Icon, icon};
use crate::prose::visible;
use crate::selection::Selection;

/// Properties of [`Heading`].
#[derive(Properties, PartialEq)]
pub struct HeadingProps {
    /// What is selected.
    pub selection: Selection,
    /// What it lies in, outermost first: the words and where they lead.
    pub crumbs: Vec<(String, Selection)>,
    /// Its drawing.
    pub drawn: Icon,
    /// The word for what it is.
    pub kind: AttrValue,
    /// Its name.
    pub name: AttrValue,
    /// Its id or ARN, to be copied.
    #[prop_or_default]
    pub id: AttrValue,
    /// The buttons.
    #[prop_or_default]
    pub children: Html,
    /// The way back.
    pub ports: Ports,
}

/// Shows the head of the middle pane.
#[component]
pub fn Heading(props: &HeadingProps) -> Html {
    let HeadingProps { crumbs, drawn, kind, name, id, children, ports, .. } = props;
    html! {
        <header class="details-header">
            if !crumbs.is_empty() {
                <nav aria-label="Where this stands">
                    <ol class="crumbs">
                        { for crumbs.iter().map(|(words, selection)| html! {
                            <li key={format!("{selection:?}")}>
                                <button type="button" class="link" onclick={ports.open(selection.clone())}>{ visible(words) }</button>
                            </li>
                        }) }
                    </ol>
                </nav>
            }
            <div class="details-title">
                <span class="details-icon">{ icon(*drawn) }</span>
                <div>
                    <h2 id="details-heading" tabindex="-1"><bdi>{ visible(name) }</bdi></h2>
                    <p class="details-kind">
                        { kind }
                        if !id.is_empty() { <>{ " · " }<code>{ id }</code></> }
                    </p>
                </div>
            </div>
            <div class="actions">{ children.clone() }</div>
        </header>
    }
}

/// What a selection lies in, outermost first.
pub fn crumbs(document: &Document, selection: &Selection) -> Vec<(String, Selection)> {
    let mut crumbs = Vec::new();
    let mut here = selection.around(document);
    while let Some(selection) = here {
        here = selection.around(document);
        crumbs.push((name(document, &selection), selection));
    }
    crumbs.reverse();
    crumbs
}

/// What a selection is called.
pub fn name(document: &Document, selection: &Selection) -> String {
    match selection {
        Selection::Scenario => "Scenario".to_owned(),
        Selection::Target(id) => forms::name_of(document, id),
        Selection::Identity { identity, .. } => identity.name().to_owned(),
        Selection::Policy { place, .. } => match place {
            PolicyPlace::Organization { policy } => {
                document.policy(policy).map_or(policy, |policy| &policy.name).to_owned()
            }
            PolicyPlace::Managed { arn } => arn.rsplit('/').next().unwrap_or(arn).to_owned(),
            PolicyPlace::Inline { name, .. } => name.clone(),
            PolicyPlace::Trust { .. } => "Trust policy".to_owned(),
            PolicyPlace::Resource { arn, .. } => {
                arn.splitn(6, ':').nth(5).unwrap_or(arn).to_owned()
            }
            PolicyPlace::Session { index, .. } => format!("Session policy {}", index + 1),
            PolicyPlace::VpcEndpoint { .. } => "VPC endpoint policy".to_owned(),
            PolicyPlace::RequestResource { .. } => "Resource policy of the request".to_owned(),
        },
        Selection::Request(index) => {
            document.requests().get(*index).map(|request| request.label()).unwrap_or_default()
        }
    }
}
