//! Every common action decided for one principal.

use iam_scenario::{Compiled, ContextValue, Decision, Document, Request};

use super::actions::{self, AccessLevel, Place, SERVICES};
use crate::question::now;
use crate::why::suggestions;

/// One action with its decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The action's name, without the prefix.
    pub name: &'static str,
    /// Its access level.
    pub level: AccessLevel,
    /// What was asked.
    pub request: Request,
    /// What is decided.
    pub decision: Decision,
}

/// A service with its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCells {
    /// The prefix of its actions.
    pub prefix: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its actions.
    pub cells: Vec<Cell>,
}

impl ServiceCells {
    /// How many of its actions are decided so.
    pub fn count(&self, decision: Decision) -> usize {
        self.cells.iter().filter(|cell| cell.decision == decision).count()
    }
}

/// Services with their actions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// The services; none where the principal is not clear.
    pub services: Vec<ServiceCells>,
}

/// What is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Actions and services with this in their name.
    pub text: String,
    /// Actions decided so.
    pub decision: Option<Decision>,
}

impl Cells {
    /// How many actions are decided so.
    pub fn count(&self, decision: Decision) -> usize {
        self.services.iter().map(|service| service.count(decision)).sum()
    }

    /// What a filter leaves; services without a fitting action are left out.
    pub fn filtered(&self, filter: &Filter) -> Cells {
        let text = filter.text.trim().to_ascii_lowercase();
        let fits = |service: &ServiceCells, cell: &Cell| {
            let written =
                format!("{} {}:{} {}", service.name, service.prefix, cell.name, cell.level.name());
            filter.decision.is_none_or(|decision| cell.decision == decision)
                && written.to_ascii_lowercase().contains(&text)
        };
        let services = self.services.iter().map(|service| {
            let cells = service.cells.iter().filter(|cell| fits(service, cell));
            ServiceCells { cells: cells.cloned().collect(), ..*service }
        });
        Cells { services: services.filter(|service| !service.cells.is_empty()).collect() }
    }
}

/// How many actions there are.
pub fn count() -> usize {
    SERVICES.iter().map(|service| service.actions.len()).sum()
}

/// What of a question stays the same for all actions: who asks, with which session and context, from which region.
pub fn base(document: &Document, request: &Request) -> Request {
    let mut base = Request {
        name: String::new(),
        action: String::new(),
        resource: String::new(),
        resource_account: None,
        resource_policy: None,
        expect: None,
        ..request.clone()
    };
    let region = suggestions::region(document, request);
    if base.context.iter().all(|(key, _)| !key.eq_ignore_ascii_case(REGION_KEY)) {
        base.context.set(REGION_KEY, ContextValue::One(region.to_owned()));
    }
    base
}

/// Every real request comes with it; the ARN of a bucket or of a role does not tell it.
const REGION_KEY: &str = "aws:RequestedRegion";

/// Services whose requests all go to one region.
const GLOBAL: &[&str] = &["iam", "organizations"];

/// Decides every common action for the principal of the base.
pub fn cells(compiled: &Compiled, document: &Document, base: &Request) -> Cells {
    let account = suggestions::caller_account(base);
    let region = suggestions::region(document, base);
    let place = Place { account: &account, region };
    let services = SERVICES.iter().map(|service| {
        let cells = service.actions.iter().filter_map(|(name, level, template)| {
            let mut request = base.clone();
            request.action = format!("{}:{name}", service.prefix);
            request.resource = actions::resource(document, template, place);
            if GLOBAL.contains(&service.prefix) {
                request.context.set(REGION_KEY, ContextValue::One("us-east-1".to_owned()));
            }
            let decision = compiled.decide(&request, now()).ok()?;
            Some(Cell { name, level: *level, request, decision })
        });
        ServiceCells { prefix: service.prefix, name: service.name, cells: cells.collect() }
    });
    Cells { services: services.filter(|service| !service.cells.is_empty()).collect() }
}
