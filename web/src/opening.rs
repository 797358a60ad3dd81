//! What the page opens with: the scenario of a link, the person's own from last time, or the seed.

use iam_scenario::{Document, History, Request, link};
use serde_json::{Value, json};

use crate::question::Question;
use crate::seed;
use crate::state::{NoticeKind, Shared};

/// What the browser has kept from last time, as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The person's own scenario.
    pub scenario: Option<String>,
    /// The question that was asked last.
    pub question: Option<String>,
    /// A shared scenario as the person has changed it.
    pub beside: Option<String>,
}

/// A shared scenario as the person has changed it, kept beside their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The fragment of the link that it came with.
    pub link: String,
    /// The scenario's JSON.
    pub scenario: String,
}

impl Beside {
    /// Writes it as JSON, to be kept.
    pub fn to_json(&self) -> String {
        json!({ "link": self.link, "scenario": self.scenario }).to_string()
    }

    fn read(text: &str) -> Option<Self> {
        let kept = Document::read_json(text).ok()?;
        let member = |name| kept.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self { link: member("link")?, scenario: member("scenario")? })
    }
}

/// What the page opens with.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// The scenario to show.
    pub document: Document,
    /// The question to begin with; else the scenario's first request.
    pub question: Option<Question>,
    /// Set where the scenario came with a link.
    pub shared: Option<Shared>,
    /// What the person should know.
    pub notices: Vec<(NoticeKind, String)>,
    /// A saved text that could not be read and must not be overwritten.
    pub unreadable: Option<String>,
}

/// Decides what to open for this fragment of the address.
pub fn open(fragment: &str, kept: &Kept) -> Opening {
    let fragment = fragment.trim_start_matches('#');
    let own = own(kept);
    if !link::is_link(fragment) {
        return own;
    }
    match shared(fragment, kept.beside.as_deref()) {
        Ok(document) => Opening {
            document,
            question: None,
            shared: Some(Shared { link: fragment.to_owned(), own: History::new(own.document) }),
            ..own
        },
        Err(error) => {
            let mut own = own;
            own.notices.push((NoticeKind::Refusal, broken(&error)));
            own
        }
    }
}

fn shared(fragment: &str, beside: Option<&str>) -> Result<Document, link::LinkError> {
    let document = link::decode(fragment)?;
    let changed = beside
        .and_then(Beside::read)
        .filter(|beside| beside.link == fragment)
        .and_then(|beside| Document::from_json(&beside.scenario).ok());
    Ok(changed.unwrap_or(document))
}

fn own(kept: &Kept) -> Opening {
    let nothing = Opening {
        document: seed::document(),
        question: None,
        shared: None,
        notices: Vec::new(),
        unreadable: None,
    };
    let Some(text) = &kept.scenario else { return nothing };
    match Document::from_json(text) {
        Ok(document) => {
            let request = kept.question.as_deref().and_then(question);
            let question = request.map(|request| place(&document, request));
            Opening { document, question, ..nothing }
        }
        Err(error) => {
            let text_of_error = format!(
                "The scenario that this browser kept cannot be read: {error}. It stays kept as it is; Example Corp is open instead."
            );
            Opening {
                notices: vec![(NoticeKind::Refusal, text_of_error)],
                unreadable: Some(text.clone()),
                ..nothing
            }
        }
    }
}

fn question(text: &str) -> Option<Request> {
    Request::from_json(text).ok()
}

/// Finds the request's place in the document again.
fn place(document: &Document, request: Request) -> Question {
    let index = document.requests().iter().position(|it| **it == request);
    index.and_then(|index| Question::of(document, index)).unwrap_or_else(|| Question::new(request))
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

    #[test]
    fn the_first_visit_opens_the_seed() {
        let opening = open("", &Kept::default());
        assert_eq!(opening.document.title(), "Example Corp");
        assert_eq!((opening.shared, opening.notices), (None, vec![]));
    }

    #[test]
    fn the_next_visit_opens_what_was_kept_with_its_question() {
        let document = seed::document();
        let request = document.requests()[3].to_json();
        let kept =
            Kept { scenario: Some(document.to_json()), question: Some(request), ..Kept::default() };
        let opening = open("#something-else", &kept);
        assert_eq!(opening.document, document);
        assert_eq!(opening.question.unwrap().index, Some(3));
    }

    #[test]
    fn a_link_opens_beside_ones_own() {
        let (document, link) = shared_corp();
        let own = r#"{ "format": 1, "title": "Mine" }"#;
        let kept = Kept { scenario: Some(own.to_owned()), ..Kept::default() };
        let opening = open(&format!("#{link}"), &kept);
        assert_eq!(opening.document, document);
        assert_eq!(opening.shared.unwrap().own.document().title(), "Mine");
    }

    #[test]
    fn a_shared_scenario_that_was_changed_opens_as_changed() {
        let (_, link) = shared_corp();
        let changed = Beside {
            link: link.clone(),
            scenario: r#"{ "format": 1, "title": "Changed Corp" }"#.to_owned(),
        };
        let kept = Kept { beside: Some(changed.to_json()), ..Kept::default() };
        assert_eq!(open(&link, &kept).document.title(), "Changed Corp");
    }

    #[test]
    fn a_broken_link_says_what_is_wrong_and_opens_ones_own() {
        let (_, link) = shared_corp();
        let cut = link.get(..link.len() - 9).unwrap();
        let opening = open(cut, &Kept::default());
        assert_eq!(opening.document.title(), "Example Corp");
        assert!(opening.shared.is_none());
        let (kind, text) = &opening.notices[0];
        assert_eq!(*kind, NoticeKind::Refusal);
        assert!(text.starts_with("This link ") && text.ends_with("open instead."), "{text}");
    }

    #[test]
    fn a_kept_text_that_cannot_be_read_is_not_thrown_away() {
        let kept = Kept { scenario: Some("{ broken".to_owned()), ..Kept::default() };
        let opening = open("", &kept);
        assert_eq!(opening.document.title(), "Example Corp");
        assert_eq!(opening.unreadable.as_deref(), Some("{ broken"));
        assert_eq!(opening.notices.len(), 1);
    }
}
