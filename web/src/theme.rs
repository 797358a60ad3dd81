//! Light, dark, or as the system has it; remembered.

use yew::prelude::*;

use crate::browser::{self, keys};
use crate::display::Display;
use crate::icons::{Icon, icon};

/// Which colours the page has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// What the address asks for, or else what was remembered.
    pub fn kept() -> Theme {
        if let Some(theme) = Display::now().theme {
            return theme;
        }
        match browser::kept(keys::THEME).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        }
    }

    /// Its name in an address and where it is remembered; `None` for the system's.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Theme::Auto => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }

    /// Paints the page and remembers it.
    pub fn apply(self) {
        browser::mark_page("data-theme", self.name());
        if Display::now().embedded {
            return;
        }
        match self.name() {
            // Where the browser refuses, the theme lasts until the page is closed.
            Some(name) => _ = browser::keep(keys::THEME, name),
            None => browser::forget(keys::THEME),
        }
    }

    fn next(self) -> Theme {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }
}

/// The button that goes from one theme to the next.
#[component]
pub fn ThemeButton() -> Html {
    let theme = use_state(Theme::kept);
    use_effect_with(*theme, |theme| theme.apply());
    let (drawn, words) = match *theme {
        Theme::Auto => (Icon::Auto, "Theme: as the system"),
        Theme::Light => (Icon::Sun, "Theme: light"),
        Theme::Dark => (Icon::Moon, "Theme: dark"),
    };
    let onclick = Callback::from(move |_| theme.set(theme.next()));
    html! {
        <button type="button" class="button quiet icon-only" aria-label={words} title={words} {onclick}>
            { icon(drawn) }
        </button>
    }
}
