//! The effective permissions of every principal of an organization, computed step by step and kept from edit to edit.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use iam_evaluator::{
    Account, AccountId, Action, Arn, Membership, Organization, Request, RequestPrincipal,
    RequestResource, Settled, TargetIndex,
};

use crate::ask::World;
use crate::cells::{Cells, Totals};
use crate::clash;
use crate::combine::{self, Never};
use crate::engine::{Caller, Engine};
use crate::granting::touched;
use crate::grants::Grants;
use crate::guardrails::Guardrails;
use crate::numbers::REGION;
use crate::path::{List, Lists, world_of_lists};
use crate::questions::Answers;
use crate::settle::Class;
use crate::world;
use crate::{ActionSet, Universe};

/// What every principal of an organization can do.
///
/// Made by [`Engine::begin`], and filled by [`Engine::advance`] a stretch at a time, so that a page never freezes.
#[derive(Clone, Debug)]
pub struct Effective {
    organization: Arc<Organization>,
    universe: Rc<Universe>,
    /// In the order of [`Organization::accounts`].
    accounts: Vec<Rc<AccountPermissions>>,
    lists: Rc<Lists>,
    /// The account that is being computed.
    unfinished: Option<Box<AccountPermissions>>,
}

/// What the principals of one account can do.
#[derive(Clone, Debug)]
pub struct AccountPermissions {
    account: Arc<Account>,
    target: Option<TargetIndex>,
    path: Box<str>,
    lists: Box<[u32]>,
    listed_version: u32,
    touched: Rc<ActionSet>,
    /// Users, then roles.
    principals: Vec<PrincipalPermissions>,
    totals: Totals,
}

/// What one principal can do.
#[derive(Clone, Debug)]
pub struct PrincipalPermissions {
    pub(crate) grants: Rc<Grants>,
    pub(crate) guardrails: Rc<Guardrails>,
    pub(crate) never: Never,
    answers: Answers,
    totals: Totals,
}

/// What is kept of the last state that was computed to its end.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Held so that no other account can come to stand at an address.
    accounts: HashMap<AccountId, Rc<AccountPermissions>>,
}

impl Engine {
    /// Computes everything at once.
    pub fn compute(&mut self, organization: &Arc<Organization>) -> Effective {
        let mut effective = self.begin(organization);
        while !self.advance(&mut effective, usize::MAX) {}
        effective
    }

    /// Begins with the state of the organization after an edit, or with its first.
    pub fn begin(&mut self, organization: &Arc<Organization>) -> Effective {
        self.forget_unused();
        self.listed.update(organization);
        Effective {
            organization: Arc::clone(organization),
            universe: Rc::clone(&self.universe),
            accounts: Vec::new(),
            lists: Rc::new(self.all_lists(organization)),
            unfinished: None,
        }
    }

    /// Computes the next so many principals; true when all are done. What an edit left untouched costs almost nothing.
    pub fn advance(&mut self, effective: &mut Effective, principals: usize) -> bool {
        let organization = Arc::clone(&effective.organization);
        let all_lists = Rc::clone(&effective.lists);
        let mut left = principals;
        let rest = organization.accounts().skip(effective.accounts.len());
        for membership in rest {
            let begun = effective.unfinished.take();
            let lists = all_lists.of(&organization, membership);
            let context = Context { organization: &organization, membership, lists: &lists };
            let account = begun.unwrap_or_else(|| self.begin_account(&context));
            match self.advance_account(&context, account, &mut left) {
                Ok(done) => effective.accounts.push(done),
                Err(unfinished) => {
                    effective.unfinished = Some(unfinished);
                    return false;
                }
            }
        }
        let known = effective.accounts.iter().map(|it| (it.account.id, Rc::clone(it)));
        self.kept = Kept { accounts: known.collect() };
        true
    }

    fn begin_account(&mut self, context: &Context<'_>) -> Box<AccountPermissions> {
        let membership = context.membership;
        let account = membership.shared_account();
        Box::new(AccountPermissions {
            account: Arc::clone(account),
            target: membership.target(),
            path: membership.path(context.organization).into(),
            lists: context.lists.iter().map(|list| list.number).collect(),
            listed_version: self.listed.version,
            touched: self.touched(account),
            principals: Vec::new(),
            totals: Totals::default(),
        })
    }

    fn touched(&self, account: &Arc<Account>) -> Rc<ActionSet> {
        let before = self.kept.accounts.get(&account.id);
        match before.filter(|it| Arc::ptr_eq(&it.account, account)) {
            Some(known) => Rc::clone(&known.touched),
            None => Rc::new(touched(&self.universe, account)),
        }
    }

