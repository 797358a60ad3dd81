//! Comparing without regard to case. A policy can hold no letters but those of Latin-1, so their cases are all there is:
//! the tables of Unicode would be larger than everything that compares.

/// The character in lower case, where it is one of Latin-1.
#[must_use]
pub fn fold_char(character: char) -> char {
    match character {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => {
            char::from_u32(u32::from(character) + 0x20).unwrap_or(character)
        }
        other => other,
    }
}

/// The text with every letter of Latin-1 in lower case.
///
/// ```
/// assert_eq!(iam_evaluator::fold("aws:PrincipalTag/GRÖSSE"), "aws:principaltag/grösse");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// Decides whether two texts differ in nothing but the case of letters of Latin-1.
pub(crate) fn eq_ignoring_case(left: &str, right: &str) -> bool {
    left.chars().map(fold_char).eq(right.chars().map(fold_char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_policy_has_the_lower_case_of_unicode() {
        for character in '\0'..='ÿ' {
            assert!(character.to_lowercase().eq([fold_char(character)]), "{character:?}");
        }
    }
}
