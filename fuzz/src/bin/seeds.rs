//! Writes seeds for every target: `seeds REPOSITORY FOLDER`. They come from `tests/cases` and the seed scenario.

use std::fs;
use std::path::{Path, PathBuf};

use iam_scenario::{Compiled, Document, link};
use serde_json::Value;

fn main() {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let (repository, folder) = (arguments.next().unwrap(), arguments.next().unwrap());
    let mut seeds = Seeds { folder, number: 0 };
    for file in json_files(&repository.join("tests/cases")) {
        seeds.read(&serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap());
    }
    for file in json_files(&repository.join("crates/scenario/seed")) {
        seeds.scenario(&serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap());
    }
    println!("{} seeds", seeds.number);
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|it| it == "json")).collect()
}

struct Seeds {
    folder: PathBuf,
    number: usize,
}

impl Seeds {
    /// Looks into everything: what looks like a scenario, a policy, a condition or a pattern is one.
    fn read(&mut self, value: &Value) {
        let Value::Object(members) = value else {
            value.as_array().into_iter().flatten().for_each(|item| self.read(item));
            return;
        };
        if members.contains_key("format") {
            self.scenario(value);
        }
        if members.contains_key("Statement") {
            // Each letter is another type of policy.
            let letter = char::from(b"FGHIJKL"[self.number % 7]);
            self.write("policy", format!("{letter}{value}"));
        }
        for (operator, keys) in ["Condition", "condition"]
            .iter()
            .filter_map(|name| members.get(*name)?.as_object())
            .flatten()
        {
            for (key, wanted) in keys.as_object().into_iter().flatten() {
                let found = members.pointer(&format!("/rows/0/context/{}", key.replace('/', "~1")));
                let found = found.map_or("value", text);
                self.write("condition", format!("{operator}\n{key}\n{}\n\n{found}", text(wanted)));
            }
        }
        for row in members.get("rows").and_then(Value::as_array).into_iter().flatten() {
            for (pattern, asked) in [("action", "action"), ("resource", "arn")] {
                if let (Some(pattern), Some(asked)) = (members.get(pattern), row.get(asked)) {
                    self.write("pattern", format!("{}\n{}", text(pattern), text(asked)));
                }
            }
        }
        members.values().for_each(|member| self.read(member));
    }

    fn scenario(&mut self, value: &Value) {
        let json = value.to_string();
        if let Ok(document) = Document::from_json(&json) {
            self.write("link", link::encode(&document));
            let compiled = Compiled::new(&document);
            for request in document.requests() {
                if let Ok(answer) = compiled.ask(request, None) {
                    self.write("denial", answer.message(&compiled));
                }
            }
        }
        self.write("scenario", json);
    }

    fn write(&mut self, target: &str, text: String) {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{:05}", self.number)), text).unwrap();
        self.number += 1;
    }
}

trait Pointer {
    fn pointer(&self, path: &str) -> Option<&Value>;
}

impl Pointer for serde_json::Map<String, Value> {
    fn pointer(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path.strip_prefix('/')?.split_once('/')?;
        self.get(first)?.pointer(&format!("/{rest}"))
    }
}

/// The first text in a value.
fn text(value: &Value) -> &str {
    match value {
        Value::String(text) => text,
        Value::Array(values) => values.first().map_or("", text),
        _ => "true",
    }
}
