//! Asking: a request of the document becomes a question to the evaluator, and its answer comes back with AWS's sentence.

use std::fmt;
use std::sync::Arc;

use iam_evaluator::{
    Action, ConditionKey, Evaluation, Instant, Policy, PolicyDocument, PolicyOrigin, PolicyType,
    RequestContext, RequestPrincipal, RequestResource, Tag, decide, evaluate, explanation,
};

use crate::{Compiled, ContextValue, Decision, PolicyText, Request};

/// The answer to a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The question as the evaluator understood it.
    pub request: iam_evaluator::Request,
    /// The decision with its complete trace.
    pub evaluation: Evaluation,
}

impl Answer {
    /// Returns the decision in the words of the document.
    pub fn decision(&self) -> Decision {
        self.evaluation.decision().into()
    }

    /// Asks what else AWS asks for in the same call: tags and a source identity that are passed when a session begins
    /// are actions of their own on the same role.
    ///
    /// Follows the IAM User Guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed
    /// roles".
    pub fn also_needed(&self, compiled: &Compiled) -> Vec<Answer> {
        let begins =
            ["assumerole", "assumerolewithsaml", "assumerolewithwebidentity", "getfederationtoken"];
        let action = self.request.action.folded();
        if !action.strip_prefix("sts:").is_some_and(|name| begins.contains(&name)) {
            return Vec::new();
        }
        let given = |start: &str| {
            let mut keys = self.request.context.iter();
            keys.any(|(key, values)| key.folded().starts_with(start) && !values.is_empty())
        };
        let tags =
            given("aws:requesttag/") || given("aws:tagkeys") || given("sts:transitivetagkeys");
        let needed =
            [(tags, "sts:TagSession"), (given("sts:sourceidentity"), "sts:SetSourceIdentity")];
        let actions = needed.into_iter().filter(|(needed, _)| *needed);
        let actions = actions.filter_map(|(_, action)| Action::parse(action).ok());
        let ask = |action| {
            let request = iam_evaluator::Request { action, ..self.request.clone() };
            let evaluation = evaluate(compiled.organization(), &request);
            Answer { request, evaluation }
        };
        actions.map(ask).collect()
    }

    /// Makes the sentence that AWS would answer.
    pub fn message(&self, compiled: &Compiled) -> String {
        explanation::message(compiled.organization(), &self.request, &self.evaluation)
    }
}

impl From<iam_evaluator::Decision> for Decision {
    fn from(decision: iam_evaluator::Decision) -> Decision {
        match decision {
            iam_evaluator::Decision::Allowed => Decision::Allowed,
            iam_evaluator::Decision::ExplicitDeny => Decision::ExplicitDeny,
            iam_evaluator::Decision::ImplicitDeny => Decision::ImplicitDeny,
        }
    }
}

/// Why a request cannot be asked: which member is wrong, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskError {
    /// The member of the request, such as `principal`.
    pub member: &'static str,
    /// What is wrong with it and what was expected.
    pub message: String,
}

impl fmt::Display for AskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.member, self.message)
    }
}

impl std::error::Error for AskError {}

impl Compiled {
    /// Asks a request and keeps the trace. `now` gives `aws:CurrentTime`: this crate reads no clock.
    pub fn ask(&self, request: &Request, now: Option<Instant>) -> Result<Answer, AskError> {
        let request = self.question(request, now)?;
        let evaluation = evaluate(self.organization(), &request);
        Ok(Answer { request, evaluation })
    }

    /// Asks a request for nothing but the decision: the same answer, sooner.
    pub fn decide(&self, request: &Request, now: Option<Instant>) -> Result<Decision, AskError> {
        Ok(decide(self.organization(), &self.question(request, now)?).into())
    }

    /// Reads a request and makes sure that its principal exists, where its account is listed.
    pub(crate) fn question(
        &self,
        request: &Request,
        now: Option<Instant>,
    ) -> Result<iam_evaluator::Request, AskError> {
        let question = question(request, now)?;
        let listed = question.principal.account().and_then(|id| self.organization().account(id));
        let missing = listed.and_then(|membership| {
            let account = membership.account();
            match &question.principal {
                RequestPrincipal::User(user) if account.user(&user.name).is_none() => {
                    Some(format!("the account {} has no user `{}`", account.id, user.name))
                }
                RequestPrincipal::AssumedRole { role, .. }
                    if account.role(&role.name).is_none() =>
                {
                    Some(format!("the account {} has no role `{}`", account.id, role.name))
                }
                _ => None,
            }
        });
        match missing {
            None => Ok(question),
            Some(message) => Err(AskError { member: "principal", message }),
        }
    }
}

