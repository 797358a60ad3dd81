use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::built_in::{FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS};
use crate::document::check;
use crate::{AccountState, ContextValue, Decision, History, JoinedMethod};

const MANAGEMENT: &str = "111111111111";
const DEV: &str = "222222222222";
const OUTSIDE: &str = "999999999999";
const OPS: &str = "arn:aws:iam::222222222222:policy/Ops";
const ADMIN: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
const BUCKET: &str = "arn:aws:s3:::data";

/// Root(111111111111) > Dev(222222222222) > Team; 999999999999 is outside.
fn document() -> Document {
    Document::from_json(include_str!("tests/company.json")).unwrap()
}

/// Makes an edit that must succeed, and checks what must hold in every document.
fn done(document: &Document, action: Action) -> Document {
    let after =
        apply(document, &action).unwrap_or_else(|exception| panic!("{action:?}: {exception}"));
    check(&after).unwrap_or_else(|error| panic!("{action:?}: {error}"));
    assert_eq!(Document::from_json(&after.to_json_minified()).unwrap(), after);
    after
}

/// Makes an edit that must be refused and returns the exception with its reason.
fn refused(document: &Document, action: Action) -> String {
    let exception = apply(document, &action).expect_err("refused");
    match exception.reason() {
        Some(reason) => format!("{} ({reason})", exception.exception()),
        None => exception.exception().to_owned(),
    }
}

fn s(text: &str) -> String {
    text.to_owned()
}

fn create_unit(parent: &str, number: u32, name: &str) -> Action {
    Action::CreateOrganizationalUnit {
        parent: s(parent),
        id: format!("ou-exam-0000000{number}"),
        name: s(name),
    }
}

fn attach(policy: &str, target: &str) -> Action {
    Action::AttachPolicy { policy: s(policy), target: s(target) }
}

fn detach(policy: &str, target: &str) -> Action {
    Action::DetachPolicy { policy: s(policy), target: s(target) }
}

fn create_policy(number: usize, policy_type: PolicyType) -> Action {
    let (id, name) = (format!("p-policy{number:04}"), format!("Policy {number}"));
    Action::CreatePolicy {
        id,
        name,
        policy_type,
        description: String::new(),
        document: "{}".into(),
    }
}

fn user(name: &str) -> Identity {
    Identity::User(s(name))
}

#[test]
fn the_last_scp_cannot_be_detached() {
    let document = document();
    let reason = "ConstraintViolationException (MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED)";
    assert_eq!(refused(&document, detach(FULL_AWS_ACCESS, "r-exam")), reason);
    assert_eq!(refused(&document, detach(FULL_AWS_ACCESS, DEV)), reason);
    assert_eq!(refused(&document, detach(RCP_FULL_AWS_ACCESS, DEV)), reason);
    let document = done(&document, detach(FULL_AWS_ACCESS, "ou-exam-devaaaaa"));
    assert_eq!(refused(&document, detach("p-denyec2dev", "ou-exam-devaaaaa")), reason);
}

#[test]
fn attachments_have_limits() {
    let reason = "ConstraintViolationException (MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED)";
    for (policy_type, own) in
        [(PolicyType::ServiceControlPolicy, 9), (PolicyType::ResourceControlPolicy, 4)]
    {
        let mut document = document();
        for number in 0..=own {
            document = done(&document, create_policy(number, policy_type));
            let action = attach(&format!("p-policy{number:04}"), "r-exam");
            match number < own {
                true => document = done(&document, action),
                false => assert_eq!(refused(&document, action), reason),
            }
        }
    }
}

#[test]
fn attachments_name_what_is_there() {
    let document = document();
    assert_eq!(refused(&document, attach("p-nothing00", DEV)), "PolicyNotFoundException");
    assert_eq!(
        refused(&document, attach("p-denyec2dev", "ou-exam-nothing0")),
        "TargetNotFoundException"
    );
    assert_eq!(refused(&document, attach("p-denyec2dev", OUTSIDE)), "TargetNotFoundException");
    assert_eq!(
        refused(&document, attach(FULL_AWS_ACCESS, DEV)),
        "DuplicatePolicyAttachmentException"
    );
    assert_eq!(
        refused(&document, attach(RCP_FULL_AWS_ACCESS, DEV)),
        "DuplicatePolicyAttachmentException"
    );
    assert_eq!(refused(&document, detach("p-denyec2dev", DEV)), "PolicyNotAttachedException");
    let document = done(&document, attach("p-denyec2dev", DEV));
    assert_eq!(document.account(DEV).unwrap().attached_policies, [FULL_AWS_ACCESS, "p-denyec2dev"]);
}

