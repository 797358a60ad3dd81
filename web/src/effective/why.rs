//! Why an action comes to what it does, in one sentence, and the question that shows it.

use iam_evaluator::{Example, Judgement, explanation};
use iam_scenario::{Compiled, ContextValue, Decision, Request};

use super::actions::{self, Place};
use super::engine::{VERDICTS, Verdict, judge};
use super::live::Facts;
use crate::question::{Question, now};
use crate::why::suggestions;

/// Everything that the reasons follow from: whose permissions, in which state.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The actions and the engine.
    pub facts: &'a Facts,
    /// The document, ready to be asked.
    pub compiled: &'a Compiled,
    /// A request of the principal, without action, resource and context.
    pub request: &'a Request,
}

impl Asked<'_> {
    /// Why an action has a verdict, by the verdict's place.
    pub fn why(&self, place: usize, verdict: usize) -> String {
        let reason = match VERDICTS.get(verdict) {
            Some(Verdict::Depends) => self.why_depends(place),
            Some(Verdict::ImplicitDeny) => self.why_implicitly(place),
            _ => self.brief_of_sample(place, verdict).or_else(|| {
                self.brief_of_example(place, &self.judge(place)?, |it| fits(it, verdict))
            }),
        };
        reason.unwrap_or_default()
    }

    fn why_depends(&self, place: usize) -> Option<String> {
        let judgement = self.judge(place)?;
        let depends = explanation::depends(&judgement);
        let denied = self.brief_of_example(place, &judgement, |it| it != Decision::Allowed);
        Some(match denied {
            Some(denied) => explanation::otherwise(&depends, &denied),
            None => depends,
        })
    }

    fn why_implicitly(&self, place: usize) -> Option<String> {
        let judgement = self.judge(place)?;
        let example = |decision| self.brief_of_example(place, &judgement, |it| it == decision);
        let explicitly = example(Decision::ExplicitDeny);
        let implicitly = self.brief_of_sample(place, IMPLICIT_DENY);
        match (implicitly.or_else(|| example(Decision::ImplicitDeny)), explicitly) {
            (Some(implicitly), Some(explicitly)) => {
                Some(explanation::also_denied(&implicitly, &explicitly))
            }
            (implicitly, explicitly) => implicitly.or(explicitly),
        }
    }

    /// The reason of the first example with such a decision.
    fn brief_of_example(
        &self,
        place: usize,
        judgement: &Judgement,
        is_meant: impl Fn(Decision) -> bool,
    ) -> Option<String> {
        let example = judgement.examples.iter().find(|it| is_meant(it.decision.into()))?;
        let request = self.with(self.facts.index.full_name(place), example);
        let answer = self.compiled.ask(&request, now()).ok()?;
        Some(explanation::brief(self.compiled.organization(), &answer.evaluation))
    }

    /// The reason of a plain request, where it is decided as the verdict says.
    fn brief_of_sample(&self, place: usize, verdict: usize) -> Option<String> {
        let answer = self.compiled.ask(&self.sample(self.facts.index.full_name(place)), now());
        let answer = answer.ok().filter(|answer| fits(answer.decision(), verdict))?;
        Some(explanation::brief(self.compiled.organization(), &answer.evaluation))
    }

    /// The question that shows a verdict; where it depends, one that is allowed.
    pub fn question(&self, place: usize, verdict: usize) -> Question {
        let full_name = self.facts.index.full_name(place);
        let sample = self.sample(full_name);
        let decided = self.compiled.decide(&sample, now());
        let shows = decided.is_ok_and(|decision| fits(decision, verdict));
        let request = match VERDICTS.get(verdict) {
            Some(Verdict::Depends) => self.example(place, 0),
            _ if shows => Some(sample.clone()),
            _ => self.example(place, verdict),
        };
        Question::new(request.unwrap_or(sample))
    }

    /// The question that shows how an action which depends is denied.
    pub fn denied_question(&self, place: usize) -> Option<Question> {
        let request = self.example(place, 2).or_else(|| self.example(place, 3))?;
        Some(Question::new(request))
    }

    fn example(&self, place: usize, verdict: usize) -> Option<Request> {
        let judgement = self.judge(place)?;
        Some(self.with(self.facts.index.full_name(place), example(&judgement, verdict)?))
    }

    fn judge(&self, place: usize) -> Option<Judgement> {
        judge(self.compiled, self.facts.index.universe(), self.request, place)
    }

    /// The request for an action with a resource of a fitting form in the caller's account.
    fn sample(&self, action: &str) -> Request {
        let resource = sample_resource(self.facts, self.compiled, self.request, action);
        Request { action: action.to_owned(), resource, ..self.request.clone() }
    }

    /// The request for an action with what an example brings along.
    fn with(&self, action: &str, example: &Example) -> Request {
        let mut request = Request {
            action: action.to_owned(),
            resource: example.resource.as_deref().unwrap_or("*").to_owned(),
            ..self.request.clone()
        };
        for (key, values) in &example.context {
            let value = match &**values {
                [] => ContextValue::Absent,
                [one] => ContextValue::One(one.to_string()),
                many => ContextValue::Many(many.iter().map(ToString::to_string).collect()),
            };
            request.context.set(key.to_string(), value);
        }
        request
    }
}

/// The place of its verdict.
const IMPLICIT_DENY: usize = Verdict::ImplicitDeny as usize;

/// Whether a decision is what a verdict says.
fn fits(decision: Decision, verdict: usize) -> bool {
    matches!(
        (decision, VERDICTS.get(verdict)),
        (Decision::Allowed, Some(Verdict::Allowed))
            | (Decision::ExplicitDeny, Some(Verdict::ExplicitDeny))
            | (Decision::ImplicitDeny, Some(Verdict::ImplicitDeny))
    )
}

fn example(judgement: &Judgement, verdict: usize) -> Option<&Example> {
    judgement.examples.iter().find(|example| fits(example.decision.into(), verdict))
}

/// A resource to ask about: one that the scenario lists or a made-up one of the form that AWS gives for the action.
pub fn sample_resource(
    facts: &Facts,
    compiled: &Compiled,
    request: &Request,
    action: &str,
) -> String {
    let document = compiled.document();
    let account = suggestions::caller_account(request);
    let place = Place { account: &account, region: suggestions::region(document, request) };
    let catalog = facts.index.catalog();
    let Some(known) = catalog.action(action) else { return "*".to_owned() };
    let mut types = known.resource_types();
    let Some(first) = types.clone().find(|it| it.is_required()).or_else(|| types.next()) else {
        return "*".to_owned();
    };
    if let Some(common) = actions::common(document, action, place) {
        return common;
    }
    filled(first.resource_type().arn_format(), place)
}

/// A form of ARNs with its placeholders filled in.
fn filled(arn_format: &str, place: Place<'_>) -> String {
    let mut arn = String::new();
    let mut rest = arn_format;
    while let Some((before, behind)) = rest.split_once("${") {
        arn.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        arn.push_str(match name {
            "Partition" => "aws",
            "Account" if place.account.is_empty() => "111122223333",
            "Account" => place.account,
            "Region" => place.region,
            _ => "example",
        });
        rest = after;
    }
    arn.push_str(rest);
    arn
}
