//! Finding the records of a JSON file: a stream of objects, an array of them, or an envelope whose
//! array is found while the file is read.
//!
//! In JSON Lines the end of a record is the end of its line, which is one `memchr` away; that is
//! only supposed, and where the decoder doesn't take the line for one object, the record is found
//! again by following its brackets. What is left of an envelope without its array is put together
//! and checked as JSON of its own at the end of the file.

use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::BYTE_ORDER_MARK;
use super::error::{DumpError, Place, Reason};
use super::json_faults::{Fault, lone_surrogate, message, offset};
use super::json_scan::{Scan, Stop};
use super::pages::Pages;
use super::window::{CAPACITY, RECORD_LIMIT, Window};
use memchr::memchr;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::io::Read;
use std::sync::Arc;

/// The records of one JSON file, one after the other.
pub(crate) struct JsonRecords<R> {
    window: Window<R>,
    file: Arc<str>,
    envelopes: &'static [&'static str],
    state: State,
    /// True once a top-level object has turned out to be a record, not an envelope.
    stream: bool,
    /// The envelope whose array is being read.
    shell: Option<Shell>,
    /// What the envelopes so far say of their pages.
    pages: Pages,
    /// True while records are supposed to be lines.
    by_line: bool,
    /// The length of the record at hand; and whether it is only supposed.
    length: usize,
    supposed: bool,
    /// Whether a bad line of JSON Lines is left out by itself, whatever brackets it opens.
    lenient: bool,
    /// True once a line has turned out to be a record.
    lines: bool,
    /// The key under which records were found.
    envelope: Option<String>,
    /// True once the source ended within a record.
    cut: bool,
}

impl<R: Read> PassBadRow for JsonRecords<R> {
    /// Records of an array end where their brackets close, so one whose brackets don't can't be
    /// passed. In JSON Lines the next record is on the next line.
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        if self.length > 0 {
            return Ok(true);
        }
        let in_lines = match self.state {
            State::Top => self.stream,
            State::Begin => true,
            _ => false,
        };
        let Some(length) = in_lines.then(|| self.line_length()).transpose()?.flatten() else {
            return Ok(false);
        };
        if self.state == State::Begin {
            // Nothing but a line that is followed by another object looks like JSON Lines.
            let bytes = self.window.bytes().get(length..).unwrap_or(&[]);
            let next = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
            if next != Some(&b'{') {
                return Ok(false);
            }
            (self.state, self.stream) = (State::Top, true);
        }
        self.length = length;
        Ok(true)
    }

    fn bad_row(&self) -> RawRow<'_> {
        let text = self.window.bytes().get(..self.length).unwrap_or(&[]);
        RawRow { header: None, text, start: self.window.offset() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first byte.
    Begin,
    /// Between top-level values.
    Top,
    /// After the opening bracket of an array.
    ArrayOpen,
    /// After an element.
    ArrayElement,
    /// After a bare array.
    End,
}

/// An envelope without its records.
struct Shell {
    text: Vec<u8>,
    /// Where the envelope begins, and how long the part before its array is.
    start: Place,
    before: usize,
    depth: usize,
    records: u64,
}

