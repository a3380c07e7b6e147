//! One side of a comparison.

use super::roster::{Roster, Told, keys_of, wanted};
use crate::answer::subject::Dumps;
use crate::criteria::Segment;
use crate::engine::{AskedSegment, EngineError, Summary};

/// A segment over dumps at an instant. The dumps are read twice.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// The dumps, and the instant and the switches.
    pub dumps: Dumps<'a>,
}

impl Side<'_> {
    /// The members.
    pub(super) fn members(&self, told: Told) -> Result<(Roster, Summary), EngineError> {
        let plan = self.dumps.plan(&[AskedSegment::of(self.segment)], &wanted())?;
        let places = [plan.output(0), plan.output(1)];
        let mut roster = Roster::default();
        let summary = self.dumps.evaluate(plan, &mut |_, _, row| {
            let (id, address) = keys_of(row, places);
            roster.enter(told.key(id, address));
            Ok(())
        })?;
        Ok((roster, summary))
    }
}
