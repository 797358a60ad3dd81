//! Counting: services by access levels, under a filter.

use super::engine::{Count, Permissions};
use super::index::{Index, LEVELS, Service};

/// What is shown of all actions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// A part of a service's name or of an action's.
    pub text: String,
    /// The place of the only verdict shown, if not all are.
    pub verdict: Option<usize>,
    /// The number of the only access level shown, if not all are.
    pub level: Option<usize>,
}

/// The counts of one service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The service's number.
    pub service: usize,
    /// Counts by access level.
    pub levels: [Count; LEVELS],
}

impl Tally {
    /// The counts over all access levels.
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        for level in &self.levels {
            for (slot, count) in total.iter_mut().zip(level) {
                *slot += count;
            }
        }
        total
    }

    /// The one verdict of all its actions, if there is only one.
    pub fn only(&self) -> Option<usize> {
        let total = self.total();
        let mut used = total.iter().enumerate().filter(|(_, count)| **count > 0);
        let (verdict, _) = used.next()?;
        used.next().is_none().then_some(verdict)
    }
}

impl Filter {
    /// Whether nothing is left out.
    pub fn is_open(&self) -> bool {
        self.text.trim().is_empty() && self.verdict.is_none() && self.level.is_none()
    }

    /// The places of a service's actions that are shown, each with its access level.
    pub fn actions<'a>(
        &self,
        index: &'a Index,
        permissions: &'a Permissions,
        service: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let text = self.text.trim().to_ascii_lowercase();
        let found = index.services().get(service);
        // A service's own name stands for all its actions.
        let whole = text.is_empty()
            || found.is_some_and(|it| {
                it.name.to_ascii_lowercase().contains(&text) || it.prefix.starts_with(&text)
            });
        let (verdict, level) = (self.verdict, self.level);
        let ranges = found.map(|it| it.places.clone()).into_iter().flatten().enumerate();
        let ranges = ranges.filter(move |(at, _)| level.is_none_or(|it| *at == it));
        let all = ranges.flat_map(|(level, places)| places.map(move |place| (place, level)));
        all.filter(move |(place, _)| {
            verdict.is_none_or(|it| permissions.at(*place) == it)
                && (whole || index.is_named(*place, &text))
        })
    }

    /// The counts of every service that has something to show.
    pub fn tallies(&self, index: &Index, permissions: &Permissions) -> Vec<Tally> {
        if self.is_open() {
            let services = index.services().iter().enumerate();
            let tally = |(service, it): (usize, &Service)| Tally {
                service,
                levels: it.places.clone().map(|places| permissions.cells.counts(places)),
            };
            return services.map(tally).collect();
        }
        let services = 0..index.services().len();
        let tallies = services.filter_map(|service| {
            let mut tally = Tally { service, ..Tally::default() };
            let mut any = false;
            for (place, level) in self.actions(index, permissions, service) {
                let level = tally.levels.get_mut(level);
                if let Some(slot) = level.and_then(|it| it.get_mut(permissions.at(place))) {
                    *slot += 1;
                    any = true;
                }
            }
            any.then_some(tally)
        });
        tallies.collect()
    }
}

/// Parts the services into those that tell something and those that are all alike: of the rest, every action has one
/// and the same verdict, and no policy names them.
pub fn part(
    tallies: Vec<Tally>,
    index: &Index,
    permissions: &Permissions,
) -> (Vec<Tally>, Vec<Tally>) {
    let is_named = |tally: &Tally| {
        let service = index.services().get(tally.service);
        service.is_some_and(|it| permissions.named.contains(&it.prefix))
    };
    let mut alike = [0_usize; 4];
    for verdict in tallies.iter().filter_map(Tally::only) {
        if let Some(slot) = alike.get_mut(verdict) {
            *slot += 1;
        }
    }
    let most = alike.iter().enumerate().max_by_key(|(_, count)| **count);
    let rest = most.filter(|(_, count)| **count > 8).map(|(verdict, _)| verdict);
    tallies.into_iter().partition(|tally| rest.is_none() || tally.only() != rest || is_named(tally))
}

/// A number with a comma between thousands.
pub fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
