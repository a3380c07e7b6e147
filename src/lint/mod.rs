//! What is right in form but probably not meant: the last pass of a check.
//!
//! [`check`] is the whole check of one file as `segkit validate` and the language server make it;
//! [`check_over`] makes it with dumps at hand, so that it can say how many contacts an ambiguous
//! reading concerns; [`repeated_titles`] is what shows only when all files of a run are looked at.
//! One small file holds one lint or a few that go together; all look at a segment through its
//! `outline`, and at what follows from its rules through [`crate::logic`]. When each lint speaks is
//! told in `docs/semantics.md`, "Lints on meaning".

mod contradictions;
mod data;
mod missing;
mod outline;
mod pairs;
mod readings;
mod removal;
#[cfg(test)]
mod tests;
mod titles;
mod useless;
mod windows;

pub use data::Dumps;
pub use titles::repeated as repeated_titles;

mod fix;

pub use fix::{Fixed, fix, fix_by};

use crate::dialect::{self, Context, Reading};
use crate::engine::EngineError;
use crate::finding::{Finding, Levels};
use crate::logic::Setting;
use crate::source::SourceFile;
use data::Counting;
use outline::Outline;
use pairs::Budget;
use readings::READINGS;

/// Reads a file, says all that is wrong with it or probably not meant, and gives every finding the
/// weight that is set for it.
pub fn check(file: &SourceFile, context: &Context<'_>, levels: &Levels) -> Reading {
    let mut reading = dialect::read(file, context);
    let mut found = Vec::new();
    for outline in outlines(file, context, &reading) {
        found.extend(of_logic(&outline));
        found.extend(missing::note(&outline));
        found.extend(READINGS.iter().filter_map(|reading| reading.note(&outline)));
    }
    finish(&mut reading, found, levels);
    reading
}

/// Like [`check`], with the numbers of contacts that dumps tell.
///
/// # Errors
///
/// A dump can't be read. Columns that it hasn't count as missing.
pub fn check_over(
    file: &SourceFile,
    context: &Context<'_>,
    levels: &Levels,
    dumps: Dumps<'_>,
) -> Result<Reading, EngineError> {
    let mut reading = dialect::read(file, context);
    // Findings of the reader get numbers too, so they stand among the others while it is counted.
    let mut found = std::mem::take(&mut reading.findings);
    for outline in outlines(file, context, &reading) {
        found.extend(of_logic(&outline));
        if let Some(counting) = Counting::new(&outline, dumps) {
            counting.negatives(&mut found)?;
            counting.readings(&mut found)?;
        }
    }
    finish(&mut reading, found, levels);
    Ok(reading)
}

fn outlines<'a>(
    file: &'a SourceFile,
    context: &Context<'_>,
    reading: &'a Reading,
) -> impl Iterator<Item = Outline<'a>> {
    let setting = Setting::at(context.as_of, context.zone);
    let numbered = reading.segments.iter().enumerate();
    numbered.filter_map(move |(index, segment)| Outline::new(file, index, segment, setting))
}

/// What the criteria alone tell.
fn of_logic(outline: &Outline<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let budget = Budget::new();
    windows::empty_windows(outline, &mut findings);
    // What is reported as contradicting isn't reported as useless as well.
    let mut spoken = contradictions::contradictions(outline, &budget, &mut findings);
    spoken.extend(contradictions::always_true(outline, &budget, &mut findings));
    findings.extend(useless::useless(outline, &budget, spoken));
    findings
}

fn finish(reading: &mut Reading, found: Vec<Finding>, levels: &Levels) {
    reading.findings.extend(found);
    reading.findings.sort_by_key(|finding| finding.span.start);
    levels.apply(&mut reading.findings);
}
