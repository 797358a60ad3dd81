//! The tree on the screen, by the WAI-ARIA tree view pattern: one stop for Tab, arrows inside, everything announced.

use std::collections::BTreeSet;
use std::rc::Rc;

use iam_scenario::{Action, Document};
use yew::prelude::*;

use super::drag::{Dragging, Dropped, dragging};
use super::keys::{Command, Key, command, landing};
use super::legend::sign;
use super::marks::Marks;
use super::nodes::{Kind, Node, state_word};
use super::window::{Window, use_window};
use crate::browser;
use crate::dialog::{Ports, forms};
use crate::effective::{LiveHandle, change_words, impact, tree_chips, use_live};
use crate::icons::{Icon, icon};
use crate::prose::visible;
use crate::selection::Selection;

/// Properties of [`TreeView`].
#[derive(Properties, PartialEq)]
pub struct TreeViewProps {
    /// The document.
    pub document: Rc<Document>,
    /// Its tree.
    pub tree: Rc<Node>,
    /// What each level says to the question.
    pub marks: Rc<Marks>,
    /// The id of the root, OU or account that is open in the middle.
    pub open: Option<AttrValue>,
    /// The way back.
    pub ports: Ports,
}

/// Shows the tree.
#[component]
pub fn TreeView(props: &TreeViewProps) -> Html {
    let TreeViewProps { document, tree, marks, open, ports } = props;
    let folded = use_state(|| tree.folded_at_first());
    let to_focus = use_mut_ref(|| None::<String>);
    use_unfold(tree, open.as_ref(), &folded);
    let active = use_state(|| None::<String>);
    let cut = use_state(|| None::<String>);
    let announced = use_state(String::new);
    let dragged = use_state_eq(|| (None::<String>, None::<String>));
    let live = use_live();

    let visible = tree.visible(&folded);
    let window = use_window(TREE, visible.len());
    let is_visible = |id: &String| visible.iter().any(|node| node.id == *id);
    let at = active.as_ref().filter(|id| is_visible(id)).cloned();
    let at = at.or_else(|| open.as_ref().map(ToString::to_string).filter(is_visible));
    let at = at.unwrap_or_else(|| tree.id.clone());

    let paste = {
        let (document, ports, announced) = (document.clone(), ports.clone(), announced.clone());
        let dragged = dragged.clone();
        Callback::from(move |(id, parent): (String, String)| {
            dragged.set((None, None));
            let words = format!(
                "{} moved to {}.",
                forms::name_of(&document, &id),
                forms::name_of(&document, &parent)
            );
            let action = moving(&document, id, parent);
            if iam_scenario::apply(&document, &action).is_ok() {
                announced.set(words);
            }
            ports.on_action.emit(action);
        })
    };
    let drop = {
        let (document, ports, announced) = (document.clone(), ports.clone(), announced.clone());
        let (dragged, paste) = (dragged.clone(), paste.clone());
        Callback::from(move |dropped: Dropped| match dropped {
            Dropped::Node { id, parent } => paste.emit((id, parent)),
            Dropped::Policy { policy, target } => {
                dragged.set((None, None));
                let name = document.policy(&policy).map_or(policy.as_str(), |it| &it.name);
                announced
                    .set(format!("{name} attached to {}.", forms::name_of(&document, &target)));
                ports.on_action.emit(Action::AttachPolicy { policy, target });
            }
        })
    };
    let run = {
        let (document, ports, paste) = (document.clone(), ports.clone(), paste.clone());
        let (folded, active) = (folded.clone(), active.clone());
        let (cut, announced) = (cut.clone(), announced.clone());
        let to_focus = to_focus.clone();
        move |command: Command| match command {
            Command::Focus(id) => {
                to_focus.replace(Some(id.clone()));
                active.set(Some(id));
            }
            Command::Unfold(id) => folded.set(changed(&folded, |set| set.retain(|it| *it != id))),
            Command::Fold(id) => folded.set(changed(&folded, |set| set.extend([id]))),
            Command::UnfoldAll(ids) => {
                folded.set(changed(&folded, |set| set.retain(|id| !ids.contains(id))));
            }
            Command::Open(id) => ports.on_open.emit(Selection::Target(id)),
            Command::Rename(id) => {
                ports.on_dialog.emit(forms::rename_target(&document, &id).into());
            }
            Command::Delete(id) => ports.on_dialog.emit(removing(&document, &id).into()),
            Command::Cut(id) => {
                let name = forms::name_of(&document, &id);
                announced.set(format!(
                    "{name} is cut. Go to where it should be and press Control V, or Escape."
                ));
                cut.set(Some(id));
            }
            Command::Paste(parent) => {
                if let Some(id) = &*cut {
                    paste.emit((id.clone(), parent));
                    cut.set(None);
                }
            }
            Command::Forget => {
                if cut.is_some() {
                    announced.set("Nothing is moved.".to_owned());
                }
                cut.set(None);
            }
        }
    };
    let onkeydown = {
        let (tree, folded, at, run) = (tree.clone(), folded.clone(), at.clone(), run.clone());
        Callback::from(move |event: KeyboardEvent| {
            let name = event.key();
            let control = event.ctrl_key() || event.meta_key();
            let key = Key { name: &name, control, alt: event.alt_key() };
            if let Some(command) = command(key, &tree, &folded, &at) {
                event.prevent_default();
                event.stop_propagation();
                run(command);
            }
        })
    };
    let news = {
        let dragged = dragged.clone();
        Callback::from(move |news: Dragging| match news {
            Dragging::Begun(id) => dragged.set((Some(id), None)),
            Dragging::Over(landing) => dragged.set((dragged.0.clone(), Some(landing))),
            Dragging::Left => dragged.set((dragged.0.clone(), None)),
            Dragging::Ended => dragged.set((None, None)),
        })
    };
    // Once it is drawn: a row far away was not, until it became the active one.
    use_effect(move || {
        if let Some(id) = to_focus.take() {
            browser::focus(&element_id(&id));
        }
    });
    let ondragleave = news.reform(|_: DragEvent| Dragging::Left);
    // What is dragged over a place, or cut while the focus is there.
    let focused = visible.iter().find(|node| node.id == at).map(|node| landing(node));
    let moved = match (&dragged.0, &dragged.1) {
        (Some(id), Some(landing)) => Some((id.clone(), landing.clone())),
        _ => cut.as_ref().cloned().zip(focused),
    };
    let view = View {
        live: &live,
        news,
        marks,
        folded: &folded,
        at: &at,
        open: open.as_deref(),
        cut: cut.as_deref(),
        run: Callback::from(run),
        drop,
        over: dragged.1.as_deref(),
        window,
    };
    html! {
        <>
            <ul id={TREE} class="tree" role="tree" aria-label="Organization" {onkeydown} {ondragleave}>
                { item(tree, &view, 0) }
            </ul>
            <p class="visually-hidden" role="status">{ &*announced }</p>
            if let Some((id, parent)) = moved {
                <div class="tree-impact">
                    <p>{ format!("{} to {}", forms::name_of(document, &id), forms::name_of(document, &parent)) }</p>
                    { impact(&moving(document, id, parent), document) }
                </div>
            }
        </>
    }
}

