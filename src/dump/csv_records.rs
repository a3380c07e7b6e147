//! Finding the records of a CSV file: where each begins and ends, not yet its fields.
//!
//! Almost all records hold no quoted field, and then the end is the next line break, one `memchr`
//! away. The rest are followed through their quotes. What counts as a record is exactly what the
//! `csv` crate takes for one (a property test holds the two together): a quote opens only at the
//! start of a field, text after a closing quote is literal, a lone carriage return ends a record,
//! empty lines are no records. A quote that is never closed is an error here.

use super::bytes::BYTE_ORDER_MARK;
use super::error::{DumpError, Place, Reason};
use super::window::{CAPACITY, RECORD_LIMIT, Window};
use memchr::{memchr, memchr3};
use std::io::{self, Read};
use std::sync::Arc;

/// The buffer to begin with where mostly one record is read.
const GOING_ON: usize = 4 << 10;

/// The records of one CSV file, one after the other.
pub struct CsvRecords<R> {
    window: Window<R>,
    file: Arc<str>,
    delimiter: u8,
    begun: bool,
    /// Lines yet to be passed before the first record.
    above: u64,
    /// The length of the record at hand.
    length: usize,
    /// Bytes of its line break.
    terminator: usize,
    quoted: bool,
    /// True where nothing could be found that ends the record at hand.
    unended: bool,
}

enum State {
    /// Outside quotes.
    Plain,
    /// Within quotes that opened at this byte.
    Quoted(usize),
}

impl<R: Read> CsvRecords<R> {
    /// Records of `source`, their fields parted by `delimiter`. `file` is for messages.
    pub fn new(source: R, file: Arc<str>, delimiter: u8) -> Self {
        Self::with_capacity(source, file, delimiter, CAPACITY)
    }

    /// The same, beginning with a buffer of `capacity` bytes.
    pub fn with_capacity(source: R, file: Arc<str>, delimiter: u8, capacity: usize) -> Self {
        let window = Window::new(source, capacity);
        Self {
            window,
            file,
            delimiter,
            begun: false,
            above: 0,
            length: 0,
            terminator: 0,
            quoted: false,
            unended: false,
        }
    }

    /// The records of a source that begins at byte `offset` of the file, where a record begins,
    /// behind so many lines.
    pub(crate) fn going_on(
        source: R,
        file: Arc<str>,
        delimiter: u8,
        (offset, lines): (u64, u64),
    ) -> Self {
        let mut records = Self::with_capacity(source, file, delimiter, GOING_ON);
        records.window = records.window.behind(offset, lines, 0);
        records.begun = true;
        records
    }

    /// Ends the reading: what was read behind the record at hand, where it begins, and the source of
    /// the rest.
    pub(crate) fn into_rest(mut self) -> (Vec<u8>, Place, R) {
        self.pass_record();
        let place = self.place();
        let (rest, source) = self.window.into_rest();
        (rest, place, source)
    }

    /// The same, behind as many lines of the file, whatever they hold.
    #[must_use]
    pub fn after_lines(mut self, count: u64) -> Self {
        self.above = count;
        self
    }

    /// Moves on to the next record; false at the end of the file.
    pub fn advance(&mut self) -> Result<bool, DumpError> {
        self.pass_record();
        match self.find_record() {
            Ok(found) => Ok(found),
            Err((at, reason)) => Err(self.error(at, reason)),
        }
    }

    /// Moves on behind the record at hand.
    pub(crate) fn pass_record(&mut self) {
        let held = self.length + self.terminator;
        if held == 0 {
            return;
        }
        let end = self.window.bytes().get(held - 1);
        match end {
            Some(b'\n') if !self.quoted => self.window.consume_line(held),
            Some(b'\r') if self.terminator == 1 => {
                self.window.consume(held - 1);
                self.window.consume_line(1);
            }
            _ => self.window.consume(held),
        }
        (self.length, self.terminator) = (0, 0);
    }

    fn find_record(&mut self) -> Result<bool, (usize, Reason)> {
        let io = |error: io::Error| (0, Reason::Io(error));
        if !self.begun {
            self.begun = true;
            self.window.skip_mark(BYTE_ORDER_MARK).map_err(io)?;
        }
        while self.above > 0 {
            self.above -= 1;
            self.pass_line().map_err(io)?;
        }
        if !self.pass_empty_lines().map_err(io)? {
            return Ok(false);
        }
        self.quoted = false;
        self.unended = false;
        let mut state = State::Plain;
        let mut at = 0;
        loop {
            let bytes = self.window.bytes();
            let rest = bytes.get(at..).unwrap_or(&[]);
            let (next_at, next_state) = match state {
                State::Plain => match memchr3(b'"', b'\r', b'\n', rest) {
                    None => (bytes.len(), State::Plain),
                    Some(skip) => {
                        let here = at + skip;
                        if bytes.get(here) != Some(&b'"') {
                            return self.end_record(here).map(|()| true);
                        }
                        let opens =
                            here == 0 || bytes.get(here - 1).is_some_and(|&b| b == self.delimiter);
                        self.quoted |= opens;
                        (here + 1, if opens { State::Quoted(here) } else { State::Plain })
                    }
                },
                State::Quoted(opened) => match memchr(b'"', rest) {
                    None => (bytes.len(), state),
                    Some(skip) => match bytes.get(at + skip + 1) {
                        Some(b'"') => (at + skip + 2, State::Quoted(opened)),
                        Some(_) => (at + skip + 1, State::Plain),
                        None if self.window.ended() => (at + skip + 1, State::Plain),
                        // Whether this quote closes, the next byte will tell.
                        None => {
                            self.more(bytes.len()).map_err(|reason| (0, reason))?;
                            (at + skip, state)
                        }
                    },
                },
            };
            (at, state) = (next_at, next_state);
            let length = self.window.bytes().len();
            if let State::Quoted(opened) = state
                && length > RECORD_LIMIT
            {
                self.unended = true;
                let end = self.window.place(length).line.unwrap_or(0);
                return Err((opened, Reason::LongQuote { end }));
            }
            if at >= length && !self.more(length).map_err(|reason| (0, reason))? {
                return match state {
                    State::Plain => self.end_record(length).map(|()| true),
                    State::Quoted(opened) => {
                        self.unended = true;
                        let end = self.window.place(length).line.unwrap_or(0);
                        Err((opened, Reason::UnclosedQuote { end }))
                    }
                };
            }
        }
    }

