//! The page as a whole: one state, three panes, and what connects them with the browser.

mod hooks;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use iam_scenario::{Answer, Compiled};
use yew::prelude::*;

use crate::browser;
use crate::catalog::CatalogProvider;
use crate::commands::CommandsView;
use crate::compare::CompareView;
use crate::details::DetailsPane;
use crate::dialog::{Dialog, DialogHost, Ports};
use crate::display::Display;
use crate::effective::{LiveProps, LiveProvider, View, Way, definitions};
use crate::embed;
use crate::gallery::{GalleryView, Introduction};
use crate::icons::decision_class;
use crate::layout::Panes;
use crate::lazy::later;
use crate::lessons::{self, LessonBar, LessonsView};
use crate::lines::Lines;
use crate::managed_policies::use_managed_policies;
use crate::notices::Notices;
use crate::opening::Opening;
use crate::question::{Question, ask};
use crate::reading::Reading;
use crate::show::view;
use crate::state::{Event, NoticeKind, Page, Pane, Shared};
use crate::theme::Theme;
use crate::toolbar::Toolbar;
use crate::tree::OrganizationPane;
use crate::tree::marks::{self, Marks};
use crate::why::WhyPane;

/// Properties of [`App`].
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// What the page opens with.
    pub opening: Opening,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let page = use_reducer(|| Page::new(props.opening.clone()));
    let send = use_memo((), {
        let dispatcher = page.dispatcher();
        move |()| Callback::from(move |event: Event| dispatcher.dispatch(event))
    });
    let ports = use_memo((), |()| ports(&send));
    let texts = use_managed_policies(&page.document);
    let compiled = hooks::use_compiled(&page.document, texts.have_come);
    let answer = use_memo((compiled.clone(), page.question.clone()), |(compiled, question)| {
        ask(compiled, question).ok().map(Rc::new)
    });
    let painted = use_memo((compiled.clone(), page.question.clone()), |(compiled, _)| {
        answer.as_deref().map(|it| marks::marks(compiled, it)).unwrap_or_default()
    });
    let baseline = hooks::use_baseline(&page);
    hooks::use_autosave(&page, &send);
    hooks::use_links(&send);
    hooks::use_keys(&page.document, &send);

    let display = Display::now();
    use_effect_with((), |()| Theme::kept().apply());
    let to = Sender { send: &send };
    let on_read = to.event(Event::Read);
    let on_say = to.event(|(kind, text): (NoticeKind, String)| Event::Say(kind, text));
    let label = |label: Option<&str>| label.map(|label| AttrValue::from(label.to_owned()));
    let inputs = yew::props!(LiveProps {
        compiled: compiled.clone(),
        document: page.document.clone(),
        baseline,
        question: page.question.clone(),
    });
    let panes = panes(&page, &compiled, (&answer, &painted), &ports, &to);
    view!(CatalogProvider {
        children: html! { <>{ view!(LiveProvider { inputs, children: html! { <><div class={classes!("page", display.classes(), page.reading.as_ref().and_then(Reading::class), answer.as_ref().as_ref().map(|it| format!("decision-{}", decision_class(it.decision()))))}>
            { definitions() }
            { skip_links(&send) }
            { texts.show() }
            if display.embedded {
                { embed::head(&page) }
            } else {
                { view!(Toolbar { document: page.document.clone(), undo: label(page.undo_label()), redo: label(page.redo_label()), reading: page.reading.clone(), ports: (*ports).clone(), on_read, on_say: on_say.clone(), on_undo: to.event(|()| Event::Undo), on_redo: to.event(|()| Event::Redo), on_saved: to.event(|()| Event::SetBaseline) }) }
            }
            { above(&page, &compiled, &ports, &to) }
            { view!(Lines { document: page.document.clone(), on_replace: &ports.on_replace }) }
            { panes }
            { view!(Notices { notices: page.notices.clone(), on_dismiss: to.event(Event::Dismiss) }) }
            { view!(DialogHost { dialog: page.dialog.clone(), looked: page.looked(), ports: (*ports).clone(), send: (*send).clone(), on_close: to.event(|()| Event::Dialog(None)), on_say }) }
        </div></> } }) }</> }
    })
}

