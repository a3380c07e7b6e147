//! JUnit XML, as Jenkins, GitLab and others read it from a run of tests: one `testsuite` a file, one
//! `testcase` a segment, and one for the file itself where findings concern no segment or there is
//! none. It keeps to the schema that Jenkins checks (`junit-10.xsd`), and holds no times, so that the
//! same files give the same report.

use super::concise::line;
use super::places::Places;
use super::words::{LONGEST_MESSAGE, LONGEST_WORDS, cropped, id, one_line};
use super::{Checked, file_name::slashed};
use crate::dialect::{Reading, SegmentReading};
use crate::finding::{Finding, Severity};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

/// The whole report. A segment with errors, or with what the run denies, is one failure, however
/// many there are: readers take only the first of a case. Its warnings and notes are its output.
pub fn junit(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let suites: Vec<Vec<Case<'_>>> = checked.iter().map(|one| cases(&one.reading)).collect();
    let [tests, failures] = counts(suites.iter().flatten());
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", "segkit validate"))
        .with_attribute(("tests", tests.as_str()))
        .with_attribute(("failures", failures.as_str()))
        .with_attribute(("errors", "0"))
        .write_inner_content(|xml| {
            checked.iter().zip(&suites).try_for_each(|(one, cases)| suite(one, cases, xml))
        })?;
    xml.into_inner().write_all(b"\n")
}

/// What becomes a `testcase`.
struct Case<'a> {
    name: String,
    /// What makes it fail.
    failures: Vec<&'a Finding>,
    /// What doesn't.
    others: Vec<&'a Finding>,
}

impl<'a> Case<'a> {
    fn new(name: String) -> Self {
        Self { name, failures: Vec::new(), others: Vec::new() }
    }

    fn add(&mut self, finding: &'a Finding) {
        match finding.severity {
            Severity::Error => self.failures.push(finding),
            Severity::Warning | Severity::Note => self.others.push(finding),
        }
    }

    fn is_silent(&self) -> bool {
        self.failures.is_empty() && self.others.is_empty()
    }
}

/// The number of cases, and of those that fail.
fn counts<'a>(cases: impl Iterator<Item = &'a Case<'a>> + Clone) -> [String; 2] {
    let failed = cases.clone().filter(|case| !case.failures.is_empty()).count();
    [cases.count().to_string(), failed.to_string()]
}

fn cases(reading: &Reading) -> Vec<Case<'_>> {
    let mut whole = Case::new("the file".to_owned());
    let mut segments: Vec<Case<'_>> = names(reading).into_iter().map(Case::new).collect();
    for finding in &reading.findings {
        let concerned = segment_of(reading, finding).and_then(|at| segments.get_mut(at));
        concerned.unwrap_or(&mut whole).add(finding);
    }
    if segments.is_empty() || !whole.is_silent() {
        segments.insert(0, whole);
    }
    segments
}

/// The segment that a finding concerns: a fault in the JSON of one concerns that one.
fn segment_of(reading: &Reading, finding: &Finding) -> Option<usize> {
    let place = finding.span.start;
    let around = || {
        let after = reading.segments.partition_point(|segment| segment.span.start <= place);
        let last = after.checked_sub(1)?;
        reading.segments.get(last).filter(|segment| place < segment.span.end).map(|_| last)
    };
    finding.target.segment.or_else(around)
}

/// The segments' names, with their number where there is none or another has the same.
fn names(reading: &Reading) -> Vec<String> {
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for name in reading.segments.iter().filter_map(|segment| segment.name.as_deref()) {
        *bearers.entry(name).or_default() += 1;
    }
    let name = |(at, segment): (usize, &SegmentReading)| {
        let number = format!("segment {}", at + 1);
        match segment.name.as_deref().filter(|name| !name.trim().is_empty()) {
            None => number,
            Some(name) => {
                let shown = one_line(&cropped(name, LONGEST_WORDS));
                let alone = bearers.get(name) == Some(&1);
                if alone { shown } else { format!("{shown} ({number})") }
            }
        }
    };
    reading.segments.iter().enumerate().map(name).collect()
}

