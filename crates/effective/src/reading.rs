//! What each statement of a policy says of each action, worked out once for each policy.
//!
//! A statement names actions; of these it means some *whole*, whatever their resource, and some in *part*, for some
//! resources only. Where the form of an action's resources never meets the statement's, it says nothing of the action.

use std::sync::Arc;

use iam_evaluator::{
    ConditionKey, DerivedKey, PolicyDocument, ResourceElement, Statement, Variable,
};

use crate::glob;
use crate::questions::Questions;
use crate::sparse::Sparse;
use crate::universe::ACCOUNT;
use crate::{ActionSet, Universe};

/// A policy, read for one universe.
#[derive(Debug)]
pub(crate) struct Reading {
    pub document: Arc<PolicyDocument>,
    /// One for each statement, in order.
    pub statements: Vec<Read>,
}

/// What a statement means.
#[derive(Debug)]
pub(crate) struct Read {
    /// Actions of which every resource is meant.
    pub whole: Sparse,
    /// Actions of which some resources are meant.
    pub part: Sparse,
    /// Whether the statement tells resources of different regions apart.
    pub regional: bool,
}

/// What one sees of statements without a universe.
#[derive(Debug)]
pub(crate) struct Traits {
    /// The resources it names are of certain accounts, so it reads differently in each account.
    pub names_accounts: bool,
    /// What its conditions and variables ask of the caller, by number.
    pub questions: Vec<u32>,
}

impl Traits {
    pub fn of(
        statements: &[Statement],
        listed: &dyn Fn(&str) -> bool,
        numbered: &mut Questions,
    ) -> Self {
        let patterns =
            statements.iter().filter_map(|it| it.resource.as_ref()).flat_map(|it| &it.patterns);
        let names_accounts = patterns.clone().any(|pattern| {
            let text = pattern.value.as_str();
            let account = glob::parts(text).map(|[_, _, _, _, account, _]| account);
            !pattern.value.is_any() && (!matches!(account, Some("" | "*")) || listed(text))
        });
        let mut questions = Vec::new();
        for statement in statements {
            questions.extend(varying(statement).map(|clause| numbered.of_clause(clause)));
            questions.extend(variables(statement).map(|variable| numbered.of_variable(variable)));
        }
        Self { names_accounts, questions }
    }
}

impl Reading {
    /// Reads a policy for the principals of an account. `elsewhere` says whether a pattern means nothing but a listed
    /// resource of another account, or what is in it.
    pub fn new(
        document: &Arc<PolicyDocument>,
        universe: &Universe,
        account: &str,
        elsewhere: &dyn Fn(&str) -> bool,
    ) -> Self {
        let read = |statement| read(statement, universe, account, elsewhere);
        let statements = document.statements.iter().map(read).collect();
        Self { document: Arc::clone(document), statements }
    }
}

fn read(
    statement: &Statement,
    universe: &Universe,
    account: &str,
    elsewhere: &dyn Fn(&str) -> bool,
) -> Read {
    let mut named = universe.named(statement.action.patterns.iter().map(|it| &it.value));
    if statement.action.negated {
        let mut rest = universe.traits().all.clone();
        rest.subtract(&named);
        named = rest;
    }
    let Some(element) = &statement.resource else {
        return Read { whole: Sparse::of(&named), part: Sparse::default(), regional: false };
    };
    let patterns = Patterns::of(element, account, elsewhere);
    if patterns.any {
        let none = element.negated;
        let whole = if none { Sparse::default() } else { Sparse::of(&named) };
        return Read { whole, part: Sparse::default(), regional: false };
    }
    let (whole, part) = by_form(&named, universe, &patterns);
    Read { whole: Sparse::of(&whole), part: Sparse::of(&part), regional: patterns.regional }
}

/// How a resource element meets the resources of one form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meeting {
    Never,
    Sometimes,
    Always,
}

fn by_form(named: &ActionSet, universe: &Universe, patterns: &Patterns) -> (ActionSet, ActionSet) {
    let traits = universe.traits();
    let mut known: Vec<Option<Meeting>> = vec![None; traits.distinct_forms.len()];
    let (mut whole, mut part) = (universe.none(), universe.none());
    for place in named.iter() {
        let form = traits.forms_number(place) as usize;
        let Some(slot) = known.get_mut(form) else { continue };
        let forms = traits.distinct_forms.get(form).map_or(&[][..], Vec::as_slice);
        match *slot.get_or_insert_with(|| patterns.meet(forms)) {
            Meeting::Never => {}
            Meeting::Sometimes => part.insert(place),
            Meeting::Always => whole.insert(place),
        }
    }
    // The list of all buckets works on no bucket and is authorized on every one.
    if let Some(list) = universe.place("s3:ListAllMyBuckets").filter(|at| named.contains(*at)) {
        whole.remove(list);
        part.insert(list);
    }
    (whole, part)
}

