//! Condition keys that follow from the organization, the identities and the request.

use std::borrow::Cow;

use super::{Caller, Facts, Found};
use crate::condition::{ConditionKey, DerivedKey};
use crate::fold::fold;
use crate::organization::{Membership, OrganizationSettings, TargetKind};
use crate::request::{RequestPrincipal, Tag};

/// Services that have one endpoint for all regions: their calls carry us-east-1.
const GLOBAL_SERVICES: &[&str] = &[
    "account",
    "artifact",
    "billing",
    "budgets",
    "ce",
    "cloudfront",
    "cur",
    "health",
    "iam",
    "organizations",
    "route53",
    "route53domains",
    "shield",
    "support",
    "trustedadvisor",
    "waf",
];

pub(crate) fn is_global_service(prefix: &str) -> bool {
    GLOBAL_SERVICES.contains(&prefix)
}

impl<'a> Facts<'a> {
    pub(super) fn derive(&self, derived: DerivedKey, key: &ConditionKey) -> Found<'a> {
        match derived {
            DerivedKey::PrincipalArn => optional(self.principal_arn()),
            DerivedKey::PrincipalAccount => self.principal_account(),
            DerivedKey::PrincipalOrgId => self.organization_id(self.caller_account),
            DerivedKey::PrincipalOrgPaths => self.path(self.caller_account),
            DerivedKey::PrincipalTag => tagged([self.session_tags(), self.principal_tags()], key),
            DerivedKey::PrincipalType => self.principal_type(),
            DerivedKey::PrincipalIsAwsService => match self.caller {
                Caller::Service => text("true"),
                Caller::Anonymous | Caller::Federated => Found::Absent,
                _ => text("false"),
            },
            DerivedKey::PrincipalServiceName | DerivedKey::PrincipalServiceNamesList => {
                match &self.request.principal {
                    RequestPrincipal::Service(name) => text(name),
                    _ => Found::Absent,
                }
            }
            // A root user has session policies only where `sts:AssumeRoot` made the session, for its task.
            DerivedKey::AssumedRoot => match (self.caller, &*self.request.session_policies) {
                (Caller::RootUser, [_, ..]) => text("true"),
                _ => Found::Absent,
            },
            DerivedKey::UserId => self.user_id(),
            DerivedKey::UserName => match &self.request.principal {
                RequestPrincipal::User(user) => text(&user.name),
                _ => Found::Absent,
            },
            DerivedKey::ResourceAccount => match self.resource_account_id {
                Some(id) => Found::Derived(Cow::Owned(id.to_string())),
                None => Found::Absent,
            },
            DerivedKey::ResourceOrgId => self.organization_id(self.resource_account),
            DerivedKey::ResourceOrgPaths => self.path(self.resource_account),
            DerivedKey::ResourceTag => self.resource_tag(key),
            DerivedKey::S3BucketTag => self.s3_tag(key, false),
            DerivedKey::S3ExistingObjectTag => self.s3_tag(key, true),
            DerivedKey::TagKeys => self.tag_keys(),
            DerivedKey::RequestedRegion => self.requested_region(),
            DerivedKey::SecureTransport => text("true"),
            DerivedKey::ViaAwsService => text("false"),
            DerivedKey::CurrentTime => {
                optional(self.request.time.and_then(|time| time.to_iso8601()).map(Cow::Owned))
            }
            DerivedKey::EpochTime => {
                optional(self.request.time.map(|time| Cow::Owned(time.epoch_seconds().to_string())))
            }
            DerivedKey::SourceOrgId => self.organization_id(self.account_in("aws:sourceaccount")),
            DerivedKey::SourceOrgPaths => self.path(self.account_in("aws:sourceaccount")),
            DerivedKey::VpceOrgId => self.organization_id(self.account_in("aws:vpceaccount")),
            DerivedKey::VpceOrgPaths => self.path(self.account_in("aws:vpceaccount")),
        }
    }

    /// For a role session the role's ARN, not the session's.
    fn principal_arn(&self) -> Option<Cow<'a, str>> {
        match (&self.request.principal, self.caller) {
            (_, Caller::User(Some(user))) => Some(Cow::Borrowed(&user.arn)),
            (_, Caller::Role(Some(role))) => Some(Cow::Borrowed(&role.arn)),
            (RequestPrincipal::AssumedRole { role, .. }, _) => Some(Cow::Owned(format!(
                "arn:{}:iam::{}:role{}{}",
                role.partition, role.account, role.path, role.name
            ))),
            (
                RequestPrincipal::Federated(_)
                | RequestPrincipal::Service(_)
                | RequestPrincipal::Anonymous,
                _,
            ) => None,
            (principal, _) => Some(Cow::Owned(principal.to_string())),
        }
    }

    /// Only sessions carry tags of their own.
    fn session_tags(&self) -> &'a [Tag] {
        match self.caller {
            Caller::Role(_) | Caller::FederatedUser(_) => &self.request.session_tags,
            _ => &[],
        }
    }

    fn principal_account(&self) -> Found<'a> {
        match (self.request.principal.account(), self.caller) {
            (Some(id), _) => Found::Derived(Cow::Owned(id.to_string())),
            (None, Caller::Anonymous) => text("anonymous"),
            (None, _) => Found::Absent,
        }
    }

    fn principal_type(&self) -> Found<'a> {
        match self.caller {
            Caller::RootUser => text("Account"),
            Caller::User(_) => text("User"),
            Caller::Role(_) => text("AssumedRole"),
            Caller::FederatedUser(_) => text("FederatedUser"),
            Caller::Anonymous => text("Anonymous"),
            Caller::Service | Caller::Federated => Found::Absent,
        }
    }

    /// Unique ids are not part of what a person writes, so each identity gets one that follows from its ARN.
    fn user_id(&self) -> Found<'a> {
        let id = match &self.request.principal {
            RequestPrincipal::RootUser { account, .. } => account.to_string(),
            RequestPrincipal::FederatedUser { account, name, .. } => format!("{account}:{name}"),
            RequestPrincipal::Anonymous => "anonymous".to_owned(),
            RequestPrincipal::Service(_) | RequestPrincipal::Federated(_) => return Found::Absent,
            RequestPrincipal::User(_) => {
                unique_id("AIDA", &self.principal_arn().unwrap_or_default())
            }
            RequestPrincipal::AssumedRole { session, .. } => {
                format!(
                    "{}:{session}",
                    unique_id("AROA", &self.principal_arn().unwrap_or_default())
                )
            }
        };
        Found::Derived(Cow::Owned(id))
    }

    fn settings(&self, membership: Option<&'a Membership>) -> Option<&'a OrganizationSettings> {
        membership?.target().and(self.organization.settings())
    }

    fn organization_id(&self, membership: Option<&'a Membership>) -> Found<'a> {
        optional(self.settings(membership).map(|settings| Cow::Borrowed(&*settings.id)))
    }

    fn path(&self, membership: Option<&'a Membership>) -> Found<'a> {
        let path = membership.map(|membership| membership.path(self.organization));
        optional(path.filter(|path| !path.is_empty()).map(Cow::Borrowed))
    }

    /// S3 puts tags into this key only where a bucket has attribute-based access control enabled, which is off by
    /// default; its own keys are below.
    fn resource_tag(&self, key: &ConditionKey) -> Found<'a> {
        let service = self.request.resource.arn().map_or("", |arn| arn.service);
        let prefix = key.folded().split_once(':').map_or("", |(prefix, _)| prefix);
        if service == "s3" || (prefix != "aws" && prefix != service) {
            return Found::Absent;
        }
        match (self.role_as_resource(), self.resource) {
            (Some(role), _) => tagged([&role.tags, &[]], key),
            (None, Some(resource)) => tagged([&resource.tags, &[]], key),
            (None, None) => Found::Absent,
        }
    }

    fn s3_tag(&self, key: &ConditionKey, of_object: bool) -> Found<'a> {
        let Some(resource) = self.resource else { return Found::Absent };
        if resource.arn.contains('/') == of_object {
            tagged([&resource.tags, &[]], key)
        } else {
            Found::Absent
        }
    }

    /// The keys of the tags that the request passes.
    fn tag_keys(&self) -> Found<'a> {
        let passed = self.request.context.iter().filter_map(|(key, values)| {
            let (prefix, _) = key.folded().split_once('/')?;
            let (_, tag) = key.as_str().split_once('/')?;
            (prefix == "aws:requesttag" && !values.is_empty()).then(|| tag.into())
        });
        let keys: Vec<Box<str>> = passed.collect();
        if keys.is_empty() { Found::Absent } else { Found::List(keys) }
    }

    fn requested_region(&self) -> Found<'a> {
        if is_global_service(self.request.action.prefix()) {
            return text("us-east-1");
        }
        let region =
            self.request.resource.arn().map(|arn| arn.region).filter(|region| !region.is_empty());
        optional(region.map(Cow::Borrowed))
    }

    fn account_in(&self, folded_key: &str) -> Option<&'a Membership> {
        let [id] = self.request.context.get_folded(folded_key)? else { return None };
        self.organization.account(id.parse().ok()?)
    }

    /// The levels of the tree that a principal or resource of this account hangs below, where there is an
    /// organization and the account is a member.
    pub(crate) fn levels_of(
        &self,
        membership: Option<&'a Membership>,
    ) -> Option<&'a [crate::TargetIndex]> {
        let target = self.organization.target(membership?.target()?)?;
        (target.kind == TargetKind::Account).then(|| target.levels())
    }
}

