use super::*;
use crate::testing;

fn all(name: &str) -> (Cells, Question) {
    let document = crate::seed::document();
    let compiled = Compiled::new(&document);
    let index = document.requests().iter().position(|request| request.name == name);
    let question = Question::of(&document, index.unwrap()).unwrap();
    let base = cells::base(&document, &question.request);
    (cells(&compiled, &document, &base), question)
}

#[test]
fn the_panel_counts_marks_and_names_every_action() {
    let (document, compiled, question, _) = testing::seed();
    let html = testing::html::<EffectivePanel>(EffectivePanelProps {
        document,
        compiled,
        question,
        on_question: Callback::noop(),
        on_action: Callback::noop(),
        on_open: Callback::noop(),
    });
    for words in ["John in Development", "RunInstances", "Permissions management", "eu-central-1"] {
        assert!(html.contains(words), "`{words}` is missing in {html}");
    }
    assert_eq!(html.matches("effective-cell ").count(), cells::count());
}

#[test]
fn no_ec2_in_development_whatever_john_is_granted() {
    let (all, _) = all("John starts an instance in development");
    let ec2 = all.services.iter().find(|service| service.prefix == "ec2").unwrap();
    assert_eq!(ec2.count(Decision::ExplicitDeny), ec2.cells.len());
}

#[test]
fn requests_carry_a_region_so_that_region_guards_judge_them_as_aws_does() {
    let (all, _) = all("The production administrator creates an IAM user");
    let decision = |prefix: &str, name: &str| {
        let service = all.services.iter().find(|service| service.prefix == prefix).unwrap();
        service.cells.iter().find(|cell| cell.name == name).unwrap().decision
    };
    assert_eq!(decision("s3", "GetObject"), Decision::Allowed);
    assert_eq!(decision("iam", "ListUsers"), Decision::Allowed);
    assert_eq!(decision("iam", "CreateUser"), Decision::ExplicitDeny);
}

#[test]
fn filters_narrow_by_text_and_decision() {
    let (all, _) = all("John starts an instance in development");
    let text = |text: &str| all.filtered(&Filter { text: text.to_owned(), decision: None });
    assert_eq!(text("secrets").services.len(), 1);
    assert_eq!(text("ec2:start").services[0].cells.len(), 1);
    assert!(text("tagging").services.len() > 5);
    let denied =
        all.filtered(&Filter { text: String::new(), decision: Some(Decision::ExplicitDeny) });
    assert_eq!(denied.count(Decision::ExplicitDeny), all.count(Decision::ExplicitDeny));
    assert_eq!(denied.count(Decision::Allowed), 0);
}

#[test]
fn an_unclear_principal_has_no_permissions_to_show() {
    let document = crate::seed::document();
    let compiled = Compiled::new(&document);
    let base = cells::base(&document, &iam_scenario::Request::default());
    assert_eq!(cells(&compiled, &document, &base), Cells::default());
}

/// The list is short and kept by hand; AWS's own, which is long, says whether it is right.
#[test]
fn levels_and_resources_are_those_of_the_catalogue() {
    let file = include_bytes!("../../../crates/catalog/data/catalog.bin");
    let catalog = iam_catalog::Catalog::decode(file).unwrap();
    let mut wrong = Vec::new();
    for service in actions::SERVICES {
        for (name, level, resource) in service.actions {
            let full = format!("{}:{name}", service.prefix);
            let Some(action) = catalog.action(&full) else {
                wrong.push(format!("{full}: AWS has no such action"));
                continue;
            };
            let listed = format!("{:?}", action.access_level());
            if listed != format!("{level:?}") {
                wrong.push(format!("{full}: {level:?} here, {listed} there"));
            }
            let works_on_some = action.resource_types().next().is_some();
            if !works_on_some && *resource != "*" {
                wrong.push(format!("{full}: works on no resource, here on {resource}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
