//! The gallery as links count on it: a small edit of any scenario is a short link.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use iam_scenario::{Action, Document, History, Request, link};

fn gallery() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gallery")
}

/// Every scenario of the gallery with its name.
fn scenarios() -> Vec<(String, Document)> {
    let entries = fs::read_dir(gallery()).unwrap().map(|entry| entry.unwrap().path());
    let json = entries.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    json.map(|path| {
        let document = Document::from_json(&fs::read_to_string(&path).unwrap()).unwrap();
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), document)
    })
    .collect()
}

/// Each scenario with a new title, a new question and a policy taken off its first place.
fn edited(gallery: &Document) -> Document {
    let mut history = History::new(gallery.clone());
    history.apply(&Action::SetTitle { title: "What I found out about it".into() }).unwrap();
    let mut request: Request = gallery.requests()[0].as_ref().clone();
    request.name = "My own question".into();
    request.action = "s3:ListBucket".into();
    history.apply(&Action::AddRequest { request: request.into() }).unwrap();
    let organization = gallery.organization();
    let attached = organization.and_then(|organization| {
        let units = &organization.root.organizational_units;
        units
            .iter()
            .find_map(|unit| Some((unit.id.clone(), unit.attached_policies.get(1)?.clone())))
    });
    if let Some((target, policy)) = attached {
        history.apply(&Action::DetachPolicy { policy, target }).unwrap();
    }
    history.document().clone()
}

#[test]
fn a_small_edit_of_any_is_a_short_link() {
    for (name, gallery) in scenarios() {
        let edited = edited(&gallery);
        let link = link::encode_edited(&edited, &link::View::default(), &name, &gallery);
        assert!(link.len() <= 300, "{name}: {} characters", link.len());
        assert_eq!(link::open(&link, Some(&gallery)).unwrap().0, edited, "{name}");
        println!("{:4} of {:5} characters: {name}", link.len(), link::encode(&edited).len());
    }
}
