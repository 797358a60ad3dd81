//! The answer to the question, painted on the tree: what each level on the way says, and where the request fails.

use std::collections::BTreeMap;

use iam_evaluator::{Gate, GateOutcome, GateTrace, LevelTrace};
use iam_scenario::{Answer, Compiled, Decision};

/// Marks by the ids of root, OUs and accounts; what is not on the way has none.
pub type Marks = BTreeMap<String, Mark>;

/// What one level says to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What its SCPs and RCPs say: the worse of the two. None where none of them is asked here.
    pub outcome: Option<GateOutcome>,
    /// Whether the request fails here.
    pub blocks: bool,
    /// At the caller's account: the decision.
    pub verdict: Option<Decision>,
}

impl Mark {
    /// In words, for those who do not see the sign.
    pub fn words(&self) -> String {
        let outcome = self.outcome.map(|outcome| match outcome {
            GateOutcome::Allow(_) => "allows this",
            GateOutcome::ImplicitDeny => "does not allow this",
            GateOutcome::ExplicitDeny => "denies this",
            GateOutcome::NotApplicable(_) => "does not concern this",
        });
        let verdict = self.verdict.map(|verdict| match verdict {
            Decision::Allowed => "the caller: allowed",
            Decision::ExplicitDeny => "the caller: denied explicitly",
            Decision::ImplicitDeny => "the caller: denied implicitly",
        });
        let parts: Vec<&str> = outcome.into_iter().chain(verdict).collect();
        parts.join(", ")
    }
}

/// Marks every level that the answer speaks of.
pub fn marks(compiled: &Compiled, answer: &Answer) -> Marks {
    let mut marks = Marks::new();
    let gates = [Gate::ServiceControlPolicy, Gate::ResourceControlPolicy];
    for trace in gates.iter().filter_map(|gate| answer.evaluation.gate(*gate)) {
        for level in &trace.levels {
            mark_level(&mut marks, compiled, trace, level);
        }
    }
    if let Some(account) = answer.request.principal.account() {
        let mark = marks.entry(account.to_string()).or_insert(Mark {
            outcome: None,
            blocks: false,
            verdict: None,
        });
        mark.verdict = Some(answer.decision());
    }
    marks
}

fn mark_level(marks: &mut Marks, compiled: &Compiled, trace: &GateTrace, level: &LevelTrace) {
    let Some(target) = level.target.and_then(|target| compiled.organization().target(target))
    else {
        return;
    };
    let denies = matches!(level.outcome, GateOutcome::ImplicitDeny | GateOutcome::ExplicitDeny);
    let new = Mark { outcome: Some(level.outcome), blocks: trace.blocks && denies, verdict: None };
    let mark = marks.entry(target.id.to_string()).or_insert(new);
    if mark.outcome.map_or(0, weight) < weight(level.outcome) {
        mark.outcome = new.outcome;
    }
    mark.blocks |= new.blocks;
}

fn weight(outcome: GateOutcome) -> u8 {
    match outcome {
        GateOutcome::NotApplicable(_) => 1,
        GateOutcome::Allow(_) => 2,
        GateOutcome::ImplicitDeny => 3,
        GateOutcome::ExplicitDeny => 4,
    }
}
