//! What somebody may have meant: the name with the fewest wrong, missing, surplus or swapped letters.

use crate::catalog::Catalog;
use crate::condition_key;
use crate::{Action, ConditionKey, Service};

/// Longer names are not compared: a row of the table has a fixed size.
const LONGEST: usize = 100;

/// From how many letters on a name tells what was meant, whatever stands before it.
const TELLING: usize = 5;

pub(crate) fn action<'a>(catalog: &'a Catalog, full_name: &str) -> Option<Action<'a>> {
    let (prefix, name) = full_name.split_once(':')?;
    let within = |service: Service<'a>| nearest(service.actions(), name, |action| action.name());
    // Short names, such as `GET` of API Gateway, are everywhere the beginning of something else.
    let elsewhere = || {
        let long = name.len() >= TELLING;
        long.then(|| catalog.services().find_map(|service| service.action(name))).flatten()
    };
    catalog
        .service(prefix)
        .and_then(within)
        .or_else(elsewhere)
        .or_else(|| service(catalog, prefix).and_then(within))
}

pub(crate) fn service<'a>(catalog: &'a Catalog, prefix: &str) -> Option<Service<'a>> {
    nearest(catalog.services(), prefix, |service| service.prefix())
}

/// The nearest beginning, word by word, of an action of the service: `Describe` for `Descibe`.
pub(crate) fn beginning<'a>(service: Service<'a>, written: &str) -> Option<&'a str> {
    let beginnings = service.actions().flat_map(|action| {
        let name = action.name();
        let ends = name.char_indices().skip(1).filter(|(_, letter)| letter.is_ascii_uppercase());
        ends.map(|(end, _)| end).chain([name.len()]).filter_map(move |end| name.get(..end))
    });
    nearest(beginnings, written, |beginning| beginning)
}

pub(crate) fn condition_key<'a>(catalog: &'a Catalog, name: &str) -> Option<ConditionKey<'a>> {
    let candidates = condition_key::candidates(catalog, name);
    nearest(candidates.clone(), name, |key| key.name()).or_else(|| {
        // Of the forms with a tag's key at the end, only what stands before it is compared.
        let (before, _) = name.split_once('/')?;
        let forms = candidates.filter(|key| key.around_placeholder().is_some());
        nearest(forms, before, |key| key.name().split_once('/').map_or("", |(before, _)| before))
    })
}

fn nearest<'a, T: Copy>(
    candidates: impl Iterator<Item = T>,
    wanted: &str,
    name: impl Fn(T) -> &'a str,
) -> Option<T> {
    let mut limit = 1 + (wanted.len() / 6).min(4);
    let mut best = None;
    for candidate in candidates {
        if let Some(distance) = distance(wanted, name(candidate), limit) {
            best = Some(candidate);
            match distance.checked_sub(1) {
                // Only something nearer is of interest from here on.
                Some(nearer) => limit = nearer,
                None => break,
            }
        }
    }
    best
}

/// How many letters are to be put in, taken out or replaced, `None` above the limit.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit || b.len() > LONGEST {
        return None;
    }
    // One row of the table of all beginnings of `a` (downwards) and `b` (to the right).
    let mut row: [usize; LONGEST + 1] = std::array::from_fn(|column| column);
    let mut last = b.len();
    for (number, letter) in a.bytes().enumerate() {
        let (mut diagonal, mut left) = (number, number + 1);
        let mut smallest = left;
        for (cell, other) in row.iter_mut().skip(1).zip(b.bytes()) {
            let above = *cell;
            let changed = usize::from(!letter.eq_ignore_ascii_case(&other));
            left = (diagonal + changed).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
            smallest = smallest.min(left);
        }
        if smallest > limit {
            return None;
        }
        last = left;
    }
    (last <= limit).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_up_to_the_limit() {
        assert_eq!(distance("kitten", "Sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
        assert_eq!(distance("ab", "", 2), Some(2));
        assert_eq!(distance("same", "SAME", 0), Some(0));
    }
}
