//! How long a policy may be, and which characters it may have.

use std::sync::LazyLock;

use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Edit, Fix, Severity, Span};
use crate::policy::PolicyType;

/// The longest documents of one type.
struct Quota {
    /// Longer ones may not be accepted.
    warn: usize,
    /// Longer ones are never accepted.
    refuse: Option<usize>,
    counted: Counted,
}

/// Which characters count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    All,
    WithoutWhiteSpace,
    /// All through the API, in the console only those outside of white space.
    WhenSaved,
}

/// The dated quotas, by type.
static QUOTAS: LazyLock<Vec<(&str, Quota)>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/quotas.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(read).collect()
});

fn read(line: &'static str) -> Option<(&'static str, Quota)> {
    let mut columns = line.split_whitespace();
    let name = columns.next()?;
    let (warn, refuse) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok());
    let counted = match columns.next()? {
        "all" => Counted::All,
        "when-saved" => Counted::WhenSaved,
        _ => Counted::WithoutWhiteSpace,
    };
    Some((name, Quota { warn, refuse, counted }))
}

fn quota_of(policy_type: PolicyType) -> Option<&'static Quota> {
    let wanted = match policy_type {
        PolicyType::ServiceControlPolicy => "service-control-policy",
        PolicyType::ResourceControlPolicy => "resource-control-policy",
        PolicyType::Identity => "identity",
        PolicyType::Session => "session",
        PolicyType::RoleTrust => "role-trust",
        // The service that keeps the policy sets its quota.
        PolicyType::Resource | PolicyType::VpcEndpoint => return None,
    };
    QUOTAS.iter().find(|(name, _)| *name == wanted).map(|(_, quota)| quota)
}

/// How long a policy is, counted as AWS counts policies of its type, beside the dated quota.
///
/// ```
/// use iam_evaluator::{PolicySize, PolicyType};
/// let size = PolicySize::of("{ \"a b\": 1 }", PolicyType::Identity).ok_or("no quota")?;
/// assert_eq!((size.counted, size.limit, size.white_space_counts), (9, 6144, false));
/// assert!(PolicySize::of("{}", PolicyType::Resource).is_none(), "the service decides");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicySize {
    /// How many characters count.
    pub counted: usize,
    /// How many may count; a raised quota is not known here.
    pub limit: usize,
    /// Whether white space between the parts counts.
    pub white_space_counts: bool,
    /// Whether the console takes white space out before it saves, so that there only what is left counts.
    pub console_strips: bool,
    /// How many characters count without white space.
    pub stripped: usize,
}

impl PolicySize {
    /// Counts a policy; `None` for policies whose service sets the quota.
    #[must_use]
    pub fn of(text: &str, policy_type: PolicyType) -> Option<Self> {
        let quota = quota_of(policy_type)?;
        let stripped = without_white_space(text).chars().count();
        let white_space_counts = quota.counted != Counted::WithoutWhiteSpace;
        let counted = if white_space_counts { text.chars().count() } else { stripped };
        let console_strips = quota.counted == Counted::WhenSaved;
        Some(Self { counted, limit: quota.warn, white_space_counts, console_strips, stripped })
    }
}

/// Whether the text is too long for its type.
pub(in crate::policy) fn quota(text: &str, policy_type: PolicyType) -> Option<Diagnostic> {
    let quota = quota_of(policy_type)?;
    // A text of fewer bytes has fewer characters too.
    if text.len() <= quota.warn {
        return None;
    }
    let short = without_white_space(text);
    let (all, stripped) = (text.chars().count(), short.chars().count());
    let counted = if quota.counted == Counted::WithoutWhiteSpace { stripped } else { all };
    if counted <= quota.warn {
        return None;
    }
    let refused = match quota.counted {
        Counted::WhenSaved => quota.refuse.is_some_and(|limit| stripped > limit),
        _ => quota.refuse.is_some_and(|limit| counted > limit),
    };
    let severity = if refused { Severity::Error } else { Severity::Warning };
    let message = message(policy_type, quota, all, stripped, refused);
    let fix = (quota.counted != Counted::WithoutWhiteSpace && stripped <= quota.warn)
        .then(|| compact(text, short));
    let span = Span::new(0, text.len());
    Some(Diagnostic::new(Code::TooLong, span, message).with_severity(severity).with_fix(fix))
}

