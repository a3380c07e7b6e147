//! The segment that a case tests, read from its criteria file.

use super::case_error::CaseError;
use super::file::Case;
use crate::account::Account;
use crate::answer::subject::Written;
use crate::criteria::Segment;
use crate::dialect::{Context, SegmentReading, read_to_evaluate, segment_called, segment_names};
use crate::engine::Options;
use crate::finding::Finding;
use crate::report::{Checked, concise};
use crate::source::SourceFile;
use std::fs;
use std::path::PathBuf;

/// A segment that is tested.
#[derive(Debug)]
pub(super) struct Tested {
    /// What tells it from the others that are: its file, and its number there.
    pub key: (PathBuf, usize),
    /// Its file, as it is shown.
    pub file: String,
    /// Its name.
    pub name: Option<String>,
    /// What it asks.
    pub segment: Segment,
    /// Its rules; a `RuleId` is an index here.
    pub rules: Vec<Written>,
}

/// What came of reading.
pub(super) enum Reading {
    /// The segment.
    Sound(Box<Tested>),
    /// What is wrong, a line a finding.
    Invalid(Vec<String>),
}

/// Reads the segment of a case.
///
/// # Errors
///
/// The file can't be read, or holds no such segment, or several where none is named.
pub(super) fn read(
    case: &Case,
    account: &Account,
    options: &Options,
) -> Result<Reading, CaseError> {
    let path = &case.criteria;
    let name = case.shown_criteria();
    let bytes =
        fs::read(path).map_err(|reason| CaseError::Criteria { file: name.clone(), reason })?;
    let file = SourceFile::new(name.clone(), bytes);
    let Options { as_of, zone, .. } = *options;
    let context = Context { account, as_of, zone, dialect: case.settings.dialect() };
    let mut reading = read_to_evaluate(&file, &context);
    if reading.findings.iter().any(Finding::is_error) {
        reading.findings.retain(Finding::is_error);
        return Ok(Reading::Invalid(lines(Checked { file, reading })));
    }
    let number = chosen(case, &name, &reading.segments)?;
    let none = || CaseError::NoSegment { file: name.clone(), message: "holds no segment".into() };
    let read = reading.segments.get(number).ok_or_else(none)?;
    let segment = read.segment.clone().ok_or_else(none)?;
    Ok(Reading::Sound(Box::new(Tested {
        key: (path.canonicalize().unwrap_or_else(|_| path.clone()), number),
        rules: read.rules.iter().map(|rule| Written::of(rule, &file)).collect(),
        name: read.name.clone(),
        file: name,
        segment,
    })))
}

/// Which segment of the file is meant.
fn chosen(case: &Case, file: &str, all: &[SegmentReading]) -> Result<usize, CaseError> {
    let wrong = |message: String| CaseError::NoSegment { file: file.to_owned(), message };
    let Some(wanted) = case.segment.as_deref() else {
        return match all {
            [_] => Ok(0),
            [] => Err(wrong("holds no segment".to_owned())),
            all => Err(wrong(format!(
                "holds {} segments; choose one with `segment`: {}",
                all.len(),
                segment_names(all)
            ))),
        };
    };
    segment_called(all, wanted).ok_or_else(|| {
        wrong(format!("holds no segment `{wanted}`; there are {}", segment_names(all)))
    })
}

/// What is wrong, one line a finding.
fn lines(checked: Checked) -> Vec<String> {
    let mut text = Vec::new();
    // Nothing fails that is written to memory.
    let _ = concise(&[checked], &mut text);
    String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
}
