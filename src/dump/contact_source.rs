//! The batches of a contacts dump, in order, and their rows.

use super::batch::{Batch, Current, ROWS, Rows, Work};
use super::chunks::Chunker;
use super::contact_csv::CsvCells;
use super::contact_file::{ContactFile, Head};
use super::contact_json::{JsonContacts, JsonFields};
use super::contact_row::ContactRow;
use super::csv_chunk::{self, CsvScratch};
use super::csv_table::CsvTable;
use super::decoded::Decoded;
use super::error::DumpError;
use super::gather::Gather;
use super::json_chunk::{self, Records};
use super::json_faults::Fault;
use super::json_keys::Ahead;
use super::pages::Pages;
use std::sync::Arc;

/// A batch of contacts.
pub type ContactBatch = Batch<ContactRow>;

/// Reads the batches of a contacts dump.
pub struct ContactSource {
    files: Arc<[ContactFile]>,
    next: usize,
    current: Option<Current<JsonContacts>>,
    /// Decodes what can't be read by chunks.
    gather: Gather,
    lenient: bool,
    chunk: usize,
    pages: Pages,
}

impl ContactSource {
    pub(super) fn new(
        files: Arc<[ContactFile]>,
        gather: Gather,
        lenient: bool,
        chunk: usize,
    ) -> Self {
        let (next, current, pages) = (0, None, Pages::default());
        Self { files, next, current, gather, lenient, chunk, pages }
    }

    /// The next batch, in a buffer that may have served before; `None` at the end of the last file.
    ///
    /// # Errors
    /// When a file can't be read, or a column of the projection is ambiguous in it.
    pub fn next(&mut self, mut buffer: Vec<u8>) -> Result<Option<ContactBatch>, DumpError> {
        loop {
            let Some(current) = self.current.take() else {
                if !self.open_next()? {
                    return Ok(None);
                }
                continue;
            };
            let file = self.next - 1;
            let name = self.files.get(file).map(|file| Arc::clone(&file.opened.name));
            let rows = |reader, begun| self.rows(reader, begun);
            let read =
                current.next(&name.unwrap_or_default(), std::mem::take(&mut buffer), rows)?;
            let Some((work, more)) = read else { continue };
            self.current = more;
            return Ok(Some(Batch { file, work }));
        }
    }

    fn open_next(&mut self) -> Result<bool, DumpError> {
        let Some(ContactFile { opened, head }) = self.files.get(self.next) else {
            return Ok(false);
        };
        self.next += 1;
        self.current = Some(match head {
            Head::Csv(head) => {
                // Faults of the header are said before anything else of the file.
                let table = CsvTable::open(opened, head)?;
                CsvCells::new(opened, head, &mut self.gather)?;
                let (shape, rest, place, source) = table.into_rest();
                Current::Csv(Chunker::behind(source, rest, place, self.chunk), Arc::new(shape))
            }
            Head::Json(head, layout) => {
                self.gather.begin_file(head.traits, head.mapping.clone());
                let mut contacts = JsonContacts::open(opened, layout)?;
                if self.lenient {
                    contacts.be_lenient();
                }
                Current::Rows(Box::new(contacts), false)
            }
        });
        Ok(true)
    }

    /// Reads some rows. After the first it is clear whether the rest can be read by chunks.
    fn rows(
        &mut self,
        mut reader: Box<JsonContacts>,
        begun: bool,
    ) -> (Rows<ContactRow>, Option<Current<JsonContacts>>) {
        let mut rows = Rows::default();
        let passed = reader.bytes_read();
        let count = if begun { ROWS } else { 1 };
        let gather = &mut self.gather;
        let next = |reader: &mut JsonContacts| {
            let mut row = ContactRow::default();
            Ok(reader.next(gather, &mut row)?.then_some(row))
        };
        let more = rows.read(&mut *reader, self.lenient, next, count);
        rows.bytes = reader.bytes_read() - passed;
        if !more {
            self.pages.add(reader.pages());
            return (rows, None);
        }
        if begun || rows.rows.is_empty() {
            return (rows, Some(Current::Rows(reader, begun)));
        }
        if !reader.is_plain_lines() {
            return (rows, Some(Current::Rows(reader, true)));
        }
        let lines = reader.into_rest().map(|(rest, place, source)| {
            let chunker = Chunker::behind(source, rest, place, self.chunk).by_line_feeds();
            Current::Lines(chunker, true)
        });
        (rows, lines)
    }

    /// Pages and records that the answers speak of and the dump hasn't, in words; once all batches
    /// have been read.
    pub fn missing_pages(&self) -> Vec<String> {
        self.pages.missing()
    }

