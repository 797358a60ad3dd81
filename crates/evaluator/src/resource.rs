//! The patterns of `Resource` and `NotResource`, and of the Arn condition operators.
//!
//! Follows the IAM User Guide, "IAM JSON policy elements: Resource". An ARN pattern is compared part by part, so that
//! `*` stays within its part, except that a `*` at the end of a part may also run past the colon behind it.

use crate::arn::split_fields;
use crate::pattern::{Pattern, Syntax, Values, Variable};
use crate::unknown::Step;

/// One entry of `Resource` or `NotResource`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourcePattern {
    written: Box<str>,
    matcher: Matcher,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Matcher {
    /// `*`, the only pattern that a request without a resource matches.
    Any,
    Arn(Box<ArnPattern>),
    Nothing,
}

/// What an entry with fewer than six parts means, which differs by type of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShortArn {
    /// Missing parts are `*`.
    Fill,
    /// Missing parts are `*` where the entry ends in `*`, otherwise nothing matches.
    FillBehindWildcard,
    /// Nothing matches.
    Reject,
}

impl ResourcePattern {
    /// Reads one entry; the second value says what is wrong with it, if anything.
    pub(crate) fn parse(
        text: &str,
        variables: bool,
        short: ShortArn,
        malformed: &mut dyn FnMut(&str),
    ) -> (Self, Option<String>) {
        let (matcher, problem) = Self::read(text, variables, short, malformed);
        (Self { written: text.into(), matcher }, problem)
    }

    fn read(
        text: &str,
        variables: bool,
        short: ShortArn,
        malformed: &mut dyn FnMut(&str),
    ) -> (Matcher, Option<String>) {
        if !text.is_empty() && text.chars().all(|c| c == '*') {
            return (Matcher::Any, None);
        }
        let not_an_arn = || {
            format!(
                "`{text}` is not a resource, expected an ARN such as `arn:aws:s3:::bucket/*`, or `*`"
            )
        };
        if !text.starts_with("arn:") && !text.starts_with('*') && !text.starts_with("arn*") {
            return (Matcher::Nothing, Some(not_an_arn()));
        }
        let colons = text.matches(':').count();
        let fills = match short {
            ShortArn::Fill => true,
            ShortArn::FillBehindWildcard => text.ends_with('*'),
            ShortArn::Reject => false,
        };
        if colons >= 5 {
            (Matcher::Arn(Box::new(ArnPattern::parse(text, variables, malformed))), None)
        } else if fills {
            let filled = format!("{text}{}", ":*".repeat(5 - colons));
            (Matcher::Arn(Box::new(ArnPattern::parse(&filled, variables, malformed))), None)
        } else {
            (Matcher::Nothing, Some(format!("`{text}` has fewer than the six parts of an ARN")))
        }
    }

    /// The entry as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether the entry is `*`.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.matcher == Matcher::Any
    }

    /// Whether a resource's ARN matches. A variable without a value makes the entry match nothing.
    pub(crate) fn matches(&self, arn: &str, values: &impl Values) -> bool {
        match &self.matcher {
            Matcher::Any => true,
            Matcher::Arn(pattern) => pattern.matches_resource(arn, values),
            Matcher::Nothing => false,
        }
    }
}

impl ResourcePattern {
    /// The pattern as steps, see [`Pattern::steps`]. A `*` that ends a part may run past colons.
    pub(crate) fn steps(&self, values: &impl Values) -> Option<Vec<Step>> {
        match &self.matcher {
            Matcher::Any => Some(vec![Step::Run]),
            Matcher::Arn(pattern) => pattern.steps(true, values),
            Matcher::Nothing => None,
        }
    }

    /// The variables, from left to right.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        let pattern = match &self.matcher {
            Matcher::Arn(pattern) => Some(&**pattern),
            Matcher::Any | Matcher::Nothing => None,
        };
        pattern.into_iter().flat_map(ArnPattern::variables)
    }
}

/// A pattern for an ARN, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnPattern {
    fields: [Pattern; 6],
    /// The whole pattern, where only the sixth part has wildcards: then one comparison decides.
    whole: Option<Pattern>,
}

impl ArnPattern {
    /// Reads an entry of `Resource`, with at least five colons. Variables are known in the sixth part only.
    pub(crate) fn parse(text: &str, variables: bool, malformed: &mut dyn FnMut(&str)) -> Self {
        let fields = split_fields(text).unwrap_or([text, "", "", "", "", ""]);
        Self::of_fields(text, fields, [false, variables], malformed)
    }

