//! The rows of a chunk of a CSV file.
//!
//! All marks of a chunk are found first, then records and fields together. A record that isn't of the plain kind (a
//! doubled quote within a field, text behind a closing quote, bytes that aren't UTF-8) is left to
//! [`CsvTable`], which reads any record, and reads it rightly.

use super::bad_rows::{PassBadRow, RawRow};
use super::chunks::Chunk;
use super::csv_fields::CsvFields;
use super::csv_table::{Cells, CsvRow, CsvShape, CsvTable};
use super::decoded::{Decoded, KeptRow};
use super::error::{DumpError, Reason};
use super::marks::{CsvMarks, Line, Marks};

/// A record of the plain kind, or why there is none.
enum Found<'a> {
    /// A record that is a line with as many cells as the header and no quotes: where it begins, and the
    /// marks that end its cells.
    Line(usize, &'a [u32]),
    /// Another record, between these bytes.
    Record(usize, usize),
    /// A record that begins at this byte, of another kind, or without an end.
    Other(usize),
    /// The end of the chunk.
    End,
}

/// The plain records of a text, one after the other.
struct PlainRecords<'a> {
    text: &'a [u8],
    shape: &'a CsvShape,
    /// All marks of the text, and how many of them were passed.
    all: &'a [u32],
    passed: usize,
    /// All its lines, and those that lie ahead.
    lines_of: &'a [Line],
    ahead: &'a [Line],
    /// Where the next record begins.
    at: usize,
    /// Lines before that.
    lines: u64,
    /// Lines before the record at hand.
    begun: u64,
}

impl<'a> PlainRecords<'a> {
    /// Goes on behind a record that was read otherwise.
    fn go_on(&mut self, at: usize, lines: u64) {
        (self.at, self.lines) = (at, lines);
        // The search for a closing quote may have gone further than the record does.
        self.passed = self.all.partition_point(|&mark| (mark as usize) < at);
        let passed = self.lines_of.partition_point(|line| line.upto as usize <= self.passed);
        self.ahead = self.lines_of.get(passed..).unwrap_or(&[]);
    }

    /// Finds the next record, and its fields where it is no plain line.
    #[inline(always)]
    fn next(&mut self, fields: &mut CsvFields) -> Found<'a> {
        match self.line() {
            Some((start, marks)) => Found::Line(start, marks),
            None => self.irregular(fields),
        }
    }

    /// A record without quotes that has as many fields as the header: almost all are like that, so it
    /// is looked at as a whole, not mark by mark.
    #[inline(always)]
    fn line(&mut self) -> Option<(usize, &'a [u32])> {
        let (line, ahead) = self.ahead.split_first()?;
        let marks = self.all.get(self.passed..line.upto as usize)?;
        let start = self.at;
        let last = *marks.last()? as usize;
        if line.odd || marks.len() != self.shape.width || last == start {
            return None;
        }
        self.ahead = ahead;
        self.passed = line.upto as usize;
        self.at = last + 1;
        self.begun = self.lines;
        self.lines += 1;
        Some((start, marks))
    }

    /// The place of the next mark, and what it is.
    #[inline(always)]
    fn mark(&mut self) -> Option<(usize, u8)> {
        let at = *self.all.get(self.passed)? as usize;
        self.passed += 1;
        Some((at, *self.text.get(at)?))
    }

    /// Finds the next record and its fields, mark by mark.
    fn irregular(&mut self, fields: &mut CsvFields) -> Found<'a> {
        let found = self.by_marks(fields);
        if let Found::Other(_) = found {
            return found;
        }
        while let Some((line, ahead)) = self.ahead.split_first()
            && line.upto as usize <= self.passed
        {
            self.ahead = ahead;
        }
        found
    }

    fn by_marks(&mut self, fields: &mut CsvFields) -> Found<'a> {
        fields.begin();
        let mut start = self.at;
        let mut field = start;
        let mut breaks = 1;
        loop {
            let Some((mark, byte)) = self.mark() else {
                if start == self.text.len() {
                    return Found::End;
                }
                return self.other(start);
            };
            if byte == self.shape.delimiter {
                fields.push(field, mark);
                field = mark + 1;
                continue;
            }
            if byte == b'"' {
                // Within a field a quote is a character like any other.
                if mark != field {
                    continue;
                }
                let Some((end, further)) = self.closing() else { return self.other(start) };
                breaks += further;
                match self.text.get(end + 1) {
                    Some(b'\n' | b'\r') => {}
                    Some(&byte) if byte == self.shape.delimiter => {}
                    _ => return self.other(start),
                }
                // What follows is the next mark, and it ends the field here.
                fields.push(field + 1, end);
                let Some((mark, byte)) = self.mark() else { return self.other(start) };
                if byte == self.shape.delimiter {
                    field = mark + 1;
                    continue;
                }
                return self.end(start, mark, breaks);
            }
            if mark == start {
                // An empty line is no record.
                start = self.behind(mark);
                field = start;
                self.lines += 1;
                continue;
            }
            fields.push(field, mark);
            return self.end(start, mark, breaks);
        }
    }

    /// The quote that closes the field whose quote was met last, and the line breaks before it. A
    /// doubled one is none of the plain kind.
    fn closing(&mut self) -> Option<(usize, u64)> {
        let mut breaks = 0;
        loop {
            match self.mark()? {
                (mark, b'"') if self.text.get(mark + 1) == Some(&b'"') => return None,
                (mark, b'"') => return Some((mark, breaks)),
                (_, b'\n') => breaks += 1,
                _ => {}
            }
        }
    }

    fn other(&mut self, start: usize) -> Found<'a> {
        self.begun = self.lines;
        Found::Other(start)
    }

    #[inline(always)]
    fn end(&mut self, start: usize, end: usize, breaks: u64) -> Found<'a> {
        self.at = self.behind(end);
        self.begun = self.lines;
        self.lines += breaks;
        Found::Record(start, end)
    }

    /// The place behind a line break, whose second half may be a mark of its own.
    #[inline(always)]
    fn behind(&mut self, at: usize) -> usize {
        if self.text.get(at) == Some(&b'\r') && self.text.get(at + 1) == Some(&b'\n') {
            self.mark();
            return at + 2;
        }
        at + 1
    }
}

