//! The tree as it is drawn: what stands below what, what is folded, and what is visible.

use std::collections::BTreeSet;
use std::sync::Arc;

use iam_scenario::{
    Account, AccountState, Document, OrganizationalUnit, PolicyType, built_in::FULL_AWS_ACCESS,
};

use super::marks::{Mark, Marks};
use crate::prose::visible;

/// A root, OU or account with what is below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The id of what it stands in.
    pub parent: Option<String>,
    /// How deep it stands; the root at 1.
    pub level: usize,
    /// Its place among its siblings, from 1.
    pub position: usize,
    /// How many siblings there are, itself included.
    pub of: usize,
    /// The names of all policies attached to it.
    pub attached: Vec<String>,
    /// How many SCPs are attached beside `FullAWSAccess`.
    pub scps: usize,
    /// How many RCPs are attached beside `RCPFullAWSAccess`.
    pub rcps: usize,
    /// What stands below it.
    pub children: Vec<Node>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The root.
    Root,
    /// An organizational unit.
    Unit,
    /// An account.
    Account {
        /// No SCP and no RCP reaches it.
        management: bool,
        /// Between creation and closure.
        state: AccountState,
    },
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Root => "root",
            Kind::Unit => "organizational unit",
            Kind::Account { management: true, .. } => "management account",
            Kind::Account { .. } => "account",
        }
    }
}

/// Makes the tree of a document; `None` where there is no organization.
pub fn tree(document: &Document) -> Option<Node> {
    let organization = document.organization()?;
    Some(unit(document, &organization.root, None, (1, 1, 1)))
}

/// `place`: level, position, number of siblings.
fn unit(
    document: &Document,
    unit_of: &Arc<OrganizationalUnit>,
    parent: Option<&str>,
    (level, position, of): (usize, usize, usize),
) -> Node {
    let id = unit_of.id.as_str();
    let accounts: Vec<_> = unit_of.accounts.iter().filter_map(|id| document.account(id)).collect();
    let below = accounts.len() + unit_of.organizational_units.len();
    let places = (1..).map(|position| (level + 1, position, below));
    let units = unit_of.organizational_units.iter().zip(places.clone());
    let units = units.map(|(it, place)| unit(document, it, Some(id), place));
    let accounts = accounts.iter().zip(places.skip(unit_of.organizational_units.len()));
    let accounts = accounts.map(|(it, place)| account(document, it, id, place));
    let (attached, scps, rcps) = attached(document, &unit_of.attached_policies);
    Node {
        id: id.to_owned(),
        name: unit_of.name.clone(),
        kind: if parent.is_some() { Kind::Unit } else { Kind::Root },
        parent: parent.map(str::to_owned),
        level,
        position,
        of,
        attached,
        scps,
        rcps,
        children: units.chain(accounts).collect(),
    }
}

fn account(
    document: &Document,
    account: &Account,
    parent: &str,
    (level, position, of): (usize, usize, usize),
) -> Node {
    let management =
        document.organization().is_some_and(|it| it.is_management_account(&account.id));
    let (attached, scps, rcps) = attached(document, &account.attached_policies);
    Node {
        id: account.id.clone(),
        name: account.name.clone(),
        kind: Kind::Account { management, state: account.state },
        parent: Some(parent.to_owned()),
        level,
        position,
        of,
        attached,
        scps,
        rcps,
        children: Vec::new(),
    }
}

fn attached(document: &Document, ids: &[String]) -> (Vec<String>, usize, usize) {
    let policies: Vec<_> = ids.iter().filter_map(|id| document.policy(id)).collect();
    let count = |of: PolicyType| {
        let counted = policies.iter().filter(|it| it.policy_type == of && it.id != FULL_AWS_ACCESS);
        counted.count()
    };
    let (scps, rcps) =
        (count(PolicyType::ServiceControlPolicy), count(PolicyType::ResourceControlPolicy));
    (policies.iter().map(|policy| policy.name.clone()).collect(), scps, rcps)
}

impl Node {
    /// Every node that is not inside a folded one, in the order of the screen.
    pub fn visible<'a>(&'a self, folded: &BTreeSet<String>) -> Vec<&'a Node> {
        let mut nodes = vec![self];
        if !folded.contains(&self.id) {
            nodes.extend(self.children.iter().flat_map(|child| child.visible(folded)));
        }
        nodes
    }

    /// How many nodes there are, this one and those below.
    fn size(&self) -> usize {
        1 + self.children.iter().map(Node::size).sum::<usize>()
    }

    /// What is folded at first: nothing in a tree that can be overlooked; else the OUs whose accounts would fill the
    /// screen, so that a person sees the whole shape and unfolds what they came for.
    pub fn folded_at_first(&self) -> BTreeSet<String> {
        const OVERLOOKED: usize = 150;
        const FEW: usize = 8;
        let mut folded = BTreeSet::new();
        if self.size() > OVERLOOKED {
            let units = self.children.iter().flat_map(|child| child.visible(&BTreeSet::new()));
            let accounts = |unit: &Node| {
                unit.children.iter().filter(|it| matches!(it.kind, Kind::Account { .. })).count()
            };
            folded.extend(units.filter(|unit| accounts(unit) > FEW).map(|unit| unit.id.clone()));
        }
        folded
    }

    /// The ids of what a node stands in, nearest last; empty where it is not below this one.
    pub fn above(&self, id: &str) -> Vec<String> {
        let Some(child) = self.children.iter().find(|child| child.id == id || child.holds(id))
        else {
            return Vec::new();
        };
        let mut above = vec![self.id.clone()];
        above.extend(child.above(id));
        above
    }

    /// Whether this stands anywhere below it.
    pub fn holds(&self, id: &str) -> bool {
        self.children.iter().any(|child| child.id == id || child.holds(id))
    }

    /// What assistive technology says of it.
    pub fn label(&self, marks: &Marks) -> String {
        let mut parts = vec![visible(&self.name), self.kind.word().to_owned()];
        if let Kind::Account { state, .. } = self.kind {
            parts.extend(state_word(state).map(str::to_owned));
        }
        let count = |number: usize, what: &str| match number {
            0 => None,
            1 => Some(format!("1 {what}")),
            many => Some(format!("{many} {what}s")),
        };
        parts.extend(count(self.scps, "SCP"));
        parts.extend(count(self.rcps, "RCP"));
        parts.extend(marks.get(&self.id).map(Mark::words));
        parts.join(", ")
    }
}

/// The word for an account that is not simply active.
pub fn state_word(state: AccountState) -> Option<&'static str> {
    match state {
        AccountState::Active => None,
        AccountState::PendingActivation => Some("pending activation"),
        AccountState::Suspended => Some("suspended"),
        AccountState::PendingClosure => Some("pending closure"),
        AccountState::Closed => Some("closed"),
    }
}
