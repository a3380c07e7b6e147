//! A CSV file as a header and rows: every row is UTF-8 and has as many fields as the header.

use super::bad_rows::{PassBadRow, RawRow};
use super::bytes::Bytes;
use super::csv_fields::{CsvFields, sniff_delimiter};
use super::csv_records::{CsvRecords, after_lines};
use super::error::{DumpError, Place, Reason};
use super::open::Opened;
use hashbrown::HashMap;
use std::io::Read;
use std::sync::Arc;

/// What the head of a CSV file says.
#[derive(Debug, Clone)]
pub(crate) struct CsvHead {
    pub delimiter: u8,
    /// Lines above the header.
    pub skip: u64,
    /// The names of the columns, as written.
    pub names: Vec<String>,
    /// The names under which they are read, where the user names some by hand.
    pub read_as: Vec<String>,
}

impl CsvHead {
    /// Reads the header from the head of a file, which is made longer as need be.
    pub fn read(opened: &mut Opened) -> Result<Self, DumpError> {
        loop {
            let skip = opened.skip_lines;
            let sniffed = || sniff_delimiter(after_lines(opened.text(), skip));
            let delimiter = opened.delimiter.unwrap_or_else(sniffed);
            let records = CsvRecords::new(opened.text(), Arc::clone(&opened.name), delimiter);
            let mut table = CsvTable::new(records.after_lines(skip));
            let read = table.read_header();
            let certain = opened.whole || table.records.terminated();
            if !certain && opened.grow_head()? {
                continue;
            }
            let names = read?;
            let head = Self { delimiter, skip, read_as: names.clone(), names };
            head.check_titles(opened)?;
            return Ok(head);
        }
    }
}

/// What the rows of a file have in common.
#[derive(Debug)]
pub(crate) struct CsvShape {
    pub file: Arc<str>,
    pub delimiter: u8,
    /// Fields of a row.
    pub width: usize,
    /// The header as it stands in the file.
    pub header: Vec<u8>,
}

/// The rows of a CSV file, one at a time.
pub(crate) struct CsvTable<R> {
    records: CsvRecords<R>,
    fields: CsvFields,
    header: Vec<u8>,
    /// Lines above the header.
    skip: u64,
    width: usize,
    rows: u64,
}

impl<R: Read> PassBadRow for CsvTable<R> {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        Ok(self.records.pass_bad())
    }

    fn bad_row(&self) -> RawRow<'_> {
        RawRow {
            header: Some(&self.header),
            text: self.records.record(),
            start: self.records.bytes_read(),
        }
    }
}

impl CsvTable<Bytes> {
    /// A pass over the rows of a file whose head is known.
    pub fn open(opened: &Opened, head: &CsvHead) -> Result<Self, DumpError> {
        Self::over(opened.reader()?, Arc::clone(&opened.name), head)
    }
}

impl<R: Read> CsvTable<R> {
    fn new(records: CsvRecords<R>) -> Self {
        let (fields, header) = (CsvFields::default(), Vec::new());
        Self { records, fields, header, skip: 0, width: 0, rows: 0 }
    }

    /// The rows of `source`, which begins as the file does.
    pub fn over(source: R, file: Arc<str>, head: &CsvHead) -> Result<Self, DumpError> {
        let records = CsvRecords::new(source, file, head.delimiter);
        let mut table = Self::new(records.after_lines(head.skip));
        table.skip = head.skip;
        table.read_header()?;
        Ok(table)
    }

    /// What parts its fields.
    pub fn delimiter(&self) -> u8 {
        self.records.delimiter()
    }

    /// Lines above the header.
    pub fn skip(&self) -> u64 {
        self.skip
    }

    /// The file's name.
    pub fn file(&self) -> &Arc<str> {
        self.records.file()
    }

    fn read_header(&mut self) -> Result<Vec<String>, DumpError> {
        if !self.records.advance()? {
            return Err(DumpError::file_wide(self.records.file(), Reason::Empty));
        }
        self.header = self.records.record().to_vec();
        let header = self.row()?;
        let names: Vec<_> = (0..header.count()).map(|index| header.get(index).to_owned()).collect();
        self.width = names.len();
        match twice(&names) {
            Some((first, second)) => {
                let name = names.get(second).cloned().unwrap_or_default();
                let (first, second) = (first + 1, second + 1);
                let reason = Reason::DuplicateColumn { name, first, second };
                Err(self.records.line_error(reason))
            }
            None => Ok(names),
        }
    }

    /// Ends the reading behind the header: what is needed to read the rows by chunks, what was read
    /// behind it, where that begins, and the source of the rest.
    pub fn into_rest(self) -> (CsvShape, Vec<u8>, Place, R) {
        let shape = CsvShape {
            file: Arc::clone(self.records.file()),
            delimiter: self.records.delimiter(),
            width: self.width,
            header: self.header,
        };
        let (rest, place, source) = self.records.into_rest();
        (shape, rest, place, source)
    }

