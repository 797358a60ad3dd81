//! What a statement covers: too much, or nothing at all.

use crate::diagnostic::DiagnosticCode as Code;
use crate::policy::parse::Reader;
use crate::policy::{Effect, Statement};
use crate::principal::PrincipalEntry;

impl Reader<'_> {
    pub(super) fn check_scope(&mut self, statement: &Statement) {
        let negated_resource = statement.resource.as_ref().filter(|it| it.negated);
        if statement.effect == Effect::Allow && statement.action.negated {
            let message = "`Allow` with `NotAction` grants every action that is not listed, new services included";
            self.report(Code::AllowWithNotAction, statement.action.span, message);
        }
        if let Some(resource) = negated_resource.filter(|_| statement.effect == Effect::Allow) {
            let message = "`Allow` with `NotResource` grants every resource that is not listed, future ones included";
            self.report(Code::AllowWithNotResource, resource.span, message);
        }
        self.check_exclusions(statement);
    }

    /// An element that excludes everything leaves nothing to apply to.
    fn check_exclusions(&mut self, statement: &Statement) {
        let action = &statement.action;
        let all_actions = action.patterns.iter().find(|it| action.negated && it.value.is_all());
        let resource = statement.resource.as_ref().filter(|it| it.negated);
        let all_resources = resource.and_then(|it| it.patterns.iter().find(|it| it.value.is_any()));
        let principal = statement.principal.as_ref().filter(|it| it.negated);
        let everyone = principal
            .and_then(|it| it.entries.iter().find(|it| it.value == PrincipalEntry::Everyone));
        let found = [
            ("NotAction", all_actions.map(|it| it.span)),
            ("NotResource", all_resources.map(|it| it.span)),
            ("NotPrincipal", everyone.map(|it| it.span)),
        ];
        for (element, span) in found {
            let Some(span) = span else { continue };
            let message =
                format!("`{element}` with `*` leaves nothing, so this statement never applies");
            self.report(Code::StatementNeverApplies, span, message);
        }
    }
}
