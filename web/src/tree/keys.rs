//! The keyboard in the tree: what a key means where the focus is. By the WAI-ARIA tree view pattern.

use std::collections::BTreeSet;

use iam_evaluator::fold;

use super::nodes::{Kind, Node};

/// What a key asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Move the focus to this node.
    Focus(String),
    /// Show what is below this node.
    Unfold(String),
    /// Hide what is below this node.
    Fold(String),
    /// Show what is below all of these.
    UnfoldAll(Vec<String>),
    /// Open this node in the middle.
    Open(String),
    /// Rename this node.
    Rename(String),
    /// Delete or remove this node.
    Delete(String),
    /// Begin to move this node.
    Cut(String),
    /// Move what was cut into this root or OU.
    Paste(String),
    /// Do not move after all.
    Forget,
}

/// A key with what is held down.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The browser's name of the key.
    pub name: &'a str,
    /// Control, or Command on a Mac.
    pub control: bool,
    /// Alt.
    pub alt: bool,
}

/// What a key means while the focus is on the node `active`.
pub fn command(
    key: Key<'_>,
    tree: &Node,
    folded: &BTreeSet<String>,
    active: &str,
) -> Option<Command> {
    let visible = tree.visible(folded);
    let at = visible.iter().position(|node| node.id == active)?;
    let node = *visible.get(at)?;
    let focus = |node: Option<&&Node>| node.map(|node| Command::Focus(node.id.clone()));
    let id = || node.id.clone();
    if key.alt {
        return None;
    }
    if key.control {
        return match key.name {
            "x" | "X" if node.kind != Kind::Root => Some(Command::Cut(id())),
            "v" | "V" => Some(Command::Paste(landing(node))),
            _ => None,
        };
    }
    let is_folded = folded.contains(&node.id);
    match key.name {
        "ArrowDown" => focus(visible.get(at + 1)),
        "ArrowUp" => focus(at.checked_sub(1).and_then(|before| visible.get(before))),
        "Home" => focus(visible.first()),
        "End" => focus(visible.last()),
        "ArrowRight" if node.children.is_empty() => None,
        "ArrowRight" if is_folded => Some(Command::Unfold(id())),
        "ArrowRight" => focus(visible.get(at + 1)),
        "ArrowLeft" if !is_folded && !node.children.is_empty() => Some(Command::Fold(id())),
        "ArrowLeft" => node.parent.clone().map(Command::Focus),
        "Enter" | " " => Some(Command::Open(id())),
        "F2" => Some(Command::Rename(id())),
        "Delete" if node.kind != Kind::Root => Some(Command::Delete(id())),
        "Escape" => Some(Command::Forget),
        "*" => Some(Command::UnfoldAll(siblings(tree, node))),
        letter if letter.chars().count() == 1 => {
            let after = visible.iter().skip(at + 1).chain(visible.iter().take(at));
            focus(after.into_iter().find(|node| begins_with(&node.name, letter)))
        }
        _ => None,
    }
}

/// Where something lands that is dropped on a node: an account lies in what it stands in.
pub fn landing(node: &Node) -> String {
    match (&node.kind, &node.parent) {
        (Kind::Account { .. }, Some(parent)) => parent.clone(),
        _ => node.id.clone(),
    }
}

fn siblings(tree: &Node, node: &Node) -> Vec<String> {
    let everything = tree.visible(&BTreeSet::new());
    let parent = everything.into_iter().find(|it| Some(&it.id) == node.parent.as_ref());
    let siblings = parent.map_or(std::slice::from_ref(node), |parent| &parent.children);
    siblings.iter().map(|sibling| sibling.id.clone()).collect()
}

fn begins_with(name: &str, letter: &str) -> bool {
    fold(name).starts_with(&fold(letter))
}
