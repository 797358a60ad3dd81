//! Questions whose resource is not known: every resource of a form, such as all objects of all buckets.

use std::sync::Arc;

use super::automaton::{Step, tell_apart};
use super::choices::ignoring_case;
use super::{Dependency, Judgement, UnknownKeys, judge};
use crate::arn::AccountId;
use crate::condition::{ConditionClause, ConditionKey, DerivedKey, Test, TypedValue};
use crate::evaluate::names_caller;
use crate::facts::Facts;
use crate::few::sort_few;
use crate::organization::Organization;
use crate::policy::{Policy, Statement};
use crate::request::{Request, RequestResource};
use crate::resource::{ResourcePattern, ShortArn};

/// Judges a request whose resource is only known by its form: ARN patterns such as `arn:aws:s3:::*/*`, as the service
/// authorization reference gives them. The request's own resource does not count.
///
/// Every resource of the form behaves like one of those that are tried: one for each combination of resource patterns
/// in the policies that could take part, and for each listed resource of the form.
///
/// ```
/// # use std::sync::Arc;
/// use iam_evaluator::*;
/// # let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
/// #     "Resource": "arn:aws:s3:::public/*"}}"#;
/// # let arn = "arn:aws:iam::111122223333:user/Ana";
/// # let policy = Arc::new(Policy { name: "Public".into(), origin: PolicyOrigin::Inline { identity: arn.into() },
/// #     document: Arc::new(PolicyDocument::parse(text, PolicyType::Identity)) });
/// # let mut account = Account::new("111122223333".parse()?, "data");
/// # account.users.push(User { name: "Ana".into(), arn: arn.into(), policies: vec![policy],
/// #     permissions_boundary: None, tags: vec![] });
/// # let mut builder = Organization::standalone();
/// # builder.account(None, Arc::new(account), TargetPolicies::default())?;
/// # let organization = builder.build();
/// // Ana may read the objects of the bucket `public`. Which objects may she read?
/// let request = Request::new(RequestPrincipal::parse(arn)?, Action::parse("s3:GetObject")?, RequestResource::None);
/// let judgement = judge_resources(&organization, &request, &["arn:aws:s3:::*/*"], &UnknownKeys::Only(vec![]));
/// assert!(judgement.depends_on_resource);
/// let allowed = judgement.example(Decision::Allowed).unwrap();
/// assert!(allowed.resource.as_ref().unwrap().starts_with("arn:aws:s3:::public/"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn judge_resources(
    organization: &Organization,
    request: &Request,
    forms: &[&str],
    unknown: &UnknownKeys,
) -> Judgement {
    let facts = Facts::gather(organization, request);
    let (written, tied) = written_patterns(&facts);
    let mut all = Judgement { exact: !tied, ..Judgement::default() };
    let mut outcomes: Vec<Vec<crate::Decision>> = Vec::new();
    for form in forms {
        let form = pattern(form);
        let Some(mut domain) = form.steps(&facts).map(field_by_field) else { continue };
        // No ARN ends with its fifth colon.
        if let [.., Step::Exactly(':'), Step::Run] = &*domain {
            domain.push(Step::One);
        }
        let patterns: Vec<_> =
            written.iter().cloned().chain(listed_patterns(&form, &facts)).collect();
        let examples = tell_apart(&patterns, Some(&domain));
        all.exact &= examples.complete;
        for text in examples.texts {
            // The form also fits texts that are no ARN, such as one without a resource part: nobody can ask for them.
            let Ok(resource) = RequestResource::parse(&text) else { continue };
            // Nor can they for one of an account that cannot be, in whose place another might.
            let account = resource.arn().map_or("", |arn| arn.account);
            if !matches!(account, "" | "aws") && account.parse::<AccountId>().is_err() {
                all.exact = false;
                continue;
            }
            let judgement = judge(organization, &Request { resource, ..request.clone() }, unknown);
            outcomes.push(judgement.examples.iter().map(|example| example.decision).collect());
            merge(&mut all, judgement, &text);
        }
    }
    outcomes.dedup();
    all.depends_on_resource = outcomes.len() > 1;
    all
}

