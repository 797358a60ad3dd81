//! What the page opens with: the scenario of a link, the person's own from last time, or the seed.

use iam_scenario::link::{Asked, View};
use iam_scenario::{Document, History, link};

use crate::groups;
use crate::kept::{Kept, Record};
use crate::lazy::{Group, Missing, now};
use crate::parts;
use crate::question::Question;
use crate::seed;
use crate::selection::Selection;
use crate::state::{NoticeKind, Shared};

/// What the page opens with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opening {
    /// The scenario to show.
    pub document: Document,
    /// The question to begin with; else the scenario's first request.
    pub question: Option<Question>,
    /// What to open in the middle; else the root.
    pub selection: Option<Selection>,
    /// The scenario of the gallery that it was made from.
    pub gallery: Option<String>,
    /// Set where the scenario came with a link.
    pub shared: Option<Shared>,
    /// The record that it comes from, whose place the page takes with its first change.
    pub record: Option<Record>,
    /// What the person should know.
    pub notices: Vec<(NoticeKind, String)>,
}

impl Opening {
    /// A scenario as it begins, such as the seed.
    pub fn of(document: Document) -> Opening {
        Opening { document, ..Opening::default() }
    }

    /// What was kept; the error names what is wrong in it.
    pub fn kept(record: &Record) -> Result<Opening, String> {
        let document = record.document()?;
        Ok(Opening {
            question: record.question(&document),
            selection: record.selection(&document),
            gallery: Some(record.gallery.clone()).filter(|name| !name.is_empty()),
            record: Some(record.clone()),
            document,
            ..Opening::default()
        })
    }

    fn looking(self, view: &View) -> Opening {
        let question = match &view.asked {
            Asked::First => None,
            Asked::Number(index) => Question::of(&self.document, *index),
            Asked::Unsaved(request) => Some(Question::new((**request).clone())),
        };
        let selection = Selection::from_code(&view.open).filter(|it| it.exists(&self.document));
        Opening { question, selection, ..self }
    }
}

/// Decides what to open for this fragment of the address, and fetches the scenario of the gallery that it builds on.
pub async fn arrive(fragment: &str, kept: &Kept) -> Opening {
    if link::is_link(fragment) {
        // Where it can't be fetched, opening says so.
        Group::Links.fetch().await.ok();
    }
    let Some(name) = link::gallery_name(fragment) else { return open(fragment, kept, None) };
    let text = parts::text(&format!("gallery/{name}.json")).await;
    match text.map(|text| Document::from_json(&text)) {
        Ok(Ok(gallery)) => open(fragment, kept, Some(&gallery)),
        Ok(Err(_)) | Err(_) => {
            let words = format!(
                "The scenario `{name}` of the gallery could not be fetched: there is none of this name, or the network is gone. Your own scenario is open instead."
            );
            let mut own = own(kept);
            own.notices.push((NoticeKind::Refusal, words));
            own
        }
    }
}

/// Decides what to open for this fragment of the address; `gallery` is the scenario that [`link::gallery_name`] asks for.
pub fn open(fragment: &str, kept: &Kept, gallery: Option<&Document>) -> Opening {
    let fragment = fragment.trim_start_matches('#');
    if !link::is_link(fragment) {
        return own(kept);
    }
    match shared(fragment, kept, gallery) {
        Ok(opening) => {
            let own = own(kept);
            let shared = Shared {
                link: fragment.to_owned(),
                own: History::new(own.document),
                own_gallery: own.gallery,
            };
            Opening { shared: Some(shared), notices: own.notices, ..opening }
        }
        Err(words) => {
            let mut own = own(kept);
            own.notices.push((NoticeKind::Refusal, words));
            own
        }
    }
}

const NO_READER: &str = "The part of the page that reads links could not be fetched. Is the network gone? Your own scenario is open instead; load the page again to open the link.";

/// The scenario of a link, or why there is none; after a reload as it was changed in this tab.
fn shared(fragment: &str, kept: &Kept, gallery: Option<&Document>) -> Result<Opening, String> {
    let opened = now(groups::open_link(fragment, gallery));
    let opened = opened.map_err(|Missing| NO_READER.to_owned())?;
    let (document, view) = opened.map_err(|error| broken(&error))?;
    let changed = kept.link.as_ref().filter(|record| record.link == fragment);
    let opening = match changed.and_then(|record| Opening::kept(record).ok()) {
        Some(changed) => changed,
        None => Opening::of(document).looking(&view),
    };
    let gallery = link::gallery_name(fragment).map(str::to_owned);
    Ok(Opening { gallery, record: None, ..opening })
}

