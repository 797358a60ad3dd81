//! The step of a lesson that is shown, above the panes, so that the whole page stays there to be looked at and edited.

use std::rc::Rc;

use iam_scenario::{Action, Compiled, Decision};
use yew::prelude::*;

use super::content::{Kind, Step, decided};
use super::{Lesson, edits, keep_progress};
use crate::icons::{Icon, decision_class, decision_words, icon, verdict};
use crate::prose::prose;
use crate::question::Question;
use crate::selection::Selection;

/// Properties of [`LessonBar`].
#[derive(Properties, PartialEq)]
pub struct LessonBarProps {
    /// The lesson, at its step.
    pub lesson: Lesson,
    /// The scenario, ready to be asked.
    pub compiled: Rc<Compiled>,
    /// A question is to be asked.
    pub on_question: Callback<Question>,
    /// Something is to be opened in the middle.
    pub on_open: Callback<Selection>,
    /// The lesson makes an edit for the learner.
    pub on_action: Callback<Action>,
    /// Another step is to be shown.
    pub on_step: Callback<usize>,
    /// The lesson is over.
    pub on_end: Callback<()>,
}

/// Shows the step. Each step is a component of its own (by its key), so nothing is left over from the one before.
#[component]
pub fn LessonBar(props: &LessonBarProps) -> Html {
    let LessonBarProps { lesson, compiled, on_end, .. } = props;
    let predicted = use_state(|| None::<Decision>);
    let reached = use_memo((compiled.clone(), lesson.step), |(compiled, _)| {
        lesson.current().map(|step| Reached::of(step, compiled)).unwrap_or_default()
    });
    use_arrival(props);
    let Some(step) = lesson.current() else { return Html::default() };
    let end = on_end.reform(|_: MouseEvent| ());
    let (at, of) = (lesson.step + 1, lesson.steps.len());
    html! {
        <section class="lesson-bar" aria-label={format!("Lesson: {}", lesson.title)}>
            <header>
                <h2>{ &lesson.title }</h2>
                <progress max={of.to_string()} value={at.to_string()} aria-label="How far the lesson is" />
                <span class="muted">{ format!("Step {at} of {of}") }</span>
                <button type="button" class="button quiet small" onclick={end}>{ icon(Icon::Close) }{ "End the lesson" }</button>
            </header>
            <div class="lesson-step">
                <p class="lesson-text" tabindex="-1" id="lesson-text">{ prose(&step.text) }</p>
                { task(step, &predicted, &reached, props) }
                { steps(step, predicted.is_some(), &reached, props) }
            </div>
        </section>
    }
}

/// What the evaluator says of a step.
#[derive(Debug, Default, PartialEq)]
struct Reached {
    /// What it decides on what is to be predicted, or on the first goal.
    decision: Option<Decision>,
    /// Whether all goals are reached.
    all: bool,
}

impl Reached {
    fn of(step: &Step, compiled: &Compiled) -> Reached {
        match &step.kind {
            Kind::Read => Reached { decision: None, all: true },
            Kind::Predict { ask, .. } => Reached { decision: decided(ask, compiled), all: false },
            Kind::Try { goals, .. } => Reached {
                decision: goals.first().and_then(|goal| decided(&goal.ask, compiled)),
                all: goals.iter().all(|goal| decided(&goal.ask, compiled) == Some(goal.is)),
            },
        }
    }
}

/// When a step is first shown: what it speaks of opens, and what is to be tried is asked.
#[hook]
fn use_arrival(props: &LessonBarProps) {
    let (lesson, compiled) = (props.lesson.clone(), props.compiled.clone());
    let (on_open, on_question) = (props.on_open.clone(), props.on_question.clone());
    use_effect_with((), move |()| {
        keep_progress(&lesson.id, lesson.step);
        let Some(step) = lesson.current() else { return };
        if let Some(selection) = Selection::parse(compiled.document(), &step.open) {
            on_open.emit(selection);
        }
        if let Kind::Try { goals, .. } = &step.kind
            && let Some(goal) = goals.first()
        {
            on_question.emit(goal.ask.clone());
        }
        crate::browser::focus("lesson-text");
    });
}

/// What there is to do.
fn task(
    step: &Step,
    predicted: &UseStateHandle<Option<Decision>>,
    reached: &Reached,
    props: &LessonBarProps,
) -> Html {
    match &step.kind {
        Kind::Read => Html::default(),
        Kind::Predict { ask, answer } => {
            let answers = (*answer, reached.decision);
            predict(step, ask, answers, predicted, &props.on_question)
        }
        Kind::Try { hint, solution, .. } => try_it(step, hint, solution, reached, props),
    }
}

