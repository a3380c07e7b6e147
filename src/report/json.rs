//! Everything that was found, for programs: one JSON object for the whole run.

use super::places::Places;
use super::{Checked, Summary, http_status, pretty_json};
use crate::dialect::{Rule, SegmentReading};
use crate::finding::Finding;
use crate::source::Span;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Run<'a> {
    files: Vec<FileReport<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    segments: Vec<SegmentReport<'a>>,
    findings: Vec<FindingReport<'a>>,
}

#[derive(Serialize)]
struct SegmentReport<'a> {
    name: Option<&'a str>,
    dialect: &'static str,
    rules: Vec<RuleReport<'a>>,
}

#[derive(Serialize)]
struct RuleReport<'a> {
    #[serde(rename = "RuleType")]
    rule_type: &'a str,
    #[serde(rename = "Clause")]
    clause: &'a str,
    line: usize,
    column: usize,
}

/// A place in both manners: lines and columns from 1, columns in characters and the end just
/// behind the last; bytes from 0.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
}

#[derive(Serialize)]
struct FindingReport<'a> {
    /// `null` for findings that have a name only.
    code: Option<u16>,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    /// Index into the file's `segments`.
    segment: Option<usize>,
    /// Index into the segment's `rules`.
    rule: Option<usize>,
    #[serde(flatten)]
    place: Place,
    help: Option<&'a str>,
    related: Vec<RelatedReport<'a>>,
    fix: Option<FixReport<'a>>,
    http_status: Option<u16>,
}

#[derive(Serialize)]
struct RelatedReport<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct FixReport<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// `{"files":[{"file","segments":[…],"findings":[…]}],"summary":{…}}`
pub fn json(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let files = checked.iter().map(file_report).collect();
    pretty_json(&Run { files, summary: Summary::of(checked) }, out)
}

fn file_report(checked: &Checked) -> FileReport<'_> {
    let mut places = Places::new(&checked.file);
    let segments = checked.reading.segments.iter();
    FileReport {
        file: checked.file.name(),
        segments: segments.map(|segment| segment_report(segment, &mut places)).collect(),
        findings: checked
            .reading
            .findings
            .iter()
            .map(|finding| finding_report(checked, finding, &mut places))
            .collect(),
    }
}

fn segment_report<'a>(segment: &'a SegmentReading, places: &mut Places<'_>) -> SegmentReport<'a> {
    let mut rule_report = |rule: &'a Rule| {
        let position = places.position(rule.span.start);
        RuleReport {
            rule_type: &rule.subject,
            clause: &rule.clause,
            line: position.line,
            column: position.column,
        }
    };
    SegmentReport {
        name: segment.name.as_deref(),
        dialect: segment.dialect.name(),
        rules: segment.rules.iter().map(&mut rule_report).collect(),
    }
}

fn finding_report<'a>(
    checked: &'a Checked,
    finding: &'a Finding,
    places: &mut Places<'_>,
) -> FindingReport<'a> {
    let kind = finding.kind;
    FindingReport {
        code: Some(kind.code()).filter(|&code| code != 0),
        name: kind.name(),
        severity: finding.severity.name(),
        message: &finding.message,
        segment: finding.target.segment,
        rule: finding.target.rule,
        place: place(finding.span, places),
        help: finding.help.as_deref(),
        related: finding
            .related
            .iter()
            .map(|(span, label)| RelatedReport { label, place: place(*span, places) })
            .collect(),
        fix: finding
            .fix
            .as_ref()
            .map(|fix| FixReport { replacement: &fix.replacement, place: place(fix.span, places) }),
        http_status: http_status(finding, checked.dialect_of(finding)),
    }
}

fn place(span: Span, places: &mut Places<'_>) -> Place {
    let start = places.position(span.start);
    let end = places.position(span.end);
    Place {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start_byte: span.start,
        end_byte: span.end,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered, span};
    use super::*;
    use crate::finding::Kind;

    #[test]
    fn everything_is_there() {
        let mut one = checked(
            "Name\nCONTAINS é x\n",
            &[("Name", "CONTAINS é x")],
            &[(Kind::VerbIllegalName, Some(0), "CONTAINS"), (Kind::PartOnly, None, "Name")],
        );
        let (verb, name) = (span(&one.file, "CONTAINS"), span(&one.file, "Name"));
        let finding = &mut one.reading.findings[0];
        *finding = finding.clone().related(name, "of this").help("legal: …").fix(verb, "EQUALS");
        insta::assert_snapshot!(rendered(json, &[one]));
    }
}
