//! What is right in form but probably not meant: the last pass of a check.
//!
//! [`check`] is the whole check of one file as `segkit validate` and the language server make it.

mod fix;

pub use fix::{Fixed, fix};

use crate::dialect::{self, Context, Reading};
use crate::finding::Levels;
use crate::source::SourceFile;

/// Reads a file, says all that is wrong with it or probably not meant, and gives every finding the
/// weight that is set for it.
pub fn check(file: &SourceFile, context: &Context<'_>, levels: &Levels) -> Reading {
    let mut reading = dialect::read(file, context);
    reading.findings.sort_by_key(|finding| finding.span.start);
    levels.apply(&mut reading.findings);
    reading
}