    /// Whether a projected column was in a header, or among the keys of records that were read here.
    pub fn seen(&self) -> &[bool] {
        &self.gather.seen
    }
}

/// Decodes batches of contacts: one of them for each thread.
pub struct ContactDecoder {
    files: Arc<[ContactFile]>,
    gather: Gather,
    lenient: bool,
    scratch: CsvScratch,
    row: ContactRow,
    /// What is known of the rows of the file at hand.
    bound: Option<(usize, Bound)>,
}

enum Bound {
    Csv(CsvCells),
    Json(JsonFields),
}

impl ContactDecoder {
    pub(super) fn new(files: Arc<[ContactFile]>, gather: Gather, lenient: bool) -> Self {
        let (scratch, row) = (CsvScratch::default(), ContactRow::default());
        Self { files, gather, lenient, scratch, row, bound: None }
    }

    /// Hands over the rows of a batch. What they came to is to be settled in the order of the
    /// batches.
    pub fn decode(
        &mut self,
        batch: &mut ContactBatch,
        mut take: impl FnMut(&ContactRow),
    ) -> Decoded {
        let mut decoded = Decoded::default();
        self.bind(batch.file);
        self.gather.seen.fill(false);
        let Self { gather, row: contact, lenient, scratch, .. } = self;
        match (&mut batch.work, &mut self.bound) {
            (Work::Rows(rows), _) => {
                rows.rows.iter().for_each(take);
                decoded = rows.decoded();
            }
            (Work::Csv(chunk, shape), Some((_, Bound::Csv(cells)))) => {
                let of = (&*chunk, csv_chunk::text_of(chunk));
                csv_chunk::each_row(of, shape, *lenient, scratch, &mut decoded, |row| {
                    cells.fill(gather, contact, row)?;
                    take(contact);
                    Ok(())
                });
            }
            (Work::Json(chunk, _), Some((file, Bound::Json(keys)))) => {
                let name = self.files.get(*file).map(|file| Arc::clone(&file.opened.name));
                let name = name.unwrap_or_default();
                let of = (&*chunk, json_chunk::text_of(chunk));
                let mut records = JsonRows { fields: keys, gather, contact, take };
                let marks = scratch.marks();
                json_chunk::each_record(of, &name, *lenient, marks, &mut decoded, &mut records);
            }
            _ => {}
        }
        decoded
    }

    /// The file's name, of a batch.
    pub fn name_of(&self, batch: &ContactBatch) -> Arc<str> {
        let file = self.files.get(batch.file);
        file.map(|file| Arc::clone(&file.opened.name)).unwrap_or_default()
    }

    /// The projected columns that were among the keys of the batch decoded last.
    pub fn seen(&self) -> impl Iterator<Item = usize> + '_ {
        let seen = self.gather.seen.iter().enumerate();
        seen.filter(|(_, seen)| **seen).map(|(column, _)| column)
    }

    /// Turns to a file.
    fn bind(&mut self, file: usize) {
        if self.bound.as_ref().is_some_and(|(bound, _)| *bound == file) {
            return;
        }
        self.bound = None;
        let Some(ContactFile { opened, head }) = self.files.get(file) else { return };
        let bound = match head {
            // The source has refused a header that can't be bound.
            Head::Csv(head) => CsvCells::new(opened, head, &mut self.gather).ok().map(Bound::Csv),
            Head::Json(head, _) => {
                self.gather.begin_file(head.traits, head.mapping.clone());
                Some(Bound::Json(JsonFields::default()))
            }
        };
        self.bound = bound.map(|bound| (file, bound));
    }
}

/// Takes the records of a chunk, and hands over their contacts.
struct JsonRows<'a, F> {
    fields: &'a mut JsonFields,
    gather: &'a mut Gather,
    contact: &'a mut ContactRow,
    take: F,
}

impl<F: FnMut(&ContactRow)> Records for JsonRows<'_, F> {
    #[inline(always)]
    fn line(
        &mut self,
        chunk: &str,
        begin: usize,
        line: u64,
        ahead: &mut Ahead<'_>,
    ) -> Option<usize> {
        let end = self.fields.fill_line((chunk, begin), ahead, self.gather, self.contact)?;
        self.contact.line = line;
        (self.take)(self.contact);
        Some(end)
    }

    fn record(&mut self, record: &str, line: u64) -> Result<(), Fault> {
        self.fields.fill(self.gather, self.contact, record)?;
        self.contact.line = line;
        (self.take)(self.contact);
        Ok(())
    }
}
