//! Whatever stands in a `segkit.toml`, or in a file of tests, reading it ends in settings, or cases, or
//! in an error with a place inside the file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use segkit::config::{ConfigError, ConfigFile, Layer, Settings};
use segkit::suite::SuiteFile;
use std::path::Path;

/// Pieces of which some make a file and most don't.
const SHARDS: &[&str] = &[
    "dialect",
    "as-of",
    "threads",
    "account",
    "fields",
    "dumps",
    "lints",
    "per-file",
    "bare-date",
    "notes",
    "[",
    "]",
    ".",
    "=",
    " = ",
    "\n",
    "\"",
    "'",
    "\"cm\"",
    "\"allow\"",
    "\"a.json:campaign=é\"",
    "\"-\"",
    "[\"a\", \"b\"]",
    "{",
    "}",
    ",",
    "true",
    "1",
    "2024-06-01",
    "\"[a-\"",
    "\"**/*.json\"",
    "#",
    "é",
    "\u{feff}",
    "\u{0}",
    "\\u00e9",
    "[account]\n",
    "[lints]\n",
    "[per-file.\"x/*\"]\n",
];

/// Lines of test files; most files of some of them lack something.
const LINES: &[&str] = &[
    "criteria = \"a.json\"",
    "as_of = 2024-06-01",
    "contacts = \"c.csv\"",
    "contact = []",
    "activity = [{a = 1}, {b = [1.5, {c = 07:32:00}]}]",
    "window = \"activity\"",
    "list = \"é\"",
    "name = \"n\"",
    "in = [\"a\", \"é\"]",
    "out = \"A\"",
    "members = []",
    "count = 0xFF",
    "at_least = 3",
    "at_most = 2",
    "[[case]]",
    "[[case]]",
    "[[contact]]",
    "[[case.contact]]",
    "email = \"a\"",
    "n = -inf",
    "n = 9_223_372_036_854_775_807",
    "é",
];

fn check(text: &str) {
    match ConfigFile::parse(Path::new("x/segkit.toml"), text) {
        Ok(file) => {
            let settings = Settings::new(Layer::default(), Some(file)).unwrap();
            assert!(!settings.rows().is_empty());
            settings.levels(Path::new("x/a.json"));
        }
        Err(error) => check_place(error, text),
    }
    check_suite(text);
}

fn check_place(error: ConfigError, text: &str) {
    let ConfigError::Invalid { line, column, message, .. } = error else { panic!("{error}") };
    let lines: Vec<&str> = text.split('\n').collect();
    let there = lines.get(line - 1).unwrap_or_else(|| panic!("line {line} of {text:?}"));
    assert!(column >= 1 && column <= there.chars().count() + 1, "{column} in {there:?}");
    assert!(!message.is_empty());
}

/// Whether it is a file of tests.
fn check_suite(text: &str) -> bool {
    match SuiteFile::parse(Path::new("x/a.test.toml"), text) {
        Ok(file) => {
            assert!(!file.cases.is_empty());
            for case in &file.cases {
                assert!(!case.expectations.all.is_empty() && !case.reads().is_empty());
                case.options();
            }
            true
        }
        Err(error) => {
            check_place(error, text);
            false
        }
    }
}

#[test]
fn a_file_of_such_lines_can_be_right() {
    assert!(check_suite(&[&LINES[..3], &["count = 0xFF"]].concat().join("\n")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn shards(shards in prop::collection::vec(prop::sample::select(SHARDS.to_vec()), 0..12)) {
        check(&shards.concat());
    }

    #[test]
    fn tests(lines in prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..12)) {
        check_suite(&lines.join("\n"));
        // With what each file needs, more of them are right.
        check_suite(&[&LINES[..3], lines.as_slice()].concat().join("\n"));
    }

    #[test]
    fn anything(text in any::<String>()) {
        check(&text);
    }
}
