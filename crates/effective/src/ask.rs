//! Asking the evaluator about one action: with a sample of what a request leaves open, or about all that it leaves open.

use std::cell::OnceCell;

use iam_evaluator::{
    Action, ConditionKey, Decision, DerivedKey, Judgement, Organization, Request, RequestResource,
    Settled, UnknownKeys, decide, judge, judge_resources,
};

use crate::universe::ACCOUNT;
use crate::{Entry, Universe};

/// An organization that is put together when it is first asked.
pub(crate) struct World<'a> {
    organization: OnceCell<Organization>,
    build: Box<dyn Fn() -> Organization + 'a>,
}

impl<'a> World<'a> {
    pub fn new(build: impl Fn() -> Organization + 'a) -> Self {
        Self { organization: OnceCell::new(), build: Box::new(build) }
    }

    pub fn get(&self) -> &Organization {
        self.organization.get_or_init(|| (self.build)())
    }
}

/// One caller in one organization.
pub(crate) struct Ask<'a> {
    pub universe: &'a Universe,
    pub world: &'a World<'a>,
    /// The caller with its session; action and resource do not count.
    pub template: &'a Request,
    pub settled: &'a Settled<'a>,
    /// The caller's account.
    pub account: &'a str,
}

/// What a request may bring along: a resource and values of condition keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sample {
    /// With `ACCOUNT` for the caller's account; `None`: no resource.
    pub resource: Option<String>,
    pub context: Vec<(ConditionKey, Vec<Box<str>>)>,
}

impl Ask<'_> {
    pub fn decide(&self, action: &Action, sample: &Sample) -> Option<Decision> {
        let request = with_sample(self.template, action, sample, self.account)?;
        Some(decide(self.world.get(), &request))
    }

    pub fn judge(&self, entry: &Entry) -> Judgement {
        judge_entry(self.world.get(), self.template, entry, self.account)
    }
}

/// The caller's request for an action with a sample.
pub(crate) fn with_sample(
    template: &Request,
    action: &Action,
    sample: &Sample,
    account: &str,
) -> Option<Request> {
    let resource = match &sample.resource {
        None => RequestResource::None,
        Some(text) => RequestResource::parse(&text.replace(ACCOUNT, account)).ok()?,
    };
    let region_follows =
        action.kind().is_global() || resource.arn().is_some_and(|arn| !arn.region.is_empty());
    let mut request = Request { action: action.clone(), resource, ..template.clone() };
    for (key, values) in &sample.context {
        let follows = region_follows && key.derived() == Some(DerivedKey::RequestedRegion);
        if follows || template.context.get(key).is_some() {
            continue;
        }
        request.context.set(key.clone(), values.clone());
    }
    Some(request)
}

/// Judges one action: every resource of its forms, every condition key that the request does not mention.
pub(crate) fn judge_entry(
    organization: &Organization,
    template: &Request,
    entry: &Entry,
    account: &str,
) -> Judgement {
    let request = Request {
        action: entry.action.clone(),
        resource: RequestResource::None,
        ..template.clone()
    };
    if entry.forms.is_empty() {
        return judge(organization, &request, &UnknownKeys::NotMentioned);
    }
    let forms: Vec<String> =
        entry.forms.iter().map(|form| form.replace(ACCOUNT, account)).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    judge_resources(organization, &request, &forms, &UnknownKeys::NotMentioned)
}
