//! Where in the text of a scenario an error stands: line and column for those who edit the JSON itself.

use std::ops::Range;

use super::DocumentError;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
    /// The bytes of the offending value, or of the name of a member that nobody knows; empty where the text breaks off being JSON.
    pub span: Range<usize>,
}

impl DocumentError {
    /// Finds the place in the text that was read. `None` where the text as a whole is meant.
    ///
    /// ```
    /// use iam_scenario::Document;
    ///
    /// let text = "{ \"format\": 1,\n  \"accounts\": [{ \"id\": 7 }] }";
    /// let located = Document::from_json(text).unwrap_err().locate(text).unwrap();
    /// assert_eq!((located.line, located.column), (2, 24));
    /// ```
    pub fn locate(&self, text: &str) -> Option<Located> {
        let unknown = self.message().strip_prefix("unknown member `");
        let unknown = unknown.and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
        let span = match (self.place(), unknown) {
            (place, Some(name)) => member(text, find(text, place)?, name)?,
            ("", None) => {
                let offset = written_offset(self.message(), text)?;
                offset..offset
            }
            (place, None) => find(text, place)?,
        };
        let before = text.get(..span.start)?;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.get(line_start..)?.chars().count() + 1;
        Some(Located { line, column, span })
    }
}

/// The parser's own `at line 3 column 7`, whose column counts bytes.
fn written_offset(message: &str, text: &str) -> Option<usize> {
    let (_, rest) = message.rsplit_once("at line ")?;
    let (line, column) = rest.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let mut start = 0;
    for text in text.split_inclusive('\n').take(line.checked_sub(1)?) {
        start += text.len();
    }
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    Some(offset)
}

/// The span of the value at a path such as `accounts[2].roles[0]`; of what holds it where it is missing.
fn find(text: &str, path: &str) -> Option<Range<usize>> {
    let mut walk = Walk { text, at: 0 };
    let mut path = path;
    loop {
        walk.blanks();
        let start = walk.at;
        let mut below = Walk { text, at: start };
        let next = if path.is_empty() { None } else { below.enter(path) };
        match next {
            Some(rest) => (walk, path) = (below, rest),
            None => {
                walk.value()?;
                return Some(start..walk.at);
            }
        }
    }
}

/// The name of a member of the object at a place, with its quotes.
fn member(text: &str, object: Range<usize>, wanted: &str) -> Option<Range<usize>> {
    let mut walk = Walk { text, at: object.start };
    walk.take(b'{')?;
    loop {
        walk.blanks();
        let start = walk.at;
        let name: String = serde_json::from_str(walk.string()?).ok()?;
        if name == wanted {
            return Some(start..walk.at);
        }
        walk.take(b':')?;
        walk.value()?;
        walk.take(b',')?;
    }
}

/// Walks over JSON text that was read before; where it is not JSON after all, it stops.
struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        self.blanks();
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    /// Goes to the value that the path begins with, and returns the rest of the path.
    fn enter<'p>(&mut self, path: &'p str) -> Option<&'p str> {
        let path = path.strip_prefix('.').unwrap_or(path);
        match path.strip_prefix('[') {
            Some(rest) => {
                let (index, rest) = rest.split_once(']')?;
                self.take(b'[')?;
                for _ in 0..index.parse::<usize>().ok()? {
                    self.value()?;
                    self.take(b',')?;
                }
                Some(rest)
            }
            None => {
                self.take(b'{')?;
                loop {
                    let name: String = serde_json::from_str(self.string()?).ok()?;
                    self.take(b':')?;
                    let rest = path.strip_prefix(name.as_str());
                    if let Some(rest) =
                        rest.filter(|it| it.is_empty() || it.starts_with(['.', '[']))
                    {
                        return Some(rest);
                    }
                    self.value()?;
                    self.take(b',')?;
                }
            }
        }
    }

    fn string(&mut self) -> Option<&'a str> {
        self.blanks();
        let start = self.at;
        self.take(b'"')?;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.text.get(start..self.at)
    }

    /// Skips a value, however deep.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            self.blanks();
            match self.peek()? {
                b'"' => drop(self.string()?),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    while self
                        .peek()
                        .is_some_and(|it| !b",:]}\"[{".contains(&it) && !it.is_ascii_whitespace())
                    {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Document;

    fn at(text: &str) -> Option<(usize, usize, String)> {
        let located = Document::from_json(text).unwrap_err().locate(text)?;
        let span = text.get(located.span).unwrap_or_default().to_owned();
        Some((located.line, located.column, span))
    }

    #[test]
    fn every_kind_of_error_has_its_place() {
        assert_eq!(at("{ \"format\": 1,\n \"title\" }"), Some((2, 10, String::new())));
        let titel = Some((1, 16, "\"titel\"".to_owned()));
        assert_eq!(at("{ \"format\": 1, \"titel\": \"x\" }"), titel);
        let text = "{ \"format\": 1, \"title\": \"ü\", \"accounts\": [{ \"id\": \"111111111111\" },\n{ \"id\": \"x\" }] }";
        assert_eq!(at(text).map(|it| (it.0, it.2)), Some((2, "\"x\"".to_owned())));
        let text =
            "{ \"format\": 1, \"accounts\": [{ \"id\": \"111111111111\",\n \"usrs\": [] }] }";
        assert_eq!(at(text), Some((2, 2, "\"usrs\"".to_owned())));
        let text = "{ \"format\": 1,\n\n \"requests\": [{ \"context\": { \"a.b\\\"c\": 7 } }] }";
        assert_eq!(at(text).map(|it| it.0), Some(3));
        assert_eq!(at("").map(|it| (it.0, it.1)), Some((1, 1)));
    }
}
