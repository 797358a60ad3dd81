//! What can be repaired in a text that is not JSON.

use crate::diagnostic::{Edit, Fix, Span};

/// Takes out the commas behind the last entries, where the text is JSON without them.
pub(super) fn repair(text: &str) -> Option<Fix> {
    let edits: Vec<Edit> = trailing_commas(text)
        .into_iter()
        .map(|at| Edit { span: Span::new(at, at + 1), replacement: String::new() })
        .collect();
    let fix = Fix { title: "remove the comma behind the last entry".to_owned(), edits };
    let repaired = fix.apply(text)?;
    let is_json = repaired != text && crate::json::parse(&repaired).is_ok();
    is_json.then_some(fix)
}

/// Where a comma outside of strings is followed by a closing bracket or brace.
fn trailing_commas(text: &str) -> Vec<usize> {
    let (mut found, mut comma, mut in_string, mut escaped) = (Vec::new(), None, false, false);
    for (at, character) in text.char_indices() {
        match character {
            '"' if !escaped => {
                in_string = !in_string;
                comma = None;
            }
            _ if in_string => {}
            ',' => comma = Some(at),
            ']' | '}' => found.extend(comma.take()),
            ' ' | '\t' | '\r' | '\n' => {}
            _ => comma = None,
        }
        escaped = in_string && character == '\\' && !escaped;
    }
    found
}
