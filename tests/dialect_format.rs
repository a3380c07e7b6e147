//! The canonical form of criteria is stable, doesn't depend on how the file was laid out, and reads
//! like the file: on generated criteria of all three dialects, and on every example in the fixtures.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "equivalence/criteria.rs"]
#[allow(dead_code, reason = "another test's module, of which this one takes a part")]
mod criteria;
#[path = "equivalence/random.rs"]
#[allow(dead_code, reason = "another test's module, of which this one takes a part")]
mod random;
#[path = "equivalence/world.rs"]
#[allow(dead_code, reason = "another test's module, of which this one takes a part")]
mod world;

use random::Random;
use segkit::account::Account;
use segkit::dialect::{Context, Dialect, Reading, format, read};
use segkit::source::SourceFile;
use segkit::value::{Instant, Zone};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Midsummer 2025.
const AS_OF: Instant = Instant(1_750_000_000_000_000);

fn source(text: &str) -> SourceFile {
    SourceFile::new("f", text.as_bytes().to_vec())
}

fn formatted(text: &str) -> String {
    format(&source(text), None).unwrap_or_else(|findings| panic!("{text}: {findings:?}"))
}

/// What a reading says, places apart.
fn said(reading: &Reading) -> impl PartialEq + std::fmt::Debug + use<> {
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let segments: Vec<_> = (reading.segments.iter())
        .map(|one| {
            let rules = one.rules.iter().map(|rule| (rule.subject.clone(), bare(&rule.clause)));
            let rules: Vec<_> = rules.collect();
            (one.dialect, one.name.clone(), one.segment.clone(), rules)
        })
        .collect();
    let mut kinds: Vec<_> = reading.findings.iter().map(|f| (f.target, f.kind.name())).collect();
    kinds.sort_by_key(|(target, name)| (target.segment, target.rule, *name));
    (segments, kinds)
}

fn reading(text: &str) -> Reading {
    let account = Account::default();
    let context = Context { account: &account, as_of: AS_OF, zone: Zone::UTC, dialect: None };
    read(&source(text), &context)
}

/// Checks a file's canonical form, and gives it back.
fn check(text: &str) -> String {
    let once = formatted(text);
    assert_eq!(formatted(&once), once, "{text}");
    assert_eq!(said(&reading(&once)), said(&reading(text)), "{text}");
    once
}

/// The same value with the keys of its objects in another order, in escaped strings too.
fn shuffled(value: &Value, random: &mut Random) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            let mut out = Map::new();
            while !members.is_empty() {
                let at = random.between(0, members.len() as u64 - 1) as usize;
                let (key, value) = members.remove(at);
                out.insert(key.clone(), shuffled(value, random));
            }
            Value::Object(out)
        }
        Value::Array(elements) => {
            elements.iter().map(|element| shuffled(element, random)).collect()
        }
        Value::String(text) if text.starts_with('{') => {
            let inner: Value = serde_json::from_str(text).unwrap();
            Value::String(serde_json::to_string_pretty(&shuffled(&inner, random)).unwrap())
        }
        other => other.clone(),
    }
}

#[test]
fn however_it_was_laid_out() {
    for seed in 1..=600 {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let text = criteria::generate(&mut random, dialect);
        let value: Value = serde_json::from_str(&text).unwrap();
        let other = shuffled(&value, &mut random).to_string();
        assert_eq!(check(&other), check(&text), "seed {seed}");
    }
}

/// The page that tells the order of keys tells that of the tables.
#[test]
fn the_page_tells_the_order_of_the_tables() {
    use segkit::dialect::{campaign_monitor as cm, constant_contact as cc, engagelab as el};
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md");
    let page = std::fs::read_to_string(path).unwrap();
    let tables = [
        cc::BODY_KEYS,
        cc::CRITERIA_KEYS,
        cc::GROUP_KEYS,
        cc::LEAF_KEYS,
        cm::BODY_KEYS,
        cm::RULE_KEYS,
        cm::OLD_RULE_KEYS,
        el::BODY_KEYS,
        el::CONDITION_KEYS,
        el::ITEM_KEYS,
    ];
    for table in tables {
        let keys: Vec<String> = table.iter().map(|key| format!("`{}`", key.name)).collect();
        let keys = keys.join(" ");
        assert!(page.contains(&keys), "docs/format.md lacks {keys}");
    }
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            _ if path.is_dir() => json_files(&path, found),
            Some(extension) if extension == "json" || extension == "jsonl" => found.push(path),
            _ => {}
        }
    }
}

#[test]
fn every_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    json_files(&root.join("fixtures"), &mut files);
    json_files(&root.join("tests/cmd"), &mut files);
    let mut formatted = 0;
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if format(&source(&text), None).is_ok() {
            check(&text);
            formatted += 1;
        }
    }
    assert!(formatted > 60, "only {formatted} files are criteria");
}
