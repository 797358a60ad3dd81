//! How an entry of `Resource` and the form of an action's resources meet, told from their texts alone.
//!
//! Both are ARNs with wildcards. [`meets`] is false only where no ARN fits both, [`covers`] is true only where every ARN
//! of the form fits the entry; in between, samples and the evaluator decide. [`between`] makes a text that fits both.

/// What wildcards are filled with: nobody names a thing so.
const FILLER: &str = "zq0";

/// The region of samples.
const REGION: &str = "us-east-1";

/// Whether some text could fit both patterns: `false` is certain.
pub(crate) fn meets(left: &str, right: &str) -> bool {
    let right: Vec<char> = right.chars().collect();
    let end = right.len();
    // More than fit into a word are not followed.
    if end > 126 {
        return true;
    }
    let skip_runs = |mut places: u128| {
        for (at, character) in right.iter().enumerate() {
            if *character == '*' && places >> at & 1 == 1 {
                places |= 1 << (at + 1);
            }
        }
        places
    };
    let mut places = skip_runs(1);
    for character in left.chars() {
        if character == '*' {
            // Whatever stands to the right may be passed over.
            places = !0 << places.trailing_zeros() & !(!0 << (end + 1));
            continue;
        }
        let mut next = 0;
        let mut rest = places & !(1 << end);
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            match right.get(at) {
                Some('*') => next |= 1 << at,
                Some(other) if *other == '?' || character == '?' || *other == character => {
                    next |= 1 << (at + 1);
                }
                _ => {}
            }
        }
        places = skip_runs(next);
        if places == 0 {
            return false;
        }
    }
    places >> end & 1 == 1
}

/// Whether the pattern, part by part, fits every ARN of the form: `true` is certain.
pub(crate) fn covers(pattern: &str, form: &str) -> bool {
    let Some((pattern, form)) = parts(pattern).zip(parts(form)) else { return false };
    pattern.iter().zip(form).all(|(pattern, form)| fits(pattern, form))
}

/// A text of the form that the pattern may fit as well; without a pattern, one that no pattern means.
pub(crate) fn between(pattern: Option<&str>, form: &str, region: Option<&str>) -> Option<String> {
    let form = parts(form)?;
    let pattern = match pattern {
        None => ["*"; 6],
        Some(pattern) => parts(pattern)?,
    };
    let mut text = String::new();
    for (at, (pattern, form)) in pattern.iter().zip(form).enumerate() {
        if at > 0 {
            text.push(':');
        }
        let narrower = if fits(pattern, form) { form } else { pattern };
        let filler = if at == 3 { region.unwrap_or(REGION) } else { FILLER };
        text.push_str(&narrower.replace('*', filler).replace('?', "q"));
    }
    let of_form = form.iter().zip(parts(&text)?).all(|(form, part)| fits(form, part));
    of_form.then_some(text)
}

/// Whether a text is of a form.
pub(crate) fn is_of(form: &str, text: &str) -> bool {
    covers(form, text)
}

/// What stands before the first wildcard or variable.
pub(crate) fn beginning(pattern: &str) -> &str {
    pattern.split(['*', '?', '$']).next().unwrap_or_default()
}

/// The six parts of an ARN.
pub(crate) fn parts(text: &str) -> Option<[&str; 6]> {
    let mut parts = text.splitn(6, ':');
    Some([parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?])
}

/// Whether a pattern fits a text, in which a wildcard is a character that only a `*` fits.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut in_text) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(in_text) {
        match pattern.get(at) {
            Some(b'*') => {
                at += 1;
                retry = Some((at, in_text));
                continue;
            }
            Some(b'?') if !matches!(byte, b'*') => {}
            Some(wanted) if wanted == byte => {}
            _ => {
                let Some((behind_run, taken)) = retry else { return false };
                retry = Some((behind_run, taken + 1));
                (at, in_text) = (behind_run, taken + 1);
                continue;
            }
        }
        at += 1;
        in_text += 1;
    }
    pattern.get(at..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::{between, covers, meets};

    #[test]
    fn patterns_meet_forms() {
        let object = "arn:aws:s3:::*/*";
        assert!(meets("arn:aws:s3:::data/*", object));
        assert!(meets("arn:aws:s3:::data*", object));
        assert!(!meets("arn:aws:s3:::data", object));
        assert!(!meets("arn:aws:sqs:*:*:*", object));
        assert!(meets("*", object));
        assert!(!covers("arn:aws:s3:::data/*", object));
        assert!(covers("arn:aws:s3:::*", object));
        assert!(covers("arn:*:s3:*:*:*", object));
        assert!(!covers("arn:aws:s3:::?*", "arn:aws:s3:::*"));
        assert!(!meets("arn:aws:s3:::data/*", "arn:aws:s3:::logs/*"));
    }

    #[test]
    fn texts_lie_between_pattern_and_form() {
        let text = between(Some("arn:aws:s3:::data/*"), "arn:aws:s3:::*/*", None);
        assert_eq!(text.as_deref(), Some("arn:aws:s3:::data/zq0"));
        let text = between(None, "arn:aws:sqs:*:111111111111:*", Some("eu-west-1"));
        assert_eq!(text.as_deref(), Some("arn:aws:sqs:eu-west-1:111111111111:zq0"));
        assert_eq!(between(Some("arn:aws:s3:::data"), "arn:aws:s3:::*/*", None), None);
    }
}
