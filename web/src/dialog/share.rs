//! The link to the scenario: how long it is, and copying it.

mod embed;
mod qr;

use std::rc::Rc;

use iam_scenario::Document;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::modal::Modal;
use crate::browser;
use crate::display::Display;
use crate::parts;
use crate::sharing::Looked;
use crate::show::view;
use crate::state::NoticeKind;

/// Up to here a link passes every chat: Discord cuts at 2,000 characters.
const FITS_EVERYWHERE: usize = 2_000;
/// Up to here it passes most: Slack splits at 4,000.
const FITS_MOSTLY: usize = 4_000;

/// Properties of [`ShareDialog`].
#[derive(Properties, PartialEq)]
pub struct ShareDialogProps {
    /// What to share.
    pub looked: Looked,
    /// It has been closed.
    pub on_close: Callback<()>,
    /// Says something to the person.
    pub on_say: Callback<(NoticeKind, String)>,
    /// The scenario has been saved to a file.
    pub on_saved: Callback<()>,
}

/// What the dialog knows besides the scenario.
#[derive(Clone, Default, PartialEq)]
struct Known {
    /// The scenario of the gallery that this one was made from: with it the link gets short.
    gallery: Option<Rc<Document>>,
    /// What became of copying.
    said: &'static str,
    /// The QR code, once it was asked for.
    code: Option<Result<qr::Code, String>>,
}

/// Shows the link to the scenario.
#[component]
pub fn ShareDialog(props: &ShareDialogProps) -> Html {
    let ShareDialogProps { looked, on_close, on_say, on_saved } = props;
    let known = use_state(Known::default);
    let display =
        use_state(|| Display { read_only: true, ..Display::read("embed=1&view=tree,why") });
    let fragment = use_memo((looked.clone(), known.gallery.clone()), |(looked, gallery)| {
        looked.fragment(gallery.as_deref())
    });
    let link = AttrValue::from(format!("{}#{fragment}", browser::page_address()));
    use_gallery(looked.gallery.clone(), &known);
    let input = use_node_ref();
    let copy_text = {
        let known = known.clone();
        move |text: String| {
            let known = known.clone();
            Callback::from(move |_: MouseEvent| copy(text.clone(), known.clone()))
        }
    };
    let copy_link = {
        let (input, copy) = (input.clone(), copy_text(link.to_string()));
        Callback::from(move |event: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.select();
            }
            copy.emit(event);
        })
    };
    view!(Modal {
        title: "Share this scenario",
        on_close,
        children: html! { <>
            <p class="muted">{ "The whole scenario is in the link, after the #. That part of an address never leaves the browser: nothing is sent to a server." }</p>
            <div class="share-link">
                <input ref={input} readonly=true value={link.clone()} aria-label="Link to this scenario" />
                <button type="button" class="button primary" onclick={copy_link}>{ "Copy link" }</button>
            </div>
            <p class="share-state" role="status">{ known.said }</p>
            { meter(link.chars().count()) }
            { ways(&link, &known, &looked.document, on_say, on_saved) }
            { code(&known) }
            { embed::show(&fragment, looked.document.title(), &display, copy_text) }
        </> }
    })
}

/// Fetches the scenario of the gallery that this one was made from; without it the link is longer and as good.
#[hook]
fn use_gallery(name: Option<String>, known: &UseStateHandle<Known>) {
    let known = known.clone();
    use_effect_with(name, move |name| {
        let Some(name) = name.clone() else { return };
        wasm_bindgen_futures::spawn_local(async move {
            let text = parts::text(&format!("gallery/{name}.json")).await.unwrap_or_default();
            if let Ok(document) = Document::from_json(&text) {
                known.set(Known { gallery: Some(Rc::new(document)), ..Known::default() });
            }
        });
    });
}

fn copy(text: String, known: UseStateHandle<Known>) {
    wasm_bindgen_futures::spawn_local(async move {
        let said = match browser::copy(&text).await {
            Ok(()) => "Copied.",
            Err(sentence) => sentence,
        };
        known.set(Known { said, ..(*known).clone() });
    });
}

/// Other ways than copying: a phone's own, a QR code, a file.
fn ways(
    link: &AttrValue,
    known: &UseStateHandle<Known>,
    document: &Rc<Document>,
    on_say: &Callback<(NoticeKind, String)>,
    on_saved: &Callback<()>,
) -> Html {
    let share = {
        let link = link.clone();
        Callback::from(move |_: MouseEvent| parts::share(&link))
    };
    let draw = {
        let (link, known) = (link.clone(), known.clone());
        Callback::from(move |_: MouseEvent| {
            let (link, known) = (link.clone(), known.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let code = qr::draw(&link).await;
                known.set(Known { code: Some(code), ..(*known).clone() });
            });
        })
    };
    let save = {
        let (document, on_say, on_saved) = (document.clone(), on_say.clone(), on_saved.clone());
        Callback::from(move |_: MouseEvent| {
            if crate::toolbar::save(&document, &on_say) {
                on_saved.emit(());
            }
        })
    };
    html! {
        <div class="dialog-buttons share-ways">
            if parts::can_share() {
                <button type="button" class="button" onclick={share}>{ "Share …" }</button>
            }
            if link.len() <= qr::LONGEST {
                <button type="button" class="button" onclick={draw}>{ "Show a QR code" }</button>
            }
            <button type="button" class="button" onclick={save}>{ "Save as a file instead" }</button>
        </div>
    }
}

fn code(known: &Known) -> Html {
    match &known.code {
        None => Html::default(),
        Some(Ok(code)) => qr::show(code),
        Some(Err(sentence)) => html! { <p role="alert">{ sentence }</p> },
    }
}

/// How long the link is, and what that means for those who receive it.
fn meter(length: usize) -> Html {
    let (class, words) = if length <= FITS_EVERYWHERE {
        ("short", "passes every chat and mail program")
    } else if length <= FITS_MOSTLY {
        ("long", "too long for some chats, which cut it at 2,000 characters")
    } else {
        ("too-long", "too long for chats: send the file instead")
    };
    let value = length.min(FITS_MOSTLY).to_string();
    html! {
        <div class={classes!("link-meter", class)}>
            <meter min="0" max={FITS_MOSTLY.to_string()} low={FITS_EVERYWHERE.to_string()} high="3999" optimum="0" {value} aria-label="Length of the link">{ length }</meter>
            <p>{ format!("{} characters: {words}.", thousands(length)) }</p>
        </div>
    }
}

/// A number with commas.
fn thousands(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1000), number % 1000),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_have_commas() {
        let written = [0, 999, 1_000, 1_920, 1_234_567].map(super::thousands);
        assert_eq!(written, ["0", "999", "1,000", "1,920", "1,234,567"]);
    }
}
