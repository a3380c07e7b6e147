//! Pairs of segments of all dialects and what their rules prove of them, without any contact: those
//! that anybody would see, and those that only look alike (`tests/overlap/pairs.json`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use segkit::account::Account;
use segkit::answer::overlap::{Kind, Relation, Relations};
use segkit::criteria::Segment;
use segkit::dialect::{Context, read};
use segkit::engine::Options;
use segkit::logic::Grade;
use segkit::source::SourceFile;
use segkit::value::{DayOrder, Stamp, Zone};
use serde_json::Value;

/// Pairs of which something is proved.
const LEAST: usize = 30;

fn segment(criteria: &Value, options: &Options) -> Segment {
    let account = Account::default();
    let context =
        Context { account: &account, as_of: options.as_of, zone: options.zone, dialect: None };
    let file = SourceFile::new("pair.json", criteria.to_string().into_bytes());
    let mut reading = read(&file, &context);
    let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{criteria}: {errors:#?}");
    assert_eq!(reading.segments.len(), 1, "{criteria}");
    reading.segments.remove(0).segment.unwrap()
}

fn said(relation: &Relation) -> String {
    let name = |at| if at == 0 { "a" } else { "b" };
    let a = name(relation.a);
    let what = match (relation.kind, relation.b) {
        (Kind::Inside, Some(b)) => format!("{a} inside {}", name(b)),
        (Kind::Nobody | Kind::Everybody, _) => format!("{a} {}", relation.kind.name()),
        _ => relation.kind.name().to_owned(),
    };
    match relation.proof.expect("without contacts, what is said is proved") {
        Grade::Always => what,
        Grade::UnlessSeveral => format!("{what} unless several"),
    }
}

#[test]
fn the_obvious_is_proved_and_nothing_else() {
    let as_of = Stamp::parse("2024-06-01", DayOrder::MonthFirst).unwrap().instant(Zone::UTC);
    let options = Options::at(as_of);
    let pairs: Vec<Value> = serde_json::from_str(include_str!("overlap/pairs.json")).unwrap();
    let (mut proved, mut wrong) = (0, Vec::new());
    for pair in &pairs {
        let [a, b] = ["a", "b"].map(|key| segment(&pair[key], &options));
        let found = Relations::of(&[&a, &b], &options, None, |_| None);
        assert!(!found.given_up);
        let found: Vec<String> = found.found.iter().map(said).collect();
        let expected: Vec<String> = serde_json::from_value(pair["proved"].clone()).unwrap();
        proved += usize::from(!expected.is_empty());
        if found != expected {
            wrong.push(format!("{}: {found:?}, expected {expected:?}", pair["says"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proved >= LEAST, "only {proved} pairs have a proof");
}
