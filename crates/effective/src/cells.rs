//! The cells: for every action, what it comes to for one caller.

use iam_evaluator::{
    Decision, Judgement, Organization, Request, RequestResource, UnknownKeys, judge,
    judge_resources,
};

use crate::partition::partition;
use crate::{ActionSet, Covers, Entry, Universe};

/// What an action comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Allowed on every resource, whatever the condition keys are.
    Allowed,
    /// Allowed on some resources or under some conditions.
    Depends,
    /// Never allowed; at least under some conditions a `Deny` says so.
    ExplicitDeny,
    /// Never allowed, and no `Deny` is needed for that.
    ImplicitDeny,
}

impl Verdict {
    /// The verdict of a judgement. Where a judgement is not exact, something may always be otherwise.
    #[must_use]
    pub fn of(judgement: &Judgement) -> Self {
        let possible = |decision| judgement.example(decision).is_some();
        let denied = possible(Decision::ExplicitDeny) || possible(Decision::ImplicitDeny);
        match (possible(Decision::Allowed), denied) {
            _ if !judgement.exact => Self::Depends,
            (true, true) => Self::Depends,
            (true, false) => Self::Allowed,
            (false, _) if possible(Decision::ExplicitDeny) => Self::ExplicitDeny,
            (false, _) => Self::ImplicitDeny,
        }
    }
}

/// Actions that are decided alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The actions, by their places in the universe.
    pub actions: ActionSet,
    /// What each of them comes to.
    pub verdict: Verdict,
    /// What it depends on, with an example of each decision. The examples' resources are of the first action's forms.
    pub judgement: Judgement,
}

/// Every action of the universe, in groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    groups: Vec<Group>,
}

impl Cells {
    /// The groups; each action is in exactly one.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of an action, by its place in the universe.
    #[must_use]
    pub fn group(&self, place: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.actions.contains(place))
    }

    /// How many actions have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.groups
            .iter()
            .filter(|group| group.verdict == verdict)
            .map(|group| group.actions.len())
            .sum()
    }

    /// All actions of this verdict.
    #[must_use]
    pub fn actions(&self, verdict: Verdict, universe: &Universe) -> ActionSet {
        let mut actions = ActionSet::none(universe.len());
        for group in self.groups.iter().filter(|group| group.verdict == verdict) {
            actions.add(&group.actions);
        }
        actions
    }
}

/// Computes every cell of one caller. The request's action and resource do not count; its principal, context, session
/// and endpoint do. Condition keys that it does not mention are unknown.
///
/// ```
/// use iam_effective::{Covers, Entry, Universe, Verdict, cells};
/// use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource};
/// let universe = Universe::new([
///     Entry { action: Action::parse("sts:GetCallerIdentity")?, forms: vec![] },
///     Entry { action: Action::parse("s3:GetObject")?, forms: vec!["arn:aws:s3:::*/*".into()] },
/// ]);
/// let organization = Organization::standalone().build();
/// let john = RequestPrincipal::parse("arn:aws:iam::111122223333:user/John")?;
/// let request = Request::new(john, Action::parse("s3:GetObject")?, RequestResource::None);
/// let cells = cells(&organization, &request, &universe, &mut Covers::default());
/// assert_eq!((cells.count(Verdict::Allowed), cells.count(Verdict::ImplicitDeny)), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cells(
    organization: &Organization,
    request: &Request,
    universe: &Universe,
    covers: &mut Covers,
) -> Cells {
    let groups =
        partition(organization, request, universe, covers).into_iter().filter_map(|actions| {
            let entry = universe.entries().get(actions.iter().next()?)?;
            let judgement = cell(organization, request, entry);
            Some(Group { actions, verdict: Verdict::of(&judgement), judgement })
        });
    Cells { groups: groups.collect() }
}

/// Judges one action alone: every resource of its forms, every condition key that the request does not mention.
#[must_use]
pub fn cell(organization: &Organization, request: &Request, entry: &Entry) -> Judgement {
    let request = Request {
        action: entry.action.clone(),
        resource: RequestResource::None,
        ..request.clone()
    };
    if entry.forms.is_empty() {
        return judge(organization, &request, &UnknownKeys::NotMentioned);
    }
    let account = request.principal.account();
    let account = account.as_ref().map_or("*", |account| account.as_str());
    let forms: Vec<String> =
        entry.forms.iter().map(|form| form.replace("ACCOUNT", account)).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    judge_resources(organization, &request, &forms, &UnknownKeys::NotMentioned)
}
