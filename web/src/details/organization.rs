//! The settings of the organization: its features, the policy types in force, who manages it.

use std::rc::Rc;

use iam_scenario::{Action, Document, FeatureSet, Organization, PolicyType};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::parts::{button, card, danger_button};
use crate::dialog::{Ports, forms};

/// The card at the root.
pub fn settings(document: &Rc<Document>, organization: &Organization, ports: &Ports) -> Html {
    let all = organization.feature_set == FeatureSet::All;
    let feature = Action::SetFeatureSet {
        feature_set: if all { FeatureSet::ConsolidatedBilling } else { FeatureSet::All },
    };
    let delete = {
        let document = document.clone();
        ports.show(move || forms::delete_organization(&document))
    };
    let kinds = [PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy];
    let contents = html! {
        <dl class="settings">
            <div><dt>{ "Organization ID" }</dt><dd><code>{ &organization.id }</code></dd></div>
            <div>
                <dt><label for="management-account">{ "Management account" }</label></dt>
                <dd>{ management(document, organization, ports) }</dd>
            </div>
            <div>
                <dt>{ "Feature set" }</dt>
                <dd>
                    { if all { "All features" } else { "Consolidated billing" } }
                    { button(if all { "Back to consolidated billing" } else { "Enable all features" }, ports.make(feature)) }
                </dd>
            </div>
            { for kinds.into_iter().map(|kind| policy_type(organization, kind, ports)) }
        </dl>
    };
    card("settings-heading", "Settings", danger_button("Delete organization …", delete), contents)
}

fn management(document: &Document, organization: &Organization, ports: &Ports) -> Html {
    let on_action = ports.on_action.clone();
    let now = organization.management_account.as_deref();
    let onchange = Callback::from(move |event: Event| {
        let id = event.target_unchecked_into::<HtmlSelectElement>().value();
        if !id.is_empty() {
            on_action.emit(Action::SetManagementAccount { id });
        }
    });
    let members = document.accounts().iter().filter(|account| document.is_member(&account.id));
    html! {
        <select id="management-account" disabled={ports.read_only} {onchange}>
            if now.is_none() { <option value="" selected=true>{ "none" }</option> }
            { for members.map(|account| html! {
                <option key={account.id.clone()} value={account.id.clone()} selected={now == Some(&*account.id)}>{ format!("{} ({})", account.name, account.id) }</option>
            }) }
        </select>
    }
}

fn policy_type(organization: &Organization, policy_type: PolicyType, ports: &Ports) -> Html {
    let enabled = organization.enabled_policy_types.contains(&policy_type);
    let (action, word) = match enabled {
        true => (Action::DisablePolicyType { policy_type }, "Disable"),
        false => (Action::EnablePolicyType { policy_type }, "Enable"),
    };
    let name = policy_type.abbreviation();
    html! {
        <div key={name}>
            <dt>{ format!("{name}s") }</dt>
            <dd>{ if enabled { "Enabled" } else { "Disabled" } }{ button(&format!("{word} {name}s"), ports.make(action)) }</dd>
        </div>
    }
}
