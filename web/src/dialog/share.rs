//! The link to the scenario: how long it is, and copying it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::modal::Modal;
use crate::browser;
use crate::sharing::Looked;
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
}

/// Shows the link to the scenario.
#[component]
pub fn ShareDialog(props: &ShareDialogProps) -> Html {
    let ShareDialogProps { looked, on_close, on_say } = props;
    let document = &looked.document;
    let link = use_memo(looked.clone(), |looked| {
        AttrValue::from(format!("{}#{}", browser::address(), looked.fragment(None)))
    });
    let copied = use_state(|| None::<Result<(), &'static str>>);
    let input = use_node_ref();
    let copy = {
        let (link, copied, input) = (link.clone(), copied.clone(), input.clone());
        Callback::from(move |_: MouseEvent| {
            let (link, copied) = (link.clone(), copied.clone());
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.select();
            }
            wasm_bindgen_futures::spawn_local(async move {
                copied.set(Some(browser::copy(&link).await));
            });
        })
    };
    let save = {
        let (document, on_say) = (document.clone(), on_say.clone());
        Callback::from(move |_: MouseEvent| crate::toolbar::save(&document, &on_say))
    };
    html! {
        <Modal title="Share this scenario" {on_close}>
            <p class="muted">{ "The whole scenario is in the link, after the #. That part of an address never leaves the browser: nothing is sent to a server." }</p>
            <div class="share-link">
                <input ref={input} readonly=true value={(*link).clone()} aria-label="Link to this scenario" />
                <button type="button" class="button primary" onclick={copy}>{ "Copy link" }</button>
            </div>
            <p class="share-state" role="status">
                { match *copied {
                    None => "",
                    Some(Ok(())) => "Copied.",
                    Some(Err(sentence)) => sentence,
                } }
            </p>
            { meter(link.chars().count()) }
            <div class="dialog-buttons">
                <button type="button" class="button" onclick={save}>{ "Save as a file instead" }</button>
            </div>
        </Modal>
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
