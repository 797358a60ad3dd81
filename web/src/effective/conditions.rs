//! Actions that depend before an edit and after it: which of them may hang on something else now.
//!
//! Verdicts do not tell: a guard that leaves one region more still leaves some. So the statements are compared that
//! reach the caller; what a changed one names, and still depends, may be decided otherwise.

use std::collections::BTreeSet;

use iam_effective::{ActionSet, Effective, PrincipalPermissions, Universe, Verdict};
use iam_evaluator::{
    Action, PolicyDocument, Request, RequestPrincipal, RequestResource, Statement, policies_in_view,
};

/// A caller's permissions in one state, with the state.
pub type Seen<'a> = (&'a Effective, &'a PrincipalPermissions);

/// The actions that depend in both states and of which a statement speaks that only one of them has.
pub fn changed(
    (before, then): Seen<'_>,
    (after, now): Seen<'_>,
    arn: &str,
    universe: &Universe,
) -> ActionSet {
    let depends =
        |it: &PrincipalPermissions| it.cells(universe).actions(Verdict::Depends, universe);
    let both = depends(then).in_common(&depends(now));
    if both.is_empty() {
        return both;
    }
    let (before, after) = (statements(before, arn), statements(after, arn));
    let texts = |all: &[Told]| all.iter().map(|told| told.text.clone()).collect::<BTreeSet<_>>();
    let (texts_before, texts_after) = (texts(&before), texts(&after));
    let gone = before.iter().filter(|told| !texts_after.contains(&told.text));
    let new = after.iter().filter(|told| !texts_before.contains(&told.text));
    let mut named = ActionSet::none(universe.places());
    for told in gone.chain(new) {
        let set = universe.named(told.statement.action.patterns.iter().map(|it| &it.value));
        match told.statement.action.negated {
            false => named.add(&set),
            true => {
                let mut rest = both.clone();
                rest.subtract(&set);
                named.add(&rest);
            }
        }
    }
    both.in_common(&named)
}

/// A statement with its text, in which blanks do not count.
struct Told {
    text: String,
    statement: Statement,
}

/// The statements of all policies that may reach a caller.
fn statements(effective: &Effective, arn: &str) -> Vec<Told> {
    let principal = RequestPrincipal::parse(arn).ok();
    let action = Action::parse("s3:GetObject").ok();
    let Some((principal, action)) = principal.zip(action) else { return Vec::new() };
    let request = Request::new(principal, action, RequestResource::None);
    let policies = policies_in_view(effective.organization(), &request);
    let told = |document: &PolicyDocument| {
        let all = document.statements.iter();
        all.map(|it| Told { text: text(document, it), statement: it.clone() }).collect::<Vec<_>>()
    };
    policies.iter().flat_map(|policy| told(&policy.document)).collect()
}

fn text(document: &PolicyDocument, statement: &Statement) -> String {
    let span = statement.span.start as usize..statement.span.end as usize;
    let written = document.text.get(span).unwrap_or_default();
    let letters = written.chars().filter(|letter| !letter.is_whitespace());
    format!("{} {}", document.policy_type.name(), letters.collect::<String>())
}
