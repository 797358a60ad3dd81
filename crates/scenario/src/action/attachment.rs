//! Attaching and detaching SCPs and RCPs: at least one SCP everywhere, and no more than the quota.

use super::edit;
use crate::built_in::{FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS};
use crate::{Document, Exception, PolicyType};

pub(super) fn attach(document: &mut Document, policy: &str, target: &str) -> Result<(), Exception> {
    let policy_type = usable_type(document, policy)?;
    let attached = attached(document, target)?;
    if attached.iter().any(|id| id == policy) || policy == RCP_FULL_AWS_ACCESS {
        let message = "The selected policy is already attached to the specified target.";
        return Err(Exception::new("DuplicatePolicyAttachmentException", message));
    }
    let limit = policy_type.attachment_limit();
    if count(document, attached, policy_type) >= limit {
        let message = format!(
            "You attempted to exceed the number of policies of a certain type that can be attached to an entity at one time: at most {limit} of type {}.",
            policy_type.as_str()
        );
        return Err(Exception::constraint("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", message));
    }
    attached_mut(document, target)?.push(policy.to_owned());
    Ok(())
}

pub(super) fn detach(document: &mut Document, policy: &str, target: &str) -> Result<(), Exception> {
    let policy_type = usable_type(document, policy)?;
    let attached = attached(document, target)?;
    let is_last = || count(document, attached, policy_type) <= 1;
    if policy != RCP_FULL_AWS_ACCESS && !attached.iter().any(|id| id == policy) {
        let message = "The policy isn't attached to the specified target in the specified root.";
        return Err(Exception::new("PolicyNotAttachedException", message));
    }
    if policy == RCP_FULL_AWS_ACCESS || is_last() {
        let message = format!(
            "You attempted to detach a policy from an entity, which would cause the entity to have fewer than the minimum number of policies of the type {} required.",
            policy_type.as_str()
        );
        return Err(Exception::constraint("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", message));
    }
    attached_mut(document, target)?.retain(|id| id != policy);
    Ok(())
}

/// The document as it would be without a policy of the organization: attached nowhere. An SCP that was the only one
/// somewhere leaves `FullAWSAccess` in its place, as AWS would ask for one: without the guardrail, not without any.
///
/// ```
/// use iam_scenario::{Document, without_policy};
///
/// let document = Document::from_json(r#"{ "format": 1, "organization": { "id": "o-example1234",
///     "policies": [{ "id": "p-onlyexample", "type": "SERVICE_CONTROL_POLICY", "name": "Only", "document": {} }],
///     "root": { "id": "r-ex12", "attachedPolicies": ["p-onlyexample"] } } }"#)?;
/// let without = without_policy(&document, "p-onlyexample");
/// assert_eq!(without.organization().unwrap().root.attached_policies, ["p-FullAWSAccess"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn without_policy(document: &Document, policy: &str) -> Document {
    let mut without = document.clone();
    let Some(policy_type) = document.policy(policy).map(|it| it.policy_type) else {
        return without;
    };
    let has = |ids: &[String]| ids.iter().any(|id| id == policy);
    let units = document.organization().into_iter().flat_map(|it| it.root.walk());
    let units = units.filter(|it| has(&it.attached_policies)).map(|it| &it.id);
    let accounts = document.accounts().iter().filter(|it| has(&it.attached_policies));
    for target in units.chain(accounts.map(|it| &it.id)) {
        let Ok(attached) = attached_mut(&mut without, target) else { continue };
        attached.retain(|id| id != policy);
        let none_left = count(document, attached, policy_type) == 0;
        if policy_type == PolicyType::ServiceControlPolicy && none_left {
            attached.insert(0, FULL_AWS_ACCESS.to_owned());
        }
    }
    without
}

/// Attaches what AWS attaches to a root, unit or account that comes into an organization.
pub(super) fn to_begin_with(document: &Document) -> Vec<String> {
    let enabled = document
        .organization()
        .is_some_and(|organization| organization.is_enabled(PolicyType::ServiceControlPolicy));
    if enabled { vec![FULL_AWS_ACCESS.to_owned()] } else { Vec::new() }
}

/// Finds the type of a policy, which must be enabled.
fn usable_type(document: &Document, policy: &str) -> Result<PolicyType, Exception> {
    let organization = edit::organization(document)?;
    let policy_type =
        document.policy(policy).ok_or_else(|| super::policy::not_found(policy))?.policy_type;
    match organization.is_enabled(policy_type) {
        true => Ok(policy_type),
        false => Err(Exception::new(
            "PolicyTypeNotEnabledException",
            format!(
                "The policy type {} isn't currently enabled in this root.",
                policy_type.as_str()
            ),
        )),
    }
}

/// Counts the policies of a type; `RCPFullAWSAccess` is attached without being written.
fn count(document: &Document, attached: &[String], policy_type: PolicyType) -> usize {
    let is_of_type =
        |id: &&String| document.policy(id).is_some_and(|policy| policy.policy_type == policy_type);
    let unwritten = usize::from(policy_type == PolicyType::ResourceControlPolicy);
    attached.iter().filter(is_of_type).count() + unwritten
}

fn attached<'a>(document: &'a Document, target: &str) -> Result<&'a [String], Exception> {
    if let Some(unit) = document.organizational_unit(target) {
        return Ok(&unit.attached_policies);
    }
    let account = document.account(target).filter(|account| document.is_member(&account.id));
    Ok(&account.ok_or_else(|| no_target(target))?.attached_policies)
}

fn attached_mut<'a>(
    document: &'a mut Document,
    target: &str,
) -> Result<&'a mut Vec<String>, Exception> {
    match document.account(target) {
        Some(_) => Ok(&mut edit::account_mut(document, target)?.attached_policies),
        None => {
            Ok(&mut edit::unit_mut(document, target, "TargetNotFoundException")?.attached_policies)
        }
    }
}

fn no_target(target: &str) -> Exception {
    let message = format!("There is no root, organizational unit or member account `{target}`.");
    Exception::new("TargetNotFoundException", message)
}
