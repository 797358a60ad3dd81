//! How the page is shown: as a whole, or a part of it inside another page.
//!
//! The query of the address says so, `?embed=1&view=tree,why&readonly=1&theme=dark`; the scenario stands in the
//! fragment. An embedded page keeps nothing in the browser: it is a guest.

use std::cell::OnceCell;

use crate::browser;
use crate::state::Pane;
use crate::theme::Theme;

/// How the page is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Display {
    /// Inside another page, without the head.
    pub embedded: bool,
    /// Nothing of the scenario can be changed; questions can be asked.
    pub read_only: bool,
    /// The theme, instead of the one that was remembered.
    pub theme: Option<Theme>,
    /// The panes that are left out, in the order of [`PANES`].
    pub hidden: [bool; 3],
}

/// The panes and their names in the query.
pub const PANES: [(Pane, &str); 3] =
    [(Pane::Organization, "tree"), (Pane::Details, "details"), (Pane::Why, "why")];

impl Display {
    /// How this page is shown.
    pub fn now() -> Display {
        thread_local! {
            static NOW: OnceCell<Display> = const { OnceCell::new() };
        }
        NOW.with(|now| *now.get_or_init(|| Display::read(&browser::query())))
    }

    /// Reads the query of an address. What it does not know it leaves alone, and where `view` names no pane, all are
    /// shown.
    pub fn read(query: &str) -> Display {
        let mut display = Display::default();
        for pair in query.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, "1"));
            match (name, value) {
                ("embed", value) => display.embedded = value != "0",
                ("readonly", value) => display.read_only = value != "0",
                ("theme", "light") => display.theme = Some(Theme::Light),
                ("theme", "dark") => display.theme = Some(Theme::Dark),
                ("view", names) => display.hidden = hidden(names),
                _ => {}
            }
        }
        display
    }

    /// The same as a query, beginning with `?`, to embed a page.
    pub fn to_query(self) -> String {
        let shown = PANES.iter().filter(|(pane, _)| self.shows(*pane)).map(|(_, name)| *name);
        let mut query = "?embed=1".to_owned();
        if self.hidden != [false; 3] {
            query += &format!("&view={}", shown.collect::<Vec<_>>().join(","));
        }
        if self.read_only {
            query += "&readonly=1";
        }
        if let Some(name) = self.theme.and_then(Theme::name) {
            query += &format!("&theme={name}");
        }
        query
    }

    /// Whether a pane is shown.
    pub fn shows(self, pane: Pane) -> bool {
        let place = PANES.iter().position(|(known, _)| *known == pane);
        !place.and_then(|place| self.hidden.get(place).copied()).unwrap_or_default()
    }

    /// The same with a pane shown or left out; the last one stays.
    pub fn with_pane(self, pane: Pane, shown: bool) -> Display {
        let mut changed = self;
        for ((known, _), hidden) in PANES.iter().zip(&mut changed.hidden) {
            if *known == pane {
                *hidden = !shown;
            }
        }
        if changed.hidden == [true; 3] { self } else { changed }
    }

    /// The pane to begin with on a narrow screen.
    pub fn first_pane(self) -> Pane {
        PANES.iter().map(|(pane, _)| *pane).find(|pane| self.shows(*pane)).unwrap_or_default()
    }

    /// The classes of the page.
    pub fn classes(self) -> Vec<&'static str> {
        let mut classes = Vec::new();
        if self.embedded {
            classes.push("embedded");
        }
        if self.read_only {
            classes.push("read-only");
        }
        let hidden = ["without-tree", "without-details", "without-why"];
        classes.extend(hidden.into_iter().zip(self.hidden).filter(|it| it.1).map(|it| it.0));
        classes
    }
}

fn hidden(names: &str) -> [bool; 3] {
    let names: Vec<&str> = names.split([',', '+']).collect();
    let hidden = PANES.map(|(_, name)| !names.contains(&name));
    if hidden == [true; 3] { [false; 3] } else { hidden }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_written() {
        let query = "?embed=1&view=tree,why&readonly=1&theme=dark";
        let display = Display::read(query);
        assert!(display.embedded && display.read_only && display.theme == Some(Theme::Dark));
        let shown = PANES.map(|(pane, _)| display.shows(pane));
        assert_eq!(shown, [true, false, true]);
        assert_eq!(display.to_query(), query);
        assert_eq!(display.classes(), ["embedded", "read-only", "without-details"]);
    }

    #[test]
    fn without_a_query_everything_is_shown() {
        assert_eq!(Display::read(""), Display::default());
        assert_eq!(Display::read("?utm_source=chat&view=nothing&theme=pink"), Display::default());
        assert!(!Display::read("?embed=0&readonly=0").embedded);
    }

    #[test]
    fn the_last_pane_stays() {
        let one = Display::read("view=why");
        assert_eq!(one.with_pane(Pane::Why, false), one);
        assert_eq!(one.first_pane(), Pane::Why);
        assert!(one.with_pane(Pane::Organization, true).shows(Pane::Organization));
    }
}
