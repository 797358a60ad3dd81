//! A denial from the real AWS becomes a question: an error message, a CloudTrail record, or EC2's decoded message.
//!
//! What is pasted is read as far as it goes; what it does not say is left as it is in the question.

mod actions;
mod cloudtrail;
mod decoded;
#[cfg(test)]
mod tests;

use std::fmt;

use iam_evaluator::explanation::{self, Agreement, Blame, DenialMessage};
use serde_json::Value;

use crate::{Answer, Document, Request};

/// What a denial says: a question with the parts that it names, and what AWS blames.
///
/// ```
/// use iam_scenario::{Denial, Request};
///
/// let denial = Denial::read("An error occurred (AccessDenied) when calling the CreateUser operation: User: \
///     arn:aws:iam::222222222222:user/John is not authorized to perform: iam:CreateUser on resource: \
///     arn:aws:iam::222222222222:user/Eve with an explicit deny in a service control policy")?;
/// let question = denial.question(&Request::default());
/// assert_eq!(question.principal, "arn:aws:iam::222222222222:user/John");
/// assert_eq!(question.action, "iam:CreateUser");
/// assert!(denial.blame.is_some_and(|blame| blame.explicit));
/// # Ok::<(), iam_scenario::DenialError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Denial {
    /// Principal, action, resource and condition keys, as far as the denial names them; the others are empty.
    pub request: Request,
    /// What AWS blames, where it says so.
    pub blame: Option<Blame>,
    /// What the person should know about it, one sentence each.
    pub notes: Vec<String>,
}

/// Why a text could not be read as a denial, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DenialError(&'static str);

impl fmt::Display for DenialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for DenialError {}

impl Denial {
    /// Reads what a person pasted.
    pub fn read(text: &str) -> Result<Denial, DenialError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DenialError("there is nothing to read yet"));
        }
        if let Ok(value) = serde_json::from_str::<Value>(text)
            && let Some(found) = cloudtrail::read(&value).or_else(|| decoded::read(&value))
        {
            return found;
        }
        let message = explanation::read_denial(text).ok_or(DenialError(
            "no access denied message, CloudTrail record or decoded message was found in it",
        ))?;
        let denial = Denial::from_message(&message, "");
        match denial.request.action.is_empty() && denial.request.principal.is_empty() {
            true if message.encoded => Err(DenialError(
                "everything is in the encoded part: run `aws sts decode-authorization-message` and paste what it prints",
            )),
            true => Err(DenialError(
                "this message does not say who was denied what; the CloudTrail record of the call does",
            )),
            false => Ok(denial),
        }
    }

    /// A message, with the action that is known from elsewhere where it names none.
    fn from_message(message: &DenialMessage, action: &str) -> Denial {
        let mut notes = Vec::new();
        let mut named = message.action.clone();
        if named.is_empty() {
            named = match action {
                "" => actions::of_operation(&message.operation, &message.code),
                known => known.to_owned(),
            };
        }
        if message.encoded {
            notes.push("EC2 says more in its encoded part: `aws sts decode-authorization-message` opens it, and what it prints can be pasted here too.".to_owned());
        }
        let mut request = Request {
            principal: message.principal.clone(),
            action: named,
            resource: message.resource.clone(),
            ..Request::default()
        };
        if request.principal.is_empty() {
            notes.push("The message does not say who was denied.".to_owned());
        }
        if request.resource.is_empty() {
            notes.push("The message does not name the resource.".to_owned());
            request.resource.clear();
        }
        Denial { request, blame: message.blame.clone(), notes }
    }

    /// The question with what the denial says; what it does not say stays as it is.
    pub fn question(&self, now: &Request) -> Request {
        let said = &self.request;
        let or = |said: &str, now: &str| if said.is_empty() { now } else { said }.to_owned();
        let same_principal = said.principal.is_empty() || said.principal == now.principal;
        let same_action = said.action.is_empty() || said.action == now.action;
        let mut question = match same_principal && same_action {
            // The same question once more: what was set up for it stays.
            true => Request { expect: None, ..now.clone() },
            false => Request::default(),
        };
        question.name.clear();
        question.principal = or(&said.principal, &now.principal);
        question.action = or(&said.action, &now.action);
        let unnamed = if same_action { now.resource.as_str() } else { "*" };
        question.resource = or(&said.resource, unnamed);
        if said.resource_account.is_some() {
            question.resource_account.clone_from(&said.resource_account);
        }
        for (key, value) in said.context.iter() {
            question.context.set(key, value.clone());
        }
        question
    }

    /// Whether an answer agrees with what AWS said.
    pub fn agreement(&self, answer: &Answer) -> Agreement {
        explanation::agreement(self.blame.as_ref(), &answer.evaluation)
    }

    /// What the scenario lacks before it can be asked: an account, a user or a role that the denial names.
    pub fn missing(&self, document: &Document) -> Option<String> {
        let principal = self.request.principal.as_str();
        let mut parts = principal.split(':');
        let (service, account) = (parts.nth(2)?, parts.nth(1)?);
        let Some(listed) = document.account(account) else {
            return Some(format!(
                "The scenario has no account {account}: as an unknown account it has no policies of its own."
            ));
        };
        let rest = parts.next()?;
        let mut names = rest.split('/');
        let kind = names.next()?;
        let name = match (service, kind) {
            ("iam", "user" | "role") => names.next_back()?,
            ("sts", "assumed-role") => names.next()?,
            _ => return None,
        };
        let there = match kind {
            "user" => listed.user(name).is_some(),
            _ => listed.role(name).is_some(),
        };
        let kind = if kind == "user" { "user" } else { "role" };
        (!there).then(|| format!("The account {account} has no {kind} `{name}` in this scenario: create it, with its policies, to compare."))
    }
}
