//! Who does what to which resource.

use std::rc::Rc;
use std::sync::Arc;

use iam_scenario::{AskError, Document, Request};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::field::{LONG_LIST, TextField};
use super::suggestions::{self, PrincipalGroup};
use crate::question::Question;
use crate::show::view;

/// Properties of [`QuestionForm`].
#[derive(Properties, PartialEq)]
pub struct QuestionFormProps {
    /// The document.
    pub document: Rc<Document>,
    /// The question.
    pub question: Question,
    /// It has been changed.
    pub on_question: Callback<Question>,
    /// What is wrong with it.
    pub error: Option<AskError>,
}

/// Three fields: principal, action, resource.
#[component]
pub fn QuestionForm(props: &QuestionFormProps) -> Html {
    let QuestionFormProps { document, question, on_question, error } = props;
    let request = &question.request;
    let groups = use_memo(document.clone(), |document| suggestions::principals(document));
    let actions = use_memo(document.clone(), |document| suggestions::actions(document));
    let resources = suggestions::resources(document, request);
    let better = suggestions::better_resource(document, request);
    let set = |change: fn(&mut Request, String)| edit(question, on_question, change);
    let set_principal = set(|request, text| request.principal = text);
    let set_resource = set(|request, text| request.resource = text);
    let typing = use_state(|| false);
    let chosen = suggestions::chosen(&groups, &request.principal).map(str::to_owned);
    // The list says it all, unless the principal is not in it or is a certain session of a role.
    let typed = *typing || chosen.as_deref() != Some(&*request.principal);
    let on_choose = choose(&set_principal, &typing);
    let error = |member, value: &str, hint| field_error(error.as_ref(), member, value, hint);
    html! {
        <>
            <div class="field">
                <label for="why-who">{ "Principal" }</label>
                { view!(PrincipalSelect { groups, chosen, on_choose }) }
            </div>
            if typed {
                { view!(TextField { id: "why-principal", label: "ARN or service of the principal", quiet: true, value: request.principal.clone(), on_input: set_principal, placeholder: "arn:aws:iam::111122223333:user/Ana", error: error("principal", &request.principal, "Choose who asks, or type an ARN.") }) }
            }
            { view!(TextField { id: "why-action", label: "Action", value: request.action.clone(), suggestions: (*actions).clone(), on_input: set(|request, text| request.action = text), placeholder: "s3:GetObject", error: error("action", &request.action, "Name an action, such as s3:GetObject.") }) }
            { view!(TextField { id: "why-resource", label: "Resource", value: request.resource.clone(), suggestions: resources, on_input: set_resource.clone(), placeholder: "*", error: error("resource", &request.resource, "Name a resource by its ARN, or * for none in particular.") }) }
            if let Some(better) = better {
                <p class="why-better">
                    { "This resource belongs to another service. " }
                    <button type="button" class="link" onclick={set_resource.reform({ let better = better.clone(); move |_| better.clone() })}>
                        { "Ask about " }<code>{ better }</code>
                    </button>
                </p>
            }
        </>
    }
}

/// What is chosen from the list: a principal, or none of them, which is to be typed.
fn choose(
    set_principal: &Callback<String>,
    typing: &UseStateHandle<bool>,
) -> Callback<Option<String>> {
    let (set_principal, typing) = (set_principal.clone(), typing.clone());
    Callback::from(move |choice: Option<String>| {
        typing.set(choice.is_none());
        if let Some(principal) = choice {
            set_principal.emit(principal);
        }
    })
}

#[derive(Properties, PartialEq)]
struct PrincipalSelectProps {
    groups: Rc<Vec<PrincipalGroup>>,
    chosen: Option<String>,
    on_choose: Callback<Option<String>>,
}

/// The principals of the scenario by account; what is typed instead is "another one".
#[component]
fn PrincipalSelect(props: &PrincipalSelectProps) -> Html {
    let PrincipalSelectProps { groups, chosen, on_choose } = props;
    let select = use_node_ref();
    let chosen = chosen.clone().unwrap_or_default();
    let wanted = use_state_eq(|| false);
    // What the person picked outlives the attribute `selected`: only the property says what is shown.
    let shown = (chosen.clone(), groups.clone(), *wanted, select.clone());
    use_effect_with(shown, |(chosen, _, _, select)| {
        if let Some(select) = select.cast::<HtmlSelectElement>() {
            select.set_value(chosen);
        }
    });
    let onchange = on_choose.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        select.map(|select| select.value()).filter(|value| !value.is_empty())
    });
    let want = |it: bool| {
        let wanted = wanted.clone();
        move || wanted.set(it)
    };
    let (focus, press, blur) = (want(true), want(true), want(false));
    let is_long = groups.iter().map(|group| group.principals.len()).sum::<usize>() > LONG_LIST;
    let groups = match is_long && !*wanted {
        true => Rc::new(only(groups, &chosen)),
        false => groups.clone(),
    };
    html! {
        <select id="why-who" ref={select} {onchange} onfocus={move |_| focus()} onpointerdown={move |_| press()} onblur={move |_| blur()}>
            <option value="" selected={chosen.is_empty()}>{ "Another one: type it below" }</option>
            { view!(PrincipalOptions { groups, chosen }) }
        </select>
    }
}

/// The list with nothing but what is chosen.
fn only(groups: &[PrincipalGroup], chosen: &str) -> Vec<PrincipalGroup> {
    let found = groups.iter().find_map(|group| {
        let principal = group.principals.iter().find(|(arn, _)| arn == chosen)?.clone();
        Some(PrincipalGroup { label: group.label.clone(), principals: vec![principal] })
    });
    found.into_iter().collect()
}

#[derive(Properties, PartialEq)]
struct PrincipalOptionsProps {
    groups: Rc<Vec<PrincipalGroup>>,
    chosen: String,
}

/// The options of the list. An organization may have thousands of principals: they are made again only when others are
/// there, not at every key that somebody types.
#[component]
fn PrincipalOptions(props: &PrincipalOptionsProps) -> Html {
    let PrincipalOptionsProps { groups, chosen } = props;
    html! {
        { for groups.iter().map(|group| html! {
            <optgroup key={group.label.clone()} label={group.label.clone()}>
                { for group.principals.iter().map(|(arn, label)| html! {
                    <option key={arn.clone()} value={arn.clone()} selected={arn == chosen}>{ label }</option>
                }) }
            </optgroup>
        }) }
    }
}

/// A callback that changes one part of the question.
pub(super) fn edit<T: 'static>(
    question: &Question,
    on_question: &Callback<Question>,
    change: impl Fn(&mut Request, T) + 'static,
) -> Callback<T> {
    let question = question.clone();
    on_question.reform(move |value| {
        let mut question = question.clone();
        change(Arc::make_mut(&mut question.request), value);
        question
    })
}

/// The error of this member, with its first letter large; an empty field gets a hint instead.
pub(super) fn field_error(
    error: Option<&AskError>,
    member: &str,
    value: &str,
    hint: &str,
) -> Option<AttrValue> {
    let error = error.filter(|error| error.member == member)?;
    let text = if value.is_empty() { hint.to_owned() } else { format!("{}.", error.message) };
    Some(text.into())
}
