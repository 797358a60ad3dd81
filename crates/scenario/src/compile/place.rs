//! From a place in the document to the rules for its policy, and from a policy in a trace back to its place.

use iam_evaluator::{PolicyOrigin, PolicyType};

use super::{Compiled, account};
use crate::{Document, PolicyPlace};

/// The evaluator's name for a policy type of Organizations.
pub(super) fn evaluated_type(policy_type: crate::PolicyType) -> PolicyType {
    match policy_type {
        crate::PolicyType::ServiceControlPolicy => PolicyType::ServiceControlPolicy,
        crate::PolicyType::ResourceControlPolicy => PolicyType::ResourceControlPolicy,
    }
}

impl Document {
    /// Decides by which rules the policy at a place is read.
    pub fn policy_type(&self, place: &PolicyPlace) -> Option<PolicyType> {
        Some(match place {
            PolicyPlace::Organization { policy } => {
                evaluated_type(self.policy(policy)?.policy_type)
            }
            PolicyPlace::Managed { .. } | PolicyPlace::Inline { .. } => PolicyType::Identity,
            PolicyPlace::Trust { .. } => PolicyType::RoleTrust,
            // The policy of a role is its trust policy.
            PolicyPlace::RequestResource { request } => {
                match crate::ask::is_role(&self.requests().get(*request)?.resource) {
                    true => PolicyType::RoleTrust,
                    false => PolicyType::Resource,
                }
            }
            PolicyPlace::Resource { .. } => PolicyType::Resource,
            PolicyPlace::Session { .. } => PolicyType::Session,
            PolicyPlace::VpcEndpoint { .. } => PolicyType::VpcEndpoint,
        })
    }
}

impl Compiled {
    /// Finds where in the document a policy of a trace stands. Policies that came with the request stand at
    /// `request`, its place among the document's requests; without it they have no place.
    pub fn place_of(
        &self,
        policy: &iam_evaluator::Policy,
        request: Option<usize>,
    ) -> Option<PolicyPlace> {
        match &policy.origin {
            PolicyOrigin::Organizations { id, .. } => {
                Some(PolicyPlace::Organization { policy: id.to_string() })
            }
            PolicyOrigin::Managed { arn } => Some(PolicyPlace::Managed { arn: arn.to_string() }),
            PolicyOrigin::Inline { identity } => {
                let (account, identity) = account::identity_of(identity)?;
                Some(PolicyPlace::Inline { account, identity, name: policy.name.to_string() })
            }
            PolicyOrigin::Resource { arn }
                if policy.document.policy_type == PolicyType::RoleTrust =>
            {
                let (account, identity) = account::identity_of(arn)?;
                Some(PolicyPlace::Trust { account, role: identity.name().to_owned() })
            }
            PolicyOrigin::Resource { arn } => self.resource_place(arn),
            PolicyOrigin::Request { index } => {
                let request = request?;
                match policy.document.policy_type {
                    PolicyType::Session => Some(PolicyPlace::Session { request, index: *index }),
                    PolicyType::VpcEndpoint => Some(PolicyPlace::VpcEndpoint { request }),
                    PolicyType::Resource | PolicyType::RoleTrust => {
                        Some(PolicyPlace::RequestResource { request })
                    }
                    _ => None,
                }
            }
        }
    }

    fn resource_place(&self, arn: &str) -> Option<PolicyPlace> {
        let accounts = self.document.accounts().iter();
        let mut owners =
            accounts.filter(|account| account.resources.iter().any(|resource| resource.arn == arn));
        let account = owners.next()?.id.clone();
        Some(PolicyPlace::Resource { account, arn: arn.to_owned() })
    }
}
