//! The organization: its tree of organizational units and its policies, in the words of the Organizations API.

use std::sync::Arc;

#[cfg(test)]
use serde::{Deserialize, Serialize};

use crate::PolicyText;
use crate::built_in::FULL_AWS_ACCESS;

/// An AWS organization: a root with organizational units and accounts, and the policies that can be attached to them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct Organization {
    /// The id, `o-` and 10 to 32 letters or digits; left out: `o-exampleorgid`.
    #[cfg_attr(test, serde(default = "default_organization_id"))]
    pub id: String,
    /// Whether the organization can use policies at all; left out: `ALL`.
    #[cfg_attr(test, serde(default))]
    pub feature_set: FeatureSet,
    /// The account that no SCP or RCP reaches. Left out: every account of the scenario is a member account.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Option::is_none"))]
    pub management_account: Option<String>,
    /// The policy types that are enabled on the root; left out: both.
    #[cfg_attr(test, serde(default = "both_policy_types"))]
    pub enabled_policy_types: Vec<PolicyType>,
    /// The customer managed policies; AWS's own need no definition.
    #[cfg_attr(test, serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub policies: Vec<Arc<Policy>>,
    /// The root, with everything below it.
    #[cfg_attr(test, serde(default))]
    pub root: Arc<OrganizationalUnit>,
}

impl Organization {
    /// Decides whether policies of this type are in force: all features, and the type enabled on the root.
    pub fn is_enabled(&self, policy_type: PolicyType) -> bool {
        self.feature_set == FeatureSet::All && self.enabled_policy_types.contains(&policy_type)
    }

    /// Decides whether this account is the management account.
    pub fn is_management_account(&self, account: &str) -> bool {
        self.management_account.as_deref() == Some(account)
    }
}

impl Default for Organization {
    /// Returns an organization as AWS makes it, but without a management account.
    fn default() -> Self {
        Organization {
            id: default_organization_id(),
            feature_set: FeatureSet::All,
            management_account: None,
            enabled_policy_types: both_policy_types(),
            policies: Vec::new(),
            root: Arc::default(),
        }
    }
}

fn default_organization_id() -> String {
    "o-exampleorgid".to_owned()
}

fn both_policy_types() -> Vec<PolicyType> {
    vec![PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy]
}

/// Whether an organization has all features or only consolidated billing, which knows no policies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
pub enum FeatureSet {
    /// All features.
    #[default]
    #[cfg_attr(test, serde(rename = "ALL"))]
    All,
    /// Consolidated billing only.
    #[cfg_attr(test, serde(rename = "CONSOLIDATED_BILLING"))]
    ConsolidatedBilling,
}

/// The feature sets with the names of the Organizations API.
pub(super) const FEATURE_SETS: [(&str, FeatureSet); 2] =
    [("ALL", FeatureSet::All), ("CONSOLIDATED_BILLING", FeatureSet::ConsolidatedBilling)];

/// The policy types with the names of the Organizations API.
pub(super) const POLICY_TYPES: [(&str, PolicyType); 2] = [
    ("SERVICE_CONTROL_POLICY", PolicyType::ServiceControlPolicy),
    ("RESOURCE_CONTROL_POLICY", PolicyType::ResourceControlPolicy),
];

/// The two policy types of Organizations that take part in authorization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
pub enum PolicyType {
    /// A service control policy (SCP): limits what the principals of member accounts may do.
    #[default]
    #[cfg_attr(test, serde(rename = "SERVICE_CONTROL_POLICY"))]
    ServiceControlPolicy,
    /// A resource control policy (RCP): limits what may be done to the resources of member accounts.
    #[cfg_attr(test, serde(rename = "RESOURCE_CONTROL_POLICY"))]
    ResourceControlPolicy,
}

impl PolicyType {
    /// Returns the name that the Organizations API uses.
    pub fn as_str(self) -> &'static str {
        match self {
            PolicyType::ServiceControlPolicy => "SERVICE_CONTROL_POLICY",
            PolicyType::ResourceControlPolicy => "RESOURCE_CONTROL_POLICY",
        }
    }

    /// Returns the abbreviation in which people speak of it.
    pub fn abbreviation(self) -> &'static str {
        match self {
            PolicyType::ServiceControlPolicy => "SCP",
            PolicyType::ResourceControlPolicy => "RCP",
        }
    }

    /// Returns how many policies of this type may be attached directly to one root, OU or account.
    ///
    /// Five RCPs include `RCPFullAWSAccess`, which cannot be detached.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    pub fn attachment_limit(self) -> usize {
        match self {
            PolicyType::ServiceControlPolicy => 10,
            PolicyType::ResourceControlPolicy => 5,
        }
    }
}

/// A policy of the organization: a service or resource control policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Policy {
    /// The id, `p-` and 8 to 128 letters, digits or underscores.
    pub id: String,
    /// The name; left out: the id.
    #[cfg_attr(test, serde(default))]
    pub name: String,
    /// Which kind of policy it is; left out: `SERVICE_CONTROL_POLICY`.
    #[cfg_attr(test, serde(default, rename = "type"))]
    pub policy_type: PolicyType,
    /// What it is for.
    #[cfg_attr(test, serde(default, skip_serializing_if = "String::is_empty"))]
    pub description: String,
    /// The text of the policy.
    #[cfg_attr(test, serde(default))]
    pub document: PolicyText,
}

/// The root or an organizational unit: accounts, organizational units, and the policies attached right here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Serialize, Deserialize, schemars::JsonSchema))]
#[cfg_attr(test, serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct OrganizationalUnit {
    /// The id: `r-…` for the root, `ou-…-…` for an organizational unit; left out: made up.
    #[cfg_attr(test, serde(default))]
    pub id: String,
    /// The name; left out: `Root`, or the id.
    #[cfg_attr(test, serde(default))]
    pub name: String,
    /// The ids of the policies attached directly to it. Left out: `p-FullAWSAccess`, as AWS does where SCPs are enabled;
    /// an empty list means that none is attached. `p-RCPFullAWSAccess` is attached everywhere without being written.
    #[cfg_attr(test, schemars(extend("default" = ["p-FullAWSAccess"])))]
    #[cfg_attr(test, serde(default))]
    pub attached_policies: Vec<String>,
    /// The ids of the accounts directly in it.
    #[cfg_attr(test, serde(default))]
    pub accounts: Vec<String>,
    /// The organizational units directly in it.
    #[cfg_attr(test, serde(default))]
    pub organizational_units: Vec<Arc<OrganizationalUnit>>,
}

impl Default for OrganizationalUnit {
    /// Returns an empty root as AWS makes it.
    fn default() -> Self {
        OrganizationalUnit {
            id: "r-root".to_owned(),
            name: "Root".to_owned(),
            attached_policies: vec![FULL_AWS_ACCESS.to_owned()],
            accounts: Vec::new(),
            organizational_units: Vec::new(),
        }
    }
}
