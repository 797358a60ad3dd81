//! A policy's text while it is being typed: its strings with their places in the structure, whatever else is broken.
//!
//! Reading a policy needs JSON; completion is wanted exactly where it is not JSON yet. A string ends at its quote, or at
//! the end of its line.

use std::ops::Range;

/// A string of the text.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// With its quotes.
    pub whole: Range<usize>,
    /// Between its quotes.
    pub inside: Range<usize>,
    /// What stands between the quotes, escapes and all.
    pub text: &'t str,
    /// Where it stands.
    pub site: Site<'t>,
}

/// A place in the structure.
#[derive(Clone, Debug, Default)]
pub(super) struct Site<'t> {
    /// The names of the members around it, outermost first; of a value its own member's name too.
    pub path: Vec<&'t str>,
    /// Whether a member's name stands here.
    pub is_name: bool,
    /// Which statement, from 0.
    pub statement: usize,
    /// Tells the object around it from others.
    pub object: usize,
}

/// The strings of a text, and what stands at one place between them.
pub(super) struct Scan<'t> {
    pub words: Vec<Word<'t>>,
    /// The place asked about, when it is inside no string.
    pub gap: Option<Site<'t>>,
}

struct Frame<'t> {
    is_list: bool,
    name: &'t str,
    awaits_name: bool,
    entry: usize,
    object: usize,
}

/// Reads the text; `offset` is the place asked about.
pub(super) fn scan(text: &str, offset: usize) -> Scan<'_> {
    let mut found = Scan { words: Vec::new(), gap: None };
    let mut frames: Vec<Frame<'_>> = Vec::new();
    let (mut at, mut objects) = (0, 0);
    while let Some(letter) = text.as_bytes().get(at) {
        if at >= offset && found.gap.is_none() {
            found.gap = Some(site(&frames));
        }
        let mut next = at + 1;
        match letter {
            b'"' => {
                let word = word(text, at, site(&frames));
                next = word.whole.end;
                if offset > at && offset < next {
                    // Inside a string is in no gap.
                    found.gap = None;
                }
                if let Some(frame) = frames.last_mut().filter(|frame| frame.awaits_name) {
                    frame.name = word.text;
                }
                found.words.push(word);
            }
            b'{' | b'[' => {
                objects += 1;
                let is_list = *letter == b'[';
                let name = frames.last().filter(|frame| !frame.is_list).map_or("", |it| it.name);
                if let Some(last) = frames.last_mut() {
                    last.name = name;
                }
                frames.push(Frame {
                    is_list,
                    name: "",
                    awaits_name: !is_list,
                    entry: 0,
                    object: objects,
                });
            }
            b'}' | b']' => drop(frames.pop()),
            b':' => {
                if let Some(frame) = frames.last_mut() {
                    frame.awaits_name = false;
                }
            }
            b',' => {
                if let Some(frame) = frames.last_mut() {
                    frame.awaits_name = !frame.is_list;
                    frame.entry += 1;
                    frame.name = "";
                }
            }
            _ => {}
        }
        at = next;
    }
    if found.gap.is_none() && offset >= text.len() {
        found.gap = Some(site(&frames));
    }
    if found.words.iter().any(|word| word.contains(offset)) {
        found.gap = None;
    }
    found
}

impl Word<'_> {
    /// Whether a cursor there is inside the quotes.
    pub fn contains(&self, offset: usize) -> bool {
        (self.inside.start..=self.inside.end).contains(&offset)
    }
}

fn word<'t>(text: &'t str, start: usize, site: Site<'t>) -> Word<'t> {
    let rest = text.as_bytes().get(start + 1..).unwrap_or_default();
    let mut escaped = false;
    let end = rest.iter().position(|letter| match letter {
        b'\n' => true,
        b'"' if !escaped => true,
        letter => {
            escaped = *letter == b'\\' && !escaped;
            false
        }
    });
    let inside = start + 1..start + 1 + end.unwrap_or(rest.len());
    let closed = text.as_bytes().get(inside.end) == Some(&b'"');
    Word {
        whole: start..inside.end + usize::from(closed),
        text: text.get(inside.clone()).unwrap_or_default(),
        inside,
        site,
    }
}

fn site<'t>(frames: &[Frame<'t>]) -> Site<'t> {
    let is_name = frames.last().is_some_and(|frame| frame.awaits_name);
    let around = frames.len().saturating_sub(usize::from(is_name));
    let names = frames.iter().take(around).filter(|frame| !frame.is_list).map(|it| it.name);
    let list = frames.get(1).filter(|frame| frame.is_list);
    Site {
        path: names.filter(|name| !name.is_empty()).collect(),
        is_name,
        statement: list.map_or(0, |list| list.entry),
        object: frames.last().map_or(0, |frame| frame.object),
    }
}

#[cfg(test)]
mod tests {
    use super::scan;

    /// Every string as its path, an equals sign for values, and itself.
    fn words(text: &str) -> Vec<String> {
        let shown = scan(text, 0).words.into_iter().map(|word| {
            let sign = if word.site.is_name { ":" } else { "=" };
            format!("{} {}{sign}{}", word.site.statement, word.site.path.join("/"), word.text)
        });
        shown.collect()
    }

    #[test]
    fn strings_know_where_they_stand_in_a_broken_text() {
        let text = "{\"Statement\": [{\"Action\": \"a:b\"}, {\"Action\": [\"c:d\", \"e\n], \"Condition\": {\"Bool\": {\"k\": \"";
        assert_eq!(
            words(text),
            [
                "0 :Statement",
                "0 Statement:Action",
                "0 Statement/Action=a:b",
                "1 Statement:Action",
                "1 Statement/Action=c:d",
                "1 Statement/Action=e",
                "1 Statement:Condition",
                "1 Statement/Condition:Bool",
                "1 Statement/Condition/Bool:k",
                "1 Statement/Condition/Bool/k=",
            ]
        );
    }

    #[test]
    fn a_place_between_strings_is_known_too() {
        let text = "{ \"Statement\": { \"Action\": [ ";
        let gap = scan(text, text.len()).gap.unwrap();
        assert_eq!((gap.path, gap.is_name), (vec!["Statement", "Action"], false));
        let gap = scan("{ \"Version\": \"x\",  }", 17).gap.unwrap();
        assert!(gap.path.is_empty() && gap.is_name);
        assert!(scan("{ \"Version\": \"x\" }", 14).gap.is_none());
    }
}
