//! Actions and resources of one statement that have nothing to do with each other: `s3:ListBucket` beside objects only.

use std::collections::BTreeMap;

use iam_catalog::{Action, Catalog, ResourceType};
use iam_evaluator::{Diagnostic, DiagnosticCode, Fix, ResourcePattern, Span, Spanned};

use super::arn_format::fits;
use super::{Named, Vocabulary, quote};

/// How many types of resources a sentence names.
const NAMED_TYPES: usize = 3;

pub(super) fn check(vocabulary: &Vocabulary<'_>, named: &[Named<'_>], found: &mut Vec<Diagnostic>) {
    let statement = vocabulary.statement;
    let Some(resource) = statement.resource.as_ref().filter(|it| !it.negated) else { return };
    let everything = named.iter().any(|it| it.entry.value.is_all() || it.actions.is_empty());
    if statement.action.negated || everything || named.is_empty() {
        return;
    }
    let mut fitting = Fitting { catalog: vocabulary.catalog, known: BTreeMap::new() };
    let patterns = &resource.patterns;
    let any = patterns.iter().any(|pattern| pattern.value.is_any());
    let idle: Vec<&Named<'_>> = match any {
        true => Vec::new(),
        false => named.iter().filter(|it| !fitting.works_on_one(it, patterns)).collect(),
    };
    let useless = patterns.iter().filter(|pattern| !pattern.value.is_any() && !is_odd(pattern));
    let useless: Vec<_> = useless
        .filter(|pattern| !named.iter().any(|it| fitting.works_on(it, pattern.value.as_str())))
        .collect();
    let all_idle = idle.len() == named.len();
    let catalog = vocabulary.catalog;
    let no_limits = named.iter().all(|it| it.actions.iter().all(|at| has_no_types(catalog, at)));
    found.extend(idle.iter().filter_map(|it| {
        let fix = fix_for(catalog, it, patterns, resource.span, no_limits);
        Some(without_resource(catalog, it, patterns)?.with_fix(fix))
    }));
    // Where no action works on anything, that has been said.
    if !all_idle {
        found.extend(useless.iter().map(|pattern| without_action(named, catalog, pattern)));
    }
}

/// A service with two prefixes, which ARNs and actions mix.
const RENAMED: [&str; 2] = ["codestar-connections", "codeconnections"];

/// What reading has complained about, or cannot be taken for an ARN.
fn is_odd(pattern: &Spanned<ResourcePattern>) -> bool {
    let text = pattern.value.as_str();
    let is_renamed = text.split(':').nth(2).is_some_and(|service| RENAMED.contains(&service));
    text.matches(':').count() < 5 || is_renamed
}

/// Which patterns name which types of resources, each asked once.
struct Fitting<'a> {
    catalog: &'a Catalog,
    known: BTreeMap<(&'a str, String), bool>,
}

impl<'a> Fitting<'a> {
    fn works_on_one(&mut self, named: &Named<'_>, patterns: &[Spanned<ResourcePattern>]) -> bool {
        patterns
            .iter()
            .any(|pattern| is_odd(pattern) || self.works_on(named, pattern.value.as_str()))
    }

    fn works_on(&mut self, named: &Named<'_>, pattern: &str) -> bool {
        named.actions.iter().any(|at| {
            self.catalog.action_at(at).is_some_and(|action| self.action_works_on(action, pattern))
        })
    }

    fn action_works_on(&mut self, action: Action<'a>, pattern: &str) -> bool {
        // S3 asks for this action with `arn:aws:s3:::*`, and AWS's own examples write so.
        if action.full_name() == "s3:ListAllMyBuckets" && pattern.ends_with(":s3:::*") {
            return true;
        }
        action.resource_types().any(|used| {
            let format = used.resource_type().arn_format();
            let known = self.known.entry((format, pattern.to_owned()));
            *known.or_insert_with(|| fits(pattern, format))
        })
    }
}

