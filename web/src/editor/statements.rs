//! Which statements of a policy the answer speaks of: those that decide, and those that merely apply.

use std::sync::Arc;

use iam_evaluator::{
    Effect, Gate, PolicyTrace, Span, StatementResult, StatementTrace, explanation,
};
use iam_scenario::{Answer, Compiled, Decision, PolicyPlace};

/// A statement that applies to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementMark {
    /// The whole statement.
    pub span: Span,
    /// Whether it decides the answer.
    pub decides: bool,
}

/// Finds the statements of the policy at a place that apply to the question.
pub fn statement_marks(
    compiled: &Compiled,
    answer: &Answer,
    place: &PolicyPlace,
    request: Option<usize>,
) -> Vec<StatementMark> {
    let mut marks: Vec<StatementMark> = Vec::new();
    let traces = answer.evaluation.gates.iter().flat_map(|gate| {
        let policies = gate.levels.iter().flat_map(|level| &level.policies);
        policies.map(move |policy| (gate.gate, policy))
    });
    for (gate, trace) in traces {
        if compiled.place_of(&trace.policy, request).as_ref() != Some(place) {
            continue;
        }
        for (index, statement) in trace.statements.iter().enumerate() {
            if !matches!(statement.result, StatementResult::Applies(_)) {
                continue;
            }
            let Some(written) = trace.policy.document.statements.get(index) else { continue };
            let decides = decides(compiled, answer, gate, trace, index, statement);
            match marks.iter_mut().find(|mark| mark.span == written.span) {
                // One policy can stand at several levels.
                Some(mark) => mark.decides |= decides,
                None => marks.push(StatementMark { span: written.span, decides }),
            }
        }
    }
    marks
}

/// A denial is decided by the denying statements, an `Allow` by those that grant it.
fn decides(
    compiled: &Compiled,
    answer: &Answer,
    gate: Gate,
    trace: &PolicyTrace,
    index: usize,
    statement: &StatementTrace,
) -> bool {
    match answer.decision() {
        Decision::Allowed => {
            statement.effect == Effect::Allow
                && matches!(gate, Gate::IdentityPolicy | Gate::ResourcePolicy)
        }
        Decision::ExplicitDeny | Decision::ImplicitDeny => {
            explanation::causes(compiled.organization(), &answer.request, &answer.evaluation)
                .iter()
                .any(|cause| {
                    cause.gate == gate
                        && cause.statement == Some(index)
                        && cause.policy.as_ref().is_some_and(|it| Arc::ptr_eq(it, &trace.policy))
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{Question, ask};

    #[test]
    fn the_denying_statement_decides_and_its_text_is_marked() {
        let document = crate::seed::document();
        let compiled = Compiled::new(&document);
        let answer = ask(&compiled, &Question::first(&document)).unwrap();
        let place = PolicyPlace::Organization { policy: "p-denyec2dev".into() };
        let marks = statement_marks(&compiled, &answer, &place, Some(0));
        assert_eq!(marks.len(), 1);
        assert!(marks[0].decides);
        let text = document.policy_text(&place).unwrap().as_str();
        assert!(marks[0].span.of(text).unwrap().contains("\"ec2:*\""));

        let full_access = PolicyPlace::Organization { policy: "p-FullAWSAccess".into() };
        let marks = statement_marks(&compiled, &answer, &full_access, Some(0));
        assert_eq!(marks.iter().map(|mark| mark.decides).collect::<Vec<_>>(), [false]);
    }
}
