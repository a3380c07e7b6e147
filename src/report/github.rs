//! Annotations for GitHub: workflow commands that its runner reads from a step's output and shows
//! beside the lines of a change (GitHub's page "Workflow commands for GitHub Actions").

use super::Checked;
use super::concise::place;
use super::file_name::slashed;
use super::places::Places;
use super::words::{LONGEST_MESSAGE, cropped, id, one_line};
use crate::finding::{Finding, Severity};
use crate::source::{STDIN, SourceFile};
use std::io::{self, Write};

/// `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message` for every finding; `warning`
/// and `notice` for warnings and notes. Lines and columns count from 1, columns in characters and
/// the end just behind the last.
pub fn github(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for one in checked {
        let mut places = Places::new(&one.file);
        for finding in &one.reading.findings {
            writeln!(out, "{}", command(&one.file, finding, &mut places))?;
        }
    }
    Ok(())
}

fn command(file: &SourceFile, finding: &Finding, places: &mut Places<'_>) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = String::new();
    let mut message = one_line(&cropped(&finding.message, LONGEST_MESSAGE));
    // There is no file to show it beside, so the message says where it is.
    if file.name() == STDIN {
        message = format!("{}: {message}", place(file, finding, places));
    } else {
        properties = region(file, finding, places);
    }
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {}", one_line(&cropped(help, LONGEST_MESSAGE))));
    }
    let title = property(&id(finding.kind));
    format!("::{name} {properties}title={title}::{}", data(&message))
}

/// The properties that say where it is, each with a comma behind it. Where a place goes over
/// several lines, GitHub takes no columns.
fn region(file: &SourceFile, finding: &Finding, places: &mut Places<'_>) -> String {
    let (start, end) = (places.position(finding.span.start), places.position(finding.span.end));
    let name = property(&slashed(file.name(), cfg!(windows)));
    let lines = format!("file={name},line={},endLine={},", start.line, end.line);
    if start.line != end.line {
        return lines;
    }
    format!("{lines}col={},endColumn={},", start.column, end.column)
}

/// A command's message: percent signs first, since they are what the escapes begin with.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, which ends at a comma or colon.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered};
    use super::*;
    use crate::finding::Kind;
    use crate::source::Span;

    #[test]
    fn one_command_a_finding() {
        let text = "\"é 🎉\": 100%\nx";
        let mut one = checked(
            text,
            &[("Name", "100%")],
            &[
                (Kind::VerbIllegalName, Some(0), "100%"),
                (Kind::UnknownKey, Some(0), "100%"),
                (Kind::UnknownKey, None, "x"),
                (Kind::PartOnly, None, "x"),
            ],
        );
        let findings = &mut one.reading.findings;
        findings[0] = findings[0].clone().help("100 % of `a`, `b`:\r\nall");
        findings[1].severity = Severity::Error;
        findings[3].span = Span::new(0, text.len());
        assert_eq!(
            rendered(github, &[one]),
            "::error file=a.json,line=1,endLine=1,col=8,endColumn=12,title=2712 illegal-verb-name\
             ::about `100%25`%0Ahelp: 100 %25 of `a`, `b`:\\r\\nall\n\
             ::error file=a.json,line=1,endLine=1,col=8,endColumn=12,title=unknown-key\
             ::about `100%25`\n\
             ::warning file=a.json,line=2,endLine=2,col=1,endColumn=2,title=unknown-key\
             ::about `x`\n\
             ::notice file=a.json,line=1,endLine=2,title=part-only::about `x`\n"
        );
    }

    #[test]
    fn names_of_files_cannot_end_the_property() {
        for (name, expected) in [
            ("./a,b:c%\r\n.json", "file=a%2Cb%3Ac%25%0D%0A.json,line=1,endLine=1,col=1,"),
            ("<stdin>", "title=unknown-key::<stdin>:1:1: about `x`"),
        ] {
            let mut one = checked("x", &[], &[(Kind::UnknownKey, None, "x")]);
            one.file = SourceFile::new(name, b"x".to_vec());
            let written = rendered(github, &[one]);
            assert!(written.starts_with(&format!("::warning {expected}")), "{written}");
            assert_eq!(written.lines().count(), 1, "{written}");
        }
    }
}
