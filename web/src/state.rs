//! The state of the page: one document with its history, and what is open beside it. One event, one `reduce`.

mod follow;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use iam_scenario::{Action, Document, History, Request};
use yew::prelude::*;

use crate::dialog::Dialog;
use crate::display::Display;
use crate::effective::View;
use crate::lessons::Lesson;
use crate::opening::Opening;
use crate::question::Question;
use crate::reading::Reading;
use crate::seed;
use crate::selection::Selection;
use crate::sharing::Looked;

/// Everything that the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    history: History,
    /// The document, shared so that what is made from it is known by pointer.
    pub document: Rc<Document>,
    /// What is open in the middle.
    pub selection: Selection,
    /// The question on the right.
    pub question: Question,
    /// The scenario of the gallery that the document was made from.
    pub gallery: Option<String>,
    /// The document that made room for another one at last.
    pub replaced: Option<Rc<Document>>,
    /// Set while a shared scenario is open beside the person's own.
    pub shared: Option<Shared>,
    /// The dialog that stands above everything.
    pub dialog: Option<Dialog>,
    /// The pane that a narrow screen shows.
    pub pane: Pane,
    /// What is open to be read in the middle, in the place of the details.
    pub reading: Option<Reading>,
    /// The lesson that is being taken.
    pub lesson: Option<Lesson>,
    /// The state that the scenario is compared with: as it was opened, or as the person set it.
    pub baseline: Rc<Document>,
    /// The policy without which the scenario is compared, in the place of the baseline.
    pub without: Option<String>,
    /// What the person should read, oldest first.
    pub notices: Vec<Notice>,
    notices_so_far: u32,
}

/// A shared scenario is open; the person's own waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The fragment of the link.
    pub link: String,
    /// The person's own scenario, with everything that can be undone.
    pub own: History,
    /// The scenario of the gallery that the person's own was made from.
    pub own_gallery: Option<String>,
}

impl Shared {
    /// What is to be read first, where it is a scenario of the gallery.
    pub fn introduction(&self) -> Option<Reading> {
        let name = self.link.strip_prefix("gallery=")?;
        Some(Reading::Introduction(name.to_owned()))
    }
}

/// One of the three panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pane {
    /// The tree.
    #[default]
    Organization,
    /// What is selected.
    Details,
    /// Question and answer.
    Why,
}

/// A message to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Tells it from the others.
    pub number: u32,
    /// How it is meant.
    pub kind: NoticeKind,
    /// What it says.
    pub text: String,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// AWS would refuse the edit, or something could not be done.
    Refusal,
    /// Something happened.
    News,
}

/// Everything that can happen on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// An edit.
    Edit(Action),
    /// Undo the last edit.
    Undo,
    /// Make the last undone edit again.
    Redo,
    /// The person has stopped typing.
    Pause,
    /// Open something in the middle.
    Open(Selection),
    /// Ask another question.
    Ask(Question),
    /// Begin another question of the same principal.
    NewQuestion,
    /// Go to the next question of the scenario, or to the one before.
    Turn(bool),
    /// Open a dialog, or close it.
    Dialog(Option<Dialog>),
    /// Show this pane on a narrow screen.
    Show(Pane),
    /// Open something to be read in the middle, or close it.
    Read(Option<Reading>),
    /// Compare with the scenario as it is now from here on.
    SetBaseline,
    /// Compare with the scenario as it would be without a policy of the organization; `None`: with the baseline again.
    CompareWithout(Option<String>),
    /// Take a lesson: its scenario opens beside one's own.
    TakeLesson(Lesson, Box<Document>),
    /// Go to a step of the lesson.
    LessonStep(usize),
    /// End the lesson and go back to one's own scenario.
    EndLesson,
    /// A link was followed.
    Arrive(Box<Opening>),
    /// Go back from the shared scenario to one's own.
    BackToOwn,
    /// Make the shared scenario one's own; one's own can be had back by undo.
    KeepShared,
    /// Open another scenario in the place of one's own, which can be had back by undo.
    Replace(Box<Opening>),
    /// Say something.
    Say(NoticeKind, String),
    /// A message has been read.
    Dismiss(u32),
}

