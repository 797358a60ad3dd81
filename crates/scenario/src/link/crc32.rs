//! CRC-32, the checksum of gzip and PNG.

/// Sums up bytes. Bit by bit: links are short, and the usual tables take more room than all the rest of this module.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    #[test]
    fn sums_are_those_that_everybody_gets() {
        for text in ["", "a", "123456789", "The quick brown fox jumps over the lazy dog"] {
            assert_eq!(super::crc32(text.as_bytes()), crc32fast::hash(text.as_bytes()), "{text}");
        }
    }
}