#[test]
fn units_are_five_levels_deep_and_unique_among_siblings() {
    let mut document = document();
    // Dev and Team are two levels already.
    let mut parent = s("ou-exam-teamaaaa");
    for number in 1..=3 {
        document = done(&document, create_unit(&parent, number, "Below"));
        parent = format!("ou-exam-0000000{number}");
    }
    let too_deep = "ConstraintViolationException (OU_DEPTH_LIMIT_EXCEEDED)";
    assert_eq!(refused(&document, create_unit(&parent, 4, "Below")), too_deep);
    let document = done(&document, create_unit("r-exam", 4, "Other"));
    let move_below =
        Action::MoveOrganizationalUnit { id: s("ou-exam-devaaaaa"), parent: s("ou-exam-00000004") };
    assert_eq!(refused(&document, move_below), too_deep);
    assert_eq!(
        refused(&document, create_unit("r-exam", 5, "Dev")),
        "DuplicateOrganizationalUnitException"
    );
    assert_eq!(
        refused(&document, create_unit("ou-exam-nothing0", 5, "New")),
        "ParentNotFoundException"
    );
    assert_eq!(
        refused(&document, create_unit("r-exam", 5, "")),
        "InvalidInputException (MIN_LENGTH_EXCEEDED)"
    );
    let rename = Action::RenameOrganizationalUnit { id: s("ou-exam-00000004"), name: s("Dev") };
    assert_eq!(refused(&document, rename), "DuplicateOrganizationalUnitException");
}

#[test]
fn units_move_with_everything_in_them_but_not_into_themselves() {
    let document = document();
    let to =
        |id: &str, parent: &str| Action::MoveOrganizationalUnit { id: s(id), parent: s(parent) };
    let moved = done(&document, to("ou-exam-teamaaaa", "r-exam"));
    assert_eq!(moved.parent("ou-exam-teamaaaa").unwrap().id, "r-exam");
    assert_eq!(
        refused(&document, to("ou-exam-devaaaaa", "ou-exam-teamaaaa")),
        "InvalidInputException"
    );
    assert_eq!(
        refused(&document, to("ou-exam-devaaaaa", "ou-exam-devaaaaa")),
        "InvalidInputException"
    );
    assert_eq!(
        refused(&document, to("r-exam", "ou-exam-devaaaaa")),
        "OrganizationalUnitNotFoundException"
    );
    assert_eq!(
        refused(&document, to("ou-exam-devaaaaa", "ou-exam-nothing0")),
        "DestinationParentNotFoundException"
    );
}

#[test]
fn only_an_empty_unit_is_deleted() {
    let document = document();
    let delete = |id: &str| Action::DeleteOrganizationalUnit { id: s(id) };
    assert_eq!(
        refused(&document, delete("ou-exam-devaaaaa")),
        "OrganizationalUnitNotEmptyException"
    );
    let document = done(&document, delete("ou-exam-teamaaaa"));
    assert_eq!(
        refused(&document, delete("ou-exam-devaaaaa")),
        "OrganizationalUnitNotEmptyException"
    );
    assert_eq!(
        refused(&document, delete("ou-exam-teamaaaa")),
        "OrganizationalUnitNotFoundException"
    );
}

#[test]
fn a_created_account_can_be_administered_from_the_management_account() {
    let action = Action::CreateAccount {
        id: s("333333333333"),
        name: s("new"),
        email: s("new@example.com"),
    };
    let document = done(&document(), action);
    let account = document.account("333333333333").unwrap();
    assert_eq!(account.joined_method, JoinedMethod::Created);
    assert_eq!(account.attached_policies, [FULL_AWS_ACCESS]);
    let role = account.role("OrganizationAccountAccessRole").unwrap();
    assert_eq!(role.attached_policies, [ADMIN]);
    assert!(role.trust_policy.as_str().contains("arn:aws:iam::111111111111:root"));
    assert_eq!(document.parent("333333333333").unwrap().id, "r-exam");
    let again =
        Action::CreateAccount { id: s("333333333333"), name: s("new"), email: String::new() };
    assert_eq!(refused(&document, again), "DuplicateAccountException");
}

