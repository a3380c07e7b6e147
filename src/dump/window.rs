//! A window that slides over a file: the bytes read and not yet consumed, and where they stand.
//!
//! Both record splitters work on it, so that places are counted in one way. It grows only as far as
//! one record needs; the splitters refuse records beyond [`RECORD_LIMIT`], which bounds the memory.

use super::error::Place;
use memchr::{memchr_iter, memrchr};
use std::io::{self, Read};

/// The longest record, in bytes.
pub(crate) const RECORD_LIMIT: usize = 16 << 20;

/// What is read at once, unless a record needs more.
pub(crate) const CAPACITY: usize = 256 << 10;

pub(crate) struct Window<R> {
    source: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// Bytes of the file before the window.
    offset: u64,
    /// Line breaks before the window.
    breaks: u64,
    /// Characters between the last line break and the window.
    column: u64,
}

impl<R: Read> Window<R> {
    pub fn new(source: R, capacity: usize) -> Self {
        let buffer = vec![0; capacity.max(4)];
        Self { source, buffer, start: 0, end: 0, ended: false, offset: 0, breaks: 0, column: 0 }
    }

    /// The same, where the source begins at byte `offset` of its file, behind so many lines
    /// and characters of its first one.
    #[must_use]
    pub fn behind(mut self, offset: u64, lines: u64, column: u64) -> Self {
        (self.offset, self.breaks, self.column) = (offset, lines, column);
        self
    }

    /// Ends the window: the bytes at hand, and the source of those behind them.
    pub fn into_rest(mut self) -> (Vec<u8>, R) {
        self.buffer.truncate(self.end);
        self.buffer.drain(..self.start);
        (self.buffer, self.source)
    }

    /// The bytes at hand.
    pub fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or(&[])
    }

    /// True when the file has no more bytes than those at hand.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Brings in more bytes, whatever number comes; false at the end of the file.
    pub fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.end == self.buffer.len() {
            self.make_room();
        }
        let room = self.buffer.get_mut(self.end..).unwrap_or(&mut []);
        let count = loop {
            match self.source.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.end += count;
        self.ended = count == 0;
        Ok(count > 0)
    }

    /// At least `count` bytes at hand, or all there are.
    pub fn at_least(&mut self, count: usize) -> io::Result<bool> {
        while self.end - self.start < count {
            if !self.fill()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn make_room(&mut self) {
        // A window that is mostly one record grows instead of moving the record again and again.
        if self.end - self.start > self.buffer.len() / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
    }

    /// Moves on by `count` bytes.
    pub fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        let passed = self.buffer.get(self.start..self.start + count).unwrap_or(&[]);
        self.breaks += memchr_iter(b'\n', passed).count() as u64;
        self.column = match memrchr(b'\n', passed) {
            Some(last) => characters(passed.get(last + 1..).unwrap_or(&[])),
            None => self.column + characters(passed),
        };
        self.advance(count);
    }

    /// Moves on by `count` bytes, the last of which end the line and hold its only break.
    pub fn consume_line(&mut self, count: usize) {
        self.breaks += 1;
        self.column = 0;
        self.advance(count.min(self.end - self.start));
    }

    /// Moves on past a mark that isn't part of the text.
    pub fn skip_mark(&mut self, mark: &[u8]) -> io::Result<()> {
        self.at_least(mark.len())?;
        if self.bytes().starts_with(mark) {
            self.advance(mark.len());
        }
        Ok(())
    }

    fn advance(&mut self, count: usize) {
        self.start += count;
        self.offset += count as u64;
    }

    /// Bytes consumed so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The line in which the window begins.
    pub fn line(&self) -> u64 {
        self.breaks + 1
    }

    /// The place of a byte at hand, counted from the beginning of the window.
    pub fn place(&self, at: usize) -> Place {
        let start = Place {
            line: Some(self.line()),
            column: Some(self.column + 1),
            byte: Some(self.offset),
        };
        start.moved_by(self.bytes(), at)
    }
}

impl Place {
    /// The place `at` bytes on, where `text` is what stands from here on.
    pub(crate) fn moved_by(self, text: &[u8], at: usize) -> Self {
        let passed = text.get(..at.min(text.len())).unwrap_or(&[]);
        let column = match memrchr(b'\n', passed) {
            Some(last) => Some(1 + characters(passed.get(last + 1..).unwrap_or(&[]))),
            None => self.column.map(|column| column + characters(passed)),
        };
        let breaks = memchr_iter(b'\n', passed).count() as u64;
        Self {
            line: self.line.map(|line| line + breaks),
            column,
            byte: self.byte.map(|byte| byte + at as u64),
        }
    }
}

/// Characters of UTF-8 text; what isn't UTF-8 is counted as well as can be.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_sliding_and_growing() {
        let text = "é\nab\r\ncd";
        for capacity in 1..8 {
            let mut window = Window::new(text.as_bytes(), capacity);
            for at in 0..text.len() {
                assert!(window.at_least(1).unwrap());
                let place = window.place(0);
                let before = text.as_bytes().get(..at).unwrap();
                let breaks = memchr_iter(b'\n', before).count() as u64;
                assert_eq!((place.line, place.byte), (Some(breaks + 1), Some(at as u64)));
                window.consume(1);
            }
            assert!(!window.fill().unwrap());
            assert_eq!(window.place(0).column, Some(3));
        }
    }
}
