//! The question on the page, and how it is asked.

use std::sync::Arc;

use iam_evaluator::Instant;
use iam_scenario::{Answer, AskError, Compiled, Document, Request};

/// The question that the page answers: a request of its own, which may have come from the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub request: Arc<Request>,
    /// The place among the document's requests from which it came; it may have been changed since.
    pub index: Option<usize>,
}

impl yew::html::ImplicitClone for Question {}

impl Question {
    /// A question that stands in no document.
    pub fn new(request: Request) -> Question {
        Question { request: Arc::new(request), index: None }
    }

    /// A request of the document.
    pub fn of(document: &Document, index: usize) -> Option<Question> {
        let request = document.requests().get(index)?.clone();
        Some(Question { request, index: Some(index) })
    }

    /// The question that a document begins with: its first request.
    pub fn first(document: &Document) -> Question {
        Question::of(document, 0).unwrap_or_default()
    }

    /// The place of the next question among so many, or of the one before; round and round.
    pub fn turned(&self, forwards: bool, of: usize) -> Option<usize> {
        let last = of.checked_sub(1)?;
        Some(match (self.index, forwards) {
            (Some(index), true) if index < last => index + 1,
            (None | Some(_), true) => 0,
            (None | Some(0), false) => last,
            (Some(index), false) => index - 1,
        })
    }

    /// The same question beside another state of the document: its place is forgotten where nothing stands any more.
    pub fn beside(&self, document: &Document) -> Question {
        let index = self.index.filter(|index| document.requests().get(*index).is_some());
        Question { request: self.request.clone(), index }
    }
}

/// Asks the question at this moment.
pub fn ask(compiled: &Compiled, question: &Question) -> Result<Answer, AskError> {
    compiled.ask(&question.request, now())
}

/// This moment, for `aws:CurrentTime`. Only the browser has a clock here, so that tests are the same every day.
pub fn now() -> Option<Instant> {
    if cfg!(target_arch = "wasm32") {
        #[expect(clippy::cast_possible_truncation, reason = "a date in seconds fits")]
        let seconds = (js_sys::Date::now() / 1000.0) as i64;
        return Some(Instant::from_epoch_seconds(seconds));
    }
    None
}
