//! "Format document": a policy's text laid out with two spaces, every name, value and order kept as written.

/// Lays out a text; `None` where it is not JSON, for then nobody knows what was meant.
///
/// ```
/// use iam_scenario::assist::format;
///
/// let text = r#"{"Version":"2012-10-17","Statement":[]}"#;
/// assert_eq!(format(text).as_deref(), Some("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}"));
/// assert_eq!(format("{"), None);
/// ```
pub fn format(text: &str) -> Option<String> {
    // Raw JSON values are never taken apart: strings keep their escapes and objects their second members.
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let mut laid_out = String::with_capacity(text.len() * 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut letters =
        text.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).peekable();
    while let Some(letter) = letters.next() {
        if in_string {
            laid_out.push(letter);
            in_string = letter != '"' || escaped;
            escaped = letter == '\\' && !escaped;
            continue;
        }
        match letter {
            '"' => {
                in_string = true;
                laid_out.push('"');
            }
            ' ' => {}
            '{' | '[' => {
                laid_out.push(letter);
                while letters.next_if_eq(&' ').is_some() {}
                if let Some(closing) = letters.next_if(|next| matches!(next, '}' | ']')) {
                    laid_out.push(closing);
                } else {
                    depth += 1;
                    line(&mut laid_out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut laid_out, depth);
                laid_out.push(letter);
            }
            ',' => {
                laid_out.push(',');
                line(&mut laid_out, depth);
            }
            ':' => laid_out.push_str(": "),
            other => laid_out.push(other),
        }
    }
    Some(laid_out)
}

fn line(laid_out: &mut String, depth: usize) {
    laid_out.push('\n');
    for _ in 0..depth {
        laid_out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::format;
    use crate::PolicyText;

    #[test]
    fn the_layout_is_that_in_which_scenarios_keep_policies_as_objects() {
        let value = serde_json::json!({"A": [{"b": "c: {d, \"e\"} \\"}, [], {}, 1.50, null, [true]], "F": {"g h": "  "}});
        let text = value.to_string();
        let laid_out = format(&text).unwrap();
        assert_eq!(PolicyText::new(laid_out.as_str()), PolicyText::pretty(&value));
        assert_eq!(format(&laid_out).as_deref(), Some(laid_out.as_str()), "twice changes nothing");
    }

    #[test]
    fn nothing_that_was_written_is_lost() {
        let text = "{\"a\" : \"\\u00e9\\n\", \"a\": [ ] ,\r\n\t\"n\": 1e3 }";
        let laid_out = "{\n  \"a\": \"\\u00e9\\n\",\n  \"a\": [],\n  \"n\": 1e3\n}";
        assert_eq!(format(text).as_deref(), Some(laid_out));
    }
}
