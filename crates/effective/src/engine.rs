//! The engine: what has been worked out once and is kept from edit to edit.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use iam_evaluator::{
    ConditionClause, Membership, Organization, Policy, PolicyDocument, PolicyType, Request,
    SetOperator, Settled, Statement, Test,
};

use crate::Universe;
use crate::cells::Totals;
use crate::effective::Kept;
use crate::grants::Grants;
use crate::guardrails::{Guardrails, Level};
use crate::numbers::{Listed, Numbers, REGION, RESOURCE};
use crate::questions::{Answers, Questions};
use crate::reading::{self, Reading, Traits};
use crate::settle::{Guard, Layer};
use crate::world;

/// Computes effective permissions, and keeps for the next edit whatever an edit leaves untouched.
///
/// ```
/// use std::sync::Arc;
/// use iam_effective::{Engine, Universe, Verdict};
/// use iam_evaluator::{Account, Organization, TargetPolicies, User};
/// # use iam_catalog::AccessLevel;
/// # use iam_effective::Entry;
/// # use iam_evaluator::Action;
/// # let action = Action::parse("sts:GetCallerIdentity")?;
/// # let universe = Universe::new([Entry { action, level: AccessLevel::Read, forms: vec![] }]);
/// let mut account = Account::new("111122223333".parse()?, "data");
/// let arn = "arn:aws:iam::111122223333:user/Ana";
/// account.users.push(User {
///     name: "Ana".into(),
///     arn: arn.into(),
///     policies: vec![],
///     permissions_boundary: None,
///     tags: vec![],
/// });
/// let mut builder = Organization::standalone();
/// builder.account(None, Arc::new(account), TargetPolicies::default())?;
///
/// let mut engine = Engine::new(universe);
/// let effective = engine.compute(&Arc::new(builder.build()));
/// // Without any policy, Ana may still ask who she is.
/// assert_eq!(effective.principal(arn).map(|ana| ana.totals().of(Verdict::Allowed)), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    pub(crate) universe: Rc<Universe>,
    pub(crate) numbers: Numbers,
    pub(crate) listed: Listed,
    /// By policy: the version of the listed resources for which it was looked through, and what was seen.
    traits: HashMap<u32, (u32, Rc<Traits>)>,
    questions: Questions,
    readings: HashMap<[u32; 3], Rc<Reading>>,
    pub(crate) levels: HashMap<Box<[u32]>, Rc<Level>>,
    pub(crate) guardrails: HashMap<[u32; 2], Rc<Guardrails>>,
    pub(crate) no_guardrails: Rc<Guardrails>,
    pub(crate) grants: HashMap<Box<[u32]>, Rc<Grants>>,
    /// By classes: whether they are ever allowed at once.
    pub(crate) agreements: HashMap<Box<[u32]>, bool>,
    /// Of the state that is being computed: paths by their lists and the answers of callers.
    pub(crate) paths: HashMap<Box<[u32]>, Rc<Guardrails>>,
    /// Of the state that is being computed: totals by guardrails and grants.
    pub(crate) totals: HashMap<[u32; 2], Totals>,
    /// Policies that allow everything: an SCP, one of an identity, one of a resource.
    pub(crate) everything: [Arc<Policy>; 3],
    /// When to look again at what is still needed.
    most_kept: usize,
    /// The last state that was computed to its end.
    pub(crate) kept: Kept,
}

/// One caller, with what is settled of it.
pub(crate) struct Caller<'a> {
    pub organization: &'a Organization,
    pub membership: &'a Membership,
    /// Tells the caller from all others, and from itself where its account is another one.
    pub own: [u32; 2],
    /// The caller with its session; action and resource do not count.
    pub template: &'a Request,
    pub settled: Settled<'a>,
    /// Zero for a caller of whom nothing is known but who it is; otherwise a number of its own.
    pub special: u32,
}

impl<'a> Caller<'a> {
    pub fn account(&self) -> &'a str {
        self.membership.account().id.as_str()
    }
}

impl Engine {
    /// An engine that knows no organization yet.
    #[must_use]
    pub fn new(universe: Universe) -> Self {
        let no_guardrails = Rc::new(Guardrails::none(&universe));
        Self {
            universe: Rc::new(universe),
            numbers: Numbers::default(),
            listed: Listed::default(),
            traits: HashMap::new(),
            questions: Questions::default(),
            readings: HashMap::new(),
            levels: HashMap::new(),
            guardrails: HashMap::new(),
            no_guardrails,
            grants: HashMap::new(),
            agreements: HashMap::new(),
            paths: HashMap::new(),
            totals: HashMap::new(),
            everything: [
                PolicyType::ServiceControlPolicy,
                PolicyType::Identity,
                PolicyType::Resource,
            ]
            .map(world::everything),
            most_kept: MOST_KEPT,
            kept: Kept::default(),
        }
    }

