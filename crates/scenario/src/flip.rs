//! What would flip the answer: the smallest single changes after which the decision is another one.
//!
//! Every change is tried: the document is edited, compiled and asked again, and only what really turns a denial into an
//! allow (or an allow into a denial) is offered. Each is an ordinary action, so it can be undone.

mod candidates;
mod passed;
mod statement;

use iam_evaluator::{ConditionKey, Instant};

use crate::{Action, Answer, Compiled, ContextValue, Decision, Request, apply};

/// One change that flips the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// What to do.
    pub change: Change,
    /// What it is, for a button: "Detach DenyEc2 from the OU Dev".
    pub label: String,
    /// The decision afterwards.
    pub decision: Decision,
}

/// What a flip changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An edit of the document.
    Edit(Action),
    /// Other values of one condition key in the request; none: the key is missing.
    Context {
        /// The key.
        key: String,
        /// Its values.
        values: Vec<String>,
    },
}

/// A change that might flip the decision.
pub(crate) struct Candidate {
    change: Change,
    label: String,
}

/// As many as a person reads.
const MOST: usize = 12;

impl Compiled {
    /// Finds single changes that flip a decision, the least first: a value in the request, an attachment, a statement,
    /// a move. Empty where no single change is enough.
    ///
    /// ```
    /// use iam_scenario::{Compiled, Document};
    ///
    /// let document = Document::from_json(r#"{ "format": 1, "accounts": [{ "id": "222222222222", "users": [
    ///     { "name": "John", "inlinePolicies": [{ "name": "NoEc2", "document": { "Version": "2012-10-17", "Statement": [
    ///         { "Effect": "Allow", "Action": "*", "Resource": "*" },
    ///         { "Sid": "NoEc2", "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }] } }] }] }],
    ///     "requests": [{ "principal": "arn:aws:iam::222222222222:user/John", "action": "ec2:StartInstances" }] }"#)?;
    /// let compiled = Compiled::new(&document);
    /// let request = &document.requests()[0];
    /// let flips = compiled.flips(request, &compiled.ask(request, None)?, None);
    /// assert_eq!(flips[0].label, "Remove the statement `NoEc2` from NoEc2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn flips(&self, request: &Request, answer: &Answer, now: Option<Instant>) -> Vec<Flip> {
        let before = answer.decision();
        // A policy that comes with the request is changed in the document's own request.
        let index = self.document().requests().iter().position(|known| **known == *request);
        let mut flips: Vec<Flip> = Vec::new();
        for candidate in candidates::candidates(self, answer, index) {
            if flips.len() >= MOST {
                break;
            }
            let known = flips.iter().any(|flip| flip.change == candidate.change);
            let after = self.after((request, index), &candidate.change, now);
            let Some(decision) = after.filter(|_| !known) else {
                continue;
            };
            if (decision == Decision::Allowed) != (before == Decision::Allowed) {
                flips.push(Flip { change: candidate.change, label: candidate.label, decision });
            }
        }
        flips
    }

    /// The decision after a change; `None` where AWS would refuse the change.
    fn after(
        &self,
        (request, index): (&Request, Option<usize>),
        change: &Change,
        now: Option<Instant>,
    ) -> Option<Decision> {
        match change {
            Change::Edit(action) => {
                let document = apply(self.document(), action).ok()?;
                let changed = index.and_then(|index| document.requests().get(index));
                let request = changed.map_or(request, |changed| changed);
                self.update(&document).decide(request, now).ok()
            }
            Change::Context { key, values } => {
                self.decide(&with_context(request, key, values), now).ok()
            }
        }
    }
}

/// The request with other values of one condition key.
pub fn with_context(request: &Request, key: &str, values: &[String]) -> Request {
    let mut request = request.clone();
    // The person's own spelling of the key goes: names compare ignoring case.
    let same = request.context.iter().map(|(known, _)| known.to_owned());
    let same: Vec<String> =
        same.filter(|known| ConditionKey::new(known) == ConditionKey::new(key)).collect();
    for known in same {
        request.context.remove(&known);
    }
    let value = match values {
        [] => ContextValue::Absent,
        [one] => ContextValue::One(one.clone()),
        many => ContextValue::Many(many.to_vec()),
    };
    request.context.set(key, value);
    request
}
