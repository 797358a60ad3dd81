//! The policies that exist in every scenario without being written: AWS's own.

use std::sync::{Arc, OnceLock};

use iam_catalog::ManagedPolicies;
use serde_json::Value;

use crate::document::json;
use crate::{Document, Policy, PolicyText, PolicyType};

/// The id of `FullAWSAccess`, the SCP that AWS attaches to every root, OU and account to begin with.
pub const FULL_AWS_ACCESS: &str = "p-FullAWSAccess";

/// The id of `RCPFullAWSAccess`, the RCP that is attached to every root, OU and account and cannot be detached.
pub const RCP_FULL_AWS_ACCESS: &str = "p-RCPFullAWSAccess";

/// An AWS managed IAM policy that the project ships, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsManagedPolicy {
    /// The ARN, `arn:aws:iam::aws:policy/…`.
    pub arn: String,
    /// The default version when the text was taken, such as `v1`.
    pub version: String,
    /// The text of the policy.
    pub document: PolicyText,
}

impl AwsManagedPolicy {
    fn read(policy: &Value) -> Option<AwsManagedPolicy> {
        let text = |name: &str| policy.get(name)?.as_str().map(str::to_owned);
        let document = PolicyText::pretty(policy.get("document")?);
        Some(AwsManagedPolicy { arn: text("arn")?, version: text("version")?, document })
    }

    /// Returns the name, the last part of the ARN.
    pub fn name(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or(&self.arn)
    }
}

/// Finds a policy of Organizations that AWS owns by its id.
pub fn organization_policy(id: &str) -> Option<&'static Arc<Policy>> {
    organization_policies().iter().find(|policy| policy.id == id)
}

/// Lists the policies of Organizations that AWS owns: `FullAWSAccess` and `RCPFullAWSAccess`.
pub fn organization_policies() -> &'static [Arc<Policy>] {
    static POLICIES: OnceLock<[Arc<Policy>; 2]> = OnceLock::new();
    POLICIES.get_or_init(|| {
        let policy = |id: &str, policy_type, description: &str, principal: &str| {
            Arc::new(Policy {
                id: id.to_owned(),
                name: id.trim_start_matches("p-").to_owned(),
                policy_type,
                description: description.to_owned(),
                document: PolicyText::new(format!(
                    "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Effect\": \"Allow\",\n{principal}      \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }}\n  ]\n}}"
                )),
            })
        };
        let (scp, rcp) = (PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy);
        [
            policy(FULL_AWS_ACCESS, scp, "Allows access to every operation", ""),
            policy(RCP_FULL_AWS_ACCESS, rcp, "Allows access to every resource", "      \"Principal\": \"*\",\n"),
        ]
    })
}

/// What stands before the name in the ARN of every AWS managed policy.
const ARN_BEGIN: &str = "arn:aws:iam::aws:policy/";

/// The policies that are not at hand from the beginning; each text is laid out when it is first wanted.
struct Provided {
    policies: ManagedPolicies,
    read: Vec<OnceLock<AwsManagedPolicy>>,
}

static PROVIDED: OnceLock<Provided> = OnceLock::new();

/// Brings the texts of all AWS managed IAM policies; a second time changes nothing.
///
/// A program calls this before it reads a scenario, or tells by [`not_at_hand`] which texts a scenario lacks: a policy
/// without its text grants nothing.
///
/// ```
/// use iam_scenario::built_in;
///
/// let arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
/// assert!(built_in::is_aws_managed(arn) && built_in::aws_managed_policy(arn).is_none());
/// built_in::provide(iam_catalog::shipped::managed_policies()?);
/// assert!(built_in::aws_managed_policy(arn).is_some());
/// # Ok::<(), iam_catalog::CatalogError>(())
/// ```
pub fn provide(policies: ManagedPolicies) {
    PROVIDED.get_or_init(|| {
        let read = policies.iter().map(|_| OnceLock::new()).collect();
        Provided { policies, read }
    });
}

/// Finds an AWS managed IAM policy by its ARN, where its text is at hand.
pub fn aws_managed_policy(arn: &str) -> Option<&'static AwsManagedPolicy> {
    at_hand().iter().find(|policy| policy.arn == arn).or_else(|| provided(arn))
}