    fn advance_account(
        &mut self,
        context: &Context<'_>,
        mut account: Box<AccountPermissions>,
        left: &mut usize,
    ) -> Result<Rc<AccountPermissions>, Box<AccountPermissions>> {
        let before = self.kept.accounts.get(&account.account.id).cloned();
        let before = before.filter(|it| it.grants_as(&account));
        if let Some(same) = before.as_ref().filter(|it| it.lists == account.lists) {
            // The place in the list of targets may be another one.
            return Ok(match same.target == account.target {
                true => Rc::clone(same),
                false => Rc::new(AccountPermissions { target: account.target, ..(**same).clone() }),
            });
        }
        let mut paths = Vec::new();
        let count = account.account.users.len() + account.account.roles.len();
        account.principals.reserve_exact(count - account.principals.len());
        while account.principals.len() < count {
            if *left == 0 {
                return Err(account);
            }
            *left -= 1;
            let at = account.principals.len();
            let known = before.as_ref().and_then(|it| it.principals.get(at));
            let principal =
                match known.and_then(|known| self.again(context, &account, at, known, &paths)) {
                    Some(principal) => principal,
                    None => self.anew(context, &account, at, known, &mut paths),
                };
            account.totals.add(&principal.totals);
            account.principals.push(principal);
        }
        Ok(account.into())
    }

    /// What a principal can do below other guardrails, where everything that is needed is known.
    fn again(
        &mut self,
        context: &Context<'_>,
        account: &AccountPermissions,
        at: usize,
        known: &PrincipalPermissions,
        paths: &Paths,
    ) -> Option<PrincipalPermissions> {
        let lists = context.lists_of(account, at);
        let is_spared = account.is_spared(at);
        let path = paths.iter().find(|(spared, given, _)| {
            let asked = lists.iter().flat_map(|list| &list.asked.0);
            *spared == is_spared
                && asked.zip(given).all(|(asked, given)| known.answers.get(*asked) == Some(*given))
        });
        let guardrails = Rc::clone(&path?.2);
        let grants = Rc::clone(&known.grants);
        if may_clash(&guardrails, &grants) {
            return None;
        }
        let (never, answers) = (Never::new(), known.answers.clone());
        let totals = combine::totals(&self.universe, &guardrails, &grants, &never);
        Some(PrincipalPermissions { grants, guardrails, never, answers, totals })
    }

    fn anew(
        &mut self,
        context: &Context<'_>,
        account: &AccountPermissions,
        at: usize,
        known: Option<&PrincipalPermissions>,
        paths: &mut Paths,
    ) -> PrincipalPermissions {
        let Some(template) = account.arn(at).and_then(template) else {
            return self.nobody();
        };
        let caller = Caller {
            organization: context.organization,
            membership: context.membership,
            settled: Settled::of(context.organization, &template),
            template: &template,
            special: 0,
        };
        let lists = context.lists_of(account, at);
        let mut answers = known.map(|known| known.answers.clone()).unwrap_or_default();
        let guardrails = self.path(&caller, lists, &mut answers);
        let asked = lists.iter().flat_map(|list| &list.asked.0);
        let given: Vec<u32> = asked.filter_map(|question| answers.get(*question)).collect();
        paths.push((account.is_spared(at), given, Rc::clone(&guardrails)));
        let grants = match known {
            Some(known) => Rc::clone(&known.grants),
            None => self.granted(&caller, &account.touched),
        };
        self.together(&caller, lists, guardrails, grants, answers)
    }

    fn together(
        &mut self,
        caller: &Caller<'_>,
        lists: &[Rc<List>],
        guardrails: Rc<Guardrails>,
        grants: Rc<Grants>,
        answers: Answers,
    ) -> PrincipalPermissions {
        let never = match may_clash(&guardrails, &grants) {
            true => self.never_at_once_granted(caller, lists, &guardrails, &grants),
            false => Never::new(),
        };
        let totals = combine::totals(&self.universe, &guardrails, &grants, &never);
        PrincipalPermissions { grants, guardrails, never, answers, totals }
    }

    /// A principal whose ARN cannot be read: nothing is known of it.
    fn nobody(&mut self) -> PrincipalPermissions {
        let guardrails = Rc::clone(&self.no_guardrails);
        let grants = Rc::new(Grants {
            id: self.next_id(),
            words: [].into(),
            classes: vec![],
            local: vec![],
        });
        let totals = combine::totals(&self.universe, &guardrails, &grants, &Never::new());
        let (never, answers) = (Never::new(), Answers::default());
        PrincipalPermissions { grants, guardrails, never, answers, totals }
    }

