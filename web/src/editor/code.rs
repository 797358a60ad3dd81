//! The code editor over a text area that works at once: loaded when it is first wanted, kept showing what the page knows.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use iam_evaluator::{Severity, Span};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::StatementMark;
use super::codemirror::{self, Calls, CodeMirror};
use crate::afterwards::PAINTED;

/// What the code editor shows.
#[derive(Clone, PartialEq, Default)]
pub struct Shown {
    /// The text.
    pub text: AttrValue,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What its statements do for the question.
    pub marks: Vec<StatementMark>,
    /// Where to scroll to, in UTF-16 units.
    pub reveal: Option<u32>,
}

/// Something that is wrong in a text.
#[derive(Clone, PartialEq)]
pub struct Problem {
    /// Where, in bytes.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in plain words.
    pub message: String,
    /// Its stable code; nothing where there is none.
    pub code: &'static str,
    /// What its repair is called, if it has one.
    pub fix: Option<String>,
}

/// A code editor over its text area, once it has come.
#[derive(Clone)]
pub struct Editor {
    area: NodeRef,
    code: Rc<RefCell<Option<CodeMirror>>>,
}

impl Editor {
    /// The text area below.
    pub fn area(&self) -> NodeRef {
        self.area.clone()
    }

    /// Puts the cursor over a stretch of the text, in UTF-16 units.
    pub fn select(&self, (from, to): (u32, u32)) {
        if let Some(code) = &*self.code.borrow() {
            code.select(from, to);
        } else if let Some(area) = self.area.cast::<HtmlTextAreaElement>() {
            area.focus().ok();
            area.set_selection_range(from, to).ok();
        }
    }
}

/// Loads the code editor, puts it over the text area, and keeps it showing what the page knows. What it calls is made
/// once, when it comes.
#[hook]
pub fn use_code_editor(
    label: &AttrValue,
    read_only: bool,
    shown: &Shown,
    calls: Box<dyn FnOnce() -> Calls>,
) -> Editor {
    let area = use_node_ref();
    let code = use_mut_ref(|| None::<CodeMirror>);
    let ready = use_state(|| false);
    {
        let (code, ready, area) = (code.clone(), ready.clone(), area.clone());
        let label = label.clone();
        use_effect_with((), move |()| {
            let gone = Rc::new(Cell::new(false));
            let (slot, is_gone) = (code.clone(), gone.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let Ok(loaded) = codemirror::load().await else { return };
                let area = area.cast::<HtmlTextAreaElement>().filter(|_| !is_gone.get());
                let Some(area) = area else { return };
                if let Ok(mounted) = loaded.mount(&area, &label, read_only, calls()) {
                    *slot.borrow_mut() = Some(mounted);
                    ready.set(true);
                }
            });
            move || {
                gone.set(true);
                drop(code.borrow_mut().take());
            }
        });
    }
    {
        let code = code.clone();
        use_effect_with((*ready, shown.text.clone()), move |(_, text)| {
            if let Some(code) = &*code.borrow() {
                code.set_text(text);
            }
        });
    }
    {
        let code = code.clone();
        use_effect_with((*ready, shown.clone()), move |(ready, shown)| {
            let shown = shown.clone();
            // Its marks make the browser lay out the page at once: they wait until the answer is painted.
            let waiting = ready.then(|| {
                Timeout::new(PAINTED, move || {
                    if let Some(code) = &*code.borrow() {
                        code.mark(&shown);
                    }
                })
            });
            move || drop(waiting)
        });
    }
    {
        let code = code.clone();
        use_effect_with((*ready, shown.reveal), move |(_, reveal)| {
            if let (Some(code), Some(from)) = (&*code.borrow(), reveal) {
                code.reveal(*from);
            }
        });
    }
    Editor { area, code }
}
