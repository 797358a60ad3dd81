//! The actions that there are: each access level a stretch of its own, so that counting a level is counting bits.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use iam_catalog::{AccessLevel, Catalog};
use iam_evaluator::{Action, ActionKind, ActionPattern};

use crate::ActionSet;
use crate::sparse::Sparse;

/// How many access levels there are.
pub(crate) const LEVELS: usize = AccessLevel::ALL.len();

/// All actions in question. AWS has about 22,000 of them.
///
/// Every action has a place: first come all of level List in the order of their names, then those of level Read, and so
/// on. Each level begins at a multiple of 64, so some places are of no action.
///
/// ```
/// use iam_catalog::AccessLevel;
/// use iam_effective::{Entry, Universe};
/// use iam_evaluator::Action;
/// let entry = |name: &str, level| Action::parse(name).map(|action| Entry { action, level, forms: vec![] });
/// let universe = Universe::new([
///     entry("s3:PutObject", AccessLevel::Write)?,
///     entry("s3:ListAllMyBuckets", AccessLevel::List)?,
/// ]);
/// assert_eq!(universe.place("S3:listallmybuckets"), Some(0));
/// assert_eq!(universe.place("s3:PutObject"), Some(64));
/// assert_eq!(universe.len(), 2);
/// # Ok::<(), iam_evaluator::InvalidAction>(())
/// ```
#[derive(Debug)]
pub struct Universe {
    /// By level, then by name in lower case.
    entries: Vec<Entry>,
    levels: [Stretch; LEVELS],
    /// For each word the number of its level.
    level_of_word: Vec<u8>,
    services: Vec<ServiceActions>,
    traits: Traits,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its access level.
    pub level: AccessLevel,
    /// ARN patterns of the resources that it works on, in which `ACCOUNT` stands for the caller's account; none: it
    /// works on no resource.
    pub forms: Vec<Box<str>>,
}

/// The actions of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceActions {
    /// The service's prefix in lower case, such as `s3`.
    pub prefix: Box<str>,
    /// For each access level, in the order of [`AccessLevel::ALL`], the places of its actions.
    pub places: [Range<usize>; LEVELS],
}

/// Where the actions of one level stand.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    first_place: usize,
    first_entry: usize,
    len: usize,
}

/// What the decision takes from actions besides the statements that name them.
#[derive(Debug)]
pub(crate) struct Traits {
    /// By place: a number that actions share which every rule of the evaluator treats alike.
    kinds: Vec<u32>,
    /// By place: a number that actions of equal forms share.
    forms: Vec<u32>,
    /// By that number: the forms.
    pub distinct_forms: Vec<Vec<Box<str>>>,
    /// By that number: the places.
    places_of_forms: Vec<Sparse>,
    /// By the service that an ARN names: the numbers of the forms that may be of it.
    forms_of_service: BTreeMap<Box<str>, Vec<u32>>,
    pub all: ActionSet,
    /// `sts:GetCallerIdentity`, which every authenticated caller may do.
    pub free: ActionSet,
    /// Actions by which roles are assumed: trust policies count.
    pub assume_roles: ActionSet,
    /// Actions that RCPs can limit.
    pub rcp: ActionSet,
}

/// Stands for the service of forms that leave it open.
const ANY_SERVICE: &str = "*";

/// The service that an ARN, or a form of ARNs, names.
pub(crate) fn service_of(arn: &str) -> &str {
    let service = arn.split(':').nth(2).unwrap_or_default();
    if service.contains('*') { ANY_SERVICE } else { service }
}

/// What stands in forms for the caller's account.
pub(crate) const ACCOUNT: &str = "ACCOUNT";

