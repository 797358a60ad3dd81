//! Taking a statement out of a policy's text and putting one in, with everything else left as it was typed.

use iam_evaluator::{PolicyDocument, PolicyType};
use serde_json::Value;

/// The text without one statement; `None` where it is the only one, for a policy needs one.
pub(super) fn without(document: &PolicyDocument, statement: usize) -> Option<String> {
    let text = &*document.text;
    let span = document.statements.get(statement)?.span;
    let (before, after) = (text.get(..span.start as usize)?, text.get(span.end as usize..)?);
    let rest = after.trim_start();
    let result = match rest.strip_prefix(',') {
        Some(rest) => format!("{before}{}", rest.trim_start()),
        None => format!("{}{after}", before.trim_end().strip_suffix(',')?),
    };
    let left = document.statements.len() - 1;
    (count(&result, document.policy_type) == left && left > 0).then_some(result)
}

/// The text with one more statement behind the others.
pub(super) fn with(document: &PolicyDocument, statement: &Value) -> Option<String> {
    let text = &*document.text;
    let last = document.statements.last()?.span;
    let before = text.get(..last.start as usize)?;
    let written = text.get(last.start as usize..last.end as usize)?;
    let after = text.get(last.end as usize..)?;
    let line = before.rsplit('\n').next().unwrap_or(before);
    let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    let added = format!("{statement:#}").replace('\n', &format!("\n{indent}"));
    let is_list = after.trim_start().starts_with([']', ',']);
    let result = if is_list {
        format!("{before}{written},\n{indent}{added}{after}")
    } else {
        format!("{before}[{written}, {added}]{after}")
    };
    (count(&result, document.policy_type) == document.statements.len() + 1).then_some(result)
}

fn count(text: &str, policy_type: PolicyType) -> usize {
    PolicyDocument::parse(text, policy_type).statements.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ALLOW: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    const DENY: &str = r#"{"Effect":"Deny","Action":"ec2:*","Resource":"*"}"#;

    fn read(text: &str) -> PolicyDocument {
        PolicyDocument::parse(text, PolicyType::Identity)
    }

    #[test]
    fn a_statement_goes_with_its_comma() {
        let text = format!("{{\"Statement\": [\n  {ALLOW},\n  {DENY}\n]}}");
        assert_eq!(without(&read(&text), 0).unwrap(), format!("{{\"Statement\": [\n  {DENY}\n]}}"));
        assert_eq!(
            without(&read(&text), 1).unwrap(),
            format!("{{\"Statement\": [\n  {ALLOW}\n]}}")
        );
    }

    #[test]
    fn the_only_statement_stays() {
        assert_eq!(without(&read(&format!("{{\"Statement\":[{ALLOW}]}}")), 0), None);
        assert_eq!(without(&read(&format!("{{\"Statement\":{ALLOW}}}")), 0), None);
    }

    #[test]
    fn a_statement_is_added_in_the_layout_of_the_others() {
        let text = format!("{{\n  \"Statement\": [\n    {ALLOW}\n  ]\n}}");
        let added = with(&read(&text), &json!({ "Effect": "Deny" })).is_none();
        assert!(added, "a statement that lacks its action is no statement");
        let deny = json!({ "Effect": "Deny", "Action": "ec2:*", "Resource": "*" });
        assert_eq!(
            with(&read(&text), &deny).unwrap(),
            format!(
                "{{\n  \"Statement\": [\n    {ALLOW},\n    {{\n      \"Effect\": \"Deny\",\n      \"Action\": \"ec2:*\",\n      \"Resource\": \"*\"\n    }}\n  ]\n}}"
            )
        );
    }

    #[test]
    fn a_lone_statement_becomes_a_list() {
        let text = format!("{{\"Statement\":{ALLOW}}}");
        let deny: Value = serde_json::from_str(DENY).unwrap();
        assert_eq!(read(&with(&read(&text), &deny).unwrap()).statements.len(), 2);
    }
}
