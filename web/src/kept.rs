//! What this browser keeps: each tab's scenario by itself, shared ones that were changed, and those saved under a name.
//!
//! Each page writes under an id of its own, so tabs never write over each other. A page that has opened what another one
//! kept takes its place at the first change, unless that other one is still open: then both are kept.

mod record;
mod tab;

pub use record::{Kind, Record};
pub use tab::{Kept, begin, keep_link, keep_own, others, stash, takes_place_of};

use crate::browser;

/// Reads what is kept under an id.
pub fn read(kind: Kind, id: &str) -> Option<Record> {
    Record::read(id, &browser::kept(&kind.key(id))?)
}

/// Everything of a kind that can be read, newest first.
pub fn all(kind: Kind) -> Vec<Record> {
    let prefix = kind.key("");
    let keys = browser::kept_names().into_iter();
    let mut records: Vec<Record> =
        keys.filter_map(|key| read(kind, key.strip_prefix(&prefix)?)).collect();
    records.sort_by(|one, other| other.kept.cmp(&one.kept).then_with(|| one.id.cmp(&other.id)));
    records
}

/// Keeps a record; false where the browser refuses.
pub fn write(kind: Kind, record: &Record) -> bool {
    browser::keep(&kind.key(&record.id), &record.to_json())
}

/// Forgets a record.
pub fn remove(kind: Kind, id: &str) {
    browser::forget(&kind.key(id));
}

/// Whether the browser keeps anything at all.
pub fn is_possible() -> bool {
    let probe = Kind::Save.key("probe");
    let possible = browser::keep(&probe, "");
    browser::forget(&probe);
    possible
}
