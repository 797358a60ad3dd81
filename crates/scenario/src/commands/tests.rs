use super::*;
use crate::{History, Identity, PolicyPlace, PolicyText, PolicyType};

fn seed() -> Document {
    Document::from_json(include_str!("../../seed/example-corp.json")).unwrap()
}

/// Makes the edits one after the other and writes them as a script.
fn script(document: &Document, actions: &[Action]) -> String {
    let mut history = History::new(document.clone());
    for action in actions {
        history.apply(action).unwrap();
        history.pause();
    }
    let mut script = Script::default();
    for (before, action) in history.steps() {
        script.add(before, action);
    }
    script.text()
}

/// A script without the comment above each edit.
fn calls(document: &Document, actions: &[Action]) -> String {
    let text = script(document, actions);
    text.lines().filter(|line| !line.starts_with("# ")).flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn an_edit_is_named_above_its_call() {
    let action = Action::DetachPolicy {
        policy: "p-denyec2dev".into(),
        target: "ou-corp-development".into(),
    };
    let text = script(&seed(), &[action]);
    assert!(
        text.starts_with(
            "# Detach DenyEc2InDev from Development\naws organizations detach-policy "
        )
    );
    let title = Action::SetTitle { title: "Another".into() };
    assert_eq!(script(&seed(), &[title]), "");
}

#[test]
fn each_edit_of_the_organization_is_one_call() {
    let target = || "ou-corp-development".to_owned();
    let rows = [
        (
            Action::MoveAccount { id: "999999999999".into(), parent: "ou-corp-sandbox00".into() },
            "aws organizations move-account --account-id 999999999999 --source-parent-id ou-corp-development --destination-parent-id ou-corp-sandbox00\n",
        ),
        (
            Action::DetachPolicy { policy: "p-denyec2dev".into(), target: target() },
            "aws organizations detach-policy --policy-id p-denyec2dev --target-id ou-corp-development\n",
        ),
        (
            Action::AttachPolicy { policy: "p-europeonly".into(), target: target() },
            "aws organizations attach-policy --policy-id p-europeonly --target-id ou-corp-development\n",
        ),
        (
            Action::RenameOrganizationalUnit { id: target(), name: "Dev & test".into() },
            "aws organizations update-organizational-unit --organizational-unit-id ou-corp-development --name 'Dev & test'\n",
        ),
        (
            Action::RenameAccount { id: "999999999999".into(), name: "It's dev".into() },
            "aws account put-account-name --account-id 999999999999 --account-name 'It'\\''s dev'\n",
        ),
        (
            Action::CloseAccount { id: "999999999999".into() },
            "aws organizations close-account --account-id 999999999999\n",
        ),
        (
            Action::DisablePolicyType { policy_type: PolicyType::ResourceControlPolicy },
            "aws organizations disable-policy-type --root-id r-corp --policy-type RESOURCE_CONTROL_POLICY\n",
        ),
        (
            Action::EditPolicyText {
                place: PolicyPlace::Organization { policy: "p-denyec2dev".into() },
                text: PolicyText::new("{ \"Version\": \"2012-10-17\",\n \"Statement\": [] }"),
            },
            "aws organizations update-policy --policy-id p-denyec2dev --content '{\"Version\":\"2012-10-17\",\"Statement\":[]}'\n",
        ),
    ];
    for (action, expected) in rows {
        assert_eq!(calls(&seed(), std::slice::from_ref(&action)), expected);
    }
}

#[test]
fn what_the_script_makes_is_called_by_its_variable() {
    let unit = "ou-corp-newnewne".to_owned();
    let actions = [
        Action::CreateOrganizationalUnit {
            parent: "r-corp".into(),
            id: unit.clone(),
            name: "New labs".into(),
        },
        Action::CreateAccount {
            id: "131313131313".into(),
            name: "Lab 1".into(),
            email: "lab-1@example.com".into(),
        },
        Action::MoveAccount { id: "131313131313".into(), parent: unit },
    ];
    let text = calls(&seed(), &actions);
    let last: Vec<&str> = text.lines().rev().take(3).collect();
    assert_eq!(
        last,
        [
            "aws organizations move-account --account-id \"$ACCOUNT_LAB_1\" --source-parent-id r-corp --destination-parent-id \"$OU_NEW_LABS\"",
            "ACCOUNT_LAB_1=$(create_account 'Lab 1' lab-1@example.com)",
            "OU_NEW_LABS=$(aws organizations create-organizational-unit --parent-id r-corp --name 'New labs' --query OrganizationalUnit.Id --output text)",
        ]
    );
    assert!(text.starts_with("create_account() {"));
}

#[test]
fn what_aws_cannot_do_is_a_comment() {
    let action = Action::MoveOrganizationalUnit {
        id: "ou-corp-development".into(),
        parent: "r-corp".into(),
    };
    assert!(script(&seed(), &[action]).contains("\n# AWS cannot move an OU"));
}

#[test]
fn edits_inside_an_account_name_it() {
    let action = Action::AttachManagedPolicy {
        account: "999999999999".into(),
        identity: Identity::User("John".into()),
        policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess".into(),
    };
    assert_eq!(
        calls(&seed(), &[action]),
        "aws iam attach-user-policy --user-name John --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess # in 999999999999\n"
    );
}

#[test]
fn users_and_groups_get_another_name_and_path_by_update() {
    let (account, john) = ("999999999999".to_owned(), Identity::User("John".into()));
    let path = Action::SetIdentityPath {
        account: account.clone(),
        identity: john.clone(),
        path: "/ops/".into(),
    };
    let name = Action::RenameIdentity { account, identity: john, name: "Jon".into() };
    assert_eq!(
        calls(&seed(), &[path, name]),
        "aws iam update-user --user-name John --new-path /ops/ # in 999999999999\n\
         aws iam update-user --user-name John --new-user-name Jon # in 999999999999\n"
    );
}

#[test]
fn what_was_undone_is_not_called() {
    let mut history = History::new(seed());
    let action = Action::DetachPolicy {
        policy: "p-denyec2dev".into(),
        target: "ou-corp-development".into(),
    };
    history.apply(&action).unwrap();
    assert_eq!(history.steps().count(), 1);
    history.undo();
    assert_eq!(history.steps().count(), 0);
    history.redo();
    assert_eq!(history.steps().count(), 1);
}

#[test]
fn typing_is_one_call_with_the_last_text() {
    let mut history = History::new(seed());
    let place = PolicyPlace::Organization { policy: "p-denyec2dev".into() };
    for text in ["{", "{}"] {
        let (place, text) = (place.clone(), PolicyText::new(text));
        history.apply(&Action::EditPolicyText { place, text }).unwrap();
    }
    let mut script = Script::default();
    history.steps().for_each(|(before, action)| script.add(before, action));
    assert_eq!(
        script.text(),
        "# Edit DenyEc2InDev\naws organizations update-policy --policy-id p-denyec2dev --content '{}'\n"
    );
}

#[test]
fn an_organization_is_built_from_nothing() {
    let text = from_scratch(&seed());
    let before = |first: &str, second: &str| {
        let (first, second) = (text.find(first), text.find(second));
        assert!(first.is_some() && first < second, "{first:?} {second:?}\n{text}");
    };
    before("create-organization --feature-set ALL", "ROOT=$(aws organizations list-roots");
    before("enable-policy-type --root-id \"$ROOT\"", "SCP_DENYEC2INDEV=$(");
    before(
        "OU_WORKLOADS=$(",
        "OU_DEVELOPMENT=$(aws organizations create-organizational-unit --parent-id \"$OU_WORKLOADS\"",
    );
    before(
        "ACCOUNT_DEVELOPMENT=$(create_account Development",
        "--account-id \"$ACCOUNT_DEVELOPMENT\" --source-parent-id \"$ROOT\" --destination-parent-id \"$OU_DEVELOPMENT\"",
    );
    before(
        "attach-policy --policy-id \"$SCP_SANDBOXSERVICES\" --target-id \"$OU_SANDBOX\"",
        "detach-policy --policy-id p-FullAWSAccess --target-id \"$OU_SANDBOX\"",
    );
    assert_eq!(text.matches("enable-policy-type").count(), 1, "AWS has enabled SCPs itself");
    assert_eq!(text.matches("detach-policy").count(), 1);
    assert_eq!(text.matches("$(create_account ").count(), 9);
}

#[test]
fn consolidated_billing_alone_needs_no_policy_types() {
    let text = r#"{ "format": 1, "organization": { "featureSet": "CONSOLIDATED_BILLING" } }"#;
    let script = from_scratch(&Document::from_json(text).unwrap());
    assert!(script.contains("--feature-set CONSOLIDATED_BILLING"), "{script}");
    assert!(!script.contains("policy-type") && !script.contains("attach-policy"), "{script}");
}
