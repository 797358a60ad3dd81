//! Policy variables: `${key}`, where they stand and what becomes of them.
//!
//! Follows the IAM User Guide, "IAM policy elements: Variables and tags".

use std::ops::Range;

use super::keys::global_key;
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Span};
use crate::pattern::{Pattern, Syntax};
use crate::policy::parse::Reader;

/// Where a text with variables stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) enum Place {
    /// Replaced in the sixth part of an ARN only.
    Resource,
    /// Replaced.
    ConditionValue,
    /// Not replaced.
    Principal,
    /// Not replaced.
    ConditionKey,
}

/// What looks like a variable, by its place in the text.
struct Written<'a> {
    range: Range<usize>,
    text: &'a str,
    is_closed: bool,
}

impl Reader<'_> {
    /// Judges the variables of a string that stands at `span`, quotes included.
    pub(in crate::policy) fn check_variables(&mut self, text: &str, span: Span, place: Place) {
        if !text.contains("${") {
            return;
        }
        // The place of the sixth part; a short ARN is filled up, so none of it is the sixth.
        let sixth = || text.match_indices(':').nth(4).map_or(text.len(), |(at, _)| at + 1);
        let replaced_from = match place {
            Place::Resource => sixth(),
            Place::ConditionValue => 0,
            Place::Principal | Place::ConditionKey => text.len(),
        };
        for written in written(text) {
            let at = self.within(text, span, &written.range);
            let is_replaced = written.range.start >= replaced_from;
            self.check_variable(&written, at, is_replaced);
        }
    }

    fn check_variable(&mut self, written: &Written<'_>, span: Span, is_replaced: bool) {
        let text = written.text;
        if !is_replaced {
            let message =
                format!("`{text}` is plain text here, where no policy variables are replaced");
            self.report(Code::VariableNotReplaced, span, message);
            return;
        }
        let key = key_of(text);
        let is_literal = matches!(text, "${*}" | "${?}" | "${$}");
        if !self.variables {
            if key.is_some() || is_literal {
                let message =
                    format!("`{text}` is plain text, for variables need `Version` `2012-10-17`");
                let diagnostic = Diagnostic::new(Code::VariableInOldVersion, span, message);
                self.push(diagnostic.with_fix(self.newer_version.clone()));
            }
            return;
        }
        let message = match key {
            _ if is_literal => return,
            Some(key) => {
                if global_key(&key).is_some_and(|key| key.multivalued) {
                    let message = format!(
                        "`{text}` is never replaced, for `{key}` can have several values, expected a key with one value"
                    );
                    self.report(Code::MultivaluedVariable, span, message);
                }
                return;
            }
            None if !written.is_closed => {
                format!("`{text}` is not closed, expected `}}` behind the key of a policy variable")
            }
            None if text == "${}" => {
                "`${}` is empty, expected a key such as `${aws:username}`".to_owned()
            }
            None => format!(
                "`{text}` is not a policy variable, expected `${{key}}` or `${{key, 'default'}}`"
            ),
        };
        self.report(Code::InvalidVariable, span, message);
    }

    /// The place of a part of a string, or of all of it where escapes make it longer than what it says.
    fn within(&self, text: &str, span: Span, range: &Range<usize>) -> Span {
        let start = span.start as usize + 1;
        let inside = Span::new(start + range.start, start + range.end);
        if inside.of(self.text) == text.get(range.clone()) { inside } else { span }
    }
}

/// The key of a well-formed variable.
fn key_of(text: &str) -> Option<String> {
    let mut broken = false;
    let syntax = Syntax { wildcards: false, variables: true };
    let pattern = Pattern::parse(text, syntax, &mut |_| broken = true);
    let variable = pattern.variables().next().filter(|_| !broken)?;
    Some(variable.key.as_str().to_owned())
}

fn written(text: &str) -> Vec<Written<'_>> {
    let (mut found, mut start) = (Vec::new(), 0);
    while let Some(at) = text.get(start..).and_then(|rest| rest.find("${")) {
        let begin = start + at;
        let rest = text.get(begin..).unwrap_or_default();
        let (end, is_closed) = match rest.find('}') {
            Some(close) => (begin + close + 1, true),
            None => (text.len(), false),
        };
        let text = text.get(begin..end).unwrap_or_default();
        found.push(Written { range: begin..end, text, is_closed });
        start = end;
    }
    found
}
