//! The SCPs and RCPs of a root, OU or account: those attached to it, and those that come from above.

use std::rc::Rc;

use iam_scenario::{Action, Document, Policy, built_in::RCP_FULL_AWS_ACCESS};
use yew::prelude::*;

use super::parts::{add_button, card, line, nothing, remove_button};
use crate::dialog::{Ports, forms};
use crate::icons::Icon;
use crate::selection::Selection;

/// Properties of [`AttachedPolicies`].
#[derive(Properties, PartialEq)]
pub struct AttachedPoliciesProps {
    /// The document.
    pub document: Rc<Document>,
    /// The root, OU or account.
    pub target: AttrValue,
    /// The ids of the policies attached to it.
    pub attached: Vec<String>,
    /// The way back.
    pub ports: Ports,
}

/// Lists the policies of a root, OU or account.
#[component]
pub fn AttachedPolicies(props: &AttachedPoliciesProps) -> Html {
    let AttachedPoliciesProps { document, target, attached, ports } = props;
    let attach = {
        let (document, target) = (document.clone(), target.clone());
        ports.show(move || forms::attach(&document, &target))
    };
    let policies: Vec<_> = attached.iter().filter_map(|id| document.policy(id)).collect();
    let direct = |policy: &Policy| {
        let action = Action::DetachPolicy { policy: policy.id.clone(), target: target.to_string() };
        let detach = remove_button(format!("Detach {}", policy.name), ports.make(action));
        policy_line(policy, ports, Html::default(), detach)
    };
    let implied = document
        .policy(RCP_FULL_AWS_ACCESS)
        .map(|policy| policy_line(policy, ports, html! { "always attached" }, Html::default()));
    let contents = html! {
        <>
            if policies.is_empty() { { nothing("No SCP is attached: nothing below is allowed.") } }
            <ul class="lines">
                { for policies.iter().map(|policy| direct(policy)) }
                { implied }
            </ul>
            { inherited(document, target, ports) }
        </>
    };
    card("attached-heading", "Attached policies", add_button("Attach …", attach), contents)
}

fn policy_line(policy: &Policy, ports: &Ports, aside: Html, buttons: Html) -> Html {
    let open = ports.open(Selection::organization_policy(&policy.id));
    let kind = policy.policy_type.abbreviation();
    let aside = html! {
        <>
            <span class={classes!("chip", kind.to_ascii_lowercase())}>{ kind }</span>
            if policy.id.contains("FullAWSAccess") { <span class="chip">{ "AWS managed" }</span> }
            { aside }
        </>
    };
    line(policy.id.clone(), Icon::Policy, &policy.name, open, aside, buttons)
}

/// What applies here from above; every level must allow, so each stands by itself.
fn inherited(document: &Document, target: &str, ports: &Ports) -> Html {
    let above: Vec<_> =
        document.path_to(target).into_iter().filter(|unit| unit.id != target).collect();
    if above.is_empty() {
        return Html::default();
    }
    let policy = |id: &String| {
        let name = document.policy(id).map_or(id, |policy| &policy.name).clone();
        let open = ports.open(Selection::organization_policy(id));
        html! {
            <li key={id.clone()}><button type="button" class="link" onclick={open}>{ name }</button></li>
        }
    };
    html! {
        <div class="inherited">
            <h4>{ "From the levels above" }</h4>
            <dl>
                { for above.iter().map(|unit| html! {
                    <div key={unit.id.clone()}>
                        <dt><button type="button" class="link" onclick={ports.open(Selection::Target(unit.id.clone()))}>{ &unit.name }</button></dt>
                        <dd><ul class="inline-list">{ for unit.attached_policies.iter().map(policy) }</ul></dd>
                    </div>
                }) }
            </dl>
        </div>
    }
}
