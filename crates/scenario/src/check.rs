//! Checking a scenario: everything that AWS would refuse in it, and what it accepts and people regret.
//!
//! First each policy by the rules of its type, then what no single policy shows: how many are attached, how long the
//! inline policies of one identity are together, tags whose keys differ in letter case only. The quotas are dated data.

mod quota;

use std::sync::Arc;

use iam_catalog::Catalog;
use iam_evaluator::{Diagnostic, Severity, Span};
use serde::Serialize;

use crate::{Compiled, Document, Identity, PolicyPlace, vocabulary};

/// One thing that is wrong with a scenario.
///
/// ```
/// use iam_scenario::{Compiled, Document};
///
/// let document = Document::from_json(r#"{ "format": 1, "organization": {
///     "policies": [{ "id": "p-denyec2dev", "name": "DenyEc2", "document": {
///         "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "ec2:*" } } }] } }"#)?;
/// let problems = Compiled::new(&document).check(None);
/// assert_eq!((problems[0].code, problems[0].subject.words(&document)), ("missing-element", "the SCP DenyEc2".into()));
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem it is, the same for ever: `too-many-policies`.
    pub code: &'static str,
    /// `Error` where AWS refuses it, `Warning` where AWS accepts it and people regret it.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// One sentence.
    pub message: String,
    /// Where in the text of a policy; none where it is about something else.
    pub span: Option<Span>,
    /// What would mend it, where a text can be mended.
    pub fix: Option<String>,
}

/// What a problem is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A policy, by its place.
    Policy(PolicyPlace),
    /// The root, an OU or an account, by its id.
    Target(String),
    /// A user, group or role.
    Identity {
        /// The id of its account.
        account: String,
        /// Which one.
        identity: Identity,
    },
    /// A resource.
    Resource {
        /// The id of the account that lists it.
        account: String,
        /// Its ARN.
        arn: String,
    },
    /// A request, by its place among the document's requests.
    Request(usize),
}

impl Subject {
    /// Returns what it is called in a sentence: "the SCP DenyEc2", "the user John of 222222222222".
    pub fn words(&self, document: &Document) -> String {
        match self {
            Subject::Policy(place) => policy_words(document, place),
            Subject::Target(id) => match document.organizational_unit(id) {
                Some(unit) if id.starts_with("r-") => format!("the root {}", unit.name),
                Some(unit) => format!("the OU {}", unit.name),
                None => format!("the account {id}"),
            },
            Subject::Identity { account, identity } => {
                format!("the {} {} of {account}", identity.kind(), identity.name())
            }
            Subject::Resource { arn, .. } => format!("the resource {arn}"),
            Subject::Request(index) => request_words(document, *index),
        }
    }
}

fn policy_words(document: &Document, place: &PolicyPlace) -> String {
    match place {
        PolicyPlace::Organization { policy } => match document.policy(policy) {
            Some(found) => format!("the {} {}", found.policy_type.abbreviation(), found.name),
            None => format!("the policy {policy}"),
        },
        PolicyPlace::Managed { arn } => format!("the managed policy {arn}"),
        PolicyPlace::Inline { account, identity, name } => {
            let (kind, holder) = (identity.kind(), identity.name());
            format!("the inline policy {name} of the {kind} {holder} of {account}")
        }
        PolicyPlace::Trust { account, role } => {
            format!("the trust policy of the role {role} of {account}")
        }
        PolicyPlace::Resource { arn, .. } => format!("the policy of the resource {arn}"),
        PolicyPlace::Session { request, index } => {
            let request = request_words(document, *request);
            format!("the session policy {} of {request}", index + 1)
        }
        PolicyPlace::VpcEndpoint { request } => {
            format!("the VPC endpoint policy of {}", request_words(document, *request))
        }
        PolicyPlace::RequestResource { request } => {
            format!("the resource policy of {}", request_words(document, *request))
        }
    }
}

fn request_words(document: &Document, index: usize) -> String {
    match document.requests().get(index).map(|it| it.label()).filter(|it| !it.is_empty()) {
        Some(label) => format!("the request `{label}`"),
        None => format!("the request {}", index + 1),
    }
}

