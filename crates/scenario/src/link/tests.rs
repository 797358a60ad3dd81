mod any;

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{Account, Request};
use any::any_document;

/// A scenario with one of each member, none at its default.
fn everything() -> Document {
    Document::from_json(include_str!("tests/everything.json")).unwrap()
}

fn seed() -> Document {
    Document::from_json(include_str!("../../seed/example-corp.json")).unwrap()
}

#[test]
fn every_member_travels() {
    for document in [everything(), seed(), Document::default()] {
        assert_eq!(decode(&encode(&document)).unwrap(), document);
        assert_eq!(decode(&encode_json(&document)).unwrap(), document);
    }
}

/// Links with this tag are out there: this text is never to be changed.
#[test]
fn links_of_the_first_layout_open_for_ever() {
    assert_eq!(decode(include_str!("tests/s1.txt")).unwrap(), everything());
}

#[test]
fn the_dictionary_is_frozen() {
    assert_eq!(crc32fast::hash(include_bytes!("s1/dictionary.txt")), 949836250);
}

#[test]
fn the_company_with_ten_accounts_fits_into_a_chat_message() {
    let (document, link) = (seed(), encode(&seed()));
    assert!(document.accounts().len() >= 10 && document.requests().len() >= 6);
    assert!(
        link.len() <= 2000,
        "{} characters for {} bytes of JSON",
        link.len(),
        document.to_json_minified().len()
    );
}

#[test]
fn a_link_ends_on_a_letter_or_digit() {
    for document in [everything(), seed(), Document::default()] {
        assert!(encode(&document).ends_with(|last: char| last.is_ascii_alphanumeric()));
    }
}

#[test]
fn a_link_is_read_as_people_paste_it() {
    let link = encode(&everything());
    for pasted in [
        format!("#{link}"),
        format!("https://example.com/play?view=tree#{link}"),
        format!(" {link}.\n"),
        format!("{link})"),
    ] {
        assert_eq!(decode(&pasted).unwrap(), everything(), "{pasted}");
    }
    assert_eq!(decode("#json=%7B%22format%22%3A1%7D").unwrap(), Document::default());
    assert_eq!(decode("#json={\"format\":1}").unwrap(), Document::default());
}

#[test]
fn what_is_wrong_with_a_link_is_told_apart() {
    let link = encode(&everything());
    let (start, _) = link.rsplit_once('.').unwrap();
    for foreign in ["", "#", "#why", "https://example.com/", "s0.abc.000000", "sx.y", "#section"] {
        assert_eq!(decode(foreign), Err(LinkError::NotAScenario), "{foreign}");
    }
    for newer in ["#s2.abc.def", "s99999999999.a"] {
        assert!(matches!(decode(newer), Err(LinkError::Newer { .. })), "{newer}");
    }
    let begin = |length: usize| link.chars().take(length).collect::<String>();
    let cuts = [link.len() - 1, 40, start.len() + 1, start.len(), 3, 2].map(begin);
    for cut in &cuts {
        assert_eq!(decode(cut), Err(LinkError::Truncated), "{cut}");
    }
    let changed = format!("{}AAAA{}", begin(20), link.chars().skip(24).collect::<String>());
    assert_eq!(decode(&changed), Err(LinkError::Corrupt));
    assert_eq!(decode("json=%FF"), Err(LinkError::Corrupt));
    let error = decode("json=%7B%7D").unwrap_err().to_string();
    assert_eq!(
        error,
        "this link holds no valid scenario: `format`: missing; a scenario begins with `\"format\": 1`"
    );
}

#[test]
fn a_small_link_does_not_unpack_to_all_memory_there_is() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b'a'; 5 << 20], 9);
    assert_eq!(s1::unpack(&bomb), Err(LinkError::TooLarge));
    let many_empty_strings = miniz_oxide::deflate::compress_to_vec(
        &[b"0\xff\xff\xff\x31".as_slice(), &[0; 9]].concat(),
        9,
    );
    assert_eq!(s1::unpack(&many_empty_strings), Err(LinkError::TooLarge));
}

#[test]
fn more_accounts_than_have_a_letter_of_their_own_travel() {
    let mut document = Document::default();
    for number in 0..300 {
        let id = format!("{number:012}");
        let user = crate::User { name: format!("u{number}"), ..crate::User::default() };
        let principal = format!("arn:aws:iam::{id}:user/u{number}");
        document.requests.push(Arc::new(Request { principal, ..Request::default() }));
        let account =
            Account { name: id.clone(), id, users: vec![Arc::new(user)], ..Account::default() };
        document.accounts.push(Arc::new(account));
    }
    assert_eq!(decode(&encode(&document)).unwrap(), document);
}

#[test]
fn what_does_not_hold_in_a_document_does_not_come_in_by_a_link() {
    let mut document = everything();
    Arc::make_mut(document.accounts.last_mut().unwrap()).id = "1".to_owned();
    assert!(matches!(decode(&encode(&document)), Err(LinkError::Invalid(_))));
}

proptest! {
    #[test]
    fn any_document_travels(document in any_document()) {
        prop_assert_eq!(&decode(&encode(&document)).unwrap(), &document);
        prop_assert_eq!(&decode(&encode_json(&document)).unwrap(), &document);
        prop_assert_eq!(&Document::from_json(&document.to_json()).unwrap(), &document);
    }

    #[test]
    fn any_text_is_a_link_or_an_error(text in "(#?s1\\.|json=|https://x#)?[ -~☂]{0,60}") {
        let _ = decode(&text);
    }

    #[test]
    fn a_changed_letter_is_noticed(place in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
        let link = encode(&everything());
        let place = 3 + place.index(link.len() - 3);
        let mut changed = link.clone();
        changed.replace_range(place..=place, &letter);
        prop_assert!(changed == link || decode(&changed).is_err());
    }

    #[test]
    fn any_bytes_are_unpacked_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = s1::unpack(&bytes);
        // The same behind the compression, where they get further.
        let _ = s1::unpack(&miniz_oxide::deflate::compress_to_vec(&bytes, 1));
    }

    #[test]
    fn changed_streams_are_unpacked_or_an_error(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = s1::pack(&everything());
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = s1::unpack(&bytes);
    }
}
