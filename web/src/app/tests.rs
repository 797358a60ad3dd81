use super::*;
use crate::kept::Kept;
use crate::opening;
use crate::testing;
use iam_scenario::{Document, link};

fn page(fragment: &str) -> String {
    let opening = opening::open(fragment, &Kept::default(), None);
    testing::html::<App>(AppProps { opening })
}

#[test]
fn the_page_opens_with_tree_details_and_answer() {
    let html = page("");
    for words in [
        "<h1 class=\"brand\">SCP Playground</h1>",
        "role=\"tree\"",
        "DenyEc2InDev",
        "Attached to",
        "Denied explicitly",
        "Nothing to undo",
    ] {
        assert!(html.contains(words), "`{words}` is missing");
    }
    assert!(!html.contains("style=\""), "the page's policy forbids style attributes");
}

#[test]
fn a_shared_scenario_says_so_and_offers_the_way_back() {
    let shared = Document::from_json(r#"{ "format": 1, "title": "Shared Corp" }"#).unwrap();
    let html = page(&link::encode(&shared));
    assert!(html.contains("You are looking at Shared Corp, which came with a link."));
    assert!(html.contains("Your own scenario, Example Corp, is safe."));
    assert!(html.contains("These accounts stand alone"), "an empty state explains itself");
}

#[test]
fn a_broken_link_is_an_alert() {
    let html = page("s1.broken");
    assert!(html.contains("role=\"alert\"") && html.contains("Your own scenario is open instead."));
}
