use super::*;
use crate::testing;

/// The pane for this question of the seed.
fn pane(question: Question) -> String {
    let document = Rc::new(crate::seed::document());
    let compiled = Rc::new(Compiled::new(&document));
    testing::html::<WhyPane>(WhyPaneProps {
        document,
        compiled,
        question,
        on_question: Callback::noop(),
        on_action: Callback::noop(),
        on_open: Callback::noop(),
    })
}

fn seed(name: &str) -> Question {
    let document = crate::seed::document();
    let index = document.requests().iter().position(|request| request.name == name);
    Question::of(&document, index.unwrap()).unwrap()
}

fn assert_shows(html: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(html.contains(words), "`{words}` is missing in {html}");
    }
}

/// The part of the page from these words to those.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let rest = html.split_once(from).unwrap_or_else(|| panic!("`{from}` is missing in {html}")).1;
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

#[test]
fn a_denied_question_shows_the_sentence_the_blocking_level_and_the_denying_statement() {
    let html = pane(seed("John starts an instance in development"));
    let sentence = "User: arn:aws:iam::999999999999:user/John is not authorized to perform: ec2:StartInstances on \
        resource: arn:aws:ec2:eu-central-1:999999999999:instance/i-0abc with an explicit deny in a service control policy: \
        arn:aws:organizations::111111111111:policy/o-examplecorp/service_control_policy/p-denyec2dev";
    assert_shows(&html, &["Denied explicitly", "What AWS answers", sentence]);
    let blocking = between(&html, "why-level explicit-deny blocks", "</ol></details></li>");
    assert_shows(blocking, &["Development", "denies it", "DenyEc2InDev", "ec2:*"]);
    let gates = between(&html, "Gate by gate", "<nothing>");
    assert_eq!(gates.matches("why-level explicit-deny").count(), 1);
    assert_eq!(gates.matches("why-gate not-applicable").count(), 5, "{gates}");
}

#[test]
fn an_allowed_question_has_every_gate_folded() {
    let html = pane(seed("John starts an instance in production"));
    assert_shows(&html, &["Allowed", "In AWS’s words", "every level leaves it"]);
    assert!(!between(&html, "Gate by gate", "<nothing>").contains("<details open"));
    assert!(!html.contains("blocks"));
}

#[test]
fn several_causes_are_all_named() {
    let html = pane(seed("A former partner reads customer data"));
    let causes = between(&html, "2 causes", "Gate by gate");
    assert_shows(causes, &["OnlyOurOrganization", "No identity-based policy allows s3:GetObject."]);
}

#[test]
fn a_failing_condition_shows_what_is_wanted_and_what_was_found() {
    let html = pane(seed("The launcher runs an instance in Virginia"));
    assert_shows(&html, &["StringNotEquals", "aws:RequestedRegion", "eu-central-1", "us-east-1"]);
}

#[test]
fn what_cannot_be_read_stays_and_its_error_stands_beside_it() {
    let mut question = seed("John starts an instance in production");
    let request = std::sync::Arc::make_mut(&mut question.request);
    request.action = "ec2 StartInstances".to_owned();
    let html = pane(question);
    let field = between(&html, "id=\"why-action\"", "</div>");
    assert_shows(field, &["ec2 StartInstances", "aria-invalid", "why-action-error", "field-error"]);
    assert_shows(&html, &["No answer yet"]);
}

#[test]
fn a_missing_key_that_decides_is_offered_with_what_it_would_lead_to() {
    let mut question = seed("The web server reads customer data");
    let request = std::sync::Arc::make_mut(&mut question.request);
    request.context.remove("aws:RequestedRegion");
    let html = pane(question);
    let offered = between(&html, "class=\"why-what-if\"", "</ul>");
    assert_shows(offered, &["hangs on keys", "aws:RequestedRegion = eu-central-1", "Allowed"]);
}

#[test]
fn a_changed_question_can_be_saved_discarded_or_added() {
    let mut question = seed("John starts an instance in production");
    std::sync::Arc::make_mut(&mut question.request).action = "ec2:StopInstances".to_owned();
    assert_shows(&pane(question.clone()), &["Save changes", "Discard changes", "Add as another"]);
    question.index = None;
    assert_shows(&pane(question), &["Add as test"]);
}

#[test]
fn a_test_that_fails_says_what_it_expects() {
    let document = crate::seed::document();
    let mut request = (*document.requests()[0]).clone();
    request.expect = Some(iam_scenario::Decision::Allowed);
    let action = Action::UpdateRequest { index: 0, request: request.into() };
    let document = Rc::new(iam_scenario::apply(&document, &action).unwrap());
    let html = testing::html::<WhyPane>(WhyPaneProps {
        compiled: Rc::new(Compiled::new(&document)),
        question: Question::first(&document),
        document,
        on_question: Callback::noop(),
        on_action: Callback::noop(),
        on_open: Callback::noop(),
    });
    assert_shows(
        &html,
        &["14 of 15 as expected", "Expected: Allowed", "Expect: Denied explicitly"],
    );
}

#[test]
fn a_cause_leads_to_its_very_statement() {
    let (_, compiled, question, answer) = testing::seed();
    let causes = iam_evaluator::explanation::causes(
        compiled.organization(),
        &answer.request,
        &answer.evaluation,
    );
    let view = answer::View {
        compiled: &compiled,
        answer: &answer,
        index: question.index,
        on_open: &Callback::noop(),
    };
    let policy = causes[0].policy.clone().unwrap();
    let place = iam_scenario::PolicyPlace::Organization { policy: "p-denyec2dev".into() };
    let selection = Selection::Policy { place, statement: Some(0) };
    assert_eq!(view.selection(&policy, causes[0].statement), Some(selection));
}

#[test]
fn every_test_has_its_mark_and_a_red_one_says_why() {
    let html = pane(seed("John starts an instance in development"));
    let strip = between(&html, "class=\"test-strip\"", "</div>");
    let tests = crate::seed::document().requests().len();
    assert_eq!(strip.matches("test-mark passes").count(), tests);
    let document = crate::seed::document();
    let mut request = (*document.requests()[0]).clone();
    request.expect = Some(iam_scenario::Decision::Allowed);
    let action = Action::UpdateRequest { index: 0, request: request.into() };
    let compiled = Compiled::new(&iam_scenario::apply(&document, &action).unwrap());
    let why = compiled.test(0, None).unwrap().reason().unwrap();
    assert!(why.contains("DenyEc2InDev") && why.ends_with('.'), "{why}");
}

#[test]
fn a_statement_that_does_not_apply_shows_what_its_first_failing_element_wants() {
    let html = pane(seed("The launcher runs an instance in Virginia"));
    let mismatch = between(&html, "why-mismatch", "</dl>");
    assert_shows(mismatch, &["wanted", "found", "ec2:RunInstances"]);
}
