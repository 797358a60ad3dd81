use iam_scenario::{Decision, Identity, PolicyPlace, PolicyText, link};

use super::*;
use crate::kept::Kept;
use crate::opening;
use crate::question::ask;

fn page() -> Rc<Page> {
    Rc::new(Page::new(opening::open("", &Kept::default(), None)))
}

fn edit(page: Rc<Page>, action: Action) -> Rc<Page> {
    page.reduce(Event::Edit(action))
}

fn decision(page: &Page) -> Decision {
    let compiled = iam_scenario::Compiled::new(&page.document);
    ask(&compiled, &page.question).unwrap().decision()
}

#[test]
fn an_edit_changes_the_answer_and_undo_and_redo_change_it_back_and_forth() {
    let page = page();
    assert_eq!(decision(&page), Decision::ExplicitDeny);
    let detach = Action::DetachPolicy {
        policy: "p-denyec2dev".into(),
        target: "ou-corp-development".into(),
    };
    let page = edit(page, detach);
    assert_eq!(decision(&page), Decision::Allowed);
    assert_eq!(page.undo_label(), Some("Detach DenyEc2InDev from Development"));
    let page = page.reduce(Event::Undo);
    assert_eq!(decision(&page), Decision::ExplicitDeny);
    let page = page.reduce(Event::Redo);
    assert_eq!(decision(&page), Decision::Allowed);
}

#[test]
fn a_refused_edit_changes_nothing_and_says_why_in_awss_words() {
    let before = page();
    let close = Action::CloseAccount { id: "111111111111".into() };
    let after = edit(before.clone(), close.clone());
    assert_eq!(after.document, before.document);
    let [notice] = after.notices.as_slice() else { panic!("one message") };
    assert_eq!(notice.kind, NoticeKind::Refusal);
    assert!(notice.text.contains("Exception"), "{}", notice.text);
    assert_eq!(edit(after, close).notices.len(), 1, "said once");
}

#[test]
fn a_message_goes_when_it_is_read_or_the_next_edit_succeeds() {
    let page = page().reduce(Event::Say(NoticeKind::News, "Saved.".into()));
    let number = page.notices[0].number;
    assert!(page.clone().reduce(Event::Dismiss(number)).notices.is_empty());
    assert!(edit(page, Action::SetTitle { title: "Mine".into() }).notices.is_empty());
}

#[test]
fn what_is_open_follows_a_new_name_and_falls_back_when_it_is_gone() {
    let (account, john) = ("999999999999".to_owned(), Identity::User("John".into()));
    let open = Selection::Identity { account: account.clone(), identity: john.clone() };
    let page = page().reduce(Event::Open(open));
    assert_eq!(page.pane, Pane::Details);
    let rename = Action::RenameIdentity {
        account: account.clone(),
        identity: john.clone(),
        name: "Jonathan".into(),
    };
    let page = edit(page, rename);
    let jonathan = Identity::User("Jonathan".into());
    assert_eq!(
        page.selection,
        Selection::Identity { account: account.clone(), identity: jonathan.clone() }
    );
    assert!(page.question.request.principal.ends_with("user/Jonathan"), "the question follows too");
    let page = edit(page, Action::DeleteIdentity { account: account.clone(), identity: jonathan });
    assert_eq!(page.selection, Selection::Target(account));
}

#[test]
fn opening_a_request_asks_it() {
    let page = page().reduce(Event::Open(Selection::Request(1)));
    assert_eq!((page.question.index, page.pane), (Some(1), Pane::Why));
    assert_eq!(decision(&page), Decision::Allowed);
}

#[test]
fn typing_keeps_what_was_typed_even_where_it_is_no_json() {
    let place = PolicyPlace::Organization { policy: "p-denyec2dev".into() };
    let text = PolicyText::new("{ \"Version\": ");
    let page = edit(page(), Action::EditPolicyText { place: place.clone(), text: text.clone() });
    assert_eq!(page.document.policy_text(&place), Some(&text));
    assert_eq!(decision(&page), Decision::Allowed);
}

