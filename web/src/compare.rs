//! Organizations and IAM side by side: what each is for, and where the live scenario shows it.

mod billing;
mod content;
mod picture;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use iam_scenario::Document;
use yew::prelude::*;

use crate::icons::{Icon, icon};
use crate::prose::prose;
use crate::reading::{Part, Reading, use_heading, use_part, waiting};
use crate::selection::Selection;

use content::{Aspect, Content};

/// Properties of [`CompareView`].
#[derive(Properties, PartialEq)]
pub struct CompareViewProps {
    /// The document, in which the places are looked for.
    pub document: Rc<Document>,
    /// A place is to be opened.
    pub on_open: Callback<Selection>,
    /// Something else is to be read, or nothing more.
    pub on_read: Callback<Option<Reading>>,
}

/// The file beside the page that holds the words.
const WORDS: &str = "content/compare.json";

/// The whole comparison, to be read from top to bottom.
#[component]
pub fn CompareView(props: &CompareViewProps) -> Html {
    use_heading("compare-title");
    let words = use_part(WORDS);
    let content = use_memo(words.clone(), |words| match words {
        Part::Here(words) => Content::read(words),
        _ => Content::default(),
    });
    let close = props.on_read.reform(|_: MouseEvent| None);
    html! {
        <article class="compare" aria-labelledby="compare-title">
            <header class="compare-head">
                <h2 id="compare-title" tabindex="-1">{ "AWS Organizations and IAM, side by side" }</h2>
                <button type="button" class="button quiet compare-close" onclick={close}>{ icon(Icon::Close) }{ "Close" }</button>
                <p class="compare-lead">{ "One limits whole accounts, the other grants inside an account. What somebody can do in the end is what both leave:" }</p>
                { picture::show() }
            </header>
            { waiting(&words).unwrap_or_else(|| contents(&content, props)) }
        </article>
    }
}

fn contents(content: &Content, props: &CompareViewProps) -> Html {
    html! {
        <>
            { for content.aspects.iter().enumerate().map(|(index, aspect)| show_aspect(index, aspect, props)) }
            { show_table(content) }
            <footer class="muted">{ format!("As of {}. Each point follows the page of AWS’s documentation that is named beside it.", content.date) }</footer>
        </>
    }
}

fn show_aspect(index: usize, aspect: &Aspect, props: &CompareViewProps) -> Html {
    let title = format!("compare-{}", aspect.id);
    html! {
        <section key={aspect.id.clone()} class="compare-aspect" aria-labelledby={title.clone()}>
            <h3 id={title}><span class="compare-number" aria-hidden="true">{ index + 1 }</span>{ &aspect.title }</h3>
            <div class="compare-sides">
                <div class="compare-side organizations"><h4>{ "Organizations" }</h4><p>{ prose(&aspect.organizations) }</p></div>
                <div class="compare-side iam"><h4>{ "IAM" }</h4><p>{ prose(&aspect.iam) }</p></div>
            </div>
            <p class="compare-note">{ prose(&aspect.note) }</p>
            { live(aspect, &props.on_read) }
            <p class="compare-foot">
                { show_link(aspect, &props.document, &props.on_open) }
                <cite>{ &aspect.source }</cite>
            </p>
        </section>
    }
}

/// What can be tried right here, where an aspect has something.
fn live(aspect: &Aspect, on_read: &Callback<Option<Reading>>) -> Html {
    match aspect.id.as_str() {
        "billing" => html! { <billing::Bill /> },
        "use-case" | "analogy" => html! {
            <p class="compare-live">
                <a href="#gallery=ten-accounts">{ "Open the headquarters and its branches" }</a>{ ": one company, ten accounts, from the gallery." }
            </p>
        },
        "automation" => {
            let onclick = on_read.reform(|_: MouseEvent| Some(Reading::Commands));
            html! {
                <p class="compare-live">
                    { "Every edit on this page is such a call. " }
                    <button type="button" class="button small" {onclick}>{ "Show the calls of the AWS CLI" }</button>
                </p>
            }
        }
        _ => Html::default(),
    }
}

/// The way to the place in the scenario, where the open scenario has it.
fn show_link(aspect: &Aspect, document: &Document, on_open: &Callback<Selection>) -> Html {
    match Selection::parse(document, &aspect.show.target) {
        Some(selection) => {
            let onclick = on_open.reform(move |_: MouseEvent| selection.clone());
            html! {
                <button type="button" class="button small compare-show" {onclick}>
                    { &aspect.show.label }{ icon(Icon::Chevron) }
                </button>
            }
        }
        None => {
            html! { <span class="muted">{ "The scenario Example Corp shows it; another one is open." }</span> }
        }
    }
}

fn show_table(content: &Content) -> Html {
    html! {
        <section class="compare-summary" aria-labelledby="compare-summary">
            <h3 id="compare-summary">{ "In short" }</h3>
            <table>
                <thead>
                    <tr><td></td><th scope="col">{ "AWS Organizations" }</th><th scope="col">{ "AWS IAM" }</th></tr>
                </thead>
                <tbody>
                    { for content.table.iter().map(|row| html! {
                        <tr key={row.feature.clone()}>
                            <th scope="row">{ &row.feature }</th>
                            <td>{ prose(&row.organizations) }</td>
                            <td>{ prose(&row.iam) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </section>
    }
}
