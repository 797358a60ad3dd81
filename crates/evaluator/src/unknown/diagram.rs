//! Decision diagrams: boolean functions over variables that have finitely many values each.
//!
//! A diagram is kept reduced and shared, so that two equal functions are one node: always true is one comparison, and
//! joining functions of different variables adds their sizes instead of multiplying them.

use std::collections::BTreeMap;

/// A function in a [`Diagram`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Function(u32);

impl Function {
    pub(super) const FALSE: Self = Self(0);
    pub(super) const TRUE: Self = Self(1);

    pub(super) fn constant(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }
}

/// The diagram grew past its budget: the question stays open.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooLarge;

/// One variable's place in the order and the function for each of its values.
type Node = (usize, Box<[Function]>);

/// Functions over variables that are numbered from 0; each variable has as many values as it has choices.
#[derive(Debug, Default)]
pub(super) struct Diagram {
    /// Those behind the two constants.
    nodes: Vec<Node>,
    known: BTreeMap<Node, Function>,
    joined: BTreeMap<(bool, Function, Function), Function>,
}

/// As many nodes as a person's policies never need; a crafted policy ends here instead of in a hanging page.
const BUDGET: usize = 50_000;

impl Diagram {
    /// True where the variable has one of the chosen values.
    pub(super) fn choice(
        &mut self,
        variable: usize,
        chosen: &[bool],
    ) -> Result<Function, TooLarge> {
        self.node((variable, chosen.iter().map(|chosen| Function::constant(*chosen)).collect()))
    }

    pub(super) fn and(&mut self, left: Function, right: Function) -> Result<Function, TooLarge> {
        self.join(true, left, right)
    }

    pub(super) fn or(&mut self, left: Function, right: Function) -> Result<Function, TooLarge> {
        self.join(false, left, right)
    }

    pub(super) fn not(&mut self, function: Function) -> Result<Function, TooLarge> {
        match function {
            Function::TRUE => Ok(Function::FALSE),
            Function::FALSE => Ok(Function::TRUE),
            _ => {
                let key = (true, function, function);
                // `f and f` is never joined, so this entry is free to keep the negation.
                if let Some(known) = self.joined.get(&key) {
                    return Ok(*known);
                }
                let Some((variable, children)) = self.get(function).cloned() else {
                    return Ok(function);
                };
                let negated: Result<Box<[Function]>, TooLarge> =
                    children.iter().map(|child| self.not(*child)).collect();
                let result = self.node((variable, negated?))?;
                self.joined.insert(key, result);
                Ok(result)
            }
        }
    }

    /// One choice for each variable that makes the function true; variables that do not matter are left out.
    pub(super) fn witness(&self, function: Function) -> Option<Vec<(usize, usize)>> {
        let mut choices = Vec::new();
        let mut at = function;
        while let Some((variable, children)) = self.get(at) {
            // Reduced nodes are never constantly false, so a child that is not FALSE leads to TRUE.
            let (value, child) =
                children.iter().enumerate().find(|(_, child)| **child != Function::FALSE)?;
            choices.push((*variable, value));
            at = *child;
        }
        (at == Function::TRUE).then_some(choices)
    }

    /// The variables that the function depends on, and for each the values, apart from the others.
    pub(super) fn support(&self, function: Function, into: &mut Vec<usize>) {
        let mut waiting = vec![function];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(at) = waiting.pop() {
            if let Some((variable, children)) = self.get(at)
                && seen.insert(at)
            {
                if !into.contains(variable) {
                    into.push(*variable);
                }
                waiting.extend(children.iter().copied());
            }
        }
    }

    fn get(&self, function: Function) -> Option<&Node> {
        self.nodes.get((function.0 as usize).checked_sub(2)?)
    }

    fn node(&mut self, node: Node) -> Result<Function, TooLarge> {
        if let Some(first) = node.1.first()
            && node.1.iter().all(|child| child == first)
        {
            return Ok(*first);
        }
        if let Some(known) = self.known.get(&node) {
            return Ok(*known);
        }
        if self.nodes.len() >= BUDGET {
            return Err(TooLarge);
        }
        let function = Function(u32::try_from(self.nodes.len() + 2).map_err(|_| TooLarge)?);
        self.nodes.push(node.clone());
        self.known.insert(node, function);
        Ok(function)
    }

    /// Both (`and`) or at least one. The recursion is as deep as there are variables.
    fn join(&mut self, and: bool, left: Function, right: Function) -> Result<Function, TooLarge> {
        let (absorbing, neutral) =
            if and { (Function::FALSE, Function::TRUE) } else { (Function::TRUE, Function::FALSE) };
        if left == absorbing || right == absorbing {
            return Ok(absorbing);
        }
        if left == neutral || left == right {
            return Ok(right);
        }
        if right == neutral {
            return Ok(left);
        }
        let key = (and, left.min(right), left.max(right));
        if let Some(known) = self.joined.get(&key) {
            return Ok(*known);
        }
        let (Some((of_left, left_children)), Some((of_right, right_children))) =
            (self.get(left).cloned(), self.get(right).cloned())
        else {
            return Ok(absorbing);
        };
        let variable = of_left.min(of_right);
        let children: Result<Box<[Function]>, TooLarge> = if of_left == of_right {
            left_children.iter().zip(&right_children).map(|(l, r)| self.join(and, *l, *r)).collect()
        } else if of_left < of_right {
            left_children.iter().map(|l| self.join(and, *l, right)).collect()
        } else {
            right_children.iter().map(|r| self.join(and, left, *r)).collect()
        };
        let result = self.node((variable, children?))?;
        self.joined.insert(key, result);
        Ok(result)
    }
}