impl Universe {
    /// The universe of these actions; the first of two equal names counts.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort_by(|left, right| left.action.folded().cmp(right.action.folded()));
        entries.dedup_by(|later, first| later.action.folded() == first.action.folded());
        entries.sort_by_key(|entry| entry.level);
        let mut levels = [Stretch::default(); LEVELS];
        let mut level_of_word = Vec::new();
        for (number, (level, stretch)) in AccessLevel::ALL.iter().zip(&mut levels).enumerate() {
            let first_entry = entries.partition_point(|entry| entry.level < *level);
            let len = entries.partition_point(|entry| entry.level <= *level) - first_entry;
            *stretch = Stretch { first_place: level_of_word.len() * 64, first_entry, len };
            let number = u8::try_from(number).unwrap_or_default();
            level_of_word.resize(level_of_word.len() + len.div_ceil(64), number);
        }
        let places = level_of_word.len() * 64;
        let services = services(&entries, &levels);
        let traits = Traits::of(&entries, &levels, places);
        Self { entries, levels, level_of_word, services, traits }
    }

    /// Every action of AWS's service authorization reference.
    #[must_use]
    pub fn of_catalog(catalog: &Catalog) -> Self {
        Self::new(catalog.actions().filter_map(|action| {
            let forms = action.resource_types().map(|used| form(used.resource_type().arn_format()));
            Some(Entry {
                action: Action::parse(action.full_name()).ok()?,
                level: action.access_level(),
                forms: forms.collect(),
            })
        }))
    }

    /// How many actions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many places there are; those between the levels are of no action.
    #[must_use]
    pub fn places(&self) -> usize {
        self.level_of_word.len() * 64
    }

    /// Every action with its place, level by level.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let places = self.levels.iter().flat_map(|it| it.first_place..it.first_place + it.len);
        places.zip(&self.entries)
    }

    /// The action at a place.
    #[must_use]
    pub fn entry(&self, place: usize) -> Option<&Entry> {
        let level = self.level_of_word.get(place / 64)?;
        let stretch = self.levels.get(usize::from(*level))?;
        let within = place.checked_sub(stretch.first_place).filter(|at| *at < stretch.len)?;
        self.entries.get(stretch.first_entry + within)
    }

    /// The place of an action, by its name in any letter case.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        let folded = name.to_ascii_lowercase();
        self.stretches().find_map(|(first_place, entries)| {
            let at = entries.binary_search_by(|entry| entry.action.folded().cmp(&folded));
            Some(first_place + at.ok()?)
        })
    }

    /// The services, by prefix.
    #[must_use]
    pub fn services(&self) -> &[ServiceActions] {
        &self.services
    }

    /// How many actions each access level has, in the order of [`AccessLevel::ALL`].
    #[must_use]
    pub fn sizes(&self) -> [usize; LEVELS] {
        self.levels.map(|stretch| stretch.len)
    }

    /// The places that patterns such as `s3:Get*` name.
    #[must_use]
    pub fn named<'p>(&self, patterns: impl IntoIterator<Item = &'p ActionPattern>) -> ActionSet {
        let mut set = self.none();
        for pattern in patterns {
            if pattern.is_all() {
                set.add(&self.traits.all);
                continue;
            }
            let beginning = pattern.beginning();
            for (first_place, entries) in self.stretches() {
                let start = entries.partition_point(|entry| entry.action.folded() < beginning);
                let candidates = entries.get(start..).unwrap_or_default().iter().enumerate();
                for (at, entry) in candidates
                    .take_while(|(_, entry)| entry.action.folded().starts_with(beginning))
                    .filter(|(_, entry)| pattern.matches(&entry.action))
                {
                    debug_assert!(!entry.action.folded().is_empty());
                    set.insert(first_place + start + at);
                }
            }
        }
        set
    }

    pub(crate) fn none(&self) -> ActionSet {
        ActionSet::none(self.places())
    }

    pub(crate) fn traits(&self) -> &Traits {
        &self.traits
    }

    #[inline(always)]
    pub(crate) fn level_of_word(&self, index: usize) -> usize {
        self.level_of_word.get(index).copied().unwrap_or_default().into()
    }

    fn stretches(&self) -> impl Iterator<Item = (usize, &[Entry])> {
        self.levels.iter().map(|it| {
            let entries = self.entries.get(it.first_entry..it.first_entry + it.len);
            (it.first_place, entries.unwrap_or_default())
        })
    }
}

/// A form as AWS's reference writes it, with `*` for what varies and `ACCOUNT` for the caller's account.
fn form(arn_format: &str) -> Box<str> {
    let mut form = String::new();
    let mut rest = arn_format;
    while let Some((before, behind)) = rest.split_once("${") {
        form.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        form.push_str(match name {
            "Partition" => "aws",
            "Account" => ACCOUNT,
            _ => "*",
        });
        rest = after;
    }
    form.push_str(rest);
    form.into()
}

fn services(entries: &[Entry], levels: &[Stretch; LEVELS]) -> Vec<ServiceActions> {
    let mut services: BTreeMap<&str, [Range<usize>; LEVELS]> = BTreeMap::new();
    for (level, stretch) in levels.iter().enumerate() {
        let of_level = entries.get(stretch.first_entry..stretch.first_entry + stretch.len);
        for (at, entry) in of_level.unwrap_or_default().iter().enumerate() {
            let place = stretch.first_place + at;
            let ranges = services.entry(entry.action.prefix()).or_default();
            if let Some(range) = ranges.get_mut(level) {
                let start = if range.end == 0 { place } else { range.start };
                *range = start..place + 1;
            }
        }
    }
    let services = services.into_iter();
    services.map(|(prefix, places)| ServiceActions { prefix: prefix.into(), places }).collect()
}

