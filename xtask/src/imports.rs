//! Short names between the program and its bindings: wasm-bindgen's are long, with a hash in each that no compression
//! makes smaller, and they stand in both files.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::split;

/// What stands before the first section.
pub const MAGIC: usize = 8;
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

/// Renames what NAME_bg.wasm imports from NAME.js, in both; what it imports from the script of its parts stays.
pub fn shorten(folder: &Path, name: &str) -> Result<()> {
    let (script, program) =
        (folder.join(format!("{name}.js")), folder.join(format!("{name}_bg.wasm")));
    let (bytes, names) = renamed(&fs::read(&program)?).context("the program's imports")?;
    let text = in_script(fs::read_to_string(&script)?, &names)?;
    fs::write(program, bytes)?;
    fs::write(script, text)?;
    Ok(())
}

/// Each name stands before its function, as a member of the object that the program is given.
fn in_script(mut text: String, names: &[String]) -> Result<String> {
    for (index, name) in names.iter().enumerate() {
        let member = format!(" {name}: ");
        ensure!(text.matches(&member).count() == 1, "{name} should stand in the bindings once");
        text = text.replace(&member, &format!(" {}: ", short(index)));
    }
    Ok(text)
}

/// The program with short names, and what they were before.
fn renamed(bytes: &[u8]) -> Option<(Vec<u8>, Vec<String>)> {
    let (magic, mut rest) = bytes.split_at_checked(MAGIC)?;
    let (mut program, mut names) = (magic.to_vec(), Vec::new());
    while let Some((&section, after)) = rest.split_first() {
        let (content, behind) = sized(after)?;
        program.push(section);
        match section {
            IMPORTS => put_sized(&mut program, &imports(content, &mut names)?),
            _ => put_sized(&mut program, content),
        }
        rest = behind;
    }
    Some((program, names))
}

/// The bindings' imports are all functions; another kind would be left to wasm-bindgen's names.
fn imports(content: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let (count, mut rest) = number(content)?;
    let mut section = Vec::new();
    put_number(&mut section, count);
    for _ in 0..count {
        let (module, after) = sized(rest)?;
        let (name, after) = sized(after)?;
        let (&FUNCTION, after) = after.split_first()? else { return None };
        let (kind, behind) = number(after)?;
        put_sized(&mut section, module);
        if module.ends_with(split::SCRIPT.as_bytes()) {
            put_sized(&mut section, name);
        } else {
            put_sized(&mut section, short(names.len()).as_bytes());
            names.push(String::from_utf8(name.to_vec()).ok()?);
        }
        section.push(FUNCTION);
        put_number(&mut section, kind);
        rest = behind;
    }
    rest.is_empty().then_some(section)
}

/// `a` to `z`, `ba` and so on.
fn short(index: usize) -> String {
    let letter = char::from(b'a' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", short(more)),
    }
}

/// What stands behind its own length, and what follows it.
pub fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}

/// Writes something behind its own length.
pub fn put_sized(bytes: &mut Vec<u8>, content: &[u8]) {
    put_number(bytes, content.len());
    bytes.extend(content);
}

/// Reads a number in LEB128.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0)?;
    let (digits, rest) = bytes.split_at_checked(end + 1)?;
    let value = digits.iter().rev().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7F));
    Some((value, rest))
}

fn put_number(bytes: &mut Vec<u8>, mut value: usize) {
    while value > 0x7F {
        bytes.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_get_short_names_in_both_files() {
        let program = b"\0asm\x01\0\0\0\x02\x0f\x01\x06./b.js\x04__wb\0\x07\x03\x01\x05";
        let (renamed, names) = renamed(program).unwrap();
        assert_eq!(names, ["__wb"]);
        assert_eq!(renamed, b"\0asm\x01\0\0\0\x02\x0c\x01\x06./b.js\x01a\0\x07\x03\x01\x05");
        let script = in_script("{ __wb: function() {} }".to_owned(), &names).unwrap();
        assert_eq!(script, "{ a: function() {} }");
    }

    #[test]
    fn numbers_and_names_go_on_behind_the_first_digit() {
        let mut bytes = Vec::new();
        put_number(&mut bytes, 300);
        assert_eq!(number(&bytes), Some((300, &[][..])));
        assert_eq!([0, 25, 26, 700].map(short), ["a", "z", "ba", "bay"]);
    }
}
