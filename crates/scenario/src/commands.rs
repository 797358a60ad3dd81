//! Edits as the calls of the AWS CLI that would make them: what automation of an organization looks like.
//!
//! A [`Script`] takes edits one after the other and keeps what they make (an OU, a policy, an account) in shell variables,
//! for AWS chooses their ids. [`from_scratch`] writes the calls that build a whole organization.
//! What AWS cannot do by API is said in a comment. The names of calls and parameters follow the AWS CLI Command
//! Reference, `aws organizations` and `aws iam`.

mod build;
mod iam;
mod organization;
mod shell;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{Action, Document};

pub use build::from_scratch;

/// A shell script that grows edit by edit.
///
/// ```
/// use iam_scenario::{Action, Document, Script};
///
/// let document = Document::from_json(r#"{ "format": 1, "organization": { "root": { "id": "r-root" } } }"#)?;
/// let mut script = Script::default();
/// script.add(&document, &Action::CreateOrganizationalUnit {
///     parent: "r-root".into(), id: "ou-root-aaaaaaaa".into(), name: "Dev".into() });
/// script.add(&document, &Action::DetachPolicy { policy: "p-FullAWSAccess".into(), target: "ou-root-aaaaaaaa".into() });
/// assert_eq!(script.text(), "\
/// ## Create organizational unit Dev
/// OU_DEV=$(aws organizations create-organizational-unit --parent-id r-root --name Dev --query OrganizationalUnit.Id --output text)
/// ## Detach FullAWSAccess from ou-root-aaaaaaaa
/// aws organizations detach-policy --policy-id p-FullAWSAccess --target-id \"$OU_DEV\"
/// ");
/// # Ok::<(), iam_scenario::DocumentError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// The shell variable that holds the id of what the script itself makes.
    variables: BTreeMap<String, String>,
    lines: Vec<String>,
}

impl Script {
    /// Adds the calls that make this edit, under a comment that says what it is; `before` is the document as it was
    /// before it. An edit that AWS knows nothing of, such as another title, adds nothing.
    pub fn add(&mut self, before: &Document, action: &Action) {
        let begin = self.lines.len();
        self.comment(&action.label(before));
        if !organization::add(self, before, action) {
            iam::add(self, action);
        }
        if self.lines.len() == begin + 1 {
            self.lines.pop();
        }
    }

    /// Whether there is anything to call.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The script's lines, each with its line feed.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    fn line(&mut self, line: String) {
        self.lines.push(line);
    }

    fn comment(&mut self, words: &str) {
        // A name may hold a line feed; what follows it must stay a comment.
        self.lines.push(format!("# {}", words.replace(['\n', '\r'], " ")));
    }

    /// A call without a result.
    fn call(&mut self, command: &str, parameters: &[(&str, &str)]) {
        let call = self.written(command, parameters);
        self.line(call);
    }

    /// A call whose result, found by `query`, is the id of something new.
    fn make(
        &mut self,
        variable: &str,
        id: &str,
        query: &str,
        command: &str,
        parameters: &[(&str, &str)],
    ) {
        let call = self.written(command, parameters);
        let variable = self.new_variable(variable);
        self.line(format!("{variable}=$({call} --query {query} --output text)"));
        self.variables.insert(id.to_owned(), variable);
    }

    fn written(&self, command: &str, parameters: &[(&str, &str)]) -> String {
        let mut call = format!("aws {command}");
        for (name, value) in parameters {
            call.push_str(&format!(" --{name} {}", self.word(value)));
        }
        call
    }

    /// A value as a word of the shell: the variable that holds it, else the value, quoted where it must be.
    fn word(&self, value: &str) -> String {
        match self.variables.get(value) {
            Some(variable) => format!("\"${variable}\""),
            None => shell::quoted(value),
        }
    }

    /// A name that no other variable of this script has.
    fn new_variable(&self, wanted: &str) -> String {
        let base = shell::variable(wanted);
        let taken = |name: &String| self.variables.values().any(|it| it == name);
        let mut names = (1u32..).map(|number| match number {
            1 => base.clone(),
            _ => format!("{base}_{number}"),
        });
        names.find(|name| !taken(name)).unwrap_or(base)
    }
}
