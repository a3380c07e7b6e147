//! `--format junit` against the schema by which Jenkins reads JUnit XML, over every JSON file of the
//! tests and fixtures, and what no schema can say: the counts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod criteria_files;

use criteria_files::{all, findings, report, report_on_stdin};
use std::path::{Path, PathBuf};
use uppsala::{Document, NodeId, XsdValidator, parse};

fn schema() -> XsdValidator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/junit-10.xsd");
    let text = std::fs::read_to_string(path).unwrap();
    XsdValidator::from_schema(&parse(&text).unwrap()).unwrap()
}

/// What the schema has against a document, or the parser before it.
fn faults(schema: &XsdValidator, xml: &str) -> Vec<String> {
    match parse(xml) {
        Ok(document) => schema.validate(&document).iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn every_report_keeps_to_the_schema() {
    let schema = schema();
    let none: Vec<String> = Vec::new();
    for file in all() {
        let xml = report("junit", std::slice::from_ref(&file));
        assert_eq!(faults(&schema, &xml), none, "{file:?}:\n{xml}");
    }
    assert_eq!(faults(&schema, &report("junit", &all())), none);
    for text in [
        "".as_bytes(),
        b"[]",
        b"\0",
        b"\xff{}",
        b"{\"Title\":\"\x01\\u0000\\u001b\\ufffe\\uffff \xef\xbf\xbf <&]]>\",\"\x08\":1,\"\\ud800\":1}",
        b"{\"segment_name\":\"\\u0000\\u0001<\\uffff\",\"a\\u0000b\":1}",
    ] {
        let xml = report_on_stdin("junit", text);
        assert_eq!(faults(&schema, &xml), none, "{xml}");
    }
}

#[test]
fn the_counts_are_right() {
    let files = all();
    let xml = report("junit", &files);
    let document = parse(&xml).unwrap();
    let root = document.document_element().unwrap();
    let suites = elements(&document, root, "testsuite");
    let (mut cases, mut failures, mut failed_files) = (0, 0, 0);
    for ((suite, file), path) in suites.iter().zip(findings(&files)).zip(&files) {
        assert_eq!(attribute(&document, *suite, "file"), path.to_str().unwrap());
        let (tests, failed) = counted(&document, *suite);
        let of = |key: &str| file[key].as_array().unwrap().clone();
        let segments = of("segments").len();
        assert!(tests == segments.max(1) || tests == segments + 1, "{path:?}");
        let errors = of("findings").iter().filter(|finding| finding["severity"] == "error").count();
        assert_eq!(failed > 0, errors > 0, "{path:?}");
        cases += tests;
        failures += failed;
        failed_files += usize::from(failed > 0);
    }
    assert_eq!(suites.len(), files.len());
    let said = ["tests", "failures", "errors"].map(|name| attribute(&document, root, name));
    assert_eq!(said, [cases.to_string(), failures.to_string(), "0".to_owned()]);
    assert!(failed_files > 20 && failed_files < files.len(), "{failed_files} files failed");
}

/// The cases of a suite and those that failed, after its own numbers were found to be the same.
fn counted(document: &Document<'_>, suite: NodeId) -> (usize, usize) {
    let cases = elements(document, suite, "testcase");
    let failed = |case: &&NodeId| elements(document, **case, "failure").len() == 1;
    let counted = (cases.len(), cases.iter().filter(failed).count());
    let said = ["tests", "failures"].map(|name| attribute(document, suite, name).parse().unwrap());
    assert_eq!(counted, (said[0], said[1]));
    counted
}

fn elements(document: &Document<'_>, parent: NodeId, name: &str) -> Vec<NodeId> {
    let named =
        |&node: &NodeId| document.element(node).is_some_and(|e| &*e.name.local_name == name);
    document.children(parent).into_iter().filter(named).collect()
}

fn attribute(document: &Document<'_>, node: NodeId, name: &str) -> String {
    document.element(node).unwrap().get_attribute(name).unwrap().to_owned()
}

/// What was in the file is in the report, whatever XML makes of the signs in it.
#[test]
fn names_and_messages_come_back_as_they_were() {
    let file = PathBuf::from("tests/cmd/renderings.in/segments/été, 50%.json");
    let xml = report("junit", &[file]);
    let document = parse(&xml).unwrap();
    let root = document.document_element().unwrap();
    let suite = elements(&document, root, "testsuite")[0];
    let case = elements(&document, suite, "testcase")[0];
    assert_eq!(attribute(&document, case, "name"), "Été 🎉");
    let failure = elements(&document, case, "failure")[0];
    assert_eq!(attribute(&document, failure, "type"), "2712 illegal-verb-name");
    let odd = report_on_stdin("junit", b"{\"Title\":\"<&> \\\"']]> \\u0000\",\"RuleGroups\":[]}");
    let document = parse(&odd).unwrap();
    let suite = elements(&document, document.document_element().unwrap(), "testsuite")[0];
    let case = elements(&document, suite, "testcase")[0];
    assert_eq!(attribute(&document, case, "name"), "<&> \"']]> \\u{0}");
}

/// The validator means something: it refuses documents that differ in one thing.
#[test]
fn the_schema_refuses_what_is_wrong() {
    let schema = schema();
    let file = PathBuf::from("tests/cmd/renderings.in/segments/escaped.json");
    let right = report("junit", &[file]);
    assert_eq!(faults(&schema, &right), Vec::<String>::new());
    for (from, to) in [
        // A required attribute is missing.
        ("<testsuite name=", "<testsuite nam="),
        ("<testcase name=", "<testcase id="),
        (" tests=\"1\" failures=\"1\" errors=\"0\" file", " failures=\"1\" errors=\"0\" file"),
        // An element or attribute that there isn't.
        ("<failure ", "<fault ok=\"1\"/><failure "),
        ("<failure ", "<failure severity=\"1\" "),
        ("<testcase ", "<testcase file=\"a.json\" "),
        ("errors=\"0\">", "errors=\"0\" skipped=\"0\">"),
        // An element or text in the wrong place.
        ("</testsuites>", "<testcase name=\"late\"/></testsuites>"),
        ("</testsuites>", "<properties/></testsuites>"),
        (
            "</testcase>",
            "<testsuite name=\"a\" tests=\"0\" failures=\"0\" errors=\"0\"/></testcase>",
        ),
        ("<testcase ", "words <testcase "),
        ("</failure>", "<b/></failure>"),
        // A value of the wrong form.
        ("errors=\"0\">", "errors=\"0\" time=\"soon\">"),
        // Not even XML.
        ("</failure>", "\u{1}</failure>"),
        ("</failure>", "&#0;</failure>"),
        ("</failure>", "\u{ffff}</failure>"),
        ("</failure>", "&amp</failure>"),
        ("</testsuites>", ""),
    ] {
        let broken = right.replacen(from, to, 1);
        assert_ne!(broken, right, "{from}");
        assert_ne!(faults(&schema, &broken), Vec::<String>::new(), "{to}");
    }
    // An order that the schema fixes: what it was once rerun with stands before its output.
    for (inside, wrong) in [
        ("<stackTrace/><system-out/><system-err/>", false),
        ("<system-out/><stackTrace/>", true),
        ("<system-err/><system-out/>", true),
    ] {
        let xml =
            format!("<testcase name=\"a\"><rerunError type=\"t\">{inside}</rerunError></testcase>");
        assert_eq!(faults(&schema, &xml).is_empty(), !wrong, "{inside}");
    }
}

#[test]
fn runs_of_tests_keep_to_it_too() {
    let schema = schema();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/test.in");
    let coverage = ["--coverage", "--coverage-min", "100"];
    for (files, flags, status, [tests, failures, errors]) in [
        (["passing.test.toml", "more"], &coverage[..], 1, [8, 1, 0]),
        (["failing.test.toml", "broken"], &coverage[..], 2, [32, 8, 13]),
        (["passing.test.toml", "failing.test.toml"], &[], 1, [12, 7, 0]),
    ] {
        let run = assert_cmd::Command::new(env!("CARGO_BIN_EXE_segkit"))
            .current_dir(&folder)
            .args(["test", "--format", "junit"])
            .args(files)
            .args(flags)
            .output()
            .unwrap();
        let xml = String::from_utf8(run.stdout).unwrap();
        assert_eq!(run.status.code(), Some(status), "{files:?}");
        assert_eq!(faults(&schema, &xml), Vec::<String>::new(), "{xml}");
        let expected = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
        assert!(xml.lines().nth(1).unwrap().contains(&expected), "{xml}");
    }
}