#[test]
fn an_invited_account_has_no_such_role_and_leaves_as_it_came() {
    let invite = Action::InviteAccount { id: s(OUTSIDE) };
    let before = document();
    let document = done(&before, invite.clone());
    let account = document.account(OUTSIDE).unwrap();
    assert_eq!(account.joined_method, JoinedMethod::Invited);
    assert!(account.roles.is_empty());
    assert_eq!(account.attached_policies, [FULL_AWS_ACCESS]);
    assert_eq!(
        refused(&document, invite),
        "HandshakeConstraintViolationException (ALREADY_IN_AN_ORGANIZATION)"
    );
    assert_eq!(
        refused(&document, Action::ForgetAccount { id: s(OUTSIDE) }),
        "InvalidInputException (ALREADY_IN_AN_ORGANIZATION)"
    );
    let document = done(&document, Action::RemoveAccount { id: s(OUTSIDE) });
    assert!(!document.is_member(OUTSIDE));
    assert!(document.account(OUTSIDE).unwrap().attached_policies.is_empty());
    let document = done(&document, Action::ForgetAccount { id: s(OUTSIDE) });
    assert!(document.account(OUTSIDE).is_none());
}

#[test]
fn accounts_move_between_parents() {
    let to = |id: &str, parent: &str| Action::MoveAccount { id: s(id), parent: s(parent) };
    let document = done(&document(), to(DEV, "r-exam"));
    assert_eq!(document.parent(DEV).unwrap().id, "r-exam");
    assert_eq!(refused(&document, to(DEV, "r-exam")), "DuplicateAccountException");
    assert_eq!(
        refused(&document, to(DEV, "ou-exam-nothing0")),
        "DestinationParentNotFoundException"
    );
    assert_eq!(refused(&document, to(OUTSIDE, "r-exam")), "AccountNotFoundException");
}

#[test]
fn the_management_account_neither_closes_nor_leaves() {
    let document = document();
    let close = |id: &str| Action::CloseAccount { id: s(id) };
    assert_eq!(
        refused(&document, close(MANAGEMENT)),
        "ConstraintViolationException (CANNOT_CLOSE_MANAGEMENT_ACCOUNT)"
    );
    assert_eq!(
        refused(&document, Action::RemoveAccount { id: s(MANAGEMENT) }),
        "MasterCannotLeaveOrganizationException"
    );
    let document = done(&document, close(DEV));
    assert_eq!(document.account(DEV).unwrap().state, AccountState::Closed);
    assert_eq!(refused(&document, close(DEV)), "AccountAlreadyClosedException");
    let document = done(&document, Action::ReopenAccount { id: s(DEV) });
    assert_eq!(document.account(DEV).unwrap().state, AccountState::Active);
}

#[test]
fn policies_have_names_of_their_own_and_are_deleted_when_nothing_has_them() {
    let document = document();
    let delete = |id: &str| Action::DeletePolicy { id: s(id) };
    assert_eq!(refused(&document, delete("p-denyec2dev")), "PolicyInUseException");
    assert_eq!(
        refused(&document, delete(FULL_AWS_ACCESS)),
        "InvalidInputException (IMMUTABLE_POLICY)"
    );
    assert_eq!(refused(&document, delete("p-nothing00")), "PolicyNotFoundException");
    let document = done(&document, detach("p-denyec2dev", "ou-exam-devaaaaa"));
    let document = done(&document, create_policy(1, PolicyType::ServiceControlPolicy));
    let rename = |name: &str| Action::UpdatePolicy {
        id: s("p-policy0001"),
        name: s(name),
        description: String::new(),
    };
    assert_eq!(refused(&document, rename("DenyEc2")), "DuplicatePolicyException");
    let document = done(&document, delete("p-denyec2dev"));
    done(&document, rename("DenyEc2"));
    let edit = Action::EditPolicyText {
        place: PolicyPlace::Organization { policy: s(FULL_AWS_ACCESS) },
        text: "".into(),
    };
    assert_eq!(refused(&document, edit), "InvalidInputException (IMMUTABLE_POLICY)");
}

