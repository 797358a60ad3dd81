//! Numbers in letters and digits: nothing that a mail client takes for the end of a sentence.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Writes a number in exactly six digits, the least significant last.
pub(super) fn encode(number: u32) -> String {
    let mut rest = number as usize;
    let mut digits = [b'0'; 6];
    for place in digits.iter_mut().rev() {
        *place = DIGITS.get(rest % 62).copied().unwrap_or(b'0');
        rest /= 62;
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}
