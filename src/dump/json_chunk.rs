//! The records of a chunk of a JSON Lines file.
//!
//! A record is supposed to be a line. From a line on that the decoder doesn't take for one, the rest
//! of the chunk is left to [`JsonRecords`], which follows brackets and words the faults.

use super::bad_rows::{PassBadRow, RawRow};
use super::chunks::Chunk;
use super::decoded::{Decoded, KeptRow};
use super::json_faults::Fault;
use super::json_records::JsonRecords;
use memchr::memchr;
use std::sync::Arc;

/// The text of a chunk, unless some bytes of it are none.
pub(crate) fn text_of(chunk: &Chunk) -> Option<&str> {
    simdutf8::basic::from_utf8(&chunk.bytes).ok()
}

/// Hands over the records of a chunk, which comes with its text, each with its line. `lenient` keeps lines that can't be read,
/// and goes on. `take` is called again for a record that it doesn't take, with more text or the same.
pub(crate) fn each_record(
    (chunk, text): (&Chunk, Option<&str>),
    file: &Arc<str>,
    lenient: bool,
    decoded: &mut Decoded,
    mut take: impl FnMut(&str, u64) -> Result<(), Fault>,
) {
    let exact = Exact { chunk, file, lenient };
    let Some(text) = text else {
        exact.records((0, 0), lenient, decoded, &mut take);
        return;
    };
    let mut start = 0;
    let mut lines = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or("");
        let end = memchr(b'\n', rest.as_bytes());
        let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
        // Mostly there are none to be trimmed.
        let record = match (line.as_bytes().first(), line.as_bytes().last()) {
            (Some(first), Some(last)) if !blank(first) && !blank(last) => line,
            _ => line.trim_matches([' ', '\t', '\r']),
        };
        if !record.is_empty() {
            if !record.starts_with('{') || take(record, lines + 1).is_err() {
                exact.records((start, lines), lenient, decoded, &mut take);
                return;
            }
            decoded.records += 1;
        }
        lines += u64::from(end.is_some());
        start += line.len() + 1;
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
        take: &mut impl FnMut(&str, u64) -> Result<(), Fault>,
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
            match records.next_at(&mut *take) {
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
