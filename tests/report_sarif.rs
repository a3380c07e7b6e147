//! `--format sarif` against the official schema of SARIF 2.1.0, over every JSON file of the tests and
//! fixtures, and what no schema can say: indices, columns and bytes that point at what they should.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod criteria_files;

use criteria_files::{all, findings, report, report_on_stdin};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn schema() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif-schema-2.1.0.json");
    let text = std::fs::read_to_string(path).unwrap();
    // In two patterns stands a bracket that closes none: a literal, which strict readers refuse.
    let (loose, strict) = (r"[a-zA-Z]{2}]?$", r"[a-zA-Z]{2}\\]?$");
    assert_eq!(text.matches(loose).count(), 2);
    let schema: Value = serde_json::from_str(&text.replace(loose, strict)).unwrap();
    jsonschema::draft7::options().should_validate_formats(true).build(&schema).unwrap()
}

/// The log, after the schema has taken it.
fn log(schema: &Validator, text: &str, whose: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    let errors = schema.iter_errors(&log);
    let errors: Vec<_> = errors.map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{whose}: {errors:#?}");
    log
}

#[test]
fn every_log_keeps_to_the_schema() {
    let schema = schema();
    for file in all() {
        let whose = file.display().to_string();
        log(&schema, &report("sarif", &[file]), &whose);
    }
    for text in ["{\"Title\":\"é 🎉\",\"Colour\":1}", "", "[]", "\u{feff}{", "\0"] {
        log(&schema, &report_on_stdin("sarif", text.as_bytes()), text);
    }
    log(&schema, &report_on_stdin("sarif", b"\xff{}"), "bytes");
}

#[test]
fn one_log_has_the_findings_of_all_files() {
    let files = all();
    let log = log(&schema(), &report("sarif", &files), "all files");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.len() > 15, "the files bring up only {} rules", rules.len());
    let mut results = run["results"].as_array().unwrap().iter();
    for (index, (path, file)) in files.iter().zip(findings(&files)).enumerate() {
        assert_eq!(run["artifacts"][index]["location"]["uri"], encoded(path), "{path:?}");
        for finding in file["findings"].as_array().unwrap() {
            let result = results.next().unwrap();
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            let code = &rule["properties"]["code"];
            assert_eq!(
                [&result["ruleId"], &rule["id"], code],
                [&finding["name"], &finding["name"], &finding["code"]]
            );
            assert_eq!(result["level"], finding["severity"]);
            let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            assert_eq!(artifact["index"], index, "{path:?}: {result}");
            assert_eq!(result.get("fixes").is_some(), !finding["fix"].is_null());
        }
    }
    assert!(results.next().is_none());
}

/// What percent-encoding makes of the signs that the names here have: blanks, percent signs, and letters
/// beyond ASCII, byte by byte.
fn encoded(path: &Path) -> String {
    let byte = |byte: u8| match byte {
        b' ' | b'%' | 0x80.. => format!("%{byte:02X}"),
        byte => char::from(byte).to_string(),
    };
    path.to_str().unwrap().bytes().map(byte).collect()
}

#[test]
fn columns_and_bytes_mean_the_same_words() {
    let (mut regions, mut beyond_ascii) = (0, 0);
    for file in all() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let Ok(text) = std::fs::read_to_string(root.join(&file)) else { continue };
        let log: Value =
            serde_json::from_str(&report("sarif", std::slice::from_ref(&file))).unwrap();
        for result in log["runs"][0]["results"].as_array().unwrap() {
            let related = result["relatedLocations"].as_array().into_iter().flatten();
            for location in related.chain(&[result["locations"][0].clone()]) {
                let region = &location["physicalLocation"]["region"];
                let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
                let start = offset(&text, number("startLine"), number("startColumn"));
                let end = offset(&text, number("endLine"), number("endColumn"));
                assert_eq!(number("byteOffset"), start, "{file:?}: {region}");
                assert_eq!(number("byteLength"), end - start, "{file:?}: {region}");
                regions += 1;
                let before = text[..start].rsplit('\n').next().unwrap();
                beyond_ascii += usize::from(before.contains('🎉'));
            }
        }
    }
    assert!(regions > 100 && beyond_ascii > 4, "{regions} regions, {beyond_ascii} behind an emoji");
}

/// The byte at which a line and column stand, counted by the standard's words: characters from 1,
/// a byte order mark not among them.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let mark = usize::from(line == 1 && text.starts_with('\u{feff}'));
    let behind = text[start..].char_indices().map(|(at, _)| at).chain([text.len() - start]);
    start + behind.skip(mark).nth(column - 1).unwrap()
}

/// The fix of the escaped criteria makes the file right, made by whoever reads the log.
#[test]
fn a_fix_can_be_made_from_the_log_alone() {
    let file = PathBuf::from("tests/cmd/renderings.in/segments/escaped.json");
    let log: Value = serde_json::from_str(&report("sarif", std::slice::from_ref(&file))).unwrap();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap().clone();
    let fixed: Vec<_> = results.iter().filter(|result| result.get("fixes").is_some()).collect();
    let [result] = fixed[..] else { panic!("{fixed:?}") };
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    let region = &change["deletedRegion"];
    let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
    let start = offset(&text, number("startLine"), number("startColumn"));
    let end = offset(&text, number("endLine"), number("endColumn"));
    let new = change["insertedContent"]["text"].as_str().unwrap();
    let mended = format!("{}{new}{}", &text[..start], &text[end..]);
    let after = report_on_stdin("json", mended.as_bytes());
    let names = |report: &str| {
        let report: Value = serde_json::from_str(report).unwrap();
        let findings = report["files"][0]["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["name"].as_str().unwrap().to_owned()).collect()
    };
    let before: BTreeSet<String> = names(&report("json", &[file]));
    let after: BTreeSet<String> = names(&after);
    let gone: Vec<_> = before.difference(&after).collect();
    assert_eq!(gone, ["operator-unknown"]);
}

/// The schema means something: it refuses logs that differ in one thing.
#[test]
fn the_schema_refuses_what_is_wrong() {
    let schema = schema();
    let file = PathBuf::from("tests/cmd/renderings.in/segments/escaped.json");
    let right: Value = serde_json::from_str(&report("sarif", &[file])).unwrap();
    assert!(schema.is_valid(&right));
    for (pointer, wrong) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/tool/driver", json!({})),
        ("/runs/0/columnKind", json!("bytes")),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/level", json!("fatal")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("a b")),
        ("/runs/0/results/1/fixes/0/artifactChanges", json!([])),
        ("/runs/0/artifacts", json!([{}, {}])),
    ] {
        let mut log = right.clone();
        *log.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schema.is_valid(&log), "{pointer}");
    }
}