fn message(
    policy_type: PolicyType,
    quota: &Quota,
    all: usize,
    stripped: usize,
    refused: bool,
) -> String {
    let (name, warn) = (policy_type.name(), quota.warn);
    let article = if policy_type == PolicyType::Identity { "an" } else { "a" };
    match (quota.counted, quota.refuse) {
        (Counted::WhenSaved, _) if refused => format!(
            "{article} {name} has at most {warn} characters, and this one has {stripped} even without white space"
        ),
        (Counted::WhenSaved, _) => format!(
            "a {name} has at most {warn} characters, and this one has {all}: only the console, which strips white \
             space, saves it"
        ),
        (Counted::All, _) => format!(
            "{article} {name} has at most {warn} characters, white space included, and this one has {all}"
        ),
        (_, Some(limit)) if refused => format!(
            "{article} {name} never has more than {limit} characters, and this one has {stripped} without white space"
        ),
        (_, Some(limit)) => format!(
            "{article} {name} has at most {warn} characters unless the quota is raised up to {limit}, and this one has \
             {stripped} without white space"
        ),
        (_, None) => format!(
            "a customer managed policy has at most {warn} characters, and this one has {stripped} without white space"
        ),
    }
}

fn compact(text: &str, short: String) -> Fix {
    Fix::replace("remove the white space".to_owned(), Span::new(0, text.len()), short)
}

/// How many characters a policy has where IAM does not count white space.
///
/// ```
/// assert_eq!(iam_evaluator::characters_without_white_space(r#"{ "Version": "2012-10-17" }"#), 24);
/// ```
#[must_use]
pub fn characters_without_white_space(text: &str) -> usize {
    without_white_space(text).chars().count()
}

/// The text without white space outside of strings.
fn without_white_space(text: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let keep = |character: &char| {
        let kept = in_string || !matches!(character, ' ' | '\t' | '\r' | '\n');
        if *character == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = in_string && *character == '\\' && !escaped;
        kept
    };
    text.chars().filter(keep).collect()
}

/// The first run of characters that IAM does not accept: it knows tab, line feed, carriage return and U+0020 to U+00FF.
pub(in crate::policy) fn characters(text: &str, policy_type: PolicyType) -> Option<Diagnostic> {
    if !matches!(policy_type, PolicyType::Identity | PolicyType::Session | PolicyType::RoleTrust) {
        return None;
    }
    let is_forbidden = |c: char| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}');
    let start = text.find(is_forbidden)?;
    let rest = text.get(start..)?;
    let end = start + rest.find(|c| !is_forbidden(c)).unwrap_or(rest.len());
    let span = Span::new(start, end);
    let message = format!(
        "IAM does not accept `{}` in a policy, expected characters of Latin-1 only",
        span.of(text).unwrap_or_default()
    );
    let edits: Option<Vec<Edit>> = text
        .char_indices()
        .filter(|(_, c)| is_forbidden(*c))
        .map(|(at, c)| {
            let span = Span::new(at, at + c.len_utf8());
            Some(Edit { span, replacement: plain(c)?.to_owned() })
        })
        .collect();
    let title = "write plain characters".to_owned();
    let fix = edits.map(|edits| Fix { title, edits });
    Some(Diagnostic::new(Code::ForbiddenCharacter, span, message).with_fix(fix))
}

/// What word processors put in the place of plain characters. None of it ends a string.
fn plain(character: char) -> Option<&'static str> {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("-"),
        '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' => Some("'"),
        '\u{2026}' => Some("..."),
        '\u{2002}'..='\u{200a}' | '\u{202f}' => Some(" "),
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Some(""),
        _ => None,
    }
}
