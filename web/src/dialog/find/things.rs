//! Everything that can be found by name: commands first, then what the scenario holds.

use std::rc::Rc;

use iam_evaluator::fold;
use iam_scenario::{Account, Document, Identity, OrganizationalUnit, PolicyPlace, PolicyType};

use crate::dialog::{Dialog, forms};
use crate::effective::View;
use crate::icons::Icon;
use crate::reading::Reading;
use crate::selection::Selection;
use crate::state::Event;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Its name.
    pub name: String,
    /// What it is, and where.
    pub aside: String,
    /// Its drawing.
    pub drawn: Icon,
    /// What is compared with the words that are sought, folded; begins with the name.
    pub key: String,
    /// What happens when it is chosen.
    pub does: Does,
}

/// What happens when something is chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    /// This happens on the page.
    Event(Box<Event>),
    /// The scenario is saved to a file.
    Save,
}

/// Everything that can be found in a document, and all commands; without those that edit where it can only be read.
pub fn things(document: &Rc<Document>, read_only: bool) -> Vec<Thing> {
    let mut things = commands(document, read_only);
    let requests = document.requests().iter().enumerate();
    things.extend(requests.map(|(index, request)| {
        thing(&request.label(), "question", "", Icon::Circle, open(Selection::Request(index)))
    }));
    if let Some(organization) = document.organization() {
        let root = organization.root.id.as_str();
        things.extend(organization.root.walk().map(|it| unit(it, root)));
        things.extend(organization.policies.iter().map(|policy| {
            let kind = policy.policy_type.abbreviation();
            let opens = open(Selection::organization_policy(&policy.id));
            thing(&policy.name, kind, &policy.id, Icon::Policy, opens)
        }));
    }
    things.extend(document.accounts().iter().flat_map(|it| account(it)));
    things
}

fn thing(name: &str, aside: &str, id: &str, drawn: Icon, does: Does) -> Thing {
    let key = fold(&format!("{name} {aside} {id}"));
    Thing { name: name.to_owned(), aside: aside.to_owned(), drawn, key, does }
}

fn event(event: Event) -> Does {
    Does::Event(Box::new(event))
}

fn open(selection: Selection) -> Does {
    event(Event::Open(selection))
}

/// What can be done; without what edits where the scenario can only be read.
pub fn commands(document: &Rc<Document>, read_only: bool) -> Vec<Thing> {
    let read = |reading| event(Event::Read(Some(reading)));
    let view = |view| read(Reading::Permissions(view));
    let show = |dialog| event(Event::Dialog(Some(dialog)));
    let principal = View::Principal(String::new());
    let mut all = vec![
        ("New question", "Alt+Shift+N", Icon::Plus, event(Event::NewQuestion)),
        ("Next question", "Alt+Shift+J", Icon::Chevron, event(Event::Turn(true))),
        ("Previous question", "Alt+Shift+K", Icon::Chevron, event(Event::Turn(false))),
        ("Who can do this?", "permissions", Icon::Group, view(View::Who)),
        ("All permissions of the principal", "permissions", Icon::User, view(principal)),
        ("What has changed", "permissions", Icon::Diamond, view(View::Changes)),
        (
            "Compare with this state from now on",
            "permissions",
            Icon::Diamond,
            event(Event::SetBaseline),
        ),
        ("Gallery", "read", Icon::Resource, read(Reading::Gallery)),
        ("Lessons", "read", Icon::Resource, read(Reading::Lessons)),
        ("Share a link", "Alt+Shift+S", Icon::Share, show(Dialog::Share)),
        ("Save to a file", "Ctrl+S", Icon::Resource, Does::Save),
        ("Title, description, questions", "scenario", Icon::Policy, open(Selection::Scenario)),
        ("Compare Organizations and IAM", "read", Icon::Resource, read(Reading::Compare)),
        ("AWS CLI calls", "read", Icon::Policy, read(Reading::Commands)),
        ("Keys of the page", "?", Icon::Menu, show(Dialog::Keys)),
    ];
    if !read_only {
        all.extend([
            ("Undo", "Ctrl+Z", Icon::Undo, event(Event::Undo)),
            ("Redo", "Ctrl+Shift+Z", Icon::Redo, event(Event::Redo)),
            ("My scenarios: save, open", "scenario", Icon::Resource, show(Dialog::Saves)),
        ]);
    }
    if document.organization().is_some() && !read_only {
        let policy = |of| show(forms::create_policy(document, of).into());
        all.extend([
            ("Create an account", "new", Icon::Plus, show(forms::create_account(document).into())),
            ("Create an SCP", "new", Icon::Plus, policy(PolicyType::ServiceControlPolicy)),
            ("Create an RCP", "new", Icon::Plus, policy(PolicyType::ResourceControlPolicy)),
        ]);
    }
    let all = all.into_iter();
    all.map(|(name, aside, drawn, does)| thing(name, aside, "", drawn, does)).collect()
}

fn unit(unit: &OrganizationalUnit, root: &str) -> Thing {
    let (kind, drawn) = match unit.id == root {
        true => ("root", Icon::Root),
        false => ("organizational unit", Icon::Unit),
    };
    thing(&unit.name, kind, &unit.id, drawn, open(Selection::Target(unit.id.clone())))
}

/// An account with its identities, policies and resources.
fn account(account: &Account) -> Vec<Thing> {
    let id = &account.id;
    let opens = open(Selection::Target(id.clone()));
    let mut all =
        vec![thing(&account.name, &format!("account {id}"), &account.email, Icon::Account, opens)];
    let mut identity = |kind: &str, drawn, identity: Identity| {
        let aside = format!("{kind} in {}", account.name);
        let name = identity.name().to_owned();
        let opens = open(Selection::Identity { account: id.clone(), identity });
        all.push(thing(&name, &aside, id, drawn, opens));
    };
    account
        .users
        .iter()
        .for_each(|it| identity("user", Icon::User, Identity::User(it.name.clone())));
    account
        .groups
        .iter()
        .for_each(|it| identity("group", Icon::Group, Identity::Group(it.name.clone())));
    account
        .roles
        .iter()
        .for_each(|it| identity("role", Icon::Role, Identity::Role(it.name.clone())));
    all.extend(account.managed_policies.iter().map(|policy| {
        let arn = format!("arn:aws:iam::{id}:policy{}{}", policy.path, policy.name);
        let aside = format!("managed policy in {}", account.name);
        let opens = open(Selection::policy(PolicyPlace::Managed { arn }));
        thing(&policy.name, &aside, id, Icon::Policy, opens)
    }));
    all.extend(account.resources.iter().map(|resource| {
        let place = PolicyPlace::Resource { account: id.clone(), arn: resource.arn.clone() };
        let aside = format!("resource in {}", account.name);
        thing(&resource.arn, &aside, id, Icon::Resource, open(Selection::policy(place)))
    }));
    all
}
