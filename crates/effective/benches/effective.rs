//! How long it takes to know what everybody can do: at first, and again after an edit.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is measured must exist")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use iam_effective::{Difference, Engine, Totals, Verdict};
use iam_evaluator::Organization;
use support::Company;

/// Accounts, and principals in each.
const SIZES: [(usize, usize); 4] = [(10, 20), (100, 20), (1_000, 20), (10_000, 2)];
const PROTECTED: [&str; 2] = ["s3:DeleteBucket", "sns:Publish"];

fn edits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("after an edit");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for (accounts, principals) in SIZES {
        let mut company = Company::new(accounts, principals, 1);
        let mut engine = Engine::new(support::universe());
        let baseline = engine.compute(&company.organization());
        let turn = &mut 0;
        let mut next = |edit: &dyn Fn(&mut Company, usize)| -> Arc<Organization> {
            *turn += 1;
            edit(&mut company, *turn);
            company.organization()
        };
        let size = BenchmarkId::new("an SCP at the root", accounts);
        group.bench_function(size, |b| {
            let edit =
                |company: &mut Company, turn: usize| company.with_protected(PROTECTED[turn % 2]);
            b.iter_batched(|| next(&edit), |it| engine.compute(&it), BatchSize::PerIteration);
        });
        let size = BenchmarkId::new("the regions at the root", accounts);
        group.bench_function(size, |b| {
            let edit = |company: &mut Company, turn: usize| {
                company.with_regions(&["eu-west-1", ["us-east-1", "us-west-2"][turn % 2]]);
            };
            b.iter_batched(|| next(&edit), |it| engine.compute(&it), BatchSize::PerIteration);
        });
        let size = BenchmarkId::new("an SCP at an OU", accounts);
        group.bench_function(size, |b| {
            let edit = |company: &mut Company, turn: usize| {
                company.with_denied_at_unit(0, PROTECTED[turn % 2])
            };
            b.iter_batched(|| next(&edit), |it| engine.compute(&it), BatchSize::PerIteration);
        });
        let size = BenchmarkId::new("the policy of a role", accounts);
        group.bench_function(size, |b| {
            let edit = |company: &mut Company, turn: usize| {
                company.with_role_policy(0, &format!("s3:Get{turn}*"));
            };
            b.iter_batched(|| next(&edit), |it| engine.compute(&it), BatchSize::PerIteration);
        });
        let now = engine.compute(&company.organization());
        group.bench_function(BenchmarkId::new("the difference to a baseline", accounts), |b| {
            b.iter(|| Difference::between(&baseline, &now).changes());
        });
    }
    group.finish();
}

fn first(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("at first");
    group.sample_size(10);
    for (accounts, principals) in [(10, 20), (100, 20)] {
        let organization = Company::new(accounts, principals, 1).organization();
        group.bench_function(BenchmarkId::new("everybody", accounts), |b| {
            let fresh = || Engine::new(support::universe());
            b.iter_batched(
                fresh,
                |mut engine| engine.compute(&organization),
                BatchSize::PerIteration,
            );
        });
    }
    group.bench_function("the universe", |b| b.iter(support::universe));
    group.finish();
}

fn one(criterion: &mut Criterion) {
    let mut company = Company::new(10, 20, 1);
    let mut engine = Engine::new(support::universe());
    let arn = company.with_role_policy(0, "s3:*");
    let effective = engine.compute(&company.organization());
    let mut group = criterion.benchmark_group("one principal");
    group.bench_function("all its cells", |b| {
        let role = effective.principal(&arn).unwrap();
        b.iter(|| role.cells(engine.universe()).totals(engine.universe()).of(Verdict::Allowed));
    });
    group.bench_function("all totals of an account", |b| {
        b.iter(|| {
            let mut all = Totals::default();
            effective.accounts().for_each(|account| all.add(account.totals()));
            all
        });
    });
    group.finish();
}

mod groups {
    use super::{criterion_group, edits, first, one};

    criterion_group!(all, one, edits, first);
}

criterion_main!(groups::all);
