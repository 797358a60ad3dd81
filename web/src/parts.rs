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

/// Calls a function of a loaded module; `None` where it throws or there is none.
pub fn call_member(module: &JsValue, function: &str, argument: &JsValue) -> Option<JsValue> {
    let function: Function = Reflect::get(module, &function.into()).ok()?.dyn_into().ok()?;
    function.call1(module, argument).ok()
}

/// Whether the browser can hand a link to other programs, as phones do.
pub fn can_share() -> bool {
    call("canShare", &JsValue::NULL).is_ok_and(|can| can.is_truthy())
}

/// Hands a link to other programs; what the person does with it is theirs.
pub fn share(link: &str) {
    // Called off by the person, or refused: there is nothing to say.
    if let Ok(promise) = call("share", &link.into()).and_then(|it| it.dyn_into::<Promise>()) {
        wasm_bindgen_futures::spawn_local(async move {
            JsFuture::from(promise).await.ok();
        });
    }
}

fn missing(name: &str) -> String {
    format!("The file `{name}` beside the page could not be fetched. Is the network gone?")
}