/// An entry of `Action` whose actions work on none of the resources.
fn without_resource(
    catalog: &Catalog,
    named: &Named<'_>,
    patterns: &[Spanned<ResourcePattern>],
) -> Option<Diagnostic> {
    let text = named.entry.value.as_str();
    let mut actions = named.actions.iter().filter_map(|at| catalog.action_at(at));
    let first = actions.next()?;
    let types = types_of(first);
    let is_one = actions.next().is_none();
    let message = match (is_one, types.is_empty()) {
        (_, true) if is_one || named.actions.iter().all(|at| has_no_types(catalog, at)) => format!(
            "`{text}` cannot be limited to resources, so this statement never covers it, expected `\"Resource\": \"*\"`"
        ),
        (true, _) => {
            let given = patterns.first().and_then(|it| type_of(first, it.value.as_str()));
            let not = given.map(|it| format!(", not on `{}`", it.name()));
            format!("`{}` works on {}{}", first.full_name(), list(&types), not.unwrap_or_default())
        }
        _ => format!("no action of `{text}` works on a resource of this statement"),
    };
    Some(Diagnostic::new(DiagnosticCode::ActionWithoutResource, named.entry.span, message))
}

/// The types that an action works on: its own service's first, among them those that every request names.
pub(crate) fn types_of(action: Action<'_>) -> Vec<ResourceType<'_>> {
    let mut uses: Vec<_> = action.resource_types().collect();
    let own = format!(":{}:", action.service().prefix());
    uses.sort_by_key(|it| {
        let format = it.resource_type().arn_format();
        (!format.contains(&own), !it.is_required(), format.len())
    });
    uses.into_iter().map(|it| it.resource_type()).collect()
}

fn has_no_types(catalog: &Catalog, at: iam_catalog::ActionIndex) -> bool {
    catalog.action_at(at).is_none_or(|action| action.resource_types().len() == 0)
}

/// The type that a resource is of, among those of the action's service.
fn type_of<'a>(action: Action<'a>, pattern: &str) -> Option<ResourceType<'a>> {
    action.service().resource_types().find(|it| fits(pattern, it.arn_format()))
}

/// Some types with their ARN formats.
fn list(types: &[ResourceType<'_>]) -> String {
    let one = |it: &ResourceType<'_>| {
        format!("`{}` (`{}`)", it.name(), it.arn_format().replace("${Partition}", "aws"))
    };
    let named: Vec<String> = types.iter().take(NAMED_TYPES).map(one).collect();
    match types.len().checked_sub(NAMED_TYPES) {
        Some(others @ 1..) => format!("{} and {others} other types", named.join(", ")),
        _ => match named.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} or {last}", before.join(", ")),
            None => String::new(),
        },
    }
}

/// A resource on which no action of the statement works.
fn without_action(
    named: &[Named<'_>],
    catalog: &Catalog,
    pattern: &Spanned<ResourcePattern>,
) -> Diagnostic {
    let text = pattern.value.as_str();
    let service =
        text.split(':').nth(2).filter(|it| !it.is_empty() && !it.contains(['*', '?', '$']));
    let prefixes = named.iter().filter_map(|it| it.entry.value.as_str().split_once(':'));
    let message = match service.and_then(|it| catalog.service(it)) {
        Some(service)
            if !prefixes.clone().any(|(it, _)| it.eq_ignore_ascii_case(service.prefix())) =>
        {
            format!(
                "no action of this statement works on `{text}`, a resource of {}",
                service.name()
            )
        }
        _ => format!("no action of this statement works on `{text}`"),
    };
    Diagnostic::new(DiagnosticCode::ResourceWithoutAction, pattern.span, message)
}

/// The bucket beside its objects, or every resource where the actions know no single one.
fn fix_for(
    catalog: &Catalog,
    named: &Named<'_>,
    patterns: &[Spanned<ResourcePattern>],
    span: Span,
    no_limits: bool,
) -> Option<Fix> {
    if no_limits {
        return Some(Fix::replace("write `*`".to_owned(), span, "\"*\""));
    }
    let mut actions = named.actions.iter().filter_map(|at| catalog.action_at(at));
    let (action, [pattern]) = (actions.next()?, patterns) else { return None };
    let text = pattern.value.as_str();
    let other = match text.split_once('/') {
        Some((bucket, _)) => bucket.to_owned(),
        None => format!("{text}/*"),
    };
    let works = action.resource_types().any(|it| fits(&other, it.resource_type().arn_format()));
    if !other.contains(":s3:::") || !works {
        return None;
    }
    let both = format!("[{}, {}]", quote(text), quote(&other));
    Some(Fix::replace(format!("add `{other}`"), span, both))
}
