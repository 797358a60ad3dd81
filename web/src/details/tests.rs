use iam_scenario::{Identity, PolicyPlace};

use super::*;
use crate::notices::{Notices, NoticesProps};
use crate::state::{Notice, NoticeKind};
use crate::testing;

fn details(selection: Selection) -> String {
    let (document, compiled, question, answer) = testing::seed();
    testing::html::<DetailsPane>(DetailsProps {
        document,
        compiled,
        answer: Some(answer),
        question,
        selection,
        on_question: Callback::noop(),
        ports: Ports::nowhere(),
    })
}

fn assert_shows(html: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(html.contains(words), "`{words}` is missing in {html}");
    }
}

#[test]
fn an_ou_shows_its_policies_what_comes_from_above_and_what_is_in_it() {
    let html = details(Selection::Target("ou-corp-development".into()));
    assert_shows(
        &html,
        &[
            "Organizational unit",
            "Detach DenyEc2InDev",
            "From the levels above",
            "KeepCloudTrailOn",
            "999999999999",
            "Move to …",
            "Delete …",
        ],
    );
    assert!(html.contains("always attached"), "RCPFullAWSAccess");
}

#[test]
fn the_root_can_be_renamed_but_not_moved_or_deleted() {
    let html = details(Selection::Target("r-corp".into()));
    assert_shows(&html, &["Rename …", "Invite …", "4 accounts"]);
    assert!(!html.contains("Move to …") && !html.contains("Delete …"));
}

#[test]
fn an_account_shows_its_identities_policies_and_resources() {
    let html = details(Selection::Target("666666666666".into()));
    assert_shows(
        &html,
        &["Member account", "John", "Operators", "WebServer", "DeployBoundary", "Close …"],
    );
    let html = details(Selection::Target("111111111111".into()));
    assert_shows(
        &html,
        &["Management account", "No SCP and no RCP ever limits the management account"],
    );
}

#[test]
fn a_role_shows_policies_boundary_and_trust() {
    let identity = Identity::Role("Deploy".into());
    let html = details(Selection::Identity { account: "666666666666".into(), identity });
    assert_shows(
        &html,
        &[
            "IAM role",
            "AdministratorAccess",
            "AWS managed",
            "DeployBoundary",
            "Trust policy",
            "Ask about it",
        ],
    );
}

#[test]
fn a_policy_shows_its_text_its_targets_and_that_aws_would_save_it() {
    let html = details(Selection::organization_policy("p-denyec2dev"));
    assert_shows(
        &html,
        &[
            "Service control policy (SCP)",
            "<textarea",
            "ec2:*",
            "Detach from Development",
            "AWS would save this policy",
        ],
    );
    let html = details(Selection::organization_policy("p-FullAWSAccess"));
    assert_shows(&html, &["readonly", "which only AWS changes"]);
}

#[test]
fn a_resource_without_a_policy_offers_one() {
    let (document, ..) = testing::seed();
    let arn = "arn:aws:sqs:eu-central-1:999999999999:jobs".to_owned();
    let add = iam_scenario::Action::AddResource {
        account: "999999999999".into(),
        resource: std::sync::Arc::new(iam_scenario::Resource {
            arn: arn.clone(),
            ..Default::default()
        }),
    };
    let document = Rc::new(iam_scenario::apply(&document, &add).unwrap());
    let html = testing::html::<DetailsPane>(DetailsProps {
        compiled: Rc::new(Compiled::new(&document)),
        document,
        answer: None,
        question: Question::default(),
        selection: Selection::policy(PolicyPlace::Resource { account: "999999999999".into(), arn }),
        on_question: Callback::noop(),
        ports: Ports::nowhere(),
    });
    assert_shows(&html, &["Add a policy"]);
}

#[test]
fn the_scenario_lists_its_questions_with_answers_and_whether_they_are_as_expected() {
    let html = details(Selection::Scenario);
    let requests = crate::seed::document().requests().len();
    assert_shows(&html, &[&format!("{requests} of {requests} as expected"), "Denied implicitly"]);
}

#[test]
fn a_refusal_is_an_alert_with_awss_exception_set_apart() {
    let text = "ConstraintViolationException (OU_DEPTH_LIMIT_EXCEEDED): You attempted to create an OU tree that is too many levels deep.";
    let notice = Notice { number: 1, kind: NoticeKind::Refusal, text: text.into() };
    let html = testing::html::<Notices>(NoticesProps {
        notices: vec![notice],
        on_dismiss: Callback::noop(),
    });
    assert_shows(
        &html,
        &[
            "role=\"alert\"",
            "<strong class=\"exception\">ConstraintViolationException (OU_DEPTH_LIMIT_EXCEEDED)</strong>",
        ],
    );
}

#[test]
fn the_root_has_the_settings_of_the_organization() {
    let html = details(Selection::Target("r-corp".into()));
    assert_shows(
        &html,
        &["Settings", "Disable SCPs", "Management account", "Back to consolidated billing"],
    );
}

#[test]
fn a_group_lists_its_users_and_a_managed_policy_whom_it_is_attached_to() {
    let identity = Identity::Group("Operators".into());
    let html = details(Selection::Identity { account: "666666666666".into(), identity });
    assert_shows(&html, &["Users", "John", "Remove John from it"]);
    let arn = "arn:aws:iam::666666666666:policy/DeployBoundary".to_owned();
    let html = details(Selection::policy(PolicyPlace::Managed { arn }));
    assert_shows(&html, &["Attached to", "Deploy in Production", "permissions boundary"]);
}

#[test]
fn the_scenario_has_a_table_of_tests_and_its_json() {
    let html = details(Selection::Scenario);
    assert_shows(
        &html,
        &["Name of test 1", "Expected of", "Duplicate ", "The whole scenario as JSON"],
    );
}
