//! How long it takes to know what everybody can do, printed once for each size: a quick look beside the benches.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is measured must exist")]

#[path = "../benches/support/mod.rs"]
mod support;

use std::time::Instant;

use iam_effective::{Difference, Engine, Verdict};
use support::Company;

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
        let time = |what: &str, start: Instant| println!("  {what}: {:?}", start.elapsed());
        let start = Instant::now();
        let first = engine.compute(&organization);
        time("first", start);
        let mut all = iam_effective::Totals::default();
        first.accounts().for_each(|account| all.add(account.totals()));
        println!("  {:?}", Verdict::ALL.map(|verdict| all.of(verdict)));
        company.with_protected("s3:DeleteBucket");
        let organization = company.organization();
        let start = Instant::now();
        let second = engine.compute(&organization);
        time("an SCP at the root", start);
        let start = Instant::now();
        println!("  {:?}", Difference::between(&first, &second).changes());
        time("the difference", start);
        company.with_regions(&["eu-west-1", "eu-central-1"]);
        let organization = company.organization();
        let start = Instant::now();
        engine.compute(&organization);
        time("other regions at the root", start);
        company.with_denied_at_unit(0, "s3:PutObject");
        let organization = company.organization();
        let start = Instant::now();
        engine.compute(&organization);
        time("an SCP at an OU", start);
        let arn = company.with_role_policy(0, "s3:*");
        let organization = company.organization();
        let start = Instant::now();
        let effective = engine.compute(&organization);
        time("the policy of a role", start);
        let start = Instant::now();
        let cells = effective.principal(&arn).unwrap().cells(engine.universe());
        time("its cells", start);
        println!("  {:?}", cells.counts(0..engine.universe().places()));
    }
}