/// What is used again from chunk to chunk.
#[derive(Debug, Default)]
pub(crate) struct CsvScratch {
    marks: Marks,
    fields: CsvFields,
}

impl CsvScratch {
    /// Room for the marks of a chunk.
    pub fn marks(&mut self) -> &mut Marks {
        &mut self.marks
    }
}

/// The text of a chunk, unless some bytes of it are none.
pub(crate) fn text_of(chunk: &Chunk) -> Option<&str> {
    simdutf8::basic::from_utf8(&chunk.bytes).ok()
}

/// Hands over the rows of a chunk, which comes with its text. `lenient` keeps rows that can't be read, and goes on.
pub(crate) fn each_row(
    (chunk, text): (&Chunk, Option<&str>),
    shape: &CsvShape,
    lenient: bool,
    scratch: &mut CsvScratch,
    decoded: &mut Decoded,
    mut take: impl FnMut(CsvRow<'_>) -> Result<(), DumpError>,
) {
    let mut exact = Exact { chunk, shape, lenient };
    let Some(text) = text else {
        if let Some((_, lines)) = exact.rows((0, 0), usize::MAX, decoded, &mut take) {
            decoded.lines = lines;
        }
        return;
    };
    scratch.marks.find(text.as_bytes(), CsvMarks(shape.delimiter));
    let CsvScratch { marks, fields } = scratch;
    let mut records = PlainRecords {
        text: text.as_bytes(),
        shape,
        all: marks.places(),
        passed: 0,
        lines_of: marks.lines(),
        ahead: marks.lines(),
        at: 0,
        lines: 0,
        begun: 0,
    };
    loop {
        let found = records.next(fields);
        let place = |start| (records.begun + 1, chunk.offset + start as u64);
        let (taken, start, end) = match found {
            Found::Line(start, marks) => {
                let cells = Cells::Between(start, marks);
                let row = CsvRow::new(text, cells, &shape.file, place(start));
                (take(row), start, records.at - 1)
            }
            Found::Record(start, end) => {
                let row = CsvRow::new(text, Cells::Split(fields), &shape.file, place(start));
                (row.check(shape.width).and_then(|()| take(row)), start, end)
            }
            Found::Other(start) => {
                let place = (start, records.begun);
                let Some((behind, lines)) = exact.rows(place, 1, decoded, &mut take) else {
                    return;
                };
                records.go_on(behind, lines);
                continue;
            }
            Found::End => break,
        };
        decoded.records += 1;
        let Err(error) = taken else { continue };
        let byte = chunk.offset + start as u64;
        let record = text.get(start..end).unwrap_or("");
        if !exact.keep(error, (record.as_bytes(), byte), decoded) {
            return;
        }
    }
    decoded.lines = records.lines;
}

/// Reads records of any kind.
struct Exact<'a> {
    chunk: &'a Chunk,
    shape: &'a CsvShape,
    lenient: bool,
}

