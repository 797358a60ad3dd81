//! The policies that exist in every scenario without being written: AWS's own.

use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::document::json;
use crate::{Policy, PolicyText, PolicyType};

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

/// Finds an AWS managed IAM policy by its ARN.
pub fn aws_managed_policy(arn: &str) -> Option<&'static AwsManagedPolicy> {
    aws_managed_policies().iter().find(|policy| policy.arn == arn)
}

/// Lists the AWS managed IAM policies that the project ships.
///
/// ```
/// use iam_scenario::built_in::aws_managed_policies;
///
/// assert!(aws_managed_policies().iter().any(|policy| policy.name() == "AdministratorAccess"));
/// ```
pub fn aws_managed_policies() -> &'static [AwsManagedPolicy] {
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
        assert!(aws_managed_policies().len() > 30);
        for policy in aws_managed_policies() {
            assert!(policy.arn.starts_with("arn:aws:iam::aws:policy/"), "{}", policy.arn);
            assert!(policy.document.as_object().is_some(), "{}", policy.arn);
        }
        for policy in organization_policies() {
            assert!(policy.document.as_object().is_some(), "{}", policy.id);
        }
    }
}