/// Makes callbacks that send an event.
struct Sender<'a> {
    send: &'a Callback<Event>,
}

impl Sender<'_> {
    fn event<T>(&self, event: impl Fn(T) -> Event + 'static) -> Callback<T> {
        self.send.reform(event)
    }
}

fn ports(send: &Callback<Event>) -> Ports {
    Ports {
        read_only: Display::now().read_only,
        on_action: match Display::now().read_only {
            false => send.reform(Event::Edit),
            true => send.reform(|_| {
                Event::Say(
                    NoticeKind::News,
                    "Nothing can be changed here: open it in SCP Playground.".to_owned(),
                )
            }),
        },
        on_open: send.reform(Event::Open),
        on_dialog: send.reform(|dialog: Dialog| Event::Dialog(Some(dialog))),
        on_view: send.reform(|view: Option<View>| Event::Read(view.map(Reading::Permissions))),
        on_replace: send.reform(|opening: Opening| Event::Replace(Box::new(opening))),
        on_without: send.reform(Event::CompareWithout),
    }
}

fn panes(
    page: &Page,
    compiled: &Rc<Compiled>,
    (answer, painted): (&Option<Rc<Answer>>, &Rc<Marks>),
    ports: &Ports,
    to: &Sender<'_>,
) -> Html {
    let document = &page.document;
    let on_question = to.event(Event::Ask);
    let question = || page.question.clone();
    let organization = view!(OrganizationPane {
        document,
        marks: painted.clone(),
        selection: page.selection.clone(),
        ports: ports.clone()
    });
    let way = Way {
        on_question: on_question.clone(),
        on_baseline: to.event(|()| Event::SetBaseline),
        without: page.without_name(),
        ports: ports.clone(),
    };
    let details = if let Some(Reading::Permissions(view)) = &page.reading {
        let question = &page.question;
        later!(Catalog, Words, permissions(view, document, compiled, question, way))
    } else if page.reading.is_some() {
        let send = to.send;
        later!(Views, Words, reading(page, way, send))
    } else {
        view!(DetailsPane {
            document,
            compiled,
            answer: answer.clone(),
            question: question(),
            selection: page.selection.clone(),
            on_question: on_question.clone(),
            ports: ports.clone()
        })
    };
    let asked = &page.question;
    let waits = page.lesson.is_some() && page.question == Question::default();
    let why = html! {
        if waits {
            <p class="lesson-quiet">
                <strong>{ "The evaluator waits" }</strong>
                { "Its answer, with every reason, appears here as soon as the lesson asks for one." }
            </p>
        } else {
            { later!(Catalog, Nothing, changes_line(document, way)) }
            { view!(WhyPane { compiled, document, question: question(), on_question: on_question.clone(), on_action: &ports.on_action, on_open: &ports.on_open }) }
            { later!(Catalog, Words, effective_panel(document, asked, way)) }
        }
    };
    view!(Panes {
        pane: page.pane,
        decision: answer.as_deref().map(Answer::decision),
        on_pane: to.event(Event::Show),
        organization,
        details,
        why
    })
}

/// What is open to be read in the middle.
pub fn reading(page: &Page, way: &Way, send: &Callback<Event>) -> Html {
    let (document, ports, to) = (&page.document, &way.ports, Sender { send });
    let on_read = to.event(Event::Read);
    let on_say = || to.event(|(kind, text): (NoticeKind, String)| Event::Say(kind, text));
    let Some(reading) = &page.reading else { return Html::default() };
    match reading {
        Reading::Compare => view!(CompareView { document, on_open: &ports.on_open, on_read }),
        Reading::Gallery => view!(GalleryView { on_read }),
        Reading::Introduction(name) => view!(
            key = name.clone(),
            Introduction {
                name: name.clone(),
                document,
                question: page.question.clone(),
                on_question: to.event(Event::Ask),
                on_open: &ports.on_open,
                on_read
            }
        ),
        // In a group of its own.
        Reading::Permissions(_) => Html::default(),
        Reading::Lessons => view!(LessonsView {
            on_read,
            on_say: on_say(),
            on_take: to.event(|(lesson, document)| Event::TakeLesson(lesson, Box::new(document)))
        }),
        Reading::Commands => {
            view!(CommandsView { history: page.history().clone(), on_read, on_say: on_say() })
        }
    }
}

