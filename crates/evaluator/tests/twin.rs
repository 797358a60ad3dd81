//! A slow twin of the evaluator, written from the rules alone, that must agree with it on random organizations.
//!
//! The twin works on policies as JSON values, turns every pattern into a regular expression and keeps nothing from one
//! question to the next. Where the two disagree, the written rules say who is right, and the case goes to
//! `tests/cases/twin.json`. `PROPTEST_CASES=200000 cargo test --release --test twin` tries for longer.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a twin that cannot read what its own generator writes must fail"
)]

mod twin {
    pub mod build;
    pub mod clauses;
    pub mod condition;
    pub mod context;
    pub mod decide;
    pub mod generate;
    pub mod glob;
    pub mod model;
    pub mod policies;
    pub mod statement;
}

use proptest::prelude::*;
use twin::build;
use twin::decide::decide;
use twin::generate::{question, world};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Both decide alike.
    #[test]
    fn twins_agree(world in world(), question in question()) {
        prop_assert_eq!(build::decision(&world, &question), decide(&world, &question));
    }
}
