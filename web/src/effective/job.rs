//! The work behind [`super::live`]: everybody's permissions at the baseline and now, then what differs, step by step.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use iam_effective::Effective;
use iam_evaluator::AccountId;
use iam_scenario::{Compiled, Document, Request, question};

use super::callers::Caller;
use super::changes::{Change, Comparison, by_target};
use super::engine::{Permissions, named_services};
use super::live::{Facts, Live};
use crate::question::now;

/// How long after an edit the work begins, in milliseconds: the answer is painted first, then the tree ([`crate::afterwards`]).
const AFTER_PAINTING: u32 = 30;
/// How long one slice of work takes, in milliseconds: half a frame.
const SLICE: f64 = 8.0;
/// How many principals are computed before somebody looks at the clock: one whose policies nobody knows yet can take
/// longer than a slice.
pub const STEP: usize = 1;

/// The state that is compared with, once it is computed.
#[derive(Debug, Clone)]
pub struct Baseline {
    document: Rc<Document>,
    facts: Rc<Facts>,
    effective: Rc<Effective>,
}

/// The work for one state of the scenario.
pub struct Job {
    facts: Rc<Facts>,
    compiled: Rc<Compiled>,
    document: Rc<Document>,
    baseline: Rc<Document>,
    asked: Request,
    /// Kept from job to job.
    before: Rc<RefCell<Option<Baseline>>>,
    stage: Stage,
    now: Option<Rc<Effective>>,
    changes: Vec<Change>,
}

/// How far it is.
enum Stage {
    Begin,
    /// Computing the baseline, which comes first: the engine keeps what it computed last for the next edit.
    Before(Effective),
    Now(Effective),
    /// The accounts that are still to be compared, the next one last.
    Compare(Vec<AccountId>, Comparison),
    Done,
}

impl Job {
    /// The work to be done.
    pub fn new(
        facts: &Rc<Facts>,
        compiled: &Rc<Compiled>,
        document: &Rc<Document>,
        baseline: &Rc<Document>,
        asked: &Request,
        before: Rc<RefCell<Option<Baseline>>>,
    ) -> Job {
        Job {
            facts: Rc::clone(facts),
            compiled: Rc::clone(compiled),
            document: Rc::clone(document),
            baseline: Rc::clone(baseline),
            asked: asked.clone(),
            before,
            stage: Stage::Begin,
            now: None,
            changes: Vec::new(),
        }
    }

    /// Does a little; true when all is done.
    pub fn step(&mut self) -> bool {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Begin => self.begin(),
            Stage::Before(mut effective) => {
                let mut engine = self.facts.engine.borrow_mut();
                if engine.advance(&mut effective, STEP) {
                    self.keep_baseline(Rc::new(effective));
                    Stage::Now(engine.begin(self.compiled.shared_organization()))
                } else {
                    Stage::Before(effective)
                }
            }
            Stage::Now(mut effective) => {
                if self.facts.engine.borrow_mut().advance(&mut effective, STEP) {
                    self.compare_with(Rc::new(effective))
                } else {
                    Stage::Now(effective)
                }
            }
            Stage::Compare(mut accounts, mut comparison) => match accounts.pop() {
                Some(account) => {
                    self.compare(account, &mut comparison);
                    Stage::Compare(accounts, comparison)
                }
                None => Stage::Done,
            },
            Stage::Done => Stage::Done,
        };
        matches!(self.stage, Stage::Done)
    }

    fn begin(&self) -> Stage {
        let mut engine = self.facts.engine.borrow_mut();
        let known = self.before.borrow().as_ref().is_some_and(|before| {
            Rc::ptr_eq(&before.document, &self.baseline) && Rc::ptr_eq(&before.facts, &self.facts)
        });
        if known || Rc::ptr_eq(&self.baseline, &self.document) {
            return Stage::Now(engine.begin(self.compiled.shared_organization()));
        }
        // Made from the present state, so that what both share is known by pointer.
        let compiled = self.compiled.update(&self.baseline);
        Stage::Before(engine.begin(compiled.shared_organization()))
    }

    fn keep_baseline(&self, effective: Rc<Effective>) {
        let (document, facts) = (Rc::clone(&self.baseline), Rc::clone(&self.facts));
        *self.before.borrow_mut() = Some(Baseline { document, facts, effective });
    }

    fn compare_with(&mut self, now: Rc<Effective>) -> Stage {
        self.now = Some(Rc::clone(&now));
        if Rc::ptr_eq(&self.baseline, &self.document) {
            self.keep_baseline(now);
            return Stage::Done;
        }
        let before = self.before.borrow();
        let before = before.iter().flat_map(|before| before.effective.accounts());
        let mut accounts: Vec<AccountId> =
            now.accounts().chain(before).map(|account| account.account().id).collect();
        accounts.sort_unstable_by(|one, other| other.cmp(one));
        accounts.dedup();
        Stage::Compare(accounts, Comparison::default())
    }

    /// Compares the principals of one account.
    fn compare(&mut self, id: AccountId, comparison: &mut Comparison) {
        let kept = self.before.borrow();
        let Some((before, now)) = kept.as_ref().zip(self.now.as_ref()) else { return };
        let (before_document, before) = (&before.document, &before.effective);
        let changes = compare_account(
            (before_document, before),
            (&self.document, now),
            id,
            comparison,
            &self.facts,
        );
        self.changes.extend(changes);
    }

    /// What has been found.
    pub fn live(&mut self) -> Live {
        Live {
            facts: Some(Rc::clone(&self.facts)),
            compiled: Some(Rc::clone(&self.compiled)),
            asked: self.of_asked(),
            now: self.now.clone(),
            by_target: by_target(&self.document, &self.changes),
            changes: std::mem::take(&mut self.changes).into(),
        }
    }

    /// The permissions of the question's principal; a principal that its account does not have has none to show.
    fn of_asked(&self) -> Option<Rc<Permissions>> {
        self.compiled.decide(&self.asked, None).ok()?;
        let request = question(&self.asked, now()).ok()?;
        let mut engine = self.facts.engine.borrow_mut();
        let found = engine.permissions_of(self.compiled.organization(), &request)?;
        let named = named_services(self.compiled.organization(), &request);
        Some(Rc::new(Permissions::new(&found, engine.universe(), named)))
    }
}

