//! What is known about a request before any policy is read: caller, resource, their accounts, and the values of
//! condition keys.
//!
//! Follows the IAM User Guide, "The request context" and "AWS global condition context keys". Values the request brings
//! along stand before derived ones.

mod derive;

pub(crate) use derive::is_global_service;

use std::borrow::Cow;

use crate::arn::AccountId;
use crate::condition::ConditionKey;
use crate::organization::{Membership, Organization, Resource, Role, User};
use crate::pattern::{Values, Variable};
use crate::policy::Policy;
use crate::request::{Request, RequestPrincipal, RequestResource, Tag};
use std::sync::Arc;

/// The facts of one request in one organization.
pub(crate) struct Facts<'a> {
    pub organization: &'a Organization,
    pub request: &'a Request,
    /// The caller's account, where it is in view.
    pub caller_account: Option<&'a Membership>,
    pub caller: Caller<'a>,
    /// The account that owns the resource; the caller's where nothing says otherwise.
    pub resource_account_id: Option<AccountId>,
    pub resource_account: Option<&'a Membership>,
    /// The resource as the organization lists it.
    pub resource: Option<&'a Resource>,
}

/// Who calls, with what the organization knows about them.
#[derive(Clone, Copy)]
pub(crate) enum Caller<'a> {
    RootUser,
    User(Option<&'a User>),
    Role(Option<&'a Role>),
    FederatedUser(Option<&'a User>),
    /// Known to an identity provider only.
    Federated,
    Service,
    Anonymous,
}

impl Caller<'_> {
    /// Whether the caller is of no account, so that the resource's policy alone can grant.
    pub(crate) fn is_of_no_account(self) -> bool {
        matches!(self, Self::Federated | Self::Service | Self::Anonymous)
    }
}

impl<'a> Facts<'a> {
    pub(crate) fn gather(organization: &'a Organization, request: &'a Request) -> Self {
        let caller_account = request.principal.account().and_then(|id| organization.account(id));
        let caller = caller(&request.principal, caller_account);
        let listed = match &request.resource {
            RequestResource::None => None,
            RequestResource::Arn(_) => organization
                .resource(request.resource.as_str())
                .or_else(|| organization.resource(&organization_of(request)?)),
        };
        let resource_account_id = request
            .resource_account
            .or_else(|| request.resource.arn().and_then(|arn| arn.account_id()))
            .or(listed.map(|(account, _)| account))
            .or(request.principal.account());
        let resource_account = resource_account_id.and_then(|id| organization.account(id));
        let resource = listed.map(|(_, resource)| resource);
        Self {
            organization,
            request,
            caller_account,
            caller,
            resource_account_id,
            resource_account,
            resource,
        }
    }

    /// Whether caller and resource are of one account. Services and anonymous callers are of none.
    pub(crate) fn same_account(&self) -> bool {
        self.request.principal.account() == self.resource_account_id
    }

    /// Whether the caller's account decides alone: the resource is its own, or the management account opens a session of
    /// a member's root user, for which there is no policy on the other side.
    pub(crate) fn one_account_decides(&self) -> bool {
        self.same_account() || self.is_central_root_access()
    }

    fn is_central_root_access(&self) -> bool {
        let member = || self.resource_account.and_then(Membership::target).is_some();
        let manages = || {
            let management = self.organization.settings()?.management_account?;
            Some(Some(management) == self.request.principal.account())
        };
        self.request.action.is("sts:assumeroot")
            && self.resource_is("iam", "root")
            && member()
            && manages() == Some(true)
    }

    pub(crate) fn is_service_linked_role(&self) -> bool {
        match (&self.request.principal, self.caller) {
            (_, Caller::Role(Some(role))) => role.is_service_linked(),
            (RequestPrincipal::AssumedRole { role, .. }, _) => {
                role.path.starts_with("/aws-service-role/")
                    || role.name.starts_with("AWSServiceRoleFor")
            }
            _ => false,
        }
    }

    /// The role that the request's resource names.
    pub(crate) fn role_as_resource(&self) -> Option<&'a Role> {
        let path_and_name =
            self.request.resource.arn().filter(|arn| arn.service == "iam")?.resource;
        let name = path_and_name.strip_prefix("role/")?.rsplit('/').next()?;
        let role = self.resource_account?.account().role(name)?;
        // A resource is named exactly, the path included; whatever else the ARN names is not there.
        role.arn.ends_with(&format!(":{path_and_name}")).then_some(role)
    }

    /// The caller's identity-based policies; `None` where this kind of caller has none and needs none.
    pub(crate) fn identity_policies(&self) -> &'a [Arc<Policy>] {
        match self.caller {
            Caller::User(Some(user)) | Caller::FederatedUser(Some(user)) => &user.policies,
            Caller::Role(Some(role)) => &role.policies,
            _ => &[],
        }
    }

    pub(crate) fn permissions_boundary(&self) -> Option<&'a Arc<Policy>> {
        match self.caller {
            Caller::User(user) | Caller::FederatedUser(user) => user?.permissions_boundary.as_ref(),
            Caller::Role(role) => role?.permissions_boundary.as_ref(),
            Caller::RootUser | Caller::Federated | Caller::Service | Caller::Anonymous => None,
        }
    }

    /// The resource's policy: for the actions by which a role is assumed its trust policy, which has no say in others.
    pub(crate) fn resource_policy(&self) -> Option<&'a Arc<Policy>> {
        let given = self.request.resource_policy.as_ref();
        if self.is_role_assumption() {
            given.or_else(|| self.role_as_resource()?.trust_policy.as_ref())
        } else if self.resource_is("iam", "role/") {
            None
        } else {
            given.or_else(|| self.resource?.policy.as_ref())
        }
    }

    fn is_role_assumption(&self) -> bool {
        self.request.action.prefix() == "sts" && self.resource_is("iam", "role/")
    }

    fn resource_is(&self, service: &str, start: &str) -> bool {
        self.request
            .resource
            .arn()
            .is_some_and(|arn| arn.service == service && arn.resource.starts_with(start))
    }

    /// KMS keys and roles are the two resources that identity policies reach only where the resource's own policy
    /// hands the decision to the account. A key without a policy in view has the one AWS gives to new keys, which does.
    pub(crate) fn needs_account_grant(&self) -> bool {
        self.is_role_assumption()
            || (self.resource_is("kms", "key/") && self.resource_policy().is_some())
    }

    /// The root user of a bucket's owner, and a session that `sts:AssumeRoot` made of it, can read, replace and delete
    /// the bucket policy although it denies that. What the policy allows counts as ever.
    pub(crate) fn is_bucket_rescue(&self) -> bool {
        let rescues = ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"];
        matches!(self.caller, Caller::RootUser)
            && self.same_account()
            && rescues.iter().any(|action| self.request.action.is(action))
    }

    pub(crate) fn crosses_partitions(&self) -> bool {
        let resource = self.request.resource.arn().map(|arn| arn.partition);
        self.partition().zip(resource).is_some_and(|(caller, resource)| caller != resource)
    }

    /// The caller's partition, where it is of one.
    pub(crate) fn partition(&self) -> Option<&'a str> {
        match &self.request.principal {
            RequestPrincipal::RootUser { partition, .. }
            | RequestPrincipal::FederatedUser { partition, .. } => Some(partition),
            RequestPrincipal::User(arn) | RequestPrincipal::AssumedRole { role: arn, .. } => {
                Some(&arn.partition)
            }
            RequestPrincipal::Federated(_)
            | RequestPrincipal::Service(_)
            | RequestPrincipal::Anonymous => None,
        }
    }

    fn principal_tags(&self) -> &'a [Tag] {
        match self.caller {
            Caller::User(Some(user)) | Caller::FederatedUser(Some(user)) => &user.tags,
            Caller::Role(Some(role)) => &role.tags,
            _ => &[],
        }
    }

    /// The values of a condition key in this request.
    pub(crate) fn find(&self, key: &ConditionKey) -> Found<'a> {
        if let Some(values) = self.request.context.get(key) {
            return Found::Given(values);
        }
        match key.derived() {
            Some(derived) if self.request.derive_context => self.derive(derived, key),
            _ => Found::Absent,
        }
    }
}

