//! Rows that can't be read, where a run goes on without them.
//!
//! The readers of contacts and activities stop at such a row, unless they are given someone who
//! takes it. What becomes of it there (counted, kept in a file) is not their affair.

use super::error::{DumpError, Reason};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// A row that could not be read.
#[derive(Debug, Clone, Copy)]
pub struct BadRow<'a> {
    /// Where, and why.
    pub error: &'a DumpError,
    /// The row.
    pub row: RawRow<'a>,
}

/// A row as it stands in its file, unpacked and decoded.
#[derive(Debug, Clone, Copy)]
pub struct RawRow<'a> {
    /// The header above it, where it is of a CSV file; without a line break.
    pub header: Option<&'a [u8]>,
    /// All of it but the last line break.
    pub text: &'a [u8],
    /// The byte at which it begins, counted from 0.
    pub start: u64,
}

/// Takes rows that could not be read.
pub trait BadRows: Send {
    /// Takes one. A file that is read twice may bring a row twice.
    ///
    /// # Errors
    ///
    /// The row can't be kept.
    fn take(&mut self, row: &BadRow<'_>) -> io::Result<()>;
}

/// What several readers of a run give their bad rows to.
pub type SharedBadRows = Arc<Mutex<dyn BadRows>>;

/// A reader of one file that can leave out the record at hand.
pub(crate) trait PassBadRow {
    /// Makes ready to go on behind the record that could not be read; false where nobody can tell
    /// where the next one begins.
    fn pass_bad_row(&mut self) -> Result<bool, DumpError>;

    /// The record at hand.
    fn bad_row(&self) -> RawRow<'_>;
}

/// Hands a bad row on, and makes its reader go on behind it.
///
/// # Errors
///
/// The error itself, where nobody takes bad rows, or it is not about one row.
pub(crate) fn pass(
    error: DumpError,
    taker: Option<&SharedBadRows>,
    reader: &mut impl PassBadRow,
) -> Result<(), DumpError> {
    let Some(taker) = taker else { return Err(error) };
    if !error.reason().is_of_a_row() || !reader.pass_bad_row()? {
        return Err(error);
    }
    let row = BadRow { error: &error, row: reader.bad_row() };
    let taken = taker.lock().unwrap_or_else(PoisonError::into_inner).take(&row);
    taken.map_err(|failed| DumpError::file_wide(&error.file().into(), Reason::NotKept(failed)))
}
