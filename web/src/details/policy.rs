//! A policy in the middle: what it is called, where it is attached, and its text in the editor.

use std::sync::Arc;

use iam_scenario::{
    Action, Document, Identity, Policy, PolicyPlace, PolicyText, Resource, built_in,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::DetailsProps;
use super::heading::{Heading, crumbs, name};
use super::parts::{add_button, button, card, danger_button, line, nothing, remove_button};
use super::tags::tags_card;
use crate::dialog::{Ports, forms};
use crate::editor::PolicyEditor;
use crate::icons::Icon;
use crate::lazy::later;
use crate::selection::Selection;
use crate::show::view;

/// Shows a policy.
#[component]
pub fn PolicyDetails(props: &DetailsProps) -> Html {
    let DetailsProps { document, compiled, answer, ports, selection, .. } = props;
    let Selection::Policy { place, statement } = selection else { return Html::default() };
    let label = name(document, selection);
    let drawn = match place {
        PolicyPlace::Resource { .. } => Icon::Resource,
        _ => Icon::Policy,
    };
    let editor = view!(
        key = format!("{place:?}"),
        PolicyEditor {
            document,
            compiled,
            answer: answer.clone(),
            request: props.question.index,
            place: place.clone(),
            statement: *statement,
            read_only: is_aws(place) || ports.read_only,
            label: format!("Text of {label}"),
            on_action: &ports.on_action
        }
    );
    html! {
        <>
            { view!(Heading { selection: selection.clone(), crumbs: crumbs(document, selection), drawn, kind: kind(document, place), name: label, id: arn(place), ports, children: html! { <>
                { buttons(props, place) }
            </> } }) }
            if let PolicyPlace::Organization { policy } = place {
                if let Some(policy) = document.policy(policy).filter(|_| !is_aws(place)) {
                    { describe(policy, ports) }
                }
            }
            if document.policy_text(place).is_some() { { editor } } else if !is_aws(place) { { no_policy(place, ports) } }
            if let PolicyPlace::Organization { policy } = place { { targets(props, policy) } }
            if let PolicyPlace::Managed { arn } = place { { attached_to(props, arn) } }
            if let PolicyPlace::Resource { account, arn } = place { { resource_tags(props, account, arn) } }
        </>
    }
}

/// AWS's own policies can only be read.
fn is_aws(place: &PolicyPlace) -> bool {
    match place {
        PolicyPlace::Organization { policy } => built_in::organization_policy(policy).is_some(),
        PolicyPlace::Managed { arn } => arn.starts_with("arn:aws:iam::aws:"),
        _ => false,
    }
}

fn kind(document: &Document, place: &PolicyPlace) -> String {
    let kind = match place {
        PolicyPlace::Organization { policy } => {
            let policy_type = document.policy(policy).map(|policy| policy.policy_type);
            match policy_type.unwrap_or_default() {
                iam_scenario::PolicyType::ServiceControlPolicy => "Service control policy (SCP)",
                iam_scenario::PolicyType::ResourceControlPolicy => "Resource control policy (RCP)",
            }
        }
        PolicyPlace::Managed { .. } if is_aws(place) => "AWS managed policy",
        PolicyPlace::Managed { .. } => "Customer managed policy",
        PolicyPlace::Inline { .. } => "Inline policy",
        PolicyPlace::Trust { .. } => "Role trust policy",
        PolicyPlace::Resource { .. } => "Resource with its policy",
        PolicyPlace::Session { .. } => "Session policy",
        PolicyPlace::VpcEndpoint { .. } => "VPC endpoint policy",
        PolicyPlace::RequestResource { .. } => "Resource-based policy",
    };
    match is_aws(place) {
        true => format!("{kind}, which only AWS changes"),
        false => kind.to_owned(),
    }
}

fn arn(place: &PolicyPlace) -> String {
    match place {
        PolicyPlace::Organization { policy } => policy.clone(),
        PolicyPlace::Managed { arn } | PolicyPlace::Resource { arn, .. } => arn.clone(),
        _ => String::new(),
    }
}

fn buttons(props: &DetailsProps, place: &PolicyPlace) -> Html {
    if is_aws(place) {
        return Html::default();
    }
    let (document, ports) = (props.document.clone(), &props.ports);
    match place.clone() {
        PolicyPlace::Organization { policy } => {
            danger_button("Delete …", ports.show(move || forms::delete_policy(&document, &policy)))
        }
        PolicyPlace::Managed { arn } => {
            let renamed = arn.clone();
            html! {
                <>
                    { button("Rename …", ports.show(move || forms::rename_managed(&renamed))) }
                    { danger_button("Delete …", ports.show(move || forms::delete_managed(&arn))) }
                </>
            }
        }
        PolicyPlace::Inline { account, identity, name } => {
            inline_buttons(account, identity, name, ports)
        }
        PolicyPlace::Resource { account, arn } => {
            let owner = account.clone();
            let remove = danger_button("Remove …", {
                let (account, arn) = (account.clone(), arn.clone());
                ports.show(move || forms::remove_resource(&account, &arn))
            });
            let old = document
                .account(&account)
                .and_then(|it| it.resources.iter().find(|resource| resource.arn == arn));
            let without = old.filter(|old| old.policy.is_some()).map(|old| {
                let resource = Arc::new(Resource { policy: None, ..(**old).clone() });
                let action = Action::UpdateResource { account, arn, resource };
                danger_button("Remove its policy", ports.make(action))
            });
            let rename = old.map(|old| {
                let (account, old) = (owner, old.clone());
                button(
                    "Change the ARN …",
                    ports.show(move || forms::rename_resource(&account, &old)),
                )
            });
            html! { <>{ rename }{ without }{ remove }</> }
        }
        _ => Html::default(),
    }
}

fn inline_buttons(account: String, identity: Identity, name: String, ports: &Ports) -> Html {
    let rename = {
        let (account, identity, name) = (account.clone(), identity.clone(), name.clone());
        ports.show(move || forms::rename_inline(&account, &identity, &name))
    };
    let delete = ports.show(move || forms::delete_inline(&account, &identity, &name));
    html! { <>{ button("Rename …", rename) }{ danger_button("Delete …", delete) }</> }
}

/// Name and description of an SCP or RCP; an edit when the person leaves the field.
fn describe(policy: &Policy, ports: &Ports) -> Html {
    let change = |field: fn(&Policy, String) -> Action| {
        let (policy, on_action) = (policy.clone(), ports.on_action.clone());
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            on_action.emit(field(&policy, value));
        })
    };
    let rename = change(|policy, name| Action::UpdatePolicy {
        id: policy.id.clone(),
        name,
        description: policy.description.clone(),
    });
    let redescribe = change(|policy, description| Action::UpdatePolicy {
        id: policy.id.clone(),
        name: policy.name.clone(),
        description,
    });
    html! {
        <div class="fields-row" key={policy.id.clone()}>
            <div class="field">
                <label for="policy-name">{ "Name" }</label>
                <input id="policy-name" value={policy.name.clone()} onchange={rename} readonly={ports.read_only} autocomplete="off" spellcheck="false" />
            </div>
            <div class="field wide">
                <label for="policy-description">{ "Description" }</label>
                <input id="policy-description" value={policy.description.clone()} onchange={redescribe} readonly={ports.read_only} autocomplete="off" />
            </div>
        </div>
    }
}

