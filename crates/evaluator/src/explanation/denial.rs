//! AWS's own sentence, read back: the inverse of [`super::message()`].
//!
//! Follows the IAM User Guide, "Troubleshoot access denied error messages". Services and SDKs wrap the sentence in
//! words of their own, so it is looked for anywhere in a text; what a service leaves out stays unknown.

use super::words::gate_noun;
use crate::evaluation::Gate;

/// What a denial says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DenialMessage {
    /// Who was denied: an ARN, or `*` for a caller without credentials. Empty where the text does not say.
    pub principal: String,
    /// The action, such as `ec2:StartInstances`. Empty where the text does not say.
    pub action: String,
    /// The resource. Empty where the text does not say.
    pub resource: String,
    /// What AWS blames, where it says so.
    pub blame: Option<Blame>,
    /// The error code around it, such as `AccessDenied` or `UnauthorizedOperation`.
    pub code: String,
    /// The operation that was called, such as `GetObject`: not always the action's name.
    pub operation: String,
    /// Whether EC2's encoded message came along, which `aws sts decode-authorization-message` opens.
    pub encoded: bool,
}

/// What AWS blames for a denial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// Whether a `Deny` applied; otherwise an `Allow` is missing.
    pub explicit: bool,
    /// The kind of policy; none where AWS says no more than "with an explicit deny".
    pub gate: Option<Gate>,
    /// The ARN of the denying policy, where AWS names it.
    pub policy_arn: Option<String>,
}

/// The words between the action and the resource.
const NOT_AUTHORIZED: &str = " is not authorized to perform: ";
const ON_RESOURCE: &str = " on resource: ";
const EXPLICIT: &str = " with an explicit deny";
const IMPLICIT: &str = " because no ";

/// Reads a denial out of a text: an error message, a line of a log, the output of a command. `None` where there is none.
///
/// ```
/// use iam_evaluator::{Gate, explanation};
/// let text = "An error occurred (UnauthorizedOperation) when calling the StartInstances operation: You are not \
///     authorized to perform this operation. User: arn:aws:iam::222222222222:user/John is not authorized to perform: \
///     ec2:StartInstances on resource: arn:aws:ec2:eu-central-1:222222222222:instance/i-0abc with an explicit deny in \
///     a service control policy";
/// let denial = explanation::read_denial(text).unwrap();
/// assert_eq!(denial.action, "ec2:StartInstances");
/// assert_eq!(denial.operation, "StartInstances");
/// assert_eq!(denial.blame.unwrap().gate, Some(Gate::ServiceControlPolicy));
/// ```
#[must_use]
pub fn read_denial(text: &str) -> Option<DenialMessage> {
    // A terminal may have broken the sentence into lines, JSON and XML may have wrapped it.
    let unescaped = text.replace("\\\"", "\"").replace("\\n", " ").replace("&quot;", "\"");
    let text = unescaped.split_whitespace().collect::<Vec<_>>().join(" ");
    let (code, operation) = wrapper(&text);
    let mut denial = sentence(&text).unwrap_or_default();
    denial.encoded = text.contains("Encoded authorization failure message");
    denial.operation = operation;
    denial.code = code;
    if text.contains("Roles may not be assumed by root accounts") {
        "sts:AssumeRole".clone_into(&mut denial.action);
    }
    // Whom an identity provider vouches for has no name yet, so STS names none.
    if let Some((_, rest)) = text.split_once("Not authorized to perform sts:") {
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        denial.action = format!("sts:{name}");
    }
    let is_denial = !denial.action.is_empty() || is_denied(&denial.code) || denial.encoded;
    is_denial.then_some(denial)
}

/// Whether an error code stands for a denial: services spell it in many ways.
#[must_use]
pub fn is_denied(code: &str) -> bool {
    let name = code.rsplit(['.', '#', ':']).next().unwrap_or(code);
    let names = ["AccessDenied", "Unauthorized", "AuthorizationError", "VpceAccessDenied"];
    names.iter().any(|known| name.starts_with(known)) || name == "NotAuthorized"
}

/// `User: … is not authorized to perform: … on resource: … with an explicit deny in …`.
fn sentence(text: &str) -> Option<DenialMessage> {
    let (before, after) = text.split_once(NOT_AUTHORIZED)?;
    let principal = before.rsplit_once("User: ").map_or("", |(_, user)| user);
    let principal = match principal {
        "anonymous" | "Anonymous" | "unauthenticated" => "*",
        named => named.rsplit(' ').next().unwrap_or(named),
    };
    let action_end = after.find(|letter: char| !is_action(letter)).unwrap_or(after.len());
    let (action, rest) = after.split_at_checked(action_end)?;
    let rest = rest.strip_prefix(ON_RESOURCE);
    let context = rest.unwrap_or_else(|| after.get(action_end..).unwrap_or_default());
    let (named, blame) = blame(context);
    Some(DenialMessage {
        principal: principal.to_owned(),
        action: action.trim_end_matches([':', '.']).to_owned(),
        resource: if rest.is_some() { resource(named, blame.is_some()) } else { String::new() },
        blame,
        ..DenialMessage::default()
    })
}