/// The values that a condition key has in a request, as conditions see it: what the request brings along, else what
/// follows from the organization; empty where the key is missing.
///
/// ```
/// use iam_evaluator::{Action, ConditionKey, Organization, Request, RequestPrincipal, RequestResource, key_values};
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("ec2:DescribeInstances")?, RequestResource::None);
/// let organization = Organization::standalone().build();
/// let account = key_values(&organization, &request, &ConditionKey::new("aws:PrincipalAccount"));
/// assert_eq!(account, ["111122223333".into()]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn key_values(
    organization: &Organization,
    request: &Request,
    key: &ConditionKey,
) -> Vec<Box<str>> {
    Facts::gather(organization, request).find(key).iter().map(Into::into).collect()
}

/// The ARN of the organization that a resource of AWS Organizations belongs to: its resource-based delegation policy
/// speaks of its policies, accounts, OUs and root.
fn organization_of(request: &Request) -> Option<String> {
    let arn = request.resource.arn().filter(|arn| arn.service == "organizations")?;
    let id = arn.resource.split('/').nth(1).filter(|id| id.starts_with("o-"))?;
    Some(format!("arn:{}:organizations::{}:organization/{id}", arn.partition, arn.account))
}

fn caller<'a>(principal: &RequestPrincipal, membership: Option<&'a Membership>) -> Caller<'a> {
    let account = membership.map(Membership::account);
    match principal {
        RequestPrincipal::RootUser { .. } => Caller::RootUser,
        RequestPrincipal::User(arn) => {
            Caller::User(account.and_then(|account| account.user(&arn.name)))
        }
        RequestPrincipal::AssumedRole { role, .. } => {
            Caller::Role(account.and_then(|account| account.role(&role.name)))
        }
        RequestPrincipal::FederatedUser { name, user, .. } => {
            Caller::FederatedUser(account.and_then(|account| match (user, &*account.users) {
                (Some(user), _) => account.user(user),
                (None, [only]) => Some(only),
                (None, _) => account.user(name),
            }))
        }
        RequestPrincipal::Federated(_) => Caller::Federated,
        RequestPrincipal::Service(_) => Caller::Service,
        RequestPrincipal::Anonymous => Caller::Anonymous,
    }
}

