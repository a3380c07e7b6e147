//! The certain fixes of a file, put into effect.

use super::check;
use crate::dialect::{Context, Reading};
use crate::finding::{Finding, Levels};
use crate::source::{SourceFile, edit};
use std::convert::Infallible;

/// After this many rounds fixing ends, whatever there is left to fix.
const MAX_ROUNDS: usize = 10;

/// What became of a file.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The file with its fixes in effect.
    pub file: SourceFile,
    /// What is left to say about it.
    pub reading: Reading,
    /// How many fixes took effect.
    pub fixes: usize,
}

/// Puts into effect the certain fixes of what [`check`] finds in a file, see [`fix_by`].
pub fn fix(file: &SourceFile, context: &Context<'_>, levels: &Levels) -> Fixed {
    match fix_by(file, |file| Ok::<_, Infallible>(check(file, context, levels))) {
        Ok(fixed) => fixed,
        Err(never) => match never {},
    }
}

/// Puts into effect the certain fixes of what `check` finds in a file, in rounds: those that overlap
/// wait for the next, in which the file is read anew. A file that isn't UTF-8, whose text isn't
/// known, is left alone.
///
/// # Errors
///
/// What `check` says.
pub fn fix_by<E>(
    file: &SourceFile,
    mut check: impl FnMut(&SourceFile) -> Result<Reading, E>,
) -> Result<Fixed, E> {
    let reading = check(file)?;
    let mut fixed = Fixed { file: file.clone(), reading, fixes: 0 };
    if file.not_utf8().is_some() {
        return Ok(fixed);
    }
    for _ in 0..MAX_ROUNDS {
        let fixes = fixed.reading.findings.iter().filter_map(|Finding { fix, .. }| fix.as_ref());
        let edits = fixes.map(|fix| (fix.span, fix.replacement.as_str()));
        let (text, applied) = edit::apply(fixed.file.text(), edits);
        if applied == 0 {
            break;
        }
        fixed.file = SourceFile::new(file.name(), text.into_bytes());
        fixed.reading = check(&fixed.file)?;
        fixed.fixes += applied;
    }
    Ok(fixed)
}
