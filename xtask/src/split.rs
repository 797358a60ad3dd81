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
    fs::write(script, through_boot(&text, name)?)?;
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

/// The script as this page needs it: it finds the main program where [`register`] puts it, and fetches through `boot.js`,
/// which knows the release.
fn through_boot(script: &str, name: &str) -> Result<String> {
    let changes = [
        (format!("import {{ initSync }} from \"./{name}.js\";\n"), ""),
        ("initSync(undefined, undefined)".to_owned(), "globalThis.scpPlayground.program()"),
        ("fetch(new URL(".to_owned(), "globalThis.scpPlayground.fetchProgram(("),
        (", import.meta.url))".to_owned(), "))"),
    ];
    changes.into_iter().try_fold(script.to_owned(), |script, (from, to)| {
        ensure!(script.contains(&from), "the script of the parts has no `{from}` any more");
        Ok(script.replace(&from, to))
    })
}

/// Lets the parts find the main program: by their addresses two scripts could get copies of each other.
pub fn register(folder: &Path, name: &str) -> Result<()> {
    let bindings = folder.join(format!("{name}.js"));
    let text = fs::read_to_string(&bindings)?;
    ensure!(text.contains("let wasm"), "{name}.js keeps its program under another name");
    fs::write(bindings, format!("{text}globalThis.scpPlayground.program = () => wasm;\n"))?;
    Ok(())
}

/// The main program's script with the release on the script of its parts.
pub fn with_version(dist: &Path, name: &str, version: &str) -> Result<()> {
    let bindings = dist.join(format!("{name}.js"));
    let text = fs::read_to_string(&bindings)?;
    let asked = format!("from\"./{SCRIPT}\"");
    ensure!(text.contains(&asked), "{name}.js does not ask for {SCRIPT} as it did");
    fs::write(&bindings, text.replace(&asked, &format!("from\"./{SCRIPT}?v={version}\"")))?;
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
    fn parts_come_through_the_starting_script() {
        let script = "import { initSync } from \"./page.js\";\n\
            const {memory} = initSync(undefined, undefined);\n\
            const src = fetch(new URL(\"./a.wasm\", import.meta.url));";
        let adapted = through_boot(script, "page").unwrap();
        assert!(adapted.contains("fetchProgram((\"./a.wasm\"))"), "{adapted}");
        assert!(adapted.contains("{memory} = globalThis.scpPlayground.program()"), "{adapted}");
        assert!(through_boot("load(src)", "page").is_err());
    }
}
