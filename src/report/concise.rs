//! One line a finding, for editors and whatever else reads compilers' messages:
//! `file:line:col: code name: message`.
//!
//! What has no code of its own, as warnings and notes, has its weight in the code's place: `error`
//! (where it is denied), `warning` or `note`. So an error begins with a number or with `error`, and one
//! pattern reads every line: `^(.+):(\d+):(\d+): (\S+) ([a-z-]+): (.*)$`.

use super::Checked;
use super::places::Places;
use super::words::{LONGEST_MESSAGE, cropped, one_line};
use crate::finding::{Finding, Severity};
use crate::source::SourceFile;
use std::borrow::Cow;
use std::io::{self, Write};

/// A line for every finding of every file, and nothing else.
pub fn concise(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for one in checked {
        let mut places = Places::new(&one.file);
        for finding in &one.reading.findings {
            writeln!(out, "{}", line(&one.file, finding, &mut places))?;
        }
    }
    Ok(())
}

/// The line of one finding.
pub(super) fn line(file: &SourceFile, finding: &Finding, places: &mut Places<'_>) -> String {
    let message = one_line(&cropped(&finding.message, LONGEST_MESSAGE));
    let (place, weight) = (place(file, finding, places), weight(finding));
    format!("{place}: {weight} {}: {message}", finding.kind.name())
}

/// `file:line:col`
pub(super) fn place(file: &SourceFile, finding: &Finding, places: &mut Places<'_>) -> String {
    let position = places.position(finding.span.start);
    format!("{}:{}:{}", one_line(file.name()), position.line, position.column)
}

fn weight(finding: &Finding) -> Cow<'static, str> {
    match (finding.severity, finding.kind.code()) {
        (Severity::Error, code) if code != 0 => code.to_string().into(),
        (severity, _) => severity.name().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered};
    use super::*;
    use crate::finding::Kind;

    #[test]
    fn one_line_a_finding() {
        let mut one = checked(
            "\"é 🎉\": CONTAINS\nx",
            &[("Name", "CONTAINS")],
            &[
                (Kind::VerbIllegalName, Some(0), "CONTAINS"),
                (Kind::UnknownKey, Some(0), "CONTAINS"),
                (Kind::UnknownKey, None, "x"),
                (Kind::PartOnly, None, "x"),
            ],
        );
        one.reading.findings[1].severity = Severity::Error;
        one.reading.findings[3].message = "two\nlines".to_owned();
        assert_eq!(
            rendered(concise, &[one]),
            "a.json:1:8: 2712 illegal-verb-name: about `CONTAINS`\n\
             a.json:1:8: error unknown-key: about `CONTAINS`\n\
             a.json:2:1: warning unknown-key: about `x`\n\
             a.json:2:1: note part-only: two\\nlines\n"
        );
        assert_eq!(rendered(concise, &[checked("x", &[], &[])]), "");
    }
}