#[test]
fn a_disabled_policy_type_is_detached_and_starts_anew() {
    let scp = PolicyType::ServiceControlPolicy;
    let document = document();
    assert_eq!(
        refused(&document, Action::EnablePolicyType { policy_type: scp }),
        "PolicyTypeAlreadyEnabledException"
    );
    let document = done(&document, Action::DisablePolicyType { policy_type: scp });
    assert!(document.account(DEV).unwrap().attached_policies.is_empty());
    assert_eq!(refused(&document, attach("p-denyec2dev", DEV)), "PolicyTypeNotEnabledException");
    assert_eq!(
        refused(&document, Action::DisablePolicyType { policy_type: scp }),
        "PolicyTypeNotEnabledException"
    );
    let document = done(&document, Action::EnablePolicyType { policy_type: scp });
    for unit in document.organization().unwrap().root.walk() {
        assert_eq!(unit.attached_policies, [FULL_AWS_ACCESS], "{}", unit.name);
    }
    assert_eq!(document.account(DEV).unwrap().attached_policies, [FULL_AWS_ACCESS]);
}

#[test]
fn consolidated_billing_knows_no_policies() {
    let billing = Action::SetFeatureSet { feature_set: FeatureSet::ConsolidatedBilling };
    let document = done(&document(), billing);
    assert!(document.organization().unwrap().enabled_policy_types.is_empty());
    let enable = Action::EnablePolicyType { policy_type: PolicyType::ServiceControlPolicy };
    assert_eq!(
        refused(&document, enable.clone()),
        "ConstraintViolationException (ORGANIZATION_NOT_IN_ALL_FEATURES_MODE)"
    );
    let create = create_policy(1, PolicyType::ServiceControlPolicy);
    assert_eq!(refused(&document, create), "PolicyTypeNotAvailableForOrganizationException");
    let document = done(&document, Action::SetFeatureSet { feature_set: FeatureSet::All });
    done(&document, enable);
}

#[test]
fn an_organization_begins_with_its_management_account_and_ends_empty() {
    assert_eq!(refused(&document(), Action::DeleteOrganization), "OrganizationNotEmptyException");
    let standalone =
        Action::AddStandaloneAccount { id: s(DEV), name: s("one"), email: String::new() };
    let document = done(&Document::default(), standalone);
    assert_eq!(refused(&document, Action::DeleteOrganization), "AWSOrganizationsNotInUseException");
    let create = Action::CreateOrganization { management_account: s(DEV) };
    let document = done(&document, create.clone());
    assert_eq!(refused(&document, create), "AlreadyInOrganizationException");
    let document = done(&document, Action::DeleteOrganization);
    assert!(document.organization().is_none());
}

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
fn every_text_can_be_edited_in_its_place() {
    let places = [
        PolicyPlace::Organization { policy: s("p-denyec2dev") },
        PolicyPlace::Managed { arn: s(OPS) },
        PolicyPlace::Inline { account: s(DEV), identity: user("John"), name: s("Start") },
        PolicyPlace::Trust { account: s(DEV), role: s("Deploy") },
        PolicyPlace::Resource { account: s(DEV), arn: s(BUCKET) },
        PolicyPlace::Session { request: 1, index: 0 },
        PolicyPlace::VpcEndpoint { request: 0 },
        PolicyPlace::RequestResource { request: 0 },
    ];
    for place in places {
        let edited = done(
            &document(),
            Action::EditPolicyText { place: place.clone(), text: "{ unfinished".into() },
        );
        assert_eq!(edited.policy_text(&place).unwrap().as_str(), "{ unfinished");
    }
}

