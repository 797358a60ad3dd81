//! The explanation as JSON: the whole trace in the words of the page, for the command line and JavaScript.
//!
//! The evaluator's trace is made of ids and enums; here it gets names and sentences. The shape is public: members are
//! added, never renamed or taken away.

use iam_evaluator::{
    GateOutcome, GateTrace, Grant, LevelTrace, Organization, PolicyTrace, Severity, Statement,
    StatementResult, StatementTrace, TargetIndex, TargetKind, explanation,
};
use serde::Serialize;

use crate::{Answer, Compiled, Decision, Flip};

/// Why a request is decided as it is.
///
/// ```
/// use iam_scenario::{Compiled, Document, Explanation};
///
/// let document = Document::from_json(r#"{ "format": 1, "accounts": [{ "id": "222222222222" }],
///     "requests": [{ "principal": "arn:aws:iam::222222222222:root", "action": "s3:ListAllMyBuckets" }] }"#)?;
/// let compiled = Compiled::new(&document);
/// let answer = compiled.ask(&document.requests()[0], None)?;
/// let trace = serde_json::to_value(Explanation::new(&compiled, &answer))?;
/// assert_eq!(trace["decision"], "allowed");
/// assert_eq!(trace["gates"][0]["gate"], "ResourceControlPolicy");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    decision: Decision,
    summary: String,
    cross_account: bool,
    causes: Vec<Cause>,
    gates: Vec<Gate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flips: Vec<FlippedBy>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_needed: Vec<AlsoNeeded>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Warning>,
}

#[derive(Debug, Clone, Serialize)]
struct Cause {
    gate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<usize>,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct Gate {
    gate: &'static str,
    outcome: &'static str,
    blocks: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<&'static str>,
    levels: Vec<Level>,
}

#[derive(Debug, Clone, Serialize)]
struct Level {
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Target>,
    outcome: &'static str,
    policies: Vec<ReadPolicy>,
}

#[derive(Debug, Clone, Serialize)]
struct Target {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    name: String,
}

#[derive(Debug, Clone, Serialize)]
struct ReadPolicy {
    name: String,
    #[serde(rename = "type")]
    policy_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<String>,
    statements: Vec<ReadStatement>,
}

#[derive(Debug, Clone, Serialize)]
struct ReadStatement {
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    effect: &'static str,
    applies: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    differs: Option<&'static str>,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<ReadClause>,
}

#[derive(Debug, Clone, Serialize)]
struct ReadClause {
    operator: String,
    key: String,
    wanted: Vec<String>,
    found: Vec<String>,
    holds: bool,
}

/// A single change after which the decision is another one.
#[derive(Debug, Clone, Serialize)]
struct FlippedBy {
    change: String,
    decision: Decision,
}

/// Another action that AWS asks for in the same call.
#[derive(Debug, Clone, Serialize)]
struct AlsoNeeded {
    action: String,
    decision: Decision,
    message: String,
}

/// What AWS would refuse in a policy that took part: what could not be understood in it did not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The name of the policy.
    pub policy: String,
    /// The code of the diagnostic.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
}

impl Explanation {
    /// Puts an answer's trace into words, without what would flip it.
    pub fn new(compiled: &Compiled, answer: &Answer) -> Explanation {
        let (organization, evaluation) = (compiled.organization(), &answer.evaluation);
        let causes = explanation::causes(organization, &answer.request, evaluation).into_iter();
        Explanation {
            decision: answer.decision(),
            summary: explanation::summary(evaluation),
            cross_account: evaluation.cross_account,
            causes: causes.map(|it| cause(organization, it)).collect(),
            gates: evaluation.gates.iter().map(|it| gate(organization, answer, it)).collect(),
            flips: Vec::new(),
            also_needed: also_needed(compiled, answer),
            notes: explanation::notes(organization, &answer.request, evaluation),
            warnings: answer.warnings(),
        }
    }

    /// Adds what would flip the answer: see [`Compiled::flips`].
    pub fn with_flips(mut self, flips: &[Flip]) -> Explanation {
        let said =
            flips.iter().map(|it| FlippedBy { change: it.label.clone(), decision: it.decision });
        self.flips = said.collect();
        self
    }
}

fn also_needed(compiled: &Compiled, answer: &Answer) -> Vec<AlsoNeeded> {
    let needed = answer.also_needed(compiled).into_iter().map(|it| AlsoNeeded {
        action: it.request.action.as_str().to_owned(),
        decision: it.decision(),
        message: it.message(compiled),
    });
    needed.collect()
}

