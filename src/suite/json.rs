//! A run for programs: one object, whose keys `docs/tests.md` lists.

use super::coverage::{Coverage, Measured, SegmentCoverage};
use super::expectations::Failure;
use super::explain::{RuleVerdict, Wrong};
use super::outcome::{Broken, Outcome, Ran, Run, Verdict};
use crate::report::pretty_json;
use crate::source::Position;
use serde_json::{Map, Value, json as object};
use std::io::{self, Write};

/// The whole run. `least` is the share of changes that must be noticed, in hundredths.
///
/// # Errors
///
/// Whatever `out` says.
pub fn json(run: &Run, least: Option<f64>, out: &mut dyn Write) -> io::Result<()> {
    let counts = run.counts();
    let mut whole = object!({
        "files": run.files.iter().map(file).collect::<Vec<_>>(),
        "summary": {
            "files": counts.files,
            "cases": counts.cases,
            "passed": counts.passed,
            "failed": counts.failed,
            "broken": counts.broken,
            "unreadable_files": counts.unreadable,
        },
    });
    if let (Some(coverage), Some(whole)) = (&run.coverage, whole.as_object_mut()) {
        whole.insert("coverage".to_owned(), of_coverage(coverage, least));
    }
    pretty_json(&whole, out)
}

/// Line and column, where they are known.
fn placed(place: Option<Position>, mut of: Value) -> Value {
    if let Some(map) = of.as_object_mut() {
        map.insert("line".to_owned(), place.map(|place| place.line).into());
        map.insert("column".to_owned(), place.map(|place| place.column).into());
    }
    of
}

fn broken(broken: &Broken) -> Value {
    placed(broken.place, object!({ "message": broken.message }))
}

fn file(ran: &Ran) -> Value {
    let (cases, error) = match &ran.cases {
        Ok(cases) => (cases.iter().map(case).collect(), Value::Null),
        Err(error) => (Vec::new(), broken(error)),
    };
    object!({ "file": ran.file, "error": error, "cases": cases })
}

fn case(case: &Outcome) -> Value {
    let mut of = Map::new();
    let mut put = |key: &str, value: Value| of.insert(key.to_owned(), value);
    put("name", case.name.as_str().into());
    put("line", case.place.line.into());
    put("verdict", case.verdict.name().into());
    put("criteria", case.criteria.as_str().into());
    put("segment", case.segment.as_deref().into());
    put("as_of", case.as_of.as_str().into());
    put("contacts", case.contacts.into());
    put("members", case.members.into());
    let (failures, contacts, error) = match &case.verdict {
        Verdict::Passed => (Vec::new(), Vec::new(), Value::Null),
        Verdict::Failed { failures, wrong } => {
            let contacts = wrong.iter().map(contact).collect();
            (failures.iter().map(failure).collect(), contacts, Value::Null)
        }
        Verdict::Broken(error) => (Vec::new(), Vec::new(), broken(error)),
    };
    put("failures", failures.into());
    put("explained", contacts.into());
    put("error", error);
    put("warnings", case.warnings.iter().map(String::as_str).collect::<Vec<_>>().into());
    of.into()
}

fn failure(failure: &Failure) -> Value {
    let of = object!({
        "expectation": failure.expectation,
        "expected": failure.expected,
        "found": failure.found,
        "missing": failure.missing,
        "unexpected": failure.unexpected,
        "more_unexpected": failure.more,
    });
    placed(Some(failure.place), of)
}

fn contact(wrong: &Wrong) -> Value {
    let rule = |rule: &RuleVerdict| {
        let of = object!({ "rule": rule.number, "words": rule.words, "holds": rule.holds });
        placed(Some(rule.place), of)
    };
    object!({
        "contact": wrong.contact,
        "in": wrong.is_in,
        "criteria_hold": wrong.holds,
        "rules": wrong.rules.iter().map(rule).collect::<Vec<_>>(),
    })
}

fn of_coverage(coverage: &Coverage, least: Option<f64>) -> Value {
    let share = coverage.share();
    object!({
        "noticed": share.noticed,
        "changes": share.of,
        "percent": share.percent(),
        "least": least,
        "below": coverage.is_below(least),
        "segments": coverage.segments.iter().map(segment).collect::<Vec<_>>(),
    })
}

fn segment(segment: &SegmentCoverage) -> Value {
    let change = |change: &Measured| {
        let of = object!({
            "rules": change.rules,
            "words": change.words,
            "change": change.change,
            "fate": change.fate.name(),
        });
        placed(Some(change.place), of)
    };
    let share = segment.share();
    object!({
        "criteria": segment.file,
        "segment": segment.name,
        "failing_cases": segment.failing,
        "noticed": share.noticed,
        "changes": share.of,
        "percent": share.percent(),
        "all": segment.changes.iter().map(change).collect::<Vec<_>>(),
    })
}