impl Page {
    /// The page as it opens.
    pub fn new(opening: Opening) -> Page {
        let document = Rc::new(opening.document.clone());
        let reading = opening.shared.as_ref().and_then(Shared::introduction);
        let mut page = Page {
            history: History::new(opening.document),
            selection: opening.selection.unwrap_or_else(|| Selection::first(&document)),
            gallery: opening.gallery,
            replaced: None,
            question: opening.question.unwrap_or_else(|| Question::first(&document)),
            shared: opening.shared,
            baseline: Rc::clone(&document),
            document,
            without: None,
            dialog: None,
            pane: if reading.is_some() { Pane::Details } else { Display::now().first_pane() },
            reading,
            lesson: None,
            notices: Vec::new(),
            notices_so_far: 0,
        };
        for (kind, text) in opening.notices {
            page.say(kind, text);
        }
        page
    }

    /// What undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// The document with the edits that were made.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What redo would make again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// What a link to this page would hold.
    pub fn looked(&self) -> Looked {
        Looked {
            document: self.document.clone(),
            question: self.question.clone(),
            selection: self.selection.clone(),
            gallery: self.gallery.clone(),
        }
    }

    fn say(&mut self, kind: NoticeKind, text: impl Into<String>) {
        let text = text.into();
        self.notices.retain(|notice| notice.text != text);
        self.notices_so_far += 1;
        self.notices.push(Notice { number: self.notices_so_far, kind, text });
    }

    fn edit(&mut self, action: &Action) {
        match self.history.apply(action) {
            Err(exception) => self.say(NoticeKind::Refusal, exception.to_string()),
            Ok(()) => {
                self.notices.clear();
                let before = Rc::clone(&self.document);
                self.take_document();
                self.selection = follow::selection(&self.selection, action);
                self.question = follow::question(&self.question, action, &before, &self.document);
                self.settle();
                // Starting again: typing in the scenario's JSON replaces it too, but makes no room.
                if matches!(action, Action::ReplaceDocument { document } if *document == seed::document())
                {
                    self.replaced = Some(before);
                    self.gallery = None;
                }
            }
        }
    }

    /// Takes the document from the history; what did not change stays the same by pointer.
    fn take_document(&mut self) {
        if self.history.document() != &*self.document {
            let before = Rc::clone(&self.document);
            self.document = Rc::new(self.history.document().clone());
            if follow::is_another(&before, &self.document) {
                self.baseline = Rc::clone(&self.document);
                self.without = None;
            }
        }
    }

    /// After undo and redo: nothing that is open may be gone.
    fn settle(&mut self) {
        self.selection = self.selection.or_around(&self.document);
        self.question = self.question.beside(&self.document);
        self.without.take_if(|policy| self.document.policy(policy).is_none());
    }

    /// The name of the policy without which the scenario is compared.
    pub fn without_name(&self) -> Option<String> {
        let policy = self.document.policy(self.without.as_deref()?)?;
        Some(policy.name.clone())
    }

    fn step(&mut self, moved: bool) {
        if moved {
            let before = Rc::clone(&self.document);
            self.take_document();
            self.question = follow::unchanged(&self.question, &before, &self.document);
            self.settle();
        }
    }

    fn open(&mut self, selection: Selection) {
        self.reading = None;
        if let Selection::Request(index) = selection {
            self.pane = Pane::Why;
            if let Some(question) = Question::of(&self.document, index) {
                self.question = question;
            }
            return;
        }
        self.pane = Pane::Details;
        self.selection = selection.or_around(&self.document);
    }

    /// The person's own scenario, wherever it waits, and what of the gallery it was made from.
    fn take_own(&mut self) -> (History, Option<String>) {
        match self.shared.take() {
            Some(shared) => (shared.own, shared.own_gallery),
            None => (self.history.clone(), self.gallery.clone()),
        }
    }

    fn arrive(&mut self, opening: Opening) {
        let (own, own_gallery) = self.take_own();
        let arrived = Page::new(opening);
        let notices_so_far = self.notices_so_far;
        match arrived.shared {
            Some(shared) => {
                *self = Page {
                    shared: Some(Shared { link: shared.link, own, own_gallery }),
                    dialog: None,
                    notices: Vec::new(),
                    notices_so_far,
                    ..arrived
                };
            }
            // The link was broken: one's own scenario stays open.
            None => self.become_own(own, own_gallery),
        }
        for notice in arrived.notices {
            self.say(notice.kind, notice.text);
        }
    }

