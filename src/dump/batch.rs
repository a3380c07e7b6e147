//! What goes from the one who reads a dump to those who decode it: chunks of files that can be read
//! by chunks, rows of all others.

use super::bad_rows::{PassBadRow, SharedBadRows};
use super::chunks::{Chunk, Chunker};
use super::csv_table::CsvShape;
use super::decoded::{Decoded, KeptRow};
use super::error::{DumpError, Place, Reason};
use std::sync::Arc;

/// Some rows of one file of a dump.
#[derive(Debug)]
pub struct Batch<Row> {
    /// Which file.
    pub(crate) file: usize,
    pub(crate) work: Work<Row>,
}

#[derive(Debug)]
pub(crate) enum Work<Row> {
    /// Rows of a CSV file.
    Csv(Chunk, Arc<CsvShape>),
    /// Records of a JSON Lines file; and whether one of those read before it said what happened.
    Json(Chunk, bool),
    /// Rows of any other file, read already.
    Rows(Rows<Row>),
}

/// Rows that were read already.
#[derive(Debug)]
pub(crate) struct Rows<Row> {
    pub rows: Vec<Row>,
    pub bad: Vec<KeptRow>,
    pub error: Option<DumpError>,
    pub bytes: u64,
}

impl<Row> Default for Rows<Row> {
    fn default() -> Self {
        Self { rows: Vec::new(), bad: Vec::new(), error: None, bytes: 0 }
    }
}

impl<Row> Rows<Row> {
    /// Reads some rows; false where the file ends with them, or can't be read further.
    pub fn read<R: PassBadRow>(
        &mut self,
        reader: &mut R,
        lenient: bool,
        mut next: impl FnMut(&mut R) -> Result<Option<Row>, DumpError>,
        count: usize,
    ) -> bool {
        while self.rows.len() < count && self.bad.len() < count {
            match next(reader) {
                Ok(Some(row)) => self.rows.push(row),
                Ok(None) => return false,
                Err(error) => {
                    let of_row = lenient && error.reason().is_of_a_row();
                    let passed = if of_row { reader.pass_bad_row() } else { Ok(false) };
                    if let Ok(true) = passed {
                        self.bad.push(KeptRow::new(error, reader.bad_row()));
                        continue;
                    }
                    self.error = Some(passed.err().unwrap_or(error));
                    return false;
                }
            }
        }
        true
    }

    /// What the reading came to.
    pub fn decoded(&mut self) -> Decoded {
        Decoded {
            records: (self.rows.len() + self.bad.len()) as u64,
            bad: std::mem::take(&mut self.bad),
            error: self.error.take(),
            ..Decoded::default()
        }
    }
}

/// Rows that are read together, of files that can't be read by chunks.
pub(crate) const ROWS: usize = 256;

/// The file of a dump that is being read, batch by batch.
pub(crate) enum Current<R> {
    /// A CSV file.
    Csv(Chunker, Arc<CsvShape>),
    /// JSON Lines behind the first record, and whether that said what happened.
    Lines(Chunker, bool),
    /// Any other, and whether a row has been read.
    Rows(Box<R>, bool),
}

/// A batch's work, and the file if there is more of it.
type Read<Row, R> = (Work<Row>, Option<Current<R>>);

impl<R> Current<R> {
    /// What comes next of the file `name`, in a buffer that may have served before; `None` at its
    /// end. `rows` reads some rows of a file that isn't read by chunks.
    pub fn next<Row>(
        self,
        name: &Arc<str>,
        buffer: Vec<u8>,
        rows: impl FnOnce(Box<R>, bool) -> (Rows<Row>, Option<Self>),
    ) -> Result<Option<Read<Row, R>>, DumpError> {
        // Which line it is will be known once the chunks before it have been read.
        let io = |error| DumpError::at(name, Place::line(1), Reason::Io(error));
        Ok(match self {
            Self::Csv(mut chunker, shape) => chunker.next(buffer).map_err(io)?.map(|chunk| {
                (Work::Csv(chunk, Arc::clone(&shape)), Some(Self::Csv(chunker, shape)))
            }),
            Self::Lines(mut chunker, typed) => chunker
                .next(buffer)
                .map_err(io)?
                .map(|chunk| (Work::Json(chunk, typed), Some(Self::Lines(chunker, typed)))),
            Self::Rows(reader, begun) => {
                let (rows, more) = rows(reader, begun);
                Some((Work::Rows(rows), more))
            }
        })
    }
}

