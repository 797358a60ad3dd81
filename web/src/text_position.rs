//! Places in a text: the evaluator counts UTF-8 bytes, the browser UTF-16 units, people lines and columns.
//!
//! The only file that converts between them.

use iam_evaluator::Span;

/// The place of a byte in UTF-16 units, as editors and text areas count. Past the end: the end.
pub fn utf16(text: &str, byte: u32) -> u32 {
    let before = before(text, byte);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The byte of a place in UTF-16 units. Past the end: the end.
pub fn byte(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    let at = text.char_indices().find(|(_, letter)| {
        let is_there = units >= utf16;
        units += if letter.len_utf16() == 2 { 2 } else { 1 };
        is_there
    });
    at.map_or(text.len(), |(at, _)| at)
}

/// A stretch in UTF-16 units: where it begins and ends.
pub fn utf16_span(text: &str, span: Span) -> (u32, u32) {
    (utf16(text, span.start), utf16(text, span.end))
}

/// The line and column of a byte, both from 1; columns count characters.
pub fn line_column(text: &str, byte: u32) -> (usize, usize) {
    let before = before(text, byte);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The text before a byte; before the character that the byte is inside of.
fn before(text: &str, byte: u32) -> &str {
    let mut end = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_utf16_units() {
        // One, two, three and four bytes; one, one, one and two units.
        let text = "aé€😀z";
        let at = |byte| utf16(text, byte);
        assert_eq!([at(0), at(1), at(3), at(6), at(10), at(11)], [0, 1, 2, 3, 5, 6]);
        assert_eq!(at(99), 6);
        assert_eq!(at(8), 3, "inside a character: before it");
        assert_eq!([0, 1, 2, 3, 5, 6, 99].map(|unit| byte(text, unit)), [0, 1, 3, 6, 10, 11, 11]);
    }

    #[test]
    fn lines_and_columns_are_counted_as_people_do() {
        let text = "{\n  \"é\": 1\n}";
        assert_eq!(line_column(text, 0), (1, 1));
        assert_eq!(line_column(text, 4), (2, 3));
        assert_eq!(line_column(text, 8), (2, 6));
        assert_eq!(line_column(text, 99), (3, 2));
    }
}