/// Reads a request of the document as a question to the evaluator.
pub fn question(
    request: &Request,
    now: Option<Instant>,
) -> Result<iam_evaluator::Request, AskError> {
    let mut question = iam_evaluator::Request::new(
        RequestPrincipal::parse(&request.principal).map_err(|error| wrong("principal", &error))?,
        Action::parse(&request.action).map_err(|error| wrong("action", &error))?,
        RequestResource::parse(&request.resource).map_err(|error| wrong("resource", &error))?,
    );
    if let Some(account) = &request.resource_account {
        let id = account.parse().map_err(|error| wrong("resourceAccount", &error))?;
        question.resource_account = Some(id);
    }
    question.context = context(request)?;
    question.derive_context = request.derive_context;
    question.time = now;
    let session = request.session_policies.iter().enumerate();
    question.session_policies = session
        .map(|(index, text)| passed("session policy", index, text, PolicyType::Session))
        .collect();
    question.session_tags =
        request.session_tags.iter().map(|(key, value)| Tag::new(key, value)).collect();
    let one = |name, text: &Option<PolicyText>, policy_type| {
        text.as_ref().map(|text| passed(name, 0, text, policy_type))
    };
    question.vpc_endpoint_policy =
        one("VPC endpoint policy", &request.vpc_endpoint_policy, PolicyType::VpcEndpoint);
    let resource_type = match is_role(&request.resource) {
        true => PolicyType::RoleTrust,
        false => PolicyType::Resource,
    };
    question.resource_policy = one("resource policy", &request.resource_policy, resource_type);
    Ok(question)
}

fn wrong(member: &'static str, error: &dyn fmt::Display) -> AskError {
    AskError { member, message: error.to_string() }
}

/// The policy of a role is its trust policy.
pub(crate) fn is_role(resource: &str) -> bool {
    let mut parts = resource.splitn(6, ':');
    parts.nth(2) == Some("iam") && parts.nth(2).is_some_and(|it| it.starts_with("role/"))
}

fn context(request: &Request) -> Result<RequestContext, AskError> {
    let mut context = RequestContext::default();
    for (key, value) in request.context.iter() {
        let values: Vec<Box<str>> = match value {
            ContextValue::One(value) => vec![value.as_str().into()],
            ContextValue::Many(values) => values.iter().map(|it| it.as_str().into()).collect(),
            ContextValue::Absent => Vec::new(),
        };
        let key = ConditionKey::new(key);
        if context.get(&key).is_some() {
            let message = format!("the key `{key}` is there twice: keys compare ignoring case");
            return Err(AskError { member: "context", message });
        }
        context.set(key, values);
    }
    Ok(context)
}

fn passed(name: &str, index: usize, text: &PolicyText, policy_type: PolicyType) -> Arc<Policy> {
    Arc::new(Policy {
        name: name.into(),
        origin: PolicyOrigin::Request { index },
        document: Arc::new(PolicyDocument::parse(text.as_str(), policy_type)),
    })
}

#[cfg(test)]
mod tests {
    use crate::{Compiled, Document, Request};

    /// A principal may belong to an account that is not listed; in one that is, it must be there.
    #[test]
    fn a_principal_missing_from_its_account_is_named() {
        let document = r#"{ "format": 1, "accounts": [{ "id": "222222222222", "roles": [{ "name": "Ops" }] }] }"#;
        let compiled = Compiled::new(&Document::from_json(document).unwrap());
        let ask = |principal: &str| {
            let request = Request {
                principal: principal.to_owned(),
                action: "s3:GetObject".to_owned(),
                ..Request::default()
            };
            compiled
                .ask(&request, None)
                .map(|answer| answer.decision().as_str())
                .map_err(|it| it.to_string())
        };
        let missing = Err("`principal`: the account 222222222222 has no user `Eve`".to_owned());
        assert_eq!(ask("arn:aws:iam::222222222222:user/Eve"), missing);
        let missing = Err("`principal`: the account 222222222222 has no role `Eve`".to_owned());
        assert_eq!(ask("arn:aws:sts::222222222222:assumed-role/Eve/session"), missing);
        assert_eq!(ask("arn:aws:sts::222222222222:assumed-role/ops/session"), Ok("implicitDeny"));
        assert_eq!(ask("arn:aws:iam::333333333333:user/Eve"), Ok("implicitDeny"));
    }
}
