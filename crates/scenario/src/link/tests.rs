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

fn view() -> View {
    let request = Request {
        principal: "arn:aws:iam::999999999999:user/John".to_owned(),
        action: "s3:GetObject".to_owned(),
        ..Request::default()
    };
    View { asked: Asked::Unsaved(Box::new(request)), open: "policy p-denyec2dev".to_owned() }
}

/// The seed as somebody changes a scenario of the gallery: a policy detached, an action added, a question more.
fn edited_seed() -> Document {
    let text = include_str!("../../seed/example-corp.json");
    let text = text
        .replacen("\"p-FullAWSAccess\", \"p-denyec2dev\"", "\"p-FullAWSAccess\"", 1)
        .replacen("\"iam:CreateUser\"", "[\"iam:CreateUser\", \"iam:CreateAccessKey\"]", 1);
    let mut edited = Document::from_json(&text).unwrap();
    assert_ne!(edited, seed(), "the edits find their places");
    let question = Request {
        name: "Mary reads".to_owned(),
        principal: "arn:aws:iam::999999999999:user/John".to_owned(),
        action: "s3:GetObject".to_owned(),
        ..Request::default()
    };
    edited.requests.push(Arc::new(question));
    edited
}

#[test]
fn what_is_looked_at_travels() {
    let (document, view) = (seed(), view());
    let link = encode_view(&document, &view);
    assert!(link.starts_with("s2."));
    assert_eq!(open(&link, None).unwrap(), (document.clone(), view));
    let number = View { asked: Asked::Number(3), ..View::default() };
    let with_number = encode_view(&document, &number);
    assert!(with_number.len() <= encode(&document).len() + 4, "a number costs next to nothing");
    assert_eq!(open(&with_number, None).unwrap().1, number);
    assert_eq!(open(&encode(&document), None).unwrap().1, View::default());
}

#[test]
fn links_of_the_second_layout_open_for_ever() {
    assert_eq!(open(include_str!("tests/s2.txt"), None).unwrap(), (everything(), view()));
}

#[test]
fn links_that_edit_the_gallery_open_for_ever() {
    let opened = open(include_str!("tests/g1.txt"), Some(&everything())).unwrap();
    let mut edited = everything();
    edited.title = "Edited".into();
    assert_eq!(opened, (edited, view()));
}

#[test]
fn a_scenario_of_the_gallery_with_small_edits_is_a_short_link() {
    let edited = edited_seed();
    let link = encode_edited(&edited, &View::default(), "example-corp", &seed());
    assert!(link.starts_with("g1.example-corp."), "{link}");
    assert!(link.len() <= 300, "{} characters", link.len());
    assert_eq!(gallery_name(&link), Some("example-corp"));
    assert_eq!(open(&link, Some(&seed())).unwrap().0, edited);
    let asked = encode_edited(&edited, &view(), "example-corp", &seed());
    assert!(asked.len() <= 300, "{} characters", asked.len());
    assert_eq!(open(&asked, Some(&seed())).unwrap(), (edited, view()));
}

#[test]
fn a_scenario_of_the_gallery_as_it_is_goes_by_its_name() {
    let link = encode_edited(&seed(), &View::default(), "example-corp", &seed());
    assert_eq!(link, "gallery=example-corp");
    assert_eq!(open(&link, Some(&seed())).unwrap(), (seed(), View::default()));
    assert_eq!(decode(&link), Err(LinkError::Gallery { name: "example-corp".to_owned() }));
    let foreign = encode_edited(&seed(), &View::default(), "Not/a name", &seed());
    assert!(foreign.starts_with("s1."));
}

#[test]
fn what_is_wrong_with_a_link_to_the_gallery_is_told_apart() {
    let link = encode_edited(&edited_seed(), &view(), "example-corp", &seed());
    let other = open(&link, Some(&everything()));
    assert_eq!(other, Err(LinkError::OtherGallery { name: "example-corp".to_owned() }));
    let (start, _) = link.rsplit_once('.').unwrap();
    for cut in [link.len() - 1, start.len() + 1, start.len(), "g1.example-corp.".len(), 15, 8, 3, 2]
    {
        let cut = link.get(..cut).unwrap();
        assert_eq!(open(cut, Some(&seed())), Err(LinkError::Truncated), "{cut}");
        assert_eq!(gallery_name(cut), None, "{cut}");
    }
    let elsewhere = link.replace("example-corp", "example-cor");
    assert_eq!(open(&elsewhere, Some(&seed())), Err(LinkError::Corrupt));
    for name in ["", "../secrets", "a/b", "A", "-a", "a.b", &"a".repeat(61)] {
        assert_eq!(gallery_name(&format!("gallery={name}")), None, "{name}");
        assert_eq!(open(&format!("gallery={name}"), Some(&seed())), Err(LinkError::NotAScenario));
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
    for newer in ["#s3.abc.def", "s99999999999.a", "g2.region-deny.a.b"] {
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
    fn any_document_travels_as_the_edit_of_any_other(document in any_document(), gallery in any_document()) {
        let link = encode_edited(&document, &view(), "some", &gallery);
        prop_assert_eq!(open(&link, Some(&gallery)).unwrap(), (document.clone(), view()));
        let bytes = g1::pack(&document, &View::default(), &gallery);
        let opened = g1::unpack(&bytes, &gallery).unwrap().unwrap();
        prop_assert_eq!(opened, (document, View::default()));
    }

    #[test]
    fn any_text_is_a_link_or_an_error(text in "(#?s1\\.|#s2\\.|g1\\.a\\.|gallery=|json=|https://x#)?[ -~☂]{0,60}") {
        let _ = open(&text, Some(&everything()));
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
