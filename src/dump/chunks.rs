//! A file cut into chunks of whole lines, so that several threads can read it at once.
//!
//! The text comes one way, from a file, a pipe or a codec; whoever has a chunk decodes it while
//! others read on. Cuts are made at line breaks without looking at what they stand in, since that
//! would be the work that is to be shared. Where a record goes on behind a cut, the reader of the
//! chunk notices ([`Decoded::torn`](super::decoded::Decoded)), and the rest is read once more
//! together with the next chunk.

use super::bytes::Bytes;
use super::error::Place;
use super::window::RECORD_LIMIT;
use memchr::{memchr, memrchr};
use std::io::{self, Read};

/// What is read at once: enough that handing it over costs nothing, little enough to stay in the
/// cache of the core that decodes it.
pub const CHUNK: usize = 256 << 10;

/// Whole lines of a file.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub bytes: Vec<u8>,
    /// Bytes of the file before it.
    pub offset: u64,
    /// Characters of its first line before it.
    pub column: u64,
    /// Whether the file ends with it.
    pub last: bool,
    /// Where it is the first of its file: the lines before it.
    pub above: Option<u64>,
}

/// Cuts a stream of text into chunks.
pub(crate) struct Chunker {
    source: Bytes,
    /// What was read behind the last cut.
    rest: Vec<u8>,
    offset: u64,
    /// Lines before the first chunk, until it is cut.
    above: Option<u64>,
    ended: bool,
    /// Why the source can't be read further; said once all whole lines before it are given.
    failed: Option<io::Error>,
    size: usize,
    /// Whether a carriage return can end a line, as in CSV.
    carriage: bool,
}

impl Chunker {
    /// Cuts what `rest` and then `source` hold, which begins at byte `offset` of the file, behind
    /// so many lines.
    pub fn new(source: Bytes, rest: Vec<u8>, offset: u64, above: u64, size: usize) -> Self {
        let (above, size) = (Some(above), size.max(1));
        Self { source, rest, offset, above, ended: false, failed: None, size, carriage: true }
    }

    /// Takes a carriage return for what it is in JSON: a blank.
    #[must_use]
    pub fn by_line_feeds(mut self) -> Self {
        self.carriage = false;
        self
    }

    /// Cuts what stands behind a place of a file, which begins a line or ends one.
    pub fn behind(source: Bytes, rest: Vec<u8>, place: Place, size: usize) -> Self {
        let above = place.line.unwrap_or(1).saturating_sub(1);
        Self::new(source, rest, place.byte.unwrap_or(0), above, size)
    }

    /// The next chunk, in a buffer that may have served before; `None` behind the last. There is a
    /// last one, if need be without a byte.
    pub fn next(&mut self, mut buffer: Vec<u8>) -> io::Result<Option<Chunk>> {
        if let Some(error) = self.failed.take() {
            self.ended = true;
            return Err(error);
        }
        if self.ended {
            return Ok(None);
        }
        buffer.clear();
        std::mem::swap(&mut buffer, &mut self.rest);
        let mut wanted = self.size.max(buffer.len() + 1);
        let cut = loop {
            let searched = if buffer.len() >= self.size { 0 } else { buffer.len() };
            match fill(&mut self.source, &mut buffer, wanted) {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    break buffer.len();
                }
                Err(error) => {
                    self.failed = Some(error);
                    break cut_of(&buffer, 0, self.carriage).unwrap_or(0);
                }
            }
            if let Some(cut) = cut_of(&buffer, searched, self.carriage) {
                break cut;
            }
            if buffer.len() > RECORD_LIMIT + self.size {
                // No record is as long; whoever reads the chunk will say so.
                break buffer.len();
            }
            wanted = buffer.len() * 2;
        };
        self.rest.clear();
        self.rest.extend_from_slice(buffer.get(cut..).unwrap_or(&[]));
        buffer.truncate(cut);
        let offset = self.offset;
        self.offset += cut as u64;
        let (last, above) = (self.ended, self.above.take());
        Ok(Some(Chunk { bytes: buffer, offset, column: 0, last, above }))
    }
}

/// Reads until the buffer holds `length` bytes; false where the source ends before that.
fn fill(source: &mut Bytes, buffer: &mut Vec<u8>, length: usize) -> io::Result<bool> {
    let held = buffer.len();
    let wanted = length.saturating_sub(held);
    buffer.reserve_exact(wanted);
    let read = source.take(wanted as u64).read_to_end(buffer)?;
    Ok(read == wanted)
}

/// Where to cut: behind the last line break. A CSV file may have carriage returns only.
fn cut_of(bytes: &[u8], from: usize, carriage: bool) -> Option<usize> {
    let fresh = bytes.get(from..)?;
    if let Some(at) = memrchr(b'\n', fresh) {
        return Some(from + at + 1);
    }
    if memchr(b'\n', bytes).is_some() {
        return memrchr(b'\n', bytes).map(|at| at + 1);
    }
    if !carriage {
        return None;
    }
    // One that the buffer ends with may be the first half of a line break.
    let sure = bytes.get(..bytes.len().checked_sub(1)?)?;
    memrchr(b'\r', sure).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &'static str, size: usize) -> Vec<(String, u64)> {
        let mut chunker = Chunker::new(Box::new(text.as_bytes()), Vec::new(), 7, 0, size);
        let mut all = Vec::new();
        while let Some(chunk) = chunker.next(Vec::new()).unwrap() {
            assert_eq!(chunk.last, chunker.ended);
            assert_eq!(chunk.above.is_some(), all.is_empty());
            all.push((String::from_utf8(chunk.bytes).unwrap(), chunk.offset));
        }
        all
    }

    #[test]
    fn cuts_are_behind_line_breaks() {
        for (text, size, expected) in [
            ("ab\ncd\ne", 4, vec![("ab\n", 7), ("cd\n", 10), ("e", 13)]),
            ("ab\ncd\n", 6, vec![("ab\ncd\n", 7), ("", 13)]),
            ("ab\r\ncd\r\n", 3, vec![("ab\r\n", 7), ("cd\r\n", 11)]),
            ("ab\rcd\re", 4, vec![("ab\r", 7), ("cd\r", 10), ("e", 13)]),
            ("abcdefgh\nijklmnop", 1, vec![("abcdefgh\n", 7), ("ijklmnop", 16)]),
            ("", 4, vec![("", 7)]),
        ] {
            let found = chunks(text, size);
            let found: Vec<_> = found.iter().map(|(text, at)| (text.as_str(), *at)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_is_lost() {
        let text = "a,b\n1,\"x\n\ny\"\n\n\r\n22,3\r4,5\n";
        for size in 1..40 {
            let joined: String = chunks(text, size).into_iter().map(|(text, _)| text).collect();
            assert_eq!(joined, text, "{size}");
        }
    }
}
