//! The matrix as CSV, in its long form: a record a pair of segments, in both orders, and one for each
//! segment with itself.

use super::{Counts, Overlap};
use std::io::{self, Write};

/// Writes `a,b,both,share`: the labels, the members of both, and what share of the members of `a` they
/// are, as a fraction of four digits; empty where `a` has none.
///
/// # Errors
///
/// `out` can't be written to.
pub fn csv(overlap: &Overlap, counts: &Counts, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(["a", "b", "both", "share"]).map_err(io::Error::other)?;
    for a in 0..overlap.segments.len() {
        for b in 0..overlap.segments.len() {
            let share = counts.share(a, b).map(|share| format!("{share:.4}"));
            let both = counts.both(a, b).to_string();
            let record = [overlap.label(a), overlap.label(b), &both, &share.unwrap_or_default()];
            writer.write_record(record).map_err(io::Error::other)?;
        }
    }
    writer.flush()
}
