//! What the page asks of the browser: storage, address, clipboard, files, focus. Nothing here panics; outside a browser
//! (in tests) everything answers "nothing there".

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, Window};

/// The names under which this browser keeps things.
pub mod keys {
    /// The record that this tab shows; kept for this tab alone.
    pub const TAB: &str = "scp-playground.tab";
    /// The theme.
    pub const THEME: &str = "scp-playground.theme";
    /// How far the lessons have been taken.
    pub const LESSONS: &str = "scp-playground.lessons";
    /// The widths of the panes.
    pub const PANES: &str = "scp-playground.panes";
}

/// Why something could not be kept: in words, for the person.
pub const STORAGE_REFUSED: &str = "This browser does not let the page keep anything (its storage is blocked or full), so your scenario will be gone when you close the page. Save it to a file or copy its link.";

/// Why something could not be saved, for the person.
pub const STORAGE_FULL: &str = "This browser does not take it: its storage is blocked or full. Delete a scenario that you no longer need, or save this one to a file.";

/// The window, in a browser.
pub fn window() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

fn storage() -> Option<web_sys::Storage> {
    // Asking for it already throws where the person has blocked it.
    window()?.local_storage().ok().flatten()
}

/// Reads what is kept under a name.
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a text under a name; false where the browser refuses.
pub fn keep(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets what is kept under a name.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        storage.remove_item(key).ok();
    }
}

/// The names under which anything is kept.
pub fn kept_names() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let length = storage.length().unwrap_or_default();
    (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect()
}

/// The id of the record that this tab shows.
pub fn tab_id() -> Option<String> {
    window()?.session_storage().ok().flatten()?.get_item(keys::TAB).ok().flatten()
}

/// Remembers for this tab which record it shows.
pub fn set_tab_id(id: &str) {
    if let Some(storage) = window().and_then(|it| it.session_storage().ok().flatten()) {
        storage.set_item(keys::TAB, id).ok();
    }
}

/// Lets other tabs know that this one is open.
pub fn hold_tab(id: &str) {
    crate::parts::call("holdTab", &id.into()).ok();
}

/// A new id, different from all others.
pub fn new_id() -> String {
    if !cfg!(target_arch = "wasm32") {
        return "a".to_owned();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2⁶³")]
    let random = (js_sys::Math::random() * 9e18) as u64;
    format!("{random:x}")
}

/// This moment in milliseconds since 1970.
pub fn milliseconds() -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date fits")]
    let now = || js_sys::Date::now() as u64;
    if cfg!(target_arch = "wasm32") { now() } else { 0 }
}

/// A moment as the person writes dates and times.
pub fn date_and_time(milliseconds: u64) -> String {
    if !cfg!(target_arch = "wasm32") {
        return milliseconds.to_string();
    }
    #[expect(clippy::cast_precision_loss, reason = "a date fits")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(milliseconds as f64));
    let options = js_sys::Object::new();
    for part in ["dateStyle", "timeStyle"] {
        // Setting a member of a plain object cannot fail.
        js_sys::Reflect::set(&options, &part.into(), &"short".into()).ok();
    }
    date.to_locale_string("default", &options).into()
}

/// The fragment of the address, without `#`.
pub fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The query of the address, with its `?`.
pub fn query() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The address of the page without query and fragment.
pub fn page_address() -> String {
    address().split('?').next().unwrap_or_default().to_owned()
}

/// The address without its fragment.
pub fn address() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Takes the fragment out of the address; the browser's back button brings it back.
pub fn leave_link() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address())).ok();
    }
}

/// Copies a text; the error is for the person.
pub async fn copy(text: &str) -> Result<(), &'static str> {
    let refused = "The browser does not let the page copy: select the text and copy it yourself.";
    let window = window().ok_or(refused)?;
    if !window.is_secure_context() {
        return Err(refused);
    }
    let promise = window.navigator().clipboard().write_text(text);
    JsFuture::from(promise).await.map(drop).map_err(|_| refused)
}

