//! Help at the cursor as the code editor asks for it: offsets in UTF-16 units, answers as plain objects.

use std::cell::RefCell;
use std::rc::Rc;

use iam_evaluator::PolicyType;
use iam_scenario::Document;
use iam_scenario::assist::{Assist, Completions, Hover, Words};
use js_sys::Array;
use wasm_bindgen::JsValue;

use super::codemirror::object;
use crate::catalog::CatalogHandle;
use crate::groups;
use crate::lazy::now;
use crate::text_position::{byte, utf16_span};

/// What help goes by now; it changes with every edit, while the editor stays.
#[derive(Clone, PartialEq)]
pub struct HelpState {
    /// The scenario.
    pub document: Rc<Document>,
    /// By whose rules the text is read.
    pub policy_type: PolicyType,
    /// The catalogue, once it is there.
    pub catalog: Option<CatalogHandle>,
}

/// Help that an editor can ask.
#[derive(Clone)]
pub struct Help(pub Rc<RefCell<HelpState>>);

impl Help {
    /// What may be written at a place; `undefined` for nothing.
    pub fn complete(&self, text: &str, offset: u32, asked: bool) -> JsValue {
        let given = now(groups::complete(&self.0.borrow(), text, offset, asked));
        given.unwrap_or(JsValue::UNDEFINED)
    }

    /// What stands at a place; `undefined` for nothing.
    pub fn explain(&self, text: &str, offset: u32) -> JsValue {
        now(groups::explain(&self.0.borrow(), text, offset)).unwrap_or(JsValue::UNDEFINED)
    }
}

impl HelpState {
    /// What may be written at a place; `undefined` for nothing.
    pub fn complete(&self, text: &str, offset: u32, asked: bool) -> JsValue {
        let found = self.with(|assist| assist.complete(text, byte(text, offset), asked));
        found.map_or(JsValue::UNDEFINED, |found| completions(text, &found))
    }

    /// What stands at a place; `undefined` for nothing.
    pub fn explain(&self, text: &str, offset: u32) -> JsValue {
        let found = self.with(|assist| assist.hover(text, byte(text, offset)));
        found.map_or(JsValue::UNDEFINED, |found| hover(text, &found))
    }

    fn with<T>(&self, help: impl FnOnce(&Assist<'_>) -> T) -> T {
        let none = Words::default();
        help(&Assist {
            catalog: self.catalog.as_deref(),
            words: self.catalog.as_ref().map_or(&none, |it| it.words()),
            document: &self.document,
            policy_type: self.policy_type,
        })
    }
}

fn completions(text: &str, found: &Completions) -> JsValue {
    let (from, to) = utf16_span(text, found.span);
    let items: Array = found
        .items
        .iter()
        .map(|item| {
            object(&[
                ("label", item.label.as_str().into()),
                ("detail", item.detail.as_str().into()),
                ("kind", item.kind.into()),
                ("insert", item.insert.as_str().into()),
                ("goesOn", item.goes_on.into()),
            ])
        })
        .collect();
    object(&[("from", from.into()), ("to", to.into()), ("items", items.into())])
}

fn hover(text: &str, found: &Hover) -> JsValue {
    let (from, to) = utf16_span(text, found.span);
    let lines: Array = found
        .lines
        .iter()
        .map(|line| {
            let items: Array = line.items.iter().map(|item| JsValue::from_str(item)).collect();
            object(&[("heading", line.heading.into()), ("items", items.into())])
        })
        .collect();
    object(&[
        ("from", from.into()),
        ("to", to.into()),
        ("title", found.title.as_str().into()),
        ("tag", found.tag.as_str().into()),
        ("lines", lines.into()),
    ])
}
