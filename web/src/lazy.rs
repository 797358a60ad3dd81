//! The parts of the program that a first visit can do without: groups of views, fetched when one is first shown.
//!
//! With the feature `split`, `cargo xtask build` moves into a group's own file whatever only the functions of that group
//! lead to. Without it (tests, Trunk) everything is one program, and every group is here from the beginning.
//!
//! [`later!`] shows a view of a group. What a view needs of the rest of the page goes through `groups.rs`, and only there:
//! a call past it would tie the group's code to the first visit again.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use yew::prelude::*;

use crate::icons::{Icon, icon};
use crate::show::view;

/// A part could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Missing {
        Missing
    }
}

/// Views that are fetched together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Whatever a person opens: everything in the middle but policies, dialogs, gallery and lessons, what would flip an
    /// answer. In one file, for most people open several of them, and the parts of many files would be mostly crumbs.
    Views,
    /// Whatever goes by the catalogue of actions: everybody's permissions, what an edit changes, help while typing, and
    /// which missing keys an answer hangs on.
    Catalog,
    /// Reading links.
    Links,
}

thread_local! {
    /// The groups that have come, one bit for each.
    static HERE: Cell<u8> = const { Cell::new(0) };
    /// Who wants to hear of a group that has come, whoever fetched it.
    static WAITING: RefCell<Vec<(Group, Callback<()>)>> = const { RefCell::new(Vec::new()) };
}

impl Group {
    /// Fetches the group unless it is here.
    pub async fn fetch(self) -> Result<(), Missing> {
        if !self.is_here() {
            crate::groups::fetch(self).await?;
            HERE.set(HERE.get() | self.bit());
            let waiting = WAITING.with_borrow_mut(|all| {
                let (waiting, others) = all.drain(..).partition(|(group, _)| *group == self);
                *all = others;
                waiting
            });
            for (_, hears) in Vec::<(Group, Callback<()>)>::into_iter(waiting) {
                hears.emit(());
            }
        }
        Ok(())
    }

    fn is_here(self) -> bool {
        !cfg!(feature = "split") || HERE.get() & self.bit() != 0
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What a function of a group that is here gives.
pub fn now<T>(call: impl Future<Output = Result<T, Missing>>) -> Result<T, Missing> {
    match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(given) => given,
        // Only a group that has not come yet makes one wait.
        Poll::Pending => Err(Missing),
    }
}

/// What stands in the place of a view until its group has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meanwhile {
    /// A line that says so, and offers to try again where it could not be fetched.
    Words,
    /// Nothing: what comes is only an addition.
    Nothing,
}

/// A view of a group; meanwhile, and where the group cannot be fetched, what `meanwhile` says.
pub fn show_later<F>(group: Group, meanwhile: Meanwhile, view: impl Fn() -> F + 'static) -> Html
where
    F: Future<Output = Result<Html, Missing>>,
{
    let show = Show(Rc::new(move || now(view()).unwrap_or_default()));
    view!(Later { group, meanwhile, show })
}

/// `later!(Views, Words, details(props))`: a view of a group by its door in `groups.rs`, called with references to
/// copies of the variables.
macro_rules! later {
    ($group:ident, $meanwhile:ident, $door:ident($($argument:ident),*)) => {{
        $(let $argument = $argument.clone();)*
        $crate::lazy::show_later(
            $crate::lazy::Group::$group,
            $crate::lazy::Meanwhile::$meanwhile,
            move || {
                $(let $argument = $argument.clone();)*
                async move { $crate::groups::$door($(&$argument),*).await }
            },
        )
    }};
}
pub(crate) use later;

/// Draws the view; never alike, for what it draws compares itself.
#[derive(Clone)]
struct Show(Rc<dyn Fn() -> Html>);

impl PartialEq for Show {
    fn eq(&self, _: &Show) -> bool {
        false
    }
}

#[derive(Properties, PartialEq)]
struct LaterProps {
    group: Group,
    meanwhile: Meanwhile,
    show: Show,
}

#[component]
fn Later(props: &LaterProps) -> Html {
    let LaterProps { group, meanwhile, show } = props;
    let arrival = use_group(*group, true);
    match (&arrival, meanwhile) {
        (Arrival::Here, _) => (show.0)(),
        (_, Meanwhile::Words) => arrival.words(),
        (_, Meanwhile::Nothing) => Html::default(),
    }
}

/// Whether a group is here.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrival {
    /// It is.
    Here,
    /// It is being fetched.
    Coming,
    /// It could not be fetched; the callback tries again.
    Missing(Callback<MouseEvent>),
}

impl Arrival {
    /// What to say until the group is here.
    pub fn words(&self) -> Html {
        match self {
            Arrival::Here => Html::default(),
            Arrival::Coming => {
                html! { <p class="part-coming" role="status">{ "Loading …" }</p> }
            }
            Arrival::Missing(again) => html! {
                <p class="part-missing" role="alert">
                    { icon(Icon::Warning) }
                    { "This part of the page could not be fetched. Is the network gone?" }
                    <button type="button" class="button small" onclick={again}>{ "Try again" }</button>
                </p>
            },
        }
    }
}

/// Fetches a group once it is wanted; the component is drawn again when it is here.
#[hook]
pub fn use_group(group: Group, wanted: bool) -> Arrival {
    let fetched = use_state_eq(|| None::<Result<(), Missing>>);
    let attempt = use_state_eq(|| 0);
    let again = {
        let (fetched, attempt) = (fetched.clone(), attempt.clone());
        Callback::from(move |_: MouseEvent| {
            fetched.set(None);
            attempt.set(*attempt + 1);
        })
    };
    {
        let fetched = fetched.setter();
        use_effect_with((group as u8, wanted, *attempt), move |(_, wanted, _)| {
            if *wanted && !group.is_here() {
                let hears = fetched.clone();
                let hears = Callback::from(move |()| hears.set(Some(Ok(()))));
                WAITING.with_borrow_mut(|all| all.push((group, hears)));
                wasm_bindgen_futures::spawn_local(async move {
                    fetched.set(Some(group.fetch().await));
                });
            }
        });
    }
    match *fetched {
        _ if group.is_here() => Arrival::Here,
        Some(Err(Missing)) => Arrival::Missing(again),
        _ => Arrival::Coming,
    }
}