/// The values of a key in a request.
pub(crate) enum Found<'a> {
    /// The key is missing.
    Absent,
    /// One derived value.
    Derived(Cow<'a, str>),
    /// Several derived values.
    List(Vec<Box<str>>),
    /// The values of tags whose keys differ in letter case only: AWS does not say which of them counts.
    Ambiguous(Vec<Box<str>>),
    /// The values that the request brings along; none means missing.
    Given(&'a [Box<str>]),
}

impl Found<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Absent => 0,
            Self::Derived(_) => 1,
            Self::List(values) | Self::Ambiguous(values) => values.len(),
            Self::Given(values) => values.len(),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let (one, many): (Option<&str>, &[Box<str>]) = match self {
            Self::Absent => (None, &[]),
            Self::Derived(value) => (Some(value), &[]),
            Self::List(values) | Self::Ambiguous(values) => (None, values),
            Self::Given(values) => (None, values),
        };
        one.into_iter().chain(many.iter().map(|value| &**value))
    }
}

impl Values for Facts<'_> {
    fn value<'v>(&'v self, variable: &'v Variable) -> Option<Cow<'v, str>> {
        let default = || variable.default.as_deref().map(Cow::Borrowed);
        if variable.key.is_multivalued() {
            return default();
        }
        match self.find(&variable.key) {
            Found::Derived(value) => Some(value),
            Found::Given([value]) => Some(Cow::Borrowed(value)),
            Found::Absent | Found::Given(_) | Found::List(_) | Found::Ambiguous(_) => default(),
        }
    }
}
