//! Computing the permissions of every principal, a stretch at a time, and again after an edit.
//!
//! An account is kept as it is where neither it nor anything above it changed. Below an edited guardrail a principal
//! keeps what it is granted, and mostly needs nothing but to be counted again.

use std::rc::Rc;
use std::sync::Arc;

use iam_evaluator::{
    Account, Action, Membership, Organization, Request, RequestPrincipal, RequestResource, Settled,
    TargetIndex,
};

use crate::ActionSet;
use crate::cells::Totals;
use crate::combine::{self, Never};
use crate::effective::{AccountPermissions, Effective, Kept, PrincipalPermissions};
use crate::engine::{Caller, Engine};
use crate::granting::touched;
use crate::grants::Grants;
use crate::guardrails::Guardrails;
use crate::path::{List, Lists};
use crate::questions::Answers;

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
        self.paths.clear();
        self.totals.clear();
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
        let mut begun = Box::new(AccountPermissions {
            account: Arc::clone(account),
            target: membership.target(),
            path: membership.path(context.organization).into(),
            lists: context.lists.iter().map(|list| list.number).collect(),
            listed_version: self.listed.version,
            version: self.next_id(),
            touched: self.touched(account),
            principals: Vec::new(),
            totals: Totals::default(),
        });
        let before = self.kept.accounts.get(&account.id).filter(|it| it.grants_as(&begun));
        begun.version = before.map_or(begun.version, |before| before.version);
        begun
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
            let principal = match known
                .and_then(|known| self.again(context, &account, at, known, &mut paths))
            {
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
        paths: &mut Paths,
    ) -> Option<PrincipalPermissions> {
        let is_spared = known.is_spared;
        let lists = context.lists_of(is_spared);
        let ready = paths.iter().find(|(spared, given, _)| {
            let asked = lists.iter().flat_map(|list| &list.asked.0);
            *spared == is_spared
                && asked.zip(given).all(|(asked, given)| known.answers.get(*asked) == Some(*given))
        });
        let guardrails = match ready {
            Some((.., guardrails)) => Rc::clone(guardrails),
            None => {
                let given = given(lists, &known.answers)?;
                let found = Rc::clone(self.paths.get(&*path_key(lists, &given)?)?);
                paths.push((is_spared, given, Rc::clone(&found)));
                found
            }
        };
        let grants = Rc::clone(&known.grants);
        let never = self.never_at_once(&guardrails, &grants, account.own(at))?;
        let totals = self.totals_of(&guardrails, &grants, &never);
        let answers = Rc::clone(&known.answers);
        Some(PrincipalPermissions { grants, guardrails, never, answers, is_spared, totals })
    }

    /// The totals; many principals of many accounts are alike.
    fn totals_of(&mut self, guardrails: &Guardrails, grants: &Grants, never: &Never) -> Totals {
        let compute = || combine::totals(&self.universe, guardrails, grants, never);
        if grants.words.len() < 100 || !never.is_empty() {
            return compute();
        }
        *self.totals.entry([guardrails.id, grants.id]).or_insert_with(compute)
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
            own: account.own(at),
            template: &template,
            special: 0,
        };
        let is_spared = known.map_or_else(|| account.is_spared(at), |known| known.is_spared);
        let lists = context.lists_of(is_spared);
        let mut answers = known.map(|known| (*known.answers).clone()).unwrap_or_default();
        let guardrails = self.path(&caller, lists, &mut answers);
        if let Some(given) = given(lists, &answers) {
            if let Some(key) = path_key(lists, &given) {
                self.paths.insert(key.into(), Rc::clone(&guardrails));
            }
            paths.push((is_spared, given, Rc::clone(&guardrails)));
        }
        let grants = match known {
            Some(known) => Rc::clone(&known.grants),
            None => self.granted(&caller, &account.touched),
        };
        PrincipalPermissions { is_spared, ..self.together(&caller, guardrails, grants, answers) }
    }

    fn together(
        &mut self,
        caller: &Caller<'_>,
        guardrails: Rc<Guardrails>,
        grants: Rc<Grants>,
        answers: Answers,
    ) -> PrincipalPermissions {
        let never = self.never_at_once_granted(caller, &guardrails, &grants);
        let totals = self.totals_of(&guardrails, &grants, &never);
        let answers = Rc::new(answers);
        PrincipalPermissions { grants, guardrails, never, answers, is_spared: false, totals }
    }

    /// A principal whose ARN cannot be read: nothing is known of it.
    fn nobody(&mut self) -> PrincipalPermissions {
        let guardrails = Rc::clone(&self.no_guardrails);
        let grants = Rc::new(Grants {
            id: self.next_id(),
            words: [].into(),
            classes: vec![],
            local: vec![],
            masks: vec![],
        });
        let totals = combine::totals(&self.universe, &guardrails, &grants, &Never::new());
        let (never, answers) = (Never::new(), Rc::default());
        PrincipalPermissions { grants, guardrails, never, answers, is_spared: false, totals }
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
        let own = [self.next_id(), 0];
        let caller =
            Caller { organization, membership, own, template: &template, settled, special };
        let account = membership.account();
        let path = limiting(organization, membership);
        let path = path.iter().filter_map(|index| organization.target(*index));
        let mut lists: Vec<_> =
            path.flat_map(|target| self.lists_at(organization, target)).collect();
        if is_service_linked(&template.principal, account) {
            lists.clear();
        }
        let mut answers = Answers::default();
        let guardrails = self.path(&caller, &lists, &mut answers);
        let touched = self.touched(membership.shared_account());
        let grants = self.granted(&caller, &touched);
        Some(self.together(&caller, guardrails, grants, answers))
    }
}

/// The paths of an account's principals so far: whether they are of callers whom guardrails spare, and the answers they hang on.
type Paths = Vec<(bool, Vec<u32>, Rc<Guardrails>)>;

struct Context<'a> {
    organization: &'a Organization,
    membership: &'a Membership,
    lists: &'a [Rc<List>],
}

impl Context<'_> {
    /// The lists that limit a principal of the account.
    fn lists_of(&self, is_spared: bool) -> &[Rc<List>] {
        if is_spared { &[] } else { self.lists }
    }
}

impl Lists {
    fn of(&self, organization: &Organization, membership: &Membership) -> Vec<Rc<List>> {
        let path = limiting(organization, membership).iter();
        path.flat_map(|index| self.at(*index)).cloned().collect()
    }
}

/// The places whose policies limit the principals of an account, from the root down; none where it is exempt.
fn limiting<'a>(organization: &'a Organization, membership: &Membership) -> &'a [TargetIndex] {
    let target = membership.target().and_then(|index| organization.target(index));
    let settings = organization.settings();
    let exempt = settings.is_some_and(|it| it.management_account == Some(membership.account().id));
    target.filter(|_| !exempt).map_or(&[], |target| target.levels())
}

/// The answers to all that the lists ask, if all are known.
fn given(lists: &[Rc<List>], answers: &Answers) -> Option<Vec<u32>> {
    lists.iter().flat_map(|list| &list.asked.0).map(|question| answers.get(*question)).collect()
}

/// Accounts below like lists share the path of like callers, unless a list reads differently in each account.
fn path_key(lists: &[Rc<List>], given: &[u32]) -> Option<Vec<u32>> {
    let shared = lists.iter().all(|list| !list.asked.1);
    let numbers = lists.iter().map(|list| list.number);
    shared.then(|| numbers.chain([u32::MAX]).chain(given.iter().copied()).collect())
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