fn text(value: &str) -> Found<'_> {
    Found::Derived(Cow::Borrowed(value))
}

fn optional(value: Option<Cow<'_, str>>) -> Found<'_> {
    value.map_or(Found::Absent, Found::Derived)
}

/// The value of a tag, from the first list that has it. Two tags whose keys differ in case only are ambiguous: both
/// values are given.
fn tagged<'a>(lists: [&'a [Tag]; 2], key: &ConditionKey) -> Found<'a> {
    for tags in lists {
        let mut values =
            tags.iter().filter(|tag| fold(&tag.key) == key.tag()).map(|tag| &tag.value);
        let Some(first) = values.next() else { continue };
        // Keys that differ only in case are one condition key: ambiguous, unless their values agree.
        let others: Vec<_> = values.filter(|value| *value != first).collect();
        return match others.is_empty() {
            true => Found::Derived(Cow::Borrowed(first)),
            false => Found::Ambiguous(std::iter::once(first).chain(others).cloned().collect()),
        };
    }
    Found::Absent
}

/// A stand-in for AWS's unique id: the same ARN always gives the same one.
fn unique_id(prefix: &str, arn: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    // FNV-1a over 128 bits, so that 17 letters of five bits each are all filled.
    let hash = arn.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    });
    let letters = (0..17).map(|place| {
        let at = usize::try_from((hash >> (place * 5)) & 31).unwrap_or_default();
        char::from(LETTERS.get(at).copied().unwrap_or(b'A'))
    });
    prefix.chars().chain(letters).collect()
}
