//! For tests: components as HTML, without a browser.

use std::rc::Rc;

use iam_scenario::{Answer, Compiled, Document};
use yew::prelude::*;

use crate::question::{Question, ask};

/// Renders a component to HTML.
pub fn html<C>(props: C::Properties) -> String
where
    C: BaseComponent + 'static,
    C::Properties: 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let renderer = yew::LocalServerRenderer::<C>::with_props(props).hydratable(false);
    tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
}

/// The seed with its first question: John starts an instance in development.
pub fn seed() -> (Rc<Document>, Rc<Compiled>, Question, Rc<Answer>) {
    let document = Rc::new(crate::seed::document());
    let compiled = Rc::new(Compiled::new(&document));
    let question = Question::first(&document);
    let answer = Rc::new(ask(&compiled, &question).unwrap());
    (document, compiled, question, answer)
}
