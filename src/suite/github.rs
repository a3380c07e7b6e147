//! A run as annotations for GitHub: an error beside every expectation that failed and in every file
//! that can't be run, a warning beside every case that has one and beside every rule of which a change
//! wasn't noticed.

use super::coverage::Coverage;
use super::outcome::{Broken, Outcome, Run, Verdict};
use super::text::rule_words;
use crate::report::file_name::slashed;
use crate::report::github::{data, property};
use crate::report::words::{LONGEST_MESSAGE, cropped, one_line};
use crate::source::Position;
use std::io::{self, Write};

/// The whole run, a workflow command a finding. `least` is the share of changes that must be
/// noticed, in hundredths.
///
/// # Errors
///
/// Whatever `out` says.
pub fn github(run: &Run, least: Option<f64>, out: &mut dyn Write) -> io::Result<()> {
    for ran in &run.files {
        match &ran.cases {
            Ok(cases) => cases.iter().try_for_each(|case| of_case(&ran.file, case, out))?,
            Err(error) => broken(&ran.file, "test file", error, out)?,
        }
    }
    match &run.coverage {
        Some(coverage) => of_coverage(coverage, least, out),
        None => Ok(()),
    }
}

fn of_case(file: &str, case: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    match &case.verdict {
        Verdict::Passed => {}
        Verdict::Failed { failures, .. } => failures.iter().try_for_each(|failure| {
            let message = failure.to_string();
            command("error", Some((file, Some(failure.place))), &case.name, &message, out)
        })?,
        Verdict::Broken(error) => broken(file, &case.name, error, out)?,
    }
    let place = Some((file, Some(case.place)));
    let mut warnings = case.warnings.iter();
    warnings.try_for_each(|warning| command("warning", place, &case.name, warning, out))
}

fn broken(file: &str, title: &str, error: &Broken, out: &mut dyn Write) -> io::Result<()> {
    command("error", Some((file, error.place)), title, &error.message, out)
}

fn of_coverage(coverage: &Coverage, least: Option<f64>, out: &mut dyn Write) -> io::Result<()> {
    for segment in &coverage.segments {
        for change in segment.survivors() {
            let words = change.words.as_deref().map(|words| format!(" `{}`", rule_words(words)));
            let (which, words) = (change.which(), words.unwrap_or_default());
            let message = format!("no test notices: {which}{words}: {}", change.change);
            let place = Some((segment.file.as_str(), Some(change.place)));
            command("warning", place, "coverage", &message, out)?;
        }
    }
    if coverage.is_below(least) {
        return command("error", None, "coverage", &coverage.verdict(least), out);
    }
    Ok(())
}

fn command(
    name: &str,
    place: Option<(&str, Option<Position>)>,
    title: &str,
    message: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut properties = String::new();
    if let Some((file, place)) = place {
        properties = format!("file={},", property(&slashed(file, cfg!(windows))));
        if let Some(Position { line, column }) = place {
            properties.push_str(&format!("line={line},col={column},"));
        }
    }
    let title = property(&one_line(&cropped(title, LONGEST_MESSAGE)));
    let message = data(&one_line(&cropped(message, LONGEST_MESSAGE)));
    writeln!(out, "::{name} {properties}title={title}::{message}")
}
