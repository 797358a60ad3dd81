//! CRC-32, the checksum of gzip and PNG.

/// The sums of four bits; a table for whole bytes, let alone several, would be larger than what reads the catalogue.
const NIBBLES: [u32; 16] = [
    0x0000_0000,
    0x1DB7_1064,
    0x3B6E_20C8,
    0x26D9_30AC,
    0x76DC_4190,
    0x6B6B_51F4,
    0x4DB2_6158,
    0x5005_713C,
    0xEDB8_8320,
    0xF00F_9344,
    0xD6D6_A3E8,
    0xCB61_B38C,
    0x9B64_C2B0,
    0x86D3_D2D4,
    0xA00A_E278,
    0xBDBD_F21C,
];

/// Sums up bytes.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32| {
        let [low, ..] = sum.to_le_bytes();
        (sum >> 4) ^ NIBBLES.get(usize::from(low & 15)).copied().unwrap_or(0)
    };
    !bytes.iter().fold(u32::MAX, |sum, byte| step(step(sum ^ u32::from(*byte))))
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
