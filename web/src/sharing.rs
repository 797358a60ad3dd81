//! The link to what is on the page.

use std::rc::Rc;

use iam_scenario::link::{self, Asked, View};
use iam_scenario::{Document, Request};

use crate::question::Question;
use crate::selection::Selection;

/// What a link holds: the scenario, and what is looked at in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    /// The scenario.
    pub document: Rc<Document>,
    /// The question that is asked.
    pub question: Question,
    /// What is open in the middle.
    pub selection: Selection,
    /// The scenario of the gallery that it was made from.
    pub gallery: Option<String>,
}

impl yew::html::ImplicitClone for Looked {}

impl Looked {
    /// The fragment of the link; `gallery` is the scenario of the gallery, once it has been fetched.
    pub fn fragment(&self, gallery: Option<&Document>) -> String {
        match (&self.gallery, gallery) {
            (Some(name), Some(gallery)) => {
                link::encode_edited(&self.document, &self.view(), name, gallery)
            }
            _ => link::encode_view(&self.document, &self.view()),
        }
    }

    fn view(&self) -> View {
        let open = match self.selection == Selection::first(&self.document) {
            true => String::new(),
            false => self.selection.code().unwrap_or_default(),
        };
        View { asked: self.asked(), open }
    }

    fn asked(&self) -> Asked {
        let request = &self.question.request;
        let listed = self.question.index.filter(|index| {
            self.document.requests().get(*index).is_some_and(|listed| listed == request)
        });
        match listed {
            Some(0) => Asked::First,
            Some(index) => Asked::Number(index),
            None if **request == Request::default() => Asked::First,
            None => Asked::Unsaved(Box::new((**request).clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked() -> Looked {
        let document = Rc::new(crate::seed::document());
        Looked {
            question: Question::first(&document),
            selection: Selection::first(&document),
            document,
            gallery: None,
        }
    }

    #[test]
    fn what_the_page_opens_with_takes_no_room() {
        assert_eq!(looked().fragment(None), link::encode(&looked().document));
    }

    #[test]
    fn the_question_and_what_is_open_travel() {
        let mut looked = looked();
        looked.question = Question::of(&looked.document, 4).unwrap();
        looked.selection = Selection::organization_policy("p-denyec2dev");
        let (_, view) = link::open(&looked.fragment(None), None).unwrap();
        assert_eq!(view, View { asked: Asked::Number(4), open: "pp-denyec2dev".into() });
        let changed =
            Request { action: "s3:GetObject".into(), ..(*looked.question.request).clone() };
        looked.question = Question { request: changed.clone().into(), index: Some(4) };
        let (_, view) = link::open(&looked.fragment(None), None).unwrap();
        assert_eq!(view.asked, Asked::Unsaved(Box::new(changed)));
    }

    #[test]
    fn what_was_made_from_the_gallery_is_a_short_link() {
        let looked = Looked { gallery: Some("example-corp".into()), ..looked() };
        let gallery = (*looked.document).clone();
        assert_eq!(looked.fragment(Some(&gallery)), "gallery=example-corp");
        assert!(looked.fragment(None).starts_with("s1."));
    }
}
