//! A run as JUnit XML: one `testsuite` a file, one `testcase` a case; what couldn't be run is an
//! `error`. Coverage is a suite of its own, one `testcase` a segment, whose output names the changes
//! that nothing notices. It keeps to the schema that Jenkins checks, and holds no times, so that the
//! same files give the same report.

use super::coverage::{Coverage, SegmentCoverage};
use super::outcome::{Outcome, Ran, Run, Verdict};
use super::text::rule_words;
use crate::report::file_name::slashed;
use crate::report::words::{LONGEST_MESSAGE, LONGEST_WORDS, cropped, one_line};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

/// The whole report. `least` is the share of changes that must be noticed, in hundredths.
///
/// # Errors
///
/// Whatever `out` says.
pub fn junit(run: &Run, least: Option<f64>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: Vec<Suite> = run.files.iter().map(Suite::of).collect();
    suites.extend(run.coverage.as_ref().map(|coverage| Suite::of_coverage(coverage, least)));
    let [tests, failures, errors] = counts(suites.iter().flat_map(|suite| &suite.cases));
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", "segkit test"))
        .with_attribute(("tests", tests.as_str()))
        .with_attribute(("failures", failures.as_str()))
        .with_attribute(("errors", errors.as_str()))
        .write_inner_content(|xml| suites.iter().try_for_each(|suite| suite.write(xml)))?;
    xml.into_inner().write_all(b"\n")
}

struct Suite {
    name: String,
    /// The test file, where it is one's.
    file: Option<String>,
    cases: Vec<Case>,
}

/// What becomes a `testcase`.
struct Case {
    name: String,
    end: End,
    /// What is said beside.
    output: String,
}

enum End {
    Passed,
    /// `failure`: its type, its message, and more.
    Failed(&'static str, String, String),
    /// `error`: its message.
    Broken(String),
}

/// The numbers of cases, of those that fail, and of those that can't be run.
fn counts<'a>(cases: impl Iterator<Item = &'a Case> + Clone) -> [String; 3] {
    let failed = cases.clone().filter(|case| matches!(case.end, End::Failed(..))).count();
    let broken = cases.clone().filter(|case| matches!(case.end, End::Broken(_))).count();
    [cases.count(), failed, broken].map(|count| count.to_string())
}

fn line(words: &str) -> String {
    one_line(&cropped(words, LONGEST_MESSAGE))
}

impl Suite {
    fn of(ran: &Ran) -> Self {
        let file = one_line(&slashed(&ran.file, cfg!(windows)));
        let cases = match &ran.cases {
            Ok(cases) => cases.iter().map(|case| Case::of(&file, case)).collect(),
            Err(broken) => {
                let place = broken.place.map(|place| format!("{}:{}: ", place.line, place.column));
                let message = line(&format!("{}{}", place.unwrap_or_default(), broken.message));
                let (name, output) = ("the file".to_owned(), String::new());
                vec![Case { name, end: End::Broken(message), output }]
            }
        };
        Self { name: file.clone(), file: Some(file), cases }
    }

    fn of_coverage(coverage: &Coverage, least: Option<f64>) -> Self {
        let mut cases: Vec<Case> = coverage.segments.iter().map(Case::of_coverage).collect();
        let verdict = coverage.verdict(least);
        let (end, output) = match coverage.is_below(least) {
            true => (End::Failed("coverage", verdict, String::new()), String::new()),
            false => (End::Passed, format!("{verdict}\n")),
        };
        cases.push(Case { name: "all segments".to_owned(), end, output });
        Self { name: "coverage".to_owned(), file: None, cases }
    }

