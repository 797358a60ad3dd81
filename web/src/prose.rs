//! Sentences of the core as HTML: what stands in backticks is code.

use yew::prelude::*;

/// Shows a sentence whose code stands in backticks.
pub fn prose(text: &str) -> Html {
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 => html! { { part.to_owned() } },
        _ => html! { <code>{ part.to_owned() }</code> },
    };
    text.split('`').enumerate().map(part).collect()
}

/// A name that somebody wrote, with what cannot be seen in it made visible: two names that look alike must not hide that
/// they differ.
///
/// Joiners stay where they belong to a script or an emoji, that is next to letters beyond ASCII.
pub fn visible(name: &str) -> String {
    let is_plain = |letter: Option<char>| letter.is_none_or(|letter| letter.is_ascii());
    if !name.chars().any(cannot_be_seen) {
        return name.to_owned();
    }
    let mut shown = String::with_capacity(name.len() + 8);
    let (mut letters, mut before) = (name.chars().peekable(), None);
    while let Some(letter) = letters.next() {
        let joins = matches!(letter, '\u{200C}' | '\u{200D}');
        let belongs = joins && !is_plain(before) && !is_plain(letters.peek().copied());
        if cannot_be_seen(letter) && !belongs {
            shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(letter)));
        } else {
            shown.push(letter);
        }
        before = Some(letter);
    }
    shown
}

/// Controls, and what Unicode lets a program leave undrawn (`Default_Ignorable_Code_Point`), but variation selectors,
/// which choose how the letter before them looks.
fn cannot_be_seen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(visible("Payroll"), "Payroll");
        assert_eq!(visible("Pay\u{200B}roll"), "Pay⟨U+200B⟩roll");
        assert_eq!(visible("\u{202E}gpj.exe"), "⟨U+202E⟩gpj.exe");
        assert_eq!(visible("a\u{200D}b"), "a⟨U+200D⟩b");
        assert_eq!(visible("👩\u{200D}🔧 café"), "👩\u{200D}🔧 café");
    }
}
