//! The counts of a run, and what the vendors would say to it.

use super::{Checked, http_status};
use crate::finding::Severity;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// How much was looked at and how much was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Segments in them.
    pub segments: usize,
    /// Rules in those.
    pub rules: usize,
    /// Findings that make a file invalid.
    pub errors: usize,
    /// Findings that are probably not meant.
    pub warnings: usize,
    /// Findings that are good to know.
    pub notes: usize,
    /// What the vendors would answer to the errors: dialect, where it is known, and HTTP status,
    /// each pair once.
    #[serde(skip)]
    pub answers: BTreeSet<(Option<&'static str>, u16)>,
}

impl Summary {
    /// Counts.
    pub fn of(checked: &[Checked]) -> Self {
        let mut summary = Self { files: checked.len(), ..Self::default() };
        for one in checked {
            summary.segments += one.reading.segments.len();
            summary.rules += one.reading.segments.iter().map(|s| s.rules.len()).sum::<usize>();
            for finding in &one.reading.findings {
                *match finding.severity {
                    Severity::Error => &mut summary.errors,
                    Severity::Warning => &mut summary.warnings,
                    Severity::Note => &mut summary.notes,
                } += 1;
                let dialect = one.dialect_of(finding);
                if let Some(status) = http_status(finding, dialect) {
                    summary.answers.insert((dialect.map(|dialect| dialect.name()), status));
                }
            }
        }
        summary
    }
}

impl fmt::Display for Summary {
    /// `2 files, 3 segments, 14 rules: 1 error, 2 warnings; campaign-monitor would answer HTTP 400`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let looked_at = [("file", self.files), ("segment", self.segments), ("rule", self.rules)];
        for (at, (word, count)) in looked_at.into_iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{count} {word}{}", plural(count))?;
        }
        let found = [("error", self.errors), ("warning", self.warnings), ("note", self.notes)];
        let mut mark = ": ";
        for (word, count) in found.into_iter().filter(|&(_, count)| count > 0) {
            write!(f, "{mark}{count} {word}{}", plural(count))?;
            mark = ", ";
        }
        if mark == ": " {
            f.write_str(": nothing found")?;
        }
        // Only what is no criteria at all is of no dialect; any vendor answers it alike.
        let known =
            |status| self.answers.iter().any(|&(who, also)| who.is_some() && also == status);
        let answers = self.answers.iter().filter(|&&(who, status)| who.is_some() || !known(status));
        for (at, (dialect, status)) in answers.enumerate() {
            let who = dialect.unwrap_or("any vendor");
            match at {
                0 => write!(f, "; {who} would answer HTTP {status}")?,
                _ => write!(f, ", {who} HTTP {status}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::checked;
    use super::*;
    use crate::finding::Kind;

    #[test]
    fn one_line() {
        let wrong =
            checked("a b c", &[("A", "a"), ("B", "b")], &[(Kind::VerbIllegalName, Some(0), "a")]);
        let right = checked("a", &[("A", "a")], &[(Kind::PartOnly, None, "a")]);
        let clean = checked("a", &[("A", "a")], &[]);
        let mut nothing = checked("a", &[], &[(Kind::NoDialect, None, "a")]);
        nothing.reading.segments.clear();
        for (files, expected) in [
            (
                vec![nothing.clone()],
                "1 file, 0 segments, 0 rules: 1 error; any vendor would answer HTTP 400",
            ),
            (
                vec![nothing, wrong.clone()],
                "2 files, 1 segment, 2 rules: 2 errors; campaign-monitor would answer HTTP 400",
            ),
            (vec![], "0 files, 0 segments, 0 rules: nothing found"),
            (vec![clean], "1 file, 1 segment, 1 rule: nothing found"),
            (vec![right.clone()], "1 file, 1 segment, 1 rule: 1 note"),
            (
                vec![wrong, right],
                "2 files, 2 segments, 3 rules: 1 error, 1 note; \
                 campaign-monitor would answer HTTP 400",
            ),
        ] {
            assert_eq!(Summary::of(&files).to_string(), expected);
        }
    }
}
