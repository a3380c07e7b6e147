//! How far the members of a segment are calculated: its `status` with its `process`, and the verbs that
//! move them. A segment waits to be calculated from when its condition is new until `calculate` has run.

use super::stage::{COMPLETED, FAILED, RUNNING, Stage};
use super::{CONDITION, MEMBERS, TYPE, details};
use crate::catalog::calculation;
use crate::catalog::entry::Entry;
use crate::catalog::error::CatalogError;
use crate::catalog::state::State;
use crate::catalog::verdict::{Done, Stop, Verdict};

/// Answers how far the calculation is: that of a process that is at it, else what the segment's file
/// says.
pub(super) fn process(state: &State<'_>, id: &str) -> Verdict {
    let entry = state.find(id)?;
    let process = match calculation::percent(state.catalog.folder(), entry.id()) {
        Some(percent) => RUNNING.process(percent),
        None => {
            let stage = Stage::of(&entry);
            stage.process(if stage.complete { 100 } else { 0 })
        }
    };
    Ok(Done::answered(details::result(&process)))
}

/// The segment with its members still to be calculated.
pub(super) fn awaiting(entry: &Entry) -> Entry {
    entry.changed(|object| RUNNING.set(object, 0))
}

/// Begins a calculation.
pub(super) fn begin(state: &State<'_>, id: &str) -> Result<Entry, Stop> {
    Ok(awaiting(&state.find(id)?))
}

/// Ends it. What was calculated must be what the segment still asks.
pub(super) fn end(state: &State<'_>, begun: &Entry, members: Option<u64>) -> Verdict {
    let entry = state.find(begun.id())?;
    let same = |key| entry.object.raw(key) == begun.object.raw(key);
    if !same(TYPE) || !same(CONDITION) || entry.aside() != begun.aside() {
        return Err(CatalogError::Outdated(entry.id().to_owned()).into());
    }
    let entry = entry.changed(|object| match members {
        Some(members) => {
            object.set(MEMBERS, members.to_string());
            COMPLETED.set(object, 100);
        }
        None => FAILED.set(object, 0),
    });
    let answer = details::calculated(&entry);
    Ok(Done::put(entry, Some(answer)))
}