/// A resource may stand without a policy.
fn no_policy(place: &PolicyPlace, ports: &Ports) -> Html {
    let template = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}";
    let action = Action::EditPolicyText { place: place.clone(), text: PolicyText::new(template) };
    html! {
        <div class="empty">
            <p>{ "This resource has no policy of its own: only identity-based policies of its account let anyone in." }</p>
            { add_button("Add a policy", ports.make(action)) }
        </div>
    }
}

/// Where an SCP or RCP is attached.
fn targets(props: &DetailsProps, policy: &str) -> Html {
    let DetailsProps { document, ports, .. } = props;
    let has = |ids: &[String]| ids.iter().any(|id| id == policy);
    let units = document.organization().into_iter().flat_map(|it| it.root.walk());
    let units = units.filter(|unit| has(&unit.attached_policies)).map(|unit| {
        (&unit.id, &unit.name, if unit.id.starts_with("r-") { Icon::Root } else { Icon::Unit })
    });
    let accounts = document
        .accounts()
        .iter()
        .filter(|account| has(&account.attached_policies))
        .map(|account| (&account.id, &account.name, Icon::Account));
    let lines: Vec<Html> = units
        .chain(accounts)
        .map(|(id, name, drawn)| {
            let open = ports.open(Selection::Target(id.clone()));
            let action = Action::DetachPolicy { policy: policy.to_owned(), target: id.clone() };
            let detach = remove_button(format!("Detach from {name}"), ports.make(action));
            line(id.clone(), drawn, name, open, html! { <code>{ id }</code> }, detach)
        })
        .collect();
    let attach = {
        let (document, policy) = (document.clone(), policy.to_owned());
        ports.show(move || forms::attach_to(&document, &policy))
    };
    let is_attached_nowhere = lines.is_empty();
    let contents = match is_attached_nowhere {
        true => nothing("Attached nowhere, so it has no effect."),
        false => html! { <ul class="lines">{ for lines }</ul> },
    };
    let (of, on_without) = (policy.to_owned(), &ports.on_without);
    let limits = later!(Catalog, Nothing, limits(of, document, on_without));
    let contents = html! { <>{ contents }if !is_attached_nowhere && built_in::organization_policy(policy).is_none() { { limits } }</> };
    card("targets-heading", "Attached to", add_button("Attach to …", attach), contents)
}

