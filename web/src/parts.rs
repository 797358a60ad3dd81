//! What lies beside the page and is fetched only when it is wanted: scenarios, texts, scripts, tables of facts.
//!
//! Names are relative to the page, such as `gallery/region-deny.json`. The page's starting script (`web/boot.js`) fetches,
//! for it knows the release and asks for the parts of that one only.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Fetches a file as text; the error is a sentence for the person.
pub async fn text(name: &str) -> Result<String, String> {
    let answer = ask("fetchText", name).await;
    answer.ok().and_then(|text| text.as_string()).ok_or_else(|| missing(name))
}

/// Fetches a file as bytes; the error is a sentence for the person.
pub async fn bytes(name: &str) -> Result<Vec<u8>, String> {
    let answer = ask("fetchBytes", name).await;
    let bytes = answer.ok().and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
    bytes.map(|bytes| bytes.to_vec()).ok_or_else(|| missing(name))
}

/// Loads a script beside the page as a module; the error is a sentence for the person.
#[expect(dead_code, reason = "the drawing of QR codes is about to be loaded with it")]
pub async fn module(name: &str) -> Result<JsValue, String> {
    ask("loadModule", name).await.map_err(|_| missing(name))
}

/// The ids of the tabs that are open; without an answer none is known.
pub async fn open_tabs() -> Vec<String> {
    let answer = ask("openTabs", "").await.ok().and_then(|ids| ids.as_string());
    answer.unwrap_or_default().split(' ').map(str::to_owned).collect()
}

async fn ask(function: &str, name: &str) -> Result<JsValue, JsValue> {
    let promise: Promise = call(function, &name.into())?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Whether a new release of the page waits.
pub fn has_new_release() -> bool {
    if !cfg!(target_arch = "wasm32") {
        return false;
    }
    let playground = Reflect::get(&js_sys::global(), &"scpPlayground".into());
    let has = playground.and_then(|it| Reflect::get(&it, &"hasNewRelease".into()));
    has.is_ok_and(|has| has.is_truthy())
}

/// Calls a function of the page's starting script.
pub fn call(function: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    if !cfg!(target_arch = "wasm32") {
        return Err(JsValue::NULL);
    }
    let playground = Reflect::get(&js_sys::global(), &"scpPlayground".into())?;
    let function: Function = Reflect::get(&playground, &function.into())?.dyn_into()?;
    function.call1(&playground, argument)
}

fn missing(name: &str) -> String {
    format!("The file `{name}` beside the page could not be fetched. Is the network gone?")
}
