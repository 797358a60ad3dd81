use std::collections::BTreeSet;
use std::mem::discriminant;
use std::rc::Rc;

use iam_evaluator::{Gate, GateOutcome, survey};
use iam_scenario::{Compiled, Decision};

use super::keys::{Command, Key, command};
use super::marks::{Marks, marks};
use super::nodes::{Node, tree};
use super::view::{TreeView, TreeViewProps};
use crate::dialog::Ports;
use crate::question::{Question, ask};
use crate::testing;

const DEVELOPMENT: &str = "ou-corp-development";

fn seed_tree() -> Node {
    tree(&crate::seed::document()).unwrap()
}

fn painted(request: usize) -> Marks {
    let document = crate::seed::document();
    let compiled = Compiled::new(&document);
    let answer = ask(&compiled, &Question::of(&document, request).unwrap()).unwrap();
    marks(&compiled, &answer)
}

fn press(name: &str, active: &str, folded: &[&str]) -> Option<Command> {
    let key = Key { name, control: false, alt: false };
    let folded: BTreeSet<String> = folded.iter().map(|id| (*id).to_owned()).collect();
    command(key, &seed_tree(), &folded, active)
}

fn focus(id: &str) -> Option<Command> {
    Some(Command::Focus(id.to_owned()))
}

#[test]
fn the_blocking_level_is_marked_and_the_others_say_what_they_leave() {
    let marks = painted(0);
    assert!(matches!(marks["r-corp"].outcome, Some(GateOutcome::Allow(_))));
    assert!(!marks["r-corp"].blocks);
    assert_eq!(marks[DEVELOPMENT].outcome, Some(GateOutcome::ExplicitDeny));
    assert!(marks[DEVELOPMENT].blocks);
    assert_eq!(marks["999999999999"].verdict, Some(Decision::ExplicitDeny));
    assert!(!marks[DEVELOPMENT].elsewhere);
    assert_eq!(marks.len(), 18, "every node says something");
}

#[test]
fn the_survey_says_what_the_decision_says_on_the_way() {
    let document = crate::seed::document();
    let compiled = Compiled::new(&document);
    let mut levels = 0;
    for index in 0..document.requests().len() {
        let answer = ask(&compiled, &Question::of(&document, index).unwrap()).unwrap();
        let surveyed = survey(compiled.organization(), &answer.request);
        let Some(gate) = answer.evaluation.gate(Gate::ServiceControlPolicy) else { continue };
        for level in &gate.levels {
            let there = surveyed.iter().find(|it| Some(it.target) == level.target).unwrap();
            assert_eq!(discriminant(&there.level), discriminant(&level.outcome));
            levels += 1;
        }
        if let Some(last) = gate.levels.last() {
            let there = surveyed.iter().find(|it| Some(it.target) == last.target).unwrap();
            assert_eq!(discriminant(&there.together), discriminant(&gate.outcome));
        }
    }
    assert!(levels > 20);
}

#[test]
fn a_large_tree_is_folded_where_accounts_would_fill_the_screen() {
    assert!(seed_tree().folded_at_first().is_empty());
    assert_eq!(seed_tree().above("999999999999"), ["r-corp", "ou-corp-workloads", DEVELOPMENT]);
    let mut tree = seed_tree();
    let account = tree.children.pop().unwrap();
    tree.children[0].children = vec![account; 200];
    assert_eq!(tree.folded_at_first().into_iter().collect::<Vec<_>>(), ["ou-corp-security"]);
}

#[test]
fn what_is_off_the_way_says_what_would_be_there() {
    let marks = painted(0);
    let production = marks["666666666666"];
    assert!(production.elsewhere && matches!(production.outcome, Some(GateOutcome::Allow(_))));
    assert_eq!(production.words(), "SCPs would leave this here");
    let management = marks["111111111111"];
    assert_eq!(management.words(), "no SCP would reach the caller here");
}

#[test]
fn the_management_account_has_a_decision_and_no_level_a_say() {
    let marks = painted(4);
    assert_eq!(marks["111111111111"].verdict, Some(Decision::Allowed));
    assert!(marks.iter().all(|(id, mark)| mark.elsewhere || id == "111111111111"));
}

