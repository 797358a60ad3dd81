//! Forms for what is in an account: users, groups, roles, resources.

use std::sync::Arc;

use iam_scenario::{Account, Action, Document, Identity, PolicyPlace, Resource, built_in};

use super::{filled, form};
use crate::dialog::{Field, Form};
use crate::selection::Selection;

/// Creates a user, group or role; `of_kind` gives the kind its name.
pub fn create_identity(account: &Account, of_kind: fn(String) -> Identity) -> Form {
    let kind = of_kind(String::new()).kind();
    let (id, open_in) = (account.id.clone(), account.id.clone());
    let fields = vec![
        Field::text("Name", ""),
        Field::text("Path", "/").hint("Part of the ARN; a single / where you do not need one."),
    ];
    let creating =
        form(format!("Create a {kind} in {}", account.name), "Create", fields, move |values| {
            let identity = of_kind(filled(values, 0));
            Action::CreateIdentity { account: id.clone(), identity, path: filled(values, 1) }
        });
    let creating = match kind {
        "role" => creating.intro("It trusts its own account to begin with."),
        _ => creating,
    };
    creating.then_open(move |values| Selection::Identity {
        account: open_in.clone(),
        identity: of_kind(filled(values, 0)),
    })
}

/// Renames a user, group or role.
pub fn rename_identity(account: &str, identity: &Identity) -> Form {
    let (account, identity) = (account.to_owned(), identity.clone());
    let fields = vec![Field::text("Name", identity.name())];
    form(
        format!("Rename the {} {}", identity.kind(), identity.name()),
        "Rename",
        fields,
        move |values| Action::RenameIdentity {
            account: account.clone(),
            identity: identity.clone(),
            name: filled(values, 0),
        },
    )
}

/// Gives a user or group another path. AWS gives a role none, so there is no form for it.
pub fn identity_path(account: &Account, identity: &Identity) -> Form {
    let path = match identity {
        Identity::User(name) => account.user(name).map(|it| &it.path),
        Identity::Group(name) => account.group(name).map(|it| &it.path),
        Identity::Role(name) => account.role(name).map(|it| &it.path),
    };
    let field = Field::text("Path", path.map_or("/", String::as_str));
    let field = field.hint("Part of the ARN, such as /ops/; a single / where you do not need one.");
    let (account, identity) = (account.id.clone(), identity.clone());
    form(
        format!("Path of the {} {}", identity.kind(), identity.name()),
        "Change",
        vec![field],
        move |values| Action::SetIdentityPath {
            account: account.clone(),
            identity: identity.clone(),
            path: filled(values, 0),
        },
    )
    .intro("Policies that name the ARN do not follow; the questions of the scenario do.")
}

/// Deletes a user, group or role.
pub fn delete_identity(account: &str, identity: &Identity) -> Form {
    let title = format!("Delete the {} {}?", identity.kind(), identity.name());
    let action = Action::DeleteIdentity { account: account.to_owned(), identity: identity.clone() };
    form(title, "Delete", vec![], move |_| action.clone())
        .intro("Its inline policies go with it; attached policies and memberships are taken off first, as the console does it.")
        .danger()
}

/// Bounds the permissions of a user or role.
pub fn set_boundary(account: &Account, identity: &Identity, now: Option<&str>) -> Form {
    let mut choices = vec![(String::new(), "None".to_owned())];
    choices.extend(managed_policies(account));
    let field = Field::choice("Permissions boundary", choices);
    let field = Field { value: now.unwrap_or_default().to_owned(), ..field };
    let (account, identity) = (account.id.clone(), identity.clone());
    form(format!("Permissions boundary of {}", identity.name()), "Set", vec![field], move |values| {
        Action::SetPermissionsBoundary {
            account: account.clone(),
            identity: identity.clone(),
            policy_arn: Some(filled(values, 0)).filter(|arn| !arn.is_empty()),
        }
    })
    .intro("What identity-based policies grant counts only as far as the boundary allows it too. It grants nothing by itself.")
}

/// Puts a user into a group.
pub fn add_to_group(account: &Account, user: &str) -> Form {
    let groups = account.groups.iter().map(|group| (group.name.clone(), group.name.clone()));
    let fields = vec![Field::choice("Group", groups.collect())];
    let intro = match account.groups.is_empty() {
        true => "This account has no group yet.",
        false => "",
    };
    let (account, user) = (account.id.clone(), user.to_owned());
    form(format!("Add {user} to a group"), "Add", fields, move |values| Action::AddUserToGroup {
        account: account.clone(),
        user: user.clone(),
        group: filled(values, 0),
    })
    .intro(intro)
}

/// Puts a user into this group.
pub fn add_member(account: &Account, group: &str) -> Form {
    let outside = account.users.iter().filter(|user| !user.groups.iter().any(|it| it == group));
    let users: Vec<_> = outside.map(|user| (user.name.clone(), user.name.clone())).collect();
    let intro = match users.is_empty() {
        true => "Every user of this account is in the group already.",
        false => "",
    };
    let fields = vec![Field::choice("User", users)];
    let (account, group) = (account.id.clone(), group.to_owned());
    form(format!("Add a user to {group}"), "Add", fields, move |values| Action::AddUserToGroup {
        account: account.clone(),
        user: filled(values, 0),
        group: group.clone(),
    })
    .intro(intro)
}

/// Gives a listed resource another ARN.
pub fn rename_resource(account: &str, resource: &Resource) -> Form {
    let (account, resource) = (account.to_owned(), resource.clone());
    let fields = vec![Field::text("ARN", resource.arn.clone())];
    form("Change the ARN of this resource", "Change", fields, move |values| {
        Action::UpdateResource {
            account: account.clone(),
            arn: resource.arn.clone(),
            resource: Arc::new(Resource { arn: filled(values, 0), ..resource.clone() }),
        }
    })
}

/// Lists a resource.
pub fn add_resource(document: &Document, account: &str) -> Form {
    let title = format!("Add a resource to {}", super::name_of(document, account));
    let field = Field::text("ARN", "arn:aws:s3:::").hint("Such as arn:aws:s3:::example-data.");
    let (account, open_in) = (account.to_owned(), account.to_owned());
    form(title, "Add", vec![field], move |values| Action::AddResource {
        account: account.clone(),
        resource: Arc::new(Resource { arn: filled(values, 0), ..Resource::default() }),
    })
    .then_open(move |values| {
        let (account, arn) = (open_in.clone(), filled(values, 0));
        Selection::policy(PolicyPlace::Resource { account, arn })
    })
}

/// Takes a resource off the list.
pub fn remove_resource(account: &str, arn: &str) -> Form {
    let action = Action::RemoveResource { account: account.to_owned(), arn: arn.to_owned() };
    form("Remove this resource?", "Remove", vec![], move |_| action.clone())
        .intro(format!("{arn}, with its policy. Undo brings it back."))
        .danger()
}

/// Every managed policy that can be attached in an account: its own, then AWS's.
pub(super) fn managed_policies(account: &Account) -> Vec<(String, String)> {
    let own = account
        .managed_policies
        .iter()
        .map(|policy| (account.managed_policy_arn(policy), policy.name.clone()));
    let aws = built_in::aws_managed_paths().map(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        (format!("arn:aws:iam::aws:policy/{path}"), format!("{name} (AWS managed)"))
    });
    own.chain(aws).collect()
}
