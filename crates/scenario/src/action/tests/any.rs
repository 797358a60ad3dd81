//! Edits that nobody has thought of.

use proptest::prelude::*;

use super::*;
use crate::built_in::{FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS};
use crate::{AccountState, History, JoinedMethod};

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
        account().prop_map(|id| Action::SetManagementAccount { id }),
        (account(), any::<bool>()).prop_map(|(id, closed)| Action::UpdateAccount {
            id,
            email: s("ops@example.com"),
            state: if closed { AccountState::Closed } else { AccountState::Active },
            joined_method: JoinedMethod::Invited,
        }),
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
        (account(), identity()).prop_map(|(account, identity)| Action::SetIdentityPath {
            account,
            identity,
            path: s("/team/")
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
        (0..3_usize).prop_map(|index| Action::DuplicateRequest { index }),
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
