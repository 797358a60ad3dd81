//! A command line for a POSIX shell, one option a line, every value quoted.

/// A command that grows by options.
pub(super) struct Command(String);

impl Command {
    /// A command without options.
    pub fn new(program: &str) -> Command {
        Command(program.to_owned())
    }

    /// Adds an option with its values.
    pub fn words(&mut self, option: &str, values: impl IntoIterator<Item = String>) {
        self.0.push_str(" \\\n  ");
        self.0.push_str(option);
        for value in values {
            self.0.push(' ');
            self.0.push_str(&quoted(&value));
        }
    }

    /// The text to paste into a shell.
    pub fn text(self) -> String {
        self.0
    }
}

/// In single quotes, in which a shell changes nothing; a quote inside ends them, is escaped, and begins them anew.
pub(super) fn quoted(value: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_:/.,@+".contains(letter);
    if !value.is_empty() && !value.starts_with('-') && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}
