//! How long one decision takes, beside the crate `iam-rs` in the same run.
//!
//! `simple.json`: one user, one statement. `moderate.json`: three levels of SCPs, two of RCPs, five conditional identity
//! statements, a boundary and a resource policy across accounts. Policies are compiled before the clock runs, here
//! and for the peer, which knows neither organizations nor boundaries: it is asked once for each set of policies.

#![expect(clippy::expect_used, reason = "a bench whose scenario cannot be read must stop")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iam_evaluator::{Evaluation, decide, evaluate};
use iam_rs::{
    Context, ContextValue, IAMPolicy, IAMRequest, PolicyEvaluator, Principal, PrincipalId,
};
use iam_scenario::{Compiled, Document, question};

fn benches(criterion: &mut Criterion) {
    scenario(criterion, "simple", include_str!("simple.json"));
    scenario(criterion, "moderate", include_str!("moderate.json"));
}

fn scenario(criterion: &mut Criterion, name: &str, text: &str) {
    let document = Document::from_json(text).expect("the bench's scenario is valid");
    let compiled = Compiled::new(&document);
    let written = document.requests().first().expect("the bench's scenario has a request");
    let request = question(written, None).expect("the bench's request is valid");
    let organization = compiled.organization();
    let evaluation = evaluate(organization, &request);
    assert_eq!(Some(compiled_word(&evaluation)), written.expect.map(|it| it.as_str()), "{name}");

    let mut group = criterion.benchmark_group(name);
    group.bench_function("decide", |bencher| {
        bencher.iter(|| decide(black_box(organization), black_box(&request)));
    });
    group.bench_function("evaluate, with trace", |bencher| {
        bencher.iter(|| evaluate(black_box(organization), black_box(&request)));
    });
    let peer = Peer::new(&evaluation, written);
    assert_eq!(
        peer.decide(),
        compiled_word(&evaluation) == "allowed",
        "{name}: the peer decides otherwise"
    );
    group.bench_function("iam-rs 0.8", |bencher| bencher.iter(|| black_box(&peer).decide()));
    group.finish();
}

fn compiled_word(evaluation: &Evaluation) -> &'static str {
    evaluation.decision().as_str()
}

/// The same question to `iam-rs`: each set of policies that must allow is an evaluator of its own.
struct Peer {
    sets: Vec<PolicyEvaluator>,
    request: IAMRequest,
}

impl Peer {
    fn new(evaluation: &Evaluation, request: &iam_scenario::Request) -> Self {
        let levels = evaluation.gates.iter().flat_map(|gate| &gate.levels);
        let sets = levels.filter(|level| !level.policies.is_empty()).map(|level| {
            let policies = level.policies.iter().map(|policy| {
                serde_json::from_str::<IAMPolicy>(&policy.policy.document.text)
                    .expect("the peer reads the policy")
            });
            PolicyEvaluator::with_policies(policies.collect())
        });
        let principal = Principal::Aws(PrincipalId::String(request.principal.clone()));
        let resource = iam_rs::Arn::parse(&request.resource).expect("the peer reads the ARN");
        let mut context = Context::new();
        for (key, value) in request.context.iter() {
            if let iam_scenario::ContextValue::One(value) = value {
                let typed = match value.as_str() {
                    "true" => ContextValue::Boolean(true),
                    "false" => ContextValue::Boolean(false),
                    text => ContextValue::String(text.to_owned()),
                };
                context.insert(key.to_owned(), typed);
            }
        }
        let request =
            IAMRequest::new_with_context(principal, request.action.clone(), resource, context);
        Self { sets: sets.collect(), request }
    }

    /// Nothing denies. Sets of RCPs hold no Allow, so they need none.
    fn decide(&self) -> bool {
        let mut allowed = true;
        for set in &self.sets {
            match set.evaluate(&self.request).map(|result| result.decision) {
                Ok(iam_rs::Decision::Deny) | Err(_) => return false,
                Ok(iam_rs::Decision::NotApplicable) => allowed = allowed && self.sets.len() > 1,
                Ok(iam_rs::Decision::Allow) => {}
            }
        }
        allowed
    }
}

criterion_group!(all, benches);
criterion_main!(all);
