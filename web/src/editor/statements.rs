//! Which parts of a policy the answer speaks of: statements that decide, with the conditions that held, statements that
//! merely apply, and what kept a statement about this action from applying.

use std::sync::Arc;

use iam_evaluator::{
    Effect, Gate, PolicyTrace, Span, Statement, StatementResult, StatementTrace, explanation,
};
use iam_scenario::{Answer, Compiled, Decision, PolicyPlace};

/// A part of a policy that the answer speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementMark {
    /// Where it stands.
    pub span: Span,
    /// What it has to do with the answer.
    pub kind: MarkKind,
}

/// What a part of a policy has to do with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// A statement that decides.
    Deciding,
    /// A condition that held, so that its statement decides.
    Condition,
    /// A statement that applies without deciding.
    Applied,
    /// The first part that kept a statement about the action from applying.
    Failed,
}

impl MarkKind {
    /// The name by which the editor knows it.
    pub fn as_str(self) -> &'static str {
        match self {
            MarkKind::Deciding => "deciding",
            MarkKind::Condition => "condition",
            MarkKind::Applied => "applied",
            MarkKind::Failed => "failed",
        }
    }
}

/// Finds what the answer speaks of in the policy at a place.
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
            let Some(written) = trace.policy.document.statements.get(index) else { continue };
            let decides = || decides(compiled, answer, gate, trace, index, statement);
            of_statement(written, statement, decides, &mut |span, kind| {
                put(&mut marks, span, kind)
            });
        }
    }
    marks
}

/// Marks what one statement has to do with the answer.
fn of_statement(
    written: &Statement,
    statement: &StatementTrace,
    decides: impl FnOnce() -> bool,
    mark: &mut impl FnMut(Span, MarkKind),
) {
    let failed = match statement.result {
        StatementResult::Applies(_) if decides() => {
            mark(written.span, MarkKind::Deciding);
            let conditions = written.conditions.iter();
            return conditions.for_each(|clause| mark(clause.span, MarkKind::Condition));
        }
        StatementResult::Applies(_) => return mark(written.span, MarkKind::Applied),
        // Most statements are about other actions; saying so of each would drown the rest.
        StatementResult::ActionDiffers => None,
        StatementResult::PrincipalDiffers => written.principal.as_ref().map(|it| it.span),
        StatementResult::ResourceDiffers => written.resource.as_ref().map(|it| it.span),
        StatementResult::ConditionFails(index) => written.conditions.get(index).map(|it| it.span),
    };
    if let Some(span) = failed {
        mark(span, MarkKind::Failed);
    }
}

/// One policy can stand at several levels: what decides at one of them decides.
fn put(marks: &mut Vec<StatementMark>, span: Span, kind: MarkKind) {
    match marks.iter_mut().find(|mark| mark.span == span) {
        Some(mark) if kind == MarkKind::Deciding => mark.kind = kind,
        Some(_) => {}
        None => marks.push(StatementMark { span, kind }),
    }
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
        assert_eq!(marks.iter().map(|mark| mark.kind).collect::<Vec<_>>(), [MarkKind::Deciding]);
        let text = document.policy_text(&place).unwrap().as_str();
        assert!(marks[0].span.of(text).unwrap().contains("\"ec2:*\""));

        let full_access = PolicyPlace::Organization { policy: "p-FullAWSAccess".into() };
        let marks = statement_marks(&compiled, &answer, &full_access, Some(0));
        assert_eq!(marks.iter().map(|mark| mark.kind).collect::<Vec<_>>(), [MarkKind::Applied]);
    }

    #[test]
    fn a_condition_that_held_is_marked_and_so_is_one_that_did_not() {
        let marked = |region: &str| {
            let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"ec2:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"REGION"}}}}"#;
            let place = PolicyPlace::Organization { policy: "p-denyec2dev".into() };
            let action = iam_scenario::Action::EditPolicyText {
                place: place.clone(),
                text: text.replace("REGION", region).into(),
            };
            let document = iam_scenario::apply(&crate::seed::document(), &action).unwrap();
            let compiled = Compiled::new(&document);
            let mut question = Question::first(&document);
            let context = &mut Arc::make_mut(&mut question.request).context;
            context.set("aws:RequestedRegion", iam_scenario::ContextValue::One("eu-west-1".into()));
            let answer = ask(&compiled, &question).unwrap();
            let text = document.policy_text(&place).unwrap().as_str().to_owned();
            let marks = statement_marks(&compiled, &answer, &place, None);
            marks
                .into_iter()
                .map(|it| (it.kind, it.span.of(&text).unwrap().len()))
                .collect::<Vec<_>>()
        };
        let held = marked("eu-west-1");
        assert_eq!(
            held.iter().map(|it| it.0).collect::<Vec<_>>(),
            [MarkKind::Deciding, MarkKind::Condition]
        );
        assert_eq!(marked("us-east-1"), [(MarkKind::Failed, held[1].1)]);
    }
}