/// The id of the tree on the page.
const TREE: &str = "organization-tree";

/// Shows what is open in the middle, also where it was folded away.
#[hook]
fn use_unfold(
    tree: &Rc<Node>,
    open: Option<&AttrValue>,
    folded: &UseStateHandle<BTreeSet<String>>,
) {
    let (tree, folded) = (tree.clone(), folded.clone());
    let hidden = use_mut_ref(|| None::<AttrValue>);
    let to_show = hidden.clone();
    use_effect_with(open.cloned(), move |open| {
        let Some(open) = open else { return };
        let above = tree.above(open);
        if above.iter().any(|id| folded.contains(id)) {
            hidden.replace(Some(open.clone()));
            folded.set(changed(&folded, |set| set.retain(|id| !above.contains(id))));
        }
        browser::bring_into_view(&element_id(open));
    });
    // What had to be unfolded first is there after the next drawing.
    use_effect(move || {
        let shown = to_show.borrow_mut().take_if(|id| browser::exists(&element_id(id)));
        if let Some(id) = shown {
            browser::bring_into_view(&element_id(&id));
        }
    });
}

/// What all items of the tree need to know.
struct View<'a> {
    /// What has changed since the baseline.
    live: &'a LiveHandle,
    /// Something is dragged.
    news: Callback<Dragging>,
    marks: &'a Marks,
    folded: &'a BTreeSet<String>,
    at: &'a str,
    open: Option<&'a str>,
    cut: Option<&'a str>,
    run: Callback<Command>,
    /// Something was dropped.
    drop: Callback<Dropped>,
    /// Where it would land.
    over: Option<&'a str>,
    /// Which rows are drawn.
    window: Window,
}

impl View<'_> {
    fn is_unfolded(&self, node: &Node) -> bool {
        !node.children.is_empty() && !self.folded.contains(&node.id)
    }

    /// How many rows a node has, its own and those below it.
    fn rows(&self, node: &Node) -> usize {
        match self.is_unfolded(node) {
            true => 1 + node.children.iter().map(|child| self.rows(child)).sum::<usize>(),
            false => 1,
        }
    }

    /// Whether a node is drawn wherever it stands: the one that the Tab key goes to, and the one that is open.
    fn keeps(&self, node: &Node) -> bool {
        let here = |id: &str| node.id == id || (self.is_unfolded(node) && node.holds(id));
        here(self.at) || self.open.is_some_and(here)
    }
}

/// An item and, as its sibling, the group of what is below it: so its name is its own words and no others.
/// `first` counts its row.
fn item(node: &Node, view: &View<'_>, first: usize) -> Html {
    let unfolded = view.is_unfolded(node);
    html! {
        <li key={node.id.clone()} role="none">
            { row(node, view, unfolded) }
            if unfolded {
                <ul role="group" id={group_id(&node.id)}>
                    { for below(node, view, first + 1) }
                </ul>
            }
        </li>
    }
}

