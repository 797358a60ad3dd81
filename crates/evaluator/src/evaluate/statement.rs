//! Whether one statement applies to a request: principal, action, resource, then the conditions.

use super::recorder::Recorder;
use crate::condition::holds::holds;
use crate::evaluation::{Grant, StatementResult};
use crate::facts::{Caller, Facts};
use crate::policy::{Effect, PrincipalElement, ResourceElement, Statement};
use crate::principal::{IdentityArn, PrincipalEntry};
use crate::request::RequestPrincipal;

/// Reads a statement: `Some` where it applies, with the way in which a resource's policy names the caller.
pub(super) fn read_statement<R: Recorder>(
    facts: &Facts<'_>,
    statement: &Statement,
    recorder: &mut R,
) -> Option<Option<Grant>> {
    let result = read(facts, statement, recorder);
    recorder.statement(statement.effect, result);
    match result {
        StatementResult::Applies(grant) => Some(grant),
        _ => None,
    }
}

fn read<R: Recorder>(
    facts: &Facts<'_>,
    statement: &Statement,
    recorder: &mut R,
) -> StatementResult {
    let grant = match &statement.principal {
        None => None,
        Some(element) => match names_caller(facts, element, statement.effect) {
            Some(grant) => Some(grant),
            None => return StatementResult::PrincipalDiffers,
        },
    };
    if !statement.action.covers(&facts.request.action) {
        return StatementResult::ActionDiffers;
    }
    if !statement.resource.as_ref().is_none_or(|element| covers_resource(facts, element)) {
        return StatementResult::ResourceDiffers;
    }
    match first_failing_clause(facts, statement, recorder) {
        Some(clause) => StatementResult::ConditionFails(clause),
        None => StatementResult::Applies(grant),
    }
}

fn covers_resource(facts: &Facts<'_>, element: &ResourceElement) -> bool {
    let resource = facts.request.resource.as_str();
    // S3 authorizes the list of all buckets, which works on no bucket, on every bucket.
    let resource = match resource {
        "*" if facts.request.action.is("s3:listallmybuckets") => "arn:aws:s3:::*",
        other => other,
    };
    element.patterns.iter().any(|pattern| pattern.value.matches(resource, facts)) != element.negated
}

/// All clauses must hold. The trace wants to know of each one, the decision only of the first that fails.
fn first_failing_clause<R: Recorder>(
    facts: &Facts<'_>,
    statement: &Statement,
    recorder: &mut R,
) -> Option<usize> {
    let mut failing = None;
    for (index, clause) in statement.conditions.iter().enumerate() {
        let found = facts.find(&clause.key);
        let holds = holds(clause, &found, facts);
        recorder.clause(holds, &found);
        if !holds && failing.is_none() {
            failing = Some(index);
            if R::DECISION_ONLY {
                break;
            }
        }
    }
    failing
}

/// How `Principal` or `NotPrincipal` names the caller; the most direct way where there are several.
pub(crate) fn names_caller(
    facts: &Facts<'_>,
    element: &PrincipalElement,
    effect: Effect,
) -> Option<Grant> {
    if element.negated {
        return not_principal_applies(facts, element, effect).then_some(Grant::Direct);
    }
    element.entries.iter().filter_map(|entry| entry_names_caller(facts, &entry.value)).max()
}

/// `NotPrincipal` with Deny spares a caller only where both its account and its own ARN are listed, or everybody is, and
/// never one that has a permissions boundary.
fn not_principal_applies(facts: &Facts<'_>, element: &PrincipalElement, effect: Effect) -> bool {
    let grants =
        || element.entries.iter().filter_map(|entry| entry_names_caller(facts, &entry.value));
    if effect == Effect::Allow {
        return grants().next().is_none();
    }
    if facts.permissions_boundary().is_some() {
        return true;
    }
    if element.entries.iter().any(|entry| entry.value == PrincipalEntry::Everyone) {
        return false;
    }
    let has_no_account = facts.caller.is_of_no_account();
    let account_listed = has_no_account || grants().any(|grant| grant == Grant::Account);
    let itself_listed =
        matches!(facts.caller, Caller::RootUser) || grants().any(|grant| grant != Grant::Account);
    !(account_listed && itself_listed)
}

fn entry_names_caller(facts: &Facts<'_>, entry: &PrincipalEntry) -> Option<Grant> {
    let principal = &facts.request.principal;
    let grant = match (entry, principal) {
        (PrincipalEntry::Everyone, RequestPrincipal::Service(_)) => Grant::Service,
        (PrincipalEntry::Everyone, _) => Grant::Direct,
        (PrincipalEntry::Account(account), _) if principal.account() == Some(*account) => {
            Grant::Account
        }
        (PrincipalEntry::User(wanted), RequestPrincipal::User(user)) if wanted == user => {
            Grant::Direct
        }
        (PrincipalEntry::User(wanted), RequestPrincipal::FederatedUser { account, .. })
            if wanted.account == *account && made_by(facts, wanted) =>
        {
            Grant::ViaUser
        }
        (PrincipalEntry::Role(wanted), RequestPrincipal::AssumedRole { role, .. })
            if is_role(wanted, role) =>
        {
            Grant::ViaRole
        }
        (
            PrincipalEntry::AssumedRole { account, role, session },
            RequestPrincipal::AssumedRole { role: of, session: called },
        ) if *account == of.account && role.eq_ignore_ascii_case(&of.name) && session == called => {
            Grant::Direct
        }
        (
            PrincipalEntry::FederatedUser { account, name },
            RequestPrincipal::FederatedUser { account: of, name: is, .. },
        ) if account == of && name == is => Grant::Direct,
        (PrincipalEntry::Service(wanted), RequestPrincipal::Service(name)) if wanted == name => {
            Grant::Service
        }
        (PrincipalEntry::Federated(wanted), RequestPrincipal::Federated(name))
            if wanted == name =>
        {
            Grant::Federated
        }
        _ => return None,
    };
    Some(grant)
}

/// A session's ARN holds the role's name without its path, and names are unique in an account ignoring case.
fn is_role(wanted: &IdentityArn, role: &IdentityArn) -> bool {
    wanted.partition == role.partition
        && wanted.account == role.account
        && wanted.name.eq_ignore_ascii_case(&role.name)
}

/// Whether this user made the federated session. A principal names a user exactly, the path included.
fn made_by(facts: &Facts<'_>, wanted: &IdentityArn) -> bool {
    let Caller::FederatedUser(Some(user)) = facts.caller else { return false };
    let before_name = user.arn.strip_suffix(&*wanted.name);
    let before_path = before_name.and_then(|arn| arn.strip_suffix(&*wanted.path));
    before_path.is_some_and(|arn| arn.ends_with(":user"))
}