/// The person's own scenario: the first that can be read.
fn own(kept: &Kept) -> Opening {
    let mut notices = Vec::new();
    for record in &kept.own {
        match Opening::kept(record) {
            Ok(opening) => return Opening { notices, ..opening },
            Err(error) => notices.push((
                NoticeKind::Refusal,
                format!("A scenario that this browser kept cannot be read: {error}. It stays kept as it is."),
            )),
        }
    }
    Opening { notices, ..Opening::of(seed::document()) }
}

/// The sentence for a link that does not open: first what happened, then that nothing is lost.
fn broken(error: &link::LinkError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first =
        letters.next().map(|letter| letter.to_ascii_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}. Your own scenario is open instead.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared_corp() -> (Document, String) {
        let document = Document::from_json(r#"{ "format": 1, "title": "Shared Corp" }"#).unwrap();
        let link = link::encode(&document);
        (document, link)
    }

    fn titled(title: &str) -> Record {
        let document =
            Document::from_json(&format!(r#"{{ "format": 1, "title": "{title}" }}"#)).unwrap();
        Record::of(&document, &Question::default(), &Selection::Scenario)
    }

    fn kept(own: Vec<Record>) -> Kept {
        Kept { own, link: None }
    }

    #[test]
    fn the_first_visit_opens_the_seed() {
        let opening = open("", &Kept::default(), None);
        assert_eq!(opening.document.title(), "Example Corp");
        assert_eq!((opening.shared, opening.notices), (None, vec![]));
    }

    #[test]
    fn the_next_visit_opens_what_was_kept_with_its_question_and_what_was_open() {
        let document = seed::document();
        let question = Question::of(&document, 3).unwrap();
        let selection = Selection::organization_policy("p-denyec2dev");
        let record = Record::of(&document, &question, &selection);
        let opening = open("#something-else", &kept(vec![record.clone(), titled("Older")]), None);
        assert_eq!(opening.document, document);
        assert_eq!(opening.question.unwrap().index, Some(3));
        assert_eq!(opening.selection, Some(selection));
        assert_eq!(opening.record, Some(record));
    }

    #[test]
    fn a_link_opens_beside_ones_own() {
        let (document, link) = shared_corp();
        let opening = open(&format!("#{link}"), &kept(vec![titled("Mine")]), None);
        assert_eq!((opening.document, opening.record), (document, None));
        assert_eq!(opening.shared.unwrap().own.document().title(), "Mine");
    }

    #[test]
    fn a_link_opens_with_its_question_and_what_is_open() {
        let document = seed::document();
        let view = View { asked: Asked::Number(2), open: "tou-corp-development".into() };
        let opening = open(&link::encode_view(&document, &view), &Kept::default(), None);
        assert_eq!(opening.question, Question::of(&document, 2));
        assert_eq!(opening.selection, Some(Selection::Target("ou-corp-development".into())));
        let gone = View { asked: Asked::Number(99), open: "tou-corp-nowhere".into() };
        let opening = open(&link::encode_view(&document, &gone), &Kept::default(), None);
        assert_eq!((opening.question, opening.selection), (None, None));
    }

    #[test]
    fn a_scenario_of_the_gallery_opens_by_its_name() {
        let (document, _) = shared_corp();
        let opening = open("gallery=shared-corp", &Kept::default(), Some(&document));
        assert_eq!(opening.document, document);
        assert_eq!(opening.gallery.as_deref(), Some("shared-corp"));
    }

    #[test]
    fn a_shared_scenario_that_was_changed_in_this_tab_opens_as_changed() {
        let (_, link) = shared_corp();
        let changed = Record { link: link.clone(), ..titled("Changed Corp") };
        let kept = Kept { link: Some(changed), ..Kept::default() };
        assert_eq!(open(&link, &kept, None).document.title(), "Changed Corp");
        let other = link::encode(&Document::default());
        assert_eq!(open(&other, &kept, None).document.title(), "");
    }

    #[test]
    fn a_broken_link_says_what_is_wrong_and_opens_ones_own() {
        let (_, link) = shared_corp();
        let cut = link.get(..link.len() - 9).unwrap();
        let opening = open(cut, &Kept::default(), None);
        assert_eq!(opening.document.title(), "Example Corp");
        assert!(opening.shared.is_none());
        let (kind, text) = &opening.notices[0];
        assert_eq!(*kind, NoticeKind::Refusal);
        assert!(text.starts_with("This link ") && text.ends_with("open instead."), "{text}");
    }

    #[test]
    fn what_cannot_be_read_is_said_and_the_next_one_opens() {
        let broken = Record { scenario: r#"{"format":99}"#.into(), ..Record::default() };
        let opening = open("", &kept(vec![broken, titled("Mine")]), None);
        assert_eq!(opening.document.title(), "Mine");
        assert!(opening.notices[0].1.contains("newer version"), "{:?}", opening.notices);
    }
}
