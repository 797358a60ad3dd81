//! What a question can say beyond principal, action, resource and context: seldom needed, so folded away.

use std::rc::Rc;

use iam_evaluator::{PolicyDocument, PolicyType};
use iam_scenario::{AskError, Document, PolicyText, Request};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::field::{TextField, area_text};
use super::form::{edit, field_error};
use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::question::Question;
use crate::show::view;

/// Properties of [`MoreFields`].
#[derive(Properties, PartialEq)]
pub struct MoreFieldsProps {
    /// The document.
    pub document: Rc<Document>,
    /// The question.
    pub question: Question,
    /// It has been changed.
    pub on_question: Callback<Question>,
    /// What is wrong with it.
    pub error: Option<AskError>,
}

/// The owner of the resource, derived keys, and the policies that come with the request.
#[component]
pub fn MoreFields(props: &MoreFieldsProps) -> Html {
    let MoreFieldsProps { document, question, on_question, error } = props;
    let request = &question.request;
    let owner = request.resource_account.clone().unwrap_or_default();
    let accounts: Vec<String> = document.accounts().iter().map(|it| it.id.clone()).collect();
    let derive = edit(question, on_question, |request, derive| request.derive_context = derive);
    let used = !owner.is_empty()
        || !request.derive_context
        || !request.session_policies.is_empty()
        || request.vpc_endpoint_policy.is_some()
        || request.resource_policy.is_some();
    html! {
        <details class="why-more" open={used || error.as_ref().is_some_and(|it| it.member == "resourceAccount")}>
            <summary>{ "Owner, session policies …" }</summary>
            { view!(TextField { id: "why-owner", label: "Account that owns the resource", value: owner.clone(), suggestions: accounts, placeholder: "as the ARN or the scenario says", error: field_error(error.as_ref(), "resourceAccount", &owner, ""), on_input: edit(question, on_question, |request, text: String| request.resource_account = Some(text).filter(|it| !it.is_empty())) }) }
            <label class="why-check">
                <input type="checkbox" checked={request.derive_context} onchange={derive.reform(|event: Event| {
                    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
                })} />
                { " Fill in the keys that follow from the organization and the request" }
            </label>
            { for (0..=request.session_policies.len()).map(|index| session_policy(question, on_question, index)) }
            { optional_policy(question, on_question, &VPC_ENDPOINT) }
            { optional_policy(question, on_question, &RESOURCE) }
        </details>
    }
}

/// A policy that a request may bring along.
struct Passed {
    name: &'static str,
    id: &'static str,
    policy_type: PolicyType,
    get: fn(&Request) -> Option<&PolicyText>,
    set: fn(&mut Request, Option<PolicyText>),
}

const VPC_ENDPOINT: Passed = Passed {
    name: "VPC endpoint policy",
    id: "why-endpoint-policy",
    policy_type: PolicyType::VpcEndpoint,
    get: |request| request.vpc_endpoint_policy.as_ref(),
    set: |request, text| request.vpc_endpoint_policy = text,
};

const RESOURCE: Passed = Passed {
    name: "Resource policy instead of the listed one",
    id: "why-resource-policy",
    policy_type: PolicyType::Resource,
    get: |request| request.resource_policy.as_ref(),
    set: |request, text| request.resource_policy = text,
};

/// What a new policy begins with.
const BEGINNING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "*", "Resource": "*" }
  ]
}"#;

fn optional_policy(question: &Question, on_question: &Callback<Question>, passed: &Passed) -> Html {
    let set = edit(question, on_question, passed.set);
    let begin = set.reform(|()| Some(PolicyText::from(BEGINNING)));
    policy_box(
        passed.id,
        passed.name,
        passed.policy_type,
        (passed.get)(&question.request),
        &begin,
        &set,
    )
}

/// The session policy at this place; past the last one, a button that adds one.
fn session_policy(question: &Question, on_question: &Callback<Question>, index: usize) -> Html {
    let set =
        edit(question, on_question, move |request: &mut Request, text: Option<PolicyText>| match (
            text,
            request.session_policies.get_mut(index),
        ) {
            (Some(text), Some(slot)) => *slot = text,
            (Some(text), None) => request.session_policies.push(text),
            (None, Some(_)) => drop(request.session_policies.remove(index)),
            (None, None) => {}
        });
    let begin = set.reform(|()| Some(PolicyText::from(BEGINNING)));
    let text = question.request.session_policies.get(index);
    let id = format!("why-session-policy-{index}");
    policy_box(&id, "Session policy", PolicyType::Session, text, &begin, &set)
}

fn policy_box(
    id: &str,
    name: &'static str,
    policy_type: PolicyType,
    text: Option<&PolicyText>,
    begin: &Callback<()>,
    set: &Callback<Option<PolicyText>>,
) -> Html {
    let Some(text) = text else {
        let onclick = begin.reform(|_: MouseEvent| ());
        return html! {
            <button key={id.to_owned()} type="button" class="button small" {onclick}>{ icon(Icon::Plus) }{ name }</button>
        };
    };
    let oninput = set.reform(|event| Some(PolicyText::from(area_text(event).as_str())));
    let remove = set.reform(|_: MouseEvent| None);
    let document = PolicyDocument::parse(text.as_str(), policy_type);
    let problems = format!("{id}-problems");
    html! {
        <div class="field why-policy" key={id.to_owned()}>
            <div class="why-policy-head">
                <label for={id.to_owned()}>{ name }</label>
                <button type="button" class="button quiet icon-only" aria-label={format!("Remove: {name}")} onclick={remove}>{ icon(Icon::Close) }</button>
            </div>
            <textarea id={id.to_owned()} class="mono" rows="7" value={text.as_str().to_owned()} {oninput} spellcheck="false" aria-describedby={problems.clone()} />
            <ul id={problems} class="why-problems">
                { for document.diagnostics.iter().enumerate().map(|(index, it)| html! { <li key={index} class="field-error">{ prose(&it.message) }</li> }) }
            </ul>
        </div>
    }
}