    /// Computes the permissions of one caller with its session, context and endpoint; the request's action and resource
    /// do not count. `None` where the caller's account is not in view.
    pub fn permissions_of(
        &mut self,
        organization: &Organization,
        request: &Request,
    ) -> Option<PrincipalPermissions> {
        self.listed.update(organization);
        let membership = organization.account(request.principal.account()?)?;
        let neutral = template_of(request.principal.clone())?;
        let template = Request {
            action: neutral.action.clone(),
            resource: RequestResource::None,
            ..request.clone()
        };
        let special = if template == neutral { 0 } else { self.next_id() };
        let settled = Settled::of(organization, &template);
        let caller = Caller { organization, membership, template: &template, settled, special };
        let account = membership.account();
        let mut lists = self.all_lists(organization).of(organization, membership);
        if is_service_linked(&template.principal, account) {
            lists.clear();
        }
        let mut answers = Answers::default();
        let guardrails = self.path(&caller, &lists, &mut answers);
        let touched = self.touched(membership.shared_account());
        let grants = self.granted(&caller, &touched);
        Some(self.together(&caller, &lists, guardrails, grants, answers))
    }

    /// The actions that the organization leaves sometimes and the account grants sometimes, but never at once.
    fn never_at_once_granted(
        &mut self,
        caller: &Caller<'_>,
        lists: &[Rc<List>],
        guardrails: &Guardrails,
        grants: &Grants,
    ) -> Never {
        let universe = Rc::clone(&self.universe);
        let (organization, membership) = (caller.organization, caller.membership);
        let real = World::new(|| {
            let account = Arc::clone(membership.shared_account());
            world::around(
                organization,
                membership,
                account,
                &world::AsItIs(organization, membership),
            )
        });
        let ask = caller.ask(&universe, &real);
        let [everywhere, identity] = self.everything.clone();
        let world = World::new(|| world_of_lists(caller, lists, &everywhere, &identity));
        let ask_lists = caller.ask(&universe, &world);
        let mut never: HashMap<u32, u64> = HashMap::new();
        for (class, is_local) in grants.classes.iter().zip(&grants.local) {
            for place in clashing(guardrails, class) {
                let left: Vec<&Class> = guardrails.classes(place).collect();
                let regions = class
                    .regions
                    .as_deref()
                    .filter(|_| left.iter().all(|class| class.dimensions == [REGION]));
                let agree = match regions {
                    Some(regions) if !self.left_in(regions, place, &ask_lists, &left) => false,
                    Some(_)
                        if clash::own_region(class).is_some_and(|own| {
                            self.left_in(&[own.into()], place, &ask_lists, &left)
                        }) =>
                    {
                        true
                    }
                    _ => {
                        let all: Vec<&Class> = std::iter::once(class).chain(left).collect();
                        // What hangs on this account's resources holds for this principal alone.
                        let of = (*is_local).then(|| caller.template.principal.to_string());
                        let of = of.map_or(0, |principal| self.numbers.text(&principal) + 1);
                        self.agree(&[caller.special, of], place, &ask, &all)
                    }
                };
                if !agree {
                    let word = never.entry(crate::universe::number(place / 64)).or_default();
                    *word |= 1 << (place % 64);
                }
            }
        }
        let mut never: Never = never.into_iter().collect();
        never.sort_unstable();
        never
    }
}

/// Paths of one account: whether they are of callers whom guardrails spare, and the answers they hang on.
type Paths = Vec<(bool, Vec<u32>, Rc<Guardrails>)>;

struct Context<'a> {
    organization: &'a Organization,
    membership: &'a Membership,
    lists: &'a [Rc<List>],
}

impl Context<'_> {
    /// The lists that limit a principal of the account.
    fn lists_of(&self, account: &AccountPermissions, at: usize) -> &[Rc<List>] {
        if account.is_spared(at) { &[] } else { self.lists }
    }
}

impl Lists {
    /// The lists that limit the principals of an account, from the root down; none where it is exempt.
    fn of(&self, organization: &Organization, membership: &Membership) -> Vec<Rc<List>> {
        let target = membership.target().and_then(|index| organization.target(index));
        let exempt = organization
            .settings()
            .is_some_and(|settings| settings.management_account == Some(membership.account().id));
        let levels = target.filter(|_| !exempt).map_or(&[][..], |target| target.levels());
        levels.iter().flat_map(|index| self.at(*index)).cloned().collect()
    }
}

/// Whether organization and account look at the same things for some action.
fn may_clash(guardrails: &Guardrails, grants: &Grants) -> bool {
    !guardrails.reads.is_empty()
        && grants.classes.iter().any(|class| clashing(guardrails, class).next().is_some())
}

