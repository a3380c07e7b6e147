//! What was found in files, for programs: one JSON array for the run.

use super::Inspection;
use std::io::{self, Write};

/// An array with an object a file.
///
/// # Errors
///
/// `out` can't be written to.
pub fn json(inspections: &[Inspection], out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, inspections)?;
    out.write_all(b"\n")
}