impl Traits {
    fn of(entries: &[Entry], levels: &[Stretch; LEVELS], places: usize) -> Self {
        let none = || ActionSet::none(places);
        let (mut all, mut free, mut assume_roles, mut rcp) = (none(), none(), none(), none());
        let mut kinds: BTreeMap<(ActionKind, FormKind), u32> = BTreeMap::new();
        let mut forms: BTreeMap<&[Box<str>], u32> = BTreeMap::new();
        let mut kind_of = vec![0; places];
        let mut form_of = vec![0; places];
        let numbered = levels.iter().flat_map(|it| it.first_place..it.first_place + it.len);
        for (place, entry) in numbered.zip(entries) {
            let (kinds_known, forms_known) = (number(kinds.len()), number(forms.len()));
            let kind = (entry.action.kind(), FormKind::of(&entry.forms));
            let kind = *kinds.entry(kind).or_insert(kinds_known);
            let form = *forms.entry(&entry.forms).or_insert(forms_known);
            for (numbers, number) in [(&mut kind_of, kind), (&mut form_of, form)] {
                if let Some(slot) = numbers.get_mut(place) {
                    *slot = number;
                }
            }
            all.insert(place);
            let folded = entry.action.folded();
            if folded == "sts:getcalleridentity" {
                free.insert(place);
            }
            if entry.action.prefix() == "sts"
                && entry.forms.iter().any(|form| form.contains(":role/"))
            {
                assume_roles.insert(place);
            }
            if entry.action.kind().is_rcp_supported()
                && !entry.forms.is_empty()
                && folded != "kms:retiregrant"
            {
                rcp.insert(place);
            }
        }
        let mut distinct_forms = vec![Vec::new(); forms.len()];
        let mut forms_of_service: BTreeMap<Box<str>, Vec<u32>> = BTreeMap::new();
        for (form, number) in forms {
            let services: BTreeSet<&str> = form.iter().map(|form| service_of(form)).collect();
            for service in services {
                forms_of_service.entry(service.into()).or_default().push(number);
            }
            if let Some(slot) = distinct_forms.get_mut(number as usize) {
                *slot = form.to_vec();
            }
        }
        let mut places_of_forms = vec![Vec::new(); distinct_forms.len()];
        for place in all.iter() {
            let form = form_of.get(place).and_then(|form| places_of_forms.get_mut(*form as usize));
            form.into_iter().for_each(|places| places.push(place));
        }
        let places_of_forms = places_of_forms.iter().map(|it| Sparse::of_places(it)).collect();
        Self {
            kinds: kind_of,
            forms: form_of,
            distinct_forms,
            places_of_forms,
            forms_of_service,
            all,
            free,
            assume_roles,
            rcp,
        }
    }

    /// The forms that ARNs of a service may be of, with the actions that take them.
    pub fn forms_of_service(&self, service: &str) -> impl Iterator<Item = (&[Box<str>], &Sparse)> {
        let of = |service: &str| self.forms_of_service.get(service).into_iter().flatten();
        let numbers = of(service).chain(of(ANY_SERVICE).filter(move |_| service != ANY_SERVICE));
        numbers.filter_map(|number| {
            let forms = self.distinct_forms.get(*number as usize)?;
            Some((&**forms, self.places_of_forms.get(*number as usize)?))
        })
    }

    pub fn kind(&self, place: usize) -> u32 {
        self.kinds.get(place).copied().unwrap_or_default()
    }

    pub fn forms_number(&self, place: usize) -> u32 {
        self.forms.get(place).copied().unwrap_or_default()
    }
}

/// Actions, statements and groups are far fewer than 2³².
pub(crate) fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What the evaluator's own rules see of a resource's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FormKind {
    /// No resource.
    None,
    /// Resources of which some have a region in their ARN or none has, and some have a policy that must agree.
    Rules { with_region: bool, without_region: bool, must_agree: bool },
}

impl FormKind {
    fn of(forms: &[Box<str>]) -> Self {
        let region = |form: &str| form.split(':').nth(3).is_some_and(|region| !region.is_empty());
        if forms.is_empty() {
            return Self::None;
        }
        Self::Rules {
            with_region: forms.iter().any(|form| region(form)),
            without_region: forms.iter().any(|form| !region(form)),
            must_agree: forms.iter().any(|form| form.contains(":kms:") || form.contains(":role/")),
        }
    }
}