    /// Opens a lesson's scenario beside one's own.
    fn take_lesson(&mut self, lesson: Lesson, document: Document) {
        let (own, own_gallery) = self.take_own();
        self.shared = Some(Shared { link: format!("lesson={}", lesson.id), own, own_gallery });
        self.gallery = Some(lesson.scenario.clone());
        self.lesson = Some(lesson);
        self.reading = None;
        self.notices.clear();
        self.history = History::new(document);
        self.document = Rc::new(self.history.document().clone());
        self.baseline = Rc::clone(&self.document);
        self.without = None;
        // Not what decides: the lesson asks first.
        self.selection = Selection::root(&self.document);
        self.question = Question::default();
    }

    fn end_lesson(&mut self) {
        if self.lesson.is_some()
            && let Some(shared) = self.shared.take()
        {
            self.become_own(shared.own, shared.own_gallery);
        }
        self.reading = Some(Reading::Lessons);
        self.pane = Pane::Details;
    }

    fn become_own(&mut self, own: History, gallery: Option<String>) {
        self.shared = None;
        self.gallery = gallery;
        self.lesson = None;
        self.reading = None;
        self.history = own;
        self.history.pause();
        let before = Rc::clone(&self.document);
        self.take_document();
        if before != self.document {
            self.selection = Selection::first(&self.document);
            self.question = Question::first(&self.document);
        }
        self.settle();
    }

    fn keep_shared(&mut self) {
        let Some(shared) = self.shared.take() else { return };
        (self.lesson, self.reading) = (None, None);
        let document = self.history.document().clone();
        self.history = shared.own;
        let before = self.history.document().clone();
        if self.history.apply(&Action::ReplaceDocument { document }).is_ok() {
            self.replaced = Some(Rc::new(before));
            self.say(
                NoticeKind::News,
                "This scenario is yours now. Undo brings your former one back.",
            );
        }
        self.take_document();
    }

    fn replace(&mut self, opening: Opening) {
        if let Some(shared) = self.shared.take() {
            self.become_own(shared.own, shared.own_gallery);
        }
        let before = Rc::clone(&self.document);
        self.history.pause();
        let document = opening.document;
        if self.history.apply(&Action::ReplaceDocument { document }).is_err() {
            return;
        }
        self.take_document();
        self.notices.clear();
        self.replaced = Some(before);
        self.gallery = opening.gallery;
        self.selection = opening.selection.unwrap_or_else(|| Selection::first(&self.document));
        self.question = opening.question.unwrap_or_else(|| Question::first(&self.document));
        for (kind, text) in opening.notices {
            self.say(kind, text);
        }
    }
}

impl Reducible for Page {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut page = (*self).clone();
        match event {
            Event::Edit(action) => page.edit(&action),
            Event::Undo => {
                let moved = page.history.undo();
                page.step(moved);
            }
            Event::Redo => {
                let moved = page.history.redo();
                page.step(moved);
            }
            Event::Pause => page.history.pause(),
            Event::Open(selection) => page.open(selection),
            Event::Ask(question) => page.question = question,
            Event::NewQuestion => {
                let principal = page.question.request.principal.clone();
                page.question = Question::new(Request { principal, ..Request::default() });
                page.pane = Pane::Why;
            }
            Event::Turn(forwards) => {
                if let Some(index) = page.question.turned(forwards, page.document.requests().len())
                {
                    page.open(Selection::Request(index));
                }
            }
            Event::Dialog(dialog) => page.dialog = dialog,
            Event::Show(pane) => page.pane = pane,
            Event::Read(reading) => {
                page.reading = reading;
                page.pane = Pane::Details;
            }
            Event::TakeLesson(lesson, document) => page.take_lesson(lesson, *document),
            Event::LessonStep(step) => {
                if let Some(lesson) = &mut page.lesson {
                    lesson.step = step;
                }
            }
            Event::EndLesson => page.end_lesson(),
            Event::SetBaseline => {
                page.baseline = Rc::clone(&page.document);
                page.without = None;
            }
            Event::CompareWithout(policy) => {
                if policy.is_some() {
                    page.reading = Some(Reading::Permissions(View::Changes));
                    page.pane = Pane::Details;
                }
                page.without = policy;
            }
            Event::Arrive(opening) => page.arrive(*opening),
            Event::BackToOwn => {
                if let Some(shared) = page.shared.take() {
                    page.become_own(shared.own, shared.own_gallery);
                }
            }
            Event::KeepShared => page.keep_shared(),
            Event::Replace(opening) => page.replace(*opening),
            Event::Say(kind, text) => page.say(kind, text),
            Event::Dismiss(number) => page.notices.retain(|notice| notice.number != number),
        }
        Rc::new(page)
    }
}
