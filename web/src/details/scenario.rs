//! The scenario itself in the middle: title, description, and the requests worth asking about with what they expect.

use crate::show::view;
use iam_scenario::Action;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::DetailsProps;
use super::json::JsonEditor;
use super::problems::Problems;
use super::requests;
use crate::stretch::use_stretch;

/// Shows the scenario itself.
#[component]
pub fn ScenarioDetails(props: &DetailsProps) -> Html {
    let DetailsProps { document, compiled, ports, question, .. } = props;
    let decisions = use_memo(compiled.clone(), |compiled| requests::decisions(compiled));
    let stretch = use_stretch(document.requests().len(), question.index);
    let set_title = {
        let on_action = ports.on_action.clone();
        Callback::from(move |event: InputEvent| {
            let title = event.target_unchecked_into::<HtmlInputElement>().value();
            on_action.emit(Action::SetTitle { title });
        })
    };
    let set_description = {
        let on_action = ports.on_action.clone();
        Callback::from(move |event: InputEvent| {
            let description = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            on_action.emit(Action::SetDescription { description });
        })
    };
    html! {
        <>
            <header class="details-header"><h2 id="details-heading" tabindex="-1">{ "Scenario" }</h2></header>
            <div class="fields">
                <div class="field">
                    <label for="scenario-title">{ "Title" }</label>
                    <input id="scenario-title" value={document.title().to_owned()} oninput={set_title} readonly={ports.read_only} autocomplete="off" />
                </div>
                <div class="field">
                    <label for="scenario-description">{ "Description" }</label>
                    <textarea id="scenario-description" rows="2" value={document.description().to_owned()} oninput={set_description} readonly={ports.read_only} />
                </div>
            </div>
            { requests::table(compiled, &decisions, question, ports, stretch) }
            { view!(Problems { document, compiled, ports }) }
            { view!(JsonEditor { document, ports }) }
        </>
    }
}
