//! A share link: what it holds comes back the same from a new link.

#![no_main]

use iam_scenario::link;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    match link::decode(input) {
        Ok(document) => assert_eq!(link::decode(&link::encode(&document)).as_ref(), Ok(&document)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
