//! Three-way answers: what a request comes to when part of it is not known.
//!
//! A question with unknown condition keys stands for many requests. Each unknown key has finitely many values that the
//! policies can tell apart (`unknown/choices.rs`, with examples from `unknown/automaton.rs`); the decision is a function
//! of them (`unknown/formula.rs`), kept as a decision diagram (`unknown/diagram.rs`). From it comes whether the request
//! is allowed whatever they are, denied whatever they are, or both, with an example of each and the keys that decide.
//! Where that cannot be settled the answer says so: it is never a wrong certainty.

mod automaton;
mod choices;
mod diagram;
mod formula;
mod known;
mod resources;

pub(crate) use automaton::Step;
pub use known::Settled;
pub use resources::{judge_resources, policies_in_view};

use crate::condition::{ConditionClause, ConditionKey, DerivedKey};
use crate::evaluate::{decide, evaluate};
use crate::evaluation::{Decision, Evaluation, StatementResult};
use crate::facts::{Facts, Found};
use crate::organization::Organization;
use crate::policy::Statement;
use crate::request::Request;

/// Which condition keys are not known. All others are as the request gives or the organization derives them.
#[derive(Clone, Debug, PartialEq)]
pub enum UnknownKeys {
    /// These.
    Only(Vec<ConditionKey>),
    /// Every key that the request does not mention and that does not follow from the organization.
    NotMentioned,
}

/// What a request comes to, whatever the unknown keys are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// An example for each decision that is possible.
    pub examples: Vec<Example>,
    /// The keys that the decision depends on.
    pub depends_on: Vec<Dependency>,
    /// Whether the decision depends on the resource, where that is not known.
    pub depends_on_resource: bool,
    /// Whether the examples show every decision that is possible. Otherwise there may be others.
    pub exact: bool,
}

/// Values of the unknown keys under which a decision falls. Keys that are not mentioned do not matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The decision.
    pub decision: Decision,
    /// The resource, where the question left it open.
    pub resource: Option<Box<str>>,
    /// Each key that matters with its values; none: the key is missing.
    pub context: Vec<(ConditionKey, Vec<Box<str>>)>,
}

/// A key that the decision depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency {
    /// The key.
    pub key: ConditionKey,
    /// Values that policies tell apart, an example of each; none: the key is missing.
    pub choices: Vec<Vec<Box<str>>>,
}

impl Judgement {
    /// The decision where only one is possible.
    #[must_use]
    pub fn certain(&self) -> Option<Decision> {
        match &*self.examples {
            [only] if self.exact => Some(only.decision),
            _ => None,
        }
    }

    /// An example for a decision, if it is possible.
    #[must_use]
    pub fn example(&self, decision: Decision) -> Option<&Example> {
        self.examples.iter().find(|example| example.decision == decision)
    }
}

/// Judges a request of which some condition keys are not known.
///
/// With nothing unknown the judgement is certain and says what [`decide`] says.
///
/// ```
/// # use std::sync::Arc;
/// use iam_evaluator::*;
/// # let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
/// #     "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}"#;
/// # let arn = "arn:aws:iam::111122223333:user/Ana";
/// # let policy = Arc::new(Policy { name: "Office".into(), origin: PolicyOrigin::Inline { identity: arn.into() },
/// #     document: Arc::new(PolicyDocument::parse(text, PolicyType::Identity)) });
/// # let mut account = Account::new("111122223333".parse()?, "data");
/// # account.users.push(User { name: "Ana".into(), arn: arn.into(), policies: vec![policy],
/// #     permissions_boundary: None, tags: vec![] });
/// # let mut builder = Organization::standalone();
/// # builder.account(None, Arc::new(account), TargetPolicies::default())?;
/// # let organization = builder.build();
/// // Ana may use S3 from the office, 203.0.113.0/24. From where does she ask?
/// let request = Request::new(RequestPrincipal::parse(arn)?, Action::parse("s3:GetObject")?, RequestResource::None);
/// let judgement = judge(&organization, &request, &UnknownKeys::NotMentioned);
/// assert_eq!(judgement.certain(), None);
/// assert_eq!(judgement.depends_on[0].key, ConditionKey::new("aws:SourceIp"));
/// let allowed = judgement.example(Decision::Allowed).unwrap();
/// assert_eq!(&*allowed.context[0].1[0], "203.0.113.0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn judge(organization: &Organization, request: &Request, unknown: &UnknownKeys) -> Judgement {
    // With the unknown keys out of the way, the trace shows which statements hang on conditions alone.
    let mut stripped = request.clone();
    if let UnknownKeys::Only(keys) = unknown {
        for key in keys {
            stripped.context.set(key.clone(), Vec::new());
        }
    }
    let evaluation = evaluate(organization, &stripped);
    let facts = Facts::gather(organization, &stripped);
    let is_unknown = |key: &ConditionKey| match unknown {
        UnknownKeys::Only(keys) => keys.contains(key),
        UnknownKeys::NotMentioned => {
            facts.request.context.get(key).is_none() && facts.may_be_given(key)
        }
    };
    let further_tags = match unknown {
        UnknownKeys::Only(keys) => keys.iter().any(is_request_tag),
        UnknownKeys::NotMentioned => true,
    };
    let is_tied = |key: &ConditionKey| {
        is_unknown(key) || facts.hangs_on_unknown(key, &is_unknown, further_tags)
    };
    let question = Question::new(&evaluation, &facts, &is_unknown, &is_tied);
    let judgement = formula::solve(&question, &evaluation, &facts);
    verified(judgement, organization, request)
}

