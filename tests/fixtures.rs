//! The fixtures through the real binary: every example of the vendors' pages selects whom it
//! should, and every segment of the quickstart has as many members as were counted by other means.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn fixtures(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder)
}

/// The rows of a table, cell by cell.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn segkit(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        Command::cargo_bin("segkit").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_page_example_selects_whom_it_should() {
    let pages = fixtures("pages");
    for row in rows(&pages.join("expected.csv")) {
        let [criteria, segment, as_of, members, why] = &row[..] else { panic!("{row:?}") };
        let (vendor, file) = criteria.split_once('/').unwrap();
        let folder = pages.join(vendor);
        if let Some(codes) = invalid(members) {
            let (status, out, _) =
                segkit(&folder, &["validate", "-f", "json", "--as-of", as_of, file]);
            assert_eq!(status, 1, "{criteria}");
            let found = errors(&out);
            for code in codes {
                assert!(found.contains(&code), "{criteria}: {code} not in {found:?}");
            }
        }
        let arguments = [
            "eval",
            file,
            "--segment",
            segment,
            "-f",
            "ids",
            "-c",
            "contacts.jsonl",
            "-t",
            "activities.jsonl",
            "--campaigns",
            "campaigns.csv",
            "--as-of",
            as_of,
        ];
        let (status, out, error) = segkit(&folder, &arguments);
        if invalid(members).is_some() {
            assert_eq!((status, out.as_str()), (1, ""), "{criteria}");
            continue;
        }
        assert_eq!(status, 0, "{criteria}: {error}");
        let found: Vec<&str> = out.lines().collect();
        let expected: Vec<&str> = members.split_whitespace().collect();
        assert_eq!(found, expected, "{criteria}: {why}");
    }
}

/// The codes of a row that expects findings.
fn invalid(members: &str) -> Option<Vec<u64>> {
    let codes = members.split_whitespace().map(|word| word.strip_prefix("invalid:"));
    codes.map(|code| code.and_then(|code| code.parse().ok())).collect::<Option<Vec<u64>>>()
}

fn errors(report: &str) -> Vec<u64> {
    let report: Value = serde_json::from_str(report).unwrap();
    let findings = report["files"][0]["findings"].as_array().unwrap();
    let errors = findings.iter().filter(|finding| finding["severity"] == "error");
    errors.map(|finding| finding["code"].as_u64().unwrap()).collect()
}

#[test]
fn the_error_example_comes_out_as_on_the_page() {
    let folder = fixtures("pages/campaign-monitor");
    let arguments =
        ["validate", "-f", "277", "--fields", "error-example.fields.json", "error-example.json"];
    let (status, out, _) = segkit(&folder, &arguments);
    let expected = std::fs::read_to_string(folder.join("error-example.expected.json")).unwrap();
    let [found, expected]: [Value; 2] =
        [&out, &expected].map(|text| serde_json::from_str(text).unwrap());
    assert_eq!(status, 1);
    // Normalised by one writer, in the order in which the keys stand.
    assert_eq!(found.to_string(), expected.to_string());
}

#[test]
fn the_quickstart_has_the_members_that_were_counted() {
    let quickstart = fixtures("quickstart");
    for row in rows(&quickstart.join("expected.csv")) {
        let [criteria, contacts, tracking, more, members] = &row[..] else { panic!("{row:?}") };
        let (vendor, file) = criteria.split_once('/').unwrap();
        let mut arguments =
            vec!["eval", file, "-f", "count", "--as-of", "2024-06-01", "-c", contacts];
        if !tracking.is_empty() {
            arguments.extend(["-t", tracking]);
        }
        arguments.extend(more.split_whitespace());
        let (status, out, error) = segkit(&quickstart.join(vendor), &arguments);
        assert_eq!(status, 0, "{row:?}: {error}");
        assert_eq!(out.trim(), members, "{row:?}");
    }
}
