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
    let requests = document.requests().iter().enumerate();
    let tests = requests.filter_map(|(index, request)| {
        let expected = request.expect?;
        let answer = compiled.ask(request, now);
        let warnings = answer.as_ref().map(Answer::warnings).unwrap_or_default();
        let (message, causes) = match &answer {
            Ok(answer) => {
                let causes = explanation::causes(
                    compiled.organization(),
                    &answer.request,
                    &answer.evaluation,
                );
                (answer.message(&compiled), causes.into_iter().map(|cause| cause.text).collect())
            }
            Err(error) => (error.to_string(), Vec::new()),
        };
        Some(TestResult {
            request: index,
            label: request.label(),
            expected,
            found: answer.map(|answer| answer.decision()),
            message,
            causes,
            warnings,
        })
    });
    tests.collect()
}
