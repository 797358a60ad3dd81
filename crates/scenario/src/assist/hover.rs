//! What it is that stands at a place of a policy.

use iam_catalog::{AccessLevel, Action, ActionRanges, Catalog, ConditionKey};
use iam_evaluator::{ConditionOperator, SetOperator, Span};

use super::scan::{Word, scan};
use super::{Assist, scenario};
use crate::vocabulary::{can_name, operators_of, types_of};

/// How many names a line lists.
const LISTED: usize = 12;

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// Where it stands.
    pub span: Span,
    /// Its name as AWS writes it.
    pub title: String,
    /// A word or two about it: the access level of an action, the type of a key.
    pub tag: String,
    /// The rest, line by line.
    pub lines: Vec<HoverLine>,
}

/// A line about what stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoverLine {
    /// What the line says, such as `Resources`; empty for a sentence.
    pub heading: &'static str,
    /// A sentence, or names to be set as code where there is a heading.
    pub items: Vec<String>,
}

impl Assist<'_> {
    /// Says what it is that stands at a place; `None` where there is nothing to say.
    pub fn hover(&self, text: &str, offset: usize) -> Option<Hover> {
        let scan = scan(text, offset);
        let word = scan.words.iter().find(|word| word.contains(offset))?;
        let path = word.site.path.as_slice();
        let mut hover = match (path, word.site.is_name) {
            ([] | ["Statement"] | ["Statement", "Principal" | "NotPrincipal"], true) => {
                self.about_element(word)
            }
            (["Statement", "Condition"], true) => self.about_operator(word),
            (["Statement", "Condition", _], true) => self.about_key(word),
            (["Statement", "Action" | "NotAction"], false) => self.about_actions(word),
            (["Statement", "Resource" | "NotResource"], false) => self.about_resource(word),
            (["Statement", ..], false) => self.about_value(word),
            _ => None,
        }?;
        hover.span = Span::new(word.inside.start, word.inside.end);
        Some(hover)
    }

    fn about_element(&self, word: &Word<'_>) -> Option<Hover> {
        Some(Hover::new(word.text, "").sentence(self.words.of(word.text)?))
    }

    fn about_operator(&self, word: &Word<'_>) -> Option<Hover> {
        let operator = ConditionOperator::parse(word.text)?;
        let name = operator.to_string();
        let base = name.rsplit(':').next()?.trim_end_matches("IfExists");
        let mut hover = Hover::new(&name, "operator").sentence(self.words.of(base)?);
        let set = match operator.set {
            Some(SetOperator::ForAllValues) => Some("ForAllValues"),
            Some(SetOperator::ForAnyValue) => Some("ForAnyValue"),
            None => None,
        };
        for part in set.into_iter().chain(operator.if_exists.then_some("IfExists")) {
            hover = hover.sentence(self.words.of(part)?);
        }
        Some(hover)
    }

    fn about_key(&self, word: &Word<'_>) -> Option<Hover> {
        let catalog = self.catalog?;
        let key = catalog.condition_key(word.text)?;
        let key_type = key.key_type();
        let mut hover = Hover::new(key.name(), key_type.kind.name());
        if let Some(sentence) = self.words.of(key.name()) {
            hover = hover.sentence(sentence);
        }
        let operators = operators_of(key_type.kind).replace('`', "");
        hover = hover.sentence(&match key_type.multivalued {
            true => format!(
                "It can have several values: takes {operators} with ForAnyValue or ForAllValues."
            ),
            false => format!("It has one value: takes {operators}."),
        });
        if !catalog.global_condition_keys().any(|it| it.name() == key.name()) {
            let (prefix, _) = key.name().split_once(':')?;
            let service = catalog.service(prefix)?;
            let having =
                service.actions().filter(|it| has_key(*it, key)).map(|it| it.name().to_owned());
            hover = hover.list("In requests for", having.collect());
        }
        Some(hover)
    }

    fn about_actions(&self, word: &Word<'_>) -> Option<Hover> {
        let catalog = self.catalog?;
        let named = catalog.expand(word.text);
        let mut actions = named.iter().filter_map(|at| catalog.action_at(at));
        let first = actions.next()?;
        match actions.next() {
            None => Some(about_action(first)),
            Some(_) => Some(about_pattern(catalog, word.text, &named)),
        }
    }

    fn about_resource(&self, word: &Word<'_>) -> Option<Hover> {
        let mut hover = self.about_value(word).unwrap_or_else(|| Hover::new(word.text, ""));
        let service = word.text.split(':').nth(2).filter(|it| !it.is_empty());
        if let Some((catalog, service)) = self.catalog.zip(service) {
            let types = catalog.service(service).into_iter().flat_map(|it| it.resource_types());
            let fitting = types.filter(|it| can_name(word.text, it.arn_format()));
            hover = hover.list("Can name", fitting.map(|it| it.name().to_owned()).collect());
        }
        (!hover.lines.is_empty()).then_some(hover)
    }

    /// The scenario's accounts, units and organization in a text.
    fn about_value(&self, word: &Word<'_>) -> Option<Hover> {
        let document = self.document;
        let mut hover = Hover::new(word.text, "");
        for account in document.accounts().iter().filter(|it| word.text.contains(&it.id)) {
            let says = scenario::account_words(document, account);
            hover = hover.sentence(&format!("{} is {says}.", account.id));
        }
        let units = document.organization().into_iter().flat_map(|it| it.root.walk());
        for unit in units.filter(|it| word.text.contains(&it.id)) {
            hover = hover.sentence(&format!("{} is {}.", unit.id, unit.name));
        }
        (!hover.lines.is_empty()).then_some(hover)
    }
}

