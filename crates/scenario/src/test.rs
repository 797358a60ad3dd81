//! Tests: the requests of a document that say what they expect.

use iam_evaluator::{Instant, explanation};

use crate::{Answer, AskError, Compiled, Decision, Document, Warning};

/// How one request with an expectation came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// The place of the request in the document.
    pub request: usize,
    /// What it is called.
    pub label: String,
    /// What the document expects.
    pub expected: Decision,
    /// What AWS would decide, or why the request cannot be asked.
    pub found: Result<Decision, AskError>,
    /// The sentence that AWS would answer.
    pub message: String,
    /// What decided it, or why it cannot be asked, in one sentence.
    pub summary: String,
    /// Every cause of a denial, one sentence each.
    pub causes: Vec<String>,
    /// What AWS would refuse in the policies that took part.
    pub warnings: Vec<Warning>,
}

impl TestResult {
    /// Decides whether the request came out as expected.
    pub fn passed(&self) -> bool {
        self.found == Ok(self.expected)
    }

    /// Says in a sentence why it came out otherwise; `None` where it passed.
    pub fn reason(&self) -> Option<String> {
        if self.passed() {
            return None;
        }
        let why = self.causes.first().unwrap_or(&self.summary);
        let mut letters = why.chars();
        let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
        let more = match self.causes.len() {
            0 | 1 => String::new(),
            2 => ", and one more cause".to_owned(),
            count => format!(", and {} more causes", count - 1),
        };
        Some(format!("{first}{}{more}.", letters.as_str()))
    }
}

/// Asks every request that has an `expect`, in order.
///
/// ```
/// use iam_scenario::{Document, test};
///
/// let document = Document::from_json(r#"{ "format": 1, "accounts": [{ "id": "222222222222" }],
///     "requests": [{ "principal": "arn:aws:iam::222222222222:root", "action": "s3:ListAllMyBuckets",
///                    "expect": "allowed" }] }"#)?;
/// assert!(test(&document, None).iter().all(|result| result.passed()));
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
pub fn test(document: &Document, now: Option<Instant>) -> Vec<TestResult> {
    let compiled = Compiled::new(document);
    let places = 0..document.requests().len();
    places.filter_map(|index| compiled.test(index, now)).collect()
}

impl Compiled {
    /// Asks one request of the document; `None` where it expects nothing.
    pub fn test(&self, index: usize, now: Option<Instant>) -> Option<TestResult> {
        let request = self.document().requests().get(index)?;
        let expected = request.expect?;
        let answer = self.ask(request, now);
        let warnings = answer.as_ref().map(Answer::warnings).unwrap_or_default();
        let (message, summary, causes) = match &answer {
            Ok(answer) => {
                let organization = self.organization();
                let causes = explanation::causes(organization, &answer.request, &answer.evaluation);
                (
                    answer.message(self),
                    explanation::reason(answer.evaluation.reason),
                    causes.into_iter().map(|cause| cause.text).collect(),
                )
            }
            Err(error) => (error.to_string(), error.message.clone(), Vec::new()),
        };
        Some(TestResult {
            request: index,
            label: request.label(),
            expected,
            found: answer.map(|answer| answer.decision()),
            message,
            summary,
            causes,
            warnings,
        })
    }
}
