//! How far the members of a segment are calculated: its `status` with its `process`, and the verbs that
//! move them. A segment waits to be calculated from when its condition is new until `calculate` has run.

use super::{CONDITION, MEMBERS, PROCESS, STATUS, TYPE, details};
use crate::catalog::calculation;
use crate::catalog::entry::Entry;
use crate::catalog::error::CatalogError;
use crate::catalog::object::Object;
use crate::catalog::state::State;
use crate::catalog::verdict::{Done, Stop, Verdict};

/// A state of the calculation.
pub(super) struct Stage {
    status: &'static str,
    words: &'static str,
    complete: bool,
}

/// It has not been done, or is going on.
pub(super) const RUNNING: Stage = Stage {
    status: "1",
    words: "is being segmented, please do not use this segment to send mail",
    complete: false,
};

/// It has been done.
const COMPLETED: Stage = Stage { status: "2", words: "segmentation completed", complete: true };

/// It could not be done. The page has the status, and no words for it.
const FAILED: Stage = Stage { status: "-1", words: "segmentation failed", complete: false };

const STAGES: [&Stage; 3] = [&RUNNING, &COMPLETED, &FAILED];

impl Stage {
    /// Puts the status and the process into the details of a segment.
    pub fn set(&self, object: &mut Object, percent: u8) {
        object.set_text(STATUS, self.status);
        let process = self.process(percent).only(&["statusDesc", "complete", "percent"]);
        object.set(PROCESS, process.to_json());
    }

    /// The process as its own endpoint answers it.
    fn process(&self, percent: u8) -> Object {
        Object::default()
            .with("percent", percent.to_string())
            .with("complete", self.complete.to_string())
            .with_text("statusDesc", self.words)
    }

    /// The state that a segment is in by its status; one without a status was never calculated.
    fn of(entry: &Entry) -> &'static Self {
        let status = details::status(entry);
        let stage = STAGES.into_iter().find(|stage| status.as_deref() == Some(stage.status));
        stage.unwrap_or(&RUNNING)
    }
}

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
