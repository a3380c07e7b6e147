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
use std::io;

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
        let mut filled = self.rest.len();
        let mut wanted = self.size.max(filled + 1);
        make_room(&mut buffer, wanted);
        if let Some(start) = buffer.get_mut(..filled) {
            start.copy_from_slice(&self.rest);
        }
        let mut searched = 0;
        let cut = loop {
            let room = buffer.get_mut(filled..wanted).unwrap_or(&mut []);
            let (read, failed) = fill(&mut self.source, room);
            filled += read;
            if let Some(error) = failed {
                self.failed = Some(error);
                let held = buffer.get(..filled).unwrap_or(&[]);
                break cut_of(held, 0, self.carriage).unwrap_or(0);
            }
            if filled < wanted {
                self.ended = true;
                break filled;
            }
            let held = buffer.get(..filled).unwrap_or(&[]);
            if let Some(cut) = cut_of(held, searched, self.carriage) {
                break cut;
            }
            if filled > RECORD_LIMIT + self.size {
                // No record is as long; whoever reads the chunk will say so.
                break filled;
            }
            searched = filled;
            wanted = filled * 2;
            make_room(&mut buffer, wanted);
        };
        self.rest.clear();
        self.rest.extend_from_slice(buffer.get(cut..filled).unwrap_or(&[]));
        buffer.truncate(cut);
        let offset = self.offset;
        self.offset += cut as u64;
        let (last, above) = (self.ended, self.above.take());
        Ok(Some(Chunk { bytes: buffer, offset, column: 0, last, above }))
    }
}

/// A buffer that served before is overwritten, not emptied: filling it up again would cost as much as
/// reading does.
fn make_room(buffer: &mut Vec<u8>, length: usize) {
    if buffer.len() < length {
        buffer.resize(length, 0);
    }
}

/// Reads until there is no more room, the source ends, or it fails; says how much was read.
fn fill(source: &mut Bytes, room: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut filled = 0;
    while let Some(room) = room.get_mut(filled..).filter(|room| !room.is_empty()) {
        match source.read(room) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Some(error)),
        }
    }
    (filled, None)
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
