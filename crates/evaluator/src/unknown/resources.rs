//! Questions whose resource is not known: every resource of a form, such as all objects of all buckets.

use std::sync::Arc;

use super::automaton::{Step, tell_apart};
use super::choices::ignoring_case;
use super::{Dependency, Judgement, UnknownKeys, judge};
use crate::condition::{ConditionClause, ConditionKey, DerivedKey, Test, TypedValue};
use crate::facts::Facts;
use crate::few::sort_few;
use crate::organization::Organization;
use crate::policy::Policy;
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
        let Some(mut domain) = form.steps(&facts) else { continue };
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

/// Every pattern by which policies tell resources apart; whether one of them hangs on a variable without a value,
/// which may be one of the unknown keys.
fn written_patterns(facts: &Facts<'_>) -> (Vec<Vec<Step>>, bool) {
    let mut patterns = Vec::new();
    let mut tied = false;
    let statements = policies(facts).flat_map(|policy| &policy.document.statements);
    for statement in statements.filter(|statement| statement.action.covers(&facts.request.action)) {
        for pattern in statement.resource.iter().flat_map(|element| &element.patterns) {
            tied |= pattern.value.variables().any(|variable| follows_from_resource(&variable.key));
            match pattern.value.steps(facts) {
                Some(steps) => patterns.push(steps),
                None => tied |= pattern.value.variables().next().is_some(),
            }
        }
        let values = statement.conditions.iter().flat_map(|clause| &clause.values);
        tied |= values
            .flat_map(|value| value.typed.variables())
            .any(|variable| follows_from_resource(&variable.key));
        let regions = statement
            .conditions
            .iter()
            .filter(|it| it.key.derived() == Some(DerivedKey::RequestedRegion));
        patterns.extend(regions.flat_map(|clause| region_patterns(clause, facts)));
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

/// A resource's region is the region of its requests, so a condition on that tells resources apart by their ARN.
fn region_patterns(clause: &ConditionClause, facts: &Facts<'_>) -> Vec<Vec<Step>> {
    let within_field = |step| match step {
        Step::Run => Step::RunInField,
        Step::One => Step::OneInField,
        other => other,
    };
    let around = |region: Vec<Step>| {
        let before = "arn".chars().map(Step::Exactly).chain([Step::Exactly(':'), Step::RunInField]);
        let before = before.chain([Step::Exactly(':'), Step::RunInField, Step::Exactly(':')]);
        before.chain(region).chain([Step::Exactly(':'), Step::Run]).collect()
    };
    let texts = clause.values.iter().filter_map(|value| match &value.typed {
        TypedValue::Text(pattern) => pattern.steps(false, facts),
        _ => None,
    });
    let regions = texts.map(|steps| steps.into_iter().map(within_field));
    // Without a region the key is missing, which a condition tells apart as well.
    let regions = regions.map(|steps| match clause.operator.test {
        Test::StringEqualsIgnoreCase => ignoring_case(steps.collect()),
        _ => steps.collect(),
    });
    regions.chain([Vec::new()]).map(around).collect()
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
        if form
            .as_str()
            .split(':')
            .nth(4)
            .is_none_or(|field| field.contains(['*', '?']) || field == account.id.as_str())
        {
            texts.push(format!("arn:*:*:*:{}:*", account.id));
        }
    }
    texts.iter().filter_map(|text| pattern(text).steps(facts)).collect()
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
