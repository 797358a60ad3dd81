//! What a scenario of the gallery shows, to be read first: its paragraph, its trap, and the questions that it asks.

use std::rc::Rc;

use iam_scenario::Document;
use serde_json::Value;
use yew::prelude::*;

use super::{INDEX, facts};
use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::question::Question;
use crate::reading::{Part, Reading, article, list, number, text, use_heading, use_part, waiting};
use crate::selection::Selection;

/// Properties of [`Introduction`].
#[derive(Properties, PartialEq)]
pub struct IntroductionProps {
    /// The scenario's name in the gallery.
    pub name: String,
    /// The document that is open.
    pub document: Rc<Document>,
    /// The question on the right.
    pub question: Question,
    /// Another question is to be asked.
    pub on_question: Callback<Question>,
    /// A question is to be opened.
    pub on_open: Callback<Selection>,
    /// Something else is to be read, or nothing more.
    pub on_read: Callback<Option<Reading>>,
}

/// Shows the introduction, and asks the scenario's most telling question to begin with.
#[component]
pub fn Introduction(props: &IntroductionProps) -> Html {
    use_heading("reading-title");
    let index = use_part(INDEX);
    let entry = match &index {
        Part::Here(index) => entry(index, &props.name),
        _ => None,
    };
    let telling = entry.map(|entry| number(entry, "question"));
    {
        let (document, question) = (props.document.clone(), props.question.clone());
        let on_question = props.on_question.clone();
        use_effect_with((props.name.clone(), telling), move |(_, telling)| {
            let telling = telling.and_then(|index| Question::of(&document, index));
            // Only in the place of the first question: a person who asked another one keeps it.
            if let Some(telling) = telling.filter(|_| question == Question::first(&document)) {
                on_question.emit(telling);
            }
        });
    }
    let contents =
        waiting(&index).unwrap_or_else(|| entry.map(|it| shown(it, props)).unwrap_or_default());
    let title = entry.map_or("From the gallery", |entry| text(entry, "title"));
    let close = props.on_read.reform(|()| None);
    article(
        "introduction",
        title,
        "From the gallery. Read this first, then look around.",
        &close,
        contents,
    )
}

/// The entry of this name.
pub fn entry<'a>(index: &'a Value, name: &str) -> Option<&'a Value> {
    list(index, "scenarios").find(|entry| text(entry, "id") == name)
}

fn shown(entry: &Value, props: &IntroductionProps) -> Html {
    let IntroductionProps { document, question, on_open, on_read, .. } = props;
    let look = on_read.reform(|_: MouseEvent| None);
    let more = on_read.reform(|_: MouseEvent| Some(Reading::Gallery));
    html! {
        <>
            <p class="introduction-text">{ prose(text(entry, "paragraph")) }</p>
            <section class="introduction-trap" aria-labelledby="introduction-trap">
                <h3 id="introduction-trap">{ icon(Icon::Warning) }{ "The trap" }</h3>
                <p>{ prose(text(entry, "trap")) }</p>
            </section>
            <h3>{ "Questions to ask" }</h3>
            <ol class="introduction-questions">
                { for document.requests().iter().enumerate().map(|(index, request)| {
                    let onclick = on_open.reform(move |_: MouseEvent| Selection::Request(index));
                    let current = question.index == Some(index);
                    html! {
                        <li key={index}>
                            <button type="button" class="link" aria-pressed={current.to_string()} {onclick}>{ request.label() }</button>
                        </li>
                    }
                }) }
            </ol>
            { facts(entry) }
            <p class="reading-buttons">
                <button type="button" class="button primary" onclick={look}>{ "Look around" }</button>
                <button type="button" class="button" onclick={more}>{ "More of the gallery" }</button>
            </p>
        </>
    }
}
