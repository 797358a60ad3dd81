//! What is kept while policies are read: the complete trace, or nothing but the decision.

use std::sync::Arc;

use super::gates::{Denied, Outcome};
use crate::evaluation::{
    ClauseTrace, Gate, GateOutcome, GateTrace, LevelTrace, NotApplicable, PolicyTrace, Reason,
    StatementResult, StatementTrace,
};
use crate::facts::Found;
use crate::few::sort_few_by_key;
use crate::organization::TargetIndex;
use crate::policy::{Effect, Policy};

/// Takes note of what is read, in order. `DecisionOnly` keeps nothing, so that the compiler removes the calls.
pub(super) trait Recorder {
    /// Whether only the decision is wanted: then whatever cannot change it need not be read.
    const DECISION_ONLY: bool;

    fn gate(&mut self, _: Gate) {}
    fn not_applicable(&mut self, _: NotApplicable) {}
    fn level(&mut self, _: Option<TargetIndex>) {}
    fn policy(&mut self, _: &Arc<Policy>) {}
    fn clause(&mut self, _holds: bool, _: &Found<'_>) {}
    fn statement(&mut self, _: Effect, _: StatementResult) {}
    fn level_outcome(&mut self, _: Outcome) {}
    fn gate_outcome(&mut self, _: Outcome) {}
    fn blocks(&mut self, _: impl Fn(Gate) -> bool) {}

    /// An explicit deny settles the decision.
    fn explicit_deny(&mut self, gate: Gate) -> Result<(), Denied> {
        if Self::DECISION_ONLY { Err(Denied { gate }) } else { Ok(()) }
    }
}

/// Keeps nothing.
pub(super) struct DecisionOnly;

impl Recorder for DecisionOnly {
    const DECISION_ONLY: bool = true;
}

/// Keeps everything.
#[derive(Default)]
pub(super) struct Trace {
    gates: Vec<GateTrace>,
    clauses: Vec<ClauseTrace>,
}

/// The order in which AWS asks the gates, in which the trace is given.
const ORDER: [Gate; 7] = [
    Gate::ResourceControlPolicy,
    Gate::ServiceControlPolicy,
    Gate::VpcEndpointPolicy,
    Gate::ResourcePolicy,
    Gate::IdentityPolicy,
    Gate::PermissionsBoundary,
    Gate::SessionPolicy,
];

impl Trace {
    /// The gates in AWS's order. Where the answer needed no policy, nothing was read and none blocks.
    pub(super) fn finish(mut self, reason: Reason) -> Vec<GateTrace> {
        debug_assert!(reason == Reason::GetCallerIdentity || self.gates.len() == ORDER.len());
        sort_few_by_key(&mut self.gates, |trace| ORDER.iter().position(|gate| *gate == trace.gate));
        self.gates
    }

    fn last_level(&mut self) -> Option<&mut LevelTrace> {
        self.gates.last_mut()?.levels.last_mut()
    }
}

impl Recorder for Trace {
    const DECISION_ONLY: bool = false;

    fn gate(&mut self, gate: Gate) {
        self.gates.push(GateTrace {
            gate,
            outcome: GateOutcome::ImplicitDeny,
            blocks: false,
            levels: Vec::new(),
        });
    }

    fn not_applicable(&mut self, reason: NotApplicable) {
        if let Some(gate) = self.gates.last_mut() {
            gate.outcome = GateOutcome::NotApplicable(reason);
        }
    }

    fn level(&mut self, target: Option<TargetIndex>) {
        if let Some(gate) = self.gates.last_mut() {
            gate.levels.push(LevelTrace {
                target,
                outcome: GateOutcome::ImplicitDeny,
                policies: Vec::new(),
            });
        }
    }

    fn policy(&mut self, policy: &Arc<Policy>) {
        if let Some(level) = self.last_level() {
            let statements = Vec::with_capacity(policy.document.statements.len());
            level.policies.push(PolicyTrace { policy: Arc::clone(policy), statements });
        }
    }

    fn clause(&mut self, holds: bool, found: &Found<'_>) {
        self.clauses.push(ClauseTrace { holds, found: found.iter().map(Into::into).collect() });
    }

    fn statement(&mut self, effect: Effect, result: StatementResult) {
        let conditions = std::mem::take(&mut self.clauses);
        if let Some(policy) = self.last_level().and_then(|level| level.policies.last_mut()) {
            policy.statements.push(StatementTrace { effect, result, conditions });
        }
    }

    fn level_outcome(&mut self, outcome: Outcome) {
        if let Some(level) = self.last_level() {
            level.outcome = outcome.traced(level.outcome);
        }
    }

    fn gate_outcome(&mut self, outcome: Outcome) {
        if let Some(gate) = self.gates.last_mut() {
            gate.outcome = outcome.traced(gate.outcome);
        }
    }

    fn blocks(&mut self, blocks: impl Fn(Gate) -> bool) {
        for trace in &mut self.gates {
            trace.blocks = blocks(trace.gate);
        }
    }
}
