//! Moving by drag and drop: an extra, for everything can be moved by keys and in the details as well.

use yew::prelude::*;

use super::keys::landing;
use super::nodes::Node;

/// What happens when dragging begins, goes over, and ends.
type DragCallbacks = (Callback<DragEvent>, Callback<DragEvent>, Callback<DragEvent>);

/// Makes a node one that can be dragged, and on which others can be dropped.
pub fn dragging(node: &Node, drop: &Callback<(String, String)>) -> DragCallbacks {
    const TYPE: &str = "application/x-scp-playground";
    let (id, landing, drop) = (node.id.clone(), landing(node), drop.clone());
    let start = Callback::from(move |event: DragEvent| {
        event.stop_propagation();
        if let Some(data) = event.data_transfer() {
            data.set_data(TYPE, &id).ok();
            data.set_effect_allowed("move");
        }
    });
    let over = Callback::from(|event: DragEvent| {
        let types = event.data_transfer().map(|data| data.types());
        if types.is_some_and(|types| types.includes(&TYPE.into(), 0)) {
            event.prevent_default();
        }
    });
    let dropped = Callback::from(move |event: DragEvent| {
        let id = event.data_transfer().and_then(|data| data.get_data(TYPE).ok());
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            event.prevent_default();
            drop.emit((id, landing.clone()));
        }
    });
    (start, over, dropped)
}
