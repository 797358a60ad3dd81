use std::path::PathBuf;
use std::rc::Rc;

use iam_scenario::{Compiled, History};

use super::content::decided;
use super::*;
use crate::question::Question;
use crate::selection::Selection;
use crate::testing;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn json(name: &str) -> Value {
    Document::read_json(&std::fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

/// Every lesson with its scenario as it begins.
fn lessons() -> Vec<(Value, Value, Document)> {
    let index = json("web/content/lessons.json");
    let lessons = list(&index, "lessons").map(|entry| {
        let content = json(&format!("web/content/lessons/{}.json", text(entry, "id")));
        let scenario = json(&format!("gallery/{}.json", text(&content, "scenario")));
        (entry.clone(), content, Document::from_value(scenario).unwrap())
    });
    lessons.collect()
}

#[test]
fn the_index_lists_every_lesson_as_it_is() {
    let files = std::fs::read_dir(folder().join("web/content/lessons")).unwrap().count();
    assert_eq!(lessons().len(), files);
    for (entry, content, _) in lessons() {
        for member in ["title", "scenario"] {
            assert_eq!(text(&entry, member), text(&content, member));
        }
        assert_eq!(number(&entry, "steps"), list(&content, "steps").count(), "{entry}");
        assert!(text(&entry, "summary").len() > 30 && number(&entry, "minutes") > 0);
    }
}

/// Takes a lesson as somebody does who lets it do everything: each prediction comes out as it says, no goal is reached
/// before it is tried, and its solution reaches it.
fn take_it(id: &str, content: &Value, document: Document) {
    let lesson = Lesson::read(id, content, &document, 0);
    let mut history = History::new(document);
    for (at, step) in lesson.steps.iter().enumerate() {
        let compiled = Compiled::new(history.document());
        let place = format!("{id}, step {}", at + 1);
        assert!(step.text.len() > 20, "{place}");
        let opens = Selection::parse(history.document(), &step.open);
        assert!(step.open.is_empty() || opens.is_some(), "{place}: {} is not there", step.open);
        match &step.kind {
            Kind::Read => {}
            Kind::Predict { ask, answer } => {
                assert_ne!(*ask, Question::default(), "{place}: no such question");
                assert_eq!(decided(ask, &compiled), Some(*answer), "{place}");
                assert!(!step.because.is_empty(), "{place}");
            }
            Kind::Try { goals, hint, solution } => {
                assert!(
                    !goals.is_empty() && !hint.is_empty() && !step.because.is_empty(),
                    "{place}"
                );
                assert!(!reached(goals, &compiled), "{place} is reached before it is tried");
                let actions = edits::actions(history.document(), solution);
                assert_eq!(actions.len(), solution.len(), "{place}: an edit is not understood");
                actions.iter().for_each(|action| history.apply(action).unwrap());
                assert!(reached(goals, &Compiled::new(history.document())), "{place}");
            }
        }
    }
}

fn reached(goals: &[content::Goal], compiled: &Compiled) -> bool {
    goals.iter().all(|goal| decided(&goal.ask, compiled) == Some(goal.is))
}

#[test]
fn every_step_holds_what_it_claims() {
    for (entry, content, document) in lessons() {
        take_it(text(&entry, "id"), &content, document);
    }
}

#[test]
fn going_on_begins_where_the_steps_before_have_led() {
    let (_, content, document) = lessons().swap_remove(0);
    let (lesson, document) = begin("two-keys", &content, document, 3);
    assert_eq!(lesson.step, 3);
    let account = document.account("222222222222").unwrap();
    assert_eq!(account.user("Nina").unwrap().inline_policies[0].name, "ReadReports");
}

fn bar(step: usize) -> String {
    let (_, content, document) = lessons().swap_remove(0);
    let (lesson, document) = begin("two-keys", &content, document, step);
    testing::html::<LessonBar>(bar::LessonBarProps {
        lesson,
        compiled: Rc::new(Compiled::new(&document)),
        on_question: Callback::noop(),
        on_open: Callback::noop(),
        on_action: Callback::noop(),
        on_step: Callback::noop(),
        on_end: Callback::noop(),
    })
}

#[test]
fn a_prediction_keeps_the_answer_to_itself() {
    let html = bar(1);
    assert_eq!(html.matches("lesson-choice ").count(), 3, "{html}");
    assert!(!html.contains("An SCP never grants") && !html.contains("class=\"verdict"), "{html}");
}

#[test]
fn a_try_says_how_far_it_is() {
    let html = bar(2);
    assert!(html.contains("Not there yet") && html.contains("Do it for me"), "{html}");
}

#[test]
fn every_lesson_can_be_started() {
    let index = std::fs::read_to_string(folder().join("web/content/lessons.json")).unwrap();
    crate::reading::provide(INDEX, &index).unwrap();
    let html = testing::html::<LessonsView>(LessonsViewProps {
        on_take: Callback::noop(),
        on_read: Callback::noop(),
        on_say: Callback::noop(),
    });
    assert_eq!(html.matches("aria-label=\"Start: ").count(), lessons().len(), "{html}");
}
