//! The parts of the program that a first visit can do without: groups of views, fetched when one is first shown.
//!
//! With the feature `split`, `cargo xtask build` moves into a group's own file whatever only the function of that group
//! leads to. Without it (tests, Trunk) everything is one program, and every group is here from the beginning.
//!
//! A view asks with [`use_group`] whether its group is here, and calls [`Arrival::show`] with the group's function.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use yew::prelude::*;

use crate::icons::{Icon, icon};

/// A part could not be fetched.
#[derive(Debug)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Missing {
        Missing
    }
}

/// Declares a group: its name, the function that fetches it, and the function that shows it.
macro_rules! group {
    ($name:ident, $fetch:ident, $(#[$doc:meta])* fn $show:ident($($argument:ident: $kind:ty),*) $body:block) => {
        $(#[$doc])*
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($name, fallible, preload($fetch))]
        pub fn $show($($argument: $kind),*) -> Result<Html, Missing> {
            Ok($body)
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        pub async fn $show($($argument: $kind),*) -> Result<Html, Missing> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        async fn $fetch() -> Result<(), Missing> {
            Ok(())
        }
    };
}

/// A group of views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What is read in the middle: gallery, lessons, comparison, commands.
    Reading,
}

impl Group {
    async fn fetch(self) -> Result<(), Missing> {
        match self {
            Group::Reading => fetch_reading().await?,
        }
        Ok(())
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }

    fn is_here(self) -> bool {
        !cfg!(feature = "split") || HERE.with_borrow(|here| here & self.bit() != 0)
    }
}

thread_local! {
    /// The groups that were fetched, one bit for each.
    static HERE: RefCell<u8> = const { RefCell::new(0) };
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
    /// What the group's function makes, or what stands in its place meanwhile.
    pub fn show(&self, view: impl Future<Output = Result<Html, Missing>>) -> Html {
        match self {
            Arrival::Here => match pin!(view).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(Ok(html)) => html,
                // A group that is here answers at once.
                Poll::Ready(Err(Missing)) | Poll::Pending => Html::default(),
            },
            Arrival::Coming => {
                html! { <p class="part-coming muted" role="status">{ "Loading …" }</p> }
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
    let arrival = use_state_eq(|| None::<Arrival>);
    let attempt = use_state_eq(|| 0);
    {
        let (arrival, attempt) = (arrival.clone(), attempt.clone());
        use_effect_with((wanted, *attempt), move |(wanted, number)| {
            if *wanted && !group.is_here() {
                let again = number + 1;
                wasm_bindgen_futures::spawn_local(async move {
                    let fetched = group.fetch().await;
                    arrival.set(Some(match fetched {
                        Ok(()) => {
                            HERE.with_borrow_mut(|here| *here |= group.bit());
                            Arrival::Here
                        }
                        Err(Missing) => {
                            Arrival::Missing(Callback::from(move |_| attempt.set(again)))
                        }
                    }));
                });
            }
        });
    }
    match &*arrival {
        _ if group.is_here() => Arrival::Here,
        Some(missing) => missing.clone(),
        None => Arrival::Coming,
    }
}

use std::rc::Rc;

use iam_scenario::Compiled;

use crate::app;
use crate::effective::Way;
use crate::state::{Event, Page};

group! {
    reading, fetch_reading,
    /// What is open to be read in the middle.
    fn reading(page: &Page, compiled: &Rc<Compiled>, way: &Way, send: &Callback<Event>) {
        app::reading(page, compiled, way, send)
    }
}