#[test]
fn an_edit_copies_the_way_to_it_and_shares_the_rest() {
    let before = document();
    let place = PolicyPlace::Inline { account: s(DEV), identity: user("John"), name: s("Start") };
    let after = done(&before, Action::EditPolicyText { place, text: "{}".into() });
    assert!(Arc::ptr_eq(before.organization().unwrap(), after.organization().unwrap()));
    assert!(Arc::ptr_eq(before.account(OUTSIDE).unwrap(), after.account(OUTSIDE).unwrap()));
    let (old, new) = (before.account(DEV).unwrap(), after.account(DEV).unwrap());
    assert!(!Arc::ptr_eq(old, new));
    assert!(Arc::ptr_eq(&old.roles[0], &new.roles[0]));
    assert!(Arc::ptr_eq(
        old.managed_policies[0].document.shared(),
        new.managed_policies[0].document.shared()
    ));

    let after = done(&before, create_unit("r-exam", 1, "New"));
    let unit =
        |document: &Document| Arc::clone(document.organizational_unit("ou-exam-devaaaaa").unwrap());
    assert!(Arc::ptr_eq(&unit(&before), &unit(&after)));
    assert!(Arc::ptr_eq(before.account(DEV).unwrap(), after.account(DEV).unwrap()));
}

#[test]
fn labels_speak_of_names() {
    let document = document();
    assert_eq!(
        detach("p-denyec2dev", "ou-exam-devaaaaa").label(&document),
        "Detach DenyEc2 from Dev"
    );
    assert_eq!(
        Action::MoveAccount { id: s(DEV), parent: s("r-exam") }.label(&document),
        "Move dev-1 to Root"
    );
    let place = PolicyPlace::Trust { account: s(DEV), role: s("Deploy") };
    assert_eq!(
        Action::EditPolicyText { place, text: "".into() }.label(&document),
        "Edit the trust policy of Deploy"
    );
    assert_eq!(
        Action::RemoveRequest { index: 0 }.label(&document),
        "Remove request John starts an instance"
    );
}

