//! What is open follows an edit that gives it another name.

use std::sync::Arc;

use iam_scenario::{Action, Document, PolicyPlace};

use crate::question::Question;
use crate::selection::Selection;

/// The same thing under the name that it has after the edit.
pub(super) fn selection(selection: &Selection, action: &Action) -> Selection {
    match (selection, action) {
        (
            Selection::Identity { account, identity },
            Action::RenameIdentity { account: of, identity: renamed, name },
        ) if account == of && identity == renamed => {
            Selection::Identity { account: account.clone(), identity: identity.renamed(name) }
        }
        (Selection::Policy { place, statement }, action) => {
            Selection::Policy { place: policy_place(place, action), statement: *statement }
        }
        _ => selection.clone(),
    }
}

fn policy_place(place: &PolicyPlace, action: &Action) -> PolicyPlace {
    match (place, action) {
        (
            PolicyPlace::Inline { account, identity, name },
            Action::RenameInlinePolicy { account: of, identity: in_it, name: old, new_name },
        ) if account == of && identity == in_it && name == old => PolicyPlace::Inline {
            account: account.clone(),
            identity: identity.clone(),
            name: new_name.clone(),
        },
        (PolicyPlace::Managed { arn }, Action::RenameManagedPolicy { arn: old, name })
            if arn == old =>
        {
            let path = arn.rsplit_once('/').map_or("", |(path, _)| path);
            PolicyPlace::Managed { arn: format!("{path}/{name}") }
        }
        (
            PolicyPlace::Resource { account, arn },
            Action::UpdateResource { account: of, arn: old, resource },
        ) if account == of && arn == old => {
            PolicyPlace::Resource { account: account.clone(), arn: resource.arn.clone() }
        }
        _ => place.clone(),
    }
}

/// The question after an edit: another scenario brings its own, a renamed principal keeps being asked about.
pub(super) fn question(
    question: &Question,
    action: &Action,
    before: &Document,
    after: &Document,
) -> Question {
    match action {
        Action::ReplaceDocument { .. } => Question::first(after),
        Action::RemoveRequest { .. }
        | Action::MoveRequest { .. }
        | Action::DuplicateRequest { .. } => {
            Question { request: question.request.clone(), index: place(question.index, action) }
        }
        _ => unchanged(question, before, after),
    }
}

/// A question that is asked as the document has it stays so.
pub(super) fn unchanged(question: &Question, before: &Document, after: &Document) -> Question {
    let of = |document| question.index.and_then(|index| Question::of(document, index));
    match (of(before), of(after)) {
        (Some(before), Some(after)) if before == *question => after,
        _ => question.clone(),
    }
}

/// Where a request stands after the list was changed; nowhere where it was removed.
fn place(index: Option<usize>, action: &Action) -> Option<usize> {
    let index = index?;
    match *action {
        Action::RemoveRequest { index: gone } if gone == index => None,
        Action::RemoveRequest { index: gone } if gone < index => Some(index - 1),
        Action::DuplicateRequest { index: copied } if copied < index => Some(index + 1),
        Action::MoveRequest { from, to } if from == index => Some(to),
        Action::MoveRequest { from, to } => {
            let without = if from < index { index - 1 } else { index };
            Some(if to <= without { without + 1 } else { without })
        }
        _ => Some(index),
    }
}

/// Whether a document is another scenario rather than a later state of the same: it has another title, and shares no
/// account.
pub fn is_another(before: &Document, after: &Document) -> bool {
    let mut kept = before.accounts().iter();
    before.title() != after.title()
        && !kept.any(|account| after.accounts().iter().any(|it| Arc::ptr_eq(it, account)))
}
