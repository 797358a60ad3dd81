use super::*;
use crate::testing;

fn content() -> Content {
    let words = crate::reading::provide(WORDS, include_str!("../../content/compare.json"));
    Content::read(&words.unwrap())
}

fn page(document: Document) -> String {
    content();
    testing::html::<CompareView>(CompareViewProps {
        document: Rc::new(document),
        on_open: Callback::noop(),
        on_read: Callback::noop(),
    })
}

#[test]
fn every_aspect_is_shown_and_leads_into_the_seed() {
    let content = content();
    assert_eq!((content.aspects.len(), content.table.len() >= 7), (12, true));
    let html = page(crate::seed::document());
    for aspect in &content.aspects {
        assert!(html.contains(&format!("id=\"compare-{}\"", aspect.id)), "{}", aspect.id);
        assert!(html.contains(&aspect.show.label), "{} leads nowhere", aspect.id);
        let found = Selection::parse(&crate::seed::document(), &aspect.show.target);
        assert!(found.is_some(), "{}", aspect.show.target);
    }
    assert_eq!(html.matches("compare-aspect").count(), 12);
    assert!(html.contains("what IAM grants ∩ what every level of the organization leaves"));
}

#[test]
fn in_another_scenario_it_says_where_to_look_instead() {
    let html = page(Document::default());
    assert_eq!(html.matches("another one is open").count(), 12);
}

#[test]
fn names_between_backticks_are_code() {
    let html = page(crate::seed::document());
    assert!(html.contains("<code>aws:PrincipalOrgID</code>") && !html.contains('`'));
}
