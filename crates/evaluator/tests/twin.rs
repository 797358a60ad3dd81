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
use twin::context::owner;
use twin::decide::decide;
use twin::generate::{DEV, question, world};
use twin::model::{Attached, Question, World};

/// Worlds are costly to make: four questions are asked in each.
fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.div_ceil(4), failure_persistence: None, ..config }
}

fn questions() -> impl Strategy<Value = Vec<Question>> {
    prop::collection::vec(question(), 4)
}

proptest! {
    #![proptest_config(config())]

    /// Both decide alike.
    #[test]
    fn twins_agree(world in world(), questions in questions()) {
        let organization = build::organization(&world);
        for question in questions {
            let found = build::decision(&organization, &question);
            prop_assert_eq!(found, decide(&world, &question), "{:?}", question);
        }
    }

    /// Moving an account changes nothing for those who have nothing to do with it.
    #[test]
    fn moves_concern_nobody_else(world in world(), questions in questions(), place in prop::option::of(0..3_usize)) {
        let after = build::organization(&moved(&world, place));
        let before = build::organization(&world);
        for question in questions {
            let concerned = [question.caller.account(), owner(&world, &question).as_deref()].contains(&Some(DEV));
            if !concerned {
                let found = build::decision(&after, &question);
                prop_assert_eq!(build::decision(&before, &question), found, "{:?}", question);
            }
        }
    }

    /// Moving an account changes results only through its path: where neither the policies on the way nor the names of
    /// the OUs differ, nothing does.
    #[test]
    fn moves_count_through_the_path_alone(world in world(), questions in questions(), [from, to] in [0..3_usize, 0..3_usize]) {
        let mut world = world;
        let (root, below) = world.levels.split_first_mut().unwrap();
        let full = serde_json::json!({ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": "*", "Resource": "*" }] });
        root.scps.push(full.clone());
        below.fill(Attached { scps: vec![full], rcps: vec![] });
        let before = build::organization(&moved(&world, Some(from)));
        let after = build::organization(&moved(&world, Some(to)));
        for question in questions.into_iter().map(without_paths) {
            let found = build::decision(&after, &question);
            prop_assert_eq!(build::decision(&before, &question), found, "{:?}", question);
        }
    }
}

fn moved(world: &World, place: Option<usize>) -> World {
    let mut world = world.clone();
    let account = world.accounts.iter_mut().find(|account| account.id == DEV);
    account.unwrap().place = place;
    world
}

/// The keys that tell the path are taken away.
fn without_paths(mut question: Question) -> Question {
    question.context.push(("aws:PrincipalOrgPaths", vec![]));
    question.context.push(("aws:ResourceOrgPaths", vec![]));
    question
}
