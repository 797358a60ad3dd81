//! Moving and attaching by drag and drop: an extra, for all of it goes by keys and in the details as well.

use yew::prelude::*;

use super::keys::landing;
use super::nodes::Node;

/// What a root, OU or account is carried as.
const NODE: &str = "application/x-scp-playground";
/// What a policy is carried as.
const POLICY: &str = "application/x-scp-playground-policy";

/// What happens when dragging begins, goes over, ends by a drop, and ends.
type DragCallbacks =
    (Callback<DragEvent>, Callback<DragEvent>, Callback<DragEvent>, Callback<DragEvent>);

/// What there is to know while something is dragged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dragging {
    /// This is dragged.
    Begun(String),
    /// It would land in this root or OU; a policy would be attached to it.
    Over(String),
    /// It is no longer over the tree.
    Left,
    /// It is over.
    Ended,
}

/// What was dropped on a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropped {
    /// The root, OU or account `id` into `parent`.
    Node {
        /// What is moved.
        id: String,
        /// Where it lands.
        parent: String,
    },
    /// A policy onto a root, OU or account.
    Policy {
        /// The id of the policy.
        policy: String,
        /// What it is attached to.
        target: String,
    },
}

/// Makes something carry a policy when it is dragged.
pub fn carries_policy(id: &str) -> Callback<DragEvent> {
    let id = id.to_owned();
    Callback::from(move |event: DragEvent| {
        if let Some(data) = event.data_transfer() {
            data.set_data(POLICY, &id).ok();
            data.set_effect_allowed("link");
        }
    })
}

fn carries(event: &DragEvent, kind: &str) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&kind.into(), 0))
}

fn carried(event: &DragEvent, kind: &str) -> Option<String> {
    let data = event.data_transfer()?.get_data(kind).ok()?;
    Some(data).filter(|data| !data.is_empty())
}

/// Makes a node one that can be dragged, and on which others and policies can be dropped.
pub fn dragging(node: &Node, drop: &Callback<Dropped>, news: &Callback<Dragging>) -> DragCallbacks {
    let (id, landing, drop) = (node.id.clone(), landing(node), drop.clone());
    let (began, goes_over, over_landing) = (news.clone(), news.clone(), landing.clone());
    let ended = news.reform(|_: DragEvent| Dragging::Ended);
    let (over_id, target) = (node.id.clone(), node.id.clone());
    let start = Callback::from(move |event: DragEvent| {
        event.stop_propagation();
        began.emit(Dragging::Begun(id.clone()));
        if let Some(data) = event.data_transfer() {
            data.set_data(NODE, &id).ok();
            data.set_effect_allowed("move");
        }
    });
    let over = Callback::from(move |event: DragEvent| {
        let at = match (carries(&event, NODE), carries(&event, POLICY)) {
            (true, _) => &over_landing,
            (_, true) => &over_id,
            _ => return,
        };
        event.prevent_default();
        goes_over.emit(Dragging::Over(at.clone()));
    });
    let dropped = Callback::from(move |event: DragEvent| {
        let node = carried(&event, NODE).map(|id| Dropped::Node { id, parent: landing.clone() });
        let policy = || {
            let policy = carried(&event, POLICY)?;
            Some(Dropped::Policy { policy, target: target.clone() })
        };
        if let Some(dropped) = node.or_else(policy) {
            event.prevent_default();
            drop.emit(dropped);
        }
    });
    (start, over, dropped, ended)
}
