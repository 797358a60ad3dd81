//! Who can do one thing: every user and role of the organization, asked one question.

use iam_evaluator::{
    Decision, Judgement, Organization, Request, RequestPrincipal, RequestResource, UnknownKeys,
    decide, judge,
};

use crate::ask::{World, judge_entry};
use crate::{Entry, world};

/// Asks every user and role the same request, each under its own name. Lazily: a page takes as many as it has time for.
///
/// ```
/// use iam_effective::who_can;
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource};
/// let organization = Organization::standalone().build();
/// let anybody = RequestPrincipal::Anonymous;
/// let bucket = RequestResource::parse("arn:aws:s3:::data")?;
/// let question = Request::new(anybody, Action::parse("s3:ListBucket")?, bucket);
/// assert_eq!(who_can(&organization, &question).count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn who_can<'a>(
    organization: &'a Organization,
    question: &Request,
) -> impl Iterator<Item = (&'a str, Decision)> {
    let mut asked = question.clone();
    principals(organization).map(move |(arn, principal)| {
        asked.principal = principal;
        (arn, decide(organization, &asked))
    })
}

/// The same where condition keys are not known: what it comes to whatever they are.
pub fn who_might<'a>(
    organization: &'a Organization,
    question: &Request,
    unknown: UnknownKeys,
) -> impl Iterator<Item = (&'a str, Judgement)> {
    let mut asked = question.clone();
    principals(organization).map(move |(arn, principal)| {
        asked.principal = principal;
        (arn, judge(organization, &asked, &unknown))
    })
}

fn principals(organization: &Organization) -> impl Iterator<Item = (&str, RequestPrincipal)> {
    let arns = organization.accounts().flat_map(|membership| {
        let account = membership.account();
        let users = account.users.iter().map(|user| &*user.arn);
        users.chain(account.roles.iter().map(|role| &*role.arn))
    });
    arns.filter_map(|arn| Some((arn, RequestPrincipal::parse(arn).ok()?)))
}

/// Why a cell is as it is: what the action depends on, with an example of each decision that is possible. It is about
/// the resources of the caller's own account. `None` where that is not in view.
///
/// Any example can be asked as a request, see [`example_request`], whose trace names the policies and levels.
#[must_use]
pub fn why(organization: &Organization, caller: &Request, entry: &Entry) -> Option<Judgement> {
    let membership = organization.account(caller.principal.account()?)?;
    let world = World::new(|| {
        let account = std::sync::Arc::clone(membership.shared_account());
        world::around(organization, membership, account, &world::AsItIs(organization, membership))
    });
    Some(judge_entry(world.get(), caller, entry, membership.account().id.as_str()))
}

/// An example of a judgement as a request of the caller.
#[must_use]
pub fn example_request(
    caller: &Request,
    entry: &Entry,
    example: &iam_evaluator::Example,
) -> Request {
    let resource = example.resource.as_deref().map(RequestResource::parse);
    let resource = resource.and_then(Result::ok).unwrap_or(RequestResource::None);
    let mut request = Request { action: entry.action.clone(), resource, ..caller.clone() };
    for (key, values) in &example.context {
        request.context.set(key.clone(), values.clone());
    }
    request
}
