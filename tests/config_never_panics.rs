//! Whatever stands in a `segkit.toml`, reading it ends in settings or in an error with a place inside
//! the file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use segkit::config::{ConfigError, ConfigFile, Layer, Settings};
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

fn check(text: &str) {
    match ConfigFile::parse(Path::new("x/segkit.toml"), text) {
        Ok(file) => {
            let settings = Settings::new(Layer::default(), Some(file)).unwrap();
            assert!(!settings.rows().is_empty());
            settings.levels(Path::new("x/a.json"));
        }
        Err(ConfigError::Invalid { line, column, message, .. }) => {
            let lines: Vec<&str> = text.split('\n').collect();
            let there = lines.get(line - 1).unwrap_or_else(|| panic!("line {line} of {text:?}"));
            assert!(column >= 1 && column <= there.chars().count() + 1, "{column} in {there:?}");
            assert!(!message.is_empty());
        }
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn shards(shards in prop::collection::vec(prop::sample::select(SHARDS.to_vec()), 0..12)) {
        check(&shards.concat());
    }

    #[test]
    fn anything(text in any::<String>()) {
        check(&text);
    }
}
