//! The answer: the decision, AWS's sentence, every cause, and how IAM and the levels of the tree come together.

use std::rc::Rc;

use iam_evaluator::Policy;
use iam_evaluator::explanation::{self, Cause};
use iam_scenario::{Answer, AskError, Compiled, Decision};
use yew::prelude::*;

use super::besides;
use super::copy::CopyButton;
use super::formula;
use super::gates;
use crate::icons::{Icon, decision_class, decision_words, icon};
use crate::prose::prose;
use crate::question::Question;
use crate::selection::Selection;
use crate::show::view;

/// Properties of [`AnswerView`].
#[derive(Properties, PartialEq)]
pub struct AnswerViewProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The question.
    pub question: Question,
    /// Its answer.
    pub answer: Rc<Result<Answer, AskError>>,
    /// A policy or level is to be opened.
    pub on_open: Callback<Selection>,
    /// What stands between the causes and the gates.
    #[prop_or_default]
    pub children: Html,
}

/// The answer from the headline down to the last statement.
#[component]
pub fn AnswerView(props: &AnswerViewProps) -> Html {
    let AnswerViewProps { compiled, question, answer, on_open, children } = props;
    let answer = match &**answer {
        Ok(answer) => answer,
        Err(error) => {
            return html! {
                <section class="why-answer" aria-label="Answer">
                    <p class="why-unclear" role="status">{ icon(Icon::Warning) }{ format!("No answer yet: the {} is not complete.", words_for(error.member)) }</p>
                </section>
            };
        }
    };
    let view = View { compiled, answer, index: question.index, on_open };
    let decision = answer.decision();
    html! {
        <section class="why-answer" aria-label="Answer">
            <div class={classes!("why-verdict", decision_class(decision))} role="status">
                <span class="why-verdict-mark">{ icon(Icon::of_decision(decision)) }</span>
                <div>
                    <p class="why-verdict-words">{ decision_words(decision) }</p>
                    <p class="why-verdict-reason">{ sentence(&explanation::reason(answer.evaluation.reason)) }</p>
                </div>
            </div>
            { for answer.evaluation.policies_with_errors().into_iter().enumerate().map(|(index, policy)| show_broken(&view, index, policy)) }
            { formula::show(&view) }
            { quote(answer.message(compiled), decision != Decision::Allowed) }
            { show_causes(&view) }
            { besides::show(&view) }
            { children.clone() }
            { gates::show(&view) }
        </section>
    }
}

/// What the parts of the answer are made from.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The document, ready to be asked.
    pub compiled: &'a Compiled,
    /// The answer.
    pub answer: &'a Answer,
    /// The place of the question in the document.
    pub index: Option<usize>,
    /// A policy or level is to be opened.
    pub on_open: &'a Callback<Selection>,
}

impl View<'_> {
    /// A callback that opens a policy at one of its statements; none for policies that stand nowhere.
    pub fn open(
        &self,
        policy: &iam_evaluator::Policy,
        statement: Option<usize>,
    ) -> Option<Callback<MouseEvent>> {
        let selection = self.selection(policy, statement)?;
        Some(self.on_open.reform(move |_| selection.clone()))
    }

    /// Where a policy stands, pointing at one of its statements.
    pub fn selection(
        &self,
        policy: &iam_evaluator::Policy,
        statement: Option<usize>,
    ) -> Option<Selection> {
        let place = self.compiled.place_of(policy, self.index)?;
        let written = statement.and_then(|at| policy.document.statements.get(at));
        Some(Selection::Policy { place, statement: written.map(|it| it.index) })
    }
}

/// A policy that the answer could only take in part.
fn show_broken(view: &View<'_>, index: usize, policy: &Policy) -> Html {
    let words = prose(&explanation::broken_policy(&policy.name));
    html! {
        <p key={index} class="why-broken">
            { icon(Icon::Warning) }
            { match view.open(policy, None) {
                Some(onclick) => html! { <button type="button" class="link" {onclick}>{ words }</button> },
                None => words,
            } }
        </p>
    }
}

/// Every cause of a denial, where there is more than the one that AWS names.
fn show_causes(view: &View<'_>) -> Html {
    let answer = view.answer;
    let organization = view.compiled.organization();
    let causes = explanation::causes(organization, &answer.request, &answer.evaluation);
    if causes.len() < 2 {
        return Html::default();
    }
    html! {
        <div class="why-causes">
            <h3>{ explanation::causes_heading(causes.len()) }</h3>
            <ul>{ for causes.iter().enumerate().map(|(index, cause)| show_cause(view, index, cause)) }</ul>
        </div>
    }
}

fn show_cause(view: &View<'_>, index: usize, cause: &Cause) -> Html {
    let open = cause.policy.as_ref().and_then(|policy| view.open(policy, cause.statement));
    let text = sentence(&cause.text);
    html! {
        <li key={index}>
            { match open {
                Some(onclick) => html! { <button type="button" class="link" {onclick}><span>{ prose(&text) }</span></button> },
                None => html! { <span>{ prose(&text) }</span> },
            } }
        </li>
    }
}

/// AWS's own sentence, to be copied. To an allowed request AWS answers with the result itself.
fn quote(text: String, denied: bool) -> Html {
    let caption = if denied { "What AWS answers" } else { "In AWS’s words" };
    let copy = {
        let text = text.clone();
        Callback::from(move |()| text.clone())
    };
    html! {
        <figure class="why-quote">
            <figcaption>
                <span>{ caption }</span>
                { view!(CopyButton { text: copy, label: "Copy", of: text.clone() }) }
            </figcaption>
            <blockquote>{ text }</blockquote>
        </figure>
    }
}

/// A sentence: its first letter large and a full stop behind it.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first =
        letters.next().map(|letter| letter.to_ascii_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn words_for(member: &str) -> &str {
    match member {
        "resourceAccount" => "owner of the resource",
        member => member,
    }
}
