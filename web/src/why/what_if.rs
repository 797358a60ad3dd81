//! Keys that nobody gave and the decision hangs on, each with values to try and what they would lead to.

use std::sync::Arc;

use iam_evaluator::{ConditionKey, UnknownKeys, judge};
use iam_scenario::{Answer, Compiled, ContextValue, Decision, Request};

use crate::question::{Question, now};

/// Values for one or more keys that the request does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// Each key with its values.
    pub context: Vec<(String, ContextValue)>,
    /// What the request would be decided with them.
    pub decision: Decision,
}

impl WhatIf {
    /// The question with these values.
    pub fn question(&self, question: &Question) -> Question {
        let request = Arc::new(with(&question.request, &self.context));
        Question { request, index: question.index }
    }

    /// Keys and values in one line.
    pub fn label(&self) -> String {
        let parts = self.context.iter().map(|(key, value)| match value {
            ContextValue::One(value) => format!("{key} = {value}"),
            ContextValue::Many(values) => format!("{key} = {}", values.join(", ")),
            ContextValue::Absent => format!("{key} absent"),
        });
        parts.collect::<Vec<_>>().join(" and ")
    }
}

/// More than these make nobody wiser.
const MOST: usize = 8;

/// Lists values to try for the keys that the decision hangs on; those that change it go first.
pub fn what_ifs(compiled: &Compiled, request: &Request, answer: &Answer) -> Vec<WhatIf> {
    let judgement = judge(compiled.organization(), &answer.request, &UnknownKeys::NotMentioned);
    let single = judgement.depends_on.iter().flat_map(|dependency| {
        dependency.choices.iter().map(|values| vec![(dependency.key.clone(), values.clone())])
    });
    let together = judgement.examples.iter().map(|example| example.context.clone());
    let mut found: Vec<WhatIf> = Vec::new();
    for choice in single.chain(together) {
        let context = context(choice);
        if context.is_empty() || found.iter().any(|it| it.context == context) {
            continue;
        }
        if let Ok(decision) = compiled.decide(&with(request, &context), now()) {
            let needed = context.len() == 1
                || (decision != answer.decision()
                    && found.iter().all(|it| it.decision == answer.decision()));
            if needed {
                found.push(WhatIf { context, decision });
            }
        }
    }
    iam_evaluator::sort_few_by_key(&mut found, |it| it.decision == answer.decision());
    found.truncate(MOST);
    found
}

/// The values that a request can be given; keys that stay missing are left out.
fn context(choice: Vec<(ConditionKey, Vec<Box<str>>)>) -> Vec<(String, ContextValue)> {
    let given = choice.into_iter().filter_map(|(key, values)| {
        let value = match &*values {
            [] => return None,
            [one] => ContextValue::One(one.to_string()),
            several => ContextValue::Many(several.iter().map(ToString::to_string).collect()),
        };
        Some((key.as_str().to_owned(), value))
    });
    given.collect()
}

fn with(request: &Request, context: &[(String, ContextValue)]) -> Request {
    let mut request = request.clone();
    for (key, value) in context {
        request.context.set(key.as_str(), value.clone());
    }
    request
}