impl Compiled {
    /// Checks the whole document, the organization first, then account by account, then the requests. With AWS's
    /// catalogue names are checked too.
    pub fn check(&self, catalog: Option<&Catalog>) -> Vec<Problem> {
        let mut problems = Vec::new();
        for place in places(self.document()) {
            let Some(policy) = self.policy(&place) else { continue };
            let known = policy.diagnostics.iter().cloned();
            let names = catalog.map(|catalog| vocabulary::check(catalog, &policy));
            let all = known.chain(names.into_iter().flatten());
            problems.extend(all.map(|it| of_policy(&place, it)));
        }
        quota::check(self.document(), &mut problems);
        problems
    }
}

fn of_policy(place: &PolicyPlace, diagnostic: Diagnostic) -> Problem {
    Problem {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity(),
        subject: Subject::Policy(place.clone()),
        span: Some(diagnostic.span),
        fix: diagnostic.fix.map(|fix| fix.title),
        message: diagnostic.message,
    }
}

/// Where every policy that a person wrote stands.
fn places(document: &Document) -> Vec<PolicyPlace> {
    let mut places = Vec::new();
    if let Some(organization) = document.organization() {
        let own = organization.policies.iter();
        places.extend(own.map(|it| PolicyPlace::Organization { policy: it.id.clone() }));
    }
    for account in document.accounts() {
        places.extend(of_account(account));
    }
    for (request, asked) in document.requests().iter().enumerate() {
        let session = 0..asked.session_policies.len();
        places.extend(session.map(|index| PolicyPlace::Session { request, index }));
        if asked.vpc_endpoint_policy.is_some() {
            places.push(PolicyPlace::VpcEndpoint { request });
        }
        if asked.resource_policy.is_some() {
            places.push(PolicyPlace::RequestResource { request });
        }
    }
    places
}

fn of_account(account: &Arc<crate::Account>) -> Vec<PolicyPlace> {
    let id = &account.id;
    let managed = account.managed_policies.iter();
    let mut places: Vec<PolicyPlace> = managed
        .map(|it| PolicyPlace::Managed {
            arn: crate::names::iam_arn(id, "policy", &it.path, &it.name),
        })
        .collect();
    let mut inline = |identity: Identity, policies: &[Arc<crate::InlinePolicy>]| {
        places.extend(policies.iter().map(|it| PolicyPlace::Inline {
            account: id.clone(),
            identity: identity.clone(),
            name: it.name.clone(),
        }));
    };
    for user in &account.users {
        inline(Identity::User(user.name.clone()), &user.inline_policies);
    }
    for group in &account.groups {
        inline(Identity::Group(group.name.clone()), &group.inline_policies);
    }
    for role in &account.roles {
        inline(Identity::Role(role.name.clone()), &role.inline_policies);
    }
    let roles = account.roles.iter().filter(|role| !role.trust_policy.is_empty());
    places
        .extend(roles.map(|it| PolicyPlace::Trust { account: id.clone(), role: it.name.clone() }));
    let resources = account.resources.iter();
    let resources = resources.filter(|it| it.policy.as_ref().is_some_and(|it| !it.is_empty()));
    places.extend(
        resources.map(|it| PolicyPlace::Resource { account: id.clone(), arn: it.arn.clone() }),
    );
    places
}

/// A problem in words, for the command line and JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemReport {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What kind of problem it is, the same for ever.
    pub code: &'static str,
    /// What it is about, in words.
    pub subject: String,
    /// One sentence.
    pub message: String,
    /// The text that is pointed at, its beginning where it is long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What would mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
}

impl ProblemReport {
    /// Puts a problem into words.
    pub fn new(document: &Document, problem: &Problem) -> ProblemReport {
        let text = match &problem.subject {
            Subject::Policy(place) => document.policy_text(place),
            _ => None,
        };
        let at = text.zip(problem.span).and_then(|(text, span)| span.of(text.as_str()));
        ProblemReport {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.code,
            subject: problem.subject.words(document),
            message: problem.message.clone(),
            at: at.filter(|it| !it.is_empty()).map(excerpt),
            fix: problem.fix.clone(),
        }
    }
}

/// As much of a text as fits into a line.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
