use std::collections::BTreeSet;
use std::rc::Rc;

use iam_evaluator::GateOutcome;
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
    assert!(!marks.contains_key("ou-corp-sandbox00"), "not on the way");
}

#[test]
fn the_management_account_has_a_decision_and_no_level_a_say() {
    let marks = painted(4);
    assert_eq!(marks["111111111111"].verdict, Some(Decision::Allowed));
    assert_eq!(marks.len(), 1);
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
