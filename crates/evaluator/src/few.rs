//! Sorting short lists. The standard library's way is made for long ones and takes kilobytes of the page for each type.

/// Sorts a list that is short or nearly in order; what is equal keeps its order.
///
/// ```
/// let mut words = ["read", "list", "tag"];
/// iam_evaluator::sort_few_by_key(&mut words, |word| word.len());
/// assert_eq!(words, ["tag", "read", "list"]);
/// ```
pub fn sort_few_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_few_by(list, |left, right| key(left) < key(right));
}

/// Sorts a list that is short or nearly in order by what is less.
pub(crate) fn sort_few<T: Ord>(list: &mut [T]) {
    sort_few_by(list, |left, right| left < right);
}

fn sort_few_by<T>(list: &mut [T], less: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        // Each moves back past those that are greater, which stand in order before it.
        for at in (1..=end).rev() {
            match list.get_mut(at - 1..=at) {
                Some([before, this]) if less(this, before) => std::mem::swap(before, this),
                _ => break,
            }
        }
    }
}
