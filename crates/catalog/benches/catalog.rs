//! How long it takes to read the catalogue and to ask it.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iam_catalog::{Catalog, ManagedPolicies};

const ACTIONS: &[u8] = include_bytes!("../data/catalog.bin");
const POLICIES: &[u8] = include_bytes!("../data/catalog-policies.bin");

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    group.bench_function("actions", |b| b.iter(|| Catalog::decode(black_box(ACTIONS)).is_ok()));
    group.bench_function("policies", |b| {
        b.iter(|| ManagedPolicies::decode(black_box(POLICIES)).is_ok());
    });
    group.finish();
}

fn ask(criterion: &mut Criterion) {
    let Ok(catalog) = Catalog::decode(ACTIONS) else { return };
    let Ok(policies) = ManagedPolicies::decode(POLICIES) else { return };
    let mut group = criterion.benchmark_group("ask");
    group.bench_function("one action", |b| {
        b.iter(|| catalog.action(black_box("ec2:RunInstances")).map(|action| action.index()));
    });
    group.bench_function("a name that does not exist", |b| {
        b.iter(|| {
            catalog.nearest_action(black_box("ec2:RunInstance")).map(|action| action.index())
        });
    });
    group.bench_function("all condition keys of an action", |b| {
        let action = catalog.action("ec2:RunInstances");
        b.iter(|| black_box(action).map(|action| action.all_condition_keys()));
    });
    for pattern in ["s3:GetObject", "ec2:Describe*", "iam:*AccessKey*", "ec2:*", "*"] {
        group.bench_function(format!("expand {pattern}"), |b| {
            b.iter(|| catalog.expand(black_box(pattern)));
        });
    }
    group.bench_function("expand every action of ReadOnlyAccess", |b| {
        let json = policies.policy("arn:aws:iam::aws:policy/ReadOnlyAccess").map(|p| p.json());
        let patterns: Vec<&str> =
            json.unwrap_or_default().split('"').filter(|text| text.contains(':')).collect();
        b.iter(|| patterns.iter().map(|pattern| catalog.expand(pattern).len()).sum::<usize>());
    });
    group.finish();
}

mod groups {
    use super::{ask, criterion_group, read};

    criterion_group!(all, read, ask);
}

criterion_main!(groups::all);
