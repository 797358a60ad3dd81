//! Undo and redo: a list of documents, which share whatever an edit did not touch.

use crate::{Action, Document, Exception, apply};

/// How many edits can be undone.
const LONGEST: usize = 200;

/// A document with its past, and with the future that was undone.
///
/// Typing in one text is one edit: it is undone in one go, until something else happens or [`History::pause`] is called.
///
/// ```
/// use iam_scenario::{Action, Document, History};
///
/// let mut history = History::new(Document::default());
/// history.apply(&Action::SetTitle { title: "E".into() })?;
/// history.apply(&Action::SetTitle { title: "Example Corp".into() })?;
/// assert_eq!(history.undo_label(), Some("Change the title"));
///
/// assert!(history.undo());
/// assert_eq!(history.document().title(), "");
/// assert!(history.redo());
/// assert_eq!(history.document().title(), "Example Corp");
/// # Ok::<(), iam_scenario::Exception>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    document: Document,
    /// The newest is last; each with the document as it was before.
    past: Vec<Step>,
    /// The next to be redone is last; each with the document as it was after.
    future: Vec<Step>,
    /// What is being typed at.
    typing: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    label: String,
    /// The edit itself; where typing went on, the last of its edits.
    action: Action,
    document: Document,
}

impl History {
    /// Begins with a document that nothing has been done to.
    pub fn new(document: Document) -> History {
        History { document, ..History::default() }
    }

    /// Returns the document as it is now.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Makes an edit, or says with which exception AWS would refuse it; then nothing has changed.
    pub fn apply(&mut self, action: &Action) -> Result<(), Exception> {
        let document = apply(&self.document, action)?;
        if document == self.document {
            return Ok(());
        }
        let key = action.coalescing_key();
        let goes_on = key.is_some() && key == self.typing && !self.past.is_empty();
        if !goes_on {
            if self.past.len() >= LONGEST {
                self.past.remove(0);
            }
            self.past.push(Step {
                label: action.label(&self.document),
                action: action.clone(),
                document: self.document.clone(),
            });
        } else if let Some(step) = self.past.last_mut() {
            step.action = action.clone();
        }
        self.typing = key;
        self.future.clear();
        self.document = document;
        Ok(())
    }

    /// Ends an edit that goes on while a person types: the next key stroke begins a new one.
    pub fn pause(&mut self) {
        self.typing = None;
    }

    /// Undoes the last edit; false when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.past.pop() else { return false };
        let document = std::mem::replace(&mut self.document, step.document.clone());
        self.future.push(Step { document, ..step });
        self.typing = None;
        true
    }

    /// Makes the last undone edit again; false when there is none.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.future.pop() else { return false };
        let document = std::mem::replace(&mut self.document, step.document.clone());
        self.past.push(Step { document, ..step });
        self.typing = None;
        true
    }

    /// Lists the edits that have been made and not undone, oldest first, each with the document as it was before.
    pub fn steps(&self) -> impl Iterator<Item = (&Document, &Action)> {
        self.past.iter().map(|step| (&step.document, &step.action))
    }

    /// Says what [`History::undo`] would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// Says what [`History::redo`] would make again.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(title: &str) -> Action {
        Action::SetTitle { title: title.to_owned() }
    }

    #[test]
    fn a_refused_edit_and_one_without_effect_leave_no_trace() {
        let mut history = History::new(Document::default());
        history.apply(&title("")).unwrap();
        history.apply(&Action::DeleteOrganization).unwrap_err();
        assert_eq!(history, History::new(Document::default()));
    }

    #[test]
    fn a_new_edit_forgets_what_was_undone() {
        let mut history = History::default();
        history.apply(&title("a")).unwrap();
        history.undo();
        history.apply(&title("b")).unwrap();
        assert!(!history.redo());
        assert_eq!(history.document().title(), "b");
    }

    #[test]
    fn typing_is_one_edit_until_a_pause_or_another_edit() {
        let mut history = History::default();
        for text in ["a", "ab", "abc"] {
            history.apply(&title(text)).unwrap();
        }
        history.pause();
        history.apply(&title("abcd")).unwrap();
        assert!(history.undo());
        assert_eq!(history.document().title(), "abc");
        assert!(history.undo());
        assert_eq!(history.document().title(), "");
        assert!(!history.undo());
    }

    #[test]
    fn only_so_many_edits_are_kept() {
        let mut history = History::default();
        for number in 0..LONGEST + 10 {
            history.apply(&title(&number.to_string())).unwrap();
            history.pause();
        }
        assert_eq!(std::iter::from_fn(|| history.undo().then_some(())).count(), LONGEST);
        assert_eq!(history.document().title(), "9");
    }
}
