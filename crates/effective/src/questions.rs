//! What policies ask of a caller: whether a clause on its ARN, tags or place holds, and what stands in for a variable.
//!
//! Each question has a number, and equal ones of different policies have the same: after an edit most answers are known.

use std::collections::HashMap;

use iam_evaluator::{ConditionClause, Settled, Variable};

use crate::universe::number;

/// Every question that some policy has asked.
#[derive(Debug, Default)]
pub(crate) struct Questions {
    numbers: HashMap<Box<str>, u32>,
    questions: Vec<Question>,
}

#[derive(Debug)]
enum Question {
    Clause(ConditionClause),
    Variable(Variable),
}

impl Questions {
    pub fn of_clause(&mut self, clause: &ConditionClause) -> u32 {
        let mut text = format!("{} {}", clause.operator, clause.key.folded());
        for value in &clause.values {
            // Lengths keep values apart whatever is in them, and variables are plain text in policies of 2008.
            let variables = value.typed.variables().count();
            text.push_str(&format!(" {} {variables} {}", value.text.len(), value.text));
        }
        self.number(text, || Question::Clause(clause.clone()))
    }

    pub fn of_variable(&mut self, variable: &Variable) -> u32 {
        let default = variable.default.as_deref();
        let text = format!("${} {} {default:?}", variable.key.folded(), default.is_some());
        self.number(text, || Question::Variable(variable.clone()))
    }

    fn number(&mut self, text: String, question: impl FnOnce() -> Question) -> u32 {
        let next = number(self.questions.len());
        let found = *self.numbers.entry(text.into()).or_insert(next);
        if found == next {
            self.questions.push(question());
        }
        found
    }

    /// The caller's answer; `text_number` gives equal texts equal numbers.
    pub fn answer(
        &self,
        question: u32,
        settled: &Settled<'_>,
        text_number: &mut dyn FnMut(&str) -> u32,
    ) -> u32 {
        match self.questions.get(question as usize) {
            None => 0,
            Some(Question::Clause(clause)) => u32::from(settled.holds(clause)),
            Some(Question::Variable(variable)) => {
                settled.value(variable).map_or(0, |value| text_number(&value) + 1)
            }
        }
    }
}

/// A caller's answers, in the order of the questions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers(Vec<(u32, u32)>);

impl Answers {
    pub fn get(&self, question: u32) -> Option<u32> {
        let at = self.0.binary_search_by_key(&question, |(known, _)| *known).ok()?;
        self.0.get(at).map(|(_, answer)| *answer)
    }

    pub fn get_or(&mut self, question: u32, answer: impl FnOnce() -> u32) -> u32 {
        match self.0.binary_search_by_key(&question, |(known, _)| *known) {
            Ok(at) => self.0.get(at).map_or(0, |(_, answer)| *answer),
            Err(at) => {
                let answer = answer();
                self.0.insert(at, (question, answer));
                answer
            }
        }
    }
}
