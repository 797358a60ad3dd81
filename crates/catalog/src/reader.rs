//! Reads numbers, lines and sections, and gives an error value where the bytes end too early.

use crate::CatalogError;

/// What is still to be read of one section.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    /// The section's name, for errors.
    part: &'static str,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], part: &'static str) -> Self {
        Self { rest: bytes, part }
    }

    pub fn error(&self) -> CatalogError {
        CatalogError::Malformed(self.part)
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn byte(&mut self) -> Result<u8, CatalogError> {
        let (first, rest) = self.rest.split_first().ok_or_else(|| self.error())?;
        self.rest = rest;
        Ok(*first)
    }

    /// A number in LEB128.
    pub fn number(&mut self) -> Result<u32, CatalogError> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.error())
    }

    pub fn index(&mut self) -> Result<usize, CatalogError> {
        self.number().and_then(|n| usize::try_from(n).map_err(|_| self.error()))
    }

    /// The next section, to be read on its own.
    pub fn section(&mut self, part: &'static str) -> Result<Reader<'a>, CatalogError> {
        let length = self.index()?;
        let (section, rest) = self.rest.split_at_checked(length).ok_or_else(|| self.error())?;
        self.rest = rest;
        Ok(Reader::new(section, part))
    }

    /// The bytes from here on as long as they are not below the limit.
    pub fn run(&mut self, limit: u8) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| *byte < limit).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, &[]));
        self.rest = rest;
        run
    }
}

/// The lines of a section of text; an empty line ends what belongs to one service.
pub(crate) struct Lines<'a> {
    rest: &'a str,
    part: &'static str,
}

impl<'a> Lines<'a> {
    pub fn new(section: &Reader<'a>) -> Result<Self, CatalogError> {
        let rest = std::str::from_utf8(section.rest).map_err(|_| section.error())?;
        Ok(Self { rest, part: section.part })
    }

    pub fn error(&self) -> CatalogError {
        CatalogError::Malformed(self.part)
    }

    pub fn line(&mut self) -> Result<&'a str, CatalogError> {
        let (line, rest) = self.rest.split_once('\n').ok_or_else(|| self.error())?;
        self.rest = rest;
        Ok(line)
    }

    /// The next line unless it is empty.
    pub fn item(&mut self) -> Result<Option<&'a str>, CatalogError> {
        self.line().map(|line| (!line.is_empty()).then_some(line))
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}