/// Reads a file that the person has chosen, up to a size that no scenario reaches.
pub async fn read_file(file: web_sys::File) -> Result<String, String> {
    const LARGEST: f64 = 10_000_000.0;
    let name = file.name();
    if file.size() > LARGEST {
        return Err(format!("`{name}` is larger than 10 MB, which no scenario is."));
    }
    let text = JsFuture::from(file.text()).await;
    text.ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| format!("The browser could not read `{name}`."))
}

/// Offers a text as a file to save.
pub fn save_file(name: &str, text: &str) -> Option<()> {
    let document = window()?.document()?;
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document.create_element("a").ok()?.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has taken the content over when the click returns; the address may go a little later.
    gloo::timers::callback::Timeout::new(10_000, move || {
        web_sys::Url::revoke_object_url(&address).ok();
    })
    .forget();
    Some(())
}

/// Whether there is an element of this id.
pub fn exists(id: &str) -> bool {
    window().and_then(|window| window.document()?.get_element_by_id(id)).is_some()
}

/// Moves the focus to the element of this id.
pub fn focus(id: &str) {
    let element = window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
    }
}

/// Scrolls as little as is needed for the element of this id to be seen.
pub fn bring_into_view(id: &str) {
    let element = window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element {
        let options = js_sys::Object::new();
        // Setting a member of a plain object cannot fail.
        js_sys::Reflect::set(&options, &"block".into(), &"nearest".into()).ok();
        let scroll = js_sys::Reflect::get(&element, &"scrollIntoView".into());
        if let Some(scroll) = scroll.ok().and_then(|it| it.dyn_into::<js_sys::Function>().ok()) {
            scroll.call1(&element, &options).ok();
        }
    }
}

/// Moves the focus to the element of this id once the page has been painted again.
pub fn focus_soon(id: &'static str) {
    if cfg!(target_arch = "wasm32") {
        gloo::timers::callback::Timeout::new(0, move || focus(id)).forget();
    }
}

/// Calls back at each event of this name on the window, until the listener is dropped.
pub fn on_window(
    name: &'static str,
    callback: impl FnMut(&web_sys::Event) + 'static,
) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window()?.into(), name, options, callback))
}

/// Calls back at each event of this name, also at those that only an element inside of the page gets, such as scrolling.
pub fn on_any(
    name: &'static str,
    callback: impl FnMut(&web_sys::Event) + 'static,
) -> Option<EventListener> {
    let options = EventListenerOptions::run_in_capture_phase();
    Some(EventListener::new_with_options(&window()?.into(), name, options, callback))
}

/// How far the top of an element is from the top of what can be seen, and how high that is; in CSS pixels.
pub fn top_of(id: &str) -> Option<(f64, f64)> {
    let window = window()?;
    let element = window.document()?.get_element_by_id(id)?;
    let screen = window.inner_height().ok()?.as_f64()?;
    Some((element.get_bounding_client_rect().top(), screen))
}

/// How high the first element is that fits a selector, in CSS pixels.
pub fn height_of(selector: &str) -> Option<f64> {
    let element = window()?.document()?.query_selector(selector).ok()??;
    Some(element.get_bounding_client_rect().height())
}

/// Sets or removes an attribute of the root element, such as the theme.
pub fn mark_page(attribute: &str, value: Option<&str>) {
    let root = window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root {
        match value {
            Some(value) => root.set_attribute(attribute, value).ok(),
            None => root.remove_attribute(attribute).ok(),
        };
    }
}

/// Moves the focus to the first thing inside the element of this id that can have it.
pub fn focus_first(id: &str) {
    let inside = "[tabindex='0'], summary, button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, a[href]";
    let element = window()
        .and_then(|window| window.document()?.get_element_by_id(id))
        .and_then(|element| element.query_selector(inside).ok().flatten());
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
    }
}

/// Sets a mark on the browser's time line, for those who measure.
pub fn mark_time(name: &str) {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        performance.mark(name).ok();
    }
}