    fn write(&self, xml: &mut Writer<&mut dyn Write>) -> io::Result<()> {
        let [tests, failures, errors] = counts(self.cases.iter());
        // Jenkins takes what stands before the last dot of a class's name for a package.
        let class = self.name.strip_suffix(".test.toml").unwrap_or(&self.name);
        let mut suite = xml
            .create_element("testsuite")
            .with_attribute(("name", self.name.as_str()))
            .with_attribute(("tests", tests.as_str()))
            .with_attribute(("failures", failures.as_str()))
            .with_attribute(("errors", errors.as_str()));
        if let Some(file) = &self.file {
            suite = suite.with_attribute(("file", file.as_str()));
        }
        suite.write_inner_content(|xml| {
            self.cases.iter().try_for_each(|case| case.write(class, xml))
        })?;
        Ok(())
    }
}

impl Case {
    fn of(file: &str, case: &Outcome) -> Self {
        let name = one_line(&cropped(&case.name, LONGEST_WORDS));
        let end = match &case.verdict {
            Verdict::Passed => End::Passed,
            Verdict::Broken(broken) => {
                let place = broken.place.unwrap_or(case.place);
                let message = format!("{}:{}: {}", place.line, place.column, broken.message);
                End::Broken(line(&message))
            }
            Verdict::Failed { failures, wrong } => {
                let first = failures.first();
                let kind = first.map_or("failed", |failure| failure.expectation);
                let mut message = first.map(|one| line(&one.to_string())).unwrap_or_default();
                if failures.len() > 1 {
                    message.push_str(&format!(" (and {} more)", failures.len() - 1));
                }
                let mut body = String::new();
                for failure in failures {
                    let (place, said) = (failure.place, line(&failure.to_string()));
                    body.push_str(&format!("{file}:{}:{}: {said}\n", place.line, place.column));
                }
                for wrong in wrong {
                    let is = if wrong.is_in { "in" } else { "out" };
                    let who = line(&wrong.contact);
                    body.push_str(&format!("{who} is {is}{}\n", wrong.why()));
                    for rule in &wrong.rules {
                        let holds = if rule.holds { "holds" } else { "fails" };
                        let words = rule_words(&rule.words);
                        body.push_str(&format!("  rule {} {holds}: {words}\n", rule.number));
                    }
                }
                End::Failed(kind, message, body)
            }
        };
        let warning = |warning: &String| format!("warning: {}\n", line(warning));
        Self { name, end, output: case.warnings.iter().map(warning).collect() }
    }

    fn of_coverage(segment: &SegmentCoverage) -> Self {
        let mut output = format!("{}\n", segment.headline());
        for change in segment.survivors() {
            let words = change.words.as_deref().map(|words| format!(" `{}`", rule_words(words)));
            let place = format!("{}:{}", change.place.line, change.place.column);
            let (which, words) = (change.which(), words.unwrap_or_default());
            let said = line(&change.change);
            output.push_str(&format!("not noticed: {place}: {which}{words}: {said}\n"));
        }
        let file = one_line(&slashed(&segment.file, cfg!(windows)));
        let name = match &segment.name {
            Some(name) => format!("{file}: {}", one_line(&cropped(name, LONGEST_WORDS))),
            None => file,
        };
        Self { name, end: End::Passed, output }
    }

    fn write(&self, class: &str, xml: &mut Writer<&mut dyn Write>) -> io::Result<()> {
        let element = xml
            .create_element("testcase")
            .with_attribute(("name", self.name.as_str()))
            .with_attribute(("classname", class));
        if matches!(self.end, End::Passed) && self.output.is_empty() {
            return element.write_empty().map(drop);
        }
        element.write_inner_content(|xml| {
            match &self.end {
                End::Passed => {}
                End::Failed(kind, message, body) => {
                    let failure = xml
                        .create_element("failure")
                        .with_attribute(("type", *kind))
                        .with_attribute(("message", message.as_str()));
                    failure.write_text_content(BytesText::new(body)).map(drop)?;
                }
                End::Broken(message) => {
                    let error = xml
                        .create_element("error")
                        .with_attribute(("type", "broken"))
                        .with_attribute(("message", message.as_str()));
                    error.write_empty().map(drop)?;
                }
            }
            if !self.output.is_empty() {
                xml.create_element("system-out")
                    .write_text_content(BytesText::new(&self.output))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}
