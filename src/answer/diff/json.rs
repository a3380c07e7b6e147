//! Everything for programs; the keys are those of `docs/diff.md`.

use super::{Basis, Diff, Direction, Noted, SideNote, Told};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one object.
///
/// # Errors
///
/// `out` can't be written to.
pub fn json(noted: &Noted<'_>, out: &mut dyn Write) -> io::Result<()> {
    let diff = noted.diff;
    let contacts = diff.changes.iter().map(|change| {
        json!({
            "contact": change.contact,
            "change": change.direction.name(),
            "cause": change.cause.name(),
            "rules": change.cause.rules(),
        })
    });
    let whole = json!({
        "before": side(&noted.before, diff.before, diff.keyless[0]),
        "after": side(&noted.after, diff.after, diff.keyless[1]),
        "told_by": match diff.told { Told::ById => "id", Told::ByAddress => "address" },
        "rules_are": match diff.basis {
            Basis::Changed => "changed",
            Basis::OfTwoCriteria => "keeping-out",
            Basis::OfOne => "keeping-out-now",
        },
        "stayed": diff.stayed,
        "left": diff.changed(Direction::Left).count(),
        "joined": diff.changed(Direction::Joined).count(),
        "left_because": groups(diff, Direction::Left),
        "joined_because": groups(diff, Direction::Joined),
        "contacts": contacts.collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn side(note: &SideNote, members: u64, keyless: u64) -> Value {
    let rules = note.rules.iter().enumerate().map(|(at, rule)| {
        json!({
            "rule": at + 1,
            "words": rule.words,
            "english": rule.english,
            "line": rule.line,
        })
    });
    json!({
        "name": note.name,
        "file": note.file,
        "as_of": note.as_of.map(|as_of| as_of.to_string()),
        "members": members,
        "without_key": keyless,
        "rules": rules.collect::<Vec<_>>(),
    })
}

fn groups(diff: &Diff, direction: Direction) -> Vec<Value> {
    let groups = diff.groups(direction).into_iter().map(|group| {
        json!({
            "cause": group.cause.name(),
            "rules": group.cause.rules(),
            "contacts": group.contacts,
        })
    });
    groups.collect()
}
