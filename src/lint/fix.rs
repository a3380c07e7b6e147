//! The certain fixes of a file, put into effect.

use super::check;
use crate::dialect::{Context, Reading};
use crate::finding::{Finding, Levels};
use crate::source::{SourceFile, edit};

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

/// Checks a file, and puts into effect the certain fixes of what is found, in rounds: those that
/// overlap wait for the next, in which the file is read anew. Findings that `levels` allow are not
/// fixed; nor is a file that isn't UTF-8, whose text isn't known.
pub fn fix(file: &SourceFile, context: &Context<'_>, levels: &Levels) -> Fixed {
    let reading = check(file, context, levels);
    let mut fixed = Fixed { file: file.clone(), reading, fixes: 0 };
    if file.not_utf8().is_some() {
        return fixed;
    }
    for _ in 0..MAX_ROUNDS {
        let fixes = fixed.reading.findings.iter().filter_map(|Finding { fix, .. }| fix.as_ref());
        let edits = fixes.map(|fix| (fix.span, fix.replacement.as_str()));
        let (text, applied) = edit::apply(fixed.file.text(), edits);
        if applied == 0 {
            break;
        }
        fixed.file = SourceFile::new(file.name(), text.into_bytes());
        fixed.reading = check(&fixed.file, context, levels);
        fixed.fixes += applied;
    }
    fixed
}