fn provided(arn: &str) -> Option<&'static AwsManagedPolicy> {
    let path = arn.strip_prefix(ARN_BEGIN)?;
    let all = PROVIDED.get()?;
    let (policy, read) = all.policies.iter().zip(&all.read).find(|(it, _)| it.path() == path)?;
    Some(read.get_or_init(|| AwsManagedPolicy {
        arn: arn.to_owned(),
        version: policy.version().to_owned(),
        document: PolicyText::new(policy.text()),
    }))
}

/// Lists the AWS managed IAM policies that the project ships by what follows `arn:aws:iam::aws:policy/` in their ARNs.
pub fn aws_managed_paths() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../../catalog/data/policies.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Decides whether the project ships the AWS managed IAM policy of that ARN.
pub fn is_aws_managed(arn: &str) -> bool {
    let path = arn.strip_prefix(ARN_BEGIN);
    path.is_some_and(|path| aws_managed_paths().any(|known| known == path))
}

/// Lists the AWS managed IAM policies that a document refers to and whose texts are not at hand.
pub fn not_at_hand(document: &Document) -> Vec<&str> {
    let mut missing: Vec<&str> = Vec::new();
    let lacks = |arn: &str| arn.starts_with(ARN_BEGIN) && aws_managed_policy(arn).is_none();
    for account in document.accounts() {
        let users = account
            .users
            .iter()
            .flat_map(|it| it.attached_policies.iter().chain(&it.permissions_boundary));
        let roles = account
            .roles
            .iter()
            .flat_map(|it| it.attached_policies.iter().chain(&it.permissions_boundary));
        let groups = account.groups.iter().flat_map(|it| &it.attached_policies);
        for arn in users.chain(roles).chain(groups) {
            if !missing.contains(&arn.as_str()) && lacks(arn) {
                missing.push(arn);
            }
        }
    }
    missing
}

/// The policies whose texts are at hand from the beginning.
fn at_hand() -> &'static [AwsManagedPolicy] {
    static POLICIES: OnceLock<Vec<AwsManagedPolicy>> = OnceLock::new();
    POLICIES.get_or_init(|| {
        // The file is part of the program and a test reads it: it cannot fail here.
        let text = include_str!("../data/aws-managed-policies.json");
        let policies = json::read(text).ok();
        let policies = policies.as_ref().and_then(Value::as_array).into_iter().flatten();
        policies.filter_map(AwsManagedPolicy::read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_policy_is_read_and_laid_out() {
        assert!(at_hand().len() > 20);
        for policy in at_hand() {
            assert!(policy.arn.starts_with("arn:aws:iam::aws:policy/"), "{}", policy.arn);
            assert!(policy.document.as_object().is_some(), "{}", policy.arn);
        }
        for policy in organization_policies() {
            assert!(policy.document.as_object().is_some(), "{}", policy.id);
        }
    }

    #[test]
    fn the_names_are_those_of_the_texts_and_what_is_at_hand_says_the_same() {
        let shipped = iam_catalog::shipped::managed_policies().unwrap();
        let mut names: Vec<&str> = aws_managed_paths().collect();
        names.sort_unstable();
        assert_eq!(names, shipped.iter().map(|it| it.path()).collect::<Vec<_>>());
        for policy in at_hand() {
            assert!(is_aws_managed(&policy.arn), "{}", policy.arn);
            let other = shipped.policy(&policy.arn).unwrap();
            if other.version() == policy.version {
                assert_eq!(other.text(), policy.document.as_str(), "{}", policy.arn);
            }
        }
    }

    #[test]
    fn what_a_document_lacks_is_told() {
        let document = Document::from_json(
            r#"{ "format": 1, "accounts": [{ "id": "222222222222", "name": "dev", "roles": [{ "name": "R",
                "attachedPolicies": ["arn:aws:iam::aws:policy/job-function/Billing", "arn:aws:iam::aws:policy/AdministratorAccess"] }] }] }"#,
        )
        .unwrap();
        // Another test of this process may have brought all texts.
        let lacking = not_at_hand(&document);
        assert!(lacking.is_empty() || lacking == ["arn:aws:iam::aws:policy/job-function/Billing"]);
        provide(iam_catalog::shipped::managed_policies().unwrap());
        assert_eq!(not_at_hand(&document), [] as [&str; 0]);
    }
}
