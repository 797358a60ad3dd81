//! Forms for the tree: organizational units and accounts.

use iam_scenario::{AccountState, Action, Document, JoinedMethod};

use super::{filled, form, name_of, places};
use crate::dialog::{Field, Form};
use crate::selection::Selection;

fn opens(id: &str) -> impl Fn(&[String]) -> Selection + 'static {
    let id = id.to_owned();
    move |_| Selection::Target(id.clone())
}

/// Creates an OU below a root or OU.
pub fn create_unit(document: &Document, parent: &str) -> Form {
    let (parent, id) = (parent.to_owned(), document.free_organizational_unit_id());
    let title = format!("Create an organizational unit in {}", name_of(document, &parent));
    let open = opens(&id);
    form(title, "Create", vec![Field::text("Name", "")], move |values| {
        Action::CreateOrganizationalUnit {
            parent: parent.clone(),
            id: id.clone(),
            name: filled(values, 0),
        }
    })
    .then_open(open)
}

/// Renames a root, OU or account.
pub fn rename_target(document: &Document, id: &str) -> Form {
    let (name, is_account) = (name_of(document, id), document.account(id).is_some());
    let id = id.to_owned();
    let fields = vec![Field::text("Name", name.clone())];
    form(format!("Rename {name}"), "Rename", fields, move |values| {
        let (id, name) = (id.clone(), filled(values, 0));
        match is_account {
            true => Action::RenameAccount { id, name },
            false => Action::RenameOrganizationalUnit { id, name },
        }
    })
}

/// Moves an account or OU to another place.
pub fn move_to(document: &Document, id: &str) -> Form {
    let name = name_of(document, id);
    let is_account = document.account(id).is_some();
    let here = document.parent(id).map(|parent| parent.id.clone()).unwrap_or_default();
    let places = places(document, Some(id).filter(|_| !is_account));
    let field = Field { value: here, ..Field::choice("To", places) };
    let id = id.to_owned();
    let moving = form(format!("Move {name}"), "Move", vec![field], move |values| {
        let (id, parent) = (id.clone(), filled(values, 0));
        match is_account {
            true => Action::MoveAccount { id, parent },
            false => Action::MoveOrganizationalUnit { id, parent },
        }
    });
    match is_account {
        true => moving.intro("From then on the policies of the new place apply, and those of the old one no longer."),
        false => moving.intro("Everything in it moves along. AWS itself cannot move an OU: there you create a new one and move the accounts."),
    }
}

/// Deletes an OU.
pub fn delete_unit(document: &Document, id: &str) -> Form {
    let name = name_of(document, id);
    let action = Action::DeleteOrganizationalUnit { id: id.to_owned() };
    form(format!("Delete {name}?"), "Delete", vec![], move |_| action.clone())
        .intro("An organizational unit must be empty before it can be deleted.")
        .danger()
}

/// Creates a member account.
pub fn create_account(document: &Document) -> Form {
    let id = document.free_account_id();
    let open = opens(&id);
    let fields = vec![
        Field::text("Account name", ""),
        Field::text("Email address of the root user", "")
            .hint("May be left empty here; AWS wants one that no other account has."),
        Field::text("Account ID", id).hint("AWS chooses it; here you may."),
    ];
    form("Create an account", "Create", fields, |values| Action::CreateAccount {
        id: filled(values, 2),
        name: filled(values, 0),
        email: filled(values, 1),
    })
    .intro("It stands in the root at first, as AWS does it, with the role OrganizationAccountAccessRole. Move it from there.")
    .then_open(move |values| match filled(values, 2) {
        id if id.is_empty() => open(values),
        id => Selection::Target(id),
    })
}

/// Lists an account that is in no organization.
pub fn add_outside_account(document: &Document) -> Form {
    let fields = vec![
        Field::text("Account name", ""),
        Field::text("Account ID", document.free_account_id()),
    ];
    form("Add an account outside the organization", "Add", fields, |values| {
        Action::AddStandaloneAccount {
            id: filled(values, 1),
            name: filled(values, 0),
            email: String::new(),
        }
    })
    .intro("A partner, a vendor, or an account that you want to invite.")
    .then_open(|values| Selection::Target(filled(values, 1)))
}

/// Invites an account that is outside.
pub fn invite_account(document: &Document) -> Form {
    let outside = document.accounts().iter().filter(|account| !document.is_member(&account.id));
    let accounts: Vec<_> =
        outside.map(|it| (it.id.clone(), format!("{} ({})", it.name, it.id))).collect();
    let intro = match accounts.is_empty() {
        true => {
            "Every account of this scenario is in the organization already. Add one outside of it first."
        }
        false => "It accepts at once and stands in the root; its own policies stay.",
    };
    let fields = vec![Field::choice("Account", accounts)];
    form("Invite an account", "Invite", fields, |values| Action::InviteAccount {
        id: filled(values, 0),
    })
    .intro(intro)
    .then_open(|values| Selection::Target(filled(values, 0)))
}

