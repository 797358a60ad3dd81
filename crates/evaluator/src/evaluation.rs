//! The answer: a decision, what decided it, and the complete trace of how every policy was read.
//!
//! The trace holds ids, places and enums; English is made from it in [`crate::explanation`] alone.

use std::sync::Arc;

use crate::organization::TargetIndex;
use crate::policy::{Effect, Policy};

/// What AWS answers, in the words of the IAM policy simulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decision {
    /// The request is allowed.
    Allowed,
    /// A matching `Deny` forbids the request; nothing overrides it.
    ExplicitDeny,
    /// No policy forbids the request, but one that must allow it does not.
    ImplicitDeny,
}

impl Decision {
    /// The simulator's word: `allowed`, `explicitDeny` or `implicitDeny`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicitDeny",
            Self::ImplicitDeny => "implicitDeny",
        }
    }
}

/// The kinds of policy that a request passes, each a gate. The order is the one in which an explicit deny is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gate {
    /// SCPs of the caller's account, level by level.
    ServiceControlPolicy,
    /// RCPs of the resource's account, level by level.
    ResourceControlPolicy,
    /// The policy of the VPC endpoint that the request came through.
    VpcEndpointPolicy,
    /// The caller's permissions boundary.
    PermissionsBoundary,
    /// The session's policies.
    SessionPolicy,
    /// The resource's policy; for `sts:AssumeRole` the role's trust policy.
    ResourcePolicy,
    /// The caller's identity-based policies.
    IdentityPolicy,
}

impl Gate {
    /// Every gate, in the order in which explicit denies are reported.
    pub const ALL: [Self; 7] = [
        Self::ServiceControlPolicy,
        Self::ResourceControlPolicy,
        Self::VpcEndpointPolicy,
        Self::PermissionsBoundary,
        Self::SessionPolicy,
        Self::ResourcePolicy,
        Self::IdentityPolicy,
    ];

    /// The name of the variant, as files and the command line write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ServiceControlPolicy => "ServiceControlPolicy",
            Self::ResourceControlPolicy => "ResourceControlPolicy",
            Self::VpcEndpointPolicy => "VpcEndpointPolicy",
            Self::PermissionsBoundary => "PermissionsBoundary",
            Self::SessionPolicy => "SessionPolicy",
            Self::ResourcePolicy => "ResourcePolicy",
            Self::IdentityPolicy => "IdentityPolicy",
        }
    }
}

/// What decided the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// `sts:GetCallerIdentity` is allowed to every authenticated caller.
    GetCallerIdentity,
    /// The caller's identity-based policies grant it, and nothing takes it away.
    IdentityPolicy,
    /// The resource's policy grants it in this way, and nothing takes it away.
    ResourcePolicy(Grant),
    /// The caller's account and the resource's account both grant it.
    BothAccounts,
    /// The account's root user may do everything that the organization leaves.
    RootUser,
    /// A matching `Deny` at this gate; the first in the order of [`Gate`].
    ExplicitDeny(Gate),
    /// This gate has no matching `Allow`, and one was needed.
    ImplicitDeny(Gate),
    /// The root user cannot call `sts:AssumeRole`.
    RootUserCannotAssumeRole,
    /// Access does not cross partitions.
    OtherPartition,
}

impl Reason {
    /// The decision that follows.
    #[must_use]
    pub fn decision(self) -> Decision {
        match self {
            Self::GetCallerIdentity
            | Self::IdentityPolicy
            | Self::ResourcePolicy(_)
            | Self::BothAccounts
            | Self::RootUser => Decision::Allowed,
            Self::ExplicitDeny(_) => Decision::ExplicitDeny,
            Self::ImplicitDeny(_) | Self::RootUserCannotAssumeRole | Self::OtherPartition => {
                Decision::ImplicitDeny
            }
        }
    }
}

/// How a resource's policy names the caller, which settles what else the caller needs in the same account.
///
/// From the IAM User Guide, "How AWS enforcement code logic evaluates requests": the later a class stands here, the
/// less it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grant {
    /// By its account: identity-based policies must allow as well.
    Account,
    /// By the user that made the federated session: boundary and session policies still limit it.
    ViaUser,
    /// By the role: boundary and session policies still limit it.
    ViaRole,
    /// As a service principal.
    Service,
    /// By the identity provider that vouches for it.
    Federated,
    /// By the user's or the session's own ARN, or as everybody: nothing else is needed.
    Direct,
}

/// The answer to a [`crate::Request`].
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// What decided it.
    pub reason: Reason,
    /// Every gate, in the order in which AWS asks them: RCP, SCP, VPC endpoint, resource, identity, boundary, session.
    pub gates: Vec<GateTrace>,
    /// Whether caller and resource are of different accounts.
    pub cross_account: bool,
}

