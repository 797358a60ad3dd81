//! The middle pane: what is selected, with everything that can be done to it.

mod account;
mod attached;
mod heading;
mod identity;
mod json;
mod organization;
mod parts;
mod policy;
mod problems;
mod requests;
mod scenario;
mod tags;
mod target;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use iam_scenario::{Answer, Compiled, Document};
use yew::prelude::*;

use crate::dialog::Ports;
use crate::lazy::later;
use crate::question::Question;
use crate::selection::Selection;
use crate::show::view;
use identity::IdentityDetails;
use policy::PolicyDetails;
use scenario::ScenarioDetails;
use target::TargetDetails;

/// Properties of [`DetailsPane`], and of what it shows.
#[derive(Properties, PartialEq, Clone)]
pub struct DetailsProps {
    /// The document.
    pub document: Rc<Document>,
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The answer to the question, if it can be asked.
    pub answer: Option<Rc<Answer>>,
    /// The question.
    pub question: Question,
    /// What is selected.
    pub selection: Selection,
    /// Asks another question.
    pub on_question: Callback<Question>,
    /// The way back.
    pub ports: Ports,
}

/// Shows what is selected.
#[component]
pub fn DetailsPane(props: &DetailsProps) -> Html {
    let props = props.clone();
    if let Selection::Policy { .. } = &props.selection {
        return view!(PolicyDetails with props);
    }
    later!(Views, Words, details(props))
}

/// Shows whatever is selected and no policy.
pub fn of_others(props: &DetailsProps) -> Html {
    let props = props.clone();
    match &props.selection {
        Selection::Scenario | Selection::Request(_) => view!(ScenarioDetails with props),
        Selection::Target(_) => view!(TargetDetails with props),
        Selection::Identity { .. } => view!(IdentityDetails with props),
        Selection::Policy { .. } => Html::default(),
    }
}