fn merge(all: &mut Judgement, one: Judgement, resource: &str) {
    all.exact &= one.exact;
    for mut example in one.examples {
        if all.example(example.decision).is_none() {
            example.resource = Some(resource.into());
            all.examples.push(example);
        }
    }
    for dependency in one.depends_on {
        match all.depends_on.iter_mut().find(|known| known.key == dependency.key) {
            Some(known) => add_choices(known, dependency),
            None => all.depends_on.push(dependency),
        }
    }
}

fn add_choices(known: &mut Dependency, other: Dependency) {
    for choice in other.choices {
        if !known.choices.contains(&choice) {
            known.choices.push(choice);
        }
    }
}

fn pattern(text: &str) -> ResourcePattern {
    ResourcePattern::parse(text, false, ShortArn::Fill, &mut |_| ()).0
}

/// Every pattern by which policies tell resources apart for this caller; whether one of them hangs on what follows from
/// the resource itself.
fn written_patterns(facts: &Facts<'_>) -> (Vec<Vec<Step>>, bool) {
    let mut patterns = Vec::new();
    let mut tied = false;
    let takes_part = |statement: &&Statement| {
        let names = |element| names_caller(facts, element, statement.effect).is_some();
        statement.action.covers(&facts.request.action)
            && statement.principal.as_ref().is_none_or(names)
    };
    let statements = policies(facts).flat_map(|policy| &policy.document.statements);
    for statement in statements.filter(takes_part) {
        for pattern in statement.resource.iter().flat_map(|element| &element.patterns) {
            tied |= pattern.value.variables().any(|variable| follows_from_resource(&variable.key));
            // Without a value for its variable it means nothing; where the variable is unknown, each judgement says so.
            patterns.extend(pattern.value.steps(facts));
        }
        let values = statement.conditions.iter().flat_map(|clause| &clause.values);
        tied |= values
            .flat_map(|value| value.typed.variables())
            .any(|variable| follows_from_resource(&variable.key));
        for clause in &statement.conditions {
            patterns.extend(match clause.key.derived() {
                Some(DerivedKey::RequestedRegion) => part_patterns(clause, facts, 3),
                Some(DerivedKey::ResourceAccount) => part_patterns(clause, facts, 4),
                _ => Vec::new(),
            });
        }
    }
    sort_few(&mut patterns);
    patterns.dedup();
    (patterns, tied)
}

/// Keys whose values change with the resource: a policy variable of such a key ties its pattern to the resource.
fn follows_from_resource(key: &ConditionKey) -> bool {
    matches!(
        key.derived(),
        Some(
            DerivedKey::RequestedRegion
                | DerivedKey::ResourceAccount
                | DerivedKey::ResourceOrgId
                | DerivedKey::ResourceOrgPaths
                | DerivedKey::ResourceTag
                | DerivedKey::S3BucketTag
                | DerivedKey::S3ExistingObjectTag
        )
    )
}

/// A wildcard that stays within its field of an ARN.
fn within_field(step: Step) -> Step {
    match step {
        Step::Run => Step::RunInField,
        Step::One => Step::OneInField,
        other => other,
    }
}

/// A form means its fields one by one: only the last of the six may hold further colons.
fn field_by_field(form: Vec<Step>) -> Vec<Step> {
    let mut colons = form.iter().enumerate().filter(|(_, step)| **step == Step::Exactly(':'));
    let Some((fifth, _)) = colons.nth(4) else { return form };
    let narrowed = |(at, step)| if at < fifth { within_field(step) } else { step };
    form.into_iter().enumerate().map(narrowed).collect()
}

/// A resource's region is the region of its requests, and its account owns it, so a condition on these tells resources
/// apart by a part of their ARN.
fn part_patterns(clause: &ConditionClause, facts: &Facts<'_>, part: usize) -> Vec<Vec<Step>> {
    let around = |wanted: Vec<Step>| {
        let other = [Step::RunInField, Step::Exactly(':')];
        let before = std::iter::repeat_n(other, part).flatten();
        before.chain(wanted).chain([Step::Exactly(':'), Step::Run]).collect()
    };
    let texts = clause.values.iter().filter_map(|value| match &value.typed {
        TypedValue::Text(pattern) => pattern.steps(false, facts),
        _ => None,
    });
    let wanted = texts.map(|steps| steps.into_iter().map(within_field));
    // Without this part the key is missing, which a condition tells apart as well.
    let wanted = wanted.map(|steps| match clause.operator.test {
        Test::StringEqualsIgnoreCase => ignoring_case(steps.collect()),
        _ => steps.collect(),
    });
    wanted.chain([Vec::new()]).map(around).collect()
}

