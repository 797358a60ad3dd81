//! Strings and small numbers, one after the other, in bytes that deflate finds in its dictionary.
//!
//! A string ends with a zero byte. The ids of the accounts and of the organization stand in it as `^` with a letter and
//! as `` ` ``; `~` escapes these three and zero. A number is one visible character as long as it is small.
//! Who reads knows what comes next: nothing says its own type.

use crate::link::LinkError;

/// Numbers below this are one character, from `0` to the last before the non-ASCII ones.
const SMALL: usize = 80;
/// How many accounts have a letter of their own in strings.
const LETTERS: usize = 80;
/// How many things a link may hold. A little link must not unpack to all memory there is.
const MOST_ITEMS: usize = 500_000;

/// What strings refer to in short.
#[derive(Default)]
struct Known {
    accounts: Vec<String>,
    organization: Option<String>,
}

/// Writes a stream.
pub(in crate::link) struct Writer {
    bytes: Vec<u8>,
    known: Known,
}

impl Writer {
    pub(in crate::link) fn new() -> Writer {
        Writer { bytes: Vec::new(), known: Known::default() }
    }

    pub(in crate::link) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// From here on strings refer to these accounts in short.
    pub(in crate::link) fn know<'a>(&mut self, accounts: impl Iterator<Item = &'a str>) {
        self.known.accounts = accounts.take(LETTERS).map(str::to_owned).collect();
    }

    /// From here on strings refer to this organization in short.
    pub(in crate::link) fn know_organization(&mut self, id: &str) {
        self.known.organization = Some(id.to_owned());
    }

    /// Writes bytes as they are; who reads knows how many.
    pub(in crate::link) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    pub(in crate::link) fn number(&mut self, mut number: usize) {
        while number >= SMALL {
            self.bytes.push(0x80 | low_bits(number));
            number >>= 7;
        }
        self.bytes.push(b'0' + low_bits(number));
    }

    /// Writes up to six flags as one number, the first as the lowest bit.
    pub(in crate::link) fn flags<const N: usize>(&mut self, flags: [bool; N]) {
        self.number(flags.iter().rev().fold(0, |bits, flag| bits << 1 | usize::from(*flag)));
    }

    pub(in crate::link) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            if let Some(left) = self.reference(rest) {
                rest = left;
                continue;
            }
            match letter {
                '\0' => self.bytes.extend(b"~0"),
                '^' | '`' | '~' => self.bytes.extend([b'~', low_bits(letter as usize)]),
                _ => self.bytes.extend(letter.encode_utf8(&mut [0; 4]).bytes()),
            }
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
        self.bytes.push(0);
    }

    /// Writes a text unless it is empty: a flag has said so.
    pub(in crate::link) fn optional_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.text(text);
        }
    }

    pub(in crate::link) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Writer, &T)) {
        self.number(items.len());
        items.iter().for_each(|item| write(self, item));
    }

    /// Writes a list unless it is empty: a flag has said so.
    pub(in crate::link) fn optional_list<T>(
        &mut self,
        items: &[T],
        write: impl FnMut(&mut Writer, &T),
    ) {
        if !items.is_empty() {
            self.list(items, write);
        }
    }

    /// Writes a short reference if the text begins with something known; returns what comes after it.
    fn reference<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if let Some(rest) = self.known.organization.as_deref().and_then(|id| text.strip_prefix(id))
        {
            self.bytes.push(b'`');
            return Some(rest);
        }
        if !text.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let mut accounts = self.known.accounts.iter().enumerate();
        let (number, rest) =
            accounts.find_map(|(number, id)| Some((number, text.strip_prefix(id.as_str())?)))?;
        self.bytes.push(b'^');
        self.number(number);
        Some(rest)
    }
}

/// Reads a stream that may be anything.
pub(in crate::link) struct Reader<'a> {
    bytes: &'a [u8],
    known: Known,
    items: usize,
}