impl<R: Read> JsonRecords<R> {
    pub fn new(source: R, file: Arc<str>, envelopes: &'static [&'static str]) -> Self {
        Self::with_capacity(source, file, envelopes, CAPACITY)
    }

    pub fn with_capacity(
        source: R,
        file: Arc<str>,
        envelopes: &'static [&'static str],
        capacity: usize,
    ) -> Self {
        Self {
            window: Window::new(source, capacity),
            file,
            envelopes,
            state: State::Begin,
            stream: false,
            shell: None,
            pages: Pages::default(),
            by_line: true,
            length: 0,
            supposed: false,
            lenient: false,
            lines: false,
            envelope: None,
            cut: false,
        }
    }

    /// The records of a stream of objects whose beginning was read before: `source` goes on at byte
    /// `offset` of the file, where a record begins, behind so many lines and characters of its
    /// own.
    pub fn going_on(
        source: R,
        file: Arc<str>,
        (offset, lines, column): (u64, u64, u64),
        by_line: bool,
    ) -> Self {
        let mut records = Self::new(source, file, &[]);
        records.window = records.window.behind(offset, lines, column);
        (records.state, records.stream) = (State::Top, true);
        (records.lines, records.by_line) = (true, by_line);
        records
    }

    /// Ends the reading: what was read behind the record at hand, where it begins, and the source of
    /// the rest.
    pub fn into_rest(mut self) -> (Vec<u8>, Place, R) {
        self.window.consume(self.length);
        let place = self.window.place(0);
        let (rest, source) = self.window.into_rest();
        (rest, place, source)
    }

    /// True where the records so far are lines, and nothing encloses them.
    pub fn is_stream_of_lines(&self) -> bool {
        self.stream && self.lines && self.shell.is_none()
    }

    /// Whether the record at hand has no end because the source ends before it.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// The key of the envelope whose records were read last.
    pub fn envelope(&self) -> Option<&str> {
        self.envelope.as_deref()
    }

    /// True where records have turned out to be lines.
    pub fn is_lines(&self) -> bool {
        self.lines
    }

    /// Makes a bad line of JSON Lines a record of its own, so that it can be passed.
    pub fn be_lenient(&mut self) {
        self.lenient = true;
    }

    /// Moves on to the next record and decodes it; false at the end of the file. `decode` may be
    /// called a second time for one record, with more or less text.
    pub fn next_with(
        &mut self,
        mut decode: impl FnMut(&str) -> Result<(), Fault>,
    ) -> Result<bool, DumpError> {
        self.next_at(|text, _| decode(text))
    }

    /// The same, where `decode` also gets the line in which the record begins.
    pub fn next_at(
        &mut self,
        mut decode: impl FnMut(&str, u64) -> Result<(), Fault>,
    ) -> Result<bool, DumpError> {
        if !self.advance()? {
            return Ok(false);
        }
        let line = self.line();
        loop {
            let bytes = self.window.bytes().get(..self.length).unwrap_or(&[]);
            let result = match std::str::from_utf8(bytes) {
                Ok(text) => match decode(text, line) {
                    Ok(()) => lone_surrogate(text)
                        .map_or(Ok(()), |at| Err(Fault::At(at, Reason::LoneSurrogate))),
                    fault => fault,
                },
                Err(error) => {
                    let at = error.valid_up_to();
                    let byte = self.window.offset() + at as u64;
                    Err(Fault::At(at, Reason::InvalidUtf8 { byte }))
                }
            };
            match result {
                Ok(()) => {
                    self.lines |= self.supposed;
                    return Ok(true);
                }
                // On a line that holds several records, others may stand before the fault.
                Err(Fault::Syntax(_) | Fault::At(_, Reason::InvalidUtf8 { .. }))
                    if self.supposed && !(self.lenient && self.lines) =>
                {
                    self.by_line = false;
                    self.supposed = false;
                    self.follow_brackets()?;
                }
                Err(fault) => return Err(self.fault(fault)),
            }
        }
    }

    /// The line in which the record at hand begins.
    pub fn line(&self) -> u64 {
        self.window.line()
    }

    /// The file's name.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// What the answers so far say of their pages.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    /// Bytes passed so far.
    pub fn bytes_read(&self) -> u64 {
        self.window.offset()
    }

    fn error(&self, at: usize, reason: impl Into<Reason>) -> DumpError {
        DumpError::at(&self.file, self.window.place(at), reason)
    }

    fn fault(&self, fault: Fault) -> DumpError {
        let bytes = self.window.bytes().get(..self.length).unwrap_or(&[]);
        match fault {
            Fault::Syntax(error) => {
                self.error(offset(bytes, &error), Reason::Json(message(&error)))
            }
            Fault::At(at, reason) => self.error(at, reason),
        }
    }

    fn io<T>(&self, result: std::io::Result<T>) -> Result<T, DumpError> {
        result.map_err(|error| self.error(0, error))
    }

    fn advance(&mut self) -> Result<bool, DumpError> {
        self.window.consume(self.length);
        self.length = 0;
        loop {
            if self.state == State::Begin {
                let skipped = self.window.skip_mark(BYTE_ORDER_MARK);
                self.io(skipped)?;
            }
            let byte = self.skip_blanks()?;
            let found = match (self.state, byte) {
                (State::Begin, None) => {
                    return Err(DumpError::file_wide(&self.file, Reason::Empty));
                }
                (State::Top | State::End, None) => return Ok(false),
                (State::ArrayOpen | State::ArrayElement, None) => {
                    return Err(self.error(0, Reason::Json("the file ends within an array".into())));
                }
                (State::Begin | State::Top, Some(b'{')) => self.object(),
                (State::Begin, Some(b'[')) => {
                    self.window.consume(1);
                    self.state = State::ArrayOpen;
                    Ok(false)
                }
                (State::Top, Some(_)) if self.stream => Err(self.not_a_record()),
                (State::Begin, Some(_)) => Err(self.not_a_record()),
                (State::Top | State::End, Some(_)) => Err(self.error(0, Reason::Trailing)),
                (State::ArrayOpen | State::ArrayElement, Some(b']')) => {
                    self.window.consume(1);
                    self.close_array().map(|()| false)
                }
                (State::ArrayElement, Some(b',')) => self.element(),
                (State::ArrayElement, Some(_)) => {
                    Err(self.error(0, Reason::Json("expected `,` or `]`".into())))
                }
                (State::ArrayOpen, Some(b'{')) => self.follow_brackets().map(|()| true),
                (State::ArrayOpen, Some(_)) => Err(self.not_a_record()),
            }?;
            if found {
                if self.state == State::ArrayOpen {
                    self.state = State::ArrayElement;
                }
                if let Some(shell) = &mut self.shell {
                    shell.records += 1;
                }
                return Ok(true);
            }
        }
    }

    fn element(&mut self) -> Result<bool, DumpError> {
        self.window.consume(1);
        match self.skip_blanks()? {
            Some(b'{') => self.follow_brackets().map(|()| true),
            Some(b']') => Err(self.error(0, Reason::Json("trailing comma".into()))),
            None => Err(self.error(0, Reason::Json("the file ends within an array".into()))),
            Some(_) => Err(self.not_a_record()),
        }
    }

    fn skip_blanks(&mut self) -> Result<Option<u8>, DumpError> {
        loop {
            let bytes = self.window.bytes();
            match bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {
                Some(0) => return Ok(bytes.first().copied()),
                Some(count) => self.window.consume(count),
                None => {
                    self.window.consume(bytes.len());
                    let filled = self.window.fill();
                    if !self.io(filled)? {
                        return Ok(None);
                    }
                }
            }
        }
    }

    fn not_a_record(&mut self) -> DumpError {
        // As long as the longest word.
        if let Err(error) = self.window.at_least(5) {
            return self.error(0, error);
        }
        let word = |word: &[u8]| self.window.bytes().starts_with(word);
        let found = match self.window.bytes().first() {
            Some(b'[') => "an array".to_owned(),
            Some(b'"') => "a string".to_owned(),
            Some(b'0'..=b'9' | b'-') => "a number".to_owned(),
            _ if word(b"true") || word(b"false") => "a boolean".to_owned(),
            _ if word(b"null") => "null".to_owned(),
            Some(&byte) if byte.is_ascii_graphic() => format!("`{}`", char::from(byte)),
            _ => "something else".to_owned(),
        };
        self.error(0, Reason::NotARecord(found))
    }

    /// A top-level object: a record, or an envelope, into whose array the window then moves.
    fn object(&mut self) -> Result<bool, DumpError> {
        if self.stream {
            return self.line_or_brackets().map(|()| true);
        }
        let begin = self.state == State::Begin;
        match self.scan(Scan::default(), self.envelopes)? {
            Found::End(length) => {
                // After an envelope only another one can follow: a page of the same answer.
                if !begin {
                    return Err(self.error(0, Reason::Trailing));
                }
                self.length = length;
                self.lines = self.is_line(length)?;
                self.stream = true;
                self.state = State::Top;
                Ok(true)
            }
            Found::Envelope { at, depth } => {
                let text = self.window.bytes().get(..at).unwrap_or(&[]).to_vec();
                let start = self.window.place(0);
                self.envelope = Some(last_key(&text));
                self.shell = Some(Shell { text, start, before: at, depth, records: 0 });
                self.window.consume(at + 1);
                self.state = State::ArrayOpen;
                Ok(false)
            }
        }
    }

    fn close_array(&mut self) -> Result<(), DumpError> {
        let Some(mut shell) = self.shell.take() else {
            self.state = State::End;
            return Ok(());
        };
        self.state = State::Top;
        let tail = match self.scan(Scan::within(shell.depth), &[])? {
            Found::End(length) | Found::Envelope { at: length, .. } => length,
        };
        shell.text.extend_from_slice(b"[]");
        shell.text.extend_from_slice(self.window.bytes().get(..tail).unwrap_or(&[]));
        match serde_json::from_slice(&shell.text) {
            Ok(answer) => {
                if let Some(key) = filled_array(&answer, self.envelopes) {
                    let reason = format!("records stand under a second key, `{key}`");
                    return Err(self.error(0, Reason::Json(reason)));
                }
                self.pages.note(&answer, shell.records);
            }
            Err(error) => {
                let at = offset(&shell.text, &error);
                let reason = Reason::Json(message(&error));
                return Err(match at.checked_sub(shell.before + 2) {
                    Some(at) => self.error(at, reason),
                    None => {
                        DumpError::at(&self.file, shell.start.moved_by(&shell.text, at), reason)
                    }
                });
            }
        }
        self.window.consume(tail);
        Ok(())
    }

    fn line_or_brackets(&mut self) -> Result<(), DumpError> {
        if self.by_line {
            if let Some(length) = self.line_length()? {
                let line = self.window.bytes().get(..length).unwrap_or(&[]);
                if line.ends_with(b"}") || (self.lenient && self.lines) {
                    self.length = length;
                    self.supposed = true;
                    return Ok(());
                }
            }
            self.by_line = false;
        }
        self.supposed = false;
        self.follow_brackets()
    }

    /// True where the first bytes of the window are a line.
    fn is_line(&mut self, length: usize) -> Result<bool, DumpError> {
        loop {
            let bytes = self.window.bytes();
            let (inner, after) = bytes.split_at_checked(length).unwrap_or((bytes, &[]));
            if memchr(b'\n', inner).is_some() || after.len() > CAPACITY {
                return Ok(false);
            }
            let mut after = after.iter().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
            if let Some(&byte) = after.next() {
                return Ok(byte == b'\n');
            }
            // What is at hand may end anywhere.
            let filled = self.window.fill();
            if !self.io(filled)? {
                return Ok(true);
            }
        }
    }

    /// The length of the line that the window begins with, without blanks at its end; `None` where
    /// it is longer than any record.
    fn line_length(&mut self) -> Result<Option<usize>, DumpError> {
        let mut from = 0;
        loop {
            let bytes = self.window.bytes();
            let line = match memchr(b'\n', bytes.get(from..).unwrap_or(&[])) {
                Some(skip) => bytes.get(..from + skip),
                None if self.window.ended() => Some(bytes),
                None => None,
            };
            if let Some(line) = line {
                let length = line.trim_ascii_end().len();
                return Ok((length <= RECORD_LIMIT).then_some(length));
            }
            from = bytes.len();
            if from > RECORD_LIMIT {
                return Ok(None);
            }
            let filled = self.window.fill();
            self.io(filled)?;
        }
    }

    fn follow_brackets(&mut self) -> Result<(), DumpError> {
        self.length = match self.scan(Scan::default(), &[])? {
            Found::End(length) | Found::Envelope { at: length, .. } => length,
        };
        Ok(())
    }

    fn scan(&mut self, mut scan: Scan, envelopes: &[&str]) -> Result<Found, DumpError> {
        let partial = scan.clone();
        loop {
            match scan.go_on(self.window.bytes(), envelopes) {
                Stop::End(length) if length <= RECORD_LIMIT => return Ok(Found::End(length)),
                Stop::Envelope { at, depth } => return Ok(Found::Envelope { at, depth }),
                Stop::End(_) => return Err(self.unended(&partial, Reason::RecordTooLong)),
                Stop::BrokenString(opened) => {
                    let reason = Reason::Json("the line ends within a string".into());
                    return Err(self.error(opened, reason));
                }
                Stop::More => {}
            }
            if self.window.bytes().len() > RECORD_LIMIT {
                return Err(self.unended(&partial, Reason::RecordTooLong));
            }
            let filled = self.window.fill();
            if !self.io(filled)? {
                self.cut = true;
                let (what, at) = match scan.open_string() {
                    Some(at) => ("the string", at),
                    None => ("the object", 0),
                };
                let opened = self.window.place(at);
                let (line, column) = (opened.line.unwrap_or(0), opened.column.unwrap_or(0));
                let reason = Reason::CutShort { what, line, column };
                return Err(self.unended(&partial, reason));
            }
        }
    }

    /// The error for an object without an end: often a fault earlier on is the cause, and then that
    /// is what has to be said.
    fn unended(&self, begun: &Scan, reason: Reason) -> DumpError {
        let bytes = self.window.bytes();
        if begun.depth() == 0
            && let Err(error) = serde_json::from_slice::<IgnoredAny>(bytes)
            && !error.is_eof()
        {
            return self.error(offset(bytes, &error), Reason::Json(message(&error)));
        }
        let at = if matches!(reason, Reason::CutShort { .. }) { bytes.len() } else { 0 };
        self.error(at, reason)
    }
}

/// The key that a text ends with, before a colon.
fn last_key(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let key = text.trim_end().strip_suffix(':').and_then(|text| text.trim_end().strip_suffix('"'));
    let key = key.and_then(|key| key.rsplit_once('"'));
    key.map_or_else(String::new, |(_, key)| key.to_owned())
}

/// The key of an envelope under which an answer, whose own records are taken out, holds more.
fn filled_array<'a>(answer: &Value, envelopes: &'a [&str]) -> Option<&'a str> {
    let holds_records = |key: &&&str| {
        let value = key.split('.').try_fold(answer, |value, part| value.get(part));
        value.and_then(Value::as_array).is_some_and(|array| array.iter().any(Value::is_object))
    };
    envelopes.iter().find(holds_records).copied()
}

enum Found {
    End(usize),
    Envelope { at: usize, depth: usize },
}

#[cfg(test)]
mod tests;