/// The patterns by which the organization itself tells resources of this form apart: each listed resource with what
/// lies in it, each account, and for `sts` each role.
fn listed_patterns(form: &ResourcePattern, facts: &Facts<'_>) -> Vec<Vec<Step>> {
    let of_form = |arn: &str| form.matches(arn, facts);
    // Roles have a trust policy in place of a resource's, service-linked ones no RCP; keys need their own policy's word;
    // access does not cross partitions.
    let mut texts: Vec<String> =
        ["arn:*:iam:*:*:role/*", "arn:*:iam:*:*:role/aws-service-role/*", "arn:*:kms:*:*:key/*"]
            .map(str::to_owned)
            .into();
    texts.extend(facts.partition().map(|partition| format!("arn:{partition}:*:*:*:*")));
    texts.retain(|text| could_meet(form, text));
    for membership in facts.organization.accounts() {
        let account = membership.account();
        for resource in &account.resources {
            let inside = [
                resource.arn.to_string(),
                format!("{}/*", resource.arn),
                format!("{}:*", resource.arn),
            ];
            if inside.iter().any(|arn| of_form(arn)) {
                texts.extend(inside);
            }
        }
        if facts.request.action.prefix() == "sts" {
            texts.extend(
                account.roles.iter().map(|role| role.arn.to_string()).filter(|arn| of_form(arn)),
            );
        }
    }
    let fits = |id: &AccountId| {
        let field = form.as_str().split(':').nth(4);
        field.is_none_or(|field| field.contains(['*', '?']) || field == id.as_str())
    };
    let accounts = facts.organization.accounts().map(|membership| membership.account().id);
    // The caller's own account need not be in view, and any other stands for all that are not.
    let accounts = accounts.chain(facts.request.principal.account()).chain(unlisted(facts));
    texts.extend(accounts.filter(fits).map(|id| format!("arn:*:*:*:{id}:*")));
    texts.iter().filter_map(|text| pattern(text).steps(facts)).collect()
}

/// An account that is not in view.
fn unlisted(facts: &Facts<'_>) -> Option<AccountId> {
    let free = |id: &AccountId| {
        facts.organization.account(*id).is_none() && facts.request.principal.account() != Some(*id)
    };
    let ids = (0..).map(|number: u64| format!("{:012}", 999_999_999_999 - number));
    let ids = ids.take(10_000).filter_map(|id| id.parse().ok());
    ids.into_iter().find(free)
}

/// Whether a text of the form could match the pattern, as far as its service says: a pattern that none can match would
/// cost the search and tell nothing apart.
fn could_meet(form: &ResourcePattern, pattern: &str) -> bool {
    let service = |text: &str| text.split(':').nth(2).unwrap_or("*").to_owned();
    let (wanted, of_form) = (service(pattern), service(form.as_str()));
    wanted == "*" || wanted == of_form || of_form.contains(['*', '?'])
}

/// Every policy that could take part in a request of this caller, whichever action and resource it names.
#[must_use]
pub fn policies_in_view(organization: &Organization, request: &Request) -> Vec<Arc<Policy>> {
    policies(&Facts::gather(organization, request)).cloned().collect()
}

fn policies<'a>(facts: &'a Facts<'a>) -> impl Iterator<Item = &'a Arc<Policy>> {
    let organization = facts.organization;
    let levels = facts.levels_of(facts.caller_account).unwrap_or_default();
    let scps = levels
        .iter()
        .filter_map(|index| organization.target(*index))
        .flat_map(|target| &target.policies.service_control_policies);
    let rcps =
        organization.targets().flat_map(|(_, target)| &target.policies.resource_control_policies);
    let of_resources =
        organization.accounts().flat_map(|membership| &membership.account().resources);
    let request = facts.request;
    scps.chain(rcps)
        .chain(facts.identity_policies())
        .chain(facts.permissions_boundary())
        .chain(&request.session_policies)
        .chain(&request.vpc_endpoint_policy)
        .chain(&request.resource_policy)
        .chain(of_resources.filter_map(|resource| resource.policy.as_ref()))
}