fn cause(organization: &Organization, cause: explanation::Cause) -> Cause {
    let policy = cause.policy.as_ref();
    let statements = policy.map(|policy| &policy.document.statements);
    let written = cause.statement.and_then(|at| statements.and_then(|all| all.get(at)));
    Cause {
        gate: cause.gate.as_str(),
        target: cause
            .target
            .and_then(|index| organization.target(index))
            .map(|it| it.id.to_string()),
        policy: policy.map(|policy| policy.name.to_string()),
        statement: written.map(|statement| statement.index),
        text: cause.text,
    }
}

fn gate(organization: &Organization, answer: &Answer, trace: &GateTrace) -> Gate {
    let why = match trace.outcome {
        GateOutcome::NotApplicable(reason) => Some(explanation::not_applicable(trace.gate, reason)),
        GateOutcome::Allow(Some(grant)) => Some(explanation::grant(grant)),
        GateOutcome::Allow(None) | GateOutcome::ImplicitDeny | GateOutcome::ExplicitDeny => None,
    };
    let granted = match trace.outcome {
        GateOutcome::Allow(grant) => grant.map(Grant::as_str),
        _ => None,
    };
    Gate {
        gate: trace.gate.as_str(),
        outcome: outcome(trace.outcome),
        blocks: trace.blocks,
        why,
        grant: granted,
        levels: trace.levels.iter().map(|it| level(organization, answer, it)).collect(),
    }
}

fn outcome(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::NotApplicable(_) => "notApplicable",
        GateOutcome::Allow(_) => "allowed",
        GateOutcome::ImplicitDeny => "implicitDeny",
        GateOutcome::ExplicitDeny => "explicitDeny",
    }
}

fn level(organization: &Organization, answer: &Answer, trace: &LevelTrace) -> Level {
    Level {
        target: trace.target.and_then(|index| target(organization, index)),
        outcome: outcome(trace.outcome),
        policies: trace.policies.iter().map(|it| policy(answer, it)).collect(),
    }
}

fn target(organization: &Organization, index: TargetIndex) -> Option<Target> {
    let target = organization.target(index)?;
    let kind = match target.kind {
        TargetKind::Root => "ROOT",
        TargetKind::OrganizationalUnit => "ORGANIZATIONAL_UNIT",
        TargetKind::Account => "ACCOUNT",
    };
    Some(Target { kind, id: target.id.to_string(), name: target.name.to_string() })
}

fn policy(answer: &Answer, trace: &PolicyTrace) -> ReadPolicy {
    let written = &trace.policy;
    let statements = written.document.statements.iter().zip(&trace.statements);
    ReadPolicy {
        name: written.name.to_string(),
        policy_type: written.document.policy_type.name(),
        arn: written.arn().map(str::to_owned),
        statements: statements.map(|(written, read)| statement(answer, written, read)).collect(),
    }
}

fn statement(answer: &Answer, written: &Statement, read: &StatementTrace) -> ReadStatement {
    let conditions =
        written.conditions.iter().zip(&read.conditions).map(|(clause, read)| ReadClause {
            operator: clause.operator.to_string(),
            key: clause.key.to_string(),
            wanted: clause.values.iter().map(|value| value.text.to_string()).collect(),
            found: read.found.iter().map(ToString::to_string).collect(),
            holds: read.holds,
        });
    ReadStatement {
        index: written.index,
        sid: written.sid.as_ref().map(ToString::to_string),
        effect: read.effect.as_str(),
        applies: matches!(read.result, StatementResult::Applies(_)),
        grant: match read.result {
            StatementResult::Applies(grant) => grant.map(Grant::as_str),
            _ => None,
        },
        differs: match read.result {
            StatementResult::Applies(_) => None,
            StatementResult::PrincipalDiffers => Some("Principal"),
            StatementResult::ActionDiffers => Some("Action"),
            StatementResult::ResourceDiffers => Some("Resource"),
            StatementResult::ConditionFails(_) => Some("Condition"),
        },
        text: explanation::statement(&answer.request, written, read),
        conditions: conditions.collect(),
    }
}

impl Answer {
    /// Returns what AWS would refuse in the policies that took part: the decision is about less than what was written.
    pub fn warnings(&self) -> Vec<Warning> {
        let broken = self.evaluation.policies_with_errors().into_iter();
        let warnings = broken.flat_map(|policy| {
            let errors = policy.document.diagnostics.iter();
            errors.filter(|it| it.severity() == Severity::Error).map(|it| Warning {
                policy: policy.name.to_string(),
                code: it.code.as_str(),
                message: it.message.clone(),
            })
        });
        warnings.collect()
    }
}