/// The end of a chunk, where a record begins that goes on in the next one.
#[derive(Debug)]
pub struct Tail(Chunk);

impl<Row> Batch<Row> {
    fn chunk(&self) -> Option<&Chunk> {
        match &self.work {
            Work::Csv(chunk, _) | Work::Json(chunk, _) => Some(chunk),
            Work::Rows(_) => None,
        }
    }

    fn chunk_mut(&mut self) -> Option<&mut Chunk> {
        match &mut self.work {
            Work::Csv(chunk, _) | Work::Json(chunk, _) => Some(chunk),
            Work::Rows(_) => None,
        }
    }

    /// The bytes of the file that it takes.
    pub fn bytes(&self) -> u64 {
        match &self.work {
            Work::Csv(chunk, _) | Work::Json(chunk, _) => chunk.bytes.len() as u64,
            Work::Rows(rows) => rows.bytes,
        }
    }

    /// What stands behind the last whole record, where there is something.
    pub fn tail(&self, decoded: &Decoded) -> Option<Tail> {
        let (at, chunk) = (decoded.torn?, self.chunk()?);
        let column = match self.work {
            // Several records may be on a line.
            Work::Json(..) => {
                let start = Place { column: Some(chunk.column + 1), ..Place::default() };
                start.moved_by(&chunk.bytes, at).column? - 1
            }
            _ => 0,
        };
        let bytes = chunk.bytes.get(at..)?.to_vec();
        let offset = chunk.offset + at as u64;
        Some(Tail(Chunk { bytes, offset, column, last: false, above: None }))
    }

    /// Puts the end of the chunk before this one in front of it.
    pub fn prepend(&mut self, tail: Tail) {
        let Some(chunk) = self.chunk_mut() else { return };
        let Tail(mut whole) = tail;
        whole.bytes.append(&mut chunk.bytes);
        (whole.last, whole.above) = (chunk.last, chunk.above);
        *chunk = whole;
    }

    /// The buffer, to be used again.
    pub fn into_buffer(self) -> Vec<u8> {
        match self.work {
            Work::Csv(chunk, _) | Work::Json(chunk, _) => chunk.bytes,
            Work::Rows(_) => Vec::new(),
        }
    }
}

/// Puts right, in the order of the files, what those who decode chunks can't know: how many lines
/// stand before a chunk, and what the records before it were like.
#[derive(Default)]
pub struct Settle {
    taker: Option<SharedBadRows>,
    /// Lines before the chunk at hand.
    lines: u64,
    /// Records of the file so far.
    records: u64,
    /// Whether one of them said what happened.
    typed: bool,
}

impl Settle {
    pub(crate) fn new(taker: Option<SharedBadRows>) -> Self {
        Self { taker, ..Self::default() }
    }

    /// The error of whoever reads the batches, who doesn't know how far the chunks so far go.
    pub fn settle_error(&self, error: DumpError) -> DumpError {
        match error.reason() {
            Reason::Io(_) => error.moved_down(self.lines),
            _ => error,
        }
    }

    /// Takes note of what came of a batch. Returns how many lines stand before those that the batch
    /// counts.
    ///
    /// # Errors
    /// The batch holds a row that can't be read, and nobody takes such rows.
    pub fn settle<Row>(&mut self, batch: &Batch<Row>, decoded: Decoded) -> Result<u64, DumpError> {
        let Decoded { lines, records, bad, error, typed, untyped, .. } = decoded;
        let chunk = batch.chunk();
        if let Some(above) = chunk.and_then(|chunk| chunk.above) {
            *self = Self { lines: above, ..Self::new(self.taker.take()) };
            self.typed = matches!(batch.work, Work::Json(_, true));
        }
        let before = if chunk.is_some() { self.lines } else { 0 };
        self.records += records;
        for row in bad {
            if let Some(taker) = &self.taker {
                row.give(before, taker)?;
            }
        }
        let untyped = untyped.filter(|_| !self.typed);
        let first = [untyped, error].into_iter().flatten().min_by_key(DumpError::line);
        if let Some(error) = first {
            return Err(error.moved_down(before));
        }
        self.typed |= typed;
        self.lines += lines;
        if let Work::Csv(Chunk { last: true, bytes, offset, .. }, shape) = &batch.work
            && self.records == 0
        {
            let byte = Some(offset + bytes.len() as u64);
            let place = Place { byte, ..Place::line(self.lines + 1) };
            return Err(DumpError::at(&shape.file, place, Reason::HeaderOnly));
        }
        Ok(before)
    }
}
