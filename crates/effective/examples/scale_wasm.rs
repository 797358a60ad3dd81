//! The same organizations in a browser's engine: `cargo xtask bench --wasm` calls these functions and takes the time.

#![expect(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is measured must exist; the names say what it is"
)]

#[path = "../benches/support/mod.rs"]
mod support;

use std::sync::Arc;

use iam_effective::{Difference, Effective, Engine, Verdict};
use iam_evaluator::{Action, Organization, Request, RequestPrincipal, RequestResource};
use support::Company;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub struct Scale {
    company: Company,
    engine: Engine,
    organization: Arc<Organization>,
    baseline: Option<Effective>,
    now: Option<Effective>,
    arn: String,
}

#[wasm_bindgen]
impl Scale {
    #[wasm_bindgen(constructor)]
    pub fn new(accounts: usize, principals: usize) -> Scale {
        let company = Company::new(accounts, principals, 1);
        let organization = company.organization();
        let engine = Engine::new(support::universe());
        Scale { company, engine, organization, baseline: None, now: None, arn: String::new() }
    }

    /// Computes the state that the last edit made; how many actions of principals are allowed in it.
    pub fn compute(&mut self) -> f64 {
        let effective = self.engine.compute(&self.organization);
        let allowed: u64 = effective.accounts().map(|it| it.totals().of(Verdict::Allowed)).sum();
        self.baseline.get_or_insert_with(|| effective.clone());
        self.now = Some(effective);
        allowed as f64
    }

    pub fn edit_root(&mut self, turn: usize) {
        let protected = ["s3:DeleteBucket", "sns:Publish", "ec2:RunInstances", "s3:PutObject"];
        self.company.with_protected(protected.get(turn % 4).copied().unwrap_or_default());
        self.organization = self.company.organization();
    }

    pub fn edit_regions(&mut self, turn: usize) {
        let other = ["us-east-1", "us-west-2", "eu-central-1"].get(turn % 3);
        self.company.with_regions(&["eu-west-1", other.copied().unwrap_or_default()]);
        self.organization = self.company.organization();
    }

    pub fn edit_unit(&mut self, turn: usize) {
        let denied = ["s3:DeleteBucket", "sns:Publish", "ec2:RunInstances", "s3:PutObject"];
        self.company.with_denied_at_unit(0, denied.get(turn % 4).copied().unwrap_or_default());
        self.organization = self.company.organization();
    }

    pub fn edit_role(&mut self, turn: usize) {
        self.arn = self.company.with_role_policy(0, &format!("s3:*{turn}"));
        self.organization = self.company.organization();
    }

    /// Computes the edited role alone, all actions, its policy never seen before.
    pub fn one_principal(&mut self) -> f64 {
        let asked = || {
            let principal = RequestPrincipal::parse(&self.arn).ok()?;
            Some(Request::new(
                principal,
                Action::parse("s3:GetObject").ok()?,
                RequestResource::None,
            ))
        };
        let Some(request) = asked() else { return 0.0 };
        let permissions = self.engine.permissions_of(&self.organization, &request);
        let cells = permissions.map(|it| it.cells(self.engine.universe()));
        cells.map_or(0.0, |it| it.totals(self.engine.universe()).of(Verdict::Allowed) as f64)
    }

    pub fn difference(&self) -> f64 {
        let states = self.baseline.as_ref().zip(self.now.as_ref());
        states.map_or(0.0, |(before, after)| {
            Difference::between(before, after).changes().denied as f64
        })
    }
}

#[wasm_bindgen]
pub fn memory_size() -> f64 {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) as f64 * 65536.0;
    #[cfg(not(target_arch = "wasm32"))]
    0.0
}
