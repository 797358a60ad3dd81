//! The catalogue of AWS's actions on the page: fetched once, after the page has been painted, and handed to everything
//! below [`CatalogProvider`] by [`use_catalog`].
//!
//! The page works without it. Who uses it says honestly what is missing until it is there.

use std::ops::Deref;
use std::rc::Rc;

use iam_catalog::Catalog;
use iam_scenario::assist::Words;
use yew::prelude::*;

use crate::lazy::{Arrival, Group, Missing, now, use_group};
use crate::{browser, groups, parts};

/// The files beside the page: the facts, and sentences about them.
const FILES: [&str; 2] = ["catalog.bin", "catalog-words.txt"];

/// The decoded catalogue, shared; two are equal when they are one and the same.
#[derive(Debug, Clone)]
pub struct CatalogHandle(Rc<(Catalog, Words)>);

impl CatalogHandle {
    /// Reads the catalogue's file, and shares it with the sentences that belong to it; the error is for the person.
    pub fn decode(facts: &[u8], sentences: &str) -> Result<CatalogHandle, String> {
        let catalog = Catalog::decode(facts).map_err(|error| error.to_string())?;
        Ok(CatalogHandle(Rc::new((catalog, Words::new(sentences)))))
    }

    /// Shares a catalogue without sentences.
    #[cfg(test)]
    pub fn new(catalog: Catalog) -> CatalogHandle {
        CatalogHandle(Rc::new((catalog, Words::default())))
    }

    /// What elements, operators and keys are.
    pub fn words(&self) -> &Words {
        &self.0.1
    }
}

impl Deref for CatalogHandle {
    type Target = Catalog;

    fn deref(&self) -> &Catalog {
        &self.0.0
    }
}

impl PartialEq for CatalogHandle {
    fn eq(&self, other: &CatalogHandle) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

const READER: &str =
    "The part of the page that reads it could not be fetched. Is the network gone?";

/// How far the catalogue is.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum CatalogState {
    /// On its way.
    #[default]
    Loading,
    /// There.
    Here(CatalogHandle),
    /// Not to be had: a sentence for the person. [`CatalogContext::again`] tries once more.
    Missing(AttrValue),
}

/// The catalogue as the parts of the page see it.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogContext {
    /// How far it is.
    pub state: CatalogState,
    /// Fetches it once more.
    pub again: Callback<()>,
}

impl CatalogContext {
    /// The catalogue, where it is there.
    pub fn get(&self) -> Option<&CatalogHandle> {
        match &self.state {
            CatalogState::Here(catalog) => Some(catalog),
            CatalogState::Loading | CatalogState::Missing(_) => None,
        }
    }

    /// What the page knows of its facts, in one line: their date, or why they are missing.
    pub fn line(&self) -> AttrValue {
        if let Some(catalog) = self.get() {
            let (date, actions) = (catalog.date(), catalog.actions().len());
            return format!("{actions} AWS actions, as of {date}.").into();
        }
        match &self.state {
            CatalogState::Missing(why) => why.clone(),
            _ => "The catalogue of AWS’s actions is being loaded.".into(),
        }
    }
}

/// The catalogue, for a component below [`CatalogProvider`]; elsewhere one that is always being loaded.
#[hook]
pub fn use_catalog() -> CatalogContext {
    use_context::<CatalogContext>()
        .unwrap_or_else(|| CatalogContext { state: CatalogState::Loading, again: Callback::noop() })
}

/// Properties of [`CatalogProvider`].
#[derive(Properties, PartialEq)]
pub struct CatalogProviderProps {
    /// What can use the catalogue.
    pub children: Html,
}

/// Loads the catalogue once and gives it to everything inside.
#[component]
pub fn CatalogProvider(props: &CatalogProviderProps) -> Html {
    let state = use_state_eq(CatalogState::default);
    let again = {
        let state = state.setter();
        use_callback((), move |(), ()| {
            state.set(CatalogState::Loading);
            fetch(state.clone());
        })
    };
    {
        let again = again.clone();
        // An effect runs when the first painting is done.
        use_effect_with((), move |()| again.emit(()));
    }
    {
        // The part that reads it has come later, because somebody else asked for it again.
        let reader = use_group(Group::Catalog, true) == Arrival::Here;
        let (missing, again) = (matches!(&*state, CatalogState::Missing(_)), again.clone());
        use_effect_with(reader, move |reader| {
            if *reader && missing {
                again.emit(());
            }
        });
    }
    let context = CatalogContext { state: (*state).clone(), again };
    html! {
        <ContextProvider<CatalogContext> {context}>{ props.children.clone() }</ContextProvider<CatalogContext>>
    }
}

fn fetch(state: UseStateSetter<CatalogState>) {
    // Outside of a browser nothing is fetched and nothing can be waited for.
    if browser::window().is_none() {
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let [facts, sentences] = FILES;
        let facts = parts::bytes(facts).await;
        // Without the sentences names are known all the same.
        let sentences = parts::text(sentences).await.unwrap_or_default();
        let reader = Group::Catalog.fetch().await;
        let catalog = match (facts, reader) {
            (Err(sentence), _) => Err(sentence),
            (_, Err(Missing)) => Err(READER.to_owned()),
            (Ok(facts), Ok(())) => now(groups::decode(&facts, &sentences))
                .unwrap_or_else(|Missing| Err(READER.to_owned())),
        };
        state.set(match catalog {
            Ok(catalog) => CatalogState::Here(catalog),
            Err(why) => CatalogState::Missing(
                format!("The catalogue of AWS’s actions is missing, so unknown names are not noticed. {why}").into(),
            ),
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[component]
    fn Line() -> Html {
        let context = use_catalog();
        html! { context.line() }
    }

    #[test]
    fn the_page_says_which_facts_it_has() {
        let words = crate::testing::html::<Line>(());
        assert_eq!(words, "The catalogue of AWS’s actions is being loaded.");
        let bytes = include_bytes!("../../crates/catalog/data/catalog.bin");
        let catalog = CatalogHandle::new(Catalog::decode(bytes).unwrap());
        assert_eq!(catalog, catalog.clone());
        let context =
            CatalogContext { state: CatalogState::Here(catalog), again: Callback::noop() };
        assert!(context.line().contains(" AWS actions, as of 20"), "{}", context.line());
    }
}
