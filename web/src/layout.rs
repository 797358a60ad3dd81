//! Three panes side by side with movable borders, or one at a time behind tabs where the screen is narrow.

use iam_scenario::Decision;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::browser::{self, keys};
use crate::display::Display;
use crate::icons::{Icon, decision_class, decision_words, icon};
use crate::state::Pane;

/// Properties of [`Panes`].
#[derive(Properties, PartialEq)]
pub struct PanesProps {
    /// The pane that a narrow screen shows.
    pub pane: Pane,
    /// Another pane was chosen.
    pub on_pane: Callback<Pane>,
    /// The decision, which a narrow screen shows on the tab of the pane that it hides.
    pub decision: Option<Decision>,
    /// The tree.
    pub organization: Html,
    /// What is selected.
    pub details: Html,
    /// Question and answer.
    pub why: Html,
}

/// Widths of the left and the right pane in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Widths {
    left: i32,
    right: i32,
}

const USUAL: Widths = Widths { left: 344, right: 440 };
const SMALLEST: i32 = 220;
const LARGEST: i32 = 720;

impl Widths {
    fn kept() -> Widths {
        let kept = browser::kept(keys::PANES).unwrap_or_default();
        let read = || {
            let (left, right) = kept.split_once(' ')?;
            Some(Widths { left: left.parse().ok()?, right: right.parse().ok()? }.clamped())
        };
        read().unwrap_or(USUAL)
    }

    fn clamped(self) -> Widths {
        let clamp = |width: i32| width.clamp(SMALLEST, LARGEST);
        Widths { left: clamp(self.left), right: clamp(self.right) }
    }

    /// Sets the widths by script, which the page's policy allows; it forbids `style` attributes.
    fn apply(self, panes: &NodeRef) {
        if let Some(panes) = panes.cast::<HtmlElement>() {
            let style = panes.style();
            style.set_property("--left-width", &format!("{}px", self.left)).ok();
            style.set_property("--right-width", &format!("{}px", self.right)).ok();
        }
    }
}

/// Which border is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Border {
    Left,
    Right,
}

/// Shows the panes.
#[component]
pub fn Panes(props: &PanesProps) -> Html {
    let PanesProps { pane, on_pane, decision, organization, details, why } = props;
    let panes = use_node_ref();
    let widths = use_state(Widths::kept);
    {
        let panes = panes.clone();
        use_effect_with(*widths, move |widths| {
            widths.apply(&panes);
            if Display::now().embedded {
                return;
            }
            if *widths == USUAL {
                browser::forget(keys::PANES);
            } else {
                browser::keep(keys::PANES, &format!("{} {}", widths.left, widths.right));
            }
        });
    }
    let resize = {
        let widths = widths.clone();
        Callback::from(move |new: Widths| widths.set(new.clamped()))
    };
    let class =
        |of: Pane, name: &'static str| classes!("pane", name, (of == *pane).then_some("shown"));
    html! {
        <>
            { tabs(*pane, *decision, on_pane) }
            <main class="panes" ref={panes}>
                <section id="pane-organization" class={class(Pane::Organization, "pane-organization")} aria-labelledby="organization-heading">{ organization.clone() }</section>
                { border("Width of the organization pane", Border::Left, *widths, &resize) }
                <section id="pane-details" class={class(Pane::Details, "pane-details")} aria-label="Details">{ details.clone() }</section>
                { border("Width of the question pane", Border::Right, *widths, &resize) }
                <section id="pane-why" class={class(Pane::Why, "pane-why")} aria-labelledby="why-heading">
                    <h2 id="why-heading" class="visually-hidden">{ "Question and answer" }</h2>
                    { why.clone() }
                </section>
            </main>
        </>
    }
}

/// The tabs of a narrow screen.
fn tabs(pane: Pane, decision: Option<Decision>, on_pane: &Callback<Pane>) -> Html {
    let all = [
        (Pane::Organization, "Organization", "pane-organization"),
        (Pane::Details, "Details", "pane-details"),
        (Pane::Why, "Why", "pane-why"),
    ];
    html! {
        <nav class="pane-tabs" aria-label="Panes">
            { for all.into_iter().filter(|it| Display::now().shows(it.0)).map(|(of, words, controls)| {
                let onclick = on_pane.reform(move |_: MouseEvent| of);
                html! {
                    <button key={words} type="button" class={classes!("pane-tab", (of == pane).then_some("shown"))}
                        aria-pressed={(of == pane).to_string()} aria-controls={controls} {onclick}>
                        { words }
                        if let Some(decision) = decision.filter(|_| of == Pane::Why) {
                            <span class={decision_class(decision)} title={decision_words(decision)}>{ icon(Icon::of_decision(decision)) }</span>
                        }
                    </button>
                }
            }) }
        </nav>
    }
}

/// A border that can be dragged, and moved by the arrow keys.
fn border(label: &'static str, border: Border, widths: Widths, resize: &Callback<Widths>) -> Html {
    let (now, usual, controls) = match border {
        Border::Left => (widths.left, USUAL.left, "pane-organization"),
        Border::Right => (widths.right, USUAL.right, "pane-why"),
    };
    let to = move |width: i32| match border {
        Border::Left => Widths { left: width, ..widths },
        Border::Right => Widths { right: width, ..widths },
    };
    let onkeydown = {
        let resize = resize.clone();
        Callback::from(move |event: KeyboardEvent| {
            let width = match (event.key().as_str(), border) {
                ("ArrowRight", Border::Left) | ("ArrowLeft", Border::Right) => now + 16,
                ("ArrowLeft", Border::Left) | ("ArrowRight", Border::Right) => now - 16,
                ("Home", _) => SMALLEST,
                ("End", _) => LARGEST,
                ("Enter", _) => usual,
                _ => return,
            };
            event.prevent_default();
            resize.emit(to(width));
        })
    };
    let ondblclick = resize.reform(move |_: MouseEvent| to(usual));
    let onpointerdown = Callback::from(|event: PointerEvent| {
        event.prevent_default();
        event.target_unchecked_into::<Element>().set_pointer_capture(event.pointer_id()).ok();
    });
    let onpointermove = {
        let resize = resize.clone();
        Callback::from(move |event: PointerEvent| {
            let handle = event.target_unchecked_into::<Element>();
            if !handle.has_pointer_capture(event.pointer_id()) {
                return;
            }
            let page = browser::window()
                .and_then(|it| it.document()?.document_element())
                .map_or(0, |it| it.client_width());
            resize.emit(to(match border {
                Border::Left => event.client_x(),
                Border::Right => page - event.client_x(),
            }));
        })
    };
    html! {
        <div class="splitter" role="separator" aria-orientation="vertical" aria-label={label} tabindex="0"
            aria-valuenow={now.to_string()} aria-valuemin={SMALLEST.to_string()} aria-valuemax={LARGEST.to_string()}
            aria-controls={controls} title="Drag, or double-click for the usual width"
            {onkeydown} {ondblclick} {onpointerdown} {onpointermove} />
    }
}
