//! The organization: its tree, its accounts and its policies.

use super::*;
use crate::built_in::{FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS};
use crate::{AccountState, JoinedMethod};

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
fn the_settings_of_an_account_change_but_the_management_account_stays_open() {
    let document = document();
    let update = |id: &str, email: &str, state| Action::UpdateAccount {
        id: s(id),
        email: s(email),
        state,
        joined_method: JoinedMethod::Invited,
    };
    let changed = done(&document, update(DEV, "dev@example.com", AccountState::Suspended));
    let account = changed.account(DEV).unwrap();
    assert_eq!((&*account.email, account.state), ("dev@example.com", AccountState::Suspended));
    assert_eq!(account.joined_method, JoinedMethod::Invited);
    let same = update(MANAGEMENT, "DEV@example.com", AccountState::Active);
    assert_eq!(refused(&changed, same), "ConflictException");
    let nonsense = update(DEV, "nobody", AccountState::Active);
    assert_eq!(refused(&document, nonsense), "ValidationException");
    assert_eq!(
        refused(&document, update(MANAGEMENT, "", AccountState::Closed)),
        "ConstraintViolationException (CANNOT_CLOSE_MANAGEMENT_ACCOUNT)"
    );
}

#[test]
fn another_member_can_become_the_management_account() {
    let document = document();
    let manage = |id: &str| Action::SetManagementAccount { id: s(id) };
    let changed = done(&document, manage(DEV));
    assert!(changed.organization().unwrap().is_management_account(DEV));
    assert_eq!(refused(&document, manage(OUTSIDE)), "AccountNotFoundException");
}
