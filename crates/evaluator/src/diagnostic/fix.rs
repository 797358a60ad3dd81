//! Repairs that a page can apply to a policy's text.

use super::Span;
use crate::few::sort_few_by_key;

/// A repair of what a [`Diagnostic`](super::Diagnostic) names.
///
/// Applied to the text it was made for, it makes the diagnostic disappear and leaves JSON behind.
///
/// ```
/// use iam_evaluator::{PolicyDocument, PolicyType};
/// let text = r#"{"Version":"2012-10-17","Statement":{"effect":"Deny","Action":"*","Resource":"*"}}"#;
/// let policy = PolicyDocument::parse(text, PolicyType::ServiceControlPolicy);
/// let fix = policy.diagnostics.iter().find_map(|it| it.fix.as_ref()).unwrap();
/// assert_eq!(fix.title, "write `Effect`");
/// assert_eq!(fix.apply(text), Some(text.replace("effect", "Effect")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the person chooses: "write `Effect`".
    pub title: String,
    /// The changes, which do not overlap.
    pub edits: Vec<Edit>,
}

/// One change to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is taken out; empty where something is only put in.
    pub span: Span,
    /// What is put in.
    pub replacement: String,
}

impl Fix {
    /// A repair with one change.
    #[must_use]
    pub fn replace(title: String, span: Span, replacement: impl Into<String>) -> Self {
        Self { title, edits: vec![Edit { span, replacement: replacement.into() }] }
    }

    /// The text with the changes made, or `None` where they do not fit it.
    #[must_use]
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut edits: Vec<&Edit> = self.edits.iter().collect();
        sort_few_by_key(&mut edits, |edit| edit.span);
        let mut changed = String::with_capacity(text.len());
        let mut done = 0;
        for Edit { span, replacement } in edits {
            changed.push_str(text.get(done..span.start as usize)?);
            changed.push_str(replacement);
            done = span.end as usize;
        }
        changed.push_str(text.get(done..)?);
        Some(changed)
    }
}
