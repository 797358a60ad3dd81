//! Writes numbers, lines and sections as the catalogue's reader takes them.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// The payload, or one section of it.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// A number in LEB128.
    pub fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub fn text(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
    }

    pub fn line(&mut self, line: &str) {
        self.text(line);
        self.byte(b'\n');
    }

    pub fn section(&mut self, section: Self) {
        self.number(section.bytes.len());
        self.bytes.extend(section.bytes);
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Things with the numbers by which they are written.
#[derive(Debug)]
pub struct Numbers<T>(HashMap<T, usize>);

impl<T: Hash + Eq> Numbers<T> {
    /// Numbers the things in their order.
    pub fn of_all(things: impl IntoIterator<Item = T>) -> Self {
        Self(things.into_iter().enumerate().map(|(number, thing)| (thing, number)).collect())
    }

    pub fn find<Q: Hash + Eq + ?Sized>(&self, thing: &Q) -> Option<usize>
    where
        T: Borrow<Q>,
    {
        self.0.get(thing).copied()
    }

    /// The number of something that surely has one; reading the file back would show a mistake.
    pub fn of<Q: Hash + Eq + ?Sized>(&self, thing: &Q) -> usize
    where
        T: Borrow<Q>,
    {
        self.find(thing).unwrap_or_default()
    }
}
