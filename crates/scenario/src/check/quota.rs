//! What no single policy shows: how many are attached, how long they are together, and ambiguous tags.
//!
//! Follows the IAM User Guide, "IAM and AWS STS quotas", and the Organizations User Guide, "Quotas and service limits".

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use iam_evaluator::{Severity, characters_without_white_space};

use super::{Problem, Subject};
use crate::built_in::RCP_FULL_AWS_ACCESS;
use crate::{Account, Document, Identity, InlinePolicy, Organization, Pairs, PolicyType, Request};

/// More than `warn` needs a raised quota, more than `refuse` is never accepted.
#[derive(Clone, Copy)]
struct Quota {
    warn: usize,
    refuse: usize,
}

static QUOTAS: LazyLock<BTreeMap<&str, Quota>> = LazyLock::new(|| {
    let lines = include_str!("../../data/attachment-quotas.txt").lines();
    let read = |line: &'static str| {
        let mut columns = line.split_whitespace();
        let name = columns.next()?;
        let (warn, refuse) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
        Some((name, Quota { warn, refuse }))
    };
    lines.filter(|line| !line.starts_with('#')).filter_map(read).collect()
});

/// Adds what is wrong with the counts and sizes of a document.
pub(super) fn check(document: &Document, problems: &mut Vec<Problem>) {
    if let Some(organization) = document.organization() {
        let units = organization.root.walk();
        for unit in units {
            target(document, organization, &unit.id, &unit.attached_policies, problems);
        }
    }
    for account in document.accounts() {
        if let (Some(organization), Some(_)) =
            (document.organization(), document.parent(&account.id))
        {
            target(document, organization, &account.id, &account.attached_policies, problems);
        }
        identities(account, problems);
        for resource in &account.resources {
            let subject =
                Subject::Resource { account: account.id.clone(), arn: resource.arn.clone() };
            ambiguous_tags(subject, &resource.tags, Severity::Warning, problems);
        }
    }
    for (index, request) in document.requests().iter().enumerate() {
        session(index, request, problems);
    }
}

/// Each target has at least one SCP, at most ten, and at most five RCPs, one of which is AWS's own.
fn target(
    document: &Document,
    organization: &Organization,
    id: &str,
    attached: &[String],
    problems: &mut Vec<Problem>,
) {
    let of_type = |wanted: PolicyType| {
        let types = attached.iter().filter(|id| *id != RCP_FULL_AWS_ACCESS);
        types.filter(|id| document.policy(id).is_some_and(|it| it.policy_type == wanted)).count()
    };
    let subject = || Subject::Target(id.to_owned());
    let scps = of_type(PolicyType::ServiceControlPolicy);
    if scps == 0 && organization.is_enabled(PolicyType::ServiceControlPolicy) {
        let message = "an organization keeps at least one SCP attached to each root, OU and account: without one \
                       nothing is allowed here";
        problems.push(problem("no-scp-attached", Severity::Error, subject(), message.to_owned()));
    }
    let what = |count: usize, name: &str| format!("{count} {name} are attached");
    limit("too-many-policies", "scps-per-target", scps, subject(), what(scps, "SCPs"), problems);
    let rcps = of_type(PolicyType::ResourceControlPolicy) + 1;
    let words = what(rcps, "RCPs, `RCPFullAWSAccess` among them,");
    limit("too-many-policies", "rcps-per-target", rcps, subject(), words, problems);
}

fn identities(account: &Account, problems: &mut Vec<Problem>) {
    let subject = |identity: Identity| Subject::Identity { account: account.id.clone(), identity };
    for user in &account.users {
        let user_subject = || subject(Identity::User(user.name.clone()));
        identity("user", user_subject, &user.attached_policies, &user.inline_policies, problems);
        let groups = user.groups.len();
        let words = format!("the user is in {groups} groups");
        limit("too-many-groups", "groups-per-user", groups, user_subject(), words, problems);
        ambiguous_tags(user_subject(), &user.tags, Severity::Error, problems);
    }
    for group in &account.groups {
        let of_group = || subject(Identity::Group(group.name.clone()));
        identity("group", of_group, &group.attached_policies, &group.inline_policies, problems);
    }
    for role in &account.roles {
        let of_role = || subject(Identity::Role(role.name.clone()));
        identity("role", of_role, &role.attached_policies, &role.inline_policies, problems);
        ambiguous_tags(of_role(), &role.tags, Severity::Error, problems);
    }
}

fn identity(
    kind: &str,
    subject: impl Fn() -> Subject,
    attached: &[String],
    inline: &[Arc<InlinePolicy>],
    problems: &mut Vec<Problem>,
) {
    let count = attached.len();
    let words = format!("{count} managed policies are attached");
    let quota = format!("managed-policies-per-{kind}");
    limit("too-many-policies", &quota, count, subject(), words, problems);
    let texts = inline.iter().map(|policy| policy.document.as_str());
    let characters = texts.map(characters_without_white_space).sum();
    let words =
        format!("the inline policies have {characters} characters together, without white space");
    let quota = format!("inline-characters-per-{kind}");
    limit("inline-policies-too-long", &quota, characters, subject(), words, problems);
}

/// Session policies share one quota, counted as they are passed.
fn session(index: usize, request: &Request, problems: &mut Vec<Problem>) {
    // A single one that is too long says so itself.
    if request.session_policies.len() < 2 {
        return;
    }
    let texts = request.session_policies.iter().map(|text| text.as_str().chars().count());
    let characters = texts.sum();
    let words = format!("the session policies have {characters} characters together");
    let subject = Subject::Request(index);
    let quota = "session-policy-characters";
    limit("session-policies-too-long", quota, characters, subject, words, problems);
}

fn limit(
    code: &'static str,
    quota: &str,
    count: usize,
    subject: Subject,
    words: String,
    problems: &mut Vec<Problem>,
) {
    let Some(Quota { warn, refuse }) = QUOTAS.get(quota).copied() else { return };
    if count <= warn {
        return;
    }
    let (severity, message) = match count > refuse {
        true => (Severity::Error, format!("{words}, and AWS accepts at most {refuse}")),
        false => (
            Severity::Warning,
            format!(
                "{words}, and AWS accepts at most {warn} unless the quota is raised up to {refuse}"
            ),
        ),
    };
    problems.push(problem(code, severity, subject, message));
}

/// Condition keys ignore the letter case of a tag's key, so two such tags are one key with two values.
fn ambiguous_tags(
    subject: Subject,
    tags: &Pairs<String>,
    severity: Severity,
    problems: &mut Vec<Problem>,
) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (key, _) in tags.iter() {
        let Some(other) = seen.insert(key.to_lowercase(), key) else { continue };
        let message = match severity {
            Severity::Error => format!(
                "the tags `{other}` and `{key}` differ in letter case only, which IAM refuses"
            ),
            Severity::Warning => format!(
                "the tags `{other}` and `{key}` differ in letter case only: a condition on either reads both, and holds \
                 only where it does for each"
            ),
        };
        problems.push(problem("ambiguous-tags", severity, subject.clone(), message));
    }
}

fn problem(code: &'static str, severity: Severity, subject: Subject, message: String) -> Problem {
    Problem { code, severity, subject, message, span: None, fix: None }
}
