//! The code editor, which the page's starting script loads when it is first wanted. See `web/editor/editor.js`.

use iam_evaluator::Severity;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;
use yew::Callback;

use super::{Shown, StatementMark};
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

impl Module {
    /// Puts an editor over a text area.
    pub fn mount(
        &self,
        area: &HtmlTextAreaElement,
        label: &str,
        read_only: bool,
        on_text: Callback<String>,
    ) -> Result<CodeMirror, JsValue> {
        let on_change = Closure::<dyn Fn(String)>::new(move |text| on_text.emit(text));
        let options = object(&[
            ("onChange", on_change.as_ref().clone()),
            ("label", label.into()),
            ("readOnly", read_only.into()),
        ]);
        let mount: Function = get(&self.0, "mount")?.dyn_into()?;
        let handle = mount.call2(&self.0, area, &options)?;
        Ok(CodeMirror { handle, _on_change: on_change })
    }
}

/// An editor over a text area; dropped, it gives the text back and goes.
pub struct CodeMirror {
    handle: JsValue,
    _on_change: Closure<dyn Fn(String)>,
}

impl CodeMirror {
    /// Shows this text with its diagnostics and marks.
    pub fn show(&self, shown: &Shown) {
        let text = shown.text.as_str();
        self.call("setText", &[text.into()]);
        let diagnostics: Array = shown
            .diagnostics
            .iter()
            .map(|diagnostic| {
                let (from, to) = utf16_span(text, diagnostic.span);
                let severity = match diagnostic.severity() {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                };
                object(&[
                    ("from", from.into()),
                    ("to", to.into()),
                    ("severity", severity.into()),
                    ("message", diagnostic.message.as_str().into()),
                    ("code", diagnostic.code.as_str().into()),
                ])
            })
            .collect();
        self.call("setDiagnostics", &[diagnostics.into()]);
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

fn mark_object(text: &str, mark: &StatementMark) -> JsValue {
    let (from, to) = utf16_span(text, mark.span);
    let kind = if mark.decides { "deciding" } else { "applied" };
    object(&[("from", from.into()), ("to", to.into()), ("kind", kind.into())])
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object cannot fail.
        Reflect::set(&object, &(*name).into(), value).ok();
    }
    object.into()
}