/// An example that does not hold would be a wrong certainty: each is decided again as an ordinary request.
fn verified(mut judgement: Judgement, organization: &Organization, request: &Request) -> Judgement {
    let before = judgement.examples.len();
    judgement.examples.retain(|example| {
        let mut known = request.clone();
        for (key, values) in &example.context {
            known.context.set(key.clone(), values.clone());
        }
        decide(organization, &known) == example.decision
    });
    judgement.exact &= judgement.examples.len() == before;
    judgement
}

/// The unknown keys that matter, each with the choices that the policies can tell apart.
struct Question {
    variables: Vec<Variable>,
    /// Whether all values of all keys behave like one of the choices.
    complete: bool,
}

struct Variable {
    key: ConditionKey,
    choices: Vec<Vec<Box<str>>>,
}

impl Question {
    fn new(
        evaluation: &Evaluation,
        facts: &Facts<'_>,
        is_unknown: &dyn Fn(&ConditionKey) -> bool,
        is_tied: &dyn Fn(&ConditionKey) -> bool,
    ) -> Self {
        let mut by_key: Vec<(ConditionKey, Vec<&ConditionClause>)> = Vec::new();
        let mut complete = true;
        for (statement, result) in statements(evaluation) {
            complete &= !names_unknown_variable(statement, is_tied);
            if !hangs_on_conditions(result) {
                continue;
            }
            let tied = |clause: &ConditionClause| !is_unknown(&clause.key) && is_tied(&clause.key);
            complete &= !statement.conditions.iter().any(tied);
            for clause in statement.conditions.iter().filter(|clause| is_unknown(&clause.key)) {
                match by_key.iter_mut().find(|(key, _)| *key == clause.key) {
                    Some((_, clauses)) => clauses.push(clause),
                    None => by_key.push((clause.key.clone(), vec![clause])),
                }
            }
        }
        let mut variables = Vec::with_capacity(by_key.len());
        for (key, clauses) in by_key {
            let found = choices::choices(&clauses, facts);
            complete &= found.complete;
            variables.push(Variable { key, choices: found.values });
        }
        Self { variables, complete }
    }

    fn place(&self, key: &ConditionKey) -> Option<(usize, &Variable)> {
        self.variables.iter().enumerate().find(|(_, variable)| variable.key == *key)
    }
}

/// Every statement that was read, with what came of it.
fn statements(evaluation: &Evaluation) -> impl Iterator<Item = (&Statement, StatementResult)> {
    let policies =
        evaluation.gates.iter().flat_map(|gate| &gate.levels).flat_map(|level| &level.policies);
    policies.flat_map(|policy| {
        let written = &policy.policy.document.statements;
        written.iter().zip(policy.statements.iter().map(|trace| trace.result))
    })
}

fn is_request_tag(key: &ConditionKey) -> bool {
    key.folded().starts_with("aws:requesttag/")
}

/// Whether principal, action and resource fit, so that only the conditions decide.
fn hangs_on_conditions(result: StatementResult) -> bool {
    matches!(result, StatementResult::Applies(_) | StatementResult::ConditionFails(_))
}

/// A variable whose key is unknown, or follows from one that is, ties two keys, or a key and the resource, together. Such a tie is not searched.
fn names_unknown_variable(
    statement: &Statement,
    is_unknown: &dyn Fn(&ConditionKey) -> bool,
) -> bool {
    let in_resource = statement.resource.iter().flat_map(|element| &element.patterns);
    let in_resource = in_resource.flat_map(|pattern| pattern.value.variables());
    let in_values = statement.conditions.iter().flat_map(|clause| &clause.values);
    let in_values = in_values.flat_map(|value| value.typed.variables());
    in_resource.chain(in_values).any(|variable| is_unknown(&variable.key))
}

impl Facts<'_> {
    /// Whether a derived key takes its values from keys that are unknown. Such a tie is not searched either.
    fn hangs_on_unknown(
        &self,
        key: &ConditionKey,
        is_unknown: &dyn Fn(&ConditionKey) -> bool,
        further_tags: bool,
    ) -> bool {
        if !self.request.derive_context || self.request.context.get(key).is_some() {
            return false;
        }
        match key.derived() {
            Some(DerivedKey::SourceOrgId | DerivedKey::SourceOrgPaths) => {
                is_unknown(&ConditionKey::new("aws:SourceAccount"))
            }
            Some(DerivedKey::VpceOrgId | DerivedKey::VpceOrgPaths) => {
                is_unknown(&ConditionKey::new("aws:VpceAccount"))
            }
            Some(DerivedKey::TagKeys) => further_tags,
            _ => false,
        }
    }

    /// Whether a request could bring this key along: it does not follow from what is known, not even as missing.
    fn may_be_given(&self, key: &ConditionKey) -> bool {
        if !matches!(self.find(key), Found::Absent) {
            return false;
        }
        // Known to be missing: the caller, its account or its tags do not have it.
        let of_the_caller = matches!(
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
            )
        );
        !(of_the_caller && self.request.derive_context)
    }
}
