//! What AWS would refuse in the whole scenario, and what it accepts and people regret.

use std::rc::Rc;

use iam_evaluator::{Severity, explanation};
use iam_scenario::{Compiled, Document, PolicyPlace, Problem, Subject};
use yew::prelude::*;

use super::parts::card;
use crate::catalog::use_catalog;
use crate::dialog::Ports;
use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::selection::Selection;

/// How many are listed; who has more begins with these.
const LISTED: usize = 100;

/// Properties of [`Problems`].
#[derive(Properties, PartialEq)]
pub struct ProblemsProps {
    /// The document.
    pub document: Rc<Document>,
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The way back.
    pub ports: Ports,
}

/// Lists them, errors first; each opens what it is about.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let catalog = use_catalog().get().cloned();
    let found = use_memo((props.compiled.clone(), catalog), |(compiled, catalog)| {
        let mut found = compiled.check(catalog.as_deref());
        found.sort_by_key(|problem| problem.severity != Severity::Error);
        found
    });
    let errors = found.iter().filter(|it| it.severity == Severity::Error).count();
    let contents = html! {
        <>
            <ul class="problems">
                { for found.iter().take(LISTED).enumerate().map(|(index, problem)| row(index, problem, props)) }
            </ul>
            if found.len() > LISTED {
                <p class="muted">{ format!("and {} more", found.len() - LISTED) }</p>
            }
        </>
    };
    let tally =
        html! { <span class="muted">{ explanation::tally(errors, found.len() - errors) }</span> };
    card("problems-heading", "Check", tally, contents)
}

fn row(index: usize, problem: &Problem, props: &ProblemsProps) -> Html {
    let (class, drawn) = match problem.severity {
        Severity::Error => ("explicit-deny", Icon::Cross),
        Severity::Warning => ("implicit-deny", Icon::Warning),
    };
    let onclick = props.ports.open(place(&problem.subject));
    html! {
        <li key={index}>
            <span class={class} title={if problem.severity == Severity::Error { "error" } else { "warning" }}>{ icon(drawn) }</span>
            <span>
                <button type="button" class="link" {onclick}>{ problem.subject.words(&props.document) }</button>
                { ": " }{ prose(&problem.message) }
            </span>
        </li>
    }
}

/// What to open for a problem.
fn place(subject: &Subject) -> Selection {
    match subject {
        Subject::Policy(place) => Selection::policy(place.clone()),
        Subject::Target(id) => Selection::Target(id.clone()),
        Subject::Identity { account, identity } => {
            Selection::Identity { account: account.clone(), identity: identity.clone() }
        }
        Subject::Resource { account, arn } => {
            Selection::policy(PolicyPlace::Resource { account: account.clone(), arn: arn.clone() })
        }
        Subject::Request(index) => Selection::Request(*index),
    }
}