    /// The rows of a source whose header was read before.
    pub fn going_on(source: R, shape: &CsvShape, place: (u64, u64)) -> Self {
        let file = Arc::clone(&shape.file);
        let records = CsvRecords::going_on(source, file, shape.delimiter, place);
        // Whether the file has any rows is for those to say who see all of it.
        Self { width: shape.width, rows: 1, header: shape.header.clone(), ..Self::new(records) }
    }

    /// Passes the record at hand; the byte behind it, and the lines before that.
    pub fn pass(&mut self) -> (u64, u64) {
        self.records.pass_record();
        (self.records.bytes_read(), self.records.line() - 1)
    }

    /// The line in which the record at hand begins.
    pub fn line(&self) -> u64 {
        self.records.line()
    }

    fn row(&mut self) -> Result<CsvRow<'_>, DumpError> {
        let Self { records, fields, .. } = self;
        match std::str::from_utf8(records.record()) {
            Ok(text) => {
                fields.split(text, records.quoted(), records.delimiter());
                let (file, line, byte) = (records.file(), records.line(), records.bytes_read());
                Ok(CsvRow { text, cells: Cells::Split(fields), file, line, byte, of_chunk: false })
            }
            Err(error) => {
                let at = error.valid_up_to();
                let byte = records.bytes_read() + at as u64;
                Err(records.error(at, Reason::InvalidUtf8 { byte }))
            }
        }
    }

    /// The next row; `None` at the end of the file.
    pub fn next(&mut self) -> Result<Option<CsvRow<'_>>, DumpError> {
        let advanced = self.records.advance();
        if let Ok(false) = advanced {
            return match self.rows {
                0 => Err(self.records.line_error(Reason::HeaderOnly)),
                _ => Ok(None),
            };
        }
        self.rows += 1;
        advanced?;
        let expected = self.width;
        let row = self.row()?;
        row.check(expected)?;
        Ok(Some(row))
    }

    /// Bytes passed so far.
    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

/// One row of a CSV file.
#[derive(Clone, Copy)]
pub(crate) struct CsvRow<'a> {
    text: &'a str,
    cells: Cells<'a>,
    file: &'a Arc<str>,
    /// The line in which it begins.
    pub line: u64,
    /// The byte at which it begins.
    byte: u64,
    /// Whether `text` is that of a chunk.
    of_chunk: bool,
}

/// Where the cells of a row stand.
#[derive(Clone, Copy)]
pub(crate) enum Cells<'a> {
    /// The first begins at this byte, and each ends at its mark.
    Between(usize, &'a [u32]),
    /// They have been split.
    Split(&'a CsvFields),
}

impl<'a> CsvRow<'a> {
    /// The row of a record of a chunk, `text`, in which its cells were found.
    #[inline(always)]
    pub fn new(
        text: &'a str,
        cells: Cells<'a>,
        file: &'a Arc<str>,
        (line, byte): (u64, u64),
    ) -> Self {
        Self { text, cells, file, line, byte, of_chunk: true }
    }

    /// Hands over where in the text of the chunk cells stand, by their places in the row; false where
    /// the row isn't read from one.
    #[inline(always)]
    pub fn each_place<T: Copy>(
        self,
        wanted: &[(usize, T)],
        mut take: impl FnMut(T, (u32, u32)),
    ) -> bool {
        match self.cells {
            Cells::Between(start, marks) => {
                for &(index, what) in wanted {
                    if let Some(place) = between(start, marks, index) {
                        take(what, place);
                    }
                }
            }
            Cells::Split(fields) => {
                let Some(places) = fields.places().filter(|_| self.of_chunk) else { return false };
                for &(index, what) in wanted {
                    if let Some(&place) = places.get(index) {
                        take(what, place);
                    }
                }
            }
        }
        true
    }

    /// Refuses a row that has other than so many cells, or a quote that doesn't close rightly.
    #[inline(always)]
    pub fn check(self, expected: usize) -> Result<(), DumpError> {
        let found = self.count();
        if found != expected {
            return Err(self.error(Reason::Ragged { expected, found }));
        }
        match self.cells {
            Cells::Split(fields) if fields.is_torn() => Err(self.error(Reason::TornQuote)),
            _ => Ok(()),
        }
    }

    /// How many cells it has.
    #[inline(always)]
    pub fn count(self) -> usize {
        match self.cells {
            Cells::Between(_, marks) => marks.len(),
            Cells::Split(fields) => fields.len(),
        }
    }

    /// The text of a cell.
    #[inline]
    pub fn get(self, index: usize) -> &'a str {
        match self.cells {
            Cells::Between(start, marks) => between(start, marks, index)
                .and_then(|(start, end)| self.text.get(start as usize..end as usize))
                .unwrap_or(""),
            Cells::Split(fields) => fields.get(self.text, index),
        }
    }

    /// An error of the row.
    pub fn error(self, reason: Reason) -> DumpError {
        DumpError::at(self.file, Place { byte: Some(self.byte), ..Place::line(self.line) }, reason)
    }
}

