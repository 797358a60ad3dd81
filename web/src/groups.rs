//! Where the program may be split: the calls into each [`Group`], see `lazy.rs`.
//!
//! A function with the attribute `wasm_split` is the door of its group. Whatever is reachable through such doors alone is
//! fetched with the group; what the first visit reaches in another way as well stays with it.

use std::rc::Rc;

use iam_evaluator::{Diagnostic, Instant, PolicyDocument};
use iam_scenario::link::{self, LinkError};
use iam_scenario::{Action, Answer, Compiled, Document, Flip, Request, vocabulary};
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::app;
use crate::catalog::CatalogHandle;
use crate::details::{self, DetailsProps};
use crate::dialog::{self, DialogHostProps, Ports};
use crate::editor::HelpState;
use crate::effective::{
    ChangesLine, EffectivePanel, Impact, Limits, LiveProps, LiveWorker, PermissionsView, View, Way,
};
use crate::embed;
use crate::lazy::{Group, Missing};
use crate::question::Question;
use crate::sharing::Looked;
use crate::show::view;
use crate::state::{Event, Page};
use crate::why::what_if::{self, WhatIf};
use crate::why::{PasteDenialProps, Pasted, Simulated, SimulatedProps};

/// Fetches a group: its file once, and each of its doors learns that it is there.
pub async fn fetch(group: Group) -> Result<(), Missing> {
    match group {
        Group::Views => {
            fetch_reading().await?;
            fetch_lesson().await?;
            fetch_details().await?;
            fetch_dialog().await?;
            fetch_flips().await?;
            fetch_pasted().await?;
            fetch_simulated().await?;
        }
        Group::Catalog => {
            fetch_permissions().await?;
            fetch_live().await?;
            fetch_changes_line().await?;
            fetch_effective_panel().await?;
            fetch_impact().await?;
            fetch_limits().await?;
            fetch_what_ifs().await?;
            fetch_decode().await?;
            fetch_unknown_names().await?;
            fetch_complete().await?;
            fetch_explain().await?;
        }
        Group::Links => {
            fetch_open_link().await?;
            fetch_whole_page().await?;
        }
    }
    Ok(())
}

/// Declares a function of a group: with the feature `split` its door, else an ordinary function.
macro_rules! door {
    ($group:ident, fetched by $fetch:ident, $(#[$doc:meta])* fn $name:ident($($argument:ident: $kind:ty),* $(,)?) -> $made:ty $body:block) => {
        $(#[$doc])*
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($group, fallible, preload($fetch))]
        pub fn $name($($argument: $kind),*) -> Result<$made, Missing> {
            Ok($body)
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        pub async fn $name($($argument: $kind),*) -> Result<$made, Missing> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        async fn $fetch() -> Result<(), Missing> {
            Ok(())
        }
    };
}

door! {
    views, fetched by fetch_reading,
    /// What is open to be read in the middle.
    fn reading(page: &Page, way: &Way, send: &Callback<Event>) -> Html {
        app::reading(page, way, send)
    }
}

door! {
    views, fetched by fetch_lesson,
    /// The lesson that is being taken.
    fn lesson(page: &Page, compiled: &Rc<Compiled>, ports: &Ports, send: &Callback<Event>) -> Html {
        app::lesson(page, compiled, ports, send)
    }
}

door! {
    catalog, fetched by fetch_permissions,
    /// The full view of permissions.
    fn permissions(view: &View, document: &Rc<Document>, compiled: &Rc<Compiled>, question: &Question, way: &Way) -> Html {
        view!(PermissionsView { view: view.clone(), document, compiled, question: question.clone(), way })
    }
}

door! {
    catalog, fetched by fetch_live,
    /// Works everybody's permissions out and hands them on.
    fn live(props: &LiveProps) -> Html {
        view!(LiveWorker with props.clone())
    }
}

door! {
    catalog, fetched by fetch_changes_line,
    /// What has changed since the baseline, in one line.
    fn changes_line(document: &Rc<Document>, way: &Way) -> Html {
        view!(ChangesLine { document, way })
    }
}

door! {
    catalog, fetched by fetch_effective_panel,
    /// The permissions of the question's principal in short.
    fn effective_panel(document: &Rc<Document>, question: &Question, way: &Way) -> Html {
        view!(EffectivePanel { document, question: question.clone(), way })
    }
}

door! {
    catalog, fetched by fetch_impact,
    /// What an edit would change.
    fn impact(action: &Action, document: &Rc<Document>) -> Html {
        view!(Impact { action: action.clone(), document })
    }
}

door! {
    catalog, fetched by fetch_limits,
    /// What a policy of the organization takes away.
    fn limits(policy: &str, document: &Rc<Document>, on_without: &Callback<Option<String>>) -> Html {
        view!(Limits { policy: policy.to_owned(), document, on_without })
    }
}

door! {
    views, fetched by fetch_details,
    /// Everything in the middle but policies.
    fn details(props: &DetailsProps) -> Html {
        details::of_others(props)
    }
}

door! {
    views, fetched by fetch_dialog,
    /// The open dialog.
    fn dialog(props: &DialogHostProps) -> Html {
        dialog::open(props)
    }
}

door! {
    views, fetched by fetch_flips,
    /// What would flip an answer.
    fn flips(compiled: &Compiled, request: &Request, answer: &Answer, now: Option<Instant>) -> Vec<Flip> {
        compiled.flips(request, answer, now)
    }
}

door! {
    views, fetched by fetch_pasted,
    /// A place to paste a denial.
    fn pasted(props: &PasteDenialProps) -> Html {
        view!(Pasted with props.clone())
    }
}

door! {
    views, fetched by fetch_simulated,
    /// The simulator's call.
    fn simulated(props: &SimulatedProps) -> Html {
        view!(Simulated with props.clone())
    }
}

door! {
    catalog, fetched by fetch_what_ifs,
    /// What to try for the keys that nobody gave.
    fn what_ifs(compiled: &Compiled, request: &Request, answer: &Answer) -> Vec<WhatIf> {
        what_if::what_ifs(compiled, request, answer)
    }
}

door! {
    catalog, fetched by fetch_decode,
    /// The catalogue from its file, with the sentences that belong to it.
    fn decode(facts: &[u8], sentences: &str) -> Result<CatalogHandle, String> {
        CatalogHandle::decode(facts, sentences)
    }
}

door! {
    catalog, fetched by fetch_unknown_names,
    /// The names in a policy that the catalogue does not know.
    fn unknown_names(catalog: &CatalogHandle, policy: &PolicyDocument) -> Vec<Diagnostic> {
        vocabulary::check(catalog, policy)
    }
}

door! {
    catalog, fetched by fetch_complete,
    /// What may be written at a place of a policy's text.
    fn complete(state: &HelpState, text: &str, offset: u32, asked: bool) -> JsValue {
        state.complete(text, offset, asked)
    }
}

door! {
    catalog, fetched by fetch_explain,
    /// What stands at a place of a policy's text.
    fn explain(state: &HelpState, text: &str, offset: u32) -> JsValue {
        state.explain(text, offset)
    }
}

door! {
    links, fetched by fetch_open_link,
    /// What a link holds.
    fn open_link(fragment: &str, gallery: Option<&Document>) -> Result<(Document, link::View), LinkError> {
        link::open(fragment, gallery)
    }
}

door! {
    links, fetched by fetch_whole_page,
    /// In another page: the way to this one.
    fn whole_page(looked: &Looked) -> Html {
        embed::whole_page(looked)
    }
}
