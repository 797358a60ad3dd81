//! Words and names of the POSIX shell.

/// Quotes a value so that the shell takes it as one word and looks at nothing in it.
pub(super) fn quoted(value: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@=,+".contains(letter);
    match !value.is_empty() && value.chars().all(plain) {
        true => value.to_owned(),
        false => format!("'{}'", value.replace('\'', "'\\''")),
    }
}

/// Makes the name of a variable: capital letters, digits and underscores.
pub(super) fn variable(words: &str) -> String {
    let mut name = String::new();
    for letter in words.chars() {
        match letter.is_ascii_alphanumeric() {
            true => name.push(letter.to_ascii_uppercase()),
            false if !name.ends_with('_') => name.push('_'),
            false => {}
        }
    }
    name.trim_end_matches('_').to_owned()
}
