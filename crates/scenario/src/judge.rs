//! Asking with parts left open: unknown condition keys, or a resource of which only the form is known.

use iam_evaluator::{
    ConditionKey, Decision as Decided, Instant, Judgement, UnknownKeys, judge, judge_resources,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{AskError, Compiled, Decision, Pairs, Request};

/// What a question leaves open.
///
/// ```
/// use iam_scenario::{Compiled, Document, Open};
///
/// let document = Document::from_json(r#"{ "format": 1, "accounts": [{ "id": "222222222222", "users": [
///     { "name": "Ana", "inlinePolicies": [{ "name": "Office", "document": { "Version": "2012-10-17", "Statement": {
///         "Effect": "Allow", "Action": "s3:*", "Resource": "*",
///         "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } } } }] }] }],
///     "requests": [{ "principal": "arn:aws:iam::222222222222:user/Ana", "action": "s3:ListAllMyBuckets" }] }"#)?;
/// let open: Open = serde_json::from_str(r#"{ "unknown": ["aws:SourceIp"] }"#)?;
/// let judged = Compiled::new(&document).judge(&document.requests()[0], &open, None)?;
/// assert_eq!(judged.certain, None);
/// assert_eq!(judged.depends_on[0].key, "aws:SourceIp");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// The condition keys that are not known: a list, or `true` for every key that the request does not mention and
    /// that does not follow from the organization. Left out: none.
    #[serde(default)]
    pub unknown: Unknown,
    /// The forms of the resource, ARN patterns such as `arn:aws:s3:::*/*`. Left out: the request's own resource.
    #[serde(default)]
    pub resources: Vec<String>,
}

impl Open {
    /// Reads what is left open from JSON that is already parsed.
    ///
    /// # Errors
    /// Where a member is not one of the two or holds something else; the error names it.
    pub fn from_value(value: Value) -> Result<Open, String> {
        let Value::Object(members) = value else {
            return Err("expected an object with the members `unknown` and `resources`".to_owned());
        };
        let mut open = Open::default();
        for (name, value) in members {
            match name.as_str() {
                "unknown" => {
                    let read = serde_json::from_value(value);
                    open.unknown = read.map_err(|error| format!("`unknown`: {error}"))?;
                }
                "resources" => {
                    let read = serde_json::from_value(value);
                    open.resources = read
                        .map_err(|_| "`resources`: expected a list of ARN patterns".to_owned())?;
                }
                other => {
                    return Err(format!(
                        "unknown member `{other}`, expected `unknown` or `resources`"
                    ));
                }
            }
        }
        Ok(open)
    }
}

/// Which condition keys are not known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected a list of condition keys, `true` or `false`")]
pub enum Unknown {
    /// All that the request does not mention, or none.
    All(bool),
    /// These.
    Keys(Vec<String>),
}

impl Default for Unknown {
    /// Returns: none.
    fn default() -> Self {
        Unknown::All(false)
    }
}

/// What a question comes to, whatever is left open.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// The decision, where only one is possible.
    pub certain: Option<Decision>,
    /// Whether the examples show every decision that is possible.
    pub exact: bool,
    /// Whether the resource decides.
    pub depends_on_resource: bool,
    /// The condition keys that decide.
    pub depends_on: Vec<DependsOn>,
    /// An example for each decision that is possible.
    pub examples: Vec<JudgedExample>,
}

/// A condition key that decides, with values that the policies tell apart; an empty list stands for the missing key.
#[derive(Debug, Clone, Serialize)]
pub struct DependsOn {
    /// The key.
    pub key: String,
    /// One example for each kind of value.
    pub values: Vec<Vec<String>>,
}

/// Values under which a decision falls.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedExample {
    /// The decision.
    pub decision: Decision,
    /// The resource, where the question left it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The condition keys that matter; an empty list stands for the missing key.
    pub context: Pairs<Vec<String>>,
}

impl Compiled {
    /// Judges a request that leaves something open: allowed or denied whatever it is, or an example of each.
    pub fn judge(
        &self,
        request: &Request,
        open: &Open,
        now: Option<Instant>,
    ) -> Result<Judged, AskError> {
        let asked = self.question(request, now)?;
        let unknown = match &open.unknown {
            Unknown::All(true) => UnknownKeys::NotMentioned,
            Unknown::All(false) => UnknownKeys::Only(Vec::new()),
            Unknown::Keys(keys) => {
                UnknownKeys::Only(keys.iter().map(|key| ConditionKey::new(key)).collect())
            }
        };
        let judgement = if open.resources.is_empty() {
            judge(self.organization(), &asked, &unknown)
        } else {
            let forms: Vec<&str> = open.resources.iter().map(String::as_str).collect();
            judge_resources(self.organization(), &asked, &forms, &unknown)
        };
        if judgement.examples.is_empty() && judgement.exact {
            let message = format!(
                "no resource has the form `{}`, expected ARN patterns such as `arn:aws:s3:::*/*`",
                open.resources.join("`, `")
            );
            return Err(AskError { member: "resources", message });
        }
        Ok(Judged::from(judgement))
    }
}

impl From<Judgement> for Judged {
    fn from(judgement: Judgement) -> Judged {
        let texts =
            |values: &[Box<str>]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
        let depends_on = judgement.depends_on.iter().map(|dependency| DependsOn {
            key: dependency.key.to_string(),
            values: dependency.choices.iter().map(|choice| texts(choice)).collect(),
        });
        let examples = judgement.examples.iter().map(|example| JudgedExample {
            decision: decided(example.decision),
            resource: example.resource.as_ref().map(ToString::to_string),
            context: example
                .context
                .iter()
                .map(|(key, values)| (key.to_string(), texts(values)))
                .collect(),
        });
        Judged {
            certain: judgement.certain().map(decided),
            exact: judgement.exact,
            depends_on_resource: judgement.depends_on_resource,
            depends_on: depends_on.collect(),
            examples: examples.collect(),
        }
    }
}

fn decided(decision: Decided) -> Decision {
    decision.into()
}
