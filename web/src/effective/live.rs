//! Everybody's permissions, now and at the baseline, worked out piece by piece so that the page never stands still.
//!
//! [`LiveWorker`] computes after each painting, in slices of a few milliseconds (`job.rs`), and hands a new [`Live`] to
//! the [`LiveProvider`] when it is done. Whoever shows permissions takes them with [`use_live`].

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use iam_effective::{Effective, Engine, PrincipalPermissions, Universe};
use iam_scenario::{Compiled, Document};
use yew::prelude::*;

use super::callers::request_like;
use super::changes::{Change, Summary};
use super::engine::Permissions;
use super::index::Index;
use super::job::{Baseline, Job, start};
use crate::browser;
use crate::catalog::{CatalogHandle, use_catalog};
use crate::lazy::later;
use crate::question::Question;

/// What is worked out once the catalogue is there.
#[derive(Debug)]
pub struct Facts {
    /// The actions.
    pub index: Index,
    /// Computes permissions.
    pub engine: RefCell<Engine>,
}

impl Facts {
    /// What follows from a catalogue.
    pub fn new(catalog: CatalogHandle) -> Facts {
        let engine = Engine::new(Universe::of_catalog(&catalog));
        let index = Index::new(catalog, Rc::clone(engine.shared_universe()));
        Facts { index, engine: RefCell::new(engine) }
    }
}

/// Everybody's permissions as far as they are known.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// `None` until the catalogue is there.
    pub facts: Option<Rc<Facts>>,
    /// The scenario that this is about, ready to be asked.
    pub compiled: Option<Rc<Compiled>>,
    /// The permissions of all users and roles.
    pub now: Option<Rc<Effective>>,
    /// The permissions of the question's principal, with its session.
    pub asked: Option<Rc<Permissions>>,
    /// What has changed since the baseline.
    pub changes: Rc<[Change]>,
    /// The same, summed up the tree by id.
    pub by_target: BTreeMap<String, Summary>,
}

impl Live {
    /// The permissions of a user or role of the scenario.
    pub fn of(&self, arn: &str) -> Option<&PrincipalPermissions> {
        self.now.as_ref()?.principal(arn)
    }
}

/// [`Live`], shared; two are equal when they are one and the same.
#[derive(Debug, Clone, Default)]
pub struct LiveHandle(Rc<Live>);

impl Deref for LiveHandle {
    type Target = Live;

    fn deref(&self) -> &Live {
        &self.0
    }
}

impl PartialEq for LiveHandle {
    fn eq(&self, other: &LiveHandle) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Everybody's permissions, for a component below [`LiveProvider`].
#[hook]
pub fn use_live() -> LiveHandle {
    use_context::<LiveHandle>().unwrap_or_default()
}

/// Properties of [`LiveWorker`].
#[derive(Properties, PartialEq, Clone)]
pub struct LiveProps {
    /// The document, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// The document.
    pub document: Rc<Document>,
    /// The state that it is compared with.
    pub baseline: Rc<Document>,
    /// The question, whose principal goes first.
    pub question: Question,
    /// What was worked out.
    #[prop_or_default]
    pub on_live: Callback<LiveHandle>,
}

/// Properties of [`LiveProvider`].
#[derive(Properties, PartialEq)]
pub struct LiveProviderProps {
    /// What the permissions follow from.
    pub inputs: LiveProps,
    /// What can use the permissions.
    pub children: Html,
}

/// Gives the permissions to everything inside, once they are worked out.
#[component]
pub fn LiveProvider(props: &LiveProviderProps) -> Html {
    let live = use_state_eq(LiveHandle::default);
    let on_live = {
        let live = live.setter();
        use_callback((), move |worked_out: LiveHandle, ()| live.set(worked_out))
    };
    let inputs = LiveProps { on_live, ..props.inputs.clone() };
    html! {
        <ContextProvider<LiveHandle> context={(*live).clone()}>
            { later!(Catalog, Nothing, live(inputs)) }
            { props.children.clone() }
        </ContextProvider<LiveHandle>>
    }
}

/// Works the permissions out, after each painting. Shows nothing.
#[component]
pub fn LiveWorker(props: &LiveProps) -> Html {
    let LiveProps { compiled, document, baseline, question, on_live } = props;
    let catalog = use_catalog().get().cloned();
    let facts = use_memo(catalog, |catalog| catalog.clone().map(|it| Rc::new(Facts::new(it))));
    let before = use_mut_ref(|| None::<Baseline>);
    {
        let on_live = on_live.clone();
        let asked = request_like(&question.request);
        let inputs = (
            compiled.clone(),
            document.clone(),
            ByPointer(baseline.clone()),
            ByPointer(facts),
            asked,
        );
        use_effect_with(inputs, move |(compiled, document, baseline, facts, asked)| {
            let running = facts.0.as_ref().as_ref().map(|facts| {
                let job = Job::new(facts, compiled, document, &baseline.0, asked, before);
                start(job, move |live| {
                    browser::mark_time("permissions");
                    on_live.emit(LiveHandle(Rc::new(live)));
                })
            });
            move || drop(running)
        });
    }
    Html::default()
}

/// Compared by pointer.
struct ByPointer<T>(Rc<T>);

impl<T> PartialEq for ByPointer<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
impl LiveHandle {
    /// Everything worked out at once, for tests.
    pub fn complete(
        document: &Rc<Document>,
        baseline: &Rc<Document>,
        question: &Question,
    ) -> LiveHandle {
        let catalog = include_bytes!("../../../crates/catalog/data/catalog.bin");
        let catalog = CatalogHandle::new(iam_catalog::Catalog::decode(catalog).unwrap());
        let facts = Rc::new(Facts::new(catalog));
        let compiled = Rc::new(Compiled::new(document));
        let asked = request_like(&question.request);
        let mut job = Job::new(&facts, &compiled, document, baseline, &asked, Rc::default());
        while !job.step() {}
        LiveHandle(Rc::new(job.live()))
    }
}
