//! What the reading of a chunk came to, beside its rows.

use super::bad_rows::{BadRow, RawRow, SharedBadRows};
use super::error::{DumpError, Reason};
use std::sync::PoisonError;

/// What the reading of a chunk came to. Lines are counted from the beginning of the chunk: how many
/// stand before it is known only once all chunks before it have been read.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Lines passed.
    pub(crate) lines: u64,
    /// Records met, bad ones too.
    pub(crate) records: u64,
    /// Rows that could not be read, where a run goes on without them.
    pub(crate) bad: Vec<KeptRow>,
    /// Why the reading stopped.
    pub(crate) error: Option<DumpError>,
    /// Whether a record said what happened.
    pub(crate) typed: bool,
    /// The error of the first record that doesn't say it, and before which none of the chunk does.
    pub(crate) untyped: Option<DumpError>,
    /// The byte of the chunk at which a record begins that the chunk doesn't hold to its end.
    pub(crate) torn: Option<usize>,
}

/// A row that could not be read, until its place is known.
#[derive(Debug)]
pub(crate) struct KeptRow {
    pub error: DumpError,
    pub header: Option<Vec<u8>>,
    pub text: Vec<u8>,
    pub start: u64,
}

impl KeptRow {
    pub fn new(error: DumpError, row: RawRow<'_>) -> Self {
        let header = row.header.map(<[u8]>::to_vec);
        Self { error, header, text: row.text.to_vec(), start: row.start }
    }

    /// Hands the row on, now that so many lines are known to stand before it.
    pub fn give(self, lines: u64, taker: &SharedBadRows) -> Result<(), DumpError> {
        let error = self.error.moved_down(lines);
        let row = RawRow { header: self.header.as_deref(), text: &self.text, start: self.start };
        let row = BadRow { error: &error, row };
        let taken = taker.lock().unwrap_or_else(PoisonError::into_inner).take(&row);
        taken.map_err(|failed| DumpError::file_wide(&error.file().into(), Reason::NotKept(failed)))
    }
}
