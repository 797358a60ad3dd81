//! Every answer of the seed and of the gallery, there and back: the sentence that AWS would answer is read as a denial
//! again, asks the same question, and agrees with the answer that it came from.

use std::fs;
use std::path::Path;

use iam_evaluator::{RequestPrincipal, explanation};
use iam_scenario::{Compiled, Decision, Denial, Document, Request, Simulation};

fn scenarios() -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [folder.join("seed"), folder.join("../../gallery")];
    let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let texts = files.filter_map(|file| Some(file.ok()?.path())).filter_map(|path| {
        let text = fs::read_to_string(&path)
            .ok()
            .filter(|_| path.extension().is_some_and(|it| it == "json"))?;
        Some((path.display().to_string(), Document::from_json(&text).ok()?))
    });
    texts.collect()
}

#[test]
fn every_denial_comes_back_as_its_question_and_agrees() {
    let mut denied = 0;
    for (file, document) in scenarios() {
        let compiled = Compiled::new(&document);
        for request in document.requests() {
            let place = format!("{file}: {}", request.label());
            let answer = compiled.ask(request, None).unwrap();
            let text =
                explanation::markdown(compiled.organization(), &answer.request, &answer.evaluation);
            assert!(text.lines().count() > 10, "{place}: {text}");
            let call = Simulation::new(&compiled, &answer).command;
            assert!(call.starts_with("aws iam simulate-custom-policy"), "{place}");
            if answer.decision() == Decision::Allowed {
                continue;
            }
            denied += 1;
            let message = answer.message(&compiled);
            let denial = Denial::read(&message).unwrap_or_else(|error| panic!("{place}: {error}"));
            let said = denial.agreement(&answer);
            assert!(said.agrees, "{place}: {message}\n{}", said.text);
            let question = denial.question(&Request::default());
            assert_eq!(question.action, answer.request.action.as_str(), "{place}");
            if !question.principal.is_empty() {
                let principal = RequestPrincipal::parse(&question.principal).unwrap();
                assert_eq!(principal, answer.request.principal, "{place}");
                assert_eq!(question.resource, answer.request.resource.as_str(), "{place}");
            }
        }
    }
    assert!(denied > 30, "only {denied} denials were read");
}