impl Exact<'_> {
    /// Hands over as many rows from a place on, a byte of the chunk and the lines before it. Returns
    /// the place behind them; `None` where the reading ends before that.
    fn rows(
        &mut self,
        (start, lines): (usize, u64),
        count: usize,
        decoded: &mut Decoded,
        take: &mut impl FnMut(CsvRow<'_>) -> Result<(), DumpError>,
    ) -> Option<(usize, u64)> {
        let offset = self.chunk.offset;
        let rest = self.chunk.bytes.get(start..).unwrap_or(&[]);
        let mut table = CsvTable::going_on(rest, self.shape, (offset + start as u64, lines));
        for _ in 0..count {
            let read = table.next().and_then(|row| row.map(&mut *take).transpose());
            match read {
                Ok(None) => break,
                Ok(Some(())) => decoded.records += 1,
                Err(error) => {
                    let unclosed = matches!(error.reason(), Reason::UnclosedQuote { .. });
                    if unclosed && !self.chunk.last {
                        decoded.torn = Some((table.bytes_read() - offset) as usize);
                        decoded.lines = table.line() - 1;
                        return None;
                    }
                    decoded.records += 1;
                    let passed = self.lenient && matches!(table.pass_bad_row(), Ok(true));
                    if !passed {
                        decoded.error = Some(error);
                        return None;
                    }
                    let RawRow { text, start, .. } = table.bad_row();
                    if !self.keep(error, (text, start), decoded) {
                        return None;
                    }
                }
            }
        }
        let (behind, lines) = table.pass();
        Some(((behind - offset) as usize, lines))
    }

    /// Keeps a row that can't be read; false where the reading has to stop instead.
    fn keep(&self, error: DumpError, (text, start): (&[u8], u64), decoded: &mut Decoded) -> bool {
        if !self.lenient || !error.reason().is_of_a_row() {
            decoded.error = Some(error);
            return false;
        }
        let row = RawRow { header: Some(&self.shape.header), text, start };
        decoded.bad.push(KeptRow::new(error, row));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a chunk, their cells between bars, and the faults of those that can't be read.
    fn rows(text: &str, last: bool) -> (Vec<String>, Vec<String>, Option<usize>) {
        let shape =
            CsvShape { file: "t.csv".into(), delimiter: b',', width: 2, header: b"a,b".to_vec() };
        let chunk = Chunk { bytes: text.into(), last, ..Chunk::default() };
        let (mut decoded, mut found) = (Decoded::default(), Vec::new());
        let of = (&chunk, text_of(&chunk));
        each_row(of, &shape, true, &mut CsvScratch::default(), &mut decoded, |row| {
            found.push(format!("{}: {}|{}", row.line, row.get(0), row.get(1)));
            Ok(())
        });
        let bad = decoded.bad.iter().map(|bad| bad.error.to_string()).collect();
        (found, bad, decoded.torn)
    }

    #[test]
    fn rows_behind_odd_ones_are_whole() {
        for (text, expected) in [
            (
                "1,x\n2,\"y\n\"\n\n3,\"z\"\"\"\n4,\r\n",
                vec!["1: 1|x", "2: 2|y\n", "5: 3|z\"", "6: 4|"],
            ),
            // The search for the quote that closes goes to the end of the text.
            (",\",\n2,\"\"\"\"\n3,", vec!["2: 2|\"", "3: 3|"]),
            ("1\n2,\"y\"z\n3,a\"b\"\n", vec!["2: 2|yz", "3: 3|a\"b\""]),
        ] {
            let (found, _, torn) = rows(text, true);
            assert_eq!(found, expected, "{text:?}");
            assert_eq!(torn, None, "{text:?}");
        }
    }

    #[test]
    fn a_record_that_goes_on_behind_the_chunk_is_left() {
        for (text, torn) in [("1,x\n2,\"y\n", Some(4)), ("1,x\n2,y\n", None)] {
            assert_eq!(rows(text, false).2, torn, "{text:?}");
        }
        let (_, bad, _) = rows("1,x\n2,\"y\n", true);
        assert_eq!(
            bad,
            ["t.csv:2:3: the quote opened here is never closed; the file ends at line 3"]
        );
    }
}
