//! A stretch of a long list: a scenario may bring thousands of tests, and a page shows a hundred of them at once.

use std::ops::Range;

use yew::prelude::*;

/// How many entries are shown at once.
const LENGTH: usize = 100;

/// The stretch of a list of so many entries that holds the current one, or another one that the person went to; and the
/// way to the others, where there are any.
#[hook]
pub fn use_stretch(all: usize, current: Option<usize>) -> (Range<usize>, Html) {
    let chosen = use_state_eq(|| of(current));
    {
        let chosen = chosen.setter();
        use_effect_with(current, move |current| {
            if current.is_some() {
                chosen.set(of(*current));
            }
        });
    }
    let last = all.saturating_sub(1) / LENGTH;
    let here = (*chosen).min(last);
    let shown = here * LENGTH..all.min((here + 1) * LENGTH);
    let go = |to: Option<usize>, words: &'static str| {
        let chosen = chosen.setter();
        let onclick = Callback::from(move |_: MouseEvent| chosen.set(to.unwrap_or_default()));
        html! {
            <button type="button" class="button small quiet" disabled={to.is_none()} {onclick}>{ words }</button>
        }
    };
    let way = html! {
        if last > 0 {
            <div class="stretch">
                { go(here.checked_sub(1), "Earlier") }
                <span>{ format!("{} to {} of {all}", shown.start + 1, shown.end) }</span>
                { go(Some(here + 1).filter(|next| *next <= last), "Later") }
            </div>
        }
    };
    (shown, way)
}

fn of(current: Option<usize>) -> usize {
    current.unwrap_or_default() / LENGTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Properties, PartialEq, Clone)]
    struct ListProps {
        all: usize,
        current: Option<usize>,
    }

    #[component]
    fn List(props: &ListProps) -> Html {
        let (shown, way) = use_stretch(props.all, props.current);
        html! { <><p>{ format!("shows {shown:?}") }</p>{ way }</> }
    }

    fn shown(all: usize, current: Option<usize>) -> String {
        crate::testing::html::<List>(ListProps { all, current })
    }

    #[test]
    fn a_short_list_is_shown_whole() {
        for all in [0, 7, 100] {
            let html = shown(all, Some(3));
            assert!(html.contains(&format!("shows 0..{all}")) && !html.contains("Later"), "{html}");
        }
    }

    #[test]
    fn of_a_long_list_the_stretch_with_the_current_entry_is_shown() {
        let html = shown(5_000, Some(4_950));
        assert!(
            html.contains("shows 4900..5000") && html.contains("4901 to 5000 of 5000"),
            "{html}"
        );
        assert!(shown(101, None).contains("shows 0..100"));
        assert!(shown(101, Some(100)).contains("shows 100..101"));
        assert!(shown(101, Some(999)).contains("shows 100..101"), "an entry that is gone");
    }
}
