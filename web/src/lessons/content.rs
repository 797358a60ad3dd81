//! What a lesson says and asks, from `web/content/lessons/`.

use std::rc::Rc;

use iam_scenario::{Compiled, Decision, Document, Request};
use serde_json::Value;

use crate::question::{Question, now};
use crate::reading::{list, text};

/// A lesson that is being taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Names it.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The scenario of the gallery that it is about.
    pub scenario: String,
    /// What to do, in order.
    pub steps: Rc<[Step]>,
    /// The step that is shown.
    pub step: usize,
}

/// One step.
#[derive(Debug, PartialEq)]
pub struct Step {
    /// What it says.
    pub text: String,
    /// What it opens, as `Selection::parse` reads it; empty for nothing.
    pub open: String,
    /// What is said once it is answered or reached.
    pub because: String,
    /// What is to be done.
    pub kind: Kind,
}

/// What is to be done in a step.
#[derive(Debug, PartialEq)]
pub enum Kind {
    /// Read.
    Read,
    /// Predict what AWS decides.
    Predict {
        /// What is asked.
        ask: Question,
        /// What it comes to as long as the learner has changed nothing else.
        answer: Decision,
    },
    /// Edit until all of these come out so.
    Try {
        /// What must come out how; the first one is shown.
        goals: Vec<Goal>,
        /// Helps those who are stuck.
        hint: String,
        /// Edits that reach the goals.
        solution: Vec<Value>,
    },
}

/// What a request must come to.
#[derive(Debug, PartialEq)]
pub struct Goal {
    /// What is asked.
    pub ask: Question,
    /// What it must come to.
    pub is: Decision,
}

impl Lesson {
    /// Reads a lesson over its scenario; a test holds that nothing in it is missing.
    pub fn read(id: &str, content: &Value, document: &Document, step: usize) -> Lesson {
        Lesson {
            id: id.to_owned(),
            title: text(content, "title").to_owned(),
            scenario: text(content, "scenario").to_owned(),
            steps: list(content, "steps").map(|it| read_step(it, document)).collect(),
            step,
        }
    }

    /// The step that is shown.
    pub fn current(&self) -> Option<&Step> {
        self.steps.get(self.step)
    }
}

fn read_step(it: &Value, document: &Document) -> Step {
    let words = |name| text(it, name).to_owned();
    Step {
        text: words("text"),
        open: words("open"),
        because: words("because"),
        kind: kind(it, document),
    }
}

fn kind(it: &Value, document: &Document) -> Kind {
    if let Some(request) = it.get("predict") {
        let answer = decision(text(it, "answer"));
        return Kind::Predict { ask: question(request, document), answer };
    }
    if it.get("goals").is_none() {
        return Kind::Read;
    }
    let goal = |it: &Value| Goal {
        ask: question(it.get("request").unwrap_or(&Value::Null), document),
        is: decision(text(it, "is")),
    };
    Kind::Try {
        goals: list(it, "goals").map(goal).collect(),
        hint: text(it, "hint").to_owned(),
        solution: list(it, "solution").cloned().collect(),
    }
}

/// A request of the scenario by its name, or one that the lesson brings along.
fn question(request: &Value, document: &Document) -> Question {
    if let Some(name) = request.as_str() {
        let at = document.requests().iter().position(|it| it.name == name);
        return at.and_then(|at| Question::of(document, at)).unwrap_or_default();
    }
    Question::new(Request::from_value(request.clone()).unwrap_or_default())
}

fn decision(word: &str) -> Decision {
    let all = [Decision::Allowed, Decision::ExplicitDeny, Decision::ImplicitDeny];
    all.into_iter().find(|it| it.as_str() == word).unwrap_or(Decision::ImplicitDeny)
}

/// What AWS decides on a question now.
pub fn decided(question: &Question, compiled: &Compiled) -> Option<Decision> {
    compiled.decide(&question.request, now()).ok()
}