/// The patterns of a resource element, made ready to be compared with many forms.
struct Patterns<'a> {
    negated: bool,
    any: bool,
    regional: bool,
    account: &'a str,
    /// The text with variables opened to `*`, and whether it has none and all six parts.
    texts: Vec<(String, bool)>,
}

impl<'a> Patterns<'a> {
    fn of(element: &ResourceElement, account: &'a str, elsewhere: &dyn Fn(&str) -> bool) -> Self {
        let any = element.patterns.iter().any(|pattern| pattern.value.is_any());
        let texts = element.patterns.iter().map(|pattern| pattern.value.as_str());
        let texts: Vec<(String, bool)> =
            texts.filter(|text| !elsewhere(text)).map(without_variables).collect();
        let regional = texts
            .iter()
            .any(|(text, _)| !matches!(glob::parts(text), Some([_, _, _, "" | "*", _, _])));
        Self { negated: element.negated, any, regional, account, texts }
    }

    fn meet(&self, forms: &[Box<str>]) -> Meeting {
        let (mut all, mut some) = (!forms.is_empty(), false);
        for form in forms {
            let service = form.split(':').nth(2).unwrap_or_default();
            let form = form.replace(ACCOUNT, self.account);
            let near = self.texts.iter().filter(|(text, _)| {
                let of = text.split(':').nth(2).unwrap_or("*");
                of == service || of.contains(['*', '?']) || service.contains(['*', '?'])
            });
            let near = near.filter(|(text, _)| glob::meets(text, &form));
            let (mut met, mut covered) = (false, false);
            for (text, exact) in near {
                met = true;
                covered |= *exact && glob::covers(text, &form);
            }
            some |= met;
            all &= covered;
        }
        match (some, all, self.negated) {
            (false, _, false) | (true, true, true) => Meeting::Never,
            (false, _, true) | (true, true, false) => Meeting::Always,
            (true, false, _) => Meeting::Sometimes,
        }
    }
}

/// The text with `*` for its variables, and whether it can be compared part by part.
fn without_variables(text: &str) -> (String, bool) {
    let mut opened = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        opened.push_str(before);
        opened.push('*');
        rest = behind.split_once('}').map_or("", |(_, after)| after);
    }
    opened.push_str(rest);
    let missing = 5_usize.saturating_sub(opened.matches(':').count());
    let exact = missing == 0 && opened == text;
    opened.push_str(&":*".repeat(missing));
    (opened, exact)
}

/// The clauses whose keys have one value for a caller and another for the next.
fn varying(statement: &Statement) -> impl Iterator<Item = &iam_evaluator::ConditionClause> {
    statement.conditions.iter().filter(|clause| varies(&clause.key))
}

/// The policy variables of a statement.
pub(crate) fn variables(statement: &Statement) -> impl Iterator<Item = &Variable> {
    let patterns = statement.resource.iter().flat_map(|element| &element.patterns);
    let values = statement.conditions.iter().flat_map(|clause| &clause.values);
    patterns
        .flat_map(|pattern| pattern.value.variables())
        .chain(values.flat_map(|value| value.typed.variables()))
}

/// Whether a key is settled by who calls, and for whose resources.
fn varies(key: &ConditionKey) -> bool {
    matches!(
        key.derived(),
        Some(
            DerivedKey::PrincipalArn
                | DerivedKey::PrincipalAccount
                | DerivedKey::PrincipalOrgId
                | DerivedKey::PrincipalOrgPaths
                | DerivedKey::PrincipalTag
                | DerivedKey::PrincipalType
                | DerivedKey::PrincipalIsAwsService
                | DerivedKey::PrincipalServiceName
                | DerivedKey::PrincipalServiceNamesList
                | DerivedKey::UserId
                | DerivedKey::UserName
                | DerivedKey::ResourceAccount
                | DerivedKey::ResourceOrgId
                | DerivedKey::ResourceOrgPaths
        )
    )
}
