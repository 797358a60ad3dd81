//! The calls of the AWS CLI: those that make what was edited here, and those that build the organization from nothing.

use iam_scenario::{History, Script, from_scratch};
use yew::prelude::*;

use crate::browser;
use crate::reading::{Reading, article, use_heading};
use crate::state::NoticeKind;

const LEAD: &str = "Everything that you do to the organization on this page, AWS does by API. These are the calls, ready to be copied.";

/// Properties of [`CommandsView`].
#[derive(Properties, PartialEq)]
pub struct CommandsViewProps {
    /// The document with the edits that were made.
    pub history: History,
    /// Something else is to be read, or nothing more.
    pub on_read: Callback<Option<Reading>>,
    /// Says something to the person.
    pub on_say: Callback<(NoticeKind, String)>,
}

/// Both scripts.
#[component]
pub fn CommandsView(props: &CommandsViewProps) -> Html {
    use_heading("reading-title");
    let scripts = use_memo(props.history.clone(), |history| {
        (edits(history), from_scratch(history.document()))
    });
    let (edits, scratch) = &*scripts;
    let contents = html! {
        <>
            { script("commands-edits", "What you have edited", edits,
                "Nothing has been edited yet. Move an account, attach a policy, create an OU: each edit appears here as a call.", &props.on_say) }
            { script("commands-scratch", "The organization from nothing", scratch,
                "This scenario has no organization.", &props.on_say) }
        </>
    };
    let close = props.on_read.reform(|()| None);
    article("commands", "The same by API: AWS CLI", LEAD, &close, contents)
}

/// The calls that make the edits of this session, oldest first; what was undone is not among them.
fn edits(history: &History) -> String {
    let mut script = Script::default();
    for (before, action) in history.steps() {
        script.add(before, action);
    }
    script.text()
}

fn script(
    id: &'static str,
    title: &str,
    text: &str,
    empty: &str,
    on_say: &Callback<(NoticeKind, String)>,
) -> Html {
    let onclick = {
        let (text, on_say) = (text.to_owned(), on_say.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, on_say) = (text.clone(), on_say.clone());
            wasm_bindgen_futures::spawn_local(async move {
                on_say.emit(match browser::copy(&text).await {
                    Ok(()) => (NoticeKind::News, "The calls are copied.".to_owned()),
                    Err(sentence) => (NoticeKind::Refusal, sentence.to_owned()),
                });
            });
        })
    };
    html! {
        <section class="commands-script" aria-labelledby={id}>
            <header>
                <h3 {id}>{ title.to_owned() }</h3>
                if !text.is_empty() { <button type="button" class="button small" {onclick}>{ "Copy as a shell script" }</button> }
            </header>
            if text.is_empty() {
                <p class="muted">{ empty.to_owned() }</p>
            } else {
                <pre tabindex="0" role="group" aria-label={format!("Calls: {title}")}><code>{ text.to_owned() }</code></pre>
            }
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use iam_scenario::Action;

    fn untouched() -> CommandsViewProps {
        CommandsViewProps {
            history: History::new(crate::seed::document()),
            on_read: Callback::noop(),
            on_say: Callback::noop(),
        }
    }

    #[test]
    fn an_untouched_scenario_shows_how_to_build_it() {
        let html = testing::html::<CommandsView>(untouched());
        assert!(html.contains("Nothing has been edited yet"));
        assert!(html.contains("aws organizations create-organization"), "{html}");
    }

    #[test]
    fn an_edit_appears_as_its_call() {
        let mut props = untouched();
        let (id, parent) = ("999999999999".to_owned(), "ou-corp-sandbox00".to_owned());
        props.history.apply(&Action::MoveAccount { id, parent }).unwrap();
        let html = testing::html::<CommandsView>(props);
        assert!(
            html.contains("aws organizations move-account --account-id 999999999999"),
            "{html}"
        );
    }
}