/// Three buttons to predict with; then the evaluator's answer and the reason.
fn predict(
    step: &Step,
    ask: &Question,
    (answer, decision): (Decision, Option<Decision>),
    predicted: &UseStateHandle<Option<Decision>>,
    on_question: &Callback<Question>,
) -> Html {
    let all = [Decision::Allowed, Decision::ExplicitDeny, Decision::ImplicitDeny];
    let button = |of: Decision| {
        let (guess, on_question, ask) = (predicted.clone(), on_question.clone(), ask.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            guess.set(Some(of));
            on_question.emit(ask.clone());
        });
        let pressed = **predicted == Some(of);
        html! {
            <button key={of.as_str()} type="button" class={classes!("button", "lesson-choice", decision_class(of))} aria-pressed={pressed.to_string()} {onclick}>
                { icon(Icon::of_decision(of)) }{ decision_words(of) }
            </button>
        }
    };
    html! {
        <div class="lesson-task">
            <p class="lesson-asked"><code>{ &ask.request.action }</code>{ " by " }<code>{ short(&ask.request.principal) }</code></p>
            <div class="lesson-choices" role="group" aria-label="Your prediction">{ for all.into_iter().map(button) }</div>
            <p class="lesson-answer" role="status">
                if let (Some(guess), Some(decision)) = (**predicted, decision) {
                    <strong>{ if guess == decision { "Right. " } else { "Not quite. " } }</strong>
                    { verdict(decision) }{ " " }
                    if decision == answer { { prose(&step.because) } }
                }
            </p>
        </div>
    }
}

/// What is to be tried: the evaluator sees when it is reached.
fn try_it(
    step: &Step,
    hint: &str,
    solution: &[serde_json::Value],
    reached: &Reached,
    props: &LessonBarProps,
) -> Html {
    let show = {
        let (compiled, on_action) = (props.compiled.clone(), props.on_action.clone());
        let solution = solution.to_vec();
        Callback::from(move |_: MouseEvent| {
            for action in edits::actions(compiled.document(), &solution) {
                on_action.emit(action);
            }
        })
    };
    html! {
        <div class="lesson-task">
            <p class={classes!("lesson-answer", reached.all.then_some("reached"))} role="status">
                if let Some(decision) = reached.decision { { verdict(decision) }{ " " } }
                if reached.all {
                    <strong>{ "Reached. " }</strong>{ prose(&step.because) }
                } else {
                    { "Not there yet. The answer changes while you edit." }
                }
            </p>
            if !reached.all {
                <details class="lesson-hint">
                    <summary>{ "A hint" }</summary>
                    <p>{ prose(hint) }</p>
                    <button type="button" class="button small" onclick={show}>{ "Do it for me" }</button>
                </details>
            }
        </div>
    }
}

/// Back and next; next says "Skip" while the task is not done.
fn steps(step: &Step, predicted: bool, reached: &Reached, props: &LessonBarProps) -> Html {
    let LessonBarProps { lesson, on_step, on_end, .. } = props;
    let (at, last) = (lesson.step, lesson.step + 1 >= lesson.steps.len());
    let done = match step.kind {
        Kind::Predict { .. } => predicted,
        _ => reached.all,
    };
    let back = on_step.reform(move |_: MouseEvent| at.saturating_sub(1));
    let (on_step, on_end, id) = (on_step.clone(), on_end.clone(), lesson.id.clone());
    let next = Callback::from(move |_: MouseEvent| match last {
        true => {
            keep_progress(&id, at + 1);
            on_end.emit(());
        }
        false => on_step.emit(at + 1),
    });
    let words = match (last, done) {
        (true, _) => "Finish",
        (false, true) => "Next",
        (false, false) => "Skip",
    };
    html! {
        <p class="lesson-steps">
            if at > 0 { <button type="button" class="button small" onclick={back}>{ "Back" }</button> }
            <button type="button" class={classes!("button", "small", done.then_some("primary"))} onclick={next}>{ words }</button>
        </p>
    }
}

/// The end of a principal's ARN: who it is.
fn short(principal: &str) -> String {
    principal.rsplit(':').next().unwrap_or(principal).to_owned()
}
