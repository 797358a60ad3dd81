//! One kept scenario with what is asked and open beside it, as text.

use std::rc::Rc;

use iam_scenario::{Document, Request};
use serde_json::{Value, json};

use crate::question::Question;
use crate::selection::Selection;

/// What a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The scenario that a tab keeps by itself.
    Own,
    /// A shared scenario that was changed in a tab.
    Link,
    /// A scenario saved under a name.
    Save,
}

impl Kind {
    /// The name under which the browser keeps the record of this id.
    pub fn key(self, id: &str) -> String {
        let kind = match self {
            Kind::Own => "own",
            Kind::Link => "link",
            Kind::Save => "save",
        };
        format!("scp-playground.{kind}.{id}")
    }
}

/// One kept scenario. An empty text stands for what is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Tells it from the others of its kind.
    pub id: String,
    /// When it was kept, in milliseconds since 1970.
    pub kept: u64,
    /// The name of a saved one.
    pub name: String,
    /// Saved by the page, not by the person: they were about to open something else.
    pub by_itself: bool,
    /// The scenario's JSON.
    pub scenario: String,
    /// The question's JSON.
    pub question: String,
    /// What was open: see [`Selection::code`].
    pub open: String,
    /// The scenario of the gallery that it was made from.
    pub gallery: String,
    /// The fragment of the link that it came with.
    pub link: String,
}

impl Record {
    /// Makes a record of what is on the page; nobody has kept it yet.
    pub fn of(document: &Document, question: &Question, selection: &Selection) -> Record {
        Record {
            scenario: document.to_json_minified(),
            question: question.request.to_json(),
            open: selection.code().unwrap_or_default(),
            ..Record::default()
        }
    }

    /// Writes it as JSON; the id stands in the name under which it is kept.
    pub fn to_json(&self) -> String {
        let Record { id: _, kept, name, by_itself, scenario, question, open, gallery, link } = self;
        json!({
            "kept": kept, "name": name, "byItself": by_itself, "scenario": scenario, "question": question,
            "open": open, "gallery": gallery, "link": link,
        })
        .to_string()
    }

    /// Reads it from JSON; a member that is not there is empty, so that older records open.
    pub fn read(id: &str, text: &str) -> Option<Record> {
        let value = Document::read_json(text).ok()?;
        let member = |name| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        value.get("scenario")?;
        Some(Record {
            id: id.to_owned(),
            kept: value.get("kept").and_then(Value::as_u64).unwrap_or_default(),
            name: member("name"),
            by_itself: value.get("byItself") == Some(&Value::Bool(true)),
            scenario: member("scenario"),
            question: member("question"),
            open: member("open"),
            gallery: member("gallery"),
            link: member("link"),
        })
    }

    /// Reads its scenario; the error names what is wrong in it.
    pub fn document(&self) -> Result<Document, String> {
        Document::from_json(&self.scenario).map_err(|error| error.to_string())
    }

    /// The question that was asked, at its place in the document.
    pub fn question(&self, document: &Document) -> Option<Question> {
        let request = Request::from_json(&self.question).ok()?;
        let index = document.requests().iter().position(|it| **it == request);
        let listed = index.and_then(|index| Question::of(document, index));
        Some(listed.unwrap_or_else(|| Question::new(request)))
    }

    /// What was open, if the document has it.
    pub fn selection(&self, document: &Document) -> Option<Selection> {
        Selection::from_code(&self.open).filter(|selection| selection.exists(document))
    }

    /// What the person knows it by.
    pub fn title(&self) -> Rc<str> {
        if !self.name.is_empty() {
            return self.name.as_str().into();
        }
        let document = self.document().ok();
        let title = document.as_ref().map_or("", |document| document.title());
        if title.is_empty() { "Untitled scenario".into() } else { title.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let document = crate::seed::document();
        let question = Question::of(&document, 3).unwrap();
        let selection = Selection::Target("ou-corp-development".into());
        let record = Record {
            id: "a".into(),
            kept: 1_765_000_000_123,
            name: "Mine".into(),
            by_itself: true,
            gallery: "region-deny".into(),
            link: "s1.a.b".into(),
            ..Record::of(&document, &question, &selection)
        };
        let read = Record::read("a", &record.to_json()).unwrap();
        assert_eq!(read, record);
        assert_eq!(read.document().unwrap(), document);
        assert_eq!(read.question(&document), Some(question));
        assert_eq!(read.selection(&document), Some(selection));
    }

    #[test]
    fn what_is_no_record_is_none() {
        for text in ["", "{", "[]", "{}", "7", r#"{"scenario":"a","scenario":"b"}"#] {
            assert_eq!(Record::read("a", text), None, "{text}");
        }
        let record = Record::read("a", r#"{"scenario":7}"#).unwrap();
        assert!(record.document().is_err());
    }
}
