//! How far the members of a segment are calculated, as its `status` and its `process` say it.

use super::{PROCESS, STATUS};
use crate::catalog::entry::Entry;
use crate::catalog::object::Object;

/// A state of the calculation.
pub(super) struct Stage {
    status: &'static str,
    words: &'static str,
    /// Whether it is over, with members counted.
    pub complete: bool,
}

/// It has not been done, or is going on.
pub(super) const RUNNING: Stage = Stage {
    status: "1",
    words: "is being segmented, please do not use this segment to send mail",
    complete: false,
};

/// It has been done.
pub(super) const COMPLETED: Stage =
    Stage { status: "2", words: "segmentation completed", complete: true };

/// It could not be done. The page has the status, and no words for it.
pub(super) const FAILED: Stage =
    Stage { status: "-1", words: "segmentation failed", complete: false };

const STAGES: [&Stage; 3] = [&RUNNING, &COMPLETED, &FAILED];

impl Stage {
    /// Puts the status and the process into the details of a segment.
    pub fn set(&self, object: &mut Object, percent: u8) {
        object.set_text(STATUS, self.status);
        let process = self.process(percent).only(&["statusDesc", "complete", "percent"]);
        object.set(PROCESS, process.to_json());
    }

    /// The process as its own endpoint answers it.
    pub fn process(&self, percent: u8) -> Object {
        Object::default()
            .with("percent", percent.to_string())
            .with("complete", self.complete.to_string())
            .with_text("statusDesc", self.words)
    }

    /// The state that a segment is in by its status; one without a status was never calculated.
    pub fn of(entry: &Entry) -> &'static Self {
        // The status is digits in a string.
        let status = entry.object.word(STATUS);
        let stage = STAGES.into_iter().find(|stage| status.as_deref() == Some(stage.status));
        stage.unwrap_or(&RUNNING)
    }
}
