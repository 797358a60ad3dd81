//! How long it takes to know what everybody can do, printed once for each size: a quick look beside the benches.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is measured must exist")]

#[path = "../benches/support/mod.rs"]
mod support;

use std::time::Instant;

use iam_effective::{Difference, Engine, Verdict};
use support::Company;

/// The time that this thread has run, so that a busy machine does not count.
fn on_cpu() -> std::time::Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|it| it.parse().ok());
    std::time::Duration::from_nanos(nanoseconds.unwrap_or_default())
}

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    for accounts in if sizes.is_empty() { vec![10, 100, 1000] } else { sizes } {
        let start = Instant::now();
        let mut company = Company::new(accounts, 20, 1);
        let organization = company.organization();
        println!("{accounts} accounts: made in {:?}", start.elapsed());
        let start = Instant::now();
        let mut engine = Engine::new(support::universe());
        println!("  universe of {} actions: {:?}", engine.universe().len(), start.elapsed());
        let start = on_cpu();
        let first = engine.compute(&organization);
        println!("  first: {:?}", on_cpu() - start);
        let mut all = iam_effective::Totals::default();
        first.accounts().for_each(|account| all.add(account.totals()));
        println!("  {:?}", Verdict::ALL.map(|verdict| all.of(verdict)));
        let actions = ["s3:DeleteBucket", "s3:PutObject", "ec2:RunInstances", "sns:Publish"];
        let rounds = std::env::var("ROUNDS").map_or(12, |it| it.parse().unwrap());
        let mut edit = |what: &str, edit: &mut dyn FnMut(&mut Company, usize)| {
            let mut times = Vec::new();
            for turn in 0..rounds {
                edit(&mut company, turn);
                let organization = company.organization();
                let start = on_cpu();
                let effective = engine.compute(&organization);
                times.push(on_cpu() - start);
                drop(effective);
            }
            times.sort();
            println!("  {what}: {:?} at best, {:?} in the middle", times[0], times[rounds / 2]);
        };
        edit("an SCP at the root", &mut |company, turn| company.with_protected(actions[turn % 4]));
        edit("regions at the root", &mut |company, turn| {
            company
                .with_regions(&["eu-west-1", ["us-east-1", "eu-central-1", "us-west-2"][turn % 3]])
        });
        edit("an SCP at an OU", &mut |company, turn| {
            company.with_denied_at_unit(0, actions[turn % 4])
        });
        edit("the policy of a role", &mut |company, turn| {
            company.with_role_policy(0, &format!("s3:*{turn}"));
        });
        company.with_protected("s3:DeleteObject");
        let last = engine.compute(&company.organization());
        let start = Instant::now();
        println!("  {:?}", Difference::between(&first, &last).changes());
        println!("  the difference: {:?}", start.elapsed());
    }
}