/// Where a cell stands that ends at its mark.
#[inline(always)]
fn between(start: usize, marks: &[u32], index: usize) -> Option<(u32, u32)> {
    let end = *marks.get(index)?;
    // Chunks are shorter than 4 GiB.
    let start = match index.checked_sub(1) {
        Some(before) => *marks.get(before)? + 1,
        None => start as u32,
    };
    Some((start, end))
}

/// The places of the first name that stands a second time. Spreadsheets leave columns without a name
/// and without cells, which are no names.
fn twice(names: &[String]) -> Option<(usize, usize)> {
    let mut known = HashMap::with_capacity(names.len());
    let named = names.iter().enumerate().filter(|(_, name)| !name.is_empty());
    named.into_iter().find_map(|(at, name)| Some((known.insert(name, at)?, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        let records = CsvRecords::with_capacity(text.as_bytes(), "t.csv".into(), b',', 4);
        let mut table = CsvTable::new(records);
        table.read_header().unwrap();
        let mut all = Vec::new();
        while let Some(row) = table.next().unwrap() {
            all.push((row.line, (0..row.count()).map(|i| row.get(i).to_owned()).collect()));
        }
        all
    }

    #[test]
    fn lines_are_counted_on_every_line_end() {
        for (text, expected) in [
            ("a,b\n1,2\n3,4\n", vec![2, 3]),
            ("a,b\r\n1,2\r\n\r\n3,4", vec![2, 4]),
            ("a,b\n\"x\ny\",2\n3,4\n", vec![2, 4]),
            ("a,b\r\n\"x\r\n\r\ny\",2\r\n3,4\r\n", vec![2, 5]),
            ("\u{feff}a,b\r1,2\r3,\"4\"\r5,6", vec![2, 3, 4]),
            ("\n\na,b\n1,2", vec![4]),
        ] {
            let found: Vec<_> = lines(text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn faults_name_their_place() {
        for (text, shown) in [
            ("", "t.csv: the file is empty"),
            ("\r\n\n", "t.csv: the file is empty"),
            ("a,b\n", "t.csv:2: there is a header but no row"),
            ("a,b,a\n1,2,3\n", "t.csv:1: two columns are named `a`: number 1 and number 3"),
            ("a,b\n1,2\n1\n", "t.csv:3: the row has 1 fields, the header has 2"),
            ("a,b\r\n\r\n1,2,3\n", "t.csv:3: the row has 3 fields, the header has 2"),
            (
                "a,b\n1,\"x\n2,y\n3,\"z\"\n",
                "t.csv:2: a quoted field runs over several lines and has text behind its closing quote; is a quote missing before that?",
            ),
            (
                "a,b\n1,é\"\n1,\"x\n\ny\n",
                "t.csv:3:3: the quote opened here is never closed; the file ends at line 6",
            ),
        ] {
            let records = CsvRecords::with_capacity(text.as_bytes(), "t.csv".into(), b',', 4);
            let mut table = CsvTable::new(records);
            let error = table
                .read_header()
                .and_then(|_| {
                    while table.next()?.is_some() {}
                    Ok(())
                })
                .unwrap_err();
            assert_eq!(error.to_string(), shown, "{text:?}");
        }
        let bytes = b"a,b\n\xc3\xa9,x\xff\n";
        let records = CsvRecords::with_capacity(bytes.as_slice(), "t.csv".into(), b',', 4);
        let mut table = CsvTable::new(records);
        table.read_header().unwrap();
        let error = table.next().err().unwrap();
        assert_eq!(error.to_string(), "t.csv:2:4: invalid UTF-8 at byte 8");
    }

    #[test]
    fn a_record_that_never_ends_is_refused_early() {
        for (start, shown) in [
            ("a\nx", "t.csv:2:1: record longer than 16 MiB"),
            ("a\n\"x", "t.csv:2:1: the quote opened here is not closed within 16 MiB, at line 2"),
        ] {
            let endless = start.as_bytes().chain(std::io::repeat(b'x'));
            let records = CsvRecords::new(endless, "t.csv".into(), b',');
            let mut table = CsvTable::new(records);
            table.read_header().unwrap();
            let error = table.next().err().unwrap();
            assert_eq!(error.to_string(), shown);
            assert!(table.records.bytes_read() < 10);
        }
    }
}
