//! The batches of an activities dump, in order, and their rows.

use super::activity_columns::ActivityFields;
use super::activity_csv::CsvCells;
use super::activity_file::{ActivityFile, Head};
use super::activity_json::{JsonActivities, JsonFields, Says};
use super::activity_row::ActivityRow;
use super::batch::{Batch, Current, ROWS, Rows, Work};
use super::chunks::Chunker;
use super::csv_chunk::{self, CsvScratch};
use super::csv_table::CsvTable;
use super::decoded::Decoded;
use super::error::DumpError;
use super::json_chunk::{self, Records};
use super::json_faults::Fault;
use super::json_keys::Ahead;
use super::pages::Pages;
use std::sync::Arc;

/// A batch of activities.
pub type ActivityBatch = Batch<ActivityRow<'static>>;

/// Reads the batches of an activities dump.
pub struct ActivitySource {
    pub(super) files: Arc<[ActivityFile]>,
    pub(super) next: usize,
    pub(super) current: Option<Current<JsonActivities>>,
    pub(super) lenient: bool,
    pub(super) chunk: usize,
    pub(super) pages: Pages,
}

impl ActivitySource {
    /// The next batch, in a buffer that may have served before; `None` at the end of the last file.
    ///
    /// # Errors
    /// When a file can't be read.
    pub fn next(&mut self, mut buffer: Vec<u8>) -> Result<Option<ActivityBatch>, DumpError> {
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
        let Some(ActivityFile { opened, given, head }) = self.files.get(self.next) else {
            return Ok(false);
        };
        self.next += 1;
        self.current = Some(match head {
            Head::Csv(head) => {
                let (shape, rest, place, source) = CsvTable::open(opened, head)?.into_rest();
                let chunker = Chunker::behind(source, rest, place, self.chunk);
                Current::Csv(chunker, Arc::new(shape))
            }
            Head::Json(seen, layout) => {
                let records = JsonActivities::records(opened.reader()?, opened, layout)?;
                let mut reader = JsonActivities::new(records, given, seen);
                if self.lenient {
                    reader.be_lenient();
                }
                Current::Rows(Box::new(reader), false)
            }
        });
        Ok(true)
    }

    /// Reads some rows. After the first it is clear whether the rest can be read by chunks.
    fn rows(
        &mut self,
        mut reader: Box<JsonActivities>,
        begun: bool,
    ) -> (Rows<ActivityRow<'static>>, Option<Current<JsonActivities>>) {
        let mut rows = Rows::default();
        let passed = reader.bytes_read();
        let count = if begun { ROWS } else { 1 };
        let next = |reader: &mut JsonActivities| {
            let mut row = ActivityRow::default();
            Ok(reader.next(&mut row)?.then_some(row))
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
        let typed = reader.typed_before();
        let lines = reader.into_rest().map(|(rest, place, source)| {
            let chunker = Chunker::behind(source, rest, place, self.chunk).by_line_feeds();
            Current::Lines(chunker, typed)
        });
        (rows, lines)
    }

    /// Pages and records that the answers speak of and the dump hasn't, in words; once all batches
    /// have been read.
    pub fn missing_pages(&self) -> Vec<String> {
        self.pages.missing()
    }
}

/// Decodes batches of activities: one of them for each thread.
pub struct ActivityDecoder {
    files: Arc<[ActivityFile]>,
    wanted: ActivityFields,
    /// Whether contacts are told by their ids, where there are some.
    by_id: bool,
    lenient: bool,
    scratch: CsvScratch,
    /// What is known of the rows of the file at hand.
    bound: Option<(usize, Bound)>,
}

enum Bound {
    Csv(CsvCells),
    Json(Box<JsonFields>),
}

impl ActivityDecoder {
    pub(super) fn new(
        files: Arc<[ActivityFile]>,
        wanted: ActivityFields,
        by_id: bool,
        lenient: bool,
    ) -> Self {
        Self { files, wanted, by_id, lenient, scratch: CsvScratch::default(), bound: None }
    }

