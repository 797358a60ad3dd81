use iam_scenario::{Action, Decision, apply};

use super::changes::{Kind, Summary};
use super::engine::VERDICTS;
use super::grid::PrincipalGrid;
use super::tally::{Filter, part};
use super::why::Asked;
use super::*;
use crate::icons::{Icon, icon};
use crate::question::now;
use crate::show::view;
use crate::testing;

#[component]
fn ShownHalf() -> Html {
    icon(Icon::Half)
}

/// Components below what is worked out.
#[derive(Properties, PartialEq)]
struct ShownProps {
    live: LiveHandle,
    content: Html,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    html! { <ContextProvider<LiveHandle> context={props.live.clone()}>{ props.content.clone() }</ContextProvider<LiveHandle>> }
}

fn shown(live: &LiveHandle, content: Html) -> String {
    testing::html::<Shown>(ShownProps { live: live.clone(), content })
}

fn way() -> Way {
    let (on_question, on_baseline) = (Callback::noop(), Callback::noop());
    Way { on_question, on_baseline, without: None, ports: Ports::nowhere() }
}

/// The seed with one of its questions, and everything worked out.
fn seed(name: &str) -> (Rc<Document>, Question, LiveHandle) {
    let document = Rc::new(crate::seed::document());
    let index = document.requests().iter().position(|request| request.name == name);
    let question = Question::of(&document, index.unwrap()).unwrap();
    let live = LiveHandle::complete(&document, &document, &question);
    (document, question, live)
}

const JOHN: &str = "John starts an instance in development";
const ADMINISTRATOR: &str = "The production administrator creates an IAM user";

/// The seed after an edit, compared with itself.
fn edited(action: &Action) -> LiveHandle {
    let (document, question, _) = seed(JOHN);
    let after = Rc::new(apply(&document, action).unwrap());
    LiveHandle::complete(&after, &document, &question)
}

#[test]
fn every_action_of_aws_is_counted_for_the_principal() {
    let (document, question, live) = seed(JOHN);
    let permissions = live.asked.as_ref().unwrap();
    let facts = live.facts.as_ref().unwrap();
    let all: usize = permissions.totals.iter().sum();
    assert_eq!(all, facts.index.universe().len());
    assert!(all > 20_000);
    let html = shown(&live, view!(PrincipalGrid { document, question, text: "", way: way() }));
    for words in ["John in Development", "Permissions management", "Security Token Service"] {
        assert!(html.contains(words), "`{words}` is missing");
    }
    // Of the actions of one level in STS one is allowed and the others are not: that has a sign of its own.
    let (_, half) = html.split_once("Security Token Service").unwrap();
    let mixed = testing::html::<ShownHalf>(());
    assert!(half.split("</tbody>").next().unwrap().contains(&mixed), "{mixed}");
    // Most services are alike, and stand in one line.
    assert!(html.contains("Show all 4") && html.matches("<tbody").count() < 100);
}

#[test]
fn services_that_policies_name_stand_before_those_that_are_alike() {
    let (_, _, live) = seed(JOHN);
    let (facts, permissions) = (live.facts.as_ref().unwrap(), live.asked.as_ref().unwrap());
    let tallies = Filter::default().tallies(&facts.index, permissions);
    let (telling, alike) = part(tallies, &facts.index, permissions);
    let prefix = |at: usize| facts.index.services()[at].prefix.as_str();
    let named: Vec<&str> = telling.iter().map(|tally| prefix(tally.service)).collect();
    assert!(named.contains(&"ec2") && named.contains(&"iam"), "{named:?}");
    assert!(alike.len() > 300 && alike.iter().all(|tally| tally.only().is_some()));
}

