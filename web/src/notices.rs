//! Messages to the person, above everything: AWS's refusals, and what has happened.

use yew::prelude::*;

use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::state::{Notice, NoticeKind};

/// Properties of [`Notices`].
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// The messages, oldest first.
    pub notices: Vec<Notice>,
    /// One has been read.
    pub on_dismiss: Callback<u32>,
}

/// Shows messages until they are read, or the next edit succeeds.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    html! {
        <div class="notices">
            { for props.notices.iter().map(|notice| show(notice, &props.on_dismiss)) }
        </div>
    }
}

fn show(notice: &Notice, on_dismiss: &Callback<u32>) -> Html {
    let (class, role, drawn) = match notice.kind {
        NoticeKind::Refusal => ("refusal", "alert", Icon::Warning),
        NoticeKind::News => ("news", "status", Icon::Check),
    };
    let number = notice.number;
    let onclick = on_dismiss.reform(move |_: MouseEvent| number);
    html! {
        <div key={number} class={classes!("notice", class)} {role}>
            { icon(drawn) }
            <p>{ words(&notice.text) }</p>
            <button type="button" class="button quiet icon-only small" aria-label="Dismiss" {onclick}>{ icon(Icon::Close) }</button>
        </div>
    }
}

/// AWS's exceptions begin with their name; it is set apart from the sentence.
fn words(text: &str) -> Html {
    match text.split_once(": ") {
        Some((name, sentence)) if is_exception(name) => {
            html! { <><strong class="exception">{ name }</strong>{ " " }{ prose(sentence) }</> }
        }
        _ => prose(text),
    }
}

fn is_exception(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    first.ends_with("Exception") || first == "NoSuchEntity" || first == "ValidationError"
}
