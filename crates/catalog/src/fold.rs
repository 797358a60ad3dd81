//! Comparing names as AWS does: ignoring the case of ASCII letters.

use std::cmp::Ordering;

/// The order of two names.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    folded(a).cmp(folded(b))
}

fn folded(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// The order of a name and a beginning of names: equal where the name begins so.
pub(crate) fn compare_beginning(name: &str, beginning: &[u8]) -> Ordering {
    let beginning = beginning.iter().map(u8::to_ascii_lowercase);
    folded(name).take(beginning.len()).cmp(beginning)
}

/// Whether the pattern, in which `*` is any run of characters and `?` one character, matches the whole name.
pub(crate) fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n) = (0, 0);
    // Where the last star stands, and up to where it has taken the name.
    let mut star: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(p), name.get(n)) {
            (Some(b'*'), _) => {
                star = Some((p, n));
                p += 1;
            }
            (Some(wanted), Some(found))
                if *wanted == b'?' || wanted.eq_ignore_ascii_case(found) =>
            {
                p += 1;
                n += 1;
            }
            (None, None) => return true,
            _ => match star {
                Some((at, taken)) if taken < name.len() => {
                    star = Some((at, taken + 1));
                    (p, n) = (at + 1, taken + 1);
                }
                _ => return false,
            },
        }
    }
}
