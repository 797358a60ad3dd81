//! A scenario's tree, drawn small for its card: the root, its OUs with a mark where policies limit them, the accounts as
//! dots, those outside dashed. The drawing is part of the index, as paths, so that the page only shows it.

use iam_scenario::{Document, OrganizationalUnit};
use serde_json::{Value, json};

const COLUMN: usize = 44;
const ROW: usize = 34;
const MARGIN: usize = 14;
/// The smallest drawing: what is smaller would be shown too large.
const SMALLEST: (usize, usize) = (200, 84);

/// A node with its place: `x` in half columns, so that a parent stands between its children.
struct Node<'a> {
    unit: &'a OrganizationalUnit,
    x: usize,
    depth: usize,
    parent: Option<(usize, usize)>,
}

/// The paths of the drawing, by the class that gives them their look.
#[derive(Default)]
struct Paths {
    line: String,
    node: String,
    limited: String,
    shield: String,
    account: String,
    outside: String,
}

/// Draws the tree.
pub fn draw(document: &Document) -> Value {
    let mut nodes = Vec::new();
    let mut columns = 0;
    if let Some(organization) = document.organization() {
        place(&organization.root, 0, &mut columns, &mut nodes);
    }
    let outside =
        document.accounts().iter().filter(|it| !document.is_member(&it.id)).count().min(3);
    let rows = nodes.iter().map(|node| node.depth + 1).max().unwrap_or(1);
    let wide = (columns + outside) * COLUMN;
    let (width, height) = (wide.max(SMALLEST.0), (rows * ROW + MARGIN).max(SMALLEST.1));
    let (left, top) = ((width - wide) / 2, MARGIN + (height - MARGIN - rows * ROW) / 2);
    let at = |x: usize, depth: usize| (left + x * COLUMN / 2 + COLUMN / 2, top + depth * ROW);
    let mut paths = Paths::default();
    for node in &nodes {
        paths.add(node, at);
    }
    for number in 0..outside {
        circle(&mut paths.outside, at((columns + number) * 2, rows.min(2) - 1), 7);
    }
    let Paths { line, node, limited, shield, account, outside } = paths;
    let drawn = [line, node, limited, shield, account, outside];
    json!({ "viewBox": format!("0 0 {width} {height}"), "paths": drawn })
}

/// Gives each node its place, children first; returns the node's own.
fn place<'a>(
    unit: &'a OrganizationalUnit,
    depth: usize,
    columns: &mut usize,
    nodes: &mut Vec<Node<'a>>,
) -> usize {
    let first = nodes.len();
    let children = unit.organizational_units.iter();
    let places: Vec<usize> = children.map(|unit| place(unit, depth + 1, columns, nodes)).collect();
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
    nodes.push(Node { unit, x, depth, parent: None });
    x
}

impl Paths {
    fn add(&mut self, node: &Node<'_>, at: impl Fn(usize, usize) -> (usize, usize)) {
        let (x, y) = at(node.x, node.depth);
        if let Some((parent, depth)) = node.parent {
            let (from_x, from_y) = at(parent, depth);
            let middle = usize::midpoint(from_y, y);
            self.line.push_str(&format!("M{from_x} {from_y}V{middle}H{x}V{y}"));
        }
        let limited = node.unit.attached_policies.iter().any(|id| id != "p-FullAWSAccess");
        let boxes = if limited { &mut self.limited } else { &mut self.node };
        let corner = "a4 4 0 0 1";
        boxes.push_str(&format!(
            "M{} {}h20{corner} 4 4v8{corner}-4 4h-20{corner}-4-4v-8{corner} 4-4z",
            x - 10,
            y - 8
        ));
        if limited {
            self.shield.push_str(&format!("M{x} {}l4 1.5v2.5q0 3-4 4.5q-4-1.5-4-4.5v-2.5z", y - 5));
        }
        let accounts = node.unit.accounts.len().min(4);
        let first = (x + 4).saturating_sub(accounts * 4);
        for number in 0..accounts {
            circle(&mut self.account, (first + number * 8, y + 14), 2);
        }
    }
}

fn circle(path: &mut String, (x, y): (usize, usize), radius: usize) {
    let (left, wide) = (x - radius, 2 * radius);
    path.push_str(&format!(
        "M{left} {y}a{radius} {radius} 0 1 0 {wide} 0a{radius} {radius} 0 1 0-{wide} 0z"
    ));
}