/// What stands above the panes: the lesson that is being taken, or that a shared scenario is open.
fn above(page: &Page, compiled: &Rc<Compiled>, ports: &Ports, to: &Sender<'_>) -> Html {
    match (&page.lesson, &page.shared) {
        (Some(_), _) => {
            let send = to.send;
            later!(Views, Nothing, lesson(page, compiled, ports, send))
        }
        (None, Some(shared)) => banner(page, shared, to),
        (None, None) => Html::default(),
    }
}

/// The lesson that is being taken.
pub fn lesson(page: &Page, compiled: &Rc<Compiled>, ports: &Ports, send: &Callback<Event>) -> Html {
    let (Some(lesson), to) = (&page.lesson, Sender { send }) else { return Html::default() };
    view!(
        key = format!("{} {}", lesson.id, lesson.step),
        LessonBar {
            lesson: lesson.clone(),
            compiled,
            on_question: to.event(Event::Ask),
            on_open: &ports.on_open,
            on_action: &ports.on_action,
            on_step: to.event(Event::LessonStep),
            on_end: to.event(|()| leave_lesson())
        }
    )
}

/// Ends the lesson, and takes its link out of the address.
fn leave_lesson() -> Event {
    if lessons::named(&browser::fragment()).is_some() {
        browser::leave_link();
    }
    Event::EndLesson
}

/// For those who go by keyboard: straight to a pane. Buttons, not links: the fragment belongs to share links.
fn skip_links(send: &Callback<Event>) -> Html {
    let go = |pane: Pane, id: &'static str| {
        let send = send.clone();
        Callback::from(move |_: MouseEvent| {
            send.emit(Event::Show(pane));
            browser::focus_first(id);
        })
    };
    html! {
        <div class="skip-links">
            <button type="button" onclick={go(Pane::Organization, "pane-organization")}>{ "Go to the organization" }</button>
            <button type="button" onclick={go(Pane::Details, "pane-details")}>{ "Go to the details" }</button>
            <button type="button" onclick={go(Pane::Why, "pane-why")}>{ "Go to the question" }</button>
        </div>
    }
}

/// Says that a shared scenario is open, and that one's own is safe.
fn banner(page: &Page, shared: &Shared, to: &Sender<'_>) -> Html {
    let own = match shared.own.document().title() {
        "" => "Your own scenario".to_owned(),
        title => format!("Your own scenario, {title},"),
    };
    let back = {
        let send = to.send.clone();
        Callback::from(move |_: MouseEvent| {
            browser::leave_link();
            send.emit(Event::BackToOwn);
        })
    };
    let keep = {
        let send = to.send.clone();
        Callback::from(move |_: MouseEvent| {
            browser::leave_link();
            send.emit(Event::KeepShared);
        })
    };
    let introduction = shared.introduction().filter(|it| page.reading.as_ref() != Some(it));
    let from =
        if shared.introduction().is_some() { "from the gallery" } else { "which came with a link" };
    html! {
        <section class="banner" aria-label="Shared scenario">
            <p><strong>{ format!("You are looking at {}, {from}.", title(page)) }</strong>{ format!(" {own} is safe.") }</p>
            if let Some(introduction) = introduction {
                <button type="button" class="button small" onclick={to.send.reform(move |_: MouseEvent| Event::Read(Some(introduction.clone())))}>{ "Read first" }</button>
            }
            <button type="button" class="button small" onclick={back}>{ "Back to my scenario" }</button>
            <button type="button" class="button small" onclick={keep}>{ "Make it mine" }</button>
        </section>
    }
}

fn title(page: &Page) -> &str {
    match page.document.title() {
        "" => "a shared scenario",
        title => title,
    }
}
