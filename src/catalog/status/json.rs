//! What changed, for programs; the keys are those of `docs/catalog.md`, "Status".

use super::{Changed, Changes, Fault, Members, Rewritten, Rule, What};
use crate::answer::equality::Comparison;
use crate::catalog::revision::Revision;
use crate::criteria::PartKind;
use crate::value::Instant;
use serde_json::{Map, Value, json as object};

/// All of it as one object.
pub fn json(changes: &Changes, since: &Revision, as_of: Instant) -> Value {
    object!({
        "since": since.name,
        "commit": since.commit,
        "as_of": as_of.to_string(),
        "unchanged": changes.unchanged,
        "clashes": changes.clashes.iter().map(|clash| {
            object!({"id": clash.id, "files": clash.files})
        }).collect::<Value>(),
        "changed": changes.changed.iter().map(segment).collect::<Value>(),
    })
}

/// A segment. What didn't happen to it has no key.
fn segment(changed: &Changed) -> Value {
    let mut told = Map::new();
    let mut details = Map::new();
    for what in &changed.what {
        let (key, value) = match what {
            What::Added => ("added", true.into()),
            What::Removed => ("removed", true.into()),
            What::Deleted => ("deleted", true.into()),
            What::Restored => ("restored", true.into()),
            What::Renamed(then, now) => ("renamed", object!({"then": then, "now": now})),
            What::Renumbered(then, now) => ("renumbered", object!({"then": then, "now": now})),
            What::Moved(then, now) => ("moved", object!({"then": then, "now": now})),
            What::Broken(faults) => ("broken", faults.iter().map(fault).collect()),
            What::Mended(faults) => ("mended", faults.iter().map(fault).collect()),
            What::Criteria(rewritten) => ("criteria", criteria(rewritten)),
            What::Reworded => ("reworded", true.into()),
            What::Formatted => ("formatted", true.into()),
            What::Detail(key, then, now) => {
                let value = |raw: &Option<String>| raw.as_deref().map_or(Value::Null, as_written);
                details.insert(key.clone(), object!({"then": value(then), "now": value(now)}));
                continue;
            }
        };
        told.insert(key.to_owned(), value);
    }
    if !details.is_empty() {
        told.insert("details".to_owned(), Value::Object(details));
    }
    object!({
        "id": changed.id,
        "title": changed.title,
        "file": changed.file,
        "what": told,
        "members": members(changed),
    })
}

/// A value of a file; one that is JSON to people only, as a string.
fn as_written(raw: &str) -> Value {
    serde_json::from_str(raw).unwrap_or_else(|_| raw.into())
}

fn fault(fault: &Fault) -> Value {
    let Fault { line, column, name, message } = fault;
    object!({"line": line, "column": column, "name": name, "message": message})
}

fn criteria(rewritten: &Rewritten) -> Value {
    let Rewritten { added, removed, changed, kept_out, let_in, joined, whole, list } = rewritten;
    let rules = |rules: &[Rule]| rules.iter().map(rule).collect::<Value>();
    let changed = changed.iter().map(|(then, now)| object!({"then": rule(then), "now": rule(now)}));
    let sides = |[then, now]: &[Option<String>; 2]| object!({"then": then, "now": now});
    object!({
        "added": rules(added),
        "removed": rules(removed),
        "changed": changed.collect::<Value>(),
        "kept_out": rules(kept_out),
        "let_in": rules(let_in),
        "joined": joined.map(|kind| if kind == PartKind::Any { "any" } else { "all" }),
        "whole": whole.as_ref().map(|[then, now]| object!({"then": then, "now": now})),
        "list": list.as_ref().map(sides),
    })
}

fn rule(rule: &Rule) -> Value {
    let Rule { number, says, written, line, column, .. } = rule;
    object!({"rule": number, "says": says, "written": written, "line": line, "column": column})
}

fn members(changed: &Changed) -> Value {
    match (&changed.members, &changed.asked) {
        (Members::Counted(counted), Some(asked)) => {
            let Comparison { before, after, only_before, only_after, .. } = counted;
            let [then, now] = asked.sides();
            let both = then.is_some() && now.is_some();
            object!({
                "then": then.map(|_| before),
                "now": now.map(|_| after),
                "joined": both.then_some(only_after),
                "left": both.then_some(only_before),
            })
        }
        (Members::Unknown(why), _) => object!({"error": why}),
        _ => Value::Null,
    }
}
