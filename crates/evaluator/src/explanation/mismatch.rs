//! Why a statement does not apply, as values to be shown side by side: what its first failing element wants, and what
//! the request has.

use crate::evaluation::{StatementResult, StatementTrace};
use crate::policy::{PolicyDocument, Statement};
use crate::request::Request;

/// The first element of a statement that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Its name, such as `NotAction`.
    pub element: &'static str,
    /// Its entries, as the policy writes them.
    pub wanted: Vec<String>,
    /// What the request has in its place.
    pub found: String,
}

/// The first element that does not fit; `None` where the statement applies or a condition fails, whose clauses say it.
#[must_use]
pub fn mismatch(
    document: &PolicyDocument,
    request: &Request,
    statement: &Statement,
    trace: &StatementTrace,
) -> Option<Mismatch> {
    let name = |negated: bool, plain: &'static str, not: &'static str| {
        if negated { not } else { plain }
    };
    match trace.result {
        StatementResult::Applies(_) | StatementResult::ConditionFails(_) => None,
        StatementResult::PrincipalDiffers => {
            let element = statement.principal.as_ref()?;
            let written = element.entries.iter().filter_map(|it| it.span.of(&document.text));
            Some(Mismatch {
                element: name(element.negated, "Principal", "NotPrincipal"),
                wanted: written.map(|text| text.trim_matches('"').to_owned()).collect(),
                found: request.principal.to_string(),
            })
        }
        StatementResult::ActionDiffers => {
            let patterns = statement.action.patterns.iter();
            Some(Mismatch {
                element: name(statement.action.negated, "Action", "NotAction"),
                wanted: patterns.map(|it| it.value.as_str().to_owned()).collect(),
                found: request.action.as_str().to_owned(),
            })
        }
        StatementResult::ResourceDiffers => {
            let element = statement.resource.as_ref()?;
            let patterns = element.patterns.iter();
            Some(Mismatch {
                element: name(element.negated, "Resource", "NotResource"),
                wanted: patterns.map(|it| it.value.as_str().to_owned()).collect(),
                found: request.resource.as_str().to_owned(),
            })
        }
    }
}
