//! Icons, drawn here: nothing is fetched. Meaning never hangs on colour alone; each mark has a shape of its own.

use iam_evaluator::GateOutcome;
use iam_scenario::Decision;
use yew::prelude::*;

/// What can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// The root of an organization.
    Root,
    /// An organizational unit.
    Unit,
    /// An account.
    Account,
    /// A user.
    User,
    /// A group.
    Group,
    /// A role.
    Role,
    /// A policy.
    Policy,
    /// A resource.
    Resource,
    /// Something unfolds.
    Chevron,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Share.
    Share,
    /// Find.
    Search,
    /// A menu.
    Menu,
    /// Add.
    Plus,
    /// Close, remove.
    Close,
    /// The theme follows the system.
    Auto,
    /// The light theme.
    Sun,
    /// The dark theme.
    Moon,
    /// Allowed.
    Check,
    /// Denied explicitly.
    Cross,
    /// Denied implicitly.
    Circle,
    /// Some are allowed, others not.
    Half,
    /// It depends.
    Diamond,
    /// Does not concern the question.
    Dash,
    /// A warning.
    Warning,
    /// Another of the same.
    Copy,
}

impl Icon {
    /// The mark of a decision.
    pub fn of_decision(decision: Decision) -> Icon {
        match decision {
            Decision::Allowed => Icon::Check,
            Decision::ExplicitDeny => Icon::Cross,
            Decision::ImplicitDeny => Icon::Circle,
        }
    }

    /// The mark of a gate or level.
    pub fn of_outcome(outcome: GateOutcome) -> Icon {
        match outcome {
            GateOutcome::NotApplicable(_) => Icon::Dash,
            GateOutcome::Allow(_) => Icon::Check,
            GateOutcome::ImplicitDeny => Icon::Circle,
            GateOutcome::ExplicitDeny => Icon::Cross,
        }
    }

    /// The lines of the drawing, on a field of 16 by 16.
    fn path(self) -> &'static str {
        match self {
            Icon::Root => {
                "M8 1.8v3.4M3.5 10.8V8h9v2.8M8 5.2V8M8 8v2.8M2 10.8h3v3H2zM6.5 10.8h3v3h-3zM11 10.8h3v3h-3z"
            }
            Icon::Unit => {
                "M1.8 4.2c0-.6.5-1 1-1h3.4l1.6 1.8h5.4c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H2.8c-.5 0-1-.4-1-1z"
            }
            Icon::Account => {
                "M2.8 4.2 8 1.6l5.2 2.6v7.2L8 14.2l-5.2-2.8zM2.8 4.2 8 7l5.2-2.8M8 7v7.2"
            }
            Icon::User => {
                "M8 7.6a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.8 13.8c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4"
            }
            Icon::Group => {
                "M6 7.6a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM1.6 13.2c.4-2.2 2.1-3.4 4.4-3.4s4 1.2 4.4 3.4M11 3.2a2.2 2.2 0 0 1 0 4.2M12 9.9c1.4.5 2.2 1.600 2.500 3.100"
            }
            Icon::Role => {
                "M8 1.8 13.2 4v4c0 3-2.200 5.200-5.200 6.200C5 13.200 2.800 11 2.800 8V4zM6 7.900l1.500 1.500 2.700-3"
            }
            Icon::Policy => {
                "M4 1.800h5.500L12.500 5v9.200H4zM9.300 1.800V5h3.200M6.200 8h4M6.200 10.800h4"
            }
            Icon::Resource => {
                "M8 5.600c2.900 0 5.200-.8 5.200-1.900S10.900 1.800 8 1.800s-5.200.8-5.200 1.900S5.100 5.600 8 5.600zM2.800 3.700v8.600c0 1 2.300 1.900 5.200 1.900s5.200-.9 5.200-1.900V3.700M2.800 8c0 1 2.300 1.900 5.200 1.900s5.200-.9 5.200-1.900"
            }
            Icon::Chevron => "M6 3.500 10.500 8 6 12.500",
            Icon::Undo => "M5.500 3 2.500 6l3 3M2.500 6h6.800a3.700 3.700 0 0 1 0 7.400H6",
            Icon::Redo => "m10.500 3 3 3-3 3M13.500 6H6.700a3.700 3.700 0 0 0 0 7.400H10",
            Icon::Share => "M8 10V2M5 4.600 8 1.800l3 2.800M3.500 8v5.500h9V8",
            Icon::Search => {
                "M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10.300 10.300 14 14"
            }
            Icon::Menu => "M2.500 4.500h11M2.500 8h11M2.500 11.500h11",
            Icon::Plus => "M8 3.200v9.600M3.200 8h9.600",
            Icon::Close => "m4.200 4.200 7.600 7.600M11.800 4.200l-7.600 7.600",
            Icon::Auto | Icon::Half => {
                "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M8 5h4.500M8 8h6M8 11h4.500"
            }
            Icon::Sun => {
                "M8 5.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600zM8 1v1.600M8 13.400V15M1 8h1.600M13.400 8H15M3 3l1.200 1.200M11.800 11.800 13 13M13 3l-1.200 1.200M4.200 11.800 3 13"
            }
            Icon::Moon => "M13.500 9.800A6 6 0 0 1 6.200 2.500a6 6 0 1 0 7.300 7.300z",
            Icon::Check => "m3.500 8.300 3 3.200 6-7",
            Icon::Cross => "m4.200 4.200 7.600 7.600M11.800 4.200l-7.600 7.600",
            Icon::Circle => "M8 3.200a4.800 4.800 0 1 0 0 9.600 4.800 4.800 0 0 0 0-9.600z",
            Icon::Diamond => "M8 2.800 13.200 8 8 13.200 2.800 8z",
            Icon::Dash => "M4 8h8",
            Icon::Copy => "M5.5 5.5h8v8h-8zM10.500 5.500v-3h-8v8h3",
            Icon::Warning => "M8 2.200 14.500 13.500h-13zM8 6.300v3.400M8 11.400v.4",
        }
    }
}

/// Draws an icon; it says nothing to assistive technology, for words stand beside it.
pub fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={icon.path()} />
        </svg>
    }
}

/// The class that gives a decision its colour.
pub fn decision_class(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "allowed",
        Decision::ExplicitDeny => "explicit-deny",
        Decision::ImplicitDeny => "implicit-deny",
    }
}

/// The class that gives the outcome of a gate or level its colour.
pub fn outcome_class(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::NotApplicable(_) => "not-applicable",
        GateOutcome::Allow(_) => "allowed",
        GateOutcome::ImplicitDeny => "implicit-deny",
        GateOutcome::ExplicitDeny => "explicit-deny",
    }
}

/// The words for a decision.
pub fn decision_words(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "Allowed",
        Decision::ExplicitDeny => "Denied explicitly",
        Decision::ImplicitDeny => "Denied implicitly",
    }
}

/// A decision as a coloured sign with its words.
pub fn verdict(decision: Decision) -> Html {
    html! {
        <span class={classes!("verdict", decision_class(decision))}>
            { icon(Icon::of_decision(decision)) }
            <span class="verdict-words">{ decision_words(decision) }</span>
        </span>
    }
}