impl Hover {
    fn new(title: &str, tag: &str) -> Hover {
        let span = Span::default();
        Hover { span, title: title.to_owned(), tag: tag.to_owned(), lines: Vec::new() }
    }

    fn sentence(mut self, sentence: &str) -> Hover {
        self.lines.push(HoverLine { heading: "", items: vec![sentence.to_owned()] });
        self
    }

    /// Adds names; those that are too many are counted.
    fn list(mut self, heading: &'static str, mut items: Vec<String>) -> Hover {
        if items.len() > LISTED {
            let others = items.len() - LISTED;
            items.truncate(LISTED);
            items.push(format!("and {others} more"));
        }
        if !items.is_empty() {
            self.lines.push(HoverLine { heading, items });
        }
        self
    }
}

fn has_key(action: Action<'_>, key: ConditionKey<'_>) -> bool {
    action.all_condition_keys().iter().any(|it| it.name() == key.name())
}

fn about_action(action: Action<'_>) -> Hover {
    let service = action.service();
    let hover =
        Hover::new(action.full_name(), action.access_level().name()).sentence(service.name());
    let types = types_of(action).into_iter();
    let types: Vec<String> =
        types.map(|it| it.arn_format().replace("${Partition}", "aws")).collect();
    let hover = match types.is_empty() {
        true => hover.sentence(
            "It cannot be limited to resources: its statement needs \"Resource\": \"*\".",
        ),
        false => hover.list("Resources", types),
    };
    let keys = action.all_condition_keys();
    hover.list("Condition keys", keys.iter().map(|it| it.name().to_owned()).collect())
}

fn about_pattern(catalog: &Catalog, pattern: &str, named: &ActionRanges) -> Hover {
    let actions = || named.iter().filter_map(|at| catalog.action_at(at));
    let count = named.len();
    let hover = Hover::new(pattern, if count == 1 { "1 action" } else { "actions" });
    let levels: Vec<String> = AccessLevel::ALL
        .into_iter()
        .map(|level| (actions().filter(|it| it.access_level() == level).count(), level))
        .filter(|(count, _)| *count > 0)
        .map(|(count, level)| format!("{count} {}", level.name()))
        .collect();
    let hover = hover.sentence(&format!("{count} actions: {}.", levels.join(", ")));
    hover.list("Such as", actions().take(LISTED).map(|it| it.full_name().to_owned()).collect())
}