/// Removes an account from the organization.
pub fn remove_account(document: &Document, id: &str) -> Form {
    let action = Action::RemoveAccount { id: id.to_owned() };
    let title = format!("Remove {} from the organization?", name_of(document, id));
    form(title, "Remove", vec![], move |_| action.clone())
        .intro("It keeps its users, roles and resources and stands alone: no SCP and no RCP reaches it any more.")
        .danger()
}

/// Closes an account.
pub fn close_account(document: &Document, id: &str) -> Form {
    let action = Action::CloseAccount { id: id.to_owned() };
    form(format!("Close {}?", name_of(document, id)), "Close account", vec![], move |_| {
        action.clone()
    })
    .intro("AWS keeps a closed account for 90 days, in which its support can open it again.")
    .danger()
}

/// Takes an account outside the organization off the list.
pub fn forget_account(document: &Document, id: &str) -> Form {
    let action = Action::ForgetAccount { id: id.to_owned() };
    form(format!("Take {} off the list?", name_of(document, id)), "Take off", vec![], move |_| {
        action.clone()
    })
    .intro("With everything that is in it. Undo brings it back.")
    .danger()
}

/// Deletes the organization, which must be empty.
pub fn delete_organization(_: &Document) -> Form {
    form("Delete the organization?", "Delete", vec![], |_| Action::DeleteOrganization)
        .intro("Its accounts stand alone afterwards. Before, all members but the management account have to be removed, and every OU and policy deleted.")
        .danger()
        .then_open(|_| Selection::Scenario)
}

const STATES: [(&str, &str, AccountState); 5] = [
    ("PENDING_ACTIVATION", "Pending activation", AccountState::PendingActivation),
    ("ACTIVE", "Active", AccountState::Active),
    ("SUSPENDED", "Suspended", AccountState::Suspended),
    ("PENDING_CLOSURE", "Pending closure", AccountState::PendingClosure),
    ("CLOSED", "Closed", AccountState::Closed),
];

/// The address of an account, its state, and how it joined.
pub fn account_settings(document: &Document, id: &str) -> Form {
    let account = document.account(id).map(|account| (**account).clone()).unwrap_or_default();
    let states = STATES.iter().map(|(name, words, _)| ((*name).to_owned(), (*words).to_owned()));
    let state = STATES.iter().find(|(.., state)| *state == account.state);
    let invited = account.joined_method == JoinedMethod::Invited;
    let joined = [("CREATED", "Created by the organization"), ("INVITED", "Invited")];
    let joined = joined.map(|(name, words)| (name.to_owned(), words.to_owned()));
    let fields = vec![
        Field::text("Email address of the root user", account.email)
            .hint("No two accounts have the same."),
        Field {
            value: state.map(|(name, ..)| (*name).to_owned()).unwrap_or_default(),
            ..Field::choice("State", states.collect())
        },
        Field {
            value: if invited { "INVITED" } else { "CREATED" }.to_owned(),
            ..Field::choice("Joined method", joined.into())
        },
    ];
    let (title, id) = (format!("Settings of {}", account.name), id.to_owned());
    form(title, "Save", fields, move |values| {
        let chosen = filled(values, 1);
        let state = STATES.iter().find(|(name, ..)| *name == chosen);
        Action::UpdateAccount {
            id: id.clone(),
            email: filled(values, 0),
            state: state.map(|(.., state)| *state).unwrap_or_default(),
            joined_method: match filled(values, 2).as_str() {
                "INVITED" => JoinedMethod::Invited,
                _ => JoinedMethod::Created,
            },
        }
    })
}

/// Makes an organization where there is none.
pub fn create_organization(document: &Document) -> Form {
    let accounts = document.accounts().iter();
    let accounts = accounts.map(|it| (it.id.clone(), format!("{} ({})", it.name, it.id))).collect();
    let fields = vec![Field::choice("Management account", accounts)];
    form("Create an organization", "Create", fields, |values| Action::CreateOrganization {
        management_account: filled(values, 0),
    })
}

/// Puts the seed in the place of the scenario.
pub fn reset() -> Form {
    form("Start again with Example Corp?", "Start again", vec![], |_| Action::ReplaceDocument {
        document: crate::seed::document(),
    })
    .intro("Your scenario gives way to the one that the page first opened with. Undo brings yours back; to keep it for longer, save it to a file first.")
}
