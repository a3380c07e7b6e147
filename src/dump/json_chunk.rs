//! The records of a chunk of a JSON Lines file.
//!
//! A record is supposed to be a line. Mostly lines are like those before them, and read by the marks of
//! the chunk, which are found first; others are read one by one. From a line on that isn't taken for a
//! record, the rest of the chunk is left to [`JsonRecords`], which follows brackets and words the faults.

use super::bad_rows::{PassBadRow, RawRow};
use super::chunks::Chunk;
use super::decoded::{Decoded, KeptRow};
use super::json_faults::Fault;
use super::json_keys::Ahead;
use super::json_records::JsonRecords;
use super::marks::{JsonMarks, Marks};
use memchr::memchr;
use std::sync::Arc;

/// The text of a chunk, unless some bytes of it are none.
pub(crate) fn text_of(chunk: &Chunk) -> Option<&str> {
    simdutf8::basic::from_utf8(&chunk.bytes).ok()
}

/// Takes the records of a chunk.
pub(crate) trait Records {
    /// Takes the record that begins at a byte of the chunk and ends with its line, where that is like
    /// lines before it. Returns the place behind the line; `None` where nothing was taken.
    fn line(
        &mut self,
        chunk: &str,
        begin: usize,
        line: u64,
        ahead: &mut Ahead<'_>,
    ) -> Option<usize>;

    /// Takes any record, which begins in this line. It is called again for one that wasn't taken, with
    /// more text or the same.
    fn record(&mut self, record: &str, line: u64) -> Result<(), Fault>;
}

/// Hands over the records of a chunk, which comes with its text. `lenient` keeps lines that can't be read,
/// and goes on.
pub(crate) fn each_record(
    (chunk, text): (&Chunk, Option<&str>),
    file: &Arc<str>,
    lenient: bool,
    marks: &mut Marks,
    decoded: &mut Decoded,
    records: &mut impl Records,
) {
    let exact = Exact { chunk, file, lenient };
    let Some(text) = text else {
        exact.records((0, 0), lenient, decoded, records);
        return;
    };
    marks.find(text.as_bytes(), JsonMarks);
    let mut ahead = Ahead::new(marks.places());
    let mut start = 0;
    let mut lines = 0;
    while start < text.len() {
        if let Some(end) = records.line(text, start, lines + 1, &mut ahead) {
            (start, lines) = (end, lines + 1);
            decoded.records += 1;
            continue;
        }
        let rest = text.get(start..).unwrap_or("");
        let end = memchr(b'\n', rest.as_bytes());
        let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let record = line.trim_matches([' ', '\t', '\r']);
        if !record.is_empty() {
            if !record.starts_with('{') || records.record(record, lines + 1).is_err() {
                exact.records((start, lines), lenient, decoded, records);
                return;
            }
            decoded.records += 1;
        }
        lines += u64::from(end.is_some());
        start += line.len() + 1;
        ahead.go_on(start);
    }
    decoded.lines = lines;
}

/// Reads records that may be more than a line, or none at all.
struct Exact<'a> {
    chunk: &'a Chunk,
    file: &'a Arc<str>,
    lenient: bool,
}

impl Exact<'_> {
    /// Hands over the records from a place on, a byte of the chunk and the lines before it.
    fn records(
        &self,
        (start, lines): (usize, u64),
        by_line: bool,
        decoded: &mut Decoded,
        taker: &mut impl Records,
    ) {
        let offset = self.chunk.offset;
        let rest = self.chunk.bytes.get(start..).unwrap_or(&[]);
        let column = if start == 0 { self.chunk.column } else { 0 };
        let place = (offset + start as u64, lines, column);
        let mut records = JsonRecords::going_on(rest, Arc::clone(self.file), place, by_line);
        if self.lenient {
            records.be_lenient();
        }
        loop {
            match records.next_at(|record, line| taker.record(record, line)) {
                Ok(true) => decoded.records += 1,
                Ok(false) => break,
                Err(_) if records.is_cut() && !self.chunk.last && !self.lenient => {
                    decoded.torn = Some((records.bytes_read() - offset) as usize);
                    break;
                }
                Err(error) => {
                    decoded.records += 1;
                    let passed = self.lenient
                        && error.reason().is_of_a_row()
                        && matches!(records.pass_bad_row(), Ok(true));
                    if !passed {
                        decoded.error = Some(error);
                        return;
                    }
                    let RawRow { text, start, .. } = records.bad_row();
                    let row = RawRow { header: None, text, start };
                    decoded.bad.push(KeptRow::new(error, row));
                }
            }
        }
        decoded.lines = records.line() - 1;
    }
}
