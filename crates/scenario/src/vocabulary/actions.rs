//! Entries of `Action` and `NotAction` that name nothing.

use iam_catalog::Catalog;
use iam_evaluator::{Diagnostic, DiagnosticCode, Fix};

use super::{Named, Vocabulary, quote};

pub(super) fn check(vocabulary: &Vocabulary<'_>, named: &[Named<'_>], found: &mut Vec<Diagnostic>) {
    let nothing = named.iter().filter(|it| it.actions.is_empty() && !it.entry.value.is_all());
    found.extend(nothing.filter_map(|it| names_nothing(vocabulary, it)));
}

fn names_nothing(vocabulary: &Vocabulary<'_>, named: &Named<'_>) -> Option<Diagnostic> {
    let catalog = vocabulary.catalog;
    let text = named.entry.value.as_str();
    let (prefix, name) = text.split_once(':')?;
    let date = catalog.date();
    let is_pattern = name.contains(['*', '?']);
    let (code, problem, near) = match catalog.service(prefix) {
        None => {
            let near = near_service(catalog, prefix, name);
            let problem = format!("AWS has no service `{prefix}` as of {date}");
            (DiagnosticCode::UnknownService, problem, near)
        }
        Some(service) if is_pattern => {
            let count = service.actions().len();
            let problem = format!(
                "`{text}` matches none of the {count} actions of {} as of {date}",
                service.name()
            );
            (DiagnosticCode::UnknownAction, problem, near_pattern(catalog, prefix, name))
        }
        Some(service) => {
            let problem =
                format!("{} has no action `{text}` as of {date}", subject(service.name()));
            let near = catalog.nearest_action(text).map(|action| action.full_name().to_owned());
            (DiagnosticCode::UnknownAction, problem, near)
        }
    };
    let message = match &near {
        Some(near) => format!("{problem}, did you mean `{near}`?"),
        None => format!("{problem}, so this names nothing"),
    };
    let span = named.entry.span;
    let fix = near.map(|near| Fix::replace(format!("write `{near}`"), span, quote(&near)));
    Some(Diagnostic::new(code, span, message).with_fix(fix))
}

/// The same action of the service with the nearest prefix, or else of the only service that has it.
fn near_service(catalog: &Catalog, prefix: &str, name: &str) -> Option<String> {
    let exists = |text: &String| !catalog.expand(text).is_empty();
    let near = catalog.nearest_service(prefix).map(|it| format!("{}:{name}", it.prefix()));
    near.filter(exists).or_else(|| {
        let mut having = catalog.services().filter_map(|service| service.action(name));
        let only = having.next()?;
        having.next().is_none().then(|| only.full_name().to_owned())
    })
}

/// A sentence begins with AWS's name, or with AWS itself.
fn subject(service: &str) -> String {
    match service.starts_with("AWS") {
        true => service.to_owned(),
        false => format!("AWS’s service {service}"),
    }
}

/// The pattern with its beginning as AWS spells it: `Descibe*` is meant to be `Describe*`.
fn near_pattern(catalog: &Catalog, prefix: &str, name: &str) -> Option<String> {
    let wildcard = name.find(['*', '?'])?;
    let (beginning, rest) = name.split_at_checked(wildcard)?;
    let near = catalog.service(prefix)?.nearest_beginning(beginning)?;
    let near = format!("{prefix}:{near}{rest}");
    (!beginning.is_empty() && !catalog.expand(&near).is_empty()).then_some(near)
}