#[test]
fn filters_narrow_by_text_verdict_and_level() {
    let (_, _, live) = seed(ADMINISTRATOR);
    let (facts, permissions) = (live.facts.as_ref().unwrap(), live.asked.as_ref().unwrap());
    let found = |filter: Filter| filter.tallies(&facts.index, permissions);
    let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    let one = found(text("iam:CreateUser"));
    assert_eq!((one.len(), one[0].total().iter().sum::<usize>()), (1, 1));
    assert_eq!(one[0].only(), Some(2), "an SCP denies it");
    assert_eq!(found(text("no such action")).len(), 0);
    let tagging = found(Filter { level: Some(4), ..Filter::default() });
    assert!(tagging.iter().all(|tally| tally.levels[1] == [0; 4]) && tagging.len() > 200);
    let denied = found(Filter { verdict: Some(2), ..Filter::default() });
    let count: usize = denied.iter().map(|tally| tally.total()[2]).sum();
    assert_eq!(count, permissions.totals[2]);
}

#[test]
fn a_click_asks_what_the_cell_says_and_the_reason_names_policy_and_level() {
    for name in [JOHN, ADMINISTRATOR] {
        let (_, question, live) = seed(name);
        let (facts, permissions) = (live.facts.as_ref().unwrap(), live.asked.as_ref().unwrap());
        let compiled = live.compiled.as_ref().unwrap();
        let request = callers::request_like(&question.request);
        let asked = Asked { facts, compiled, request: &request };
        for (place, entry) in facts.index.universe().entries().step_by(611) {
            let verdict = permissions.at(place);
            let question = asked.question(place, verdict);
            let decision = compiled.decide(&question.request, now()).unwrap();
            let expected = match VERDICTS[verdict] {
                engine::Verdict::Allowed | engine::Verdict::Depends => Decision::Allowed,
                engine::Verdict::ExplicitDeny => Decision::ExplicitDeny,
                engine::Verdict::ImplicitDeny => Decision::ImplicitDeny,
            };
            assert_eq!(decision, expected, "{}", entry.action.as_str());
            assert!(asked.why(place, verdict).ends_with('.'), "{}", entry.action.as_str());
        }
    }
    let (_, question, live) = seed(JOHN);
    let (facts, compiled) = (live.facts.as_ref().unwrap(), live.compiled.as_ref().unwrap());
    let request = callers::request_like(&question.request);
    let asked = Asked { facts, compiled, request: &request };
    let start = facts.index.universe().place("ec2:StartInstances").unwrap();
    let why = asked.why(start, 2);
    assert!(why.contains("`DenyEc2InDev` at the OU Development denies it"), "{why}");
    // What John lacks an Allow for is denied by an SCP in some regions as well.
    let send = facts.index.universe().place("sqs:SendMessage").unwrap();
    let verdict = live.asked.as_ref().unwrap().at(send);
    assert_eq!(VERDICTS[verdict], engine::Verdict::ImplicitDeny);
    let why = asked.why(send, verdict);
    assert!(why.starts_with("No identity-based policy allows it."), "{why}");
    assert!(why.contains("denied explicitly as well: Statement 1 of"), "{why}");
    assert!(why.contains("`DenyOutsideEurope` at the OU Workloads denies it"), "{why}");
}

#[test]
fn an_edit_shows_what_it_newly_denies_summed_up_the_tree() {
    let (_, _, untouched) = seed(JOHN);
    assert!(untouched.changes.is_empty());
    let policy = "p-denyec2dev".to_owned();
    let live = edited(&Action::DetachPolicy { policy, target: "ou-corp-development".into() });
    let all = Summary::of(live.changes.iter());
    // John may start and stop instances, in the regions that another SCP leaves.
    assert_eq!(all.words(), "2 actions are newly conditional for 1 principal.");
    assert_eq!(all.count(Kind::Depends), (2, 1));
    for id in ["r-corp", "ou-corp-development", "999999999999"] {
        assert_eq!(live.by_target.get(id), Some(&all), "{id}");
    }
    assert_eq!(live.by_target.get("666666666666"), None);
    let document = Rc::new(crate::seed::document());
    let html = shown(&live, view!(ChangesLine { document, way: way() }));
    assert!(html.contains("Since the baseline") && html.contains("for 1 principal"), "{html}");
    let chips = shown(&live, tree_chips(&live, "r-corp"));
    assert!(chips.contains("change-chip"), "{chips}");
}

