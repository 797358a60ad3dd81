//! Moving by drag and drop: an extra, for everything can be moved by keys and in the details as well.

use yew::prelude::*;

use super::keys::landing;
use super::nodes::Node;

/// What happens when dragging begins, goes over, ends by a drop, and ends.
type DragCallbacks =
    (Callback<DragEvent>, Callback<DragEvent>, Callback<DragEvent>, Callback<DragEvent>);

/// What there is to know while something is dragged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dragging {
    /// This is dragged.
    Begun(String),
    /// It would land in this root or OU.
    Over(String),
    /// It is over.
    Ended,
}

/// Makes a node one that can be dragged, and on which others can be dropped.
pub fn dragging(
    node: &Node,
    drop: &Callback<(String, String)>,
    news: &Callback<Dragging>,
) -> DragCallbacks {
    const TYPE: &str = "application/x-scp-playground";
    let (id, landing, drop) = (node.id.clone(), landing(node), drop.clone());
    let (began, goes_over, over_landing) = (news.clone(), news.clone(), landing.clone());
    let ended = news.reform(|_: DragEvent| Dragging::Ended);
    let start = Callback::from(move |event: DragEvent| {
        event.stop_propagation();
        began.emit(Dragging::Begun(id.clone()));
        if let Some(data) = event.data_transfer() {
            data.set_data(TYPE, &id).ok();
            data.set_effect_allowed("move");
        }
    });
    let over = Callback::from(move |event: DragEvent| {
        let types = event.data_transfer().map(|data| data.types());
        if types.is_some_and(|types| types.includes(&TYPE.into(), 0)) {
            event.prevent_default();
            goes_over.emit(Dragging::Over(over_landing.clone()));
        }
    });
    let dropped = Callback::from(move |event: DragEvent| {
        let id = event.data_transfer().and_then(|data| data.get_data(TYPE).ok());
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            event.prevent_default();
            drop.emit((id, landing.clone()));
        }
    });
    (start, over, dropped, ended)
}