    /// The actions that it knows.
    #[must_use]
    pub fn universe(&self) -> &Universe {
        &self.universe
    }

    /// The same, shared with whoever shows them.
    #[must_use]
    pub fn shared_universe(&self) -> &Rc<Universe> {
        &self.universe
    }

    /// A number that no other part has, of this engine or another: equal ones are one and the same.
    pub(crate) fn next_id(&self) -> u32 {
        static LAST: AtomicU32 = AtomicU32::new(0);
        LAST.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// What a policy looks at.
    pub(crate) fn traits(&mut self, document: &Arc<PolicyDocument>) -> Rc<Traits> {
        let number = self.numbers.document(document);
        let version = self.listed.version;
        match self.traits.get(&number) {
            Some((known, traits)) if *known == version => Rc::clone(traits),
            _ => {
                let listed = |pattern: &str| self.listed.owner(pattern).is_some();
                let traits =
                    Rc::new(Traits::of(&document.statements, &listed, &mut self.questions));
                self.traits.insert(number, (version, Rc::clone(&traits)));
                traits
            }
        }
    }

    /// The policy as it reads for the principals of an account.
    pub(crate) fn reading(
        &mut self,
        document: &Arc<PolicyDocument>,
        membership: &Membership,
    ) -> Rc<Reading> {
        let account = membership.account().id;
        let place = match self.traits(document).names_accounts {
            true => [self.numbers.text(account.as_str()) + 1, self.listed.version],
            false => [0, 0],
        };
        let key = [self.numbers.document(document), place[0], place[1]];
        if let Some(known) = self.readings.get(&key) {
            return Rc::clone(known);
        }
        let elsewhere =
            |pattern: &str| self.listed.owner(pattern).is_some_and(|owner| owner != account);
        let reading = Reading::new(document, &self.universe, account.as_str(), &elsewhere);
        let reading = Rc::new(reading);
        self.readings.insert(key, Rc::clone(&reading));
        reading
    }

    /// What these policies ask of a caller, and whether they name accounts.
    pub(crate) fn asked_by(&mut self, documents: &[Arc<PolicyDocument>]) -> (Vec<u32>, bool) {
        let mut asked = Vec::new();
        let mut names_accounts = false;
        for document in documents {
            let traits = self.traits(document);
            names_accounts |= traits.names_accounts;
            asked.extend(&traits.questions);
        }
        asked.sort_unstable();
        asked.dedup();
        (asked, names_accounts)
    }

    /// What callers of one profile share in the eyes of policies that ask this: `answers` are the caller's own, and grow.
    pub(crate) fn profile(
        &mut self,
        (asked, names_accounts): &(Vec<u32>, bool),
        caller: &Caller<'_>,
        answers: &mut Answers,
    ) -> Vec<u32> {
        let mut profile = vec![caller.special];
        if *names_accounts {
            profile.extend([self.numbers.text(caller.account()) + 1, self.listed.version]);
        }
        for question in asked {
            let settled = &caller.settled;
            let text = &mut |text: &str| self.numbers.text(text);
            let answer = || self.questions.answer(*question, settled, text);
            profile.push(answers.get_or(*question, answer));
        }
        profile
    }

    /// Adds policies to a layer, and those statements to the guards that are open.
    pub(crate) fn add_to_layer(
        &mut self,
        documents: &[Arc<PolicyDocument>],
        caller: &Caller<'_>,
        number: usize,
        layer: &mut Layer,
        guards: &mut Vec<Guard>,
    ) {
        for document in documents {
            let reading = self.reading(document, caller.membership);
            for (at, statement) in document.statements.iter().enumerate() {
                let Some(open) = open_clauses(statement, &caller.settled) else { continue };
                let Some(read) = reading.statements.get(at) else { continue };
                let (certain, perhaps) = match statement.effect {
                    iam_evaluator::Effect::Allow => (&mut layer.allows, &mut layer.may_allow),
                    iam_evaluator::Effect::Deny => (&mut layer.denies, &mut layer.may_deny),
                };
                read.part.add_to(perhaps);
                let whole = !open.is_empty();
                read.whole.add_to(if whole { perhaps } else { certain });
                if (whole && !read.whole.is_empty()) || !read.part.is_empty() {
                    let guard = Guard {
                        number: self.guard_number(document, at, caller),
                        layer: number,
                        reading: Rc::clone(&reading),
                        at,
                        whole,
                        dimensions: self.dimensions(
                            statement,
                            &open,
                            reading.statements.get(at),
                            caller,
                        ),
                        open,
                        resource: None,
                    };
                    guards.push(guard);
                }
            }
        }
    }

    /// A number that a statement has wherever it means the same.
    fn guard_number(
        &mut self,
        document: &Arc<PolicyDocument>,
        at: usize,
        caller: &Caller<'_>,
    ) -> u32 {
        let Some(statement) = document.statements.get(at) else { return u32::MAX };
        let listed = |pattern: &str| self.listed.owner(pattern).is_some();
        let traits = Traits::of(std::slice::from_ref(statement), &listed, &mut self.questions);
        let asked = (traits.questions, traits.names_accounts);
        let mut key = self.profile(&asked, caller, &mut Answers::default());
        // Neighbours in its policy do not count.
        let written = statement.span.of(&document.text).unwrap_or(&document.text);
        let dialect = [document.version as u32, document.policy_type as u32];
        key.extend([u32::MAX, self.numbers.text(written)]);
        key.extend(dialect);
        self.numbers.key(&key)
    }

    /// What the requests are told apart by for which a statement is open.
    pub(crate) fn dimensions(
        &mut self,
        statement: &Statement,
        open: &[usize],
        read: Option<&reading::Read>,
        caller: &Caller<'_>,
    ) -> Vec<u32> {
        let mut dimensions = Vec::new();
        if read.is_some_and(|read| !read.part.is_empty()) {
            dimensions.push(RESOURCE);
            dimensions.extend(read.filter(|read| read.regional).map(|_| REGION));
        }
        let clauses = open.iter().filter_map(|at| statement.conditions.get(*at));
        let keys = clauses.map(|clause| &clause.key);
        let variables = reading::variables(statement).map(|variable| &variable.key);
        for key in keys.chain(variables.filter(|key| !caller.settled.settles(key))) {
            dimensions.push(self.numbers.dimension(key));
            if key.folded().contains("tag/") && !key.folded().starts_with("aws:requesttag/") {
                // The tags of listed resources are known.
                dimensions.extend([RESOURCE, REGION]);
            }
        }
        dimensions
    }

    /// Drops what no state of the organization needs that somebody still holds, when much has gathered.
    pub(crate) fn forget_unused(&mut self) {
        let kept = |engine: &Self| {
            let parts = engine.grants.len() + engine.guardrails.len() + engine.levels.len();
            parts + engine.agreements.len() + engine.readings.len()
        };
        if kept(self) < self.most_kept {
            return;
        }
        self.grants.retain(|_, it| Rc::strong_count(it) > 1);
        self.guardrails.retain(|_, it| Rc::strong_count(it) > 1);
        self.levels.clear();
        self.readings.clear();
        self.agreements.clear();
        self.traits.clear();
        self.numbers.forget_unused();
        self.most_kept = MOST_KEPT.max(kept(self) * 4);
    }
}

/// How much may gather before the first look at what is still needed.
const MOST_KEPT: usize = 200_000;

/// The clauses of which the caller settles nothing; `None` where one fails that it does settle.
pub(crate) fn open_clauses(statement: &Statement, settled: &Settled<'_>) -> Option<Vec<usize>> {
    let mut open = Vec::new();
    for (at, clause) in statement.conditions.iter().enumerate() {
        if !settled.settles(&clause.key) || names_open_variable(clause, settled) {
            if is_hopeless(clause, settled) {
                return None;
            }
            open.push(at);
        } else if !settled.holds(clause) {
            return None;
        }
    }
    Some(open)
}

/// Whether the clause demands a value that the caller does not have, such as a tag, so that it never holds.
fn is_hopeless(clause: &ConditionClause, settled: &Settled<'_>) -> bool {
    let operator = clause.operator;
    let demands = !operator.negated
        && !operator.if_exists
        && operator.set != Some(SetOperator::ForAllValues)
        && matches!(operator.test, Test::StringEquals | Test::StringLike | Test::Arn);
    let lacks = |value: &iam_evaluator::ConditionValue| {
        let mut variables = value.typed.variables();
        variables.any(|it| settled.settles(&it.key) && settled.value(it).is_none())
    };
    demands && clause.values.iter().all(lacks)
}

fn names_open_variable(clause: &ConditionClause, settled: &Settled<'_>) -> bool {
    let mut variables = clause.values.iter().flat_map(|value| value.typed.variables());
    variables.any(|variable| !settled.settles(&variable.key))
}