    /// Reads a value of an Arn condition operator, where variables are known in every part; `None` where it is no ARN.
    pub(crate) fn parse_condition_value(
        text: &str,
        variables: bool,
        malformed: &mut dyn FnMut(&str),
    ) -> Option<Self> {
        let fields = if variables { split_outside_variables(text) } else { split_fields(text) }?;
        Some(Self::of_fields(text, fields, [variables, variables], malformed))
    }

    fn of_fields(
        text: &str,
        fields: [&str; 6],
        [variables, in_last]: [bool; 2],
        malformed: &mut dyn FnMut(&str),
    ) -> Self {
        let plain = Syntax { wildcards: true, variables };
        let last = Syntax { wildcards: true, variables: in_last };
        let [a, b, c, d, e, resource] = fields;
        let fields = [
            Pattern::parse(a, plain, malformed),
            Pattern::parse(b, plain, malformed),
            Pattern::parse(c, plain, malformed),
            Pattern::parse(d, plain, malformed),
            Pattern::parse(e, plain, malformed),
            Pattern::parse(resource, last, malformed),
        ];
        let only_last_varies = fields.iter().take(5).all(|field| field.as_literal().is_some())
            && ![a, b, c, d, e].iter().any(|field| field.contains("${"));
        let whole = only_last_varies.then(|| Pattern::parse(text, last, &mut |_| ()));
        Self { fields, whole }
    }

    pub(crate) fn resolves(&self, values: &impl Values) -> bool {
        self.fields.iter().all(|field| field.resolves(values))
    }

    pub(crate) fn steps(&self, ends_cross: bool, values: &impl Values) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            if index > 0 {
                steps.push(Step::Exactly(':'));
            }
            steps.extend(field.steps(index < 5, values)?);
            if let Some(last @ Step::RunInField) = steps.last_mut().filter(|_| ends_cross) {
                *last = Step::Run;
            }
        }
        Some(steps)
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.fields.iter().flat_map(Pattern::variables)
    }

    /// Compares part by part: the rule of `ArnEquals` and `ArnLike`, in which `*` never crosses a colon.
    pub(crate) fn matches_by_parts(&self, arn: &str, values: &impl Values) -> bool {
        if let Some(whole) = &self.whole {
            return whole.matches(arn, values);
        }
        split_fields(arn).is_some_and(|parts| {
            self.fields.iter().zip(parts).all(|(field, part)| field.matches(part, values))
        })
    }

    /// The rule of `Resource`: part by part, and a `*` that ends a part may run past colons.
    fn matches_resource(&self, arn: &str, values: &impl Values) -> bool {
        if self.matches_by_parts(arn, values) {
            return true;
        }
        // Five colons are needed to keep the parts apart; only further ones can be run past.
        let can_cross = self.whole.is_none() && arn.matches(':').count() > 5;
        can_cross && self.matches_across_parts(arn, values)
    }

    /// Follows every place at which a part can begin, from left to right, so that each part is compared at most once
    /// from each place.
    fn matches_across_parts(&self, arn: &str, values: &impl Values) -> bool {
        let [first @ .., last] = &self.fields;
        let mut starts: Vec<&str> = vec![arn];
        for field in first {
            let mut next = Vec::new();
            for start in starts {
                let Some((part, behind)) = start.split_once(':') else { break };
                if field.matches(part, values) {
                    next.push(behind);
                    if field.ends_with_any_run() {
                        // Everything further to the right follows from this place, which lies leftmost.
                        let colons = behind.match_indices(':');
                        next.extend(colons.filter_map(|(at, _)| behind.get(at + 1..)));
                        break;
                    }
                }
            }
            starts = next;
        }
        last.matches_from_any(&starts, values)
    }
}

/// The six fields of a text with at least five colons, those inside of variables not counted.
fn split_outside_variables(text: &str) -> Option<[&str; 6]> {
    let mut fields = Vec::new();
    let mut start = 0;
    let mut inside = false;
    for (at, character) in text.char_indices() {
        match character {
            '$' => inside |= text.get(at..)?.starts_with("${") && text.get(at..)?.contains('}'),
            '}' => inside = false,
            ':' if !inside && fields.len() < 5 => {
                fields.push(text.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    fields.push(text.get(start..)?);
    fields.try_into().ok()
}
