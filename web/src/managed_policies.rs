//! The texts of AWS's managed policies that are not part of the program: fetched when a scenario first refers to one.

use std::rc::Rc;

use iam_catalog::ManagedPolicies;
use iam_scenario::{Document, built_in};
use yew::prelude::*;

use crate::{browser, parts};

/// The file beside the page.
const FILE: &str = "catalog-policies.bin";

/// How far the texts are.
#[derive(Debug, Clone, Default, PartialEq)]
enum State {
    /// Nobody has wanted them.
    #[default]
    Unwanted,
    /// On their way.
    Loading,
    /// There.
    Here,
    /// Not to be had: a sentence for the person.
    Missing(String),
}

/// The texts of AWS's managed policies as the page has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    /// Whether texts have come since the page was opened: then what was made without them is made again.
    pub have_come: bool,
    /// What the person must know as long as texts are lacking: until then those policies grant nothing here.
    words: Option<AttrValue>,
    /// Fetches them once more, where they did not come.
    again: Option<Callback<()>>,
}

impl Texts {
    /// The line above the panes; nothing where no text is lacking.
    pub fn show(&self) -> Html {
        match &self.words {
            Some(words) => missing(words, self.again.as_ref()),
            None => Html::default(),
        }
    }
}

/// A line that says what did not come from beside the page, with a button that fetches it once more.
pub fn missing(words: &AttrValue, again: Option<&Callback<()>>) -> Html {
    html! {
        <section class="banner" role="status">
            <p>{ words }</p>
            if let Some(again) = again {
                <button type="button" class="button small" onclick={again.reform(|_: MouseEvent| ())}>{ "Try again" }</button>
            }
        </section>
    }
}

/// Fetches the texts when the document refers to one that is not at hand.
#[hook]
pub fn use_managed_policies(document: &Rc<Document>) -> Texts {
    let state = use_state_eq(State::default);
    let lacking = built_in::not_at_hand(document).len();
    let again = use_callback((), {
        let state = state.setter();
        move |(), ()| {
            let state = state.clone();
            state.set(State::Loading);
            wasm_bindgen_futures::spawn_local(async move { state.set(fetch().await) });
        }
    });
    {
        let (state, again) = (state.clone(), again.clone());
        use_effect_with(lacking > 0, move |wanted| {
            if *wanted && *state == State::Unwanted && browser::window().is_some() {
                again.emit(());
            }
        });
    }
    Texts {
        have_come: *state == State::Here,
        words: words(lacking, &state).map(AttrValue::from),
        again: matches!(*state, State::Missing(_)).then_some(again),
    }
}

async fn fetch() -> State {
    match parts::bytes(FILE).await.map(|bytes| ManagedPolicies::decode(&bytes)) {
        Ok(Ok(policies)) => {
            built_in::provide(policies);
            State::Here
        }
        Ok(Err(error)) => State::Missing(format!("{error}.")),
        Err(sentence) => State::Missing(sentence),
    }
}

fn words(lacking: usize, state: &State) -> Option<String> {
    let policies = match lacking {
        0 => return None,
        1 => "The text of 1 AWS managed policy".to_owned(),
        _ => format!("The texts of {lacking} AWS managed policies"),
    };
    Some(match state {
        State::Missing(why) => format!(
            "{policies} could not be loaded, so the answers here do not count what they grant. {why}"
        ),
        _ => format!(
            "{policies} are on the way; until then the answers do not count what they grant."
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_which_policies_do_not_count_yet() {
        assert_eq!(words(0, &State::Loading), None);
        let loading = words(2, &State::Loading).unwrap();
        assert!(loading.starts_with("The texts of 2 AWS managed policies"), "{loading}");
        let missing = words(1, &State::Missing("No network.".to_owned())).unwrap();
        assert!(missing.ends_with("do not count what they grant. No network."), "{missing}");
    }
}
