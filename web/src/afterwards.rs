//! What can wait until the page has been painted: so that the answer to a key stands on the screen one frame after it.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Milliseconds until the browser has painted: a little more than a frame.
pub const PAINTED: u32 = 20;

/// A value as it was before the last painting: whatever shows it is drawn again after what shows the value itself. Where
/// `at_once` says of the two that there is no time, it is the value itself.
#[hook]
pub fn use_afterwards<T: Clone + PartialEq + 'static>(
    value: T,
    at_once: impl FnOnce(&T, &T) -> bool,
) -> T {
    let shown = use_mut_ref(|| value.clone());
    let again = use_force_update();
    if at_once(&shown.borrow(), &value) {
        shown.replace(value.clone());
    }
    let seen = shown.borrow().clone();
    let differs = seen != value;
    use_effect(move || {
        let waiting = differs.then(|| {
            Timeout::new(PAINTED, move || {
                shown.replace(value);
                again.force_update();
            })
        });
        move || drop(waiting)
    });
    seen
}