/// What is below a node: what is near, and empty stretches in the place of what is not.
fn below(node: &Node, view: &View<'_>, mut first: usize) -> Vec<Html> {
    let mut items = Vec::new();
    let mut gap = 0;
    for child in &node.children {
        let rows = view.rows(child);
        if view.window.shows(first, rows) || view.keeps(child) {
            if gap > 0 {
                items.push(view.window.gap(first - gap, gap));
                gap = 0;
            }
            items.push(item(child, view, first));
        } else {
            gap += rows;
        }
        first += rows;
    }
    if gap > 0 {
        items.push(view.window.gap(first - gap, gap));
    }
    items
}

fn row(node: &Node, view: &View<'_>, unfolded: bool) -> Html {
    let mark = view.marks.get(&node.id);
    let selected = view.open == Some(node.id.as_str());
    let class = classes!(
        "tree-row",
        selected.then_some("selected"),
        (view.cut == Some(node.id.as_str())).then_some("cut"),
        (view.over == Some(node.id.as_str())).then_some("drop"),
        mark.is_some_and(|mark| mark.blocks).then_some("blocking"),
    );
    let onclick = {
        let (run, id) = (view.run.clone(), node.id.clone());
        Callback::from(move |_: MouseEvent| {
            run.emit(Command::Focus(id.clone()));
            run.emit(Command::Open(id.clone()));
        })
    };
    let (ondragstart, ondragover, ondrop, ondragend) = dragging(node, &view.drop, &view.news);
    let changes = change_words(view.live, &node.id).map(|words| format!(", {words}"));
    html! {
        <div
            id={element_id(&node.id)}
            role="treeitem"
            aria-level={node.level.to_string()}
            aria-posinset={node.position.to_string()}
            aria-setsize={node.of.to_string()}
            aria-expanded={(!node.children.is_empty()).then(|| unfolded.to_string())}
            aria-selected={selected.to_string()}
            aria-owns={unfolded.then(|| group_id(&node.id))}
            tabindex={if view.at == node.id { "0" } else { "-1" }}
            draggable={(node.kind != Kind::Root).to_string()}
            {class} {onclick} {ondragstart} {ondragover} {ondrop} {ondragend}
        >
            <span class="visually-hidden">{ node.label(view.marks) }{ changes.unwrap_or_default() }</span>
            <span class="tree-words" aria-hidden="true">
                { fold_sign(node, view, unfolded) }
                <span class="tree-kind">{ icon(kind_icon(node.kind)) }</span>
                <span class="tree-name" title={node.name.clone()}><bdi>{ visible(&node.name) }</bdi></span>
                { tree_chips(view.live, &node.id) }
                { chips(node) }
                { mark.map(sign).unwrap_or_default() }
            </span>
        </div>
    }
}

/// For the mouse; keys have the arrows.
fn fold_sign(node: &Node, view: &View<'_>, unfolded: bool) -> Html {
    if node.children.is_empty() {
        return html! { <span class="tree-fold" /> };
    }
    let (run, id) = (view.run.clone(), node.id.clone());
    let onclick = Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        run.emit(match unfolded {
            true => Command::Fold(id.clone()),
            false => Command::Unfold(id.clone()),
        });
    });
    html! {
        <span class={classes!("tree-fold", unfolded.then_some("unfolded"))} {onclick}>{ icon(Icon::Chevron) }</span>
    }
}

fn chips(node: &Node) -> Html {
    let title = format!("Attached here: {}", node.attached.join(", "));
    html! {
        <span class="tree-chips" title={title}>
            if let Kind::Account { management, state } = node.kind {
                if management { <span class="chip">{ "management" }</span> }
                if let Some(word) = state_word(state) { <span class="chip">{ word }</span> }
            }
            if node.scps > 0 { <span class="chip scp">{ format!("{} SCP", node.scps) }</span> }
            if node.rcps > 0 { <span class="chip rcp">{ format!("{} RCP", node.rcps) }</span> }
        </span>
    }
}

fn moving(document: &Document, id: String, parent: String) -> Action {
    match document.account(&id) {
        Some(_) => Action::MoveAccount { id, parent },
        None => Action::MoveOrganizationalUnit { id, parent },
    }
}

fn removing(document: &Document, id: &str) -> crate::dialog::Form {
    match document.account(id) {
        Some(_) => forms::remove_account(document, id),
        None => forms::delete_unit(document, id),
    }
}

fn changed(set: &BTreeSet<String>, change: impl FnOnce(&mut BTreeSet<String>)) -> BTreeSet<String> {
    let mut set = set.clone();
    change(&mut set);
    set
}

/// The id of a node's element on the page.
fn element_id(id: &str) -> String {
    format!("node-{id}")
}

/// The id of the group of what is below a node.
fn group_id(id: &str) -> String {
    format!("below-{id}")
}

/// The icon of a node.
pub fn kind_icon(kind: Kind) -> Icon {
    match kind {
        Kind::Root => Icon::Root,
        Kind::Unit => Icon::Unit,
        Kind::Account { .. } => Icon::Account,
    }
}
