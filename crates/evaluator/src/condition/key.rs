//! Condition keys: their names compare ignoring case, and some of them follow from the organization.
//!
//! Follows the IAM User Guide, "AWS global condition context keys".

use crate::fold::fold;
use std::fmt;

/// The name of a condition key.
///
/// ```
/// use iam_evaluator::ConditionKey;
/// assert_eq!(ConditionKey::new("aws:PrincipalTag/Team"), ConditionKey::new("AWS:principaltag/team"));
/// ```
#[derive(Clone, Debug)]
pub struct ConditionKey {
    written: Box<str>,
    folded: Box<str>,
    derived: Option<DerivedKey>,
}

impl ConditionKey {
    /// A key, as it is written in a policy or a request.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let folded = fold(written);
        let derived = DerivedKey::of(&folded);
        Self { written: written.into(), folded: folded.into(), derived }
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The name in lower case, by which keys are compared.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The fact that gives the key its value when the request does not, if there is one.
    #[must_use]
    pub fn derived(&self) -> Option<DerivedKey> {
        self.derived
    }

    /// The tag key of a key such as `aws:PrincipalTag/team`, in lower case.
    pub(crate) fn tag(&self) -> &str {
        self.folded.split_once('/').map_or("", |(_, tag)| tag)
    }

    /// Whether the key holds the value of one tag.
    pub(crate) fn is_tag(&self) -> bool {
        use DerivedKey::{PrincipalTag, ResourceTag, S3BucketTag, S3ExistingObjectTag};
        matches!(self.derived, Some(PrincipalTag | ResourceTag | S3BucketTag | S3ExistingObjectTag))
    }

    /// Whether the key can have several values, and so cannot be a policy variable.
    pub(crate) fn is_multivalued(&self) -> bool {
        matches!(
            self.derived,
            Some(
                DerivedKey::PrincipalOrgPaths
                    | DerivedKey::ResourceOrgPaths
                    | DerivedKey::SourceOrgPaths
                    | DerivedKey::VpceOrgPaths
                    | DerivedKey::TagKeys
            )
        ) || matches!(&*self.folded, "aws:calledvia" | "aws:principalservicenameslist")
    }
}

impl ConditionKey {
    /// Whether a request can bring several values along. Of the global keys only those that AWS calls multivalued; of a
    /// service's keys only the service knows, so each may.
    pub(crate) fn may_have_several(&self) -> bool {
        let global = self.folded.starts_with("aws:");
        self.is_multivalued() || !(global || self.derived.is_some())
    }
}

impl PartialEq for ConditionKey {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for ConditionKey {}

impl PartialOrd for ConditionKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ConditionKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded.cmp(&other.folded)
    }
}

impl fmt::Display for ConditionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

macro_rules! derived_keys {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A key whose value follows from the organization, the identities or the request.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DerivedKey {
            $($(#[$doc])* #[doc = concat!("`", $name, "`.")] $variant,)*
        }

        impl DerivedKey {
            /// Every derived key, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name as AWS writes it; a tag's key is written behind the final slash.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

derived_keys! {
    PrincipalArn = "aws:PrincipalArn",
    PrincipalAccount = "aws:PrincipalAccount",
    PrincipalOrgId = "aws:PrincipalOrgID",
    PrincipalOrgPaths = "aws:PrincipalOrgPaths",
    PrincipalTag = "aws:PrincipalTag/",
    PrincipalType = "aws:PrincipalType",
    PrincipalIsAwsService = "aws:PrincipalIsAWSService",
    PrincipalServiceName = "aws:PrincipalServiceName",
    PrincipalServiceNamesList = "aws:PrincipalServiceNamesList",
    AssumedRoot = "aws:AssumedRoot",
    UserId = "aws:userid",
    UserName = "aws:username",
    ResourceAccount = "aws:ResourceAccount",
    ResourceOrgId = "aws:ResourceOrgID",
    ResourceOrgPaths = "aws:ResourceOrgPaths",
    ResourceTag = "aws:ResourceTag/",
    S3BucketTag = "s3:BucketTag/",
    S3ExistingObjectTag = "s3:ExistingObjectTag/",
    TagKeys = "aws:TagKeys",
    RequestedRegion = "aws:RequestedRegion",
    SecureTransport = "aws:SecureTransport",
    ViaAwsService = "aws:ViaAWSService",
    CurrentTime = "aws:CurrentTime",
    EpochTime = "aws:EpochTime",
    SourceOrgId = "aws:SourceOrgID",
    SourceOrgPaths = "aws:SourceOrgPaths",
    VpceOrgId = "aws:VpceOrgID",
    VpceOrgPaths = "aws:VpceOrgPaths",
}

impl DerivedKey {
    fn of(folded: &str) -> Option<Self> {
        // Services repeat the tag key under their own prefix, such as `ec2:ResourceTag/team`.
        if folded
            .split_once(':')
            .is_some_and(|(_, name)| name.len() > 12 && name.starts_with("resourcetag/"))
        {
            return Some(Self::ResourceTag);
        }
        Self::ALL.iter().copied().find(|key| {
            let name = key.name();
            if name.ends_with('/') {
                folded.len() > name.len()
                    && folded
                        .get(..name.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(name))
            } else {
                folded.eq_ignore_ascii_case(name)
            }
        })
    }
}
