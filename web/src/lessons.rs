//! Lessons: a few steps each, over a scenario of the gallery. A step is read, or predicted first and then answered by the
//! evaluator, or tried: the learner edits until the evaluator decides as the step wants it.

mod bar;
mod content;
mod edits;
#[cfg(test)]
mod tests;

use iam_scenario::{Document, apply};
use serde_json::Value;
use yew::prelude::*;

pub use bar::LessonBar;
pub use content::Lesson;

use crate::browser;
use crate::browser::keys::LESSONS;
use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::reading::{
    Part, Reading, article, fetch, list, number, text, use_heading, use_part, waiting,
};
use crate::state::NoticeKind;
use content::Kind;

/// The file that lists the lessons.
const INDEX: &str = "content/lessons.json";

const LEAD: &str = "Short lessons for one person or a whole room. Predict first, then let the evaluator answer; what you try, it checks. Your own scenario waits beside.";

/// Properties of [`LessonsView`].
#[derive(Properties, PartialEq)]
pub struct LessonsViewProps {
    /// A lesson is to be taken, over this scenario.
    pub on_take: Callback<(Lesson, Document)>,
    /// Something else is to be read, or nothing more.
    pub on_read: Callback<Option<Reading>>,
    /// Says something to the person.
    pub on_say: Callback<(NoticeKind, String)>,
}

/// The lesson that a fragment of the address names, as in `#lesson=two-keys`: a teacher sends it to the class.
pub fn named(fragment: &str) -> Option<&str> {
    fragment.strip_prefix("lesson=")
}

/// All lessons, with how far each was taken in this browser.
#[component]
pub fn LessonsView(props: &LessonsViewProps) -> Html {
    use_heading("reading-title");
    let index = use_part(INDEX);
    let progress = progress();
    let contents = waiting(&index).unwrap_or_else(|| match &index {
        Part::Here(index) => html! {
            <ol class="lessons">{ for list(index, "lessons").map(|entry| row(entry, &progress, props)) }</ol>
        },
        _ => Html::default(),
    });
    article("lessons-page", "Lessons", LEAD, &props.on_read.reform(|()| None), contents)
}

fn row(entry: &Value, progress: &Value, props: &LessonsViewProps) -> Html {
    let id = text(entry, "id").to_owned();
    let (steps, done) = (number(entry, "steps"), number(progress, &id));
    let words = match done {
        0 => "Start",
        _ if done >= steps => "Take it again",
        _ => "Go on",
    };
    let onclick = {
        let (id, on_take, on_say) = (id.clone(), props.on_take.clone(), props.on_say.clone());
        let step = if done >= steps { 0 } else { done };
        Callback::from(move |_: MouseEvent| {
            let (id, on_take, on_say) = (id.clone(), on_take.clone(), on_say.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match take(&id, step).await {
                    Ok(taken) => on_take.emit(taken),
                    Err(sentence) => on_say.emit((NoticeKind::Refusal, sentence)),
                }
            });
        })
    };
    html! {
        <li key={id.clone()} class="lesson-row">
            <div>
                <h3>{ text(entry, "title").to_owned() }</h3>
                <p>{ prose(text(entry, "summary")) }</p>
                <p class="muted">
                    if done >= steps { <span class="lesson-done">{ icon(Icon::Check) }{ "Done" }</span>{ " · " } }
                    { format!("{steps} steps, about {} minutes", number(entry, "minutes")) }
                </p>
            </div>
            { copy_link(&id, text(entry, "title"), &props.on_say) }
            <button type="button" class={classes!("button", (done < steps).then_some("primary"))} aria-label={format!("{words}: {}", text(entry, "title"))} {onclick}>{ words }</button>
        </li>
    }
}

/// A button that copies the address of a lesson.
fn copy_link(id: &str, title: &str, on_say: &Callback<(NoticeKind, String)>) -> Html {
    let (id, on_say) = (id.to_owned(), on_say.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (address, on_say) = (format!("{}#lesson={id}", browser::address()), on_say.clone());
        wasm_bindgen_futures::spawn_local(async move {
            on_say.emit(match browser::copy(&address).await {
                Ok(()) => (NoticeKind::News, format!("Copied: {address}")),
                Err(sentence) => (NoticeKind::Refusal, sentence.to_owned()),
            });
        });
    });
    html! { <button type="button" class="button quiet lesson-link" aria-label={format!("Copy link: {title}")} {onclick}>{ "Copy link" }</button> }
}

/// How many steps of each lesson were taken in this browser.
fn progress() -> Value {
    browser::kept(LESSONS).and_then(|kept| Document::read_json(&kept).ok()).unwrap_or_default()
}

/// Keeps how many steps of a lesson were taken; going back forgets nothing.
fn keep_progress(id: &str, steps: usize) {
    let mut all = match progress() {
        Value::Object(all) => all,
        _ => serde_json::Map::new(),
    };
    let before = all.get(id).and_then(Value::as_u64).unwrap_or_default();
    let steps = steps as u64;
    if steps > before {
        all.insert(id.to_owned(), steps.into());
        browser::keep(LESSONS, &Value::Object(all).to_string());
    }
}

/// Fetches a lesson and its scenario; what the steps before this one would have changed is changed already.
pub async fn take(id: &str, step: usize) -> Result<(Lesson, Document), String> {
    let known = fetch(INDEX).await?;
    if !list(&known, "lessons").any(|entry| text(entry, "id") == id) {
        return Err(format!("There is no lesson `{id}`. Choose one from the lessons."));
    }
    let content = fetch(&format!("content/lessons/{id}.json")).await?;
    let name = format!("gallery/{}.json", text(&content, "scenario"));
    let scenario = fetch(&name).await?;
    let document = Document::from_value((*scenario).clone())
        .map_err(|error| format!("`{name}` beside the page cannot be read: {error}"))?;
    Ok(begin(id, &content, document, step))
}

/// The lesson at this step, and its scenario as the steps before have left it.
fn begin(id: &str, content: &Value, mut document: Document, step: usize) -> (Lesson, Document) {
    let lesson = Lesson::read(id, content, &document, step);
    for taken in lesson.steps.iter().take(step) {
        if let Kind::Try { solution, .. } = &taken.kind {
            for action in edits::actions(&document, solution) {
                document = apply(&document, &action).unwrap_or(document);
            }
        }
    }
    (lesson, document)
}
