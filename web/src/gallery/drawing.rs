//! A scenario's tree, drawn small: the root, its OUs with a mark for policies, the accounts as dots, and those outside.

use serde_json::Value;
use yew::prelude::*;

use crate::reading::{list, number, text};

const COLUMN: usize = 44;
const ROW: usize = 34;
const MARGIN: usize = 14;
/// The smallest drawing: what is smaller would be drawn too large.
const SMALLEST: (usize, usize) = (200, 84);

/// A node with its place: `x` in half columns, so that a parent stands between its children.
struct Node<'a> {
    it: &'a Value,
    x: usize,
    depth: usize,
    parent: Option<(usize, usize)>,
}

/// Draws the tree. It says nothing that the words beside it do not say, so it is hidden from those who listen.
pub fn draw(tree: &Value) -> Html {
    let mut nodes = Vec::new();
    let mut columns = 0;
    if let Some(root) = tree.get("root").filter(|it| it.is_object()) {
        place(root, 0, &mut columns, &mut nodes);
    }
    let outside = number(tree, "outside");
    let rows = nodes.iter().map(|node| node.depth + 1).max().unwrap_or(1);
    let wide = (columns + outside.min(3)) * COLUMN;
    let (width, height) = (wide.max(SMALLEST.0), (rows * ROW + MARGIN).max(SMALLEST.1));
    let (left, top) = ((width - wide) / 2, MARGIN + (height - MARGIN - rows * ROW) / 2);
    let at = |x: usize, depth: usize| (left + x * COLUMN / 2 + COLUMN / 2, top + depth * ROW);
    let middle = rows.saturating_sub(1).min(1);
    html! {
        <svg class="gallery-drawing" viewBox={format!("0 0 {width} {height}")} aria-hidden="true">
            { for nodes.iter().filter_map(|node| line(node, at)) }
            { for nodes.iter().map(|node| shown(node, at(node.x, node.depth))) }
            { for (0..outside.min(3)).map(|number| stranger(at((columns + number) * 2, middle))) }
        </svg>
    }
}

/// Gives each node its place, children first; returns the node's own.
fn place<'a>(it: &'a Value, depth: usize, columns: &mut usize, nodes: &mut Vec<Node<'a>>) -> usize {
    let first = nodes.len();
    let places: Vec<usize> =
        list(it, "units").map(|unit| place(unit, depth + 1, columns, nodes)).collect();
    let x = match (places.first(), places.last()) {
        (Some(first), Some(last)) => usize::midpoint(*first, *last),
        _ => {
            *columns += 1;
            (*columns - 1) * 2
        }
    };
    for node in nodes.iter_mut().skip(first).filter(|node| node.depth == depth + 1) {
        node.parent = Some((x, depth));
    }
    nodes.push(Node { it, x, depth, parent: None });
    x
}

fn line(node: &Node<'_>, at: impl Fn(usize, usize) -> (usize, usize)) -> Option<Html> {
    let (x, depth) = node.parent?;
    let ((from_x, from_y), (x, y)) = (at(x, depth), at(node.x, node.depth));
    let middle = usize::midpoint(from_y, y);
    let path = format!("M{from_x} {from_y}V{middle}H{x}V{y}");
    Some(html! { <path class="gallery-line" d={path} /> })
}

/// A node: a box, filled where policies limit it, and its accounts below.
fn shown(node: &Node<'_>, (x, y): (usize, usize)) -> Html {
    let limited = number(node.it, "policies") > 0;
    let accounts = number(node.it, "accounts").min(4);
    let first = (x + 4).saturating_sub(accounts * 4);
    html! {
        <g>
            <rect class={classes!("gallery-node", limited.then_some("limited"))} x={(x - 14).to_string()} y={(y - 8).to_string()} width="28" height="16" rx="4">
                <title>{ text(node.it, "name").to_owned() }</title>
            </rect>
            if limited { <path class="gallery-shield" d={format!("M{x} {}l4 1.5v2.5q0 3-4 4.5q-4-1.5-4-4.5v-2.5z", y - 5)} /> }
            { for (0..accounts).map(|number| html! { <circle class="gallery-account" cx={(first + number * 8).to_string()} cy={(y + 14).to_string()} r="2.5" /> }) }
        </g>
    }
}

/// An account outside the organization.
fn stranger((x, y): (usize, usize)) -> Html {
    html! { <circle class="gallery-outside" cx={x.to_string()} cy={y.to_string()} r="7" /> }
}
