//! Ids that nothing has yet. There is no chance in them: the same document gives the same id.

use super::Document;

impl Document {
    /// Returns an account id that no account has yet: `222222222222`, `333333333333` and so on as long as there are any.
    pub fn free_account_id(&self) -> String {
        let easy = (1_u64..=9).map(|digit| digit * 111_111_111_111);
        let ids = easy.chain(100_000_000_001..).map(|number| format!("{number:012}"));
        first(ids, |id| self.account(id).is_some())
    }

    /// Returns an id that no organizational unit has yet; its first part is the root's, as AWS does it.
    pub fn free_organizational_unit_id(&self) -> String {
        let root = self
            .organization
            .as_ref()
            .and_then(|organization| organization.root.id.strip_prefix("r-"));
        let root = root.unwrap_or("root");
        first((1_u32..).map(|number| format!("ou-{root}-{number:08}")), |id| {
            self.organizational_unit(id).is_some()
        })
    }

    /// Returns an id that no policy has yet, with the letters and digits of a name in it for those who read links and files.
    ///
    /// ```
    /// use iam_scenario::Document;
    ///
    /// assert_eq!(Document::default().free_policy_id("Deny EC2 in Dev"), "p-denyec2indev");
    /// assert_eq!(Document::default().free_policy_id("Deny"), "p-deny0001");
    /// ```
    pub fn free_policy_id(&self, name: &str) -> String {
        let letters = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase());
        let letters: String = letters.take(24).collect();
        let itself = Some(format!("p-{letters}")).filter(|_| letters.len() >= 8);
        let digits = 8_usize.saturating_sub(letters.len()).max(1);
        let numbered = (1_u32..).map(|number| format!("p-{letters}{number:0digits$}"));
        first(itself.into_iter().chain(numbered), |id| self.policy(id).is_some())
    }
}

fn first(mut ids: impl Iterator<Item = String>, taken: impl Fn(&str) -> bool) -> String {
    ids.find(|id| !taken(id)).unwrap_or_default()
}
