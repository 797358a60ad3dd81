//! What is wrong with a policy's text, as a list below the editor; each entry leads to its place.

use iam_evaluator::{Diagnostic, Fix, Severity};
use yew::prelude::*;

use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::text_position::line_column;

/// Properties of [`DiagnosticList`].
#[derive(Properties, PartialEq)]
pub struct DiagnosticListProps {
    /// The text.
    pub text: AttrValue,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// A person wants to see the place of one.
    pub on_select: Callback<Diagnostic>,
    /// A person wants this repair; none where the text can only be read.
    pub on_fix: Option<Callback<Fix>>,
}

/// Lists what is wrong with a text.
#[component]
pub fn DiagnosticList(props: &DiagnosticListProps) -> Html {
    let DiagnosticListProps { text, diagnostics, on_select, on_fix } = props;
    if diagnostics.is_empty() {
        return html! {
            <p class="diagnostics-none">{ icon(Icon::Check) }{ "AWS would save this policy." }</p>
        };
    }
    html! {
        <ul class="diagnostics" aria-label="Problems in this policy">
            { for diagnostics.iter().enumerate().map(|(index, diagnostic)| {
                let (line, column) = line_column(text, diagnostic.span.start);
                let (class, drawn, word) = match diagnostic.severity() {
                    Severity::Error => ("error", Icon::Cross, "Error"),
                    Severity::Warning => ("warning", Icon::Warning, "Warning"),
                };
                let select = { let diagnostic = diagnostic.clone(); on_select.reform(move |_: MouseEvent| diagnostic.clone()) };
                html! {
                    <li key={index} class="diagnostic-line">
                        <button type="button" class={classes!("diagnostic", class)} onclick={select}>
                            { icon(drawn) }
                            <span class="visually-hidden">{ word }</span>
                            <span class="diagnostic-place">{ format!("{line}:{column}") }</span>
                            <span>{ prose(&diagnostic.message) }</span>
                        </button>
                        if let (Some(fix), Some(on_fix)) = (diagnostic.fix.clone(), on_fix) {
                            <button type="button" class="button small" onclick={on_fix.reform({ let fix = fix.clone(); move |_: MouseEvent| fix.clone() })}>
                                { "Fix: " }{ prose(&fix.title) }
                            </button>
                        }
                    </li>
                }
            }) }
        </ul>
    }
}
