//! Comparing names as AWS does: ignoring the case of ASCII letters.

use std::cmp::Ordering;

/// The order of two names.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    compare_bytes(a.as_bytes(), b.as_bytes())
}

pub(crate) fn compare_bytes(a: &[u8], b: &[u8]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        if a != b {
            let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
            if a != b {
                return a.cmp(&b);
            }
        }
    }
    a.len().cmp(&b.len())
}

/// Sorts by names what is almost sorted: each moves to its place past the few that stand before it wrongly.
/// Where that would take long, another way is taken.
pub(crate) fn sort_almost_sorted<'n, T>(things: &mut [T], name: impl Fn(&T) -> &'n [u8]) {
    let mut moves_left = 20 * things.len();
    for end in 1..things.len() {
        let mut at = end;
        while let Some([before, this]) =
            at.checked_sub(1).and_then(|from| things.get_mut(from..=at))
        {
            if compare_bytes(name(before), name(this)).is_le() {
                break;
            }
            std::mem::swap(before, this);
            at -= 1;
            moves_left = moves_left.saturating_sub(1);
        }
        if moves_left == 0 {
            things.sort_by(|a, b| compare_bytes(name(a), name(b)));
            return;
        }
    }
}

/// The order of a name and a beginning of names: equal where the name begins so.
pub(crate) fn compare_beginning(name: &str, beginning: &[u8]) -> Ordering {
    let name = name.as_bytes();
    compare_bytes(name.get(..beginning.len()).unwrap_or(name), beginning)
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
