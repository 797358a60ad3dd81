//! Users, groups, roles and their policies.

use super::*;

#[test]
fn names_of_identities_differ_by_more_than_case() {
    let document = document();
    let create =
        |identity: Identity| Action::CreateIdentity { account: s(DEV), identity, path: s("/") };
    assert_eq!(refused(&document, create(user("john"))), "EntityAlreadyExists");
    assert_eq!(refused(&document, create(user("J ohn"))), "ValidationError");
    let document = done(&document, create(Identity::Role(s("john"))));
    assert!(
        document.account(DEV).unwrap().role("john").unwrap().trust_policy.as_str().contains(DEV)
    );
    let rename =
        Action::RenameIdentity { account: s(DEV), identity: user("John"), name: s("JOHN") };
    let document = done(&document, rename);
    assert_eq!(document.requests()[0].principal, "arn:aws:iam::222222222222:user/JOHN");
    let rename = Action::RenameIdentity {
        account: s(DEV),
        identity: Identity::Role(s("Deploy")),
        name: s("Ship"),
    };
    let document = done(&document, rename);
    assert_eq!(document.requests()[1].principal, "arn:aws:sts::222222222222:assumed-role/Ship/ci");
}

#[test]
fn users_and_groups_change_their_path_and_roles_do_not() {
    let document = document();
    let set = |identity: Identity, path: &str| Action::SetIdentityPath {
        account: s(DEV),
        identity,
        path: s(path),
    };
    let moved = done(&document, set(user("John"), "/ops/"));
    assert_eq!(moved.account(DEV).unwrap().user("John").unwrap().path, "/ops/");
    assert_eq!(moved.requests()[0].principal, "arn:aws:iam::222222222222:user/ops/John");
    let moved = done(&document, set(Identity::Group(s("Admins")), "/ops/"));
    assert_eq!(moved.account(DEV).unwrap().group("Admins").unwrap().path, "/ops/");
    assert_eq!(refused(&document, set(Identity::Role(s("Deploy")), "/ops/")), "ValidationError");
    assert_eq!(refused(&document, set(user("John"), "ops")), "ValidationError");
    assert_eq!(refused(&document, set(user("Nobody"), "/")), "NoSuchEntity");
}

#[test]
fn groups_take_their_members_along() {
    let document = document();
    let admins = Identity::Group(s("Admins"));
    let renamed = done(
        &document,
        Action::RenameIdentity { account: s(DEV), identity: admins.clone(), name: s("Ops") },
    );
    assert_eq!(renamed.account(DEV).unwrap().user("John").unwrap().groups, ["Ops"]);
    let deleted = done(&document, Action::DeleteIdentity { account: s(DEV), identity: admins });
    assert!(deleted.account(DEV).unwrap().user("John").unwrap().groups.is_empty());
    let add =
        |group: &str| Action::AddUserToGroup { account: s(DEV), user: s("John"), group: s(group) };
    assert_eq!(refused(&document, add("Nothing")), "NoSuchEntity");
    let mut document = document;
    for number in 1..=10 {
        let identity = Identity::Group(format!("G{number}"));
        document =
            done(&document, Action::CreateIdentity { account: s(DEV), identity, path: s("/") });
        match number < 10 {
            true => document = done(&document, add(&format!("G{number}"))),
            false => assert_eq!(refused(&document, add("G10")), "LimitExceeded"),
        }
    }
}

#[test]
fn managed_policies_are_deleted_when_nothing_uses_them() {
    let document = document();
    assert_eq!(refused(&document, Action::DeleteManagedPolicy { arn: s(OPS) }), "DeleteConflict");
    assert_eq!(refused(&document, Action::DeleteManagedPolicy { arn: s(ADMIN) }), "AccessDenied");
    let renamed =
        done(&document, Action::RenameManagedPolicy { arn: s(OPS), name: s("Operations") });
    let john = renamed.account(DEV).unwrap().user("John").unwrap();
    assert_eq!(john.attached_policies, ["arn:aws:iam::222222222222:policy/Operations"]);
    assert_eq!(
        john.permissions_boundary.as_deref(),
        Some("arn:aws:iam::222222222222:policy/Operations")
    );
    let (account, identity) = (s(DEV), user("John"));
    let policy_arn = s(OPS);
    let document = done(
        &document,
        Action::DetachManagedPolicy {
            account: account.clone(),
            identity: identity.clone(),
            policy_arn,
        },
    );
    assert_eq!(refused(&document, Action::DeleteManagedPolicy { arn: s(OPS) }), "DeleteConflict");
    let document =
        done(&document, Action::SetPermissionsBoundary { account, identity, policy_arn: None });
    done(&document, Action::DeleteManagedPolicy { arn: s(OPS) });
}

#[test]
fn identities_have_a_quota_of_managed_policies() {
    let attach = |policy_arn: String| Action::AttachManagedPolicy {
        account: s(DEV),
        identity: Identity::Role(s("Deploy")),
        policy_arn,
    };
    let mut document = document();
    for number in 0..=10 {
        let (account, name, path) = (s(DEV), format!("P{number}"), s("/"));
        document = done(
            &document,
            Action::CreateManagedPolicy { account, name, path, document: "".into() },
        );
        let action = attach(format!("arn:aws:iam::222222222222:policy/P{number}"));
        match number < 10 {
            true => document = done(&document, action),
            false => assert_eq!(refused(&document, action), "LimitExceeded"),
        }
    }
    assert_eq!(
        refused(&document, attach(s("arn:aws:iam::111111111111:policy/P0"))),
        "NoSuchEntity"
    );
}

#[test]
fn tags_are_refused_where_iam_refuses_them() {
    let document = document();
    let identity = first_user(&document);
    let tag = |keys: &[&str]| Action::SetIdentityTags {
        account: s(DEV),
        identity: identity.clone(),
        tags: keys.iter().map(|key| (*key, s("x"))).collect(),
    };
    done(&document, tag(&["team", "stage"]));
    assert_eq!(refused(&document, tag(&["team", "Team"])), "InvalidInput");
    assert_eq!(refused(&document, tag(&["aws:team"])), "InvalidInput");
    assert_eq!(refused(&document, tag(&[&"k".repeat(129)])), "ValidationError");
    let many: Vec<String> = (0..51).map(|number| format!("key{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(refused(&document, tag(&many)), "LimitExceeded");
}

fn first_user(document: &Document) -> Identity {
    Identity::User(document.account(DEV).unwrap().users[0].name.clone())
}