/// Draws edits over a few names, so that many hit something and many are refused.
fn any_action() -> impl Strategy<Value = Action> {
    let account =
        || prop::sample::select(vec![MANAGEMENT, DEV, OUTSIDE, "333333333333"]).prop_map(s);
    let unit = || {
        prop::sample::select(vec![
            "r-exam",
            "ou-exam-devaaaaa",
            "ou-exam-teamaaaa",
            "ou-exam-00000001",
        ])
        .prop_map(s)
    };
    let policy = || {
        prop::sample::select(vec![
            FULL_AWS_ACCESS,
            RCP_FULL_AWS_ACCESS,
            "p-denyec2dev",
            "p-policy0001",
        ])
        .prop_map(s)
    };
    let target = || prop_oneof![account(), unit()];
    let name =
        || prop::sample::select(vec!["John", "Deploy", "Admins", "Ops", "Start"]).prop_map(s);
    let identity = || {
        prop_oneof![
            name().prop_map(Identity::User),
            name().prop_map(Identity::Group),
            name().prop_map(Identity::Role)
        ]
    };
    let arn = || {
        prop::sample::select(vec![OPS, ADMIN, "arn:aws:iam::222222222222:policy/John"]).prop_map(s)
    };
    let policy_type = || {
        prop::sample::select(vec![
            PolicyType::ServiceControlPolicy,
            PolicyType::ResourceControlPolicy,
        ])
    };
    let tree = prop_oneof![
        (unit(), unit(), name()).prop_map(|(parent, id, name)| Action::CreateOrganizationalUnit {
            parent,
            id,
            name
        }),
        (unit(), name()).prop_map(|(id, name)| Action::RenameOrganizationalUnit { id, name }),
        (unit(), unit()).prop_map(|(id, parent)| Action::MoveOrganizationalUnit { id, parent }),
        unit().prop_map(|id| Action::DeleteOrganizationalUnit { id }),
        (account(), name()).prop_map(|(id, name)| Action::CreateAccount {
            id,
            name,
            email: String::new()
        }),
        (account(), name()).prop_map(|(id, name)| Action::AddStandaloneAccount {
            id,
            name,
            email: String::new()
        }),
        account().prop_map(|id| Action::InviteAccount { id }),
        (account(), unit()).prop_map(|(id, parent)| Action::MoveAccount { id, parent }),
        account().prop_map(|id| Action::RemoveAccount { id }),
        account().prop_map(|id| Action::ForgetAccount { id }),
        account().prop_map(|management_account| Action::CreateOrganization { management_account }),
        Just(Action::DeleteOrganization),
        policy_type().prop_map(|policy_type| Action::EnablePolicyType { policy_type }),
        policy_type().prop_map(|policy_type| Action::DisablePolicyType { policy_type }),
        prop::sample::select(vec![FeatureSet::All, FeatureSet::ConsolidatedBilling])
            .prop_map(|feature_set| Action::SetFeatureSet { feature_set }),
        policy_type().prop_map(|policy_type| create_policy(1, policy_type)),
        policy().prop_map(|id| Action::DeletePolicy { id }),
        (policy(), target()).prop_map(|(policy, target)| Action::AttachPolicy { policy, target }),
        (policy(), target()).prop_map(|(policy, target)| Action::DetachPolicy { policy, target }),
    ];
    let iam = prop_oneof![
        (account(), identity()).prop_map(|(account, identity)| Action::CreateIdentity {
            account,
            identity,
            path: s("/")
        }),
        (account(), identity(), name()).prop_map(|(account, identity, name)| {
            Action::RenameIdentity { account, identity, name }
        }),
        (account(), identity())
            .prop_map(|(account, identity)| Action::DeleteIdentity { account, identity }),
        (account(), name(), name()).prop_map(|(account, user, group)| Action::AddUserToGroup {
            account,
            user,
            group
        }),
        (account(), identity(), arn()).prop_map(|(account, identity, arn)| {
            Action::SetPermissionsBoundary { account, identity, policy_arn: Some(arn) }
        }),
        (account(), name()).prop_map(|(account, name)| Action::CreateManagedPolicy {
            account,
            name,
            path: s("/"),
            document: "".into()
        }),
        (arn(), name()).prop_map(|(arn, name)| Action::RenameManagedPolicy { arn, name }),
        arn().prop_map(|arn| Action::DeleteManagedPolicy { arn }),
        (account(), identity(), arn()).prop_map(|(account, identity, policy_arn)| {
            Action::AttachManagedPolicy { account, identity, policy_arn }
        }),
        (account(), identity(), name()).prop_map(|(account, identity, name)| {
            Action::CreateInlinePolicy { account, identity, name, document: "".into() }
        }),
        (account(), identity(), name(), name()).prop_map(|(account, identity, name, new_name)| {
            Action::RenameInlinePolicy { account, identity, name, new_name }
        }),
        (0..3_usize, 0..3_usize).prop_map(|(from, to)| Action::MoveRequest { from, to }),
        (0..3_usize).prop_map(|index| Action::RemoveRequest { index }),
    ];
    prop_oneof![tree, iam]
}

proptest! {
    #[test]
    fn every_edit_keeps_what_must_hold_and_can_be_undone(actions in prop::collection::vec(any_action(), 1..30)) {
        let mut history = History::new(document());
        let mut made = 0;
        for action in &actions {
            let before = history.document().clone();
            if history.apply(action).is_ok() {
                history.pause();
                prop_assert!(check(history.document()).is_ok(), "{action:?}: {:?}", check(history.document()));
                made += usize::from(*history.document() != before);
            } else {
                prop_assert_eq!(history.document(), &before);
            }
        }
        prop_assert_eq!(&Document::from_json(&history.document().to_json()).unwrap(), history.document());
        let last = history.document().clone();
        prop_assert_eq!(std::iter::from_fn(|| history.undo().then_some(())).count(), made);
        prop_assert_eq!(history.document(), &document());
        while history.redo() {}
        prop_assert_eq!(history.document(), &last);
    }
}

#[test]
fn requests_are_kept_in_the_order_in_which_a_person_puts_them() {
    let request = Arc::new(Request {
        context: [("a", ContextValue::Absent)].into_iter().collect(),
        expect: Some(Decision::Allowed),
        ..Request::default()
    });
    let document = done(&document(), Action::AddRequest { request });
    let document = done(&document, Action::MoveRequest { from: 2, to: 0 });
    assert_eq!(document.requests()[0].expect, Some(Decision::Allowed));
    let document = done(&document, Action::RemoveRequest { index: 0 });
    assert_eq!(refused(&document, Action::RemoveRequest { index: 2 }), "NoSuchEntity");
}
