//! The left pane: tree, accounts outside, policies.

use std::rc::Rc;

use iam_scenario::{Account, Document, Policy, PolicyPlace, PolicyType};
use yew::prelude::*;

use super::drag::carries_policy;
use super::legend::legend;
use super::marks::Marks;
use super::nodes;
use super::view::TreeView;
use crate::afterwards::use_afterwards;
use crate::dialog::{Ports, forms};
use crate::icons::{Icon, icon};
use crate::prose::visible;
use crate::selection::Selection;
use crate::show::view;

/// Properties of [`OrganizationPane`].
#[derive(Properties, PartialEq)]
pub struct OrganizationPaneProps {
    /// The document.
    pub document: Rc<Document>,
    /// What each level says to the question.
    pub marks: Rc<Marks>,
    /// What is open in the middle.
    pub selection: Selection,
    /// The way back.
    pub ports: Ports,
}

/// Shows tree, accounts outside and policies.
#[component]
pub fn OrganizationPane(props: &OrganizationPaneProps) -> Html {
    let OrganizationPaneProps { document, marks, selection, ports } = props;
    let tree = use_memo(document.clone(), |document| nodes::tree(document).map(Rc::new));
    let now = ((*tree).clone(), selection.clone(), document.clone(), marks.clone());
    // Hundreds of rows: where only their marks go by another policy, the answer is painted first.
    let (tree, selection, document, marks) =
        &use_afterwards(now, |shown, now| (&shown.0, &shown.1) != (&now.0, &now.1));
    let open = open_target(selection).map(AttrValue::from);
    html! {
        <>
            <header class="pane-header">
                <h2 id="organization-heading">{ "Organization" }</h2>
                if tree.is_some() {
                    <button type="button" class="button quiet small" onclick={show(ports, document, forms::create_account)}>
                        { icon(Icon::Plus) }{ "Account" }
                    </button>
                }
            </header>
            if let Some(tree) = tree {
                { view!(key = tree.id.clone(), TreeView { document, tree, marks, open, ports }) }
                { legend(marks) }
            } else {
                <div class="empty">
                    <p>{ "These accounts stand alone: there is no organization, so no SCP and no RCP limits them." }</p>
                    if !document.accounts().is_empty() {
                        <button type="button" class="button" onclick={show(ports, document, forms::create_organization)}>
                            { "Create an organization …" }
                        </button>
                    }
                </div>
            }
            { outside(document, selection, ports) }
            { policies(document, selection, ports) }
        </>
    }
}

/// A callback that shows a form made from the document.
fn show(
    ports: &Ports,
    document: &Rc<Document>,
    form: fn(&Document) -> crate::dialog::Form,
) -> Callback<MouseEvent> {
    let document = document.clone();
    ports.show(move || form(&document))
}

/// The root, OU or account that the selection is, or lies in.
fn open_target(selection: &Selection) -> Option<String> {
    match selection {
        Selection::Target(id) => Some(id.clone()),
        Selection::Identity { account, .. } => Some(account.clone()),
        Selection::Policy { place, .. } => match place {
            PolicyPlace::Inline { account, .. }
            | PolicyPlace::Trust { account, .. }
            | PolicyPlace::Resource { account, .. } => Some(account.clone()),
            PolicyPlace::Managed { arn } => arn.split(':').nth(4).map(str::to_owned),
            _ => None,
        },
        _ => None,
    }
}

fn outside(document: &Rc<Document>, selection: &Selection, ports: &Ports) -> Html {
    let accounts = document.accounts().iter().filter(|account| !document.is_member(&account.id));
    let accounts: Vec<_> = accounts.collect();
    let item = |account: &Account| {
        let target = Selection::Target(account.id.clone());
        entry((&account.name, ""), Icon::Account, target, selection, ports, None)
    };
    html! {
        <section class="list-section" aria-labelledby="outside-heading">
            <header class="pane-header">
                <h2 id="outside-heading">{ "Outside the organization" }</h2>
                <button type="button" class="button quiet small" onclick={show(ports, document, forms::add_outside_account)}>
                    { icon(Icon::Plus) }{ "Account" }
                </button>
            </header>
            if accounts.is_empty() {
                <p class="hint">{ "None. Partners, vendors and accounts to invite go here." }</p>
            } else {
                <ul class="entries">{ for accounts.into_iter().map(|account| item(account)) }</ul>
            }
        </section>
    }
}

fn policies(document: &Rc<Document>, selection: &Selection, ports: &Ports) -> Html {
    let Some(organization) = document.organization() else { return Html::default() };
    let of = |policy_type: PolicyType| {
        organization.policies.iter().filter(move |policy| policy.policy_type == policy_type)
    };
    let kinds = [
        (PolicyType::ServiceControlPolicy, "Service control policies", "scp-heading"),
        (PolicyType::ResourceControlPolicy, "Resource control policies", "rcp-heading"),
    ];
    let item = |policy: &Policy| {
        let times = attachments(document, &policy.id);
        let words = if times == 0 { "not attached".to_owned() } else { format!("× {times}") };
        let target = Selection::organization_policy(&policy.id);
        let carries = Some(carries_policy(&policy.id));
        entry((&policy.name, &words), Icon::Policy, target, selection, ports, carries)
    };
    html! {
        { for kinds.into_iter().map(|(policy_type, heading, id)| {
            let document = document.clone();
            let onclick = ports.show(move || forms::create_policy(&document, policy_type));
            html! {
                <section key={id} class="list-section" aria-labelledby={id}>
                    <header class="pane-header">
                        <h2 id={id}>{ heading }</h2>
                        <button type="button" class="button quiet small" {onclick}>
                            { icon(Icon::Plus) }{ policy_type.abbreviation() }
                        </button>
                    </header>
                    if of(policy_type).next().is_none() {
                        <p class="hint">{ "None yet, besides AWS’s own full access." }</p>
                    } else {
                        <ul class="entries">{ for of(policy_type).map(|policy| item(policy)) }</ul>
                    }
                </section>
            }
        }) }
    }
}

fn entry(
    (name, aside): (&str, &str),
    drawn: Icon,
    target: Selection,
    selection: &Selection,
    ports: &Ports,
    ondragstart: Option<Callback<DragEvent>>,
) -> Html {
    let current = is_same(selection, &target);
    html! {
        <li key={format!("{target:?}")} draggable={ondragstart.is_some().then_some("true")} {ondragstart}>
            <button type="button" class={classes!("entry", current.then_some("selected"))}
                title={name.to_owned()} aria-current={current.then_some("true")} onclick={ports.open(target)}>
                { icon(drawn) }
                <span class="entry-name"><bdi>{ visible(name) }</bdi></span>
                <span class="entry-aside">{ aside }</span>
            </button>
        </li>
    }
}

/// Whether two selections open the same thing, whatever statement they point at.
fn is_same(one: &Selection, other: &Selection) -> bool {
    match (one, other) {
        (Selection::Policy { place: one, .. }, Selection::Policy { place: other, .. }) => {
            one == other
        }
        _ => one == other,
    }
}

/// How many targets a policy is attached to.
pub fn attachments(document: &Document, policy: &str) -> usize {
    let attached = |ids: &[String]| ids.iter().any(|id| id == policy);
    let units = document.organization().map_or(0, |organization| {
        organization.root.walk().filter(|unit| attached(&unit.attached_policies)).count()
    });
    let accounts =
        document.accounts().iter().filter(|account| attached(&account.attached_policies));
    units + accounts.count()
}