#[test]
fn a_link_opens_beside_ones_own_and_one_can_go_back() {
    let own = edit(page(), Action::SetTitle { title: "Mine".into() });
    let shared = Document::from_json(r#"{ "format": 1, "title": "Shared Corp" }"#).unwrap();
    let opening = opening::open(&link::encode(&shared), &Kept::default(), None);
    let there = own.reduce(Event::Arrive(Box::new(opening)));
    assert_eq!(there.document.title(), "Shared Corp");
    let changed = edit(there.clone(), Action::SetTitle { title: "Changed".into() });
    let back = changed.reduce(Event::BackToOwn);
    assert_eq!((back.document.title(), back.shared.is_none()), ("Mine", true));
    assert_eq!(back.undo_label(), Some("Change the title"));
    let kept = there.reduce(Event::KeepShared);
    assert_eq!(kept.document.title(), "Shared Corp");
    assert_eq!(kept.reduce(Event::Undo).document.title(), "Mine");
}

#[test]
fn a_broken_link_leaves_ones_own_open() {
    let own = edit(page(), Action::SetTitle { title: "Mine".into() });
    let there =
        own.reduce(Event::Arrive(Box::new(opening::open("s1.broken", &Kept::default(), None))));
    assert_eq!(there.document.title(), "Mine");
    assert!(there.shared.is_none());
    assert_eq!(there.notices.len(), 1);
}

#[test]
fn another_scenario_takes_the_place_and_undo_brings_the_former_back() {
    let own = edit(page(), Action::SetTitle { title: "Mine".into() });
    let other = Document::from_json(r#"{ "format": 1, "title": "Other" }"#).unwrap();
    let opening = Opening { gallery: Some("other".into()), ..Opening::of(other) };
    let there = own.reduce(Event::Replace(Box::new(opening)));
    assert_eq!((there.document.title(), there.gallery.as_deref()), ("Other", Some("other")));
    assert_eq!(there.replaced.as_ref().map(|it| it.title()), Some("Mine"));
    assert_eq!(there.reduce(Event::Undo).document.title(), "Mine");
}

/// The first lesson over its scenario.
fn lesson() -> Event {
    let read = |text: &str| Document::read_json(text).unwrap();
    let content = read(include_str!("../../content/lessons/two-keys.json"));
    let document = Document::from_json(include_str!("../../../gallery/scp-and-iam.json")).unwrap();
    let lesson = Lesson::read("two-keys", &content, &document, 0);
    Event::TakeLesson(lesson, Box::new(document))
}

#[test]
fn a_lesson_stands_beside_ones_own_and_its_end_leads_back() {
    let own = page();
    let page = own.clone().reduce(lesson()).reduce(Event::LessonStep(1));
    assert_eq!(page.document.title(), "SCP and IAM: two keys to one door");
    assert_eq!(page.lesson.as_ref().map(|it| it.step), Some(1));
    assert_eq!(page.looked().gallery.as_deref(), Some("scp-and-iam"));
    let page = page.reduce(lesson()).reduce(Event::EndLesson);
    assert_eq!((&page.document, &page.lesson, &page.shared), (&own.document, &None, &None));
    assert_eq!(page.reading, Some(Reading::Lessons));
}

#[test]
fn a_scenario_of_the_gallery_is_introduced() {
    let gallery = Document::from_json(include_str!("../../../gallery/mfa.json")).unwrap();
    let arrived = opening::open("gallery=mfa", &Kept::default(), Some(&gallery));
    let page = page().reduce(lesson()).reduce(Event::Arrive(Box::new(arrived)));
    assert_eq!(page.reading, Some(Reading::Introduction("mfa".into())));
    assert_eq!((page.pane, &page.lesson), (Pane::Details, &None));
    let page = page.reduce(Event::Open(Selection::Scenario));
    assert_eq!(page.reading, None);
    let page = page.reduce(Event::BackToOwn);
    assert_eq!(page.document.title(), "Example Corp");
}

#[test]
fn a_policy_is_seen_by_what_would_be_without_it() {
    let page = page().reduce(Event::CompareWithout(Some("p-denyec2dev".into())));
    assert_eq!(page.reading, Some(Reading::Permissions(View::Changes)));
    assert_eq!(page.without_name().as_deref(), Some("DenyEc2InDev"));
    let page = edit(page, Action::DeletePolicy { id: "p-denyec2dev".into() });
    assert_eq!(page.without, Some("p-denyec2dev".into()), "AWS refuses: it is attached");
    let target = "ou-corp-development".into();
    let page = edit(page, Action::DetachPolicy { policy: "p-denyec2dev".into(), target });
    let page = edit(page, Action::DeletePolicy { id: "p-denyec2dev".into() });
    assert_eq!(page.without, None, "what is gone is compared with no more");
}
