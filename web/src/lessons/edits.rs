//! The edits of a lesson's solution, from JSON: the names are those of the APIs.

use iam_scenario::{Action, Document, Identity, PolicyPlace, PolicyText};
use serde_json::Value;

use crate::reading::text;
use crate::selection::Selection;

/// Reads the edits; one that is not understood is left out, and a test holds that there is none.
pub fn actions(document: &Document, edits: &[Value]) -> Vec<Action> {
    edits.iter().filter_map(|edit| action(document, edit)).collect()
}

fn action(document: &Document, edit: &Value) -> Option<Action> {
    let word = |name| text(edit, name).to_owned();
    Some(match text(edit, "do") {
        "attachPolicy" => Action::AttachPolicy { policy: word("policy"), target: word("target") },
        "detachPolicy" => Action::DetachPolicy { policy: word("policy"), target: word("target") },
        "moveAccount" => Action::MoveAccount { id: word("account"), parent: word("parent") },
        "rewritePolicy" => {
            let label = "Let the lesson show it".to_owned();
            let place = place(document, text(edit, "policy"))?;
            Action::RewritePolicyText { place, text: policy(edit)?, label }
        }
        "createInlinePolicy" => Action::CreateInlinePolicy {
            account: word("account"),
            identity: identity(edit)?,
            name: word("name"),
            document: policy(edit)?,
        },
        "attachManagedPolicy" => Action::AttachManagedPolicy {
            account: word("account"),
            identity: identity(edit)?,
            policy_arn: word("policyArn"),
        },
        _ => return None,
    })
}

fn identity(edit: &Value) -> Option<Identity> {
    let name = |kind| edit.get(kind).and_then(Value::as_str).map(str::to_owned);
    let role = || name("role").map(Identity::Role);
    name("user").map(Identity::User).or_else(|| name("group").map(Identity::Group)).or_else(role)
}

fn policy(edit: &Value) -> Option<PolicyText> {
    edit.get("document").map(PolicyText::pretty)
}

/// A policy by its id or ARN, the resource whose policy it is, or `ARN#NAME` for an inline policy.
fn place(document: &Document, target: &str) -> Option<PolicyPlace> {
    let (target, inline) = target.split_once('#').unwrap_or((target, ""));
    match Selection::parse(document, target)? {
        Selection::Policy { place, .. } => Some(place),
        Selection::Identity { account, identity } if !inline.is_empty() => {
            Some(PolicyPlace::Inline { account, identity, name: inline.to_owned() })
        }
        _ => None,
    }
}
