//! What `aws sts decode-authorization-message` prints: EC2's encoded message, opened.
//!
//! Follows the AWS STS API Reference, `DecodeAuthorizationMessage`, and the IAM User Guide on what the message holds.

use iam_evaluator::explanation::Blame;
use serde_json::Value;

use super::{Denial, DenialError};
use crate::{ContextValue, Request};

/// Reads the output of the command or the message inside; `None` where the JSON is something else.
pub(super) fn read(value: &Value) -> Option<Result<Denial, DenialError>> {
    let message = match value.get("DecodedMessage").and_then(Value::as_str) {
        Some(text) => &serde_json::from_str(text).ok()?,
        None => value,
    };
    let context = message.get("context")?;
    if message.get("allowed").and_then(Value::as_bool)? {
        return Some(Err(DenialError("this message says that the call was allowed")));
    }
    let explicit = message.get("explicitDeny").and_then(Value::as_bool).unwrap_or(false);
    let text = |pointer: &str| {
        context.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let mut request = Request {
        principal: text("/principal/arn"),
        action: text("/action"),
        resource: text("/resource"),
        ..Request::default()
    };
    for item in items(context.pointer("/conditions/items")) {
        let Some(key) = item.get("key").and_then(Value::as_str) else { continue };
        let values = items(item.pointer("/values/items"));
        let values: Vec<String> = values
            .filter_map(|value| value.get("value").and_then(Value::as_str).map(str::to_owned))
            .collect();
        // These follow from the principal and the resource; the scenario derives them better.
        let derived = ["aws:Resource", "aws:Account", "aws:ARN", "aws:Type", "aws:Service"];
        match &*values {
            _ if derived.contains(&key) => {}
            [] => {}
            [one] => request.context.set(key, ContextValue::One(one.clone())),
            _ => request.context.set(key, ContextValue::Many(values)),
        }
    }
    let blame = explicit.then_some(Blame { explicit: true, gate: None, policy_arn: None });
    Some(Ok(Denial { request, blame, notes: Vec::new() }))
}

fn items(list: Option<&Value>) -> impl Iterator<Item = &Value> {
    list.and_then(Value::as_array).into_iter().flatten()
}