#[test]
fn another_condition_is_no_silent_change() {
    let text = |regions: &str| {
        format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
                "Condition": {{ "StringNotEquals": {{ "aws:RequestedRegion": [{regions}] }} }} }} }}"#
        )
    };
    let edit = |document: &Document, regions: &str| {
        let place = iam_scenario::PolicyPlace::Organization { policy: "p-nobodyleaves".into() };
        apply(document, &Action::EditPolicyText { place, text: text(regions).as_str().into() })
            .unwrap()
    };
    let before = Rc::new(edit(&crate::seed::document(), r#""eu-central-1""#));
    let after = Rc::new(edit(&before, r#""eu-central-1", "us-east-1""#));
    let live = LiveHandle::complete(&after, &before, &Question::first(&before));
    let all = Summary::of(live.changes.iter());
    assert!(all.count(Kind::Conditions).0 > 1_000, "{}", all.words());
    let blanks = Rc::new(edit(&before, r#" "eu-central-1" "#));
    let live = LiveHandle::complete(&blanks, &before, &Question::first(&before));
    assert!(live.changes.is_empty());
}

#[test]
fn moving_an_account_changes_its_own_principals_alone() {
    let id = "999999999999".to_owned();
    let live = edited(&Action::MoveAccount { id: id.clone(), parent: "r-corp".into() });
    assert!(!live.changes.is_empty());
    assert!(live.changes.iter().all(|change| change.caller.account == id));
    let words = Summary::of(live.changes.iter()).words();
    assert!(words.contains("newly"), "{words}");
}

#[test]
fn deleting_a_role_denies_what_it_could_do() {
    let identity = iam_scenario::Identity::Role("Admin".into());
    let live = edited(&Action::DeleteIdentity { account: "666666666666".into(), identity });
    let change = live.changes.iter().find(|change| change.caller.name == "Admin").unwrap();
    assert!(change.of(Kind::Denied).count() > 1_000);
    assert_eq!(change.caller.account_name, "Production");
}

#[test]
fn an_account_shows_its_principals_side_by_side_and_an_ou_its_accounts() {
    let (document, question, live) = seed(JOHN);
    let show = |id: &'static str| {
        let (document, question) = (document.clone(), question.clone());
        shown(&live, view!(TargetTotals { document, id, question, way: way() }))
    };
    let account = show("666666666666");
    assert!(
        account.contains("Anyone of these") && account.contains("Operators")
            || account.contains("Admin"),
        "{account}"
    );
    let root = show("r-corp");
    assert!(root.contains("Production") && root.contains("on average") && root.contains("nobody"));
}

#[test]
fn who_can_lists_everybody_with_decision_and_reason() {
    let (document, question, live) = seed(JOHN);
    let compiled = live.compiled.clone().unwrap();
    let html = shown(&live, view!(WhoCan { document, compiled, question, way: way() }));
    assert!(html.contains("Who can") && html.contains("Root user"), "{html}");
    assert!(html.contains("DenyEc2InDev</code> at the OU Development denies it"), "{html}");
}

#[test]
fn without_the_catalogue_the_page_says_so() {
    let (document, question, _) = seed(JOHN);
    let html =
        shown(&LiveHandle::default(), view!(EffectivePanel { document, question, way: way() }));
    assert!(html.contains("is being loaded"), "{html}");
}

#[test]
fn a_principal_that_is_not_there_has_no_permissions() {
    let (document, _, _) = seed(JOHN);
    for principal in ["arn:aws:iam::999999999999:user/Nobody", "*", ""] {
        let question = Question::new(callers::request_of(principal));
        let live = LiveHandle::complete(&document, &document, &question);
        assert!(live.asked.is_none(), "{principal}");
    }
}
