//! The code editor, which the page's starting script loads when it is first wanted. See `web/editor/editor.js`.

use std::any::Any;

use iam_evaluator::Severity;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;
use yew::Callback;

use super::StatementMark;
use super::code::{Problem, Shown};
use super::help::Help;
use crate::text_position::utf16_span;

/// The loaded module.
pub struct Module(JsValue);

/// Loads the code editor; the second time it is there already.
pub async fn load() -> Result<Module, JsValue> {
    let playground = get(&js_sys::global(), "scpPlayground")?;
    let load: Function = get(&playground, "loadEditor")?.dyn_into()?;
    let promise: Promise = load.call0(&playground)?.dyn_into()?;
    Ok(Module(JsFuture::from(promise).await?))
}

/// What the editor calls.
#[derive(Default)]
pub struct Calls {
    /// The person has changed the text.
    pub on_text: Callback<String>,
    /// The person chose the repair of a problem, by its place among those shown.
    pub on_fix: Callback<usize>,
    /// The person wants the text laid out.
    pub on_format: Callback<()>,
    /// Helps at the cursor, if anything does.
    pub help: Option<Help>,
}

impl Module {
    /// Puts an editor over a text area.
    pub fn mount(
        &self,
        area: &HtmlTextAreaElement,
        label: &str,
        read_only: bool,
        calls: Calls,
    ) -> Result<CodeMirror, JsValue> {
        let Calls { on_text, on_fix, on_format, help } = calls;
        let mut options = vec![("label", label.into()), ("readOnly", read_only.into())];
        let mut kept: Vec<Box<dyn Any>> = Vec::new();
        let on_change = Closure::<dyn Fn(String)>::new(move |text| on_text.emit(text));
        options.push(("onChange", on_change.as_ref().clone()));
        kept.push(Box::new(on_change));
        if !read_only {
            let on_fix = Closure::<dyn Fn(usize)>::new(move |index| on_fix.emit(index));
            let on_format = Closure::<dyn Fn()>::new(move || on_format.emit(()));
            options.push(("onFix", on_fix.as_ref().clone()));
            options.push(("onFormat", on_format.as_ref().clone()));
            kept.extend([Box::new(on_fix) as Box<dyn Any>, Box::new(on_format)]);
        }
        if let Some(help) = help {
            let explain = help.clone();
            let complete = Closure::<dyn Fn(String, u32, bool) -> JsValue>::new(
                move |text: String, offset, asked| help.complete(&text, offset, asked),
            );
            let explain =
                Closure::<dyn Fn(String, u32) -> JsValue>::new(move |text: String, offset| {
                    explain.explain(&text, offset)
                });
            options.push(("explain", explain.as_ref().clone()));
            if !read_only {
                options.push(("complete", complete.as_ref().clone()));
            }
            kept.extend([Box::new(complete) as Box<dyn Any>, Box::new(explain)]);
        }
        let mount: Function = get(&self.0, "mount")?.dyn_into()?;
        let handle = mount.call2(&self.0, area, &object(&options))?;
        Ok(CodeMirror { handle, _kept: kept })
    }
}

/// An editor over a text area; dropped, it gives the text back and goes.
pub struct CodeMirror {
    handle: JsValue,
    /// What the editor calls lives as long as it does.
    _kept: Vec<Box<dyn Any>>,
}

impl CodeMirror {
    /// Shows this text.
    pub fn set_text(&self, text: &str) {
        self.call("setText", &[text.into()]);
    }

    /// Shows the problems and marks of the text that is shown.
    pub fn mark(&self, shown: &Shown) {
        let text = &*shown.text;
        let problems: Array = shown.problems.iter().map(|it| problem_object(text, it)).collect();
        self.call("setDiagnostics", &[problems.into()]);
        let marks: Array = shown.marks.iter().map(|mark| mark_object(text, mark)).collect();
        self.call("setMarks", &[marks.into()]);
    }

    /// Scrolls to a place, in UTF-16 units.
    pub fn reveal(&self, from: u32) {
        self.call("reveal", &[from.into()]);
    }

    /// Puts the cursor over a stretch, in UTF-16 units, and takes the focus.
    pub fn select(&self, from: u32, to: u32) {
        self.call("select", &[from.into(), to.into()]);
    }

    /// A call that fails shows in the console and nowhere else: the text area below still has the text.
    fn call(&self, method: &str, arguments: &[JsValue]) {
        let function = get(&self.handle, method).and_then(|it| it.dyn_into::<Function>());
        if let Ok(function) = function {
            function.apply(&self.handle, &arguments.iter().collect::<Array>()).ok();
        }
    }
}

impl Drop for CodeMirror {
    fn drop(&mut self) {
        self.call("destroy", &[]);
    }
}

fn problem_object(text: &str, problem: &Problem) -> JsValue {
    let (from, to) = utf16_span(text, problem.span);
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let fix = problem.fix.as_deref();
    object(&[
        ("from", from.into()),
        ("to", to.into()),
        ("severity", severity.into()),
        ("message", problem.message.as_str().into()),
        ("code", problem.code.into()),
        ("fix", fix.map_or(JsValue::UNDEFINED, JsValue::from)),
    ])
}

fn mark_object(text: &str, mark: &StatementMark) -> JsValue {
    let (from, to) = utf16_span(text, mark.span);
    object(&[("from", from.into()), ("to", to.into()), ("kind", mark.kind.as_str().into())])
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())
}

/// A plain object.
pub fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object cannot fail.
        Reflect::set(&object, &(*name).into(), value).ok();
    }
    object.into()
}
