//! A run for people: one line a case; of one that failed what was expected and found, and of each
//! contact that isn't where it should be the verdict of each rule.

use super::coverage::{Coverage, SegmentCoverage, Share};
use super::explain::Wrong;
use super::outcome::{Counts, Outcome, Run, Verdict};
use crate::report::words::{LONGEST_MESSAGE, LONGEST_WORDS, cropped, one_line};
use anstyle::{AnsiColor, Style};
use std::fmt;
use std::io::{self, Write};

/// What may come from a file, as it may be shown.
fn shown(words: &str) -> String {
    one_line(&cropped(words, LONGEST_MESSAGE))
}

/// The words of a rule.
pub(super) fn rule_words(words: &str) -> String {
    one_line(&cropped(words, LONGEST_WORDS))
}

fn coloured(words: &str, colour: AnsiColor) -> String {
    let style = Style::new().fg_color(Some(colour.into())).bold();
    format!("{style}{words}{style:#}")
}

/// The whole run. `least` is the share of changes that must be noticed, in hundredths.
///
/// # Errors
///
/// Whatever `out` says.
pub fn text(run: &Run, least: Option<f64>, out: &mut dyn Write) -> io::Result<()> {
    for ran in &run.files {
        match &ran.cases {
            Ok(cases) => cases.iter().try_for_each(|case| of_case(&ran.file, case, out))?,
            Err(broken) => {
                let place = broken.place.map(|place| format!(":{}:{}", place.line, place.column));
                let file = format!("{}{}", shown(&ran.file), place.unwrap_or_default());
                writeln!(out, "{} {file}", coloured("error", AnsiColor::Red))?;
                writeln!(out, "        {}", shown(&broken.message))?;
            }
        }
    }
    if let Some(coverage) = &run.coverage {
        writeln!(out)?;
        of_coverage(coverage, least, out)?;
    }
    writeln!(out, "\n{}", run.counts())
}

fn of_case(file: &str, case: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{}: {}", shown(file), shown(&case.name));
    match &case.verdict {
        Verdict::Passed => writeln!(out, "{}    {title}", coloured("ok", AnsiColor::Green))?,
        Verdict::Failed { failures, wrong } => {
            writeln!(out, "{}  {title}", coloured("FAIL", AnsiColor::Red))?;
            for failure in failures {
                let (place, file) = (failure.place, shown(file));
                writeln!(out, "        {file}:{}:{}", place.line, place.column)?;
                writeln!(out, "        {}", shown(&failure.to_string()))?;
            }
            wrong.iter().try_for_each(|wrong| of_contact(wrong, out))?;
        }
        Verdict::Broken(broken) => {
            writeln!(out, "{} {title}", coloured("error", AnsiColor::Red))?;
            if let Some(place) = broken.place {
                writeln!(out, "        {}:{}:{}", shown(file), place.line, place.column)?;
            }
            writeln!(out, "        {}", shown(&broken.message))?;
        }
    }
    for warning in &case.warnings {
        writeln!(out, "        {}: {}", coloured("warning", AnsiColor::Yellow), shown(warning))?;
    }
    Ok(())
}

fn of_contact(wrong: &Wrong, out: &mut dyn Write) -> io::Result<()> {
    let is = if wrong.is_in { "in" } else { "out" };
    writeln!(out, "          {} is {is}{}", shown(&wrong.contact), wrong.why())?;
    for rule in &wrong.rules {
        let holds = if rule.holds { "holds" } else { "fails" };
        writeln!(out, "            rule {} {holds}: {}", rule.number, rule_words(&rule.words))?;
    }
    Ok(())
}

impl Wrong {
    /// What keeps a contact out for whom the rules hold.
    pub(super) fn why(&self) -> &'static str {
        match (self.is_in, self.holds) {
            (false, true) => {
                ": the rules hold, but it isn't looked at (status, list, or added after as-of)"
            }
            _ => "",
        }
    }
}

fn of_coverage(coverage: &Coverage, least: Option<f64>, out: &mut dyn Write) -> io::Result<()> {
    for segment in &coverage.segments {
        writeln!(out, "coverage of {}", segment.headline())?;
        for change in segment.survivors() {
            let words = change.words.as_deref().map(|words| format!(" `{}`", rule_words(words)));
            writeln!(
                out,
                "  not noticed: {}:{}:{}: {}{}: {}",
                shown(&segment.file),
                change.place.line,
                change.place.column,
                change.which(),
                words.unwrap_or_default(),
                shown(&change.change)
            )?;
        }
    }
    writeln!(out, "coverage: {}", coverage.verdict(least))
}

impl Coverage {
    /// Whether fewer changes are noticed than must be, in hundredths. Nothing is too few of nothing.
    pub fn is_below(&self, least: Option<f64>) -> bool {
        least.zip(self.share().percent()).is_some_and(|(least, share)| share < least)
    }

    /// The share of all, and whether that is enough.
    pub(super) fn verdict(&self, least: Option<f64>) -> String {
        let below = match least.filter(|_| self.is_below(least)) {
            Some(least) => format!(", fewer than {least} %"),
            None => String::new(),
        };
        format!("{}{below}", self.share())
    }
}

impl SegmentCoverage {
    /// The segment and its share.
    pub(super) fn headline(&self) -> String {
        let name = self.name.as_ref().map(|name| format!(" \"{}\"", shown(name)));
        let title = format!("{}{}", shown(&self.file), name.unwrap_or_default());
        if self.failing > 0 {
            let fail = if self.failing == 1 { "fails" } else { "fail" };
            return format!("{title}: not measured, since {} of its cases {fail}", self.failing);
        }
        let equivalent = match self.equivalent() {
            0 => String::new(),
            1 => "; 1 changes nothing".to_owned(),
            several => format!("; {several} change nothing"),
        };
        format!("{title}: {}{equivalent}", self.share())
    }
}

impl fmt::Display for Share {
    /// `10 of 12 changes noticed (83.3 %)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(percent) = self.percent() else { return f.write_str("no change to notice") };
        let plural = if self.of == 1 { "" } else { "s" };
        write!(f, "{} of {} change{plural} noticed ({percent:.1} %)", self.noticed, self.of)
    }
}

impl fmt::Display for Counts {
    /// `3 cases in 2 files: 2 passed, 1 failed`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let Self { files, cases, passed, failed, broken, unreadable } = *self;
        write!(
            f,
            "{cases} case{} in {files} file{}: {passed} passed",
            plural(cases),
            plural(files)
        )?;
        for (count, what) in [(failed, "failed"), (broken, "could not be run")] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        match unreadable {
            0 => Ok(()),
            count => write!(f, "; {count} file{} can't be read", plural(count)),
        }
    }
}
