//! A share link: what it holds comes back the same from a new link.

#![no_main]

use iam_scenario::{Document, link};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let gallery = Document::default();
    match link::open(input, Some(&gallery)) {
        Ok((document, view)) => {
            let again = link::open(&link::encode_view(&document, &view), None);
            assert_eq!(again.as_ref(), Ok(&(document, view)));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