fn suite(one: &Checked, cases: &[Case<'_>], xml: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let [tests, failures] = counts(cases.iter());
    let file = one_line(&slashed(one.file.name(), cfg!(windows)));
    // Jenkins takes what stands before the last dot of a class's name for a package.
    let class = Path::new(&file).with_extension("");
    let class = class.to_string_lossy();
    let mut places = Places::new(&one.file);
    xml.create_element("testsuite")
        .with_attribute(("name", file.as_str()))
        .with_attribute(("tests", tests.as_str()))
        .with_attribute(("failures", failures.as_str()))
        .with_attribute(("errors", "0"))
        .with_attribute(("file", file.as_str()))
        .write_inner_content(|xml| {
            cases.iter().try_for_each(|case| {
                let lines = |findings: &[&Finding], places: &mut Places<'_>| {
                    findings.iter().map(|finding| lines(one, finding, places)).collect::<String>()
                };
                let failed = lines(&case.failures, &mut places);
                let said = lines(&case.others, &mut places);
                testcase(case, &class, &failed, &said, xml)
            })
        })?;
    Ok(())
}

/// A finding's line as `concise` has it, and its help below.
fn lines(one: &Checked, finding: &Finding, places: &mut Places<'_>) -> String {
    let mut lines = line(&one.file, finding, places) + "\n";
    if let Some(help) = &finding.help {
        lines.push_str(&format!("  help: {}\n", one_line(&cropped(help, LONGEST_MESSAGE))));
    }
    lines
}

fn testcase(
    case: &Case<'_>,
    class: &str,
    failed: &str,
    said: &str,
    xml: &mut Writer<&mut dyn Write>,
) -> io::Result<()> {
    let element = xml
        .create_element("testcase")
        .with_attribute(("name", case.name.as_str()))
        .with_attribute(("classname", class));
    if failed.is_empty() && said.is_empty() {
        return element.write_empty().map(drop);
    }
    element.write_inner_content(|xml| {
        if let Some(first) = case.failures.first() {
            xml.create_element("failure")
                .with_attribute(("type", id(first.kind).as_str()))
                .with_attribute(("message", headline(first, case.failures.len() - 1).as_str()))
                .write_text_content(BytesText::new(failed))?;
        }
        if !said.is_empty() {
            xml.create_element("system-out").write_text_content(BytesText::new(said))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The first message, and how many more there are.
fn headline(first: &Finding, more: usize) -> String {
    let message = one_line(&cropped(&first.message, LONGEST_MESSAGE));
    if more == 0 { message } else { format!("{message} (and {more} more)") }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered, span};
    use super::*;
    use crate::finding::Kind;
    use crate::source::SourceFile;

    #[test]
    fn cases_of_segments_and_files() {
        let mut one = checked("(a) (b) (c) & no", &[], &[]);
        let segment = |words: &str, name: Option<&str>| SegmentReading {
            span: span(&one.file, words),
            name: name.map(str::to_owned),
            ..one.reading.segments[0].clone()
        };
        one.reading.segments = vec![
            segment("(a)", Some("Same \"<&>\" ]]>")),
            segment("(b)", None),
            segment("(c)", Some("Same \"<&>\" ]]>")),
        ];
        let finding =
            |kind, words: &str, message: &str| Finding::new(kind, span(&one.file, words), message);
        one.reading.findings = vec![
            finding(Kind::JsonFault, "b", "a < b \u{0}\u{1b}\u{ffff}").help("write `&lt;`"),
            finding(Kind::UnknownKey, "b", "denied").weighing(Severity::Error),
            finding(Kind::UnknownKey, "c", "unknown key"),
            finding(Kind::PartOnly, "c", "only a part"),
            finding(Kind::NoDialect, "no", "nothing"),
        ];
        let mut clean = checked("x", &[], &[]);
        clean.file = SourceFile::new("./a & \"b\".v2.json", Vec::new());
        let mut empty = checked("", &[], &[]);
        empty.reading.segments.clear();
        insta::assert_snapshot!(rendered(junit, &[one, clean, empty]));
    }
}