fn is_action(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ":-_*".contains(letter)
}

/// The resource before what is blamed. Without a blame behind it, it ends at the first blank.
fn resource(text: &str, ends: bool) -> String {
    let text = match ends {
        true => text,
        false => text.split(' ').next().unwrap_or(text),
    };
    let text = text.split(['"', '<', '\'']).next().unwrap_or(text);
    text.trim_end_matches(['.', ',', ';', ')', ' ']).to_owned()
}

/// Splits a text before what is blamed. A resource may contain words like these, so only those that name a kind of
/// policy count.
fn blame(text: &str) -> (&str, Option<Blame>) {
    let phrases = [(EXPLICIT, true), (IMPLICIT, false)].into_iter();
    let places = phrases.flat_map(|(phrase, explicit)| {
        text.match_indices(phrase).filter_map(move |(at, _)| {
            let blame = blame_in(text.get(at + phrase.len()..)?, explicit)?;
            Some((at, blame))
        })
    });
    match places.min_by_key(|(at, _)| *at) {
        Some((at, blame)) => (text.get(..at).unwrap_or(text), Some(blame)),
        None => (text, None),
    }
}

/// What stands behind `with an explicit deny` or `because no`.
fn blame_in(behind: &str, explicit: bool) -> Option<Blame> {
    let named = match explicit {
        true => behind.strip_prefix(" in ").map(without_article),
        false => Some(behind.split_once(" allows ")?.0),
    };
    let gate = named.and_then(gate_named);
    if gate.is_none() && (!explicit || named.is_some()) {
        return None;
    }
    let policy_arn = named.filter(|_| explicit).and_then(policy_arn);
    Some(Blame { explicit, gate, policy_arn })
}

fn without_article(text: &str) -> &str {
    ["a ", "an ", "the "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text)
}

fn gate_named(noun: &str) -> Option<Gate> {
    if noun.starts_with("role trust policy") {
        return Some(Gate::ResourcePolicy);
    }
    Gate::ALL.into_iter().find(|gate| noun.starts_with(gate_noun(*gate)))
}

/// The ARN behind the noun: `service control policy: arn:…`.
fn policy_arn(named: &str) -> Option<String> {
    let (noun, arn) = named.split_once(": ")?;
    if noun.contains('.') || !arn.starts_with("arn:") {
        return None;
    }
    let end = arn.find([' ', '"', '<', ')', '\'']).unwrap_or(arn.len());
    let arn = arn.get(..end)?.trim_end_matches(['.', ',', ';']);
    (!arn.is_empty()).then(|| arn.to_owned())
}

/// Error code and operation, from what the command line and the SDKs put around a message.
fn wrapper(text: &str) -> (String, String) {
    let between = |from: &str, to: &[char]| {
        let (_, rest) = text.split_once(from)?;
        let end = rest.find(to).unwrap_or(rest.len());
        rest.get(..end).map(str::trim).filter(|found| !found.is_empty()).map(str::to_owned)
    };
    let code = between("An error occurred (", &[')'])
        .or_else(|| between("api error ", &[':']))
        .or_else(|| between("Error Code: ", &[';', ')', ',']))
        .or_else(|| between("<Code>", &['<']))
        .or_else(|| between("\"__type\":", &[',', '}']).map(|code| code.replace('"', "")))
        .or_else(|| exception(text));
    let operation = between("when calling the ", &[' '])
        .or_else(|| between("operation error ", &[',']).map(go_operation));
    (code.unwrap_or_default(), operation.unwrap_or_default())
}

/// `operation error EC2: StartInstances, https response error …`: how the Go SDK, and with it Terraform, names it.
fn go_operation(named: String) -> String {
    named.rsplit(": ").next().unwrap_or_default().to_owned()
}

/// `AccessDeniedException: User: …`, as the JavaScript SDK prints it, or the bare code.
fn exception(text: &str) -> Option<String> {
    let words = text.split([' ', '"', '(', ')', ',']).map(|word| word.trim_end_matches([':', '.']));
    words.map(|word| word.trim_matches('\'')).find(|word| is_denied(word)).map(str::to_owned)
}