impl<'a> Reader<'a> {
    pub(in crate::link) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, known: Known::default(), items: 0 }
    }

    pub(in crate::link) fn know(&mut self, accounts: &[String]) {
        self.known.accounts = accounts.iter().take(LETTERS).cloned().collect();
    }

    pub(in crate::link) fn know_organization(&mut self, id: &str) {
        self.known.organization = Some(id.to_owned());
    }

    /// Whether everything has been read.
    pub(in crate::link) fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Reads so many bytes as they are.
    pub(in crate::link) fn take(&mut self, length: usize) -> Result<&'a [u8], LinkError> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(LinkError::Corrupt)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// Requires that everything has been read.
    pub(in crate::link) fn end(&self) -> Result<(), LinkError> {
        if self.is_at_end() { Ok(()) } else { Err(LinkError::Corrupt) }
    }

    fn byte(&mut self) -> Result<u8, LinkError> {
        let (first, rest) = self.bytes.split_first().ok_or(LinkError::Corrupt)?;
        self.bytes = rest;
        Ok(*first)
    }

    pub(in crate::link) fn number(&mut self) -> Result<usize, LinkError> {
        let mut number = 0;
        // Three bytes are more than any link holds of anything.
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            if byte < 0x80 {
                let last = byte.checked_sub(b'0').ok_or(LinkError::Corrupt)?;
                return Ok(number | usize::from(last) << shift);
            }
            number |= usize::from(byte & 0x7f) << shift;
        }
        Err(LinkError::Corrupt)
    }

    pub(in crate::link) fn flags<const N: usize>(&mut self) -> Result<[bool; N], LinkError> {
        let bits = self.number()?;
        match bits >> N {
            0 => Ok(std::array::from_fn(|flag| bits >> flag & 1 == 1)),
            _ => Err(LinkError::Corrupt),
        }
    }

    pub(in crate::link) fn text(&mut self) -> Result<String, LinkError> {
        let mut text = Vec::new();
        loop {
            match self.byte()? {
                0 => break,
                b'~' => text.push(match self.byte()? {
                    b'0' => 0,
                    escaped => escaped,
                }),
                b'^' => {
                    let number = self.number()?;
                    let id = self.known.accounts.get(number).ok_or(LinkError::Corrupt)?;
                    text.extend(id.bytes());
                }
                b'`' => {
                    text.extend(self.known.organization.as_ref().ok_or(LinkError::Corrupt)?.bytes())
                }
                byte => text.push(byte),
            }
        }
        String::from_utf8(text).map_err(|_| LinkError::Corrupt)
    }

    pub(in crate::link) fn optional_text(&mut self, is_there: bool) -> Result<String, LinkError> {
        if is_there { self.text() } else { Ok(String::new()) }
    }

    pub(in crate::link) fn list<T>(
        &mut self,
        read: impl FnMut(&mut Reader<'a>) -> Result<T, LinkError>,
    ) -> Result<Vec<T>, LinkError> {
        let length = self.number()?;
        self.times(length, read)
    }

    pub(in crate::link) fn optional_list<T>(
        &mut self,
        is_there: bool,
        read: impl FnMut(&mut Reader<'a>) -> Result<T, LinkError>,
    ) -> Result<Vec<T>, LinkError> {
        if is_there { self.list(read) } else { Ok(Vec::new()) }
    }

    /// Reads so many things.
    pub(in crate::link) fn times<T>(
        &mut self,
        length: usize,
        mut read: impl FnMut(&mut Reader<'a>) -> Result<T, LinkError>,
    ) -> Result<Vec<T>, LinkError> {
        self.items = self.items.saturating_add(length);
        if self.items > MOST_ITEMS {
            return Err(LinkError::TooLarge);
        }
        // Not `with_capacity`: the length may be a lie, and what is not there ends the reading.
        let mut items = Vec::new();
        for _ in 0..length {
            items.push(read(self)?);
        }
        Ok(items)
    }
}

/// Returns the lowest seven bits.
fn low_bits(number: usize) -> u8 {
    (number & 0x7f) as u8
}
