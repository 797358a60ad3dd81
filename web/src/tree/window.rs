//! Which rows of a large tree are drawn: those near what can be seen. In the place of the others stands an empty stretch of
//! their height, so that scrolling feels as if all were there.

use yew::prelude::*;

use crate::browser;

/// A tree of no more rows is drawn as a whole, and the browser's own search finds everything in it.
const DRAWN_WHOLE: usize = 150;
/// Rows are drawn in steps of so many: while a step lasts, scrolling costs nothing.
const STEP: usize = 24;
/// How high a row is until one has been measured, in CSS pixels.
const HEIGHT: f64 = 32.0;

/// The rows that are drawn, counted from the top of the tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// The first one.
    from: usize,
    /// The one behind the last.
    to: usize,
    /// How high a row is, in CSS pixels.
    height: f64,
}

impl Window {
    /// Everything.
    pub const WHOLE: Window = Window { from: 0, to: usize::MAX, height: HEIGHT };
    /// What is drawn until the screen has been measured.
    const FIRST: Window = Window { from: 0, to: 3 * STEP, height: HEIGHT };

    /// The window for a tree whose top is so far from the top of the screen, in CSS pixels.
    fn at(top: f64, screen: f64, height: f64) -> Window {
        // A float becomes the nearest whole number that there is: nothing above the tree is below zero.
        let row = |from_top: f64| ((from_top - top) / height) as usize;
        Window {
            from: (row(0.0) / STEP).saturating_sub(1) * STEP,
            to: (row(screen) / STEP + 2) * STEP,
            height,
        }
    }

    /// Whether any of `rows` rows is drawn, of which the first is `first`.
    pub fn shows(&self, first: usize, rows: usize) -> bool {
        first < self.to && self.from < first.saturating_add(rows)
    }

    /// The empty stretch in the place of so many rows that are not drawn.
    pub fn gap(&self, first: usize, rows: usize) -> Html {
        // Not a style: the page's policy allows none on an element.
        let height = (rows as f64 * self.height).to_string();
        html! {
            <li key={format!("gap {first}")} role="none" class="tree-gap"><svg aria-hidden="true" width="1" {height} /></li>
        }
    }
}

/// The window onto a tree of so many rows, whose element has this id; it follows scrolling, and on paper it is whole.
#[hook]
pub fn use_window(id: &'static str, rows: usize) -> Window {
    let window = use_state_eq(|| Window::FIRST);
    let large = rows > DRAWN_WHOLE;
    {
        let window = window.setter();
        use_effect_with((large, rows), move |(large, _)| {
            let listeners = large.then(|| {
                window.set(measured(id));
                let look = || {
                    let window = window.clone();
                    move |_: &web_sys::Event| window.set(measured(id))
                };
                let whole = window.clone();
                [
                    browser::on_any("scroll", look()),
                    browser::on_any("resize", look()),
                    browser::on_any("beforeprint", move |_| whole.set(Window::WHOLE)),
                    browser::on_any("afterprint", look()),
                ]
            });
            move || drop(listeners)
        });
    }
    if large { *window } else { Window::WHOLE }
}

fn measured(id: &str) -> Window {
    let Some((top, screen)) = browser::top_of(id) else { return Window::FIRST };
    let height = browser::height_of(&format!("#{id} .tree-row")).filter(|it| *it > 1.0);
    Window::at(top, screen, height.unwrap_or(HEIGHT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_seen_is_drawn_with_a_step_around_it() {
        let top = Window::at(100.0, 900.0, 32.0);
        assert!(top.shows(0, 1) && top.shows(25, 1) && !top.shows(100, 1));
        let below = Window::at(-32.0 * 500.0, 900.0, 32.0);
        assert!(!below.shows(0, 400) && below.shows(480, 1) && below.shows(530, 1));
        assert!(below.shows(0, 1_000), "an OU that reaches into it");
        assert!(!below.shows(600, 400));
        assert!(Window::WHOLE.shows(99_999, 1));
    }
}