impl Grant {
    /// The name of the variant, as files and the command line write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::ViaUser => "ViaUser",
            Self::ViaRole => "ViaRole",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::Direct => "Direct",
        }
    }
}

impl Evaluation {
    /// The decision.
    #[must_use]
    pub fn decision(&self) -> Decision {
        self.reason.decision()
    }

    /// The policies that took part although AWS would refuse to save them: what could not be understood in them did not
    /// count, so the decision is about less than what was written.
    #[must_use]
    pub fn policies_with_errors(&self) -> Vec<&Arc<Policy>> {
        let levels = self.gates.iter().flat_map(|gate| &gate.levels);
        let mut broken: Vec<&Arc<Policy>> = Vec::new();
        for policy in levels.flat_map(|level| &level.policies).map(|trace| &trace.policy) {
            let known = broken.iter().any(|other| Arc::ptr_eq(other, policy));
            if !known && policy.document.has_errors() {
                broken.push(policy);
            }
        }
        broken
    }

    /// The trace of one gate.
    #[must_use]
    pub fn gate(&self, gate: Gate) -> Option<&GateTrace> {
        self.gates.iter().find(|trace| trace.gate == gate)
    }
}

/// How one gate answered.
#[derive(Clone, Debug, PartialEq)]
pub struct GateTrace {
    /// Which gate.
    pub gate: Gate,
    /// What it says, taken alone.
    pub outcome: GateOutcome,
    /// Whether the request fails here: a gate can be silent without being needed.
    pub blocks: bool,
    /// For SCPs and RCPs the levels of the tree from the root to the account; for the others at most one.
    pub levels: Vec<LevelTrace>,
}

/// What a gate says, taken alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateOutcome {
    /// The gate does not concern this request.
    NotApplicable(NotApplicable),
    /// A matching `Allow` (at every level), and no matching `Deny`. For resource policies: in which way.
    Allow(Option<Grant>),
    /// No matching `Allow` (at some level).
    ImplicitDeny,
    /// A matching `Deny`.
    ExplicitDeny,
}

/// Why a gate does not concern a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// The account is in no organization.
    NoOrganization,
    /// The policy type is not enabled on the root.
    PolicyTypeNotEnabled,
    /// SCPs and RCPs never limit the management account.
    ManagementAccount,
    /// SCPs and RCPs never limit service-linked roles.
    ServiceLinkedRole,
    /// A service principal belongs to no account.
    ServicePrincipal,
    /// An anonymous caller belongs to no account.
    AnonymousCaller,
    /// Whom an identity provider vouches for belongs to no account yet.
    FederatedCaller,
    /// RCPs do not support the action's service.
    ServiceNotSupported,
    /// The request names no resource.
    NoResource,
    /// `kms:RetireGrant` is never limited by RCPs.
    RetireGrant,
    /// Nothing of this kind is set.
    NotSet,
    /// The root user has no policies of its own and needs none.
    RootUser,
    /// The root user of the bucket's owner can always repair the bucket policy.
    BucketOwnerRootUser,
}

/// How one level of the tree answered; a gate without levels has one trace of this kind.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelTrace {
    /// The root, OU or account; `None` outside the tree.
    pub target: Option<TargetIndex>,
    /// What its policies say together.
    pub outcome: GateOutcome,
    /// Its policies.
    pub policies: Vec<PolicyTrace>,
}

/// How one policy was read.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyTrace {
    /// The policy.
    pub policy: Arc<Policy>,
    /// Its statements, in the order of `policy.document.statements`.
    pub statements: Vec<StatementTrace>,
}

/// How one statement was read.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementTrace {
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// Whether it applies, and otherwise the first element that does not fit.
    pub result: StatementResult,
    /// How its conditions were read; empty where an element before them does not fit.
    pub conditions: Vec<ClauseTrace>,
}

/// Whether a statement applies to a request. The elements are read in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementResult {
    /// Every element fits; in a resource's policy, in which way it names the caller.
    Applies(Option<Grant>),
    /// `Principal` does not name the caller, or `NotPrincipal` does.
    PrincipalDiffers,
    /// `Action` does not name the action, or `NotAction` does.
    ActionDiffers,
    /// `Resource` does not name the resource, or `NotResource` does.
    ResourceDiffers,
    /// This clause of the condition, by its place in `Statement::conditions`, is the first that does not hold.
    ConditionFails(usize),
}

/// How one clause of a condition was read: its place in `Statement::conditions` is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseTrace {
    /// Whether it holds.
    pub holds: bool,
    /// The values of its key in the request; empty where the key is missing.
    pub found: Vec<Box<str>>,
}