    fn more(&mut self, length: usize) -> Result<bool, Reason> {
        if length > RECORD_LIMIT {
            return Err(Reason::RecordTooLong);
        }
        Ok(self.window.fill()?)
    }

    fn end_record(&mut self, length: usize) -> Result<(), (usize, Reason)> {
        if length > RECORD_LIMIT {
            return Err((0, Reason::RecordTooLong));
        }
        self.window.at_least(length + 2).map_err(|error| (0, Reason::Io(error)))?;
        let bytes = self.window.bytes();
        self.length = length;
        self.terminator = match (bytes.get(length), bytes.get(length + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(_), _) => 1,
            (None, _) => 0,
        };
        Ok(())
    }

    /// Moves on behind the next line break.
    fn pass_line(&mut self) -> io::Result<()> {
        while self.window.at_least(1)? {
            let bytes = self.window.bytes();
            let Some(at) = memchr::memchr2(b'\r', b'\n', bytes) else {
                self.window.consume(bytes.len());
                continue;
            };
            self.window.consume(at);
            self.window.at_least(2)?;
            let two = self.window.bytes().starts_with(b"\r\n");
            self.window.consume_line(if two { 2 } else { 1 });
            return Ok(());
        }
        Ok(())
    }

    fn pass_empty_lines(&mut self) -> io::Result<bool> {
        loop {
            if !self.window.at_least(1)? {
                return Ok(false);
            }
            match self.window.bytes().first() {
                Some(b'\n') => self.window.consume_line(1),
                Some(b'\r') => {
                    self.window.at_least(2)?;
                    let two = self.window.bytes().get(1) == Some(&b'\n');
                    self.window.consume_line(if two { 2 } else { 1 });
                }
                _ => return Ok(true),
            }
        }
    }

    /// Makes ready to go on after a record that could not be read. Where a quote is never closed,
    /// no other follows it: every line behind it is a record of its own again.
    pub(crate) fn pass_bad(&mut self) -> bool {
        if self.unended {
            let bytes = self.window.bytes();
            let end = memchr::memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len());
            self.length = end;
            self.terminator = match (bytes.get(end), bytes.get(end + 1)) {
                (Some(b'\r'), Some(b'\n')) => 2,
                (Some(_), _) => 1,
                (None, _) => 0,
            };
            self.quoted = false;
            self.unended = false;
        }
        self.length > 0
    }

    /// The record at hand, quotes included, without its line break.
    pub fn record(&self) -> &[u8] {
        self.window.bytes().get(..self.length).unwrap_or(&[])
    }

    /// True when a field of the record at hand is quoted.
    pub fn quoted(&self) -> bool {
        self.quoted
    }

    /// True when a line break ended the record at hand, rather than the end of the file.
    pub fn terminated(&self) -> bool {
        self.terminator > 0
    }

    /// The line in which the record at hand begins.
    pub fn line(&self) -> u64 {
        self.window.line()
    }

    /// The delimiter between fields.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Bytes passed so far.
    pub fn bytes_read(&self) -> u64 {
        self.window.offset()
    }

    /// An error at a byte of the record at hand.
    pub fn error(&self, at: usize, reason: impl Into<Reason>) -> DumpError {
        DumpError::at(&self.file, self.window.place(at), reason)
    }

    /// An error of the record as a whole.
    pub fn line_error(&self, reason: impl Into<Reason>) -> DumpError {
        DumpError::at(&self.file, self.place(), reason)
    }

    /// Where the record at hand begins.
    pub(crate) fn place(&self) -> Place {
        Place { byte: Some(self.bytes_read()), ..Place::line(self.line()) }
    }

    /// The file's name.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }
}

/// What follows after as many lines of `text`.
pub(crate) fn after_lines(text: &[u8], count: u64) -> &[u8] {
    let mut rest = text;
    for _ in 0..count {
        let Some(at) = memchr::memchr2(b'\r', b'\n', rest) else { return &[] };
        let two = rest.get(at..).is_some_and(|end| end.starts_with(b"\r\n"));
        rest = rest.get(at + if two { 2 } else { 1 }..).unwrap_or(&[]);
    }
    rest
}
