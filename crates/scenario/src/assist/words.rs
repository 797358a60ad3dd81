//! What elements, operators and global condition keys are, in one sentence each.

/// The sentences of `catalog-words.txt`, which lies beside the catalogue.
///
/// ```
/// use iam_scenario::assist::Words;
///
/// let words = Words::new("Effect\tAllow or Deny.\n");
/// assert_eq!(words.of("Effect"), Some("Allow or Deny."));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Box<str>);

impl Words {
    /// Takes the file's text.
    pub fn new(text: &str) -> Words {
        Words(text.into())
    }

    /// Returns the sentence for a name, in any letter case.
    pub fn of(&self, name: &str) -> Option<&str> {
        let mut lines = self.0.lines().filter_map(|line| line.split_once('\t'));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, sentence)| sentence)
    }
}