    /// The file's name, of a batch.
    pub fn name_of(&self, batch: &ActivityBatch) -> &str {
        self.files.get(batch.file).map_or("", |file| &file.opened.name)
    }

    /// Hands over the rows of a batch. What they came to is to be settled in the order of the
    /// batches.
    pub fn decode(
        &mut self,
        batch: &mut ActivityBatch,
        mut take: impl FnMut(&ActivityRow<'_>),
    ) -> Decoded {
        let mut decoded = Decoded::default();
        self.bind(batch.file);
        match (&mut batch.work, &mut self.bound) {
            (Work::Rows(rows), _) => {
                rows.rows.iter().for_each(take);
                decoded = rows.decoded();
            }
            (Work::Csv(chunk, shape), Some((_, Bound::Csv(cells)))) => {
                let text = csv_chunk::text_of(chunk);
                let mut activity = cells.row(text.unwrap_or(""));
                let (scratch, of) = (&mut self.scratch, (&*chunk, text));
                csv_chunk::each_row(of, shape, self.lenient, scratch, &mut decoded, |row| {
                    cells.fill(&mut activity, row);
                    take(&activity);
                    Ok(())
                });
            }
            (Work::Json(chunk, typed), Some((file, Bound::Json(fields)))) => {
                let name = self.files.get(*file).map(|file| Arc::clone(&file.opened.name));
                let name = name.unwrap_or_default();
                let text = json_chunk::text_of(chunk);
                let row = ActivityRow::over(text.unwrap_or(""));
                let mut records = JsonRows { fields, row, take, is_typed: *typed, untyped: None };
                let (of, marks) = ((&*chunk, text), self.scratch.marks());
                json_chunk::each_record(of, &name, self.lenient, marks, &mut decoded, &mut records);
                (decoded.typed, decoded.untyped) = (records.is_typed, records.untyped);
            }
            _ => {}
        }
        decoded
    }

    /// Turns to a file.
    fn bind(&mut self, file: usize) {
        if self.bound.as_ref().is_some_and(|(bound, _)| *bound == file) {
            return;
        }
        let Some(ActivityFile { given, head, .. }) = self.files.get(file) else { return };
        let bound = match head {
            Head::Csv(head) => {
                let cells = CsvCells::new(given, head);
                let told = self.by_id && cells.has_contact_id();
                let wanted = if told { self.wanted.without_address() } else { self.wanted };
                Bound::Csv(cells.only(wanted))
            }
            Head::Json(seen, _) => Bound::Json(Box::new(JsonFields::new(given, seen, self.wanted))),
        };
        self.bound = Some((file, bound));
    }
}

/// Takes the records of a chunk, and hands over their rows.
struct JsonRows<'a, 't, F> {
    fields: &'a mut JsonFields,
    row: ActivityRow<'t>,
    take: F,
    /// Whether a record so far said what happened.
    is_typed: bool,
    untyped: Option<DumpError>,
}

impl<F> JsonRows<'_, '_, F> {
    #[inline(always)]
    fn note(&mut self, says: Says, line: u64) {
        self.is_typed |= self.fields.is_typed();
        if says == Says::Nothing && !self.is_typed && self.untyped.is_none() {
            self.untyped = Some(self.fields.no_kind(line));
        }
    }
}

impl<F: FnMut(&ActivityRow<'_>)> Records for JsonRows<'_, '_, F> {
    #[inline(always)]
    fn line(
        &mut self,
        chunk: &str,
        begin: usize,
        line: u64,
        ahead: &mut Ahead<'_>,
    ) -> Option<usize> {
        let (says, end) = self.fields.line((chunk, begin, line), ahead, &mut self.row)?;
        (self.take)(&self.row);
        self.note(says, line);
        Some(end)
    }

    fn record(&mut self, record: &str, line: u64) -> Result<(), Fault> {
        let says = self.fields.rows((record, line), &mut self.row, &mut self.take)?;
        self.note(says, line);
        Ok(())
    }
}
