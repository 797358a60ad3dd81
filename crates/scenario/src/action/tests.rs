mod any;
mod iam;
mod organization;

use std::sync::Arc;

use super::*;
use crate::document::check;
use crate::{ContextValue, Decision};

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
    let document = done(&document, Action::DuplicateRequest { index: 1 });
    assert_eq!(document.requests().len(), 4);
    assert_eq!(document.requests()[2].name, format!("{} (copy)", document.requests()[1].label()));
    assert_eq!(document.requests()[2].principal, document.requests()[1].principal);
    assert_eq!(refused(&document, Action::DuplicateRequest { index: 4 }), "NoSuchEntity");
    let document = done(&document, Action::RemoveRequest { index: 2 });
    let document = done(&document, Action::RemoveRequest { index: 0 });
    assert_eq!(refused(&document, Action::RemoveRequest { index: 2 }), "NoSuchEntity");
}
