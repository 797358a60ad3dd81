//! The layout `g1`, frozen: what is different from a scenario of the gallery, which lies beside the page and never changes
//! under its name.
//!
//! Both scenarios are streams as in `s2`; the difference says which stretches of the gallery's stream to copy and what to
//! put between them. It is compressed with deflate, which knows the dictionary of `s1` and the gallery's stream.

use super::crc32::crc32;
use super::s1::deflate;
use super::s1::stream::{Reader, Writer};
use super::{LinkError, View, s2};
use crate::Document;

/// A copy shorter than this costs more than it saves.
const SHORTEST: usize = 6;
/// How many of the places are tried at which a stretch begins in the same way.
const MOST_TRIES: usize = 16;

/// Packs what is different from the scenario of the gallery.
pub(super) fn pack(document: &Document, view: &View, gallery: &Document) -> Vec<u8> {
    let base = s2::stream(gallery, &View::default());
    let difference = difference(&base, &s2::stream(document, view));
    let mut bytes = crc32(&base).to_be_bytes().to_vec();
    bytes.extend(deflate::compress(&difference, &dictionary(&base)));
    bytes
}

/// Unpacks what was made of the scenario of the gallery; `None` where that is another than the link was made from.
pub(super) fn unpack(
    bytes: &[u8],
    gallery: &Document,
) -> Result<Option<(Document, View)>, LinkError> {
    let base = s2::stream(gallery, &View::default());
    let (sum, packed) = bytes.split_at_checked(4).ok_or(LinkError::Corrupt)?;
    if sum != crc32(&base).to_be_bytes() {
        return Ok(None);
    }
    let difference = deflate::decompress(packed, dictionary(&base))?;
    s2::read(&applied(&base, &difference)?).map(Some)
}

fn dictionary(base: &[u8]) -> Vec<u8> {
    let mut dictionary = deflate::dictionary();
    dictionary.extend(base);
    dictionary
}

/// Writes by turns what is new (its length, its bytes) and what is copied (its length, how far its place is from the end
/// of the copy before).
fn difference(base: &[u8], target: &[u8]) -> Vec<u8> {
    let places = Places::of(base);
    let mut writer = Writer::new();
    let (mut new, mut at, mut expected) = (0, 0, 0);
    while at < target.len() {
        let Some(copy) = places.longest(base, target, at, expected) else {
            at += 1;
            continue;
        };
        write_new(&mut writer, target.get(new..at).unwrap_or_default());
        writer.number(copy.length);
        writer.number(zigzag(expected, copy.place));
        at += copy.length;
        expected = copy.place + copy.length;
        new = at;
    }
    if new < target.len() {
        write_new(&mut writer, target.get(new..).unwrap_or_default());
    }
    writer.finish()
}

fn write_new(writer: &mut Writer, bytes: &[u8]) {
    writer.number(bytes.len());
    writer.bytes(bytes);
}

/// Makes the stream again.
fn applied(base: &[u8], difference: &[u8]) -> Result<Vec<u8>, LinkError> {
    let mut reader = Reader::new(difference);
    let mut target = Vec::new();
    let mut expected = 0;
    while !reader.is_at_end() {
        let length = reader.number()?;
        target.extend(reader.take(length)?);
        if reader.is_at_end() {
            break;
        }
        let length = reader.number()?;
        let place = unzigzag(expected, reader.number()?).ok_or(LinkError::Corrupt)?;
        expected = place + length;
        target.extend(base.get(place..expected).ok_or(LinkError::Corrupt)?);
        if target.len() > deflate::LARGEST {
            return Err(LinkError::TooLarge);
        }
    }
    Ok(target)
}

/// How far to go from one place to another: forwards even, backwards odd.
fn zigzag(from: usize, to: usize) -> usize {
    if to >= from { (to - from) * 2 } else { (from - to) * 2 - 1 }
}

fn unzigzag(from: usize, number: usize) -> Option<usize> {
    match number % 2 {
        0 => from.checked_add(number / 2),
        _ => from.checked_sub(number / 2 + 1),
    }
}

/// A stretch of the gallery's stream.
struct Copy {
    place: usize,
    length: usize,
}

/// Where in the gallery's stream which bytes stand, in the order of these bytes.
struct Places<'a>(Vec<(&'a [u8], usize)>);

impl<'a> Places<'a> {
    fn of(base: &'a [u8]) -> Places<'a> {
        let mut places: Vec<_> =
            base.windows(SHORTEST).enumerate().map(|(place, bytes)| (bytes, place)).collect();
        places.sort_unstable();
        Places(places)
    }

    /// The longest stretch that stands here in the target too; best where the copy before ended.
    fn longest(&self, base: &[u8], target: &[u8], at: usize, expected: usize) -> Option<Copy> {
        let rest = target.get(at..)?;
        let copy = |place: usize| Copy { place, length: common(base.get(place..), rest) };
        let straight_on = copy(expected);
        if straight_on.length >= SHORTEST {
            return Some(straight_on);
        }
        let begin = rest.get(..SHORTEST)?;
        let first = self.0.partition_point(|(bytes, _)| *bytes < begin);
        let same = self.0.get(first..)?.iter().take_while(|(bytes, _)| *bytes == begin);
        same.take(MOST_TRIES).map(|(_, place)| copy(*place)).max_by_key(|copy| copy.length)
    }
}

/// How many bytes are the same from the beginning on.
fn common(base: Option<&[u8]>, target: &[u8]) -> usize {
    base.unwrap_or_default().iter().zip(target).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_difference_makes_the_target_again(base in "[ab]{0,60}", target in "[abc]{0,80}") {
            let difference = difference(base.as_bytes(), target.as_bytes());
            prop_assert_eq!(applied(base.as_bytes(), &difference).unwrap(), target.as_bytes());
        }

        #[test]
        fn any_difference_is_applied_or_an_error(difference in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = applied(b"a scenario of the gallery", &difference);
        }
    }

    #[test]
    fn a_small_difference_does_not_unpack_to_all_memory_there_is() {
        let base = vec![b'a'; 1 << 20];
        let mut writer = Writer::new();
        for copy in 0..100 {
            let back_to_the_start = if copy == 0 { 0 } else { zigzag(1 << 20, 0) };
            [0, 1 << 20, back_to_the_start].into_iter().for_each(|number| writer.number(number));
        }
        assert_eq!(applied(&base, &writer.finish()), Err(LinkError::TooLarge));
    }
}