/// What differs for the principals of one account between two states, each with its document.
pub fn compare_account(
    (before_document, before): (&Document, &Effective),
    (document, now): (&Document, &Effective),
    id: AccountId,
    comparison: &mut Comparison,
    facts: &Facts,
) -> Vec<Change> {
    let (then_all, now_all) = (before, now);
    let (before, now) = (before.account(id), now.account(id));
    if before.zip(now).is_some_and(|(before, now)| std::ptr::eq(before, now)) {
        return Vec::new();
    }
    let universe = facts.index.universe();
    let mut changes = Vec::new();
    let listed = now.into_iter().flat_map(|it| it.principals()).enumerate();
    for (at, (arn, principal)) in listed {
        let then = before.and_then(|before| before.principal(arn, at));
        let changed = comparison.between(
            then.map(|then| (then_all, then)),
            Some((now_all, principal)),
            arn,
            universe,
        );
        let caller = || Caller::of_arn(document, arn);
        changes.extend(changed.map(|actions| Change { caller: caller(), actions }));
    }
    let gone = before.into_iter().flat_map(|it| it.principals()).enumerate();
    let gone =
        gone.filter(|(at, (arn, _))| now.is_none_or(|now| now.principal(arn, *at).is_none()));
    for (_, (arn, principal)) in gone {
        let changed = comparison.between(Some((then_all, principal)), None, arn, universe);
        let caller = || Caller::of_arn(before_document, arn);
        changes.extend(changed.map(|actions| Change { caller: caller(), actions }));
    }
    changes
}

/// Work that goes on until it is dropped.
pub type Running = Rc<RefCell<Option<Timeout>>>;

/// Starts a job after the next painting; what it finds is handed over when it is done.
pub fn start(mut job: Job, show: impl FnOnce(Live) + 'static) -> Running {
    in_slices(AFTER_PAINTING, move || job.step().then(|| job.live()), show)
}

/// Repeats a step until it gives something, for at most half of every frame.
pub fn in_slices<T: 'static>(
    wait: u32,
    step: impl FnMut() -> Option<T> + 'static,
    done: impl FnOnce(T) + 'static,
) -> Running {
    let running = Running::default();
    go_on(wait, step, done, &running);
    running
}

fn go_on<T: 'static>(
    wait: u32,
    mut step: impl FnMut() -> Option<T> + 'static,
    done: impl FnOnce(T) + 'static,
    running: &Running,
) {
    let later = Rc::downgrade(running);
    let timeout = Timeout::new(wait, move || {
        let began = clock();
        let mut found = step();
        while found.is_none() && clock() - began < SLICE {
            found = step();
        }
        match (found, later.upgrade()) {
            (Some(found), _) => done(found),
            (None, Some(running)) => go_on(0, step, done, &running),
            (None, None) => {}
        }
    });
    *running.borrow_mut() = Some(timeout);
}

/// A clock in milliseconds; outside a browser it stands still.
fn clock() -> f64 {
    if cfg!(target_arch = "wasm32") { js_sys::Date::now() } else { 0.0 }
}
