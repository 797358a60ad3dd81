use std::rc::Rc;

use super::*;
use crate::question::Question;
use crate::testing;

fn index() -> std::rc::Rc<Value> {
    crate::reading::provide(INDEX, include_str!("../../content/gallery.json")).unwrap()
}

fn gallery() -> String {
    testing::html::<GalleryView>(GalleryViewProps { on_read: Callback::noop() })
}

#[test]
fn every_scenario_has_a_card_that_opens_it() {
    let index = index();
    let html = gallery();
    let entries: Vec<&Value> = list(&index, "scenarios").collect();
    assert_eq!(html.matches("class=\"gallery-card\"").count(), entries.len());
    for entry in entries {
        assert!(html.contains(&format!("href=\"#gallery={}\"", text(entry, "id"))), "{entry}");
    }
    assert_eq!(
        html.matches("class=\"gallery-drawing\"").count(),
        list(&index, "scenarios").count()
    );
}

#[test]
fn a_topic_counts_its_scenarios() {
    let index = index();
    let count = list(&index, "scenarios").filter(|entry| has_topic(entry, "Root user")).count();
    assert!(
        count > 1 && gallery().contains(&format!("Root user<span class=\"muted\">{count}</span>"))
    );
}

#[test]
fn without_the_index_the_page_says_that_it_is_coming() {
    assert!(gallery().contains("Fetching …"));
}

#[test]
fn the_introduction_names_the_trap_and_every_question() {
    index();
    let document = iam_scenario::Document::from_json(include_str!("../../../gallery/mfa.json"));
    let document = Rc::new(document.unwrap());
    let html = testing::html::<Introduction>(introduction::IntroductionProps {
        name: "mfa".to_owned(),
        document: document.clone(),
        question: Question::first(&document),
        on_question: Callback::noop(),
        on_open: Callback::noop(),
        on_read: Callback::noop(),
    });
    assert!(
        html.contains("The trap") && html.contains("<code>BoolIfExists</code> also denies"),
        "{html}"
    );
    let questions = html.matches("aria-pressed").count();
    assert_eq!(questions, document.requests().len());
}