/// The actions of a class that the organization leaves sometimes, by a look at the same things.
fn clashing<'a>(guardrails: &'a Guardrails, class: &'a Class) -> impl Iterator<Item = usize> + 'a {
    let shared: Vec<&ActionSet> = guardrails
        .reads
        .iter()
        .filter(|(dimension, _)| class.dimensions.contains(dimension))
        .map(|(_, set)| set)
        .collect();
    let words = class.actions.words();
    words.flat_map(move |(index, word)| {
        let read = shared.iter().fold(0, |all, set| all | set.word(index));
        crate::action_set::bits(index, word & read)
    })
}

/// A principal's request of which nothing but the principal is known.
fn template(arn: &str) -> Option<Request> {
    template_of(RequestPrincipal::parse(arn).ok()?)
}

fn template_of(principal: RequestPrincipal) -> Option<Request> {
    // Any action of a service with regions will do.
    let action = Action::parse("s3:GetObject").ok()?;
    Some(Request::new(principal, action, RequestResource::None))
}

fn is_service_linked(principal: &RequestPrincipal, account: &Account) -> bool {
    match principal {
        RequestPrincipal::AssumedRole { role, .. } => {
            account.role(&role.name).is_some_and(|role| role.is_service_linked())
        }
        _ => false,
    }
}

impl Effective {
    /// The organization that it is about.
    #[must_use]
    pub fn organization(&self) -> &Arc<Organization> {
        &self.organization
    }

    /// Whether every principal has been computed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.accounts.len() == self.organization.accounts().count()
    }

    /// Every account that is done, in the order of the ids.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountPermissions> {
        self.accounts.iter().map(|account| &**account)
    }

    /// The account of this id, if it is done.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&AccountPermissions> {
        let at = self.accounts.binary_search_by_key(&id, |account| account.account.id).ok()?;
        self.accounts.get(at).map(|account| &**account)
    }

    /// The user or role of this ARN, if its account is done.
    #[must_use]
    pub fn principal(&self, arn: &str) -> Option<&PrincipalPermissions> {
        let account = self.account(Arn::split(arn)?.account_id()?)?;
        account.principal(arn, 0)
    }

    /// The totals of all accounts below a place of the tree, or of the account that stands there.
    #[must_use]
    pub fn totals_below(&self, target: TargetIndex) -> Totals {
        let mut totals = Totals::default();
        for account in &self.accounts {
            let place = account.target.and_then(|index| self.organization.target(index));
            if place.is_some_and(|place| place.levels().contains(&target)) {
                totals.add(&account.totals);
            }
        }
        totals
    }

    pub(crate) fn universe(&self) -> &Universe {
        &self.universe
    }

    pub(crate) fn shared_accounts(&self) -> &[Rc<AccountPermissions>] {
        &self.accounts
    }
}

impl AccountPermissions {
    /// The account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Its place in the tree.
    #[must_use]
    pub fn target(&self) -> Option<TargetIndex> {
        self.target
    }

    /// How many actions of how many of its principals have each verdict.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Its users, then its roles, each with its ARN.
    pub fn principals(&self) -> impl Iterator<Item = (&str, &PrincipalPermissions)> {
        let arns = (0..).map_while(|at| self.arn(at));
        arns.zip(&self.principals)
    }

    /// The principal of this ARN, which is looked for first at a place in the list.
    pub(crate) fn principal(&self, arn: &str, near: usize) -> Option<&PrincipalPermissions> {
        let mut places = std::iter::once(near).chain(0..self.principals.len());
        self.principals.get(places.find(|at| self.arn(*at) == Some(arn))?)
    }

    /// Whether guardrails spare the principal, because it is a service-linked role.
    fn is_spared(&self, at: usize) -> bool {
        self.role(at).is_some_and(|role| role.is_service_linked())
    }

    fn role(&self, at: usize) -> Option<&iam_evaluator::Role> {
        self.account.roles.get(at.checked_sub(self.account.users.len())?)
    }

    fn arn(&self, at: usize) -> Option<&str> {
        let user = self.account.users.get(at).map(|user| &*user.arn);
        user.or_else(|| self.role(at).map(|role| &*role.arn))
    }

    /// Whether the account grants in another state what it grants here.
    fn grants_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.account, &other.account)
            && self.path == other.path
            && self.listed_version == other.listed_version
    }
}

impl PrincipalPermissions {
    /// How many actions of each access level have each verdict.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Every action with its verdict.
    #[must_use]
    pub fn cells(&self, universe: &Universe) -> Cells {
        combine::cells(universe, &self.guardrails, &self.grants, &self.never)
    }

    /// Whether both can do the same, seen without a look at any action: false may mean that they do after all.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.grants.id == other.grants.id
            && self.guardrails.id == other.guardrails.id
            && self.never == other.never
    }
}
