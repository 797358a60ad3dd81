//! One field that finds everything: commands, nodes of the tree, identities, policies, resources and questions.

mod things;

use std::rc::Rc;

use iam_evaluator::fold;
use iam_scenario::Document;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::modal::Modal;
use crate::browser;
use crate::icons::icon;
use crate::prose::visible;
use crate::show::view;
use crate::state::{Event as PageEvent, NoticeKind};
use things::{Does, Thing, commands, things};

/// How many things are shown at once.
const SHOWN: usize = 12;

/// Properties of [`FindDialog`].
#[derive(Properties, PartialEq)]
pub struct FindDialogProps {
    /// The document.
    pub document: Rc<Document>,
    /// Whether the scenario can only be looked at: then what edits is not found.
    pub read_only: bool,
    /// Tells the page what was chosen.
    pub send: Callback<PageEvent>,
    /// It has been closed.
    pub on_close: Callback<()>,
}

/// A field and what it finds, by the WAI-ARIA combobox pattern: the focus stays in the field.
#[component]
pub fn FindDialog(props: &FindDialogProps) -> Html {
    let FindDialogProps { document, read_only, send, on_close } = props;
    let sought = use_state(String::new);
    // Without words there are commands: what the scenario holds is listed when somebody begins to type.
    let inputs = (document.clone(), *read_only, sought.is_empty());
    let all = use_memo(inputs, |(document, read_only, none)| match none {
        true => commands(document, *read_only),
        false => things(document, *read_only),
    });
    let chosen = use_state(|| 0_usize);
    let found = find(&all, &sought);
    let at = (*chosen).min(found.len().saturating_sub(1));
    use_effect_with((), |()| browser::focus("find-field"));
    use_effect_with(at, |at| browser::bring_into_view(&option_id(*at)));
    let pick = {
        let (document, send, on_close) = (document.clone(), send.clone(), on_close.clone());
        Callback::from(move |does: Does| pick(does, &document, &send, &on_close))
    };
    let oninput = {
        let (sought, chosen) = (sought.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            sought.set(event.target_unchecked_into::<HtmlInputElement>().value());
            chosen.set(0);
        })
    };
    let onkeydown = {
        let (chosen, pick) = (chosen.clone(), pick.clone());
        let choices: Vec<Does> = found.iter().map(|thing| thing.does.clone()).collect();
        Callback::from(move |event: KeyboardEvent| {
            let last = choices.len().saturating_sub(1);
            let to = match event.key().as_str() {
                "ArrowDown" if at == last => 0,
                "ArrowDown" => at + 1,
                "ArrowUp" => at.checked_sub(1).unwrap_or(last),
                "Enter" => {
                    event.prevent_default();
                    return choices.get(at).cloned().into_iter().for_each(|does| pick.emit(does));
                }
                _ => return,
            };
            event.prevent_default();
            chosen.set(to);
        })
    };
    view!(Modal {
        title: "Find",
        on_close,
        children: html! { <>
            <input id="find-field" class="find-field" type="text" role="combobox" aria-label="Find anything"
                aria-expanded="true" aria-controls="find-list" aria-autocomplete="list" autocomplete="off" spellcheck="false"
                aria-activedescendant={(!found.is_empty()).then(|| option_id(at))}
                placeholder="Account, OU, policy, user, role, question, command …" value={(*sought).clone()} {oninput} {onkeydown} />
            <ul id="find-list" class="find-list" role="listbox" aria-label="Found">
                { for found.iter().enumerate().map(|(index, thing)| option(index, thing, index == at, &pick)) }
            </ul>
            <p class="hint" role="status">{ words_for(found.len(), &sought) }</p>
        </> }
    })
}

fn option_id(index: usize) -> String {
    format!("find-{index}")
}

fn option(index: usize, thing: &Thing, current: bool, pick: &Callback<Does>) -> Html {
    let does = thing.does.clone();
    let onclick = pick.reform(move |_: MouseEvent| does.clone());
    html! {
        <li key={index} id={option_id(index)} role="option" aria-selected={current.to_string()}
            class={classes!("find-option", current.then_some("selected"))} {onclick}>
            { icon(thing.drawn) }
            <span class="find-name"><bdi>{ visible(&thing.name) }</bdi></span>
            <span class="find-aside">{ &thing.aside }</span>
        </li>
    }
}

fn words_for(found: usize, sought: &str) -> String {
    match found {
        0 => format!("Nothing is called “{sought}”."),
        SHOWN => "The best are shown. ↑ ↓ choose, Enter goes there.".to_owned(),
        _ => "↑ ↓ choose, Enter goes there.".to_owned(),
    }
}

/// The things that have every word in them; what is called exactly so comes first, then what begins so.
fn find<'a>(all: &'a [Thing], sought: &str) -> Vec<&'a Thing> {
    let sought = fold(sought.trim());
    let words: Vec<&str> = sought.split_whitespace().collect();
    let mut found: Vec<(u8, &Thing)> = Vec::new();
    for thing in all {
        if words.iter().all(|word| thing.key.contains(word)) {
            let rank = match thing.key.find(&*sought) {
                Some(0) if fold(&thing.name) == sought => 0,
                Some(0) => 1,
                Some(at) if thing.key.as_bytes().get(at - 1) == Some(&b' ') => 2,
                _ => 3,
            };
            found.push((rank, thing));
        }
    }
    let of_rank = |rank: u8| found.iter().filter(move |it| it.0 == rank).map(|it| it.1);
    (0..4).flat_map(of_rank).take(SHOWN).collect()
}

fn pick(does: Does, document: &Rc<Document>, send: &Callback<PageEvent>, on_close: &Callback<()>) {
    on_close.emit(());
    match does {
        Does::Save => {
            let say = send.reform(|(kind, text): (NoticeKind, String)| PageEvent::Say(kind, text));
            if crate::toolbar::save(document, &say) {
                send.emit(PageEvent::SetBaseline);
            }
        }
        Does::Event(event) => {
            let opens = matches!(*event, PageEvent::Open(_));
            send.emit(*event);
            if opens {
                // After the dialog has given the focus back to where it was.
                browser::focus_soon("details-heading");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sought: &str) -> Vec<String> {
        let all = things(&Rc::new(crate::seed::document()), false);
        find(&all, sought).into_iter().map(|thing| thing.name.clone()).collect()
    }

    #[test]
    fn names_that_begin_so_come_first_and_every_word_counts() {
        assert_eq!(names("denyec2")[0], "DenyEc2InDev");
        assert_eq!(names("john")[0], "John");
        assert_eq!(names("999999999999 account")[0], "Development");
        assert!(names("share")[0].starts_with("Share"));
        assert!(names("nothing is called so").is_empty());
    }

    #[test]
    fn without_words_there_are_commands() {
        assert_eq!(names("").len(), SHOWN);
        assert!(names("").iter().any(|name| name == "New question"));
    }

    #[test]
    fn who_can_only_read_finds_no_command_that_edits() {
        let of = |read_only| things(&Rc::new(crate::seed::document()), read_only);
        let edits = ["Undo", "Redo", "Create an SCP", "My scenarios: save, open"];
        let found = |all: &[Thing]| edits.map(|name| all.iter().any(|thing| thing.name == name));
        assert_eq!(found(&of(false)), [true; 4]);
        assert_eq!(found(&of(true)), [false; 4]);
    }
}