#[test]
fn the_frame_shows_the_tree_before_the_program_is_there() {
    let frame = include_str!("../../../index.html");
    let mut rest = frame;
    for node in seed_tree().visible(&BTreeSet::new()) {
        let name = format!("<span class=\"tree-name\">{}</span>", node.name);
        let found = rest.split_once(&name);
        rest = found.map(|(_, behind)| behind).unwrap_or_else(|| {
            panic!("index.html lacks {} in its place: see `frame` in boot.css", node.name)
        });
    }
}

#[test]
fn a_node_is_read_out_with_all_that_is_seen() {
    let marks = painted(0);
    let tree = seed_tree();
    let label = |id: &str| {
        let nodes = tree.visible(&BTreeSet::new());
        nodes.into_iter().find(|node| node.id == id).unwrap().label(&marks)
    };
    assert_eq!(label(DEVELOPMENT), "Development, organizational unit, 1 SCP, denies this");
    assert_eq!(
        label("999999999999"),
        "Development, account, allows this, the caller: denied explicitly"
    );
    assert_eq!(label("r-corp"), "Root, root, 4 SCPs, 1 RCP, allows this");
}

#[test]
fn arrows_walk_through_what_is_visible() {
    assert_eq!(press("ArrowDown", "r-corp", &[]), focus("ou-corp-security"));
    assert_eq!(
        press("ArrowDown", "ou-corp-security", &["ou-corp-security"]),
        focus("ou-corp-infrastructure")
    );
    assert_eq!(press("ArrowUp", "r-corp", &[]), None);
    assert_eq!(press("End", "r-corp", &[]), focus("111111111111"));
    assert_eq!(press("Home", DEVELOPMENT, &[]), focus("r-corp"));
}

#[test]
fn right_and_left_unfold_fold_and_go_in_and_out() {
    let unfold = Some(Command::Unfold(DEVELOPMENT.to_owned()));
    assert_eq!(press("ArrowRight", DEVELOPMENT, &[DEVELOPMENT]), unfold);
    assert_eq!(press("ArrowRight", DEVELOPMENT, &[]), focus("999999999999"));
    assert_eq!(press("ArrowRight", "999999999999", &[]), None);
    let fold = Some(Command::Fold(DEVELOPMENT.to_owned()));
    assert_eq!(press("ArrowLeft", DEVELOPMENT, &[]), fold);
    assert_eq!(press("ArrowLeft", DEVELOPMENT, &[DEVELOPMENT]), focus("ou-corp-workloads"));
    assert_eq!(press("ArrowLeft", "999999999999", &[]), focus(DEVELOPMENT));
}

#[test]
fn letters_find_names_and_go_round() {
    assert_eq!(press("d", "r-corp", &[]), focus("777777777777"));
    assert_eq!(press("D", "777777777777", &[]), focus(DEVELOPMENT));
    assert_eq!(press("d", "999999999999", &[]), focus("777777777777"));
    assert_eq!(press("x", "r-corp", &[]), None);
}

#[test]
fn the_root_is_neither_moved_nor_deleted_and_accounts_land_beside_accounts() {
    assert_eq!(press("Delete", "r-corp", &[]), None);
    assert_eq!(press("Delete", DEVELOPMENT, &[]), Some(Command::Delete(DEVELOPMENT.to_owned())));
    let control = |name, active: &str| {
        command(Key { name, control: true, alt: false }, &seed_tree(), &BTreeSet::new(), active)
    };
    assert_eq!(control("x", "r-corp"), None);
    assert_eq!(control("x", "999999999999"), Some(Command::Cut("999999999999".to_owned())));
    assert_eq!(control("v", "999999999999"), Some(Command::Paste(DEVELOPMENT.to_owned())));
}

#[test]
fn the_tree_has_the_roles_and_levels_of_its_pattern() {
    let (document, _, _, _) = testing::seed();
    let html = testing::html::<TreeView>(TreeViewProps {
        tree: Rc::new(tree(&document).unwrap()),
        document,
        marks: Rc::new(painted(0)),
        open: Some(DEVELOPMENT.into()),
        ports: Ports::nowhere(),
    });
    assert_eq!(html.matches("role=\"tree\"").count(), 1);
    assert_eq!(html.matches("role=\"treeitem\"").count(), 18);
    assert_eq!(html.matches("tabindex=\"0\"").count(), 1, "one stop for Tab");
    for attribute in
        ["role=\"group\"", "aria-level=\"4\"", "aria-expanded=\"true\"", "aria-selected=\"true\""]
    {
        assert!(html.contains(attribute), "{attribute}");
    }
    assert!(html.contains(">blocks<"));
}
