//! What is settled before a caller asks anything: for whoever decides many questions of one caller at once.

use super::choices;
use crate::condition::holds::holds;
use crate::condition::{ConditionClause, ConditionKey, DerivedKey};
use crate::evaluate::names_caller;
use crate::evaluation::Grant;
use crate::facts::{Facts, Found};
use crate::organization::Organization;
use crate::pattern::{Values, Variable};
use crate::policy::{Effect, PrincipalElement};
use crate::request::Request;

/// The facts of a caller, apart from action and resource: what holds in every one of its requests for resources of its
/// own account.
///
/// ```
/// use iam_evaluator::*;
/// let organization = Organization::standalone().build();
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("s3:GetObject")?, RequestResource::None);
/// let settled = Settled::of(&organization, &request);
/// assert!(settled.settles(&ConditionKey::new("aws:PrincipalArn")));
/// assert!(!settled.settles(&ConditionKey::new("aws:SourceIp")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Settled<'a>(Facts<'a>);

impl<'a> Settled<'a> {
    /// Gathers the facts. The request's action and resource must be of no importance to the caller of this function.
    #[must_use]
    pub fn of(organization: &'a Organization, request: &'a Request) -> Self {
        Self(Facts::gather(organization, request))
    }

    /// Whether a key has the same values in every request of the caller.
    #[must_use]
    pub fn settles(&self, key: &ConditionKey) -> bool {
        let of_the_resource = matches!(
            key.derived(),
            Some(
                DerivedKey::ResourceTag
                    | DerivedKey::S3BucketTag
                    | DerivedKey::S3ExistingObjectTag
                    | DerivedKey::RequestedRegion
            )
        );
        match self.0.request.context.get(key) {
            Some(_) => true,
            None => !of_the_resource && !self.0.may_be_given(key),
        }
    }

    /// Whether a clause holds, its key's values being as they follow from the caller.
    #[must_use]
    pub fn holds(&self, clause: &ConditionClause) -> bool {
        holds(clause, &self.0.find(&clause.key), &self.0)
    }

    /// Whether a clause holds for these values of its key; none: the key is missing.
    #[must_use]
    pub fn holds_for(&self, clause: &ConditionClause, values: &[Box<str>]) -> bool {
        holds(clause, &Found::Given(values), &self.0)
    }

    /// Values of the clause's key that it tells apart; an empty list stands for the missing key.
    #[must_use]
    pub fn choices(&self, clause: &ConditionClause) -> Vec<Vec<Box<str>>> {
        choices::choices(&[clause], &self.0).values
    }

    /// What stands in for a policy variable.
    #[must_use]
    pub fn value(&self, variable: &Variable) -> Option<String> {
        self.0.value(variable).map(std::borrow::Cow::into_owned)
    }

    /// How a `Principal` or `NotPrincipal` names the caller.
    #[must_use]
    pub fn names(&self, element: &PrincipalElement, effect: Effect) -> Option<Grant> {
        names_caller(&self.0, element, effect)
    }
}
