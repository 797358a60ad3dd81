//! What the SCPs of every target say to one request, wherever its caller stands.
//!
//! Follows the Organizations User Guide, "SCP evaluation": a request needs an Allow at every level from the root down to
//! the caller's account. The survey reads each level once, taken alone, for the whole tree.

use super::gates::{Outcome, level_says, reaches_nobody};
use super::recorder::DecisionOnly;
use crate::evaluation::{GateOutcome, NotApplicable};
use crate::facts::Facts;
use crate::organization::{Organization, TargetIndex};
use crate::request::Request;

/// What the SCPs of one target say to a request, and what they leave of it there together with those of all levels above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surveyed {
    /// The root, OU or account.
    pub target: TargetIndex,
    /// Its own SCPs, taken alone.
    pub level: GateOutcome,
    /// The worst of all levels from the root down to it: what SCPs would leave if the caller's account stood there. Not
    /// applicable at the management account, which no SCP reaches.
    pub together: GateOutcome,
}

/// Reads the SCPs of the whole tree for one request, as if its caller could stand anywhere; parents before children.
///
/// The request stays as it is: a key such as `aws:PrincipalOrgPaths` keeps the value that the caller's real place gives it.
/// Empty where no SCP can reach the caller wherever it stands (a service, an anonymous or federated caller, a
/// service-linked role) and where SCPs are not enabled.
///
/// ```
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource, survey};
/// let organization = Organization::standalone().build();
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("s3:ListAllMyBuckets")?, RequestResource::None);
/// assert!(survey(&organization, &request).is_empty(), "no organization, no SCP");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn survey(organization: &Organization, request: &Request) -> Vec<Surveyed> {
    let facts = Facts::gather(organization, request);
    let Some(settings) = organization.settings().filter(|it| it.service_control_policies) else {
        return Vec::new();
    };
    if reaches_nobody(&facts).is_some() {
        return Vec::new();
    }
    let management = settings.management_account.and_then(|id| organization.account(id)?.target());
    let mut all: Vec<Surveyed> = Vec::new();
    for (index, target) in organization.targets() {
        let policies = &target.policies.service_control_policies;
        let level = match level_says(&facts, policies, &mut DecisionOnly) {
            Ok(outcome) => outcome,
            Err(_) => Outcome::ExplicitDeny,
        };
        let level = level.traced(GateOutcome::ImplicitDeny);
        // Parents come first, so what they leave is known; targets are few and found by their order.
        let above = target.parent().and_then(|parent| {
            let at = all.binary_search_by_key(&parent, |it| it.target).ok()?;
            Some(all.get(at)?.together)
        });
        let together = match above {
            _ if management == Some(index) => {
                GateOutcome::NotApplicable(NotApplicable::ManagementAccount)
            }
            Some(above) if rank(above) > rank(level) => above,
            _ => level,
        };
        all.push(Surveyed { target: index, level, together });
    }
    all
}

fn rank(outcome: GateOutcome) -> u8 {
    match outcome {
        GateOutcome::NotApplicable(_) | GateOutcome::Allow(_) => 0,
        GateOutcome::ImplicitDeny => 1,
        GateOutcome::ExplicitDeny => 2,
    }
}