/// The users, groups and roles that a managed policy is attached to, and those that it bounds.
fn attached_to(props: &DetailsProps, arn: &str) -> Html {
    let DetailsProps { document, ports, .. } = props;
    let attached = |list: &[String]| list.iter().any(|it| it == arn);
    let bounds = |boundary: Option<&str>| boundary == Some(arn);
    let mut lines: Vec<Html> = Vec::new();
    let mut add = |account: &str, identity: Identity, attached: bool, bounds: bool| {
        let words = match (attached, bounds) {
            (false, false) => return,
            (true, false) => "attached",
            (false, true) => "permissions boundary",
            (true, true) => "attached · permissions boundary",
        };
        let drawn = match identity {
            Identity::User(_) => Icon::User,
            Identity::Group(_) => Icon::Group,
            Identity::Role(_) => Icon::Role,
        };
        let label = format!("{} in {}", identity.name(), forms::name_of(document, account));
        let open = ports.open(Selection::Identity { account: account.to_owned(), identity });
        lines.push(line(label.clone(), drawn, &label, open, html! { words }, Html::default()));
    };
    for account in document.accounts() {
        for user in &account.users {
            let bounds = bounds(user.permissions_boundary.as_deref());
            add(
                &account.id,
                Identity::User(user.name.clone()),
                attached(&user.attached_policies),
                bounds,
            );
        }
        for group in &account.groups {
            add(
                &account.id,
                Identity::Group(group.name.clone()),
                attached(&group.attached_policies),
                false,
            );
        }
        for role in &account.roles {
            let bounds = bounds(role.permissions_boundary.as_deref());
            add(
                &account.id,
                Identity::Role(role.name.clone()),
                attached(&role.attached_policies),
                bounds,
            );
        }
    }
    let contents = match lines.is_empty() {
        true => nothing("Attached to nobody, so it has no effect."),
        false => html! { <ul class="lines">{ for lines }</ul> },
    };
    card("attached-heading", "Attached to", Html::default(), contents)
}

fn resource_tags(props: &DetailsProps, account: &str, arn: &str) -> Html {
    let listed = props.document.account(account);
    let found = listed.and_then(|it| it.resources.iter().find(|resource| resource.arn == arn));
    let Some(resource) = found else { return Html::default() };
    let (account, old) = (account.to_owned(), resource.clone());
    let on_tags = props.ports.on_action.reform(move |tags| Action::UpdateResource {
        account: account.clone(),
        arn: old.arn.clone(),
        resource: Arc::new(Resource { tags, ..(*old).clone() }),
    });
    tags_card(
        &resource.tags,
        "Conditions see them as aws:ResourceTag/key.",
        props.ports.read_only,
        &on_tags,
    )
}
