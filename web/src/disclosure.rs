//! What stands in a `<details>` and is only drawn while that is open.

use yew::prelude::*;

/// Whether the `<details>` is open, and what to call when it is opened or closed.
#[hook]
pub fn use_disclosure(at_first: impl FnOnce() -> bool) -> (bool, Callback<Event>) {
    let open = use_state_eq(at_first);
    let toggled = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<web_sys::Element>();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    (*open, toggled)
}
