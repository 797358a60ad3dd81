//! "What IAM grants ∩ what every level leaves", with this request's own parts.

use iam_evaluator::{Gate, GateOutcome, GateTrace, NotApplicable, TargetKind, explanation};
use yew::prelude::*;

use super::answer::View;
use crate::icons::{Icon, icon, outcome_class};

/// One part of the formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What it is called: `IAM`, `Root`, `Boundary`.
    pub name: String,
    /// What it says, taken alone.
    pub outcome: GateOutcome,
    /// Whether the request fails here.
    pub blocks: bool,
}

/// The parts of the formula: what grants, then what each limit leaves. Gates that do not apply are left out.
pub fn terms(view: &View<'_>) -> (Vec<Term>, Vec<Term>) {
    let evaluation = &view.answer.evaluation;
    let grants = [Gate::IdentityPolicy, Gate::ResourcePolicy];
    let granting = grants.iter().filter_map(|gate| evaluation.gate(*gate)).filter(|gate| {
        matches!(gate.outcome, GateOutcome::NotApplicable(NotApplicable::RootUser)) || applies(gate)
    });
    let limiting =
        evaluation.gates.iter().filter(|gate| !grants.contains(&gate.gate) && applies(gate));
    let limiting = limiting.flat_map(|gate| match gate.gate {
        Gate::ServiceControlPolicy => levels(view, gate),
        Gate::ResourceControlPolicy if gate.blocks => levels(view, gate),
        _ => vec![term(gate)],
    });
    (granting.map(term).collect(), limiting.collect())
}

fn applies(gate: &GateTrace) -> bool {
    !matches!(gate.outcome, GateOutcome::NotApplicable(_))
}

fn term(gate: &GateTrace) -> Term {
    // The root user needs no grant: it stands for one.
    let (name, outcome) = match gate.outcome {
        GateOutcome::NotApplicable(_) => ("Root user", GateOutcome::Allow(None)),
        outcome => (explanation::short_gate(gate.gate), outcome),
    };
    Term { name: name.to_owned(), outcome, blocks: gate.blocks }
}

fn levels(view: &View<'_>, gate: &GateTrace) -> Vec<Term> {
    let organization = view.compiled.organization();
    let short = explanation::short_gate(gate.gate);
    let levels = gate.levels.iter().map(|level| {
        let target = level.target.and_then(|index| organization.target(index));
        let name = target.map_or_else(|| short.to_owned(), |target| target.name.to_string());
        let account = target.is_some_and(|target| target.kind == TargetKind::Account);
        let name = match gate.gate {
            Gate::ResourceControlPolicy => format!("{name} (RCP)"),
            // Accounts often have the name of their OU.
            _ if account => format!("{name} account"),
            _ => name,
        };
        let denies = !matches!(level.outcome, GateOutcome::Allow(_));
        Term { name, outcome: level.outcome, blocks: gate.blocks && denies }
    });
    levels.collect()
}

/// Draws the formula as one line of signs.
pub fn show(view: &View<'_>) -> Html {
    let (granting, limiting) = terms(view);
    if granting.is_empty() && limiting.is_empty() {
        return Html::default();
    }
    // Within one account either grant is enough; across two, both are needed.
    let between = if view.answer.evaluation.cross_account { "∩" } else { "∪" };
    let several = granting.len() > 1 && between == "∪" && !limiting.is_empty();
    let grants = granting.iter().enumerate().map(|(index, term)| show_term(index, term, between));
    let limits = limiting
        .iter()
        .enumerate()
        .map(|(index, term)| show_term(index + usize::from(!granting.is_empty()), term, "∩"));
    html! {
        <p class="why-formula" aria-label="How the parts come together">
            <span class={classes!("why-grants", several.then_some("bracketed"))}>{ for grants }</span>
            { for limits }
        </p>
    }
}

fn show_term(index: usize, term: &Term, operator: &'static str) -> Html {
    html! {
        <span class="why-term-place" key={format!("{index} {}", term.name)}>
            if index > 0 { <span class="why-operator">{ operator }</span> }
            <span class={classes!("why-term", outcome_class(term.outcome), term.blocks.then_some("blocks"))}>
                { icon(Icon::of_outcome(term.outcome)) }{ &term.name }
            </span>
        </span>
    }
}
