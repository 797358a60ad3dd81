//! The page's program in parts: what a first visit needs, and groups of views that are fetched when they are first shown.
//!
//! Where it may be split says `web/src/lazy.rs`; what belongs to which part follows from who calls whom.

use std::fs;
use std::path::{Path, PathBuf};

use crate::imports;
use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

/// The script that fetches the parts.
pub const SCRIPT: &str = "parts.js";

/// Splits a program; the later parts and the script that fetches them go into the folder. Gives the path of the main
/// part, whose bindings are still to be made under the name.
pub fn split(program: &[u8], folder: &Path, name: &str) -> Result<PathBuf> {
    let main = folder.join(format!("{name}.wasm"));
    let (link_name, main_module) = (format!("./{SCRIPT}"), format!("./{name}.js"));
    let mut options = Options::new(program);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    let made =
        transform(options).map_err(|error| anyhow!("the program can't be split: {error:?}"))?;
    for part in made.split_modules {
        let stripped = stripped(&fs::read(&part)?).context("a part of the program")?;
        fs::write(part, stripped)?;
    }
    let script = folder.join(SCRIPT);
    let text = fs::read_to_string(&script)?;
    fs::write(script, from_any_server(&text)?)?;
    Ok(main)
}

/// A program without its custom sections: names, and what made it.
fn stripped(program: &[u8]) -> Option<Vec<u8>> {
    const CUSTOM: u8 = 0;
    let (magic, mut rest) = program.split_at_checked(imports::MAGIC)?;
    let mut stripped = magic.to_vec();
    while let Some((&section, after)) = rest.split_first() {
        let (content, behind) = imports::sized(after)?;
        if section != CUSTOM {
            stripped.push(section);
            imports::put_sized(&mut stripped, content);
        }
        rest = behind;
    }
    Some(stripped)
}

/// Streaming needs a server that knows the type of a program, and not every static host does.
fn from_any_server(script: &str) -> Result<String> {
    const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
    const ANY: &str =
        "src.then((it) => it.arrayBuffer()).then((it) => WebAssembly.instantiate(it, imports))";
    ensure!(script.contains(STREAMING), "the script of the parts does not fetch them as it did");
    Ok(script.replace(STREAMING, ANY))
}

/// The scripts with the release on what they ask of each other and on the parts, so that a browser never mixes the parts
/// of two releases.
pub fn with_version(dist: &Path, name: &str, version: &str) -> Result<()> {
    let bindings = dist.join(format!("{name}.js"));
    let text = fs::read_to_string(&bindings)?;
    let asked = |name: &str| format!("from\"./{name}\"");
    let versioned = |name: &str| format!("from\"./{name}?v={version}\"");
    ensure!(text.contains(&asked(SCRIPT)), "{name}.js does not ask for {SCRIPT} as it did");
    fs::write(&bindings, text.replace(&asked(SCRIPT), &versioned(SCRIPT)))?;
    let script = dist.join(SCRIPT);
    let text = fs::read_to_string(&script)?;
    let main = format!("{name}.js");
    ensure!(text.contains(&asked(&main)), "{SCRIPT} does not ask for {main} as it did");
    let text = text.replace(&asked(&main), &versioned(&main));
    fs::write(script, text.replace(".wasm\"", &format!(".wasm?v={version}\"")))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_left_out() {
        let program = b"\0asm\x01\0\0\0\x00\x05\x04name\x01\x04\x01\x60\0\0";
        assert_eq!(stripped(program).unwrap(), b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0");
    }

    #[test]
    fn parts_come_from_any_server_and_with_their_release() {
        let script = "load(WebAssembly.instantiateStreaming(src, imports))";
        assert!(from_any_server(script).unwrap().contains("WebAssembly.instantiate(it, imports)"));
        assert!(from_any_server("load(src)").is_err());
    }
}
