//! Deflate with a preset dictionary.
//!
//! The compressor is fed the dictionary first and flushed; what it wrote until then is dropped. The decompressor finds
//! the dictionary before the place at which it begins to write.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress as deflate,
    create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress as inflate, inflate_flags};

use crate::link::LinkError;

/// What policies are full of, the most frequent last: services, the 250 actions that AWS managed policies name most
/// often, then the stream of a made-up company with the guardrails that AWS's documentation shows.
/// FROZEN: another dictionary needs another tag.
const DICTIONARY: &str = include_str!("dictionary.txt");

/// How much a link may unpack to.
pub(in crate::link) const LARGEST: usize = 4 << 20;

/// Compresses as well as deflate can what has much in common with the dictionary.
pub(in crate::link) fn compress(stream: &[u8], dictionary: &[u8]) -> Vec<u8> {
    const BEST: i32 = 10;
    const RAW: i32 = -15;
    const DEFAULT_STRATEGY: i32 = 0;
    let mut compressor =
        CompressorOxide::new(create_comp_flags_from_zip_params(BEST, RAW, DEFAULT_STRATEGY));
    feed(&mut compressor, dictionary, TDEFLFlush::Sync);
    feed(&mut compressor, stream, TDEFLFlush::Finish)
}

fn feed(compressor: &mut CompressorOxide, mut input: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut output = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let (status, read, written) = deflate(compressor, input, &mut buffer, flush);
        input = input.get(read..).unwrap_or_default();
        output.extend(buffer.iter().take(written));
        // Room left over in the buffer means that nothing waits to be written.
        let is_flushed = input.is_empty() && written < buffer.len();
        if status != TDEFLStatus::Okay || is_flushed {
            return output;
        }
    }
}

/// Decompresses whatever it is given, up to a limit.
pub(in crate::link) fn decompress(bytes: &[u8], dictionary: Vec<u8>) -> Result<Vec<u8>, LinkError> {
    let mut output = dictionary;
    let begin = output.len();
    let mut decompressor = DecompressorOxide::new();
    let (mut input, mut end) = (bytes, begin);
    loop {
        let room = (end - begin).max(16 << 10).min(begin + LARGEST - end);
        if room == 0 {
            return Err(LinkError::TooLarge);
        }
        output.resize(end + room, 0);
        let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = inflate(&mut decompressor, input, &mut output, end, flags);
        input = input.get(read..).unwrap_or_default();
        end += written;
        match status {
            TINFLStatus::Done if input.is_empty() => break,
            TINFLStatus::HasMoreOutput => {}
            _ => return Err(LinkError::Corrupt),
        }
    }
    output.truncate(end);
    output.drain(..begin);
    Ok(output)
}

/// Lines stand in the file for the zero bytes that end strings.
pub(in crate::link) fn dictionary() -> Vec<u8> {
    DICTIONARY.bytes().map(|byte| if byte == b'\n' { 0 } else { byte }).collect()
}
