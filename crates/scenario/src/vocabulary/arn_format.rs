//! Whether a pattern of `Resource` can name a resource of some type: the pattern and the type's ARN format, both with
//! parts that may be anything, have a text in common.

/// One step of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// This character, in any letter case.
    One(char),
    /// Any character: `?`.
    Any,
    /// Any text.
    Run,
    /// Any text without a colon: the account, the Region or the partition.
    Field,
    /// Any text without colon and slash: the name of a bucket, a table.
    Name,
}

/// Patterns longer than this are not compared, and count as fitting.
const LONGEST: usize = 400;

/// Placeholders of names that have neither colon nor slash, although much stands behind them.
const PLAIN_NAMES: [&str; 4] = ["BucketName", "TableName", "AccessPointName", "StreamName"];

/// Whether the pattern, such as `arn:aws:s3:::data/*`, can name a resource of that ARN format, such as
/// `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. Where it is in doubt, it can.
pub fn fits(pattern: &str, arn_format: &str) -> bool {
    if pattern.len() > LONGEST {
        return true;
    }
    let (pattern, format) = (pattern_steps(pattern), format_steps(arn_format));
    share_a_text(&pattern, &format)
}

/// `*`, `?`, and `${…}`, which stands for any text; `${*}`, `${?}` and `${$}` are those characters.
fn pattern_steps(pattern: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        if let Some((inside, after)) = rest.strip_prefix("${").and_then(|it| it.split_once('}')) {
            steps.push(match inside {
                "*" | "?" | "$" => Step::One(inside.chars().next().unwrap_or('*')),
                _ => Step::Run,
            });
            rest = after;
            continue;
        }
        steps.push(match letter {
            '*' => Step::Run,
            '?' => Step::Any,
            other => Step::One(other.to_ascii_lowercase()),
        });
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    steps
}

fn format_steps(arn_format: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = arn_format;
    while let Some(letter) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix("${").and_then(|it| it.split_once('}')) {
            steps.push(match name {
                "Partition" | "Region" | "Account" => Step::Field,
                name if PLAIN_NAMES.contains(&name) => Step::Name,
                _ => Step::Run,
            });
            rest = after;
            continue;
        }
        steps.push(if letter == '*' { Step::Run } else { Step::One(letter.to_ascii_lowercase()) });
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    steps
}

/// Whether some text follows both patterns: every pair of places is looked at once.
fn share_a_text(pattern: &[Step], format: &[Step]) -> bool {
    // Behind the steps done so far of the pattern: which places of the format can be reached.
    let mut reached = vec![false; format.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    pass_empty(&mut reached, format);
    for step in pattern {
        reached = advance(*step, &reached, format);
        if !reached.contains(&true) {
            return false;
        }
    }
    reached.last().copied().unwrap_or(false)
}

/// The places that are reached when the pattern makes one more step.
fn advance(step: Step, before: &[bool], format: &[Step]) -> Vec<bool> {
    let mut after = vec![false; before.len()];
    if step == Step::Run {
        // From a reached place the pattern runs over everything behind it.
        let mut any = false;
        for (cell, was) in after.iter_mut().zip(before) {
            any |= was;
            *cell = any;
        }
        return after;
    }
    for (place, was) in before.iter().enumerate() {
        let Some(wanted) = format.get(place).filter(|_| *was) else { continue };
        let next = match wanted {
            Step::One(letter) => is(step, *letter).then_some(place + 1),
            Step::Any => Some(place + 1),
            Step::Run => Some(place),
            Step::Field => (!is_one(step, ':')).then_some(place),
            Step::Name => (!is_one(step, ':') && !is_one(step, '/')).then_some(place),
        };
        if let Some(cell) = next.and_then(|next| after.get_mut(next)) {
            *cell = true;
        }
    }
    pass_empty(&mut after, format);
    after
}

/// What may be anything may be nothing.
fn pass_empty(reached: &mut [bool], format: &[Step]) {
    let mut passes = false;
    let steps = format.iter().map(Some).chain([None]);
    for (cell, step) in reached.iter_mut().zip(steps) {
        *cell |= passes;
        passes = *cell && matches!(step, Some(Step::Run | Step::Field | Step::Name));
    }
}

fn is(step: Step, letter: char) -> bool {
    step == Step::Any || is_one(step, letter)
}

fn is_one(step: Step, letter: char) -> bool {
    step == Step::One(letter)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_fits_what_it_can_name() {
        let bucket = "arn:${Partition}:s3:::${BucketName}";
        let object = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
        for (pattern, buckets, objects) in [
            ("arn:aws:s3:::data", true, false),
            ("arn:aws:s3:::data/*", false, true),
            ("arn:aws:s3:::data*", true, true),
            ("arn:aws:s3:::*", true, true),
            ("arn:*", true, true),
            ("arn:aws:s3:::${aws:PrincipalAccount}-data", true, true),
            ("arn:aws:s3:::data${*}", true, false),
            ("arn:aws:sqs:*:*:data", false, false),
            ("ARN:AWS:S3:::DATA/??", false, true),
        ] {
            assert_eq!(
                (fits(pattern, bucket), fits(pattern, object)),
                (buckets, objects),
                "{pattern}"
            );
        }
        let role = "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}";
        assert!(fits("arn:aws:iam::*:role/dev/*", role));
        assert!(fits("arn:aws:iam::111122223333:*", role));
        assert!(!fits("arn:aws:iam::111122223333:user/*", role));
        assert!(fits(&"x".repeat(500), role), "too long to say");
    }
}
